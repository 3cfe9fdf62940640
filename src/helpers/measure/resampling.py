"""Draw articles again: bootstrap weights and permuted sides. Articles are drawn, never words."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from scipy import sparse
from scipy.special import ndtr, stdtrit

CHUNK = 64
"""Resamples worked on at a time: 50,000 terms × 64 take 26 MB."""


def bootstrap_weights(n: int, draws: int, seed: int | list[int]) -> np.ndarray:
    """How often each of n articles is drawn in each of `draws` samples of n with replacement.

    returns  (draws × n) whole numbers, each row adding up to n
    """
    picks = np.random.default_rng(seed).integers(0, n, size=(draws, n))
    flat = (picks + n * np.arange(draws)[:, None]).ravel()
    return np.bincount(flat, minlength=draws * n).reshape(draws, n)


def ratio_draws(top: np.ndarray, bottom: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Bootstrap the ratio of two sums over articles.

    top, bottom  (articles × cells) counts, for example hits and words
    returns      (draws × cells) Σ top / Σ bottom in each resample; nan where Σ bottom is 0
    """
    weights = bootstrap_weights(len(top), draws, seed).astype(float)
    above, below = weights @ top, weights @ bottom
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def percentiles(draws: np.ndarray, confidence: float, n: int) -> tuple[float, float]:
    """Give the expanded percentile interval of bootstrapped values.

    draws       (draws,) the statistic in each resample; those that are nan are left out
    confidence  0.95 for a 95 % interval
    n           articles (or units) that were resampled, 2 or more
    returns     low, high; (nan, nan) where no draw is left

    The plain percentile interval is too narrow by √((n − 1)/n) and by taking normal for t
    quantiles, which matters at the sizes of a study of a few outlets; the expanded one takes
    percentiles further out. In a simulation of bursty counts, two hits to an article, the plain interval at 95 % held the
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
    if comb(n, n_a) <= draws:
        chosen = np.array(list(combinations(range(n), n_a)), dtype=np.int64).reshape(-1, n_a)
        exact = True
    else:
        rng = np.random.default_rng(seed)
        chosen = np.stack([rng.permutation(n)[:n_a] for _ in range(draws)])
        exact = False
    sides = np.zeros((len(chosen), n), dtype=bool)
    np.put_along_axis(sides, chosen, True, axis=1)
    return sides, exact


def permutation_p(
    matrix: sparse.csr_array, sizes: np.ndarray, side_a: np.ndarray, *, draws: int = 1000, seed: int = 0
) -> np.ndarray:
    """Test for each term whether its rate differs between two sides, by permuting articles.

    matrix   (articles × terms) occurrences, the articles of the two sides and no others
    sizes    (articles,) words, above 0
    side_a   (articles,) True for side a
    returns  (terms,) two-sided p. Exact where all labellings are no more than `draws`; otherwise
             (b + 1)/(m + 1) with m random labellings, of which b differ at least as much
    raises   ValueError where a side has no article or an article no words

    The statistic is |rate a − rate b| over its standard error, which the articles of each side give
    (the ratio estimator's). Dividing by it matters: where one outlet's articles are much shorter than
    the other's, the bare difference called up to 29 % of equal rates different at .05 in simulation (300 against 1,500 words), this one
    4 to 6 % with 15 articles on each side and 10 % at worst, with 5 short ones against 15 long. Where the articles of the sides are exchangeable, the level is exact
    whatever the statistic.

    Method: permutation of articles (Lijffijt et al. 2016); studentised (Janssen 1997; Chung & Romano
    2013); (b + 1)/(m + 1) Phipson & Smyth (2010).
    """
    side_a, sizes = np.asarray(side_a, dtype=bool), np.asarray(sizes, dtype=float)
    if not 0 < side_a.sum() < len(side_a) or (sizes <= 0).any():
        raise ValueError("a permutation needs an article on each side and words in every article.")
    sums = _Sums(matrix, sizes)
    bar = np.abs(sums.statistic(side_a[None, :])[:, 0]) * (1 - 1e-7)  # rounding must not break a tie
    fewer = min(int(side_a.sum()), int((~side_a).sum()))  # the same draws, whichever side is called a
    ways, exact = permuted_sides(len(sizes), fewer, draws, seed)
    beyond = np.zeros(len(bar), dtype=np.int64)
    for start in range(0, len(ways), CHUNK):
        found = sums.statistic(ways[start : start + CHUNK])
        beyond += np.count_nonzero(np.abs(found, out=found) >= bar[:, None], axis=1)
    return beyond / len(ways) if exact else (beyond + 1) / (len(ways) + 1)


class _Sums:
    """What the statistic needs of the counts x and the words w: Σx, Σx² and Σxw over the articles of a side."""

    def __init__(self, matrix: sparse.csr_array, sizes: np.ndarray) -> None:
        x = sparse.csr_array(sparse.csr_array(matrix, dtype=float).T)
        square, cross = x.copy(), x.copy()
        square.data = x.data**2
        cross.data = x.data * sizes[x.indices]
        self.sizes = sizes
        self.parts = (x, square, cross)
        self.totals = [np.asarray(part.sum(axis=1)).reshape(-1, 1) for part in self.parts]

    def statistic(self, ways: np.ndarray) -> np.ndarray:
        """(terms × ways) difference of rates over its standard error; 0 where there is no difference."""
        chosen = np.ascontiguousarray(ways.T, dtype=float)
        sums_a = [part @ chosen for part in self.parts]
        rate_a, error_a = self._rate(sums_a, ways)
        sums_b = [np.subtract(total, a, out=a) for total, a in zip(self.totals, sums_a, strict=True)]
        rate_b, error_b = self._rate(sums_b, ~ways)
        error = np.sqrt(error_a + error_b)
        return np.divide(rate_a - rate_b, error, out=np.zeros_like(error), where=error > 0)

    def _rate(self, sums: list[np.ndarray], ways: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The side's rate and its variance, n/(n − 1) · Σ(x − rate · w)² / (Σw)²; one article: as if n were 2."""
        n = np.maximum(ways.sum(axis=1), 2)
        words, squares = ways @ self.sizes, ways @ self.sizes**2
        x, square, cross = sums
        rate = x / words
        both = square + rate**2 * squares
        spread = np.maximum(both - 2 * rate * cross, 1e-12 * both)  # below that it is rounding
        return rate, spread * (n / (n - 1) / words**2)
