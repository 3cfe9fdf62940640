"""Dispersion: is a term spread over a side's articles, or the habit of one of them?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import xlogy


def dispersion(matrix: sparse.csr_array | np.ndarray, sizes: np.ndarray) -> pd.DataFrame:
    """Measure how evenly each term is spread over articles.

    matrix   (articles × terms) occurrences
    sizes    (articles,) words; articles of 0 words are no parts and are left out
    returns  one row for each term:
             range        articles that hold it
             dp           ½ Σ|share of its occurrences − share of words|: 0 even, towards 1 in one
                          article
             dp_norm      dp over its largest possible value, 1 − smallest share of words: 0 to 1
             juilland_d   1 − V/√(articles − 1), V the coefficient of variation of its rates: 1 even
             carroll_d2   entropy of its rates over ln(articles): 1 even, 0 in one article
             nan where the term does not occur; with one article dp is 0 and the others nan
    raises   ValueError where sizes do not fit the matrix or a word stands in an article of 0 words

    Method: DP Gries (2008), normalised by Lijffijt & Gries (2012); Juilland & Chang-Rodríguez
    (1964)
    and Carroll (1970), both on rates, so that parts may differ in size.

    >>> counts = np.array([[1, 4], [1, 0]])  # one term even, one all in the first article
    >>> dispersion(counts, [100, 100])[["range", "dp", "dp_norm"]].values.tolist()
    [[2.0, 0.0, 0.0], [1.0, 0.5, 1.0]]
    """
    matrix, sizes = sparse.csc_array(matrix, dtype=float), np.asarray(sizes, dtype=float)
    if matrix.shape[0] != len(sizes):
        raise ValueError(f"sizes must list {matrix.shape[0]} articles; got {len(sizes)}.")
    matrix.eliminate_zeros()
    if (sizes[matrix.indices] <= 0).any():
        raise ValueError("sizes: an article of 0 words holds a term.")
    parts = sizes > 0
    term = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    columns = {"range": np.diff(matrix.indptr)}
    columns |= _dp(matrix, term, sizes)
    columns |= _of_rates(matrix, term, sizes, int(parts.sum()))
    return pd.DataFrame(columns)


def _sums(values: np.ndarray, term: np.ndarray, n: int) -> np.ndarray:
    return np.bincount(term, weights=values, minlength=n)


def _over(top: np.ndarray, bottom: np.ndarray | float) -> np.ndarray:
    bottom = np.broadcast_to(np.asarray(bottom, dtype=float), top.shape)
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)


def _dp(matrix: sparse.csc_array, term: np.ndarray, sizes: np.ndarray) -> dict[str, np.ndarray]:
    n = matrix.shape[1]
    share = sizes / sizes.sum() if sizes.sum() else sizes
    total = _sums(matrix.data, term, n)
    own = share[matrix.indices]
    gap = _sums(np.abs(matrix.data / total[term] - own), term, n)
    gap += 1 - _sums(own, term, n)  # every article without the term adds its share of words
    dp = np.where(total > 0, np.clip(gap / 2, 0, 1), np.nan)
    least = share[sizes > 0].min() if (sizes > 0).any() else 1.0
    return {"dp": dp, "dp_norm": np.minimum(_over(dp, 1 - least), 1)}


def _of_rates(
    matrix: sparse.csc_array, term: np.ndarray, sizes: np.ndarray, parts: int
) -> dict[str, np.ndarray]:
    n = matrix.shape[1]
    if parts < 2:
        return {"juilland_d": np.full(n, np.nan), "carroll_d2": np.full(n, np.nan)}
    rate = matrix.data / sizes[matrix.indices]
    total = _sums(rate, term, n)
    share = rate / total[term]
    square = _sums(share**2, term, n)  # Σ share²: V² = parts · Σ share² − 1
    spread = np.sqrt(np.maximum(parts * square - 1, 0))
    juilland = np.where(total > 0, np.maximum(1 - spread / np.sqrt(parts - 1), 0), np.nan)
    entropy = -_sums(xlogy(share, share), term, n)
    carroll = np.where(total > 0, np.clip(entropy / np.log(parts), 0, 1), np.nan)
    return {"juilland_d": juilland, "carroll_d2": carroll}
