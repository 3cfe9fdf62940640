"""Rates corrected for the error that a coded sample shows."""

import numpy as np
import pandas as pd
import pytest

from helpers import data, reliability
from helpers.reliability import (
    KEYS,
    accuracy,
    cannot_correct,
    coded_units,
    corrected,
    draw_sample,
    read_sheet,
    sheets,
    size_for,
    told_corrected,
    write_sheet,
)


def units(outlet, articles, wrong, each=10):
    """Hits of some articles, of each of which the first half is coded; `wrong` of ten are."""
    rows = [
        (f"{outlet}{a}", outlet, 1, np.nan if i % 2 else float(i / 2 >= wrong / 2), 0.5)
        for a in range(articles)
        for i in range(each)
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "machine", "code", "chance"])


def words(*outlets, articles=10):
    rows = [(f"{o}{a}", o, 1000) for o in outlets for a in range(articles)]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "words"])


def test_false_alarms_are_taken_off_in_the_measure_of_the_sample():
    table = corrected(units("N", 10, 4), base=words("N")).iloc[0]
    assert (table["raw"], table["corrected"]) == (10.0, 6.0)
    assert (table["found"], table["coded"], table["right"], table["articles"]) == (100, 50, 30, 10)


def test_where_errors_differ_the_order_of_two_outlets_can_turn_and_the_sentence_says_so():
    both = pd.concat([units("N", 10, 8, each=10), units("S", 10, 0, each=8)])
    table = corrected(both, base=words("N", "S"))
    assert table["raw"].tolist() == [10.0, 8.0] and table["corrected"].tolist() == [2.0, 8.0]
    said = told_corrected(table)
    assert said.startswith("As counted, N has more (10.0) than S (8.0); corrected, less (2.0 and")
    assert said.endswith("the intervals do not overlap")


def test_a_group_with_too_few_coded_rows_or_articles_is_not_corrected_and_says_why():
    few = units("N", 10, 4).assign(code=np.nan)
    row = corrected(few, base=words("N")).iloc[0]
    assert np.isnan(row["corrected"]) and "no rows coded" in row["note"]
    assert told_corrected(corrected(few, base=words("N"))).startswith("Nothing can be corrected")
    row = corrected(units("N", 3, 4), base=words("N", articles=3)).iloc[0]
    assert np.isnan(row["low"]) and "3 articles" in row["note"]


def test_a_coded_row_without_a_chance_is_refused():
    with pytest.raises(ValueError, match="no chance above 0"):
        corrected(units("N", 5, 4).assign(chance=0.0))


def test_a_sheet_is_joined_to_all_units_with_the_chance_of_each_stratum():
    rows = units("N", 2, 4)[["article_id", "outlet"]]
    rows = rows.assign(start=range(len(rows)), end=range(1, len(rows) + 1), entry="x")
    sheet = rows.head(5).assign(coder_a=["yes", "no", None, "yes", "unsure"])
    joined = coded_units(rows, sheets.Coded(sheet, ""), right="yes", simple=True)
    assert joined["code"].count() == 4 and joined["code"].sum() == 2
    assert joined["chance"].unique().tolist() == [4 / 20]


# Samples that carry their design


def sentences(outlets=("N", "S"), articles=10, each=20):
    """Sentences of two outlets; in every fifth the rules found something."""
    rows = [
        (f"{o}{a}", i, i + 1, o, int(i % 5 == 0), "x")
        for o in outlets
        for a in range(articles)
        for i in range(each)
    ]
    return pd.DataFrame(
        rows, columns=["article_id", "start", "end", "outlet", "machine", "sentence"]
    )


STRATA = ["outlet", "machine"]


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """All sentences, and the path of a coded sheet of 60 of them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    rows = sentences()
    some = draw_sample(rows, 60, by=STRATA, order=KEYS["sentences"], seed=3, in_all=True)
    path = tmp_path / "sheet.csv"
    write_sheet(some, "sentences", str(path), by=STRATA, seed=3)
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    table.assign(coder_a="yes").to_csv(path, index=False)
    return rows, path


def read(path, rows):
    return read_sheet(str(path), rows, "sentences", ["yes", "no"])


def test_sentences_without_a_hit_are_drawn_and_every_row_has_its_chance(drawn):
    rows, path = drawn
    back = read(path, rows)
    assert back.words == "60 of 60 rows coded" and (back.rows["machine"] == 0).sum() > 10
    joined = coded_units(rows, back, right="yes")
    by_stratum = joined.groupby(STRATA)[["code", "chance"]].agg({"code": "count", "chance": "max"})
    size = joined.groupby(STRATA).size()
    assert by_stratum["chance"].tolist() == (by_stratum["code"] / size).tolist()
    assert by_stratum["chance"].nunique() > 1  # where the rules say yes, more are drawn


def test_a_design_in_the_hands_of_a_spreadsheet_is_still_the_design(drawn):
    rows, path = drawn
    plan = path.with_name("sheet-design.csv")
    cells = pd.read_csv(plan, dtype=str, encoding="utf-8-sig")
    cells.assign(units=cells["units"] + ".0").to_csv(plan, index=False, sep=";", encoding="cp1252")
    assert cannot_correct(rows, read(path, rows)) == ""


def test_without_its_design_a_sheet_corrects_nothing_unless_it_is_called_simple(drawn):
    rows, path = drawn
    path.with_name("sheet-design.csv").unlink()
    back = read(path, rows)
    with pytest.raises(ValueError, match=r"missing beside sheet\.csv \(sheet-design\.csv\)"):
        coded_units(rows, back, right="yes")
    assert coded_units(rows, back, right="yes", simple=True)["chance"].tolist() == [30 / 200] * 400


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda sheet, plan: (sheet.iloc[1:], plan), "it has 59 rows, and 60 were drawn"),
        (lambda sheet, plan: (sheet, plan.assign(seed="4")), "were altered"),
        (lambda sheet, plan: (sheet, plan.assign(units="9")), "were altered"),
        (
            lambda sheet, plan: (sheet, plan.drop(columns="check")),
            "design of the sample is missing",
        ),
    ],
    ids=["a row taken out", "seed", "size", "no check"],
)
def test_a_sheet_or_design_that_was_altered_is_refused_in_one_line(drawn, harm, words):
    rows, path = drawn
    plan = path.with_name("sheet-design.csv")
    tables = [pd.read_csv(p, dtype=str, encoding="utf-8-sig") for p in (path, plan)]
    for place, table in zip((path, plan), harm(*tables), strict=True):
        table.to_csv(place, index=False)
    said = cannot_correct(rows, read(path, rows))
    assert words in said and "\n" not in said


def test_a_corpus_that_changed_is_named_and_a_choice_of_outlets_is_none(drawn):
    rows, path = drawn
    fewer = rows.iloc[:-1]
    assert "“S, 0” has 159 rows today and had 160" in cannot_correct(fewer, read(path, fewer))
    one = rows[rows["outlet"] == "N"]
    assert cannot_correct(one, read(path, one)) == ""


def test_a_stratum_of_which_nothing_is_coded_leaves_its_group_as_counted(drawn):
    rows, path = drawn
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    hit = rows[(rows["outlet"] == "S") & (rows["machine"] == 1)]
    places = set(zip(hit["article_id"], hit["start"].astype(str), strict=True))
    pairs = zip(table["article_id"], table["start"], strict=True)
    table["coder_a"] = ["" if p in places else "yes" for p in pairs]
    table.to_csv(path, index=False)
    made = corrected(coded_units(rows, read(path, rows), right="yes")).set_index("outlet")
    assert made.loc["N", "corrected"] == 100.0 and np.isnan(made.loc["S", "corrected"])
    assert made.loc["S", "note"] == "not corrected: 40 rows in strata with nothing coded"


def test_a_sheet_is_in_random_order_so_that_the_first_rows_are_a_part_at_random(drawn):
    _, path = drawn
    order = pd.read_csv(path, dtype=str)["article_id"].tolist()
    assert order != sorted(order)


def test_a_sample_has_the_size_asked_for_and_one_of_each_stratum_at_least():
    rows = sentences()
    some = draw_sample(rows, 50, by=STRATA, order=KEYS["sentences"], in_all=True)
    assert len(some) == 50 and some["weight"].sum() == pytest.approx(len(rows))
    few = draw_sample(rows, 2, by=STRATA, order=KEYS["sentences"], in_all=True)
    assert len(few) == 4 and not few.duplicated(STRATA).any()


def test_the_size_proposed_is_that_of_the_textbook():
    rows = pd.DataFrame({"outlet": ["A"] * 100_000})
    # n₀ = 1.96² · .25 / .05² = 384.1 (Cochran): half a width of 5 points, the worst case
    assert size_for(rows, 10, share=0.5)["size"].tolist() == [383]
    small = size_for(pd.DataFrame({"outlet": ["A"] * 100}), 10, share=0.5)
    assert small["size"].tolist() == [80] and small["width"][0] <= 10


def test_precision_and_recall_weigh_each_row_by_its_chance():
    rows = units("N", 10, 4).assign(start=0, end=1)
    missed = rows.dropna().head(10).assign(machine=0, code=1.0, chance=0.1)
    table, behind = accuracy(pd.concat([rows, missed]), draws=100)
    table = table.set_index("measure")
    assert table.loc["precision", ["k", "n", "share"]].tolist() == [30, 50, 60.0]
    # 30 found, each standing for 2; 10 missed, each standing for 10
    assert table.loc["recall", "share"] == pytest.approx(100 * 60 / 160)
    assert behind.groupby(["measure", "verdict"]).size()["recall", "wrong"] == 10
    assert accuracy(rows, draws=100)[0]["measure"].tolist() == ["precision"]


def test_rates_beside_each_other_are_those_of_the_sheet_in_the_voices_asked_for():
    news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    hits = news.hits.query("kind == 'loaded'")
    sheet = "data/coded/demo-hits.csv"
    every, words = reliability.beside(news, hits, news.words, sheet, design="simple")
    units = reliability.units(news, "hits")
    back = reliability.read_sheet(sheet, units, "hits", ["yes", "no", "unsure"])
    coded = reliability.coded_units(units, back, right="yes", simple=True)
    pd.testing.assert_frame_equal(every, reliability.corrected(coded, base=news.words))
    assert words == reliability.told_corrected(every)
    own, own_words = hits.query("own"), news.words.query("own")
    table, _ = reliability.beside(news, own, own_words, sheet, ["month"], design="simple")
    assert table["found"].sum() == len(own)
    assert list(table["month"]) == sorted(own_words["month"].unique())
    assert table["coded"].sum() == coded[coded["own"]]["code"].notna().sum()


def test_a_sheet_without_its_design_corrects_no_rate_and_says_so():
    news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    hits = news.hits.query("kind == 'loaded'")
    table, words = reliability.beside(news, hits, news.words, "data/coded/demo-hits.csv")
    assert table.empty
    assert words.startswith("Not corrected: the design of the sample is missing beside demo-hits")


def test_a_group_without_hits_has_nothing_to_correct_and_one_all_coded_has():
    units = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": "A", "machine": 1, "code": [1.0, 0.0], "chance": 1.0}
    )
    words = pd.DataFrame(
        {"article_id": ["a", "b", "c"], "outlet": ["A", "A", "B"], "words": [100, 100, 100]}
    )
    table = reliability.corrected(units, base=words).set_index("outlet")
    assert table.loc["A", ["raw", "corrected"]].tolist() == [10.0, 5.0]
    assert pd.isna(table.loc["B", "corrected"])
    assert table.loc["B", "note"] == "not corrected: no rows coded, fewer than 5"
