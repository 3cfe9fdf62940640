"""Dates of datelines: absolute ones by rule, and nothing where there could be two."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus import dates, published


@pytest.mark.parametrize(
    "line",
    [
        "2031-03-11",
        "2031-03-11T23:59:00Z",
        "2031-3-11 08:00",
        "2031/03/11",
        "2031.03.11",
        "March 11, 2031",
        "March 11 2031",
        "Tuesday, March 11, 2031",
        "Tuesday, March 11th, 2031, 10:15 a.m. EST",
        "Mar. 11, 2031",
        "mar 11, 2031",
        "11 March 2031",
        "11 March, 2031",
        "11th of March 2031",
        "the 11th of March, 2031",
        "11 March 2031 10:15 GMT",
        "Tue, 11 Mar 2031 10:15:00 +0000",
        "11-MAR-2031 15:01:01.79",
        "11. März 2031",
        "11 mars 2031",
        "11 de marzo de 2031",
        "11 marzo 2031",
        "11 de março de 2031",
        "11 марта 2031",
        "Published: March 11, 2031",
        "Updated 11 March 2031",
        "Published 11 March 2031 | Updated 12 March 2031",
        "Updated March 12, 2031 | Published March 11, 2031",
        "Last updated: 2031-03-12; first published: 2031-03-11",
        "KORVAN, March 11, 2031 (Agency) — Talks began",
        "By A. Reporter · March 11, 2031 · 5 min read",
        "13:45, 11 March 2031",
        "\u00a0March\u00a011,\u00a02031",
    ],
)
def test_a_full_date_is_read(line):
    assert published(line) == date(2031, 3, 11)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "yesterday",
        "July 5",
        "5 July",
        "July 2025",
        "2025",
        "03/04/2024",
        "3-4-2024",
        "25 views | 11/3/2031",
        "February 30, 2024",
        "2024-02-30",
        "2023-02-29",
        "31 June 2024",
        "2024-13-01",
        "13/13/2024",
        "July 5, 20255",
        "July 55, 2025",
        "5 July 25",
        "1719878400",
        "20240302",
        "call 555-2024-03-02-11",
        "version 1.2024.03.02.7",
        "Maypole 5, 2024",
        "Two hours ago",
        "x" * 300 + " March 11, 2031",
    ],
)
def test_what_is_no_full_date_or_could_be_two_is_none(line):
    assert published(line) is None


def test_numbers_are_read_where_only_one_of_them_can_be_the_month():
    assert (
        published("25/12/2024")
        == published("12/25/2024")
        == published("25.12.2024")
        == date(2024, 12, 25)
    )
    assert published("04/04/2024") == date(2024, 4, 4)


@given(
    st.dates(date(1800, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b %d %Y"]),
)
def test_every_day_is_read_back(day, form):
    assert published(day.strftime(form)) == day


@given(st.text())
def test_any_line_gives_a_date_or_none(line):
    assert published(line) is None or isinstance(published(line), date)


def test_cells_give_their_own_day():
    assert dates.value(date(2024, 3, 2)) == date(2024, 3, 2)
    assert dates.value(datetime(2024, 3, 2, 23, 59, tzinfo=UTC)) == date(2024, 3, 2)
    assert dates.value(pd.Timestamp("2024-03-02 23:00", tz="Asia/Tokyo")) == date(2024, 3, 2)
    assert dates.value("2024-03-02 00:00:00") == date(2024, 3, 2)
    assert type(dates.value(pd.Timestamp("2024-03-02"))) is date


@pytest.mark.parametrize("cell", [None, pd.NaT, float("nan"), 1709337600, 2024, "", "2024", "NaT"])
def test_cells_that_name_no_day_are_none(cell):
    assert dates.value(cell) is None


@pytest.mark.parametrize("unit", ["1 ", "March ", "12 March ", "1-", "2024-", "updated "])
def test_a_hostile_line_is_read_at_its_start_only(unit):
    assert published(unit * 200_000) is None
