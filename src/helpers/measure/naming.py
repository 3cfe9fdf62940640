"""Naming choices: of all the times an outlet named one referent, how often by which name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri

from helpers.measure.checks import require, require_between


def wilson(k: np.ndarray, n: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval for k of n, without continuity correction.

    k, n     whole numbers of one shape, 0 ≤ k ≤ n
    returns  low, high from 0 to 1; nan where n is 0

    Method: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.
    """
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    require_between(confidence, 0, 1, "confidence")
    z = ndtri((1 + confidence) / 2)
    some = np.where(n > 0, n, 1)
    p = k / some
    centre = (p + z**2 / (2 * some)) / (1 + z**2 / some)
    half = z / (1 + z**2 / some) * np.sqrt(p * (1 - p) / some + z**2 / (4 * some**2))
    low = np.where(k == 0, 0.0, centre - half)  # exact ends: rounding must not leave 1e-17
    high = np.where(k == n, 1.0, centre + half)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def choices(
    counts: pd.DataFrame, by: Sequence[str] = ("outlet",), *, confidence: float = 0.95
) -> pd.DataFrame:
    """Give for each name the share of an outlet's opportunities to name its referent.

    counts   article_id, outlet, category (the referent), entry (the name), hits, and the columns of
             `by`, zeros included (from `occurrences(…, by=["category", "entry"])`)
    by       whose choices: outlet, or outlet and voice
    returns  *by, category, entry; k of n occurrences with share, low, high;
             articles_k of articles_n articles that named the referent at all, with articles_share,
             articles_low, articles_high; note. Shares run from 0 to 1.
             An interval over occurrences is too narrow where an article repeats its choice:
             the one over articles is the safer.
    raises   ValueError for missing columns

    Method: Wilson interval (Wilson 1927) for k of n opportunities.
    """
    by = list(by)
    require(counts, ["article_id", "category", "entry", "hits", *by], "counts")
    group = [*by, "category"]
    cells = ["article_id", *group, "entry"]
    table = counts.groupby(cells, sort=True, observed=True)["hits"].sum().reset_index()
    total = table.groupby(["article_id", *group], sort=True, observed=True)["hits"].transform("sum")
    table = table.assign(
        k=table["hits"], n=total, articles_k=table["hits"] > 0, articles_n=total > 0
    )
    columns = ["k", "n", "articles_k", "articles_n"]
    rows = table.groupby([*group, "entry"], sort=True, observed=True)[columns].sum().reset_index()
    return _with_intervals(rows, confidence)


def _with_intervals(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    parts = {}
    for k, n, share, low, high in (
        ("k", "n", "share", "low", "high"),
        ("articles_k", "articles_n", "articles_share", "articles_low", "articles_high"),
    ):
        ends = wilson(rows[k], rows[n], confidence)
        parts |= {share: (rows[k] / rows[n]).where(rows[n] > 0), low: ends[0], high: ends[1]}
    note = np.select(
        [rows["n"] == 0, rows["articles_n"] == 1],
        ["never named: no share", "one article: its choice, not the outlet's habit"],
        default="",
    )
    rows = rows.assign(**parts, note=note)
    first = [c for c in rows.columns if c not in _MEASURES]
    return rows[[*first, *_MEASURES]]


_MEASURES = ["k", "n", "share", "low", "high"]
_MEASURES += ["articles_k", "articles_n", "articles_share", "articles_low", "articles_high", "note"]
