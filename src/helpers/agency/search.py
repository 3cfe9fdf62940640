"""Acts of violence in the articles of a ledger, found as DataFrames."""

from __future__ import annotations

import pandas as pd

from helpers.agency.acts import Act, acts
from helpers.ledger import Article, Hit, Sentence, Token
from helpers.terms.lexicon import Lexicon
from helpers.terms.search import rows_of, search


def acts_of(
    lexicon: Lexicon,
    articles: pd.DataFrame,
    blocks: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
) -> pd.DataFrame:
    """Tell the form of each act of violence in articles of a ledger.

    lexicon  data/lexicons/violence.yml, or one with its categories
    returns  the columns of `Act`

    >>> from helpers import data, terms
    >>> news = data.open("data/raw/demo")
    >>> names = ["articles", "blocks", "sentences", "tokens", "voices"]
    >>> tables = [news.ledger.read(name) for name in names]
    >>> list(acts_of(terms.load("data/lexicons/violence.yml"), *tables))[:3]
    ['article_id', 'start', 'end']
    """
    found = {
        a: g for a, g in search(lexicon, articles, blocks, sentences, voices).groupby("article_id")
    }
    own = {
        name: {a: g for a, g in table.groupby("article_id")}
        for name, table in (("s", sentences), ("t", tokens))
    }
    rows: list[Act] = []
    for article in articles[list(Article._fields)].itertuples(index=False, name=None):
        if (hit := found.get(article[0])) is not None:
            parts = (
                rows_of(own["s"].get(article[0]), Sentence),
                rows_of(own["t"].get(article[0]), Token),
            )
            rows += acts(Article(*article), *parts, rows_of(hit, Hit))
    table = pd.DataFrame(rows, columns=list(Act._fields))
    return table.astype(
        dict.fromkeys(["doer_start", "doer_end", "done_to_start", "done_to_end"], "Int64")
    )
