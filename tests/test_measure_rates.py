"""Rates, naming choices, and what a design can show."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from helpers.measure import counted_rates, feasibility, may_test, wilson


def counted(**outlets: list[tuple[int, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tables of hits and words in the outlet's voice: one pair (hits, words) for each article."""
    rows = [
        (f"{o}{i}", o, "outlet", h, w)
        for o, pairs in outlets.items()
        for i, (h, w) in enumerate(pairs)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "voice", "hits", "words"])
    return table.drop(columns="words"), table.drop(columns="hits").assign(speaker="")


def test_a_rate_is_hits_per_thousand_words_of_the_same_voice():
    counts, words = counted(gull=[(3, 500), (1, 500)])
    words = pd.concat([words, words.assign(voice="quote", words=9000)])
    row = counted_rates(counts, words).iloc[0]
    assert (row["hits"], row["words"], row["articles"], row["articles_with"], row["rate"]) == (
        4,
        1000,
        2,
        2,
        4.0,
    )


def test_without_voice_the_denominator_is_every_word():
    counts, words = counted(gull=[(3, 500), (1, 500)])
    words = pd.concat([words, words.assign(voice="quote", words=500)])
    assert counted_rates(counts, words, ["outlet"])["rate"].tolist() == [2.0]
    assert counted_rates(counts, words, [])["rate"].tolist() == [2.0]


def test_categories_share_the_denominator_of_their_voice():
    counts, words = counted(gull=[(3, 500), (1, 500)])
    both = pd.concat([counts.assign(category="x"), counts.assign(category="y", hits=0)])
    found = counted_rates(both, words, ["outlet", "voice", "category"])
    assert found["rate"].tolist() == [4.0, 0.0]
    assert found["words"].tolist() == [1000, 1000]


def test_articles_without_hits_count_in_the_denominator():
    counts, words = counted(gull=[(3, 500), (0, 1500)])
    assert counted_rates(counts[counts["hits"] > 0], words)["rate"].tolist() == [1.5]


@pytest.mark.parametrize(
    ("pairs", "note"),
    [
        ([(2, 100)], "no interval: one article"),
        ([(2, 99)], "only 99 words: read the counts; no interval: one article"),
        ([(2, 100)] * 4, "no interval: 4 articles, fewer than 5"),
        ([(0, 100)] * 9, "no interval: no hits in 9 articles"),
        ([(0, 0)] * 9, "no interval: no words"),
    ],
)
def test_no_interval_is_said_in_words(pairs, note):
    row = counted_rates(*counted(gull=pairs)).iloc[0]
    assert row["note"].startswith(note)
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])
    assert row["method"] == ""


def test_hits_in_a_voice_that_has_no_words_give_no_rate():
    counts, words = counted(gull=[(1, 10)] * 6)
    row = counted_rates(counts, words[:0]).iloc[0]
    assert np.isnan(row["rate"])
    assert row["note"] == "no interval: no words"


def test_the_threshold_of_articles_is_a_parameter():
    found = counted_rates(*counted(gull=[(1, 100), (2, 100), (3, 100)]), least=3).iloc[0]
    assert found["low"] < 20 < found["high"]
    assert found["method"] == "expanded percentile bootstrap over articles"


def test_equal_articles_have_an_interval_of_no_width():
    row = counted_rates(*counted(gull=[(2, 100)] * 6)).iloc[0]
    assert (row["low"], row["rate"], row["high"]) == (20.0, 20.0, 20.0)


def test_the_same_seed_gives_the_same_interval_whatever_the_order_and_the_other_outlets():
    pairs = [(i % 4, 100 + 7 * i) for i in range(12)]
    alone = counted_rates(*counted(gull=pairs), seed=3)
    counts, words = counted(heron=[(1, 90)] * 7, gull=pairs)
    both = counted_rates(
        counts.sample(frac=1, random_state=1), words.sample(frac=1, random_state=2), seed=3
    )
    assert both[both["outlet"] == "gull"].reset_index(drop=True).equals(alone)
    assert counted_rates(*counted(gull=pairs), seed=4)["low"][0] != alone["low"][0]


def test_the_interval_is_that_of_articles_not_of_words():
    rng = np.random.default_rng(5)
    pairs = [
        (int(h), 500) for h in rng.poisson(rng.gamma(0.5, 8, size=40))
    ]  # bursty: variance far above the mean
    row = counted_rates(*counted(gull=pairs)).iloc[0]
    as_if_words_were_drawn = 2 * 1.96 * np.sqrt(row["hits"]) / row["words"] * 1000
    assert row["high"] - row["low"] > 1.5 * as_if_words_were_drawn


def test_the_interval_of_eight_bursty_articles_holds_the_true_rate_about_nine_times_in_ten():
    """Plain percentiles held it 84 to 89 times in a hundred in the same kind of simulation."""
    rng = np.random.default_rng(1)
    held = 0
    for seed in range(300):
        size = rng.integers(200, 1000, size=8)
        hits = rng.poisson(size / 300 * rng.gamma(3, 1 / 3, size=8))
        row = counted_rates(
            *counted(gull=list(zip(hits, size, strict=True))), draws=500, seed=seed
        ).iloc[0]
        held += row["low"] <= 1000 / 300 <= row["high"]
    assert held / 300 > 0.90


def test_a_confidence_outside_zero_to_one_is_refused():
    with pytest.raises(ValueError, match="confidence"):
        counted_rates(*counted(gull=[(1, 10)]), confidence=95)
    with pytest.raises(ValueError, match="missing columns"):
        counted_rates(counted(gull=[(1, 10)])[0], pd.DataFrame({"article_id": []}))


def test_no_counts_give_an_empty_table_with_its_columns():
    counts, words = counted(gull=[(1, 10)])
    assert list(counted_rates(counts[:0], words[:0]).columns)[:4] == [
        "outlet",
        "voice",
        "hits",
        "words",
    ]


@pytest.mark.parametrize(
    ("n_a", "n_b", "p"),
    [(1, 4, 0.20), (2, 3, 0.10), (3, 3, 0.10), (4, 4, 0.029), (5, 5, 0.008)],  # shared/methods.md
)
def test_the_smallest_p_of_a_design(n_a, n_b, p):
    assert feasibility(n_a, n_b) == pytest.approx(p, abs=5e-4)
    assert feasibility(n_b, n_a) == feasibility(n_a, n_b)


@pytest.mark.parametrize(("n_a", "n_b"), [(1, 4), (2, 3), (3, 3), (2, 5), (4, 4)])
def test_the_smallest_p_is_that_of_the_most_lopsided_articles(n_a, n_b):
    """Enumerate every labelling of articles of which side a holds all the hits."""
    values = np.arange(n_a + n_b) >= n_b  # the last n_a articles hold one hit each
    n = len(values)
    gaps = [
        abs(values[list(c)].mean() - np.delete(values, c).mean())
        for c in combinations(range(n), n_a)
    ]
    assert np.mean(np.array(gaps) >= 1 - 1e-12) == pytest.approx(feasibility(n_a, n_b))


def test_one_article_for_each_outlet_is_never_tested():
    for rest in (1, 4, 50, 10_000):
        verdict = may_test(1, rest, level=0.5, least=2)
        assert not verdict.ok
        assert "one article cannot stand for an outlet" in verdict.words
    with pytest.raises(ValueError, match="least"):
        may_test(9, 9, least=1)


@pytest.mark.parametrize(
    ("n_a", "n_b", "ok", "words"),
    [
        (3, 3, False, "smallest p this design can reach is .10. Not tested: that is above .05."),
        (
            4,
            4,
            False,
            "can reach is .029. Not tested: 4 articles on one side, and 5 are needed on each.",
        ),
        (
            5,
            5,
            True,
            "5 articles against 5 articles: the smallest p this design can reach is .008.",
        ),
        (0, 9, False, "one side has no articles"),
        (300, 300, True, "can reach is below .001."),
    ],
)
def test_the_verdict_is_said_in_words(n_a, n_b, ok, words):
    verdict = may_test(n_a, n_b)
    assert verdict.ok is ok
    assert words in verdict.words


@given(st.integers(0, 200), st.integers(1, 200), st.floats(0.5, 0.999))
def test_wilson_agrees_with_scipy(k, n, level):
    k = min(k, n)
    theirs = binomtest(k, n).proportion_ci(confidence_level=level, method="wilson")
    low, high = wilson(np.array(k), np.array(n), level)
    assert (low, high) == (
        pytest.approx(theirs.low, abs=1e-12),
        pytest.approx(theirs.high, abs=1e-12),
    )
    assert 0 <= low <= k / n <= high <= 1


def named(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "entry", "hits"])
    return table.assign(category="capital")


def test_a_rate_by_category_is_of_all_the_words():
    counts = pd.DataFrame(
        {
            "article_id": ["a", "a", "b", "b"],
            "outlet": "O",
            "category": ["x", "y", "x", "y"],
            "hits": [1, 0, 2, 3],
        }
    )
    words = pd.DataFrame({"article_id": ["a", "b"], "outlet": "O", "words": [100, 200]})
    table = counted_rates(counts, words, by=["outlet", "category"]).set_index("category")
    assert table["words"].tolist() == [300, 300]
    assert table["rate"].tolist() == pytest.approx([10, 10])
