"""Numbered passages: every figure leads to the characters it was counted from."""

import pandas as pd
import pytest
from lxml import html as lxml_html

from helpers import ledger
from helpers.show import pieces as show
from ledgers import put

TEXT = (
    "Title here\n\nThe old regime fell on Monday, said Ana.\n\nA regime <b>again</b>, in the north"
    " and in the south of it."
)


@pytest.fixture
def tables(tmp_path):
    article = ledger.Article(
        "a/1",
        "c",
        "Alpha",
        "Title here",
        "",
        "",
        None,
        "https://example.org/1",
        "en",
        "article",
        "a/1.txt",
        "",
        TEXT,
    )
    spans = [(0, 10, "title"), (12, 52, "body"), (54, len(TEXT), "body")]
    blocks = [ledger.Block("a/1", i, s, e, role, "") for i, (s, e, role) in enumerate(spans)]
    return put(tmp_path, articles=[article], blocks=blocks)


def spans():
    starts = [TEXT.index("regime"), TEXT.rindex("regime")]
    return pd.DataFrame(
        {
            "article_id": "a/1",
            "start": starts,
            "end": [s + 6 for s in starts],
            "voice": ["indirect", "narration"],
        }
    )


def test_a_passage_shows_the_words_around_it_within_its_paragraph(tables):
    listed = show.Passages(tables, spans(), window=2)
    assert listed.context("a/1", *spans().loc[0, ["start", "end"]]) == (
        "The old ",
        "regime",
        " fell on",
    )
    assert listed.context("a/1", *spans().loc[1, ["start", "end"]]) == (
        "A ",
        "regime",
        " <b>again</b>, in",
    )


def test_passages_are_found_by_their_columns(tables):
    listed = show.Passages(tables, spans(), columns=["voice"])
    assert listed.by("voice") == {("indirect",): [1], ("narration",): [2]}
    assert listed.behind(pd.DataFrame({"voice": ["narration", "quote"]}), "voice") == [[2], []]


def test_the_list_says_where_each_passage_stands(tables):
    tree = lxml_html.fromstring(show.Passages(tables, spans(), columns=["voice"]).markup())
    rows = tree.xpath("//tbody/tr")
    assert [row.get("id") for row in rows] == ["p1", "p2"]
    assert [row.xpath("string(.//span[@class='where'])") for row in rows] == [
        "¶ 2, 20–26",
        "¶ 3, 56–62",
    ]
    assert tree.xpath("count(//b)") == 0


def test_with_locations_only_the_term_itself_is_shown(tables):
    listed = show.Passages(tables, spans(), columns=["voice"], evidence="locations")
    assert "Monday" not in listed.markup() and "regime" in listed.markup()
    assert "text" not in listed.frame()
    whole = show.Passages(tables, spans(), evidence="locations", whole=True)
    assert "regime" not in whole.markup()


def test_no_passage_is_said_in_words(tables):
    assert "There is no passage to show" in show.Passages(tables, spans().iloc[:0]).markup()
