"""Effect sizes of keyness: how far a term leans to one side. Arithmetic on counts, no tests, no
corpus.

Everywhere: f_a, f_b (terms,) occurrences of each term on side a and side b; n_a, n_b words of the
sides, numbers or (terms,). Positive leans to side a; swapping the sides flips the sign (the odds
ratio turns over; %DIFF has another base). A value that does not exist is nan; only
`log_ratio_bounds` is infinite, where an end is open.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, xlogy


def _floats(*values: np.ndarray | float) -> list[np.ndarray]:
    return list(np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in values)))


def _ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    top, bottom = _floats(top, bottom)
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)


def _log2(values: np.ndarray) -> np.ndarray:
    return np.log2(values, out=np.full(values.shape, np.nan), where=values > 0)


def _surprise(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """O ln(O/E), 0 where nothing was observed."""
    return xlogy(
        observed, np.divide(observed, expected, out=np.ones_like(observed), where=expected > 0)
    )


def g2_four(f_a, f_b, n_a, n_b) -> np.ndarray:
    """G² of the four cells (the term and all other words, on both sides); nan where a side has no
    words.

    Method: Dunning (1993), Computational Linguistics 19:61–74.
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    total, term = n_a + n_b, f_a + f_b
    g2 = np.zeros(total.shape)
    for f, n in ((f_a, n_a), (f_b, n_b)):
        g2 += _surprise(f, _ratio(term * n, total)) + _surprise(
            n - f, _ratio((total - term) * n, total)
        )
    return np.where((n_a > 0) & (n_b > 0), 2 * np.maximum(g2, 0), np.nan)


def g2_two(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """G² of the term's own cells only, for two or more sides.

    counts   (… × sides) occurrences
    sizes    (… × sides) or (sides,) words
    returns  (…) G²; nan where a side has no words

    Method: Rayson & Garside (2000), as at UCREL; not the same as the four-cell G² of Dunning.
    """
    counts, sizes = _floats(counts, sizes)
    expected = _ratio(counts.sum(axis=-1, keepdims=True) * sizes, sizes.sum(axis=-1, keepdims=True))
    g2 = 2 * np.maximum(_surprise(counts, expected).sum(axis=-1), 0)
    return np.where((sizes > 0).all(axis=-1), g2, np.nan)


def signed(g2: np.ndarray, f_a, f_b, n_a, n_b) -> np.ndarray:
    """G² with the sign of the difference of rates: negative where the term leans to side b.

    Method: Evert (2022), Measuring keyness (and the R package corpora).
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    return np.where(f_a * n_b >= f_b * n_a, g2, -g2)


def bic(g2: np.ndarray, words: float, sides: int = 2) -> np.ndarray:
    """G² − (sides − 1) · ln(words of all sides together); approximate. Above 2 is called positive
    evidence.

    Method: Wilson (2013), after Kass & Raftery (1995), from the two-cell G².
    """
    return (
        np.asarray(g2) - (sides - 1) * np.log(words) if words > 0 else np.full(np.shape(g2), np.nan)
    )


def log_ratio(f_a, f_b, n_a, n_b, *, zero: str = "hardie") -> np.ndarray:
    """log₂ of the ratio of rates; nan where a side has no words or the term stands nowhere.

    zero  "hardie": a count of 0 becomes 0.5, others stay; "evert": 0.5 is added to every count and
          size
    Method: Hardie (2014); Evert (2022).
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    nothing = (f_a + f_b == 0) | (n_a <= 0) | (n_b <= 0)
    if zero == "evert":
        f_a, f_b, n_a, n_b = f_a + 0.5, f_b + 0.5, n_a + 0.5, n_b + 0.5
    elif zero != "hardie":
        raise ValueError(f"zero is 'hardie' or 'evert'; got {zero!r}.")
    f_a, f_b = np.where(f_a == 0, 0.5, f_a), np.where(f_b == 0, 0.5, f_b)
    return np.where(nothing, np.nan, _log2(_ratio(f_a * n_b, f_b * n_a)))


def log_ratio_bounds(f_a, f_b, n_a, n_b, *, confidence: float = 0.95, family: int = 1) -> tuple:
    """Two-sided exact interval of the log ratio, given the term's occurrences on both sides
    together.

    confidence  0.95 for 95 %
    family      terms looked at: the error is divided among them (Bonferroni); 1: uncorrected
    returns     low, high (terms,); a missing count on a side has no bound on that end: −inf or inf
    Method: Clopper & Pearson (1934) on f_a of f_a + f_b, as Evert (2022).
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    tail = (1 - confidence) / family / 2
    low = np.where(f_a > 0, betaincinv(np.maximum(f_a, 1), f_b + 1, tail), 0)
    # the upper bound for a is the lower bound for b turned round: no loss of digits near 1
    other = np.where(f_b > 0, betaincinv(np.maximum(f_b, 1), f_a + 1, tail), 0)
    low = np.where(low > 0, _log2(_ratio(low * n_b, (1 - low) * n_a)), -np.inf)
    high = np.where(other > 0, -_log2(_ratio(other * n_a, (1 - other) * n_b)), np.inf)
    return low, high


def lrc(f_a, f_b, n_a, n_b, *, confidence: float = 0.95, family: int = 1) -> np.ndarray:
    """Conservative log ratio: the end of its interval that is nearer 0; 0 where the interval holds
    0.

    confidence, family  as for `log_ratio_bounds`; nan where a side has no words
    Method: LRC of Evert (2022). Occurrences are taken for independent, which bursty words are not.
    """
    low, high = log_ratio_bounds(f_a, f_b, n_a, n_b, confidence=confidence, family=family)
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    bound = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return np.where((n_a > 0) & (n_b > 0), bound, np.nan)


def percent_difference(f_a, f_b, n_a, n_b) -> np.ndarray:
    """100 · (rate a − rate b) / rate b; nan (undefined) where the term does not stand on side b.

    Method: %DIFF of Gabrielatos & Marchi (2011).
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    return 100 * (_ratio(f_a * n_b, f_b * n_a) - 1)


def odds_ratio(f_a, f_b, n_a, n_b) -> np.ndarray:
    """Odds of the term on side a over its odds on side b; nan (undefined) where it does not stand
    on side b.

    Method: Pojanapunya & Watson Todd (2018).
    """
    f_a, f_b, n_a, n_b = _floats(f_a, f_b, n_a, n_b)
    return _ratio(f_a * (n_b - f_b), f_b * (n_a - f_a))


def log_odds(
    f_a, f_b, n_a, n_b, prior, *, alpha: float | None = None, variance: int = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Give the log-odds ratio with a Dirichlet prior, and its z.

    prior     (terms,) pseudo-occurrences of each term, above 0, the same for both sides
    alpha     α₀, pseudo-words of all terms together; none given: the sum of the prior, right
              where the terms are the whole vocabulary. It decides how far rare terms are pulled
              to 0: sweep over it.
    variance  2: 1/(y_a + α) + 1/(y_b + α), equation 20 of the paper; 4: the other words' two terms
              as well, which matters for common words
    returns   delta (natural logarithm), z = delta / √variance
    raises    ValueError for a prior of 0 or below, or another number of terms

    Method: Monroe, Colaresi & Quinn (2008), Political Analysis 16:372–403.
    """
    f_a, f_b, n_a, n_b, prior = _floats(f_a, f_b, n_a, n_b, prior)
    if variance not in (2, 4) or (prior <= 0).any():
        raise ValueError("log_odds takes a prior above zero for every term, and variance=2 or 4.")
    alpha = prior.sum() if alpha is None else alpha
    y_a, y_b = f_a + prior, f_b + prior
    rest_a, rest_b = n_a + alpha - y_a, n_b + alpha - y_b
    alone = (rest_a <= 0) | (rest_b <= 0)  # a vocabulary of one term has no odds
    rest_a, rest_b = np.where(alone, 1, rest_a), np.where(alone, 1, rest_b)
    delta = np.log(y_a / rest_a) - np.log(y_b / rest_b)
    spread = 1 / y_a + 1 / y_b + (1 / rest_a + 1 / rest_b if variance == 4 else 0)
    return np.where(alone, np.nan, delta), np.where(alone, np.nan, delta / np.sqrt(spread))


def informative_prior(background: np.ndarray, words: float, alpha: float) -> np.ndarray:
    """Spread α₀ pseudo-words over the terms as a background corpus does.

    background  (terms,) occurrences, above 0
    words       words of the background, terms not listed included
    alpha       α₀ in words, above 0
    """
    background = np.asarray(background, dtype=float)
    if alpha <= 0 or (background <= 0).any():
        raise ValueError("an informative prior needs alpha and every background count above zero.")
    return alpha * background / words
