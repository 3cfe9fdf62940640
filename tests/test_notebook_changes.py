"""A reader changes one line of a notebook, and table, links, CSV and chart follow."""

import csv
import doctest
import importlib

import pandas as pd
import pytest

import rendering
from helpers import data, measure

LOADED, NAMING = "data/lexicons/loaded-terms.yml", "data/lexicons/naming-demo.yml"
STUDY = "title: Changed\ncorpus: data/raw/demo\nreports:\n  - notebook: {}\n"
CHANGES = [
    ("02-loaded-terms", "by=month", "own-voice", ["month"]),
    ("02-loaded-terms", "by=outlet,month", "own-voice", ["outlet", "month"]),
    ("04-voices", "by=month", "whose", ["month"]),
]


@pytest.mark.parametrize(("notebook", "change", "table", "columns"), CHANGES)
def test_comparing_by_another_column_takes_one_word(tmp_path, notebook, change, table, columns):
    file = rendering.study(tmp_path / "study", STUDY.format(notebook))
    done = rendering.framing("report", file, "--set", change)
    assert done.returncode == 0, done.stderr
    with (tmp_path / f"study/tables/{notebook}.{table}.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    assert list(rows[0])[: len(columns)] == columns
    assert {"2031-03", "2031-04"} <= {row["month"] for row in rows}
    page = (tmp_path / f"study/{notebook}.html").read_text(encoding="utf-8")
    head, _, body = page.partition(f'id="t-{table}"')
    shown = body.partition("</table>")[0]
    assert head and shown.count('<a class="n" href="') >= len(rows) and "<figure" in page


def test_a_column_that_the_articles_lack_is_named_with_those_they_have():
    news = data.open("data/raw/demo", [LOADED])
    with pytest.raises(ValueError, match=r"missing columns \['leaning'\]; found .*'outlet'"):
        measure.rates(news.hits, news.words, by="leaning")


def test_a_column_made_on_the_hits_alone_is_refused():
    news = data.open("data/raw/demo", [LOADED])
    hits = news.hits.assign(after=news.hits["published"] >= "2031-04-01")
    with pytest.raises(ValueError, match="add it to the words too"):
        measure.rates(hits, news.words, by=["outlet", "after"])
    words = news.words.assign(after=news.words["published"] >= "2031-04-01")
    table = measure.rates(hits, words, by=["outlet", "after"])
    assert table["hits"].sum() == len(hits) and set(table["after"]) == {True, False}


def test_two_notebooks_with_other_lexicons_do_not_touch_each_other():
    first = data.open("data/raw/demo", [LOADED])
    before = len(first.hits)
    second = data.open("data/raw/demo", [NAMING])
    again = data.open("data/raw/demo", [LOADED])
    assert set(second.hits["kind"]) == {"naming"} and set(first.hits["kind"]) == {"loaded"}
    assert len(again.hits) == before
    pd.testing.assert_frame_equal(again.hits, first.hits)


def test_where_no_text_may_be_shown_no_frame_holds_any():
    news = data.open("data/raw/demo", [LOADED], evidence="locations")
    assert set(news.hits["sentence"]) == {""} and set(news.quotes["text"]) == {""}
    assert news.quotes["speaker"].str.split().str.len().max() <= 6
    with pytest.raises(ValueError, match="shows no text"):
        news.text(news.articles["article_id"][0])


MODULES = [
    "data.about", "data.corpus", "draw.charts", "draw.words", "engine.counted",
    "clean.inside", "corpus.columns", "measure.changes", "measure.telling",
    "reliability.correcting",
    "measure.estimates", "show.findings", "show.headings", "show.linking", "ledger.cells",
]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    result = doctest.testmod(importlib.import_module(f"helpers.{name}"))
    assert result.attempted > 0 and result.failed == 0
