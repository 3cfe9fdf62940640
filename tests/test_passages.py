"""Numbered passages: every figure leads to the characters it was counted from."""

import pandas as pd
import pytest
from lxml import html as lxml_html

import rendering
from helpers import data, measure
from helpers.show import linking
from helpers.show.evidence import Evidence

TEXT = (
    "Title here\n\nThe old regime fell on Monday, said Ana.\n\nA regime <b>again</b>, in the north"
    " and in the south of it.\n"
)


@pytest.fixture
def opened(tmp_path):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT, Beta__two="Nothing happened today.")
    lexicon = tmp_path / "own.txt"
    lexicon.write_text("regime\n", encoding="utf-8")
    return lambda evidence="sentences": data.open(source, [lexicon], evidence=evidence)


def test_a_passage_shows_the_words_around_it_within_its_paragraph(opened):
    news = opened()
    known = Evidence(news)
    known.add([news.hits])
    around = [known.context(r.article_id, r.start, r.end, 2) for r in news.hits.itertuples()]
    assert around == [("The old ", "regime", " fell on"), ("A ", "regime", " <b>again</b>, in")]


def test_passages_are_found_by_the_columns_that_a_table_shares_with_them(opened):
    news = opened()
    rates = measure.rates(news.hits, news.words, by=["outlet", "voice"])
    found = linking.links(rates, news.hits, Evidence(news))
    counts = dict(
        zip(zip(rates["outlet"], rates["voice"], strict=True), found["hits"], strict=True)
    )
    assert list(counts["Alpha", "indirect"].behind) == [1]
    assert list(counts["Alpha", "narration"].behind) == [2]
    assert counts["Beta", "narration"].behind.letter == "a"  # nothing found: the articles searched


def test_the_list_says_where_each_passage_stands(opened):
    news = opened()
    known = Evidence(news)
    known.add([news.hits])
    tree = lxml_html.fromstring(known.markup(12))
    rows = tree.xpath("//tbody/tr")
    assert [row.get("id") for row in rows] == ["p1", "p2"]
    assert [row.xpath("string(.//span[@class='where'])") for row in rows] == [
        "¶ 2, 20–26",
        "¶ 3, 56–62",
    ]
    assert "<b>again</b>" in tree.text_content() and not tree.xpath("//b[text()='again']")


def test_with_locations_only_the_term_itself_is_shown(opened):
    news = opened("locations")
    known = Evidence(news)
    known.add([news.hits])
    assert "Monday" not in known.markup(12) and "regime" in known.markup(12)
    assert "text" not in known.frame()
    places = news.concordance(news.hits)
    assert set(places["before"]) | set(places["match"]) | set(places["after"]) == {""}


def test_no_passage_is_said_in_words(opened):
    assert "There is no passage to show" in Evidence(opened()).markup(12)


def test_one_passage_behind_two_figures_has_one_number(opened):
    news = opened()
    known = Evidence(news)
    first, second = known.add([news.hits, news.hits.head(1)])
    assert (list(first), list(second)) == ([1, 2], [1])


def test_a_concordance_is_of_the_text(opened):
    news = opened()
    lines = news.concordance(news.find("again"), 2)
    assert lines[["before", "match", "after"]].to_numpy().tolist() == [
        ["regime <b>", "again", "</b>, in"]
    ]
    assert isinstance(lines, pd.DataFrame)
