"""The two sides of a comparison: two outlets, one outlet against the rest, two periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.checks import require


class Sides(NamedTuple):
    """Which articles stand on which side.

    name_a, name_b  what to call them
    a, b            (articles,) True for the articles of the side; none stands on both
    """

    name_a: str
    name_b: str
    a: np.ndarray
    b: np.ndarray


def versus(
    articles: pd.DataFrame,
    a: str | Sequence[str],
    b: str | Sequence[str] | None = None,
    *,
    column: str = "outlet",
) -> Sides:
    """Set outlets against outlets, or one against the rest.

    articles  one row for each article, with `column`
    a, b      values of the column, one or several; no b: every other article
    column    outlet, kind, or any other column that describes whole articles
    raises    ValueError where a value is on both sides or not in the column

    >>> articles = pd.DataFrame({"outlet": ["A", "B", "C", "A"]})
    >>> sides = versus(articles, "A")
    >>> sides.name_b, sides.a.tolist(), sides.b.tolist()
    ('the rest', [True, False, False, True], [False, True, True, False])
    """
    require(articles, [column], "articles")
    values = articles[column].astype(object)
    left = [a] if isinstance(a, str) else list(a)
    right = sorted(set(values) - set(left)) if b is None else [b] if isinstance(b, str) else list(b)
    unknown = sorted(set(left + right) - set(values))
    if unknown or set(left) & set(right):
        raise ValueError(
            f"sides {left} and {right}: must differ and be among {column} {sorted(set(values))};"
            f" unknown: {unknown}."
        )
    name_b = "the rest" if b is None else " and ".join(right)
    return Sides(
        " and ".join(left), name_b, values.isin(left).to_numpy(), values.isin(right).to_numpy()
    )


def periods(articles: pd.DataFrame, split: date) -> Sides:
    """Set the articles before a day against those of that day and later; undated ones stand on
    neither side.

    articles  one row for each article, with `published`

    A test between periods permutes articles of all outlets: where the outlets' shares of the
    articles changed, it
    finds that too. To look at one outlet, give the articles of that outlet.

    >>> articles = pd.DataFrame({"published": ["2031-03-31", "2031-04-01", None]})
    >>> sides = periods(articles, date(2031, 4, 1))
    >>> sides.name_a, sides.a.tolist(), sides.b.tolist()
    ('before 2031-04-01', [True, False, False], [False, True, False])
    """
    require(articles, ["published"], "articles")
    published = pd.to_datetime(articles["published"])
    day = pd.Timestamp(split)
    before, after = (published < day).to_numpy(), (published >= day).to_numpy()
    return Sides(
        f"before {day.date().isoformat()}", f"from {day.date().isoformat()}", before, after
    )
