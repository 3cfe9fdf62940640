"""What every function asks of the tables it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd


def require(frame: pd.DataFrame, columns: Iterable[str], table: str) -> None:
    """Raise ValueError unless the table has the columns, naming what is missing and what is
    there."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise ValueError(
            f"{table}: missing columns {missing}; found {list(frame.columns)}. See data/README.md."
        )


def require_one_row_each(articles: pd.DataFrame) -> None:
    """Raise ValueError unless `articles` has article_id and outlet and lists each article once."""
    require(articles, ["article_id", "outlet"], "articles")
    twice = articles["article_id"][articles["article_id"].duplicated()]
    if len(twice):
        raise ValueError(
            f"articles: {twice.iloc[0]!r} is listed twice; every article_id must be listed once."
        )


def require_between(value: float, low: float, high: float, name: str) -> None:
    """Raise ValueError unless low < value < high."""
    if not low < value < high:
        raise ValueError(f"{name} must lie between {low} and {high}; got {value}.")


def coded(column: pd.Series, number: Callable[[pd.Index], np.ndarray]) -> np.ndarray:
    """Give each row the number that a function gives its value; it is asked once for each value.

    number  takes the distinct values, gives an array of their numbers
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    return np.asarray(number(column.cat.categories.astype(object)))[column.cat.codes]
