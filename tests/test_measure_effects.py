"""Effect sizes and dispersion against published numbers (shared/methods.md names the sources)."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.measure import dispersion
from helpers.measure import effects as e

SIZES = (10_000, 100_000)


@pytest.mark.parametrize(  # UCREL's SigEff calculator; four cells and LRC computed apart
    ("f", "two", "four", "diff", "bic", "ratio", "odds", "lrc"),
    [
        ((340, 2500), 26.17575782, 26.93354952, 36, 14.56752217, 0.44360665, 1.37267081, 0.275906),
        (
            (200, 2500),
            9.82792828,
            10.06059495,
            -20,
            -1.78030736,
            -0.32192809,
            0.79591837,
            -0.113616,
        ),
        ((7, 0), 33.57053382, 33.57498949, np.nan, 21.96229817, 7.12928302, np.nan, 3.849307),
        (
            (654, 654),
            1447.83970766,
            1480.24665877,
            900,
            1436.23147201,
            3.32192809,
            10.62978814,
            3.163344,
        ),
        (
            (89, 536),
            17.37740362,
            17.49208968,
            66.04477612,
            5.76916797,
            0.73157234,
            1.66637853,
            0.391232,
        ),
    ],
)
def test_two_corpora_of_ten_and_a_hundred_thousand_words(f, two, four, diff, bic, ratio, odds, lrc):
    near = {"abs": 1.01e-8, "nan_ok": True}  # some of the published digits are cut, not rounded
    g2 = e.g2_two(np.array(f), np.array(SIZES))
    assert g2 == pytest.approx(two, **near)
    assert e.g2_four(*f, *SIZES) == pytest.approx(four, **near)
    assert e.percent_difference(*f, *SIZES) == pytest.approx(diff, **near)
    assert e.bic(g2, sum(SIZES)) == pytest.approx(bic, **near)
    assert e.log_ratio(*f, *SIZES) == pytest.approx(ratio, **near)
    assert e.odds_ratio(*f, *SIZES) == pytest.approx(odds, **near)
    assert e.lrc(*f, *SIZES) == pytest.approx(lrc, abs=6e-7)


def test_six_corpora_of_ucrel():
    sizes = np.array([1000, 100, 80, 70, 65, 40])
    g2 = e.g2_two(np.array([10, 15, 34, 22, 1, 1]), sizes)
    assert g2 == pytest.approx(189.73412194, abs=6e-9)
    assert e.bic(g2, sizes.sum(), sides=6) == pytest.approx(153.67633827, abs=6e-9)


def test_dunning_1993_page_72():
    assert e.g2_four(10, 0, 13, 31_764) == pytest.approx(167.2298, abs=6e-5)
    assert e.g2_four(10, 3, 10, 31_767) == pytest.approx(
        167.2298, abs=6e-5
    )  # the table turned over


def test_gabrielatos_and_marchi_2011():
    assert e.percent_difference(206_523, 178_174, 959_641, 1_562_358) == pytest.approx(
        88.7, abs=0.05
    )


def test_pojanapunya_and_todd_2018():
    assert e.odds_ratio(16_217, 735, 2_796_938, 2_087_946) == pytest.approx(16.6, abs=0.05)


def test_evert_2022(shared):
    rows = pd.read_csv(shared / "reference" / "evert2022-keyness.csv")
    given_ = json.loads((shared / "reference" / "evert2022-keyness.params.json").read_text())
    counts = (rows["f1"], rows["f2"], given_["n1"], given_["n2"])
    lrc = e.lrc(*counts, confidence=given_["conf_level"], family=int(given_["m"]))
    assert len(rows) == 702
    assert np.abs(e.signed(e.g2_four(*counts), *counts) - rows["G2"]).max() < 1e-6
    assert np.abs(e.log_ratio(*counts, zero="evert") - rows["LogRatio"]).max() < 1e-6
    assert np.abs(lrc - rows["LRC"]).max() < 1e-6


def test_log_odds_of_monroe_colaresi_and_quinn():
    counts = ([1, 5, 1, 9], [100, 510, 100, 199], 16, 909, np.full(4, 0.01))
    delta, two = e.log_odds(*counts)
    _, four = e.log_odds(*counts, variance=4)
    assert delta == pytest.approx([-0.609532, -1.034577, -0.609532, 1.520101], abs=6e-7)
    assert (two[3], four[3]) == (
        pytest.approx(4.462925, abs=6e-7),
        pytest.approx(2.983064, abs=6e-7),
    )


def test_a_larger_prior_pulls_every_term_towards_none():
    f_a, f_b = np.array([9, 1, 90]), np.array([3, 7, 90])
    deltas = [
        np.abs(e.log_odds(f_a, f_b, 100, 100, e.informative_prior(f_a + f_b, 200, alpha))[0])
        for alpha in (1, 10, 100, 1000)
    ]
    assert (np.diff(deltas, axis=0) <= 1e-12).all()


def test_a_prior_of_nothing_is_refused():
    with pytest.raises(ValueError, match="prior above zero"):
        e.log_odds([1], [1], 5, 5, [0])
    with pytest.raises(ValueError, match="above zero"):
        e.informative_prior(np.array([1, 0]), 10, 5)
    with pytest.raises(ValueError, match="'hardie' or 'evert'"):
        e.log_ratio(1, 1, 5, 5, zero="mine")


COUNTS = st.tuples(
    st.integers(0, 500), st.integers(0, 500), st.integers(0, 5000), st.integers(0, 5000)
).map(lambda c: (c[0], c[1], c[0] + c[2], c[1] + c[3]))


@given(COUNTS)
def test_swapping_the_sides_flips_the_signs(c):
    swapped = (c[1], c[0], c[3], c[2])
    same = {"rel": 1e-9, "abs": 1e-9, "nan_ok": True}
    assert e.g2_four(*swapped) == pytest.approx(float(e.g2_four(*c)), **same)
    assert e.log_ratio(*swapped) == pytest.approx(-float(e.log_ratio(*c)), **same)
    assert e.lrc(*swapped) == pytest.approx(-float(e.lrc(*c)), **same)
    prior = np.array([0.5])
    for theirs, ours in zip(
        e.log_odds(*swapped, prior, alpha=9.0), e.log_odds(*c, prior, alpha=9.0), strict=True
    ):
        assert theirs == pytest.approx(-ours, **same)


@given(COUNTS)
def test_no_count_gives_a_warning_or_an_infinity(c):
    with np.errstate(all="raise"):
        values = [
            f(*c) for f in (e.g2_four, e.log_ratio, e.lrc, e.percent_difference, e.odds_ratio)
        ]
        values += [
            e.g2_two(np.array(c[:2]), np.array(c[2:])),
            *e.log_odds(*c, np.array([0.5]), alpha=9.0),
        ]
    assert not any(np.isinf(v).any() for v in values)


@given(COUNTS)
def test_the_conservative_ratio_is_nearer_nothing_than_the_ratio(c):
    lrc, ratio = float(e.lrc(*c)), float(e.log_ratio(*c))
    if c[0] and c[1]:
        assert lrc * ratio >= 0
        assert abs(lrc) <= abs(ratio) + 1e-9
        assert abs(e.lrc(*c, family=1000)) <= abs(lrc) + 1e-9


def parts(*counts: list[int]) -> np.ndarray:
    return np.array(counts).T


def test_dp_of_gries_normalised_by_lijffijt_and_gries():
    row = dispersion(parts([1, 2, 3, 4, 5]), [9, 10, 10, 10, 11]).iloc[0]
    assert row["dp"] == pytest.approx(0.18, abs=1e-12)
    assert row["dp_norm"] == pytest.approx(0.2195, abs=5e-5)
    assert dispersion(parts([0, 0, 1, 2, 5]), [1000] * 5)["dp"][0] == pytest.approx(
        0.475, abs=1e-12
    )


def test_juilland_and_carroll():
    rows = dispersion(parts([0, 4, 3, 2, 1], [2, 1, 1, 1, 0]), [1000] * 5)
    assert rows["juilland_d"][0] == pytest.approx(0.6464, abs=5e-5)
    assert rows["carroll_d2"][1] == pytest.approx(0.8277, abs=5e-5)
    assert rows["range"].tolist() == [4, 4]


def test_dispersion_at_its_ends():
    rows = dispersion(parts([2, 4, 6], [9, 0, 0], [0, 0, 0]), [100, 200, 300])
    assert rows.loc[0, ["dp", "dp_norm"]].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert rows.loc[0, ["juilland_d", "carroll_d2"]].tolist() == pytest.approx([1, 1])
    assert rows.loc[1, ["dp_norm", "juilland_d", "carroll_d2"]].tolist() == pytest.approx(
        [1, 0, 0], abs=1e-12
    )
    assert rows.loc[2, ["dp", "dp_norm", "juilland_d", "carroll_d2"]].isna().all()
    assert dispersion(parts([3]), [50]).loc[0, "dp"] == 0
    assert np.isnan(dispersion(parts([3]), [50]).loc[0, "dp_norm"])


def test_articles_without_words_are_no_parts():
    with_empty = dispersion(parts([1, 0, 2]), [10, 0, 30])
    assert with_empty.equals(dispersion(parts([1, 2]), [10, 30]))
    with pytest.raises(ValueError, match="0 words"):
        dispersion(parts([1, 1]), [10, 0])
    with pytest.raises(ValueError, match="must list 2"):
        dispersion(parts([1, 1]), [10])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(30, 300)), min_size=1, max_size=12))
def test_dispersion_is_bounded_and_gries_own_sum(pairs):
    counts, sizes = np.array(pairs).T
    row = dispersion(counts[:, None], sizes).iloc[0]
    if counts.sum():
        by_hand = np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2
        assert row["dp"] == pytest.approx(by_hand, abs=1e-12)
    for name in ("dp", "dp_norm", "juilland_d", "carroll_d2"):
        assert np.isnan(row[name]) or 0 <= row[name] <= 1
