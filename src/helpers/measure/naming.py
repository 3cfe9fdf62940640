"""Wilson's interval for k of n that were drawn at random: coded samples, not words of articles."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from helpers.measure.checks import require_between


def wilson(k: np.ndarray, n: np.ndarray, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval for k of n, without continuity correction.

    k, n     whole numbers of one shape, 0 ≤ k ≤ n
    returns  low, high from 0 to 1; nan where n is 0

    Method: Wilson (1927), J. Amer. Statist. Assoc. 22:209–212.

    >>> low, high = wilson([8], [10])
    >>> f"8 of 10: {low[0]:.2f} to {high[0]:.2f}"
    '8 of 10: 0.49 to 0.94'
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
