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


def names(table: pd.DataFrame, by: list[str]) -> list[str]:
    """Return a name for each row: its values in some columns.

    >>> names(pd.DataFrame({"outlet": ["A"], "month": [""]}), ["outlet", "month"])
    ['A, no month']
    """
    columns = [table[c].astype(str).where(table[c].astype(str) != "", f"no {c}") for c in by]
    return [", ".join(row) for row in zip(*columns, strict=True)] if by else ["all"] * len(table)


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
