"""Agreement between coders, hand coding there and back, and which findings hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from scipy.stats import binomtest

from helpers.measure import holds, phrases
from helpers.reliability import alpha, alpha_by_category, draw_sample, precision, read_back

n = None
FOUR = pd.DataFrame(  # Krippendorff (2011): four coders, twelve units
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
        "C": [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
    }
)
THREE = pd.DataFrame(
    {
        "A": [n, n, n, n, n, 3, 4, 1, 2, 1, 1, 3, 3, n, 3],
        "B": [1, n, 2, 1, 3, 3, 4, 3, n, n, n, n, n, n, n],
        "C": [n, n, 2, 1, 3, 4, 4, n, 2, 1, 1, 3, 3, n, 4],
    }
)


@pytest.mark.parametrize(
    ("codes", "metric", "value"),
    [
        (FOUR, "nominal", 0.743421),
        (FOUR, "ordinal", 0.815388),
        (FOUR, "interval", 0.849107),
        (FOUR, "ratio", 0.797403),
        (THREE, "nominal", 0.691358),
        (THREE, "interval", 0.810845),
    ],
)
def test_krippendorff(codes, metric, value):
    found = alpha(codes, metric)
    assert found.alpha == pytest.approx(value, abs=6e-7)
    assert found.low < found.alpha < found.high <= 1


def test_what_was_counted_is_said():
    found = alpha(FOUR)
    assert (found.units, found.codes) == (11, 40)  # the twelfth unit has one code only
    assert found.words.startswith("α = 0.74, 95 % interval ")
    assert found.words.endswith("over 11 units")


CODES = st.lists(
    st.lists(st.sampled_from(["x", "y", "z"]), min_size=2, max_size=2), min_size=2, max_size=12
)


@given(CODES)
def test_without_gaps_nominal_alpha_is_nltks(rows):
    codes = pd.DataFrame(rows, columns=["one", "two"])
    found = alpha(codes, draws=50)
    if len(set(codes.to_numpy().ravel())) == 1:
        assert "undefined" in found.words
        return
    task = AnnotationTask([(c, i, codes.loc[i, c]) for c in codes for i in codes.index])
    assert found.alpha == pytest.approx(task.alpha())
    assert found.percent == pytest.approx((codes["one"] == codes["two"]).mean())


@given(CODES)
def test_coders_and_units_may_come_in_any_order(rows):
    codes = pd.DataFrame(rows, columns=["one", "two"])
    turned = codes[["two", "one"]].sample(frac=1, random_state=1)
    assert alpha(turned, draws=2).alpha == pytest.approx(alpha(codes, draws=2).alpha, nan_ok=True)


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (pd.DataFrame({"a": ["x"] * 9, "b": ["x"] * 9}), "every code is the same category"),
        (
            pd.DataFrame({"a": ["x", n, "y"], "b": [n, "y", np.nan]}),
            "no unit has codes by two coders",
        ),
        (pd.DataFrame({"a": [], "b": []}), "no unit has codes by two coders"),
        (
            pd.DataFrame({"a": ["x", "x", n], "b": ["x", "x", "y"]}),
            "every code is the same category",
        ),
    ],
)
def test_alpha_is_undefined_in_words(codes, words):
    with np.errstate(all="raise"):
        found = alpha(codes)
    assert found.words.startswith("α undefined: ")
    assert words in found.words
    assert np.isnan([found.alpha, found.low, found.high]).all()


def test_perfect_agreement_has_no_interval_and_says_why():
    found = alpha(pd.DataFrame({"a": ["x", "y", "x"], "b": ["x", "y", "x"]}))
    assert (found.alpha, found.percent) == (1.0, 1.0)
    assert found.words == "α = 1.00, no interval: coders agree on all 3 units"
    one = alpha(pd.DataFrame({"a": ["x"], "b": ["y"]}))
    assert one.words == "α = 0.00, no interval: one unit"


def test_an_order_of_categories_decides_how_far_apart_they_are():
    codes = pd.DataFrame({"a": ["low", "mid", "high", "low"], "b": ["low", "mid", "high", "mid"]})
    right = alpha(codes, "ordinal", order=["low", "mid", "high"]).alpha
    wrong = alpha(codes, "ordinal", order=["mid", "high", "low"]).alpha
    assert right > wrong
    as_numbers = alpha(
        codes.replace({"low": 1, "mid": 2, "high": 3}).infer_objects(), "ordinal"
    ).alpha
    assert right == pytest.approx(as_numbers)


@pytest.mark.parametrize(
    ("metric", "order", "message"),
    [
        ("kappa", None, "metric is one of"),
        ("interval", None, "takes numbers"),
        ("ordinal", ["x"], "not in the order"),
    ],
)
def test_codes_that_do_not_fit_the_metric_are_refused(metric, order, message):
    with pytest.raises(ValueError, match=message):
        alpha(pd.DataFrame({"a": ["x", "y"], "b": ["x", "x"]}), metric, order=order)
    with pytest.raises(ValueError, match="zero or more"):
        alpha(pd.DataFrame({"a": [-1, 2], "b": [1, 2]}), "ratio")


def test_each_category_has_its_own_alpha():
    found = alpha_by_category(FOUR).set_index("category")
    assert found["codes"].tolist() == [9, 13, 11, 5, 3]
    assert found.loc[5, "alpha"] == 1
    assert "agree on all 11 units" in found.loc[5, "note"]
    yes = FOUR.map(lambda c: n if pd.isna(c) else int(c == 3))
    assert found.loc[3, "alpha"] == pytest.approx(alpha(yes).alpha)


HITS = pd.DataFrame(
    [
        (f"a{i % 7}", 10 * i, "Gull" if i < 30 else "Heron", "rain" if i % 3 else "snow")
        for i in range(36)
    ],
    columns=["article_id", "start", "outlet", "entry"],
)


def test_a_sample_is_drawn_from_each_outlet():
    sample = draw_sample(HITS, 10, seed=1)
    assert sample["outlet"].value_counts().to_dict() == {"Gull": 10, "Heron": 6}
    assert sample.groupby("outlet")["weight"].sum().to_dict() == {"Gull": 30, "Heron": 6}
    assert not sample.duplicated(["article_id", "start"]).any()


def test_a_sample_depends_on_the_seed_and_on_nothing_else():
    sample = draw_sample(HITS, 10, seed=1)
    assert draw_sample(HITS.sample(frac=1, random_state=2), 10, seed=1).equals(sample)
    gull = sample[sample["outlet"] == "Gull"].reset_index(drop=True)
    assert draw_sample(HITS[HITS["outlet"] == "Gull"], 10, seed=1).equals(gull)
    assert not draw_sample(HITS, 10, seed=2).equals(sample)


def test_a_sample_of_nothing_is_refused_or_empty():
    assert draw_sample(HITS[:0], 10).columns.tolist() == [*HITS.columns, "weight"]
    with pytest.raises(ValueError, match="1 row or more"):
        draw_sample(HITS, 0)
    with pytest.raises(ValueError, match="tells them apart"):
        draw_sample(pd.concat([HITS, HITS]), 5)


KEY = ["article_id", "start"]


def coded() -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": ["a0", "a1"], "start": ["0", "10"], "one": [" yes", ""], "two": ["no", None]}
    )


def test_codes_come_back_to_their_rows():
    found = read_back(HITS[:3], coded()[::-1], ["one", "two"], key=KEY, allowed={"yes", "no"})
    assert found["one"].tolist() == ["yes", None, None]
    assert found["two"].tolist() == ["no", None, None]
    assert found["entry"].tolist() == HITS["entry"][:3].tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": ["0", "11"]}, r"line 3: \['a1', '11'\] was not drawn"),
        ({"article_id": ["a0", "a0"], "start": ["0", "0"]}, "line 3"),
        ({"two": ["maybe", "no"]}, r"column two: codes \['maybe'\]; allowed are \['no', 'yes'\]"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_by_line(change, message):
    with pytest.raises(ValueError, match=message):
        read_back(
            HITS[:3], coded().assign(**change), ["one", "two"], key=KEY, allowed={"yes", "no"}
        )
    with pytest.raises(ValueError, match="missing columns"):
        read_back(HITS[:3], coded(), ["three"], key=KEY, allowed={"yes"})


def test_precision_for_each_entry():
    rows = pd.DataFrame(
        {"entry": ["rain"] * 5 + ["snow"], "one": ["yes", "yes", "no", "yes", n, n]}
    )
    found = precision(rows, code="one").set_index("entry")
    assert found.loc["rain", ["k", "n", "not_coded"]].tolist() == [3, 4, 1]
    assert found.loc["rain", "low"] == pytest.approx(
        binomtest(3, 4).proportion_ci(method="wilson").low
    )
    assert found.loc["snow", "note"] == "none coded: precision unknown"
    assert np.isnan(found.loc["snow", "share"])


FINDINGS = pd.DataFrame(
    [
        ("w5", "rain", "Gull"),
        ("w9", "rain", "Gull"),
        ("w5", "snow", "Gull"),
        ("w9", "snow", "Heron"),
        ("w9", "hail", "Gull"),
    ],
    columns=["setting", "term", "direction"],
)


def test_a_finding_holds_where_every_setting_found_it_the_same_way():
    found = holds(FINDINGS, ["w5", "w9"]).set_index("term")
    assert found["holds"].to_dict() == {"rain": True, "hail": False, "snow": False}
    assert found.loc["rain", "words"] == "holds in all 2 settings"
    assert found.loc["hail", "words"] == "in 1 of 2 settings; not found in w5"
    assert found.loc["snow", "words"] == "in 1 of 2 settings; the other way in w9"


def test_a_setting_that_found_nothing_counts():
    assert not holds(FINDINGS, ["w5", "w9", "w20"])["holds"].any()
    assert holds(FINDINGS[:0], ["w5"]).empty
    with pytest.raises(ValueError, match=r"settings \['w9'\]"):
        holds(FINDINGS, ["w5"])
    with pytest.raises(ValueError, match="twice"):
        holds(pd.concat([FINDINGS, FINDINGS]), ["w5", "w9"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (phrases.probability(0.2), ".20"),
        (phrases.probability(2 / 70), ".029"),
        (phrases.probability(0.05), ".05"),
        (phrases.probability(0.0004), "< .001"),
        (phrases.probability(1.0), "1"),
        (phrases.probability(float("nan")), "not computed"),
        (phrases.number_of(0, "article"), "no articles"),
        (phrases.number_of(1, "article"), "1 article"),
        (phrases.number_of(1200, "article"), "1,200 articles"),
        (phrases.share(3, 7), "3 of 7"),
        (phrases.share(30, 40), "30 of 40 (75 %)"),
        (phrases.interval(1.25, 3), "1.2 to 3.0"),
        (phrases.interval(float("nan"), 3), "no interval"),
        (phrases.no_interval(1, 5), "no interval: one article"),
        (
            phrases.smallest_p(3, 3, 0.1),
            "3 articles against 3 articles: the smallest p this design can reach is .10.",
        ),
        (
            phrases.smallest_p(0, 3, 1.0),
            "no articles against 3 articles: there is nothing to permute, so no p at all.",
        ),
    ],
)
def test_numbers_in_words(words, expected):
    assert words == expected
