"""What columns are called where readers see them, and which two are shown as one."""

from __future__ import annotations

import pandas as pd

from helpers.draw.words import FIGURES

HEADINGS = {
    "rate": "per 1,000 words",
    "share": "%",
    "k": "times",
    "n": "of",
    "count": "times",
    "articles": "articles",
    "entry": "entry",
    "match": "as printed",
    "log_odds": "log-odds",
    "lrc": "log ratio, conservative",
    "log_ratio": "log ratio",
    "g2": "G²",
    "dp": "dispersion (DP)",
    "log_dice": "logDice",
    "rate_here": "per 1,000 words",
    "rate_there": "per 1,000 there",
    "dp_there": "dispersion there",
    "count_there": "times there",
    "articles_there": "articles there",
    "speaker_type": "kind of speaker",
    "article_id": "article",
    "machine": "found by the rules",
}
"""Names for readers; a column that is not here is shown by its name, underscores as blanks."""

INTERVAL = "95 % interval"
TOGETHER = {
    INTERVAL: ("low", "high", "to"),
    "articles with it": ("articles_with", "articles", "of"),
}
"""Heading → two columns that are shown as one, with the word between them."""


def named(column: str) -> str:
    """Return what readers see above a column.

    >>> named("rate"), named("speaker_type"), named("my_score")
    ('per 1,000 words', 'kind of speaker', 'my score')
    """
    return HEADINGS.get(column, str(column).replace("_", " "))


def row_names(table: pd.DataFrame) -> list[str]:
    """Return the columns that name a row: those at the left that are no figures.

    >>> row_names(pd.DataFrame({"outlet": ["A"], "month": ["2031-03"], "hits": [1]}))
    ['outlet', 'month']
    """
    names = []
    for column in table:
        if column in FIGURES or (
            pd.api.types.is_numeric_dtype(table[column]) and table[column].dtype != bool
        ):
            break
        names.append(column)
    return names
