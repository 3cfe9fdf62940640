"""Annotations go to other tools and come back with their places."""

import json

import annotations as notes
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import engine

LEXICONS = ["data/lexicons/loaded-terms.yml"]


@pytest.fixture(scope="module")
def tables():
    return engine.open_ledger("data/raw/demo", LEXICONS)


@pytest.fixture(scope="module")
def rows(tables):
    return notes.spans(tables, notes.LAYERS)


def test_every_row_of_every_layer_is_there(tables, rows):
    assert rows.groupby("layer").size().to_dict() == {
        layer: len(getattr(tables, layer)) for layer in notes.LAYERS
    }


def test_web_annotations_come_back_as_they_went(tables, rows):
    page = json.loads(json.dumps(notes.to_web(rows, tables)))
    pd.testing.assert_frame_equal(notes.from_web(page, tables), rows, check_dtype=False)


def test_web_annotations_are_as_the_recommendation_has_them(tables, rows):
    """W3C Web Annotation Data Model, 3.1 to 5.2: what MUST and what SHOULD be there."""
    page = notes.to_web(rows, tables)
    assert (
        page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        and page["type"] == "AnnotationPage"
        and page["startIndex"] == 0
    )
    assert page["partOf"]["type"] == "AnnotationCollection" and page["partOf"]["total"] == len(
        rows
    ) == len(page["items"])
    assert (
        len({item["id"] for item in page["items"]} | {page["id"], page["partOf"]["id"]})
        == len(rows) + 2
    )
    for item in page["items"]:
        assert (item["type"], item["motivation"], item["target"]["type"]) == (
            "Annotation",
            "classifying",
            "SpecificResource",
        )
        assert all(
            body["type"] == "TextualBody"
            and body["format"] == "text/plain"
            and isinstance(body["value"], str)
            for body in item["body"]
        )
        assert [s["type"] for s in item["target"]["selector"]] == [
            "TextPositionSelector",
            "TextQuoteSelector",
        ]
        assert not [
            key
            for key in item
            if key not in ("id", "type", "motivation", "body", "target")
            and not key.startswith("framing:")
        ]


def test_position_and_quotation_select_the_same_words(tables, rows):
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    for item, row in zip(notes.to_web(rows, tables)["items"], rows.itertuples(), strict=True):
        position, words = item["target"]["selector"]
        text = texts[row.article_id]
        assert text[position["start"] : position["end"]] == words["exact"]
        assert (
            text[position["start"] - len(words["prefix"]) : position["end"] + len(words["suffix"])]
            == words["prefix"] + words["exact"] + words["suffix"]
        )


def test_an_annotation_keeps_its_name_whatever_is_exported_with_it(tables, rows):
    names = [
        {item["id"] for item in notes.to_web(part, tables)["items"]}
        for part in (rows, rows.tail(20))
    ]
    assert names[1] <= names[0] and len(names[1]) == 20


def test_a_place_that_has_moved_is_found_by_its_words(tables, rows):
    """As another tool counts that takes a line's end for two characters, or UTF-16."""
    some = rows[rows["end"] - rows["start"] > 12].head(50)
    page = notes.to_web(some, tables)
    for item in page["items"]:
        for bound in ("start", "end"):
            item["target"]["selector"][0][bound] += 3
    pd.testing.assert_frame_equal(
        notes.from_web(page, tables), some.reset_index(drop=True), check_dtype=False
    )


def test_words_that_stand_nowhere_are_said(tables, rows):
    page = notes.to_web(rows.head(2), tables)
    page["items"][1]["target"]["selector"][1]["exact"] = "zzyzx"
    with pytest.raises(ValueError, match=r"annotation 2: the words that it quotes stand nowhere"):
        notes.from_web(page, tables)


def test_an_annotation_of_a_page_on_the_web_is_of_the_article_with_its_address(tables):
    """As Hypothesis writes it: a list of targets, the address as source, a RangeSelector first."""
    about = tables.articles[
        tables.articles["url"].str.startswith("https://")
        & ~tables.articles["url"].duplicated(keep=False)
    ].iloc[0]
    words = " ".join(about["text"].split("\n")[0].split(" ")[:6])
    selector = [
        {"type": "RangeSelector"},
        {"type": "TextPositionSelector", "start": 5000, "end": 5010},
        {"type": "TextQuoteSelector", "exact": words},
    ]
    item = {
        "type": "Annotation",
        "body": [
            {"purpose": "tagging", "value": "a"},
            {"purpose": "tagging", "value": "b"},
            {"purpose": "commenting", "value": "why"},
        ],
        "target": [{"source": about["url"], "selector": selector}],
    }
    found = notes.from_web({"items": [item]}, tables)
    start = about["text"].index(words)
    assert found.to_dict("records") == [
        {
            "article_id": about["article_id"],
            "start": start,
            "end": start + len(words),
            "layer": "web",
            "label": label,
            "detail": "why",
        }
        for label in "ab"
    ]


def test_a_body_that_is_a_bare_word_is_a_tag():
    place = {"source": "x", "selector": {"type": "TextPositionSelector", "start": 0, "end": 1}}
    for body in ({"bodyValue": "irony"}, {"body": "irony"}, {"body": ["irony"]}):
        assert list(notes.from_web({"type": "Annotation", "target": place, **body})["label"]) == [
            "irony"
        ]


def test_by_place_no_word_of_the_text_is_written(tables, rows):
    page = notes.to_web(rows, tables, evidence="locations")
    assert "exact" not in json.dumps(page)
    assert len(notes.from_web(page, tables)) == len(rows)


def test_lines_come_back_without_their_details(tables, rows):
    lines = list(notes.to_lines(rows, tables))
    assert (
        len(lines) == len(tables.articles)
        and json.loads(lines[0])["text"]
        == tables.articles.sort_values("article_id")["text"].iloc[0]
    )
    wanted = rows.assign(detail="").sort_values(notes.COLUMNS, ignore_index=True)
    pd.testing.assert_frame_equal(notes.from_lines(lines, tables), wanted, check_dtype=False)


def test_the_other_spelling_of_lines_is_read():
    line = json.dumps(
        {
            "id": 7,
            "text": "abc",
            "entities": [{"id": 1, "label": "quote", "start_offset": 0, "end_offset": 2}],
            "relations": [],
        }
    )
    assert notes.from_lines([line, ""]).to_dict("records") == [
        {"article_id": "7", "start": 0, "end": 2, "layer": "coded", "label": "quote", "detail": ""}
    ]


@pytest.mark.parametrize(
    "line",
    [
        {
            "id": 3,
            "text": "abc",
            "article_id": "x",
            "label": [[0, 2, "quote"]],
            "Comments": [],
        },  # doccano 1.8
        {
            "id": 3,
            "text": "abc",
            "article_id": "x",
            "Comments": [],
            "entities": [{"id": 9, "label": "quote", "start_offset": 0, "end_offset": 2}],
            "relations": [],
        },
        {"id": 3, "data": "abc", "article_id": "x", "label": [[0, 2, "quote"]]},  # 1.3 to 1.5
        {"id": 3, "text": "abc", "meta": {"article_id": "x"}, "labels": [[0, 2, "quote"]]},  # 1.0
        {"doc_id": "x", "text": "abc", "entities": [[0, 2, "quote"]], "username": "admin"},  # 2018
    ],
)
def test_every_spelling_of_doccano_is_read(line):
    class Bare:
        articles = pd.DataFrame({"article_id": ["x"], "text": ["abc"]})

    assert notes.from_lines([json.dumps(line)], Bare).to_dict("records") == [
        {"article_id": "x", "start": 0, "end": 2, "layer": "coded", "label": "quote", "detail": ""}
    ]
    with pytest.raises(ValueError, match="line 1: its text is not that of x any more"):
        notes.from_lines([json.dumps(line).replace("abc", "abd")], Bare)


def test_an_annotation_of_another_tool_is_read():
    item = {
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "irony"},
        "target": {
            "source": "a/b",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "x"},
                {"type": "TextPositionSelector", "start": 3, "end": 4},
            ],
        },
    }
    assert notes.from_web(item).to_dict("records") == [
        {"article_id": "a/b", "start": 3, "end": 4, "layer": "web", "label": "irony", "detail": ""}
    ]


@pytest.mark.parametrize(
    "page",
    [
        [],
        {"items": [{}]},
        {"items": [{"target": "x"}]},
        {"items": [{"target": {"source": "x", "selector": {"type": "TextPositionSelector"}}}]},
        {"items": [3]},
    ],
)
def test_a_page_that_is_none_is_one_sentence(page):
    with pytest.raises(ValueError, match=r"annotation 1: has no source|not a Web Annotation"):
        notes.from_web(page)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": "x"}',
        '{"id": 1, "label": [[1]]}',
        '{"id": 1, "label": [["a", 2, "x"]]}',
    ],
)
def test_a_line_that_is_none_is_named(line):
    with pytest.raises(ValueError, match="line 2: not a document"):
        notes.from_lines(["", line])


@pytest.mark.parametrize(
    "change, words",
    [
        ({"article_id": "gone"}, "no such article"),
        ({"end": 10**7}, "is no place in its"),
        ({"start": -1}, "is no place in its"),
    ],
)
def test_places_that_the_article_does_not_have_are_said(tables, rows, change, words):
    page = notes.to_web(rows.head(1).assign(**change), tables, evidence="locations")
    with pytest.raises(ValueError, match=words):
        notes.from_web(page, tables)


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_id_and_label_come_back(article_id, label, detail):
    class Bare:
        articles = pd.DataFrame({"article_id": [article_id], "text": ["words"]})

    rows = pd.DataFrame([(article_id, 0, 5, "hits", label, detail)], columns=notes.COLUMNS)
    page = json.loads(json.dumps(notes.to_web(rows, Bare)))
    assert notes.from_web(page, Bare).to_dict("records") == rows.to_dict("records")
    assert notes.from_lines(notes.to_lines(rows, Bare), Bare)[["label", "article_id"]].to_dict(
        "records"
    ) == [{"label": label, "article_id": article_id}]
