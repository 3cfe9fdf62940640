"""Rates corrected for the error that a coded sample shows."""

import numpy as np
import pandas as pd
import pytest

from helpers.reliability import coded_units, corrected, told_corrected


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
    sheet = rows.head(5).assign(coder_a=["yes", "no", None, "yes", "yes"])
    joined = coded_units(rows, sheet, right="yes")
    assert joined["code"].count() == 4 and joined["code"].sum() == 3
    assert joined["chance"].unique().tolist() == [4 / 20]
