"""Draw articles again: bootstrap weights and permuted sides. Articles are drawn, never words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from math import comb

import numpy as np
from scipy import sparse
from scipy.special import ndtr, stdtrit

LARGEST = 8_000_000
"""Numbers of one kind held at a time: 64 MB."""

CHUNK = 64
"""Resamples worked on at a time: 50,000 terms × 64 take 26 MB."""


def bootstrap_weights(n: int, draws: int, seed: int | list[int]) -> np.ndarray:
    """How often each of n articles is drawn in each of `draws` samples of n with replacement.

    returns  (draws × n) whole numbers, each row adding up to n
    """
    return np.concatenate(
        list(weights_in_turn(n, draws, seed)) or [np.zeros((0, n), dtype=np.int64)]
    )


def weights_in_turn(n: int, draws: int, seed: int | list[int]) -> Iterator[np.ndarray]:
    """Give `bootstrap_weights` some rows at a time: a hundred thousand articles a thousand times
    over fill a gigabyte."""
    random = np.random.default_rng(seed)
    rows = max(1, LARGEST // max(n, 1))
    for first in range(0, draws, rows):
        some = min(rows, draws - first)
        picks = random.integers(0, n, size=(some, n))
        flat = (picks + n * np.arange(some)[:, None]).ravel()
        yield np.bincount(flat, minlength=some * n).reshape(some, n)


def ratio_draws(
    top: np.ndarray, bottom: np.ndarray, draws: int, seed: int, own: np.ndarray | None = None
) -> np.ndarray:
    """Bootstrap the ratio of two sums over articles.

    top, bottom  (articles × cells) counts, for example hits and words
    own          for each column of top, which column of bottom it is over; none given: that in its
                 place
    returns      (draws × cells) Σ top / Σ bottom in each resample; nan where Σ bottom is 0
    """
    own = np.arange(bottom.shape[1]) if own is None else own
    sums = [
        (w @ top, (w @ bottom)[:, own])
        for w in map(_floats, weights_in_turn(len(top), draws, seed))
    ]
    above, below = (np.concatenate(column) for column in zip(*sums, strict=True))
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def _floats(weights: np.ndarray) -> np.ndarray:
    return weights.astype(float)


def percentiles(draws: np.ndarray, confidence: float, n: int) -> tuple[float, float]:
    """Give the expanded percentile interval of bootstrapped values.

    draws       (draws,) the statistic in each resample; those that are nan are left out
    confidence  0.95 for a 95 % interval
    n           articles (or units) that were resampled, 2 or more
    returns     low, high; (nan, nan) where no draw is left

    The plain percentile interval is too narrow by √((n − 1)/n) and by taking normal for t
    quantiles, which matters at the sizes of a study of a few outlets; the expanded one takes
    percentiles further out. In a simulation of bursty counts, two hits to an article, the plain
    interval at 95 % held the
    true rate in 76 to 82 % of samples of 5 articles and 84 to 89 % of 8; the expanded one in 84 to
    90 % and 87 to 94 %. Both reach about 93 % at 50 articles.

    Method: Hesterberg (2015), The American Statistician 69:371–386.
    """
    good = draws[~np.isnan(draws)]
    if len(good) == 0:
        return np.nan, np.nan
    low, high = percentile_ends(good, confidence, n)
    return float(low), float(high)


def percentile_ends(draws: np.ndarray, confidence: float, n: int) -> np.ndarray:
    """`percentiles` for many statistics at once: (… × draws), none nan, gives (2 × …)."""
    tail = ndtr(np.sqrt(n / (n - 1)) * stdtrit(n - 1, (1 - confidence) / 2))
    return np.quantile(draws, [tail, 1 - tail], axis=-1)


def permuted_sides(n: int, n_a: int, draws: int, seed: int) -> tuple[np.ndarray, bool]:
    """Ways to make n_a of n articles side a.

    returns  (ways × n) True for side a; and whether these are all the ways there are, the real one
             included, which is so where there are no more than `draws` of them
    """
    ways, exact = sides_in_turn(n, n_a, draws, seed)
    return np.concatenate(list(ways)), exact


def sides_in_turn(n: int, n_a: int, draws: int, seed: int) -> tuple[Iterator[np.ndarray], bool]:
    """Give `permuted_sides` CHUNK ways at a time."""
    exact = comb(n, n_a) <= draws
    random = np.random.default_rng(seed)
    chosen = (
        combinations(range(n), n_a)
        if exact
        else (random.permutation(n)[:n_a] for _ in range(draws))
    )
    return (_marked(n, some) for some in batched(chosen, CHUNK)), exact


def batched(rows: Iterable, size: int) -> Iterator[list]:
    """Give the rows some at a time."""
    rows = iter(rows)
    while some := list(islice(rows, size)):
        yield some


def _marked(n: int, chosen: list) -> np.ndarray:
    sides = np.zeros((len(chosen), n), dtype=bool)
    np.put_along_axis(
        sides, np.array(chosen, dtype=np.int64).reshape(len(chosen), -1), True, axis=1
    )
    return sides


def permutation_p(
    matrix: sparse.csr_array,
    sizes: np.ndarray,
    side_a: np.ndarray,
    *,
    draws: int = 1000,
    seed: int = 0,
) -> np.ndarray:
    """Test for each term whether its rate differs between two sides, by permuting articles.

    matrix   (articles × terms) occurrences, the articles of the two sides and no others
    sizes    (articles,) words, above 0
    side_a   (articles,) True for side a
    returns  (terms,) two-sided p. Exact where all labellings are no more than `draws`; otherwise
             (b + 1)/(m + 1) with m random labellings, of which b differ at least as much
    raises   ValueError where a side has no article or an article no words

    The statistic is |rate a − rate b| over its standard error, which the articles of each side give
    (the ratio estimator's). Dividing by it matters: where one outlet's articles are much shorter
    than
    the other's, the bare difference called up to 29 % of equal rates different at .05 in simulation
    (300 against 1,500 words), this one
    4 to 6 % with 15 articles on each side and 10 % at worst, with 5 short ones against 15 long.
    Where the articles of the sides are exchangeable, the level is exact
    whatever the statistic.

    Method: permutation of articles (Lijffijt et al. 2016); studentised (Janssen 1997; Chung &
    Romano
    2013); (b + 1)/(m + 1) Phipson & Smyth (2010).

    >>> counts = sparse.csr_array([[3], [4], [5], [6], [0], [0], [1], [0]])
    >>> side_a = np.array([True] * 4 + [False] * 4)
    >>> permutation_p(counts, np.full(8, 100), side_a).round(3).tolist()
    [0.029]
    """
    side_a, sizes = np.asarray(side_a, dtype=bool), np.asarray(sizes, dtype=float)
    if not 0 < side_a.sum() < len(side_a) or (sizes <= 0).any():
        raise ValueError("a permutation needs an article on each side and words in every article.")
    sums = _Sums(matrix, sizes)
    bar = np.abs(sums.statistic(side_a[None, :])[:, 0]) * (
        1 - 1e-7
    )  # rounding must not break a tie
    fewer = min(
        int(side_a.sum()), int((~side_a).sum())
    )  # the same draws, whichever side is called a
    ways, exact = sides_in_turn(len(sizes), fewer, draws, seed)
    beyond, done = np.zeros(len(bar), dtype=np.int64), 0
    for some in ways:
        found = sums.statistic(some)
        beyond += np.count_nonzero(np.abs(found, out=found) >= bar[:, None], axis=1)
        done += len(some)
    return beyond / done if exact else (beyond + 1) / (done + 1)


def exact(most: float) -> type:
    """The smaller kind of number that holds every whole number up to `most`: half the memory is
    half the time."""
    return np.float32 if most < 2**24 else np.float64


class _Sums:
    """What the statistic needs of the counts x and the words w: Σx, Σx² and Σxw over the articles
    of a side."""

    def __init__(self, matrix: sparse.csr_array, sizes: np.ndarray) -> None:
        x = sparse.csr_array(sparse.csr_array(matrix, dtype=float).T)
        further, cross = x.copy(), x.copy()
        further.data = (
            x.data**2 - x.data
        )  # what Σx² has over Σx: nothing where a term stands once, as most do
        further.eliminate_zeros()
        cross.data = x.data * sizes[x.indices]
        self.sizes = sizes
        parts = (x, further, cross)
        self.parts = [part.astype(exact(max(part.sum(axis=1), default=0))) for part in parts]
        x, further, cross = (np.asarray(part.sum(axis=1)).reshape(-1, 1) for part in parts)
        self.totals = [x, further + x, cross]

    def statistic(self, ways: np.ndarray) -> np.ndarray:
        """(terms × ways) difference of rates over its standard error; 0 where there is no
        difference."""
        chosen = {part.dtype: np.ascontiguousarray(ways.T, dtype=part.dtype) for part in self.parts}
        x, further, cross = (
            (part @ chosen[part.dtype]).astype(float, copy=False) for part in self.parts
        )
        sums_a = [x, further + x, cross]
        rate_a, error_a = self._rate(sums_a, ways)
        sums_b = [
            np.subtract(total, a, out=a) for total, a in zip(self.totals, sums_a, strict=True)
        ]
        rate_b, error_b = self._rate(sums_b, ~ways)
        error = np.sqrt(error_a + error_b)
        return np.divide(rate_a - rate_b, error, out=np.zeros_like(error), where=error > 0)

    def _rate(self, sums: list[np.ndarray], ways: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The side's rate and its variance, n/(n − 1) · Σ(x − rate · w)² / (Σw)²; one article: as
        if n were 2."""
        n = np.maximum(ways.sum(axis=1), 2)
        words, squares = ways @ self.sizes, ways @ self.sizes**2
        x, square, cross = sums
        rate = x / words
        both = square + rate**2 * squares
        spread = np.maximum(both - 2 * rate * cross, 1e-12 * both)  # below that it is rounding
        return rate, spread * (n / (n - 1) / words**2)
