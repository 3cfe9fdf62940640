"""Titles, names of rows and descriptions, made from a table's own columns."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

FIGURES = frozenset(
    {"hits", "words", "rate", "low", "high", "k", "n", "share", "note", "articles", "articles_with"}
    | {"p", "q", "log_odds", "lrc", "g2", "log_ratio", "dp", "log_dice", "near", "count"}
    | {"count_there", "articles_there", "method"}
)
"""Columns that a measure makes; those before them are what it compared by."""


def compared_by(table: pd.DataFrame) -> list[str]:
    """Return the columns at the left of a measure's first figure.

    >>> compared_by(pd.DataFrame({"outlet": ["A"], "month": ["2031-03"], "hits": [3]}))
    ['outlet', 'month']
    """
    columns = list(table)
    first = next((i for i, c in enumerate(columns) if c in FIGURES), len(columns))
    return columns[:first]


def largest(table: pd.DataFrame, most: int, down: list[str] | None = None) -> pd.DataFrame:
    """Return the rows of the groups that rest on most words (or most cases), in the table's order:
    what is shown of a table of many groups. A table that no measure made keeps its first rows.

    most  groups, or without `down` rows
    down  columns that make a group

    >>> rates = pd.DataFrame({"outlet": ["A", "B", "C"], "words": [90, 10, 50], "articles_with": 1})
    >>> largest(rates, 2)["outlet"].tolist()
    ['A', 'C']
    """
    groups = (
        table.groupby(down, sort=False, observed=True, dropna=False).ngroup()
        if down
        else pd.Series(range(len(table)), index=table.index)
    )
    if groups.nunique() <= most:
        return table
    size = next((c for c in ("words", "n") if c in table and "articles_with" in table), "")
    if not size:
        return table[groups < most]
    sizes = table[size].groupby(groups).max().sort_values(ascending=False, kind="stable")
    return table[groups.isin(sizes.index[:most])]


def ends(low: float, high: float) -> str:
    """Return an interval in words.

    >>> ends(1.24, 3.0)
    '1.2 to 3.0'
    """
    if pd.isna(low) or pd.isna(high):
        return "no interval"
    return f"{low:,.1f} to {high:,.1f}"


def describe(ax: Axes, words: str) -> Axes:
    """Keep the description of a chart with its figure, where `show` finds it."""
    ax.figure.set_label(" ".join(words.split()))
    return ax
