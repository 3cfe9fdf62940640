"""measure: several comparisons together, findings under other settings, sentences that carry a
category."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from scipy.stats import false_discovery_control

from helpers import measure


def counted(per_outlet=6, outlets=("A", "B", "C"), words=200, lean=None):
    """Articles of some outlets with Poisson counts of ten terms; `lean` gives (outlet, term, times
    as often)."""
    ids = [f"{o}{i}" for o in outlets for i in range(per_outlet)]
    articles = pd.DataFrame({"article_id": ids, "outlet": [i[0] for i in ids]})
    mean = np.full((len(ids), 10), 4.0)
    for outlet, term, times in lean or ():
        mean[articles["outlet"] == outlet, term] *= times
    matrix = sparse.csr_array(np.random.default_rng(4).poisson(mean))
    terms = np.array([f"t{k}" for k in range(10)], dtype=object)
    return measure.TermCounts(matrix, articles, terms, np.full(len(ids), words))


HOW = measure.Settings(draws=400, seed=1)


def test_each_outlet_is_set_against_the_rest_one_against_the_rest_or_two_against_each_other():
    articles = counted().articles
    assert [(s.name_a, s.name_b) for s in measure.comparisons(articles)] == [
        (o, "the rest") for o in "ABC"
    ]
    assert [(s.name_a, s.name_b) for s in measure.comparisons(articles, ["B"])] == [
        ("B", "the rest")
    ]
    assert [(s.name_a, s.name_b) for s in measure.comparisons(articles, ["C", "A"])] == [("C", "A")]
    assert measure.comparisons(articles[articles["outlet"] == "A"]) == []
    with pytest.raises(ValueError, match="no outlet, one or two"):
        measure.comparisons(articles, ["A", "B", "C"])


def test_q_is_corrected_over_the_terms_of_all_comparisons():
    counts = counted(lean=[("A", 0, 5)])
    found = measure.compared(counts, measure.comparisons(counts.articles), HOW)
    assert len(found.table) == 30
    np.testing.assert_allclose(found.table["q"], false_discovery_control(found.table["p"]))
    assert found.words[-1].startswith("q is corrected over 3 comparisons together.")


def test_one_article_to_an_outlet_is_described_and_never_tested():
    counts = counted(per_outlet=1)
    found = measure.compared(
        counts, measure.comparisons(counts.articles), HOW._replace(least_articles=1, least_count=1)
    )
    assert len(found.table) and found.table[["p", "q", "delta_low"]].isna().all(axis=None)
    assert found.words == ["A, B, C against the rest: " + found.words[0].split(": ", 1)[1]]
    assert "one article cannot stand for an outlet" in found.words[0]


def test_no_comparison_gives_empty_tables_with_their_columns():
    found = measure.compared(counted(outlets=("A",)), [], HOW)
    assert (
        found.table.empty
        and found.words == []
        and {"outlet", "term", "q", "leans"} <= set(found.table)
    )
    assert measure.leading(found, 5, HOW).empty


def test_a_reason_of_its_own_takes_the_place_of_the_list():
    counts = counted()
    found = measure.compared(
        counts,
        measure.comparisons(counts.articles, ["A"]),
        HOW._replace(leave_out=("t1", "t2")),
        {"t1": "a number"},
    )
    assert dict(zip(found.left_out["term"], found.left_out["reason"], strict=True)) == {
        "t1": "a number",
        "t2": "on the list of terms to leave out",
    }


def test_what_leads_are_the_terms_that_lean_and_the_clear_ones_first():
    counts = counted(lean=[("A", 0, 6), ("B", 3, 6)])
    found = measure.compared(counts, measure.comparisons(counts.articles, ["A", "B"]), HOW)
    led = measure.leading(found, 2, HOW, both=True)
    assert led["term"].iloc[0] == "t0" and led["leans"].iloc[0] == "A" and led["clear"].iloc[0]
    assert led.loc[led["leans"] == "B", "term"].iloc[0] == "t3"
    assert (led["leans"] == "A").sum() == 2


def test_swapping_the_two_outlets_changes_the_signs_and_not_what_leans_where():
    counts = counted(lean=[("A", 0, 6)])
    one, two = (
        measure.compared(counts, measure.comparisons(counts.articles, pair), HOW).table.set_index(
            "term"
        )
        for pair in (["A", "B"], ["B", "A"])
    )
    np.testing.assert_allclose(one["delta"], -two["delta"].reindex(one.index))
    assert (one["leans"] == two["leans"].reindex(one.index)).all()


def test_a_strong_lean_holds_in_every_setting_and_noise_does_not():
    counts = counted(lean=[("A", 0, 8)])
    runs = {
        "alpha 50": (counts, HOW._replace(alpha=50.0)),
        "alpha 5000": (counts, HOW._replace(alpha=5000.0)),
        "nothing": (counted(), HOW),
    }
    asked = pd.DataFrame({"outlet": "A", "against": "the rest", "term": ["t0", "t9"]})
    held = measure.sweep(dict(list(runs.items())[:2]), ["A"], asked).set_index("term")
    assert held.loc["t0", "holds"] and held.loc["t0", "direction"] == "A"
    assert not measure.sweep(runs, ["A"], asked).set_index("term").loc["t0", "holds"]
    assert list(measure.sweep(runs, ["A"], asked.head(0))["term"]) == []


def test_what_is_around_a_target_is_what_the_collocates_count():
    words = [
        "the",
        "old",
        "mill",
        "by",
        "the",
        "river",
        "stood",
        "near",
        "the",
        "old",
        "ford",
        "while",
        "the",
        "mill",
        "burned",
    ]
    starts = np.cumsum([0, *(len(w) + 1 for w in words[:-1])])
    tokens = pd.DataFrame(
        {
            "article_id": "a",
            "sentence_id": 0,
            "start": starts,
            "end": starts + [len(w) for w in words],
            "norm": words,
        }
    )
    nodes = tokens[tokens["norm"] == "mill"]
    near = measure.around(tokens, nodes, window=3)
    table = measure.collocates(tokens, nodes, window=3, least_count=1).set_index("term")["near"]
    assert near["norm"].value_counts().to_dict() == table.to_dict()
    assert "mill" not in set(near["norm"])


def test_reprints_give_way_to_what_they_print():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["A", "B"],
            "published": ["2031-01-01", "2031-01-02"],
            "kind": ["reprint", "article"],
        }
    )
    kept = measure.collapse(articles, pd.DataFrame({"article_id": ["a", "b"], "group": "a"})).kept
    assert list(kept["article_id"]) == ["b"]


def test_company_that_stays_near_whatever_the_window():
    near = pd.DataFrame({"target": "mill", "outlet": "A", "term": ["old", "river"]})
    held = measure.company_sweep({2: near.head(1), 5: near}, near, shown=5).set_index("term")
    assert held["holds"].to_dict() == {"old": True, "river": False}
    assert list(held.loc["old", ["target", "outlet"]]) == ["mill", "A"]
    assert measure.company_sweep({2: near.head(0)}, near, shown=5).empty
