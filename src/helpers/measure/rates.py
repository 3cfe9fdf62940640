"""Rates per 1,000 words, with intervals over articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.checks import require, require_between
from helpers.measure.counts import WITHIN
from helpers.measure.phrases import no_interval, number_of
from helpers.measure.resampling import percentiles, ratio_draws

PER = 1000
LEAST_ARTICLES = 5
ROUGH = 20
"""Below so many articles an interval is called rough: it covers less than it says."""

FEW_WORDS = 100
"""Below so many words a rate per 1,000 multiplies a handful of hits: its note says to read the counts."""

METHOD = "expanded percentile bootstrap over articles"


def rates(
    counts: pd.DataFrame,
    words: pd.DataFrame,
    by: Sequence[str] = ("outlet", "voice"),
    *,
    seed: int = 0,
    draws: int = 2000,
    confidence: float = 0.95,
    least: int = LEAST_ARTICLES,
) -> pd.DataFrame:
    """Give hits per 1,000 words for every cell, with an interval where articles allow one.

    counts   article_id, hits and the columns of `by`, zeros included (from `occurrences`)
    words    article_id, words and those columns of `by` that words have (from `words`): a rate
             by voice is hits in a voice per 1,000 words of that voice; words have no category
    by       columns of counts; those not of WITHIN (outlet, kind …) must describe whole articles
    draws    resamples of articles, drawn within each outlet (each value of the whole-article columns)
    least    fewest articles with words in the cell for an interval, 2 or more
    returns  *by, hits, words, articles (with words in the cell), articles_with (with hits),
             rate, low, high (per 1,000 words), method, note; sorted by `by`.
             No interval: low and high are nan and `note` says why.
    raises   ValueError for missing columns or a confidence outside 0 to 1

    Method: ratio of sums, interval by bootstrap over articles (rather than words: Lijffijt et
    al. 2016), expanded percentile (Hesterberg 2015).
    """
    by = list(by)
    require(counts, ["article_id", "hits", *by], "counts")
    whole = [c for c in by if c not in WITHIN]
    inner = [c for c in by if c in WITHIN]
    shared = [c for c in inner if c in words.columns]
    require(words, ["article_id", "words", *whole], "words")
    require_between(confidence, 0, 1, "confidence")
    require_between(least, 1, np.inf, "least")
    tables = []
    for key, part in _strata(counts, whole):
        hits, below = _aligned(part, _same(words, whole, key), inner, shared)
        cells = _cells(hits, below, _Interval(seed, draws, confidence, least))
        cells = pd.concat([hits.columns.to_frame(index=False)[inner], cells], axis=1)
        tables.append(cells.assign(**dict(zip(whole, key, strict=True))))
    if not tables:
        return pd.DataFrame(columns=[*by, *_COLUMNS])
    table = pd.concat(tables)[[*by, *_COLUMNS]]
    return table.sort_values(by, ignore_index=True) if by else table.reset_index(drop=True)


_COLUMNS = ["hits", "words", "articles", "articles_with", "rate", "low", "high", "method", "note"]


def _strata(counts: pd.DataFrame, whole: list[str]):
    """The parts of the corpus that are resampled apart, with their key."""
    return counts.groupby(whole, sort=True, observed=True) if whole else [((), counts)]


def _same(words: pd.DataFrame, whole: list[str], key: tuple) -> pd.DataFrame:
    keep = np.ones(len(words), dtype=bool)
    for column, value in zip(whole, key, strict=True):
        keep &= (words[column] == value).to_numpy()
    return words.loc[keep]


def _aligned(part: pd.DataFrame, words: pd.DataFrame, inner: list[str], shared: list[str]):
    """Hits and words as two tables of the same shape: articles × cells."""
    hits = _wide(part, inner, "hits")
    below = _wide(words, shared, "words")
    ids = hits.index.union(below.index).sort_values()  # row order decides what a seed draws
    hits = hits.reindex(ids, fill_value=0)
    wanted = hits.columns.to_frame(index=False).assign(_="")[shared or ["_"]]
    below = below.reindex(index=ids, columns=pd.MultiIndex.from_frame(wanted), fill_value=0)
    return hits, below


def _wide(table: pd.DataFrame, columns: list[str], value: str) -> pd.DataFrame:
    """Articles × cells; a single cell called "_" where no columns are named."""
    table = table if columns else table.assign(_="")
    keys = columns or ["_"]
    plain = table[["article_id", *keys, value]].astype(dict.fromkeys(["article_id", *keys], object))
    long = plain.groupby(["article_id", *keys], sort=True, observed=True)[value].sum()
    wide = long.unstack(keys, fill_value=0)
    wide.columns = pd.MultiIndex.from_tuples(
        [c if isinstance(c, tuple) else (c,) for c in wide.columns], names=keys
    )
    return wide.sort_index(axis=1)


class _Interval(NamedTuple):
    seed: int
    draws: int
    confidence: float
    least: int


def _cells(hits: pd.DataFrame, below: pd.DataFrame, how: _Interval) -> pd.DataFrame:
    """One row for each cell: its sums, rate and interval."""
    top, bottom = hits.to_numpy(float), below.to_numpy(float)
    spread = ratio_draws(top, bottom, how.draws, how.seed) * PER
    rows = []
    for i in range(top.shape[1]):
        k, n = int(top[:, i].sum()), int(bottom[:, i].sum())
        articles, with_hits = int((bottom[:, i] > 0).sum()), int((top[:, i] > 0).sum())
        note = _note(k, articles, with_hits, how.least)
        ends = (
            (np.nan, np.nan)
            if note.startswith("no interval")
            else percentiles(spread[:, i], how.confidence, articles)
        )
        method = "" if note.startswith("no interval") else METHOD
        if 0 < n < FEW_WORDS:
            note = "; ".join(filter(None, [f"only {number_of(n, 'word')}: read the counts", note]))
        rows.append((k, n, articles, with_hits, PER * k / n if n else np.nan, *ends, method, note))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _note(hits: int, articles: int, with_hits: int, least: int) -> str:
    if articles < least:
        return no_interval(articles, least)
    if hits == 0:
        return f"no interval: no hits in {articles} articles, so there is nothing to resample"
    notes = ["all hits in one article"] if with_hits == 1 else []
    if articles < ROUGH:
        notes.append(f"rough interval: {articles} articles")
    return "; ".join(notes)
