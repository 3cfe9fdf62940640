"""Rates, naming choices, and what a design can show."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from helpers.measure import feasibility, may_test, rates, wilson


def counted(**outlets: list[tuple[int, int]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Hits and words in the outlet's voice: one pair (hits, words) for each article."""
    rows = [
        (f"{o}{i}", o, "narration", h, w)
        for o, pairs in outlets.items()
        for i, (h, w) in enumerate(pairs)
    ]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "voice", "hits", "words"])
    hits = table.loc[table.index.repeat(table["hits"])].reset_index(drop=True)
    return hits.drop(columns=["hits", "words"]), table.drop(columns="hits").assign(speaker="")


def test_a_rate_is_hits_per_thousand_words_of_the_same_voice():
    hits, words = counted(gull=[(3, 500), (1, 500)])
    words = pd.concat([words, words.assign(voice="quote", words=9000)])
    table = rates(hits, words, ["outlet", "voice"]).set_index("voice")
    row = table.loc["narration"]
    assert row[["hits", "words", "articles", "articles_with"]].tolist() == [4, 1000, 2, 2]
    assert row["rate"] == 4.0 and table.loc["quote", "hits"] == 0


def test_without_voice_the_denominator_is_every_word():
    hits, words = counted(gull=[(3, 500), (1, 500)])
    words = pd.concat([words, words.assign(voice="quote", words=500)])
    assert rates(hits, words, ["outlet"])["rate"].tolist() == [2.0]
    assert rates(hits, words, [])["rate"].tolist() == [2.0]


def test_categories_share_the_denominator_of_their_voice():
    hits, words = counted(gull=[(3, 500), (2, 500)])
    hits = hits.assign(category=["x", "x", "x", "y", "x"])
    found = rates(hits, words, ["outlet", "voice", "category"]).set_index("category")
    assert found["rate"].to_dict() == {"x": 4.0, "y": 1.0}
    assert found["words"].tolist() == [1000, 1000]


def test_articles_without_hits_count_in_the_denominator():
    assert rates(*counted(gull=[(3, 500), (0, 1500)]))["rate"].tolist() == [1.5]


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
    row = rates(*counted(gull=pairs)).iloc[0]
    assert row["note"].startswith(note)
    assert np.isnan(row["low"]) and np.isnan(row["high"])


def test_hits_in_a_voice_that_has_no_words_give_no_rate():
    hits, words = counted(gull=[(1, 10)] * 6)
    row = rates(hits, words[:0], ["outlet", "voice"]).iloc[0]
    assert np.isnan(row["rate"]) and row["note"] == "no interval: no words"


def test_equal_articles_have_an_interval_of_no_width():
    row = rates(*counted(gull=[(2, 100)] * 6)).iloc[0]
    assert (row["low"], row["rate"], row["high"]) == (20.0, 20.0, 20.0)


def test_the_same_seed_gives_the_same_interval_whatever_the_order_and_the_other_outlets():
    pairs = [(i % 4, 100 + 7 * i) for i in range(12)]
    alone = rates(*counted(gull=pairs), seed=3)
    hits, words = counted(heron=[(1, 90)] * 7, gull=pairs)
    mixed = hits.sample(frac=1, random_state=1), words.sample(frac=1, random_state=2)
    both = rates(*mixed, seed=3)
    assert both[both["outlet"] == "gull"].reset_index(drop=True).equals(alone)
    assert rates(*counted(gull=pairs), seed=4)["low"][0] != alone["low"][0]


def test_the_interval_is_that_of_articles_not_of_words():
    rng = np.random.default_rng(5)
    pairs = [
        (int(h), 500) for h in rng.poisson(rng.gamma(0.5, 8, size=40))
    ]  # bursty: variance far above the mean
    row = rates(*counted(gull=pairs)).iloc[0]
    as_if_words_were_drawn = 2 * 1.96 * np.sqrt(row["hits"]) / row["words"] * 1000
    assert row["high"] - row["low"] > 1.5 * as_if_words_were_drawn


def test_the_interval_of_eight_bursty_articles_holds_the_true_rate_about_nine_times_in_ten():
    """Plain percentiles held it 84 to 89 times in a hundred in the same kind of simulation."""
    rng = np.random.default_rng(1)
    held = 0
    for seed in range(300):
        size = rng.integers(200, 1000, size=8)
        hits = rng.poisson(size / 300 * rng.gamma(3, 1 / 3, size=8))
        pairs = list(zip(hits, size, strict=True))
        row = rates(*counted(gull=pairs), draws=500, seed=seed).iloc[0]
        held += row["low"] <= 1000 / 300 <= row["high"]
    assert held / 300 > 0.90


def test_a_confidence_outside_zero_to_one_is_refused():
    hits, words = counted(gull=[(1, 10)])
    with pytest.raises(ValueError, match="confidence"):
        rates(hits, words, confidence=95)
    with pytest.raises(ValueError, match="missing columns"):
        rates(hits, pd.DataFrame({"article_id": []}))


def test_no_hits_and_no_words_give_an_empty_table_with_its_columns():
    hits, words = counted(gull=[(1, 10)])
    table = rates(hits[:0], words[:0], ["outlet", "voice"])
    assert table.empty and list(table)[:4] == ["outlet", "voice", "hits", "words"]


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
