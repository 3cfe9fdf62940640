"""What a comparison of articles can show at all, before any test is run."""

from __future__ import annotations

from math import comb
from typing import NamedTuple

from helpers.measure.phrases import number_of, probability, smallest_p

LEAST_ARTICLES = 5
"""Articles a side needs before anything is tested: 5 against 5 reach p = .008, 4 against 4 only
.029."""


class Verdict(NamedTuple):
    """May this comparison be tested?

    ok          True where a test is allowed
    words       one or two sentences: the design, and why or why not
    articles_a, articles_b  articles on each side
    smallest_p  smallest two-sided p the design can reach
    """

    ok: bool
    words: str
    articles_a: int
    articles_b: int
    smallest_p: float


def feasibility(n_a: int, n_b: int) -> float:
    """Give the smallest two-sided p that a permutation of articles between two sides can reach.

    n_a, n_b  articles on each side, zero or more
    returns   1 over the number of ways to choose the n_a articles; twice that where n_a = n_b,
              since swapping two sides of equal size gives the same absolute difference.
              1 v 4 .20, 2 v 3 .10, 3 v 3 .10, 4 v 4 .029, 5 v 5 .008
    raises    ValueError for a negative number

    Method: exact randomisation test, two-sided (Lehmann & Romano 2005, section 15.2).

    >>> [round(feasibility(n, n), 3) for n in (1, 3, 4, 5)]
    [1.0, 0.1, 0.029, 0.008]
    """
    if min(n_a, n_b) < 0:
        raise ValueError(
            f"feasibility takes numbers of articles, zero or more; got {n_a} and {n_b}."
        )
    if min(n_a, n_b) == 0:
        return 1.0
    return min(1.0, (2 if n_a == n_b else 1) / comb(n_a + n_b, n_a))


def may_test(n_a: int, n_b: int, *, level: float = 0.05, least: int = LEAST_ARTICLES) -> Verdict:
    """Decide whether two sides may be tested against each other, and say so in words.

    n_a, n_b  articles on each side, after near-duplicates were collapsed
    level     the p below which a result would be called a difference
    least     fewest articles a side needs; at least 2: one article is never tested
    raises    ValueError where `least` is below 2

    >>> may_test(5, 5).ok, may_test(1, 20).ok
    (True, False)
    >>> may_test(1, 20).words.split(": ")[-1]
    'one article cannot stand for an outlet. What follows describes.'
    """
    if least < 2:
        raise ValueError(f"least must be 2 or more: one article never makes a test; got {least}.")
    p = feasibility(n_a, n_b)
    reason = _refusal(n_a, n_b, p, level, least)
    words = smallest_p(n_a, n_b, p) + (
        f" Not tested: {reason}. What follows describes." if reason else ""
    )
    return Verdict(not reason, words, n_a, n_b, p)


def _refusal(n_a: int, n_b: int, p: float, level: float, least: int) -> str:
    fewer = min(n_a, n_b)
    if fewer == 0:
        return "one side has no articles"
    if fewer == 1:
        return "one article cannot stand for an outlet"
    if p > level:
        return f"that is above {probability(level)}"
    if fewer < least:
        return f"{number_of(fewer, 'article')} on one side, and {least} are needed on each"
    return ""
