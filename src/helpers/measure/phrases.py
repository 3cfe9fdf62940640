"""Numbers in words: what may be said, and what may not, in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd


def number_of(n: int, noun: str) -> str:
    """`1 article`, `3 articles`, `no articles`: a count with its noun.

    n     whole number, zero or more
    noun  singular; its plural is made with -s
    """
    if n == 0:
        return f"no {noun}s"
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def group(value: Any, column: str) -> str:
    """Return what to call the group that has a value in a column: a missing value and a truth value
    say of which column they are.

    >>> [group(v, "leaning") for v in ("left", "")], [group(v, "after") for v in (True, False)]
    (['left', 'no leaning'], ['after', 'not after'])
    """
    if isinstance(value, bool | np.bool_):
        return column if value else f"not {column}"
    return f"no {column}" if pd.isna(value) or value == "" else str(value)


def names(table: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """Return a name for each row: its values in some columns.

    >>> names(pd.DataFrame({"outlet": ["A"], "month": [""]}), ["outlet", "month"])
    ['A, no month']
    """
    columns = [[group(value, c) for value in table[c]] for c in by]
    return [", ".join(row) for row in zip(*columns, strict=True)] if by else ["all"] * len(table)


def probability(p: float) -> str:
    """`.20`, `.029`, `< .001`, `1`: a probability without its leading zero, two significant digits.

    p  from 0 to 1; nan gives "not computed"
    """
    if math.isnan(p):
        return "not computed"
    if p < 0.001:
        return "< .001"
    if p > 0.995:
        return "1" if p >= 1 else "> .99"
    if p >= 0.095:
        return f"{p:.2f}".lstrip("0")
    three = f"{p:.3f}".lstrip("0")
    return three.removesuffix("0") if len(three) == 4 else three  # .05 rather than .050


def _spoken(p: float) -> str:
    return probability(p).replace("< ", "below ")


def share(k: int, n: int) -> str:
    """`3 of 7 (43 %)`; `0 of 0` has no percentage; below 20 the percentage would promise too much
    and is left out."""
    return f"{k:,} of {n:,}" + (f" ({100 * k / n:.0f} %)" if n >= 20 else "")


def interval(low: float, high: float, *, digits: int = 1) -> str:
    """`1.2 to 3.4`; "no interval" where either end is missing."""
    if math.isnan(low) or math.isnan(high):
        return "no interval"
    return f"{low:,.{digits}f} to {high:,.{digits}f}"


def smallest_p(n_a: int, n_b: int, p: float) -> str:
    """One sentence: the design, and the smallest p it can reach."""
    sizes = f"{number_of(n_a, 'article')} against {number_of(n_b, 'article')}"
    if p >= 1:
        return f"{sizes}: there is nothing to permute, so no p at all."
    return f"{sizes}: the smallest p this design can reach is {_spoken(p)}."


def no_interval(articles: int, least: int) -> str:
    """Why a rate has no interval: too few articles to resample."""
    if articles == 0:
        return "no interval: no words"
    if articles == 1:
        return "no interval: one article"
    return f"no interval: {number_of(articles, 'article')}, fewer than {least}"


def reach(floor: float, family: int, level: float) -> str:
    """What many terms at once ask of the smallest p: "" where one term alone can reach a q of
    `level`.

    floor   smallest p a term can have; family: terms tested together (Benjamini & Hochberg)
    """
    needed = math.ceil(floor * family / level - 1e-9)
    if needed <= 1:
        return ""
    tested = f"With {number_of(family, 'term')} tested together, q ≤ {probability(level)}"
    if needed > family:
        return f"{tested} is out of reach."
    return f"{tested} takes {needed:,} of them at the smallest p, {_spoken(floor)}."
