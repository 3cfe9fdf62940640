"""Counts of a whole corpus as sums over the partitions of its ledger: no more than one partition's
tokens in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.ledger import Ledger
from helpers.measure.checks import coded, require_one_row_each
from helpers.measure.counts import TermCounts, _span_of

TOKENS = ("article_id", "start", "norm")
SPANS = ("article_id", "start", "end", "voice")


class Tally(NamedTuple):
    """What the words of some articles come to, whatever the partitions they were read from.

    articles   one row to each, in the order given: article_id, outlet
    terms      (terms,) the norms, sorted
    own        (articles × terms) occurrences in the voices heard, whole numbers, scipy CSR
    other      (articles × terms) occurrences in all other voices
    """

    articles: pd.DataFrame
    terms: np.ndarray
    own: sparse.csr_array
    other: sparse.csr_array

    def counts(self, articles: pd.DataFrame, *, every: bool = False) -> TermCounts:
        """Give the counts of some of the articles, as `term_counts` gives them.

        every  in all voices, not only those heard
        """
        at = pd.Index(self.articles["article_id"]).get_indexer(articles["article_id"])
        same = len(at) == self.own.shape[0] and (at == np.arange(len(at))).all()
        own = self.own if same else self.own[at]
        if every:
            own = own + (self.other if same else self.other[at])
        used = np.flatnonzero(np.bincount(own.indices, minlength=len(self.terms)))
        size = np.asarray(own.sum(axis=1)).ravel().astype(np.int64)
        return TermCounts(
            own[:, used] if len(used) < len(self.terms) else own,
            articles.reset_index(drop=True),
            self.terms[used],
            size,
        )


def tally(ledger: Ledger, articles: pd.DataFrame, heard: Iterable[str]) -> Tally:
    """Count terms of a ledger's articles, a partition at a time.

    ledger    with tokens and voices
    articles  article_id, outlet, each article once
    heard     voices whose counts are `own`

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> found = tally(news.ledger, news.articles, ["narration"])
    >>> found.own.shape == (len(news.articles), len(found.terms))
    True
    """
    require_one_row_each(articles)
    sums = _Sums(articles, set(heard))
    for part in ledger.each(articles["article_id"], tokens=TOKENS, voices=SPANS):
        sums.add(part.tokens, part.voices)
    return sums.total()


class _Sums:
    """Partial results: they are added up in whatever order the partitions come."""

    def __init__(self, articles: pd.DataFrame, heard: set[str]):
        self.articles, self.heard = articles[["article_id", "outlet"]].reset_index(drop=True), heard
        self.ids = pd.Index(articles["article_id"].astype(object))
        self.vocabulary: dict[str, int] = {}
        self.cells: dict[bool, list[tuple]] = {True: [], False: []}

    def add(self, tokens: pd.DataFrame, voices: pd.DataFrame) -> None:
        """Take in the tokens of some articles and the voices of (at least) these."""
        heard = voices["voice"].isin(self.heard).to_numpy()
        own = heard[_span_of(tokens, voices.assign(speaker=""))]
        rows = coded(tokens["article_id"], self.ids.get_indexer)
        terms = coded(tokens["norm"], self._numbers)
        for side, mask in ((True, own), (False, ~own)):
            self.cells[side].append(_summed(rows[mask], terms[mask]))

    def _numbers(self, norms: Sequence[str]) -> np.ndarray:
        known = self.vocabulary
        return np.fromiter(
            (known.setdefault(norm, len(known)) for norm in norms), np.int32, len(norms)
        )

    def total(self) -> Tally:
        terms = np.array(list(self.vocabulary), dtype=object)
        order = np.argsort(terms, kind="stable") if len(terms) else np.zeros(0, dtype=int)
        place = np.empty(len(terms), dtype=np.int32)
        place[order] = np.arange(len(terms), dtype=np.int32)
        own, other = (self._matrix(self.cells.pop(side), place) for side in (True, False))
        return Tally(self.articles, terms[order], own, other)

    def _matrix(self, cells: list[tuple], place: np.ndarray) -> sparse.csr_array:
        size = np.zeros(len(self.articles), dtype=np.int64)
        for rows, counts, _, _ in cells:
            size[rows] += counts  # an article is in one part, so only one of them has some
        ends = np.concatenate([[0], np.cumsum(size)])
        columns, values = np.empty(ends[-1], dtype=np.int32), np.empty(ends[-1], dtype=np.int32)
        while cells:
            rows, counts, terms, times = cells.pop()
            at = np.repeat(ends[rows] - np.cumsum(counts) + counts, counts) + np.arange(len(terms))
            columns[at], values[at] = place[terms], times
        found = sparse.csr_array((values, columns, ends), shape=(len(self.articles), len(place)))
        found.sort_indices()
        return found


def _summed(
    rows: np.ndarray, terms: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rows, how many terms each has, and term by term its number and occurrences."""
    if not len(rows):
        return tuple(np.zeros(0, np.int32) for _ in range(4))
    low = rows.min()
    shape = (rows.max() - low + 1, terms.max() + 1)
    found = sparse.coo_array(
        (np.ones(len(rows), np.int32), (rows - low, terms)), shape=shape
    ).tocsr()
    counts = np.diff(found.indptr)
    some = np.flatnonzero(counts)
    return some + low, counts[some], found.indices.astype(np.int32), found.data
