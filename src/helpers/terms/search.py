"""Terms looked for after a ledger was made: the targets that a notebook's parameters name."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.ledger import Article, Block, Hit, Sentence, Voice

from .lexicon import Lexicon, build
from .match import hits, matcher


def targets(entries: Iterable[str], name: str = "targets") -> Lexicon:
    """Give a lexicon of terms, each a category of its own, so that each is counted apart.

    >>> targets(["war", "truce"]).name
    'targets'
    """
    return build(name, {entry: [entry] for entry in dict.fromkeys(entries)}, nested=True)


def search(
    lexicon: Lexicon,
    articles: pd.DataFrame,
    blocks: pd.DataFrame,
    sentences: pd.DataFrame,
    voices: pd.DataFrame,
) -> pd.DataFrame:
    """Find a lexicon's entries in articles of a ledger, as `hits` does while the ledger is made.

    articles, blocks, sentences, voices  tables of the ledger, or the rows wanted of `articles`
    returns  the columns of hits

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> tables = [news.ledger.read(name) for name in ("articles", "blocks", "sentences", "voices")]
    >>> search(targets(["truce"]), *tables)["category"].unique().tolist()
    ['truce']
    """
    find = matcher([lexicon])
    parts = [
        {a: g for a, g in table.groupby("article_id")} for table in (blocks, sentences, voices)
    ]
    kinds = (Block, Sentence, Voice)
    rows: list[Hit] = []
    for article in articles[list(Article._fields)].itertuples(index=False, name=None):
        own = [rows_of(part.get(article[0]), kind) for part, kind in zip(parts, kinds, strict=True)]
        rows += hits(Article(*article), *own, find)
    return pd.DataFrame(rows, columns=list(Hit._fields))


def rows_of(table: pd.DataFrame | None, kind: type) -> list:
    """Rows of a table as tuples of a row type, in the order of the text; none for None."""
    if table is None:
        return []
    return [
        kind(*row)
        for row in table[list(kind._fields)].sort_values("start").itertuples(index=False, name=None)
    ]


def inside(spans: pd.DataFrame, start: str, end: str, found: pd.DataFrame) -> list[set[str]]:
    """Say for each span which categories of hits stand in it: whom of the named a doer's words
    name.

    spans   article_id and the two columns of places, which may be missing
    found   article_id, start, end, category

    >>> spans = pd.DataFrame({"article_id": ["a"], "by_start": [0], "by_end": [20]})
    >>> found = pd.DataFrame({"article_id": ["a"], "start": [4], "end": [8], "category": ["army"]})
    >>> inside(spans, "by_start", "by_end", found)
    [{'army'}]
    """
    by_article = {
        a: list(zip(g["start"], g["end"], g["category"], strict=True))
        for a, g in found.groupby("article_id")
    }
    return [
        set()
        if pd.isna(low)
        else {c for s, e, c in by_article.get(article, []) if low <= s and e <= high}
        for article, low, high in zip(spans["article_id"], spans[start], spans[end], strict=True)
    ]
