"""Keyness: which terms lean to which of two sides, how far, and how sure articles let us be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.measure import effects
from helpers.measure.counts import TermCounts
from helpers.measure.design import LEAST_ARTICLES, Verdict, may_test
from helpers.measure.dispersion import dispersion
from helpers.measure.phrases import reach
from helpers.measure.resampling import (
    LARGEST,
    exact,
    percentile_ends,
    permutation_p,
    tried,
    weights_in_turn,
)
from helpers.measure.sides import Sides

PER = 1000


class Settings(NamedTuple):
    """What a keyness table depends on.

    least_count     occurrences on both sides together that a term needs to be in the family
    least_articles  articles on both sides together that a term needs
    leave_out       terms not looked at (names, function words …)
    alpha           α₀ of the log-odds' prior, in words: shaped as both sides together
    variance        2 or 4 terms in the log-odds' variance
    level           error for LRC and for the verdict; intervals hold 1 − level
    draws           permutations and bootstrap resamples of articles
    seed            of both
    least           fewest articles a side needs to be tested
    """

    least_count: int = 5
    least_articles: int = 2
    leave_out: tuple[str, ...] = ()
    alpha: float = 500.0
    variance: int = 2
    level: float = 0.05
    draws: int = 1000
    seed: int = 0
    least: int = LEAST_ARTICLES


class Keyness(NamedTuple):
    """A comparison: its rows, what was left out and why, and what the design allows.

    table     one row for each term of the family (see `keyness`)
    left_out  term, f_a, f_b, reason
    verdict   whether it was tested, and why or why not, in words
    sides     name, articles, words: two rows
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    verdict: Verdict
    sides: pd.DataFrame


def keyness(
    counts: TermCounts,
    sides: Sides,
    settings: Settings = Settings(),  # noqa: B008
    asked: Iterable[str] | None = None,
) -> Keyness:
    """Compare how often two sides use each term.

    counts    from `term_counts`, near-duplicates collapsed before
    sides     from `versus` or `periods`, for counts.articles
    asked     terms: the table then has these rows only, without p and q, each as it is among all;
              none given: all
    returns   Keyness; its table has term, f_a, f_b (occurrences), rate_a, rate_b (per 1,000 words),
              range_a, range_b (articles), dp_a, dp_b (normalised DP), g2 (four-cell, signed),
              log_ratio (Hardie), lrc (level divided among the family), percent_diff, odds_ratio,
              bic (two-cell), delta and z (log-odds), delta_low, delta_high (bootstrap over
              articles),
              p, q, note. Positive leans to a. Sorted by z, a's terms first.
              What does not exist is nan, and `note` says why. p and q are nan unless verdict.ok;
              delta_low and delta_high are nan below `least` articles on a side.
    raises    ValueError where the sides do not fit the articles

    The family is chosen by the counts of both sides together and by `leave_out`, never by the
    difference,
    so that it is fixed before anything is tested. g2, lrc and z take words for independent and are
    there to describe; p, q and the interval draw articles.

    >>> from helpers.measure import versus
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("AABB")})
    >>> uses = sparse.csr_array([[4, 2], [5, 1], [1, 3], [0, 4]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> found = keyness(counts, versus(articles, "A", "B"))
    >>> found.table[["term", "rate_a", "rate_b"]].values.tolist(), found.verdict.ok
    ([['mob', 45.0, 5.0], ['protest', 15.0, 35.0]], False)
    """
    part, mask_a = _two_sides(counts, sides)
    mine = _column_sums(part.matrix[mask_a])
    f = np.stack([mine, _column_sums(part.matrix) - mine])
    n = np.array([part.words[mask_a].sum(), part.words[~mask_a].sum()], dtype=float)
    verdict = may_test(
        int(mask_a.sum()), int((~mask_a).sum()), level=settings.level, least=settings.least
    )
    reason = _reasons(part, f, settings)
    family = np.flatnonzero(reason == "")
    at = (
        np.arange(len(family))
        if asked is None
        else np.flatnonzero(pd.Index(part.terms[family]).isin(list(asked)))
    )
    table = _effects(part, f, n, family, at, settings)
    table = table.join(_spread(part, mask_a, family[at]))
    table = table.join(
        _inference(
            part, mask_a, family, at, settings, verdict._replace(ok=verdict.ok and asked is None)
        )
    )
    table = table.assign(note=_notes(table, sides, n, verdict))
    order = ["delta" if (n <= 0).any() else "z", "term"]
    table = table.sort_values(order, ascending=[False, True], ignore_index=True)[COLUMNS]
    verdict = _with_family(verdict, len(family), settings)
    about = pd.DataFrame({"name": sides[:2], "articles": verdict[2:4], "words": n.astype(int)})
    return Keyness(
        table, _left_out(part, f, reason if asked is None else reason[:0]), verdict, about
    )


def _with_family(verdict: Verdict, family: int, settings: Settings) -> Verdict:
    """The verdict, and what it takes to reach a q in a family of this size."""
    if not verdict.ok or family == 0:
        return verdict
    floor = tried(verdict.articles_a, verdict.articles_b, settings.draws)[1]
    return verdict._replace(words=f"{verdict.words} {reach(floor, family, settings.level)}".strip())


COLUMNS = [
    "term",
    "f_a",
    "f_b",
    "rate_a",
    "rate_b",
    "range_a",
    "range_b",
    "dp_a",
    "dp_b",
    "g2",
    "log_ratio",
    "lrc",
]
COLUMNS += [
    "percent_diff",
    "odds_ratio",
    "bic",
    "delta",
    "z",
    "delta_low",
    "delta_high",
    "p",
    "q",
    "note",
]


def _two_sides(counts: TermCounts, sides: Sides) -> tuple[TermCounts, np.ndarray]:
    """The articles of the two sides that have words, the terms they use, and which articles are
    a's."""
    n = len(counts.words)
    if len(sides.a) != n or len(sides.b) != n or (sides.a & sides.b).any():
        raise ValueError(
            f"sides must mark each of the {n} articles once; take them from counts.articles."
        )
    keep = (sides.a | sides.b) & (counts.words > 0)
    matrix = sparse.csr_array(counts.matrix)
    matrix = matrix if keep.all() else matrix[keep]
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
    part = TermCounts(
        matrix if len(used) == matrix.shape[1] else matrix[:, used],
        counts.articles[keep],
        counts.terms[used],
        counts.words[keep],
    )
    return part, sides.a[keep]


def _column_sums(matrix: sparse.csr_array) -> np.ndarray:
    return np.asarray(matrix.sum(axis=0)).ravel().astype(float)


def _reasons(part: TermCounts, f: np.ndarray, settings: Settings) -> np.ndarray:
    """Why a term is left out of the family; "" where it is in."""
    articles = np.bincount(part.matrix.indices, minlength=len(part.terms))
    named = pd.Index(part.terms).isin(list(settings.leave_out))
    few, narrow = f.sum(axis=0) < settings.least_count, articles < settings.least_articles
    return np.select(
        [named, few, narrow],
        [
            "on the list of terms to leave out",
            f"fewer than {settings.least_count} occurrences on both sides together",
            f"in fewer than {settings.least_articles} articles",
        ],
        default="",
    )


def _left_out(part: TermCounts, f: np.ndarray, reason: np.ndarray) -> pd.DataFrame:
    out = np.flatnonzero(reason != "")
    counts = f[:, out].astype(int)
    return pd.DataFrame(
        {"term": part.terms[out], "f_a": counts[0], "f_b": counts[1], "reason": reason[out]}
    )


def _effects(
    part: TermCounts,
    f: np.ndarray,
    n: np.ndarray,
    whole: np.ndarray,
    at: np.ndarray,
    settings: Settings,
) -> pd.DataFrame:
    """The effect sizes of some terms (`at`) of the whole family, which shapes the prior and LRC's
    level."""
    family = whole[at]
    four = (f[0, family], f[1, family], *n)
    prior = effects.informative_prior(f[:, whole].sum(axis=0), n.sum(), settings.alpha)[at]
    delta, z = effects.log_odds(*four, prior, alpha=settings.alpha, variance=settings.variance)
    delta, z = (delta, z) if (n > 0).all() else (delta * np.nan, z * np.nan)
    per = np.divide(
        PER * f[:, family], n[:, None], out=np.full((2, len(family)), np.nan), where=n[:, None] > 0
    )
    columns = {
        "term": part.terms[family],
        "f_a": four[0].astype(int),
        "f_b": four[1].astype(int),
        "rate_a": per[0],
        "rate_b": per[1],
        "g2": effects.signed(effects.g2_four(*four), *four),
        "log_ratio": effects.log_ratio(*four),
        "lrc": effects.lrc(*four, confidence=1 - settings.level, family=max(len(whole), 1)),
        "percent_diff": effects.percent_difference(*four),
        "odds_ratio": effects.odds_ratio(*four),
        "bic": effects.bic(effects.g2_two(f[:, family].T, n), n.sum()),
        "delta": delta,
        "z": z,
    }
    return pd.DataFrame(columns)


def _spread(part: TermCounts, mask_a: np.ndarray, family: np.ndarray) -> pd.DataFrame:
    parts = {}
    for side, mask in (("a", mask_a), ("b", ~mask_a)):
        found = dispersion(part.matrix[mask][:, family], part.words[mask])
        parts |= {f"range_{side}": found["range"], f"dp_{side}": found["dp_norm"]}
    return pd.DataFrame(parts)


def _inference(
    part: TermCounts,
    mask_a: np.ndarray,
    family: np.ndarray,
    at: np.ndarray,
    settings: Settings,
    verdict: Verdict,
) -> pd.DataFrame:
    """p and q where the design allows them, intervals where there are articles enough."""
    table = pd.DataFrame(
        np.nan, index=range(len(at)), columns=["p", "q", "delta_low", "delta_high"]
    )
    if len(at) == 0:
        return table
    if verdict.ok:
        matrix = part.matrix[:, family]
        p = permutation_p(matrix, part.words, mask_a, draws=settings.draws, seed=settings.seed)
        from scipy.stats import false_discovery_control  # takes a second to import

        table = table.assign(p=p, q=false_discovery_control(p, method="bh"))
    if min(verdict.articles_a, verdict.articles_b) >= settings.least:
        low, high = _delta_ends(part, mask_a, family, at, settings)
        table = table.assign(delta_low=low, delta_high=high)
    return table


def _delta_ends(
    part: TermCounts, mask_a: np.ndarray, family: np.ndarray, at: np.ndarray, settings: Settings
):
    """Expanded percentile interval of the log-odds, articles drawn again within each side; the
    prior stays."""
    both = _column_sums(part.matrix[:, family])
    prior = effects.informative_prior(both, part.words.sum(), settings.alpha)[at]
    sides = [_Side(part, mask, family[at], settings) for mask in (mask_a, ~mask_a)]
    ends, few = np.empty((2, len(at))), int(min(mask_a.sum(), (~mask_a).sum()))
    step = max(1, LARGEST // settings.draws)
    for start in range(0, len(at), step):
        here = slice(start, start + step)
        delta = 0
        for sign, side in zip((1, -1), sides, strict=True):
            y = side.sums(here) + prior[here, None]
            rest = np.maximum(side.sizes - y, 1e-9)
            delta = delta + sign * np.log(np.divide(y, rest, out=rest), out=rest)
        ends[:, here] = percentile_ends(delta, 1 - settings.level, few)
    return ends


class _Side:
    """The articles of a side drawn again: how often each, kept as small numbers, and the words that
    come of it."""

    def __init__(self, part: TermCounts, mask: np.ndarray, terms: np.ndarray, settings: Settings):
        seed = [settings.seed, int(np.argmax(mask))]  # the side's own draws, whichever side it is
        by_term = sparse.csr_array(part.matrix[mask][:, terms].T)
        most = int(by_term.data.max(initial=0)) * int(mask.sum())  # no sum of a resample is larger
        used = np.flatnonzero(np.bincount(by_term.indices, minlength=by_term.shape[1]))
        few = (
            len(used) < by_term.shape[1] // 2
        )  # of a few terms, only the articles that hold them matter
        self.by_term = (by_term[:, used] if few else by_term).astype(exact(most))
        drawn, sizes = [], []
        for weights in weights_in_turn(int(mask.sum()), settings.draws, seed):
            sizes.append(weights @ part.words[mask])
            kept = weights[:, used] if few else weights
            drawn.append(
                kept.T.astype(np.uint8 if kept.max(initial=0) < 256 else np.uint16, order="C")
            )
        self.drawn, self.sizes = drawn, np.concatenate(sizes) + settings.alpha

    def sums(self, here: slice) -> np.ndarray:
        """(terms × draws) occurrences in each resample."""
        rows = self.by_term[here]
        used = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))
        few = len(used) < rows.shape[1] // 2
        rows = rows[:, used] if few else rows
        kind = self.by_term.dtype
        return np.concatenate(
            [rows @ (some[used] if few else some).astype(kind) for some in self.drawn], axis=1
        ).astype(float)


def _notes(table: pd.DataFrame, sides: Sides, n: np.ndarray, verdict: Verdict) -> list[str]:
    """What a reader must know about a row: what is undefined in it, whether one article made it,
    whether it was tested."""
    if (n <= 0).any():
        empty = " and ".join(name for name, words in zip(sides[:2], n, strict=True) if words <= 0)
        return [f"{empty}: no words, so nothing to compare"] * len(table)
    to_a = (table["log_ratio"] >= 0).to_numpy()
    articles = np.where(to_a, table["range_a"], table["range_b"])
    kinds = [
        (table["f_b"] == 0, f"not in {sides.name_b}: %DIFF and odds ratio undefined"),
        (table["f_a"] == 0, f"not in {sides.name_a}"),
        (to_a & (articles == 1), f"in one article of {sides.name_a}"),
        (~to_a & (articles == 1), f"in one article of {sides.name_b}"),
        (np.full(len(table), not verdict.ok), "described, not tested"),
    ]
    where = np.array([np.asarray(mask) for mask, _ in kinds])
    return ["; ".join(kinds[k][1] for k in np.flatnonzero(column)) for column in where.T]
