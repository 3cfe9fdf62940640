"""One sum over another, with an interval over articles: shares, precision, recall, F1."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.measure.estimates import LEAST_ARTICLES, ROUGH
from helpers.measure.phrases import no_interval
from helpers.measure.resampling import percentiles, ratio_draws


class Ratio(NamedTuple):
    """Σ top / Σ bottom, from 0 to 1; nan where Σ bottom is 0.

    low, high  95 % interval over articles; nan where there is none, and `note` says why
    articles   those with something in the bottom
    """

    value: float
    low: float
    high: float
    articles: int
    note: str


def ratio(
    top: np.ndarray,
    bottom: np.ndarray,
    *,
    seed: int = 0,
    draws: int = 2000,
    least: int = LEAST_ARTICLES,
) -> Ratio:
    """Give the ratio of two sums over articles, with its interval.

    top, bottom  (articles,) counts, top no larger than bottom
    draws        resamples of the articles with something in the bottom
    least        fewest of them for an interval

    Method: ratio of sums, bootstrap over articles, expanded percentile (Hesterberg 2015), as in
    `rates`.
    """
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    some = bottom > 0
    top, bottom, n = top[some], bottom[some], int(some.sum())
    value = float(top.sum() / bottom.sum()) if n else np.nan
    if n < least:
        return Ratio(value, np.nan, np.nan, n, no_interval(n, least) if n else "nothing to count")
    if value in (0.0, 1.0):
        return Ratio(value, np.nan, np.nan, n, f"no interval: the same in all {n} articles")
    drawn = ratio_draws(top[:, None], bottom[:, None], draws, seed)[:, 0]
    low, high = percentiles(drawn, 0.95, n)
    note = f"rough interval: {n} articles" if n < ROUGH else ""
    return Ratio(value, max(low, 0.0), min(high, 1.0), n, note)
