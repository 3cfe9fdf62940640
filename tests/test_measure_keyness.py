"""Keyness: what is tested, what is refused, and that a test by article keeps its level."""

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import chi2, false_discovery_control

from helpers.measure import (
    Settings,
    TermCounts,
    effects,
    findings,
    holds,
    keyness,
    periods,
    permutation_p,
    versus,
)


def corpus(matrix: np.ndarray, outlets: list[str], words: np.ndarray | None = None) -> TermCounts:
    """TermCounts of a dense table articles × terms; the words are the row sums unless given."""
    matrix = np.asarray(matrix)
    articles = pd.DataFrame(
        {"article_id": [f"a{i:04}" for i in range(len(matrix))], "outlet": outlets}
    )
    terms = np.array([f"t{i:03}" for i in range(matrix.shape[1])], dtype=object)
    size = matrix.sum(axis=1) if words is None else words
    return TermCounts(sparse.csr_array(matrix), articles, terms, np.asarray(size))


def bursty(rng: np.random.Generator, articles: int, terms: int, shape: float = 0.3) -> np.ndarray:
    """Counts that come in bursts and owe nothing to the outlet: Poisson with a gamma rate for each
    article."""
    mean = rng.uniform(0.3, 3, size=terms)
    return rng.poisson(mean * rng.gamma(shape, 1 / shape, size=(articles, terms)))


@pytest.mark.parametrize(("n_a", "n_b"), [(5, 5), (6, 14), (20, 20)])
def test_under_the_null_the_test_by_article_keeps_its_level_and_the_test_by_token_does_not(
    n_a, n_b
):
    """200 corpora of 20 terms; 3 standard errors are left for the simulation itself."""
    rng = np.random.default_rng(20)
    by_article, by_token = [], []
    side = np.arange(n_a + n_b) < n_a
    for seed in range(200):
        counts = bursty(rng, n_a + n_b, 20)
        sizes = counts.sum(axis=1) + rng.integers(200, 1200, size=n_a + n_b)
        by_article.append(
            permutation_p(sparse.csr_array(counts), sizes, side, draws=499, seed=seed)
        )
        four = (
            counts[side].sum(axis=0),
            counts[~side].sum(axis=0),
            sizes[side].sum(),
            sizes[~side].sum(),
        )
        by_token.append(chi2.sf(effects.g2_four(*four), 1))
    p, tokens = np.concatenate(by_article), np.concatenate(by_token)
    for level in (0.01, 0.05, 0.10):
        assert np.mean(p <= level) <= level + 3 * np.sqrt(level * (1 - level) / len(p))
    assert (
        np.mean(tokens < 0.05) > 0.26
    )  # the share that shared/methods.md reports; here the bursts are stronger


def test_outlets_that_only_write_shorter_articles_are_not_called_different():
    """Equal rates, 15 articles of about 300 words against 15 of about 1,500: the bare difference
    called 15 % different."""
    rng = np.random.default_rng(20)
    side = np.arange(30) < 15
    found = []
    for seed in range(150):
        sizes = np.where(side, 300, 1500) * rng.uniform(0.6, 1.4, size=30)
        counts = rng.poisson(rng.uniform(0.5, 5, size=20) * sizes[:, None] / 1000)
        found.append(permutation_p(sparse.csr_array(counts), sizes, side, draws=299, seed=seed))
    assert np.mean(np.concatenate(found) <= 0.05) < 0.07


def test_the_smallest_p_in_a_null_simulation_is_never_below_what_the_design_can_reach():
    counts = bursty(np.random.default_rng(3), 8, 300)
    p = permutation_p(sparse.csr_array(counts), np.full(8, 500), np.arange(8) < 4)
    assert p.min() >= 2 / 70


def test_few_articles_are_permuted_in_every_way_there_is():
    rng = np.random.default_rng(8)
    counts, sizes, side = bursty(rng, 7, 20), rng.integers(100, 900, 7), np.arange(7) < 3
    every = [np.isin(np.arange(7), c) for c in combinations(range(7), 3)]

    def side_rate(a):
        rate = counts[a].sum(axis=0) / sizes[a].sum()
        rest = counts[a] - rate * sizes[a][:, None]
        return rate, a.sum() / (a.sum() - 1) * (rest**2).sum(axis=0) / sizes[a].sum() ** 2

    def gap(a):
        (rate_a, error_a), (rate_b, error_b) = side_rate(a), side_rate(~a)
        return np.abs(rate_a - rate_b) / np.sqrt(error_a + error_b + 1e-300)

    by_hand = np.mean([gap(a) >= gap(side) * (1 - 1e-9) for a in every], axis=0)
    assert permutation_p(sparse.csr_array(counts), sizes, side) == pytest.approx(by_hand)


def test_a_random_p_counts_the_real_labelling_too():
    counts = np.zeros((20, 1), dtype=int)
    counts[:8] = 5  # no permutation comes near: a tail of 1/(m + 1), Phipson & Smyth (2010), twice
    p = permutation_p(sparse.csr_array(counts), np.full(20, 100), np.arange(20) < 8, draws=99)
    assert p.tolist() == [0.02]


def test_where_articles_are_many_the_smallest_p_does_not_hang_on_the_draws():
    rng = np.random.default_rng(2)
    counts = rng.poisson(1, size=(200, 1))
    counts[:40] += 5
    side = np.arange(200) < 40
    few, many = (
        permutation_p(sparse.csr_array(counts), np.full(200, 100), side, draws=draws)[0]
        for draws in (99, 2000)
    )
    assert few == many < 1e-8


def test_a_word_of_a_small_side_is_seen_although_such_words_are_often_missing_from_it():
    """19 of 49 articles have it, 21 of 1,080: by the larger of both tails that had p = .17."""
    counts = np.zeros((1129, 1), dtype=int)
    counts[:19] = counts[49:70] = 1
    side = np.arange(1129) < 49
    p = permutation_p(sparse.csr_array(counts), np.full(1129, 500), side, draws=500)
    assert p[0] < 1e-6


def test_rare_tails_are_those_that_very_many_labellings_show():
    """Of terms that few of 500 labellings reach, twice the tail of 40,000 labellings: never half as
    large as it is, and within twice on the whole."""
    rng = np.random.default_rng(11)
    counts = bursty(rng, 150, 400)
    counts[:30, :200] += rng.poisson(0.7, size=(30, 200))
    side, sizes = np.arange(150) < 30, np.full(150, 500)
    matrix = sparse.csr_array(counts)
    p = permutation_p(matrix, sizes, side, draws=500)
    score = counts[:30].sum(axis=0)
    above = np.zeros(400)
    for _ in range(40_000):
        above += counts[rng.permutation(150)[:30]].sum(axis=0) >= score
    true = 2 * (above + 1) / 40_001
    rare = (true < 0.015) & (true > 40 / 40_001)
    assert rare.sum() > 10
    assert (p[rare] > true[rare] / 2).all()
    assert np.median(p[rare] / true[rare]) < 2


@pytest.mark.parametrize(
    ("n_a", "n_b", "words_a", "words_b"),
    [(40, 400, 600, 600), (40, 400, 1200, 600), (40, 40, 400, 1200)],
)
def test_many_articles_of_other_length_keep_the_level(n_a, n_b, words_a, words_b):
    """Rare and common words in strong bursts; at .05 and at .001, with 3 standard errors."""
    rng = np.random.default_rng(5)
    side = np.arange(n_a + n_b) < n_a
    found = []
    for seed in range(12):
        sizes = np.where(side, words_a, words_b) * rng.uniform(0.4, 1.6, size=n_a + n_b)
        mean = np.exp(rng.uniform(np.log(0.01), np.log(3), size=200))
        rates = mean * rng.gamma(0.3, 1 / 0.3, size=(n_a + n_b, 200))
        counts = rng.poisson(rates * sizes[:, None] / sizes.mean())
        known = (counts.sum(axis=0) >= 5) & ((counts > 0).sum(axis=0) >= 2)
        matrix = sparse.csr_array(counts[:, known])
        found.append(permutation_p(matrix, sizes, side, draws=300, seed=seed))
    p = np.concatenate(found)
    for level in (0.05, 0.001):
        assert np.mean(p <= level) <= level + 3 * np.sqrt(level * (1 - level) / len(p))


def test_a_permutation_without_a_side_or_without_words_is_refused():
    matrix = sparse.csr_array(np.ones((4, 1)))
    for sizes, side in (
        ([9] * 4, [True] * 4),
        ([9] * 4, [False] * 4),
        ([9, 9, 9, 0], [True] * 2 + [False] * 2),
    ):
        with pytest.raises(ValueError, match="an article on each side"):
            permutation_p(matrix, sizes, side)


def leaning(n: int = 10) -> TermCounts:
    """Two outlets of n articles each; t000 belongs to Gull, t001 to Heron, t002 to both alike."""
    rng = np.random.default_rng(4)
    matrix = rng.poisson(3, size=(2 * n, 12))
    matrix[:n, 0] += 6
    matrix[n:, 1] += 6
    matrix[n:, 11] = 0
    matrix[:, 10] = 0
    matrix[0, 10] = 9
    return corpus(matrix, ["Gull"] * n + ["Heron"] * n)


def test_a_real_difference_is_found_and_points_to_its_side():
    counts = leaning()
    found = keyness(counts, versus(counts.articles, "Gull", "Heron"))
    rows = found.table.set_index("term")
    assert found.verdict.ok
    assert rows.loc[["t000", "t001"], "q"].max() < 0.05
    assert rows.loc["t000", "delta_low"] > 0 > rows.loc["t001", "delta_high"]
    assert rows.index[-1] == "t001"
    assert (rows["delta_low"] <= rows["delta"]).all()
    assert (rows["delta"] <= rows["delta_high"]).all()
    assert found.sides.to_dict("list")["articles"] == [10, 10]
    assert found.sides["words"].sum() == counts.words.sum()


def test_q_is_benjamini_and_hochberg_over_the_whole_family():
    counts = leaning()
    rows = keyness(counts, versus(counts.articles, "Gull")).table
    ranked = rows.sort_values("p", ignore_index=True)
    steps = ranked["p"] * len(ranked) / np.arange(1, len(ranked) + 1)
    by_hand = steps[::-1].cummin()[::-1].clip(upper=1)
    assert ranked["q"].tolist() == pytest.approx(by_hand.tolist())
    assert rows["q"].tolist() == pytest.approx(false_discovery_control(rows["p"]).tolist())


def test_terms_are_left_out_with_the_reason():
    counts = leaning()
    chosen = Settings(leave_out=("t003",), least_count=40)
    found = keyness(counts, versus(counts.articles, "Gull"), chosen)
    reasons = found.left_out.set_index("term")["reason"]
    assert reasons["t003"] == "on the list of terms to leave out"
    assert reasons["t010"] == "fewer than 40 occurrences on both sides together"
    alone = keyness(counts, versus(counts.articles, "Gull")).left_out.set_index("term")["reason"]
    assert alone.to_dict() == {"t010": "in fewer than 2 articles"}
    assert len(found.table) + len(found.left_out) == len(counts.terms)


def test_the_family_does_not_depend_on_who_wrote_what():
    counts = leaning()
    shuffled = counts.articles.assign(
        outlet=counts.articles["outlet"].sample(frac=1, random_state=1).to_numpy()
    )
    families = [
        set(
            keyness(counts._replace(articles=a), versus(a, "Gull"), Settings(least_count=50)).table[
                "term"
            ]
        )
        for a in (counts.articles, shuffled)
    ]
    assert families[0] == families[1]


def test_a_term_missing_on_a_side_says_what_is_undefined():
    counts = leaning()
    row = (
        keyness(counts, versus(counts.articles, "Gull", "Heron"))
        .table.set_index("term")
        .loc["t011"]
    )
    assert row["note"] == "not in Heron: %DIFF and odds ratio undefined"
    assert row[["percent_diff", "odds_ratio", "dp_b"]].isna().all()
    assert np.isfinite(row[["log_ratio", "lrc", "g2", "delta", "p"]].astype(float)).all()


@pytest.mark.parametrize("rest", [1, 4, 30])
def test_one_article_against_any_number_is_described_and_never_tested(rest):
    counts = corpus(bursty(np.random.default_rng(2), 1 + rest, 30) + 1, ["Gull"] + ["Heron"] * rest)
    found = keyness(counts, versus(counts.articles, "Gull"), Settings(least_count=1))
    assert not found.verdict.ok
    assert "one article cannot stand for an outlet" in found.verdict.words
    assert len(found.table) == 30
    assert found.table[["p", "q", "delta_low", "delta_high"]].isna().all(axis=None)
    assert found.table[["g2", "log_ratio", "lrc", "delta", "z"]].notna().all(axis=None)
    assert found.table["note"].str.endswith("described, not tested").all()
    to_gull = found.table["log_ratio"] > 0
    assert found.table.loc[to_gull, "note"].str.contains("in one article of Gull").all()


def test_a_side_without_words_gives_words_and_no_numbers():
    counts = corpus(np.array([[3, 4], [5, 6], [0, 0]]), ["Gull", "Gull", "Heron"])
    found = keyness(counts, versus(counts.articles, "Gull", "Heron"))
    assert "one side has no articles" in found.verdict.words
    assert found.table["note"].unique().tolist() == ["Heron: no words, so nothing to compare"]
    assert found.table[["g2", "log_ratio", "lrc", "delta", "z", "p"]].isna().all(axis=None)


def test_no_counts_at_all_give_empty_tables():
    counts = corpus(np.zeros((6, 3), dtype=int), ["Gull"] * 3 + ["Heron"] * 3)
    found = keyness(counts, versus(counts.articles, "Gull"))
    assert found.table.empty
    assert found.left_out.empty
    assert found.sides["words"].tolist() == [0, 0]


def test_a_single_term_has_no_odds_and_no_warning():
    counts = corpus(np.full((12, 1), 4), ["Gull"] * 6 + ["Heron"] * 6)
    row = keyness(counts, versus(counts.articles, "Gull")).table.iloc[0]
    assert (row["log_ratio"], row["p"], row["g2"]) == (0, 1, 0)


@settings(max_examples=40)
@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 10_000), st.booleans())
def test_swapping_the_sides_flips_what_has_a_sign_and_keeps_what_has_none(
    n_a, n_b, seed, sparse_counts
):
    counts = bursty(np.random.default_rng(seed), n_a + n_b, 6, 0.1 if sparse_counts else 2)
    terms = corpus(counts, ["Gull"] * n_a + ["Heron"] * n_b, counts.sum(axis=1) + 50)
    chosen = Settings(least_count=1, least_articles=1, draws=99)
    there = (
        keyness(terms, versus(terms.articles, "Gull", "Heron"), chosen)
        .table.set_index("term")
        .sort_index()
    )
    back = (
        keyness(terms, versus(terms.articles, "Heron", "Gull"), chosen)
        .table.set_index("term")
        .sort_index()
    )
    near = {"rel": 1e-9, "abs": 1e-9, "nan_ok": True}
    for name in ("log_ratio", "lrc", "delta", "z"):
        assert back[name].tolist() == pytest.approx((-there[name]).tolist(), **near)
    assert back["g2"].abs().tolist() == pytest.approx(there["g2"].abs().tolist(), **near)
    assert back["delta_low"].tolist() == pytest.approx((-there["delta_high"]).tolist(), **near)
    for name, other in (
        ("p", "p"),
        ("q", "q"),
        ("f_a", "f_b"),
        ("range_a", "range_b"),
        ("dp_a", "dp_b"),
    ):
        assert back[name].tolist() == pytest.approx(there[other].tolist(), **near)
    numbers = there.select_dtypes("number").to_numpy()
    assert not np.isinf(numbers).any()


def test_the_same_seed_gives_the_same_table():
    counts = leaning()
    sides = versus(counts.articles, "Gull")
    assert keyness(counts, sides).table.equals(keyness(counts, sides).table)
    other = keyness(counts, sides, Settings(seed=1)).table
    assert not other["delta_low"].equals(keyness(counts, sides).table["delta_low"])


def test_articles_of_neither_side_change_nothing():
    counts = leaning()
    more = corpus(
        np.vstack([counts.matrix.toarray(), np.full((4, 12), 50)]),
        [*counts.articles["outlet"], *["Tern"] * 4],
    )
    alone = keyness(counts, versus(counts.articles, "Gull", "Heron")).table
    assert keyness(more, versus(more.articles, "Gull", "Heron")).table.equals(alone)


def test_two_periods_leave_undated_articles_out():
    counts = leaning()
    days = ["2024-01-01"] * 9 + [None] + ["2024-02-01"] * 10
    articles = counts.articles.assign(published=pd.to_datetime(pd.Series(days)))
    sides = periods(articles, date(2024, 2, 1))
    assert (sides.name_a, sides.name_b) == ("before 2024-02-01", "from 2024-02-01")
    found = keyness(counts, sides)
    assert found.sides["articles"].tolist() == [9, 10]
    assert set(found.table["term"][:2]) == {"t000", "t011"}


def test_sides_that_overlap_or_are_unknown_are_refused():
    articles = leaning().articles
    with pytest.raises(ValueError, match=r"unknown: \['Tern'\]"):
        versus(articles, "Tern")
    with pytest.raises(ValueError, match="must differ"):
        versus(articles, "Gull", ["Gull", "Heron"])
    with pytest.raises(ValueError, match=r"counts\.articles"):
        keyness(leaning(), versus(articles[:5], "Gull"))


def test_a_sweep_over_the_prior_shows_what_holds():
    counts = leaning()
    sides = versus(counts.articles, "Gull", "Heron")
    sweep = {
        f"alpha {alpha}": keyness(counts, sides, Settings(alpha=alpha)) for alpha in (10, 100, 1000)
    }
    found = holds(
        pd.concat([findings(k, name) for name, k in sweep.items()]), list(sweep)
    ).set_index("term")
    assert found.loc[["t000", "t001"], "holds"].all()
    assert found.loc[["t000", "t001"], "direction"].tolist() == ["Gull", "Heron"]


def test_where_nothing_may_be_tested_findings_describe():
    counts = corpus(np.array([[60, 5, 40], [4, 60, 41]]), ["Gull", "Heron"])
    found = keyness(counts, versus(counts.articles, "Gull", "Heron"))
    assert not found.verdict.ok
    assert findings(found, "all").to_numpy().tolist() == [
        ["all", "t000", "Gull"],
        ["all", "t001", "Heron"],
    ]


def test_the_verdict_says_what_a_family_asks():
    counts = corpus(bursty(np.random.default_rng(5), 10, 40) + 1, ["Gull"] * 5 + ["Heron"] * 5)
    words = keyness(counts, versus(counts.articles, "Gull")).verdict.words
    assert words.endswith(
        "With 40 terms tested together, q ≤ .05 takes 7 of them at the smallest p, .008."
    )
