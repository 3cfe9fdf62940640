"""Draw articles again: bootstrap weights and permuted sides. Articles are drawn, never words."""

from __future__ import annotations

import numpy as np


def bootstrap_weights(n: int, draws: int, seed: int) -> np.ndarray:
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


def percentiles(draws: np.ndarray, level: float) -> tuple[float, float]:
    """The middle `level` of the draws (draws,), those that are nan left out; (nan, nan) where none is left."""
    good = draws[~np.isnan(draws)]
    if len(good) == 0:
        return np.nan, np.nan
    low, high = np.quantile(good, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
