"""Rates per 1,000 words, with intervals over articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
"""Below so many words a rate per 1,000 multiplies a handful of hits: its note says to read the
counts."""

METHOD = "expanded percentile bootstrap over articles"


def counted_rates(
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
    draws    resamples of articles, drawn within each outlet (each value of the whole-article
             columns)
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
    for key, cells, hits, below in _strata(counts, words, whole, inner, shared):
        rows = _cells(hits, below, _Interval(seed, draws, confidence, least))
        rows = pd.concat([cells, rows], axis=1)
        tables.append(rows.assign(**dict(zip(whole, key, strict=True))))
    if not tables:
        return pd.DataFrame(columns=[*by, *_COLUMNS])
    table = pd.concat(tables)[[*by, *_COLUMNS]]
    return table.sort_values(by, ignore_index=True) if by else table.reset_index(drop=True)


_COLUMNS = ["hits", "words", "articles", "articles_with", "rate", "low", "high", "method", "note"]


def _strata(
    counts: pd.DataFrame, words: pd.DataFrame, whole: list[str], inner: list[str], shared: list[str]
) -> Iterator[tuple]:
    """The parts of the corpus that are resampled apart: key, cells, and (articles × cells) hits and
    words."""
    names = pd.concat([counts["article_id"], words["article_id"]]).astype(object)
    article = pd.factorize(names, sort=True)[0]  # row order decides what a seed draws
    (stratum, keys), (cell, cells) = _coded(counts, whole), _coded(counts, inner)
    base, bases = _coded(words, shared)
    at = {key: i for i, key in enumerate(bases.itertuples(index=False, name=None))}
    base_of = np.array(
        [at.get(key, -1) for key in cells[shared].itertuples(index=False, name=None)],
        dtype=np.int64,
    )
    own, theirs = _coded(words, whole)
    place = {key: i for i, key in enumerate(theirs.itertuples(index=False, name=None))}
    split_counts, split_words = _split(stratum, len(keys)), _split(own, len(theirs))
    for number, key in enumerate(keys.itertuples(index=False, name=None)):
        mine = split_counts[number]
        below = split_words[place[key]] if key in place else np.zeros(0, dtype=np.int64)
        ids = np.unique(np.concatenate([article[mine], article[len(counts) :][below]]))
        here = np.unique(cell[mine])
        hits = _grid(
            ids,
            article[mine],
            np.searchsorted(here, cell[mine]),
            counts["hits"].to_numpy()[mine],
            len(here),
        )
        size = _grid(
            ids,
            article[len(counts) :][below],
            base[below],
            words["words"].to_numpy()[below],
            len(bases) + 1,
        )
        yield key, cells.iloc[here].reset_index(drop=True), hits, (size, base_of[here])


def _coded(table: pd.DataFrame, columns: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """A number for each row's values in some columns, and the values by number, sorted; without
    columns all are one."""
    flat = np.zeros(len(table), dtype=np.int64)
    for column in columns:
        codes, names = pd.factorize(table[column].astype(object), sort=True)
        flat = flat * max(len(names), 1) + codes
    found, first, codes = np.unique(flat, return_index=True, return_inverse=True)
    return codes, table[columns].iloc[first].astype(object).reset_index(
        drop=True
    ) if columns else pd.DataFrame(index=range(min(len(found), 1) or 1))


def _split(codes: np.ndarray, n: int) -> list[np.ndarray]:
    """The places of each code."""
    return (
        np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=n))[:-1])
        if n
        else []
    )


def _grid(
    ids: np.ndarray, article: np.ndarray, cell: np.ndarray, values: np.ndarray, width: int
) -> np.ndarray:
    """(articles × cells) sums of values."""
    flat = np.searchsorted(ids, article) * width + cell
    return np.bincount(flat, weights=values.astype(float), minlength=len(ids) * width).reshape(
        len(ids), width
    )


class _Interval(NamedTuple):
    seed: int
    draws: int
    confidence: float
    least: int


def _cells(top: np.ndarray, sizes: tuple[np.ndarray, np.ndarray], how: _Interval) -> pd.DataFrame:
    """One row for each cell: its sums, rate and interval.

    sizes  (articles × sums) words, and for each cell which of the sums is its own: the last is of
           nothing
    """
    words, own = sizes
    bottom = words[:, own]
    spread = ratio_draws(top, words, how.draws, how.seed, own) * PER
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
