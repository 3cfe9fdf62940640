"""Agreement between coders: Krippendorff's α with its interval, and percent agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.resampling import bootstrap_weights, percentiles

METRICS = ("nominal", "ordinal", "interval", "ratio")


class Agreement(NamedTuple):
    """How well coders agree.

    alpha, low, high  Krippendorff's α and its interval; nan where undefined, and `words` says why
    percent           share of pairs of codes of one unit that are the same, 0 to 1; nan without a
                      pair
    units             units coded by two or more
    codes             codes in them
    words             one sentence
    """

    alpha: float
    low: float
    high: float
    percent: float
    units: int
    codes: int
    words: str


def alpha(
    codes: pd.DataFrame,
    metric: str = "nominal",
    *,
    order: Sequence | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Agreement:
    """Measure agreement as Krippendorff's α, with a 95 % interval by bootstrap over units.

    codes    (units × coders) one column for each coder; None or nan: not coded
    metric   nominal, ordinal, interval or ratio
    order    for ordinal: the categories from lowest to highest; none given: sorted
    draws    resamples of units for the interval (expanded percentile)
    returns  Agreement. Undefined, in words, where no unit has two codes or all codes are one
             category:
             perfect agreement and no discrimination look the same there.
    raises   ValueError for an unknown metric, text codes in interval or ratio, codes not in `order`

    Method: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes & Krippendorff
    (2007). The interval resamples whole units, not pairs of codes as their macro does.

    >>> codes = pd.DataFrame(
    ...     {"coder_a": ["yes", "yes", "no", "no"], "coder_b": ["yes", "yes", "no", "yes"]})
    >>> round(alpha(codes).alpha, 2), alpha(codes).percent
    (0.53, 0.75)
    """
    values, counts = _table(codes, metric, order)
    pairs = counts[counts.sum(axis=1) >= 2]
    n, units = int(pairs.sum()), len(pairs)
    percent = _percent(pairs)
    reason = _undefined(pairs)
    if reason:
        return Agreement(np.nan, np.nan, np.nan, percent, units, n, f"α undefined: {reason}")
    within = _coincidences(pairs)
    point = float(_alpha(within.sum(axis=0)[None], values, metric)[0])
    low, high = np.nan, np.nan
    if units >= 2 and point < 1:
        drawn = bootstrap_weights(units, draws, seed).astype(float)
        tables = (drawn @ within.reshape(units, -1)).reshape(draws, *within.shape[1:])
        low, high = percentiles(_alpha(tables, values, metric), 0.95, units)
    return Agreement(point, low, high, percent, units, n, _sentence(point, low, high, units))


def alpha_by_category(codes: pd.DataFrame, *, draws: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure agreement on each category against all others.

    codes    (units × coders)
    returns  category, codes (times used), alpha, low, high, percent, units, note

    Method: nominal α of the code turned into yes or no (Krippendorff 2019, section 12.4).

    >>> codes = pd.DataFrame({"coder_a": ["yes", "yes", "no"], "coder_b": ["yes", "no", "no"]})
    >>> alpha_by_category(codes)[["category", "codes", "percent"]].round(2).values.tolist()
    [['no', 3, 0.67], ['yes', 3, 0.67]]
    """
    values, counts = _table(codes, "nominal", None)
    rows = []
    for i, value in enumerate(values):
        yes = codes.map(lambda code, value=value: None if _missing(code) else str(code == value))
        found = alpha(yes, draws=draws, seed=seed)
        note = found.words if np.isnan(found.low) else ""
        used = int(counts[:, i].sum())
        rows.append(
            (value, used, found.alpha, found.low, found.high, found.percent, found.units, note)
        )
    return pd.DataFrame(
        rows, columns=["category", "codes", "alpha", "low", "high", "percent", "units", "note"]
    )


def _missing(code: object) -> bool:
    return code is None or bool(pd.isna(code))


def _table(codes: pd.DataFrame, metric: str, order: Sequence | None) -> tuple[list, np.ndarray]:
    """The categories in order, and (units × categories) how many coders gave each."""
    if metric not in METRICS:
        raise ValueError(f"metric is one of {METRICS}; got {metric!r}.")
    given = [
        [code for code in row if not _missing(code)] for row in codes.astype(object).to_numpy()
    ]
    used = {code for row in given for code in row}
    if metric in ("interval", "ratio") and any(isinstance(code, str) for code in used):
        raise ValueError(f"{metric} α takes numbers; found {sorted(map(str, used))}.")
    values = (
        list(order) if order is not None else sorted(used, key=lambda v: (isinstance(v, str), v))
    )
    unknown = sorted(map(str, used - set(values)))
    if unknown:
        raise ValueError(f"codes {unknown} are not in the order given: {values}.")
    place = {value: i for i, value in enumerate(values)}
    counts = np.zeros((len(given), len(values)))
    for unit, row in enumerate(given):
        for code in row:
            counts[unit, place[code]] += 1
    return values, counts


def _percent(pairs: np.ndarray) -> float:
    """Pairs of equal codes over all pairs of codes in one unit."""
    size = pairs.sum(axis=1)
    all_pairs = float((size * (size - 1)).sum())
    return float((pairs * (pairs - 1)).sum() / all_pairs) if all_pairs else np.nan


def _undefined(pairs: np.ndarray) -> str:
    if len(pairs) == 0:
        return "no unit has codes by two coders"
    if (pairs.sum(axis=0) > 0).sum() < 2:
        return "every code is the same category, so nothing shows that coders can tell two apart"
    return ""


def _sentence(point: float, low: float, high: float, units: int) -> str:
    if units == 1:
        return f"α = {point:.2f}, no interval: one unit"
    if point >= 1:  # every resample agrees as well: a bootstrap would promise 1.00 to 1.00
        return f"α = 1.00, no interval: coders agree on all {units} units"
    return f"α = {point:.2f}, 95 % interval {low:.2f} to {high:.2f} over {units} units"


def _coincidences(pairs: np.ndarray) -> np.ndarray:
    """(units × categories × categories) pairs of codes in each unit, over its number of codes less
    one."""
    both = pairs[:, :, None] * pairs[:, None, :]
    both[:, range(pairs.shape[1]), range(pairs.shape[1])] -= pairs  # a code is no pair with itself
    return both / (pairs.sum(axis=1) - 1)[:, None, None]


def _alpha(tables: np.ndarray, values: list, metric: str) -> np.ndarray:
    """α of each coincidence table (draws × categories × categories); nan where one category is
    left."""
    n_c = tables.sum(axis=2)
    n = n_c.sum(axis=1)
    distance = _distance(n_c, values, metric)
    observed = (tables * distance).sum(axis=(1, 2))
    expected = (n_c[:, :, None] * n_c[:, None, :] * distance).sum(axis=(1, 2))
    ratio = np.divide((n - 1) * observed, expected, out=np.full(len(n), np.nan), where=expected > 0)
    return 1 - ratio


def _distance(n_c: np.ndarray, values: list, metric: str) -> np.ndarray:
    """Squared difference of two categories: (categories × categories), for ordinal one for each
    table."""
    if metric == "nominal":
        return 1 - np.eye(len(values))
    if metric == "ordinal":
        middle = np.cumsum(n_c, axis=1) - n_c / 2  # middle rank of each category
        return (middle[:, :, None] - middle[:, None, :]) ** 2
    v = np.array(values, dtype=float)
    gap = v[:, None] - v[None, :]
    if metric == "interval":
        return gap**2
    if (v < 0).any():
        raise ValueError("ratio α takes numbers of zero or more.")
    total = v[:, None] + v[None, :]
    return np.divide(gap, total, out=np.zeros_like(gap), where=total > 0) ** 2
