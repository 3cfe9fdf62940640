"""Articles made up for the tests of the package `story`, sent through the annotators before it."""

import pandas as pd

from helpers import ledger, terms
from helpers.corpus import Received
from helpers.engine.chain import article_rows, table

NAMES = ("articles", "blocks", "sentences", "tokens", "quotes", "voices", "marks", "hits")


def tables(texts, *, published=None, lexicons=()):
    """The ledger's tables for texts by article id; every article is of an outlet of its own
    name."""
    rows = {name: [] for name in NAMES}
    matcher = terms.matcher([terms.load(path) for path in lexicons])
    for article_id, text in texts.items():
        article = ledger.Article(
            article_id,
            "made-up",
            article_id,
            "",
            "",
            "",
            (published or {}).get(article_id),
            "",
            "en",
            "article",
            f"{article_id}.txt",
            "",
            text,
        )
        for name, more in article_rows(Received(article, None, "utf-8", ()), frozenset()).items():
            if name in rows:
                rows[name] += more
        own = [
            [r for r in rows[n] if r[0] == article_id] for n in ("blocks", "sentences", "voices")
        ]
        rows["hits"] += terms.hits(article, *own, matcher)
    return {name: table(name, rows[name]).to_pandas() for name in NAMES}


def words_of(found, texts):
    """The table of shared passages with the words that stand there."""
    there = found.table.dropna(subset="start")
    said = [texts[r.article_id][r.start : r.end] for r in there.itertuples()]
    return there.assign(words=pd.Series(said, index=there.index, dtype=object))
