"""Annotations go to other tools and come back with their places."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import engine
from helpers.report import annotations as notes

LEXICONS = ["data/lexicons/loaded-terms.yml"]


@pytest.fixture(scope="module")
def tables():
    return engine.open_ledger("data/raw/demo", LEXICONS)


@pytest.fixture(scope="module")
def rows(tables):
    return notes.spans(tables, notes.LAYERS)


def test_every_row_of_every_layer_is_there(tables, rows):
    assert rows.groupby("layer").size().to_dict() == {layer: len(getattr(tables, layer)) for layer in notes.LAYERS}


def test_web_annotations_come_back_as_they_went(tables, rows):
    page = json.loads(json.dumps(notes.to_web(rows, tables)))
    pd.testing.assert_frame_equal(notes.from_web(page, tables), rows, check_dtype=False)


def test_web_annotations_quote_the_text_at_their_place(tables, rows):
    page = notes.to_web(rows, tables)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    for item, row in zip(page["items"], rows.itertuples(), strict=True):
        words = item["target"]["selector"]["refinedBy"]
        assert words["prefix"] + words["exact"] + words["suffix"] in texts[row.article_id] and len(words["exact"]) == row.end - row.start


def test_by_place_no_word_of_the_text_is_written(tables, rows):
    page = notes.to_web(rows, tables, evidence="locations")
    assert "exact" not in json.dumps(page)
    assert len(notes.from_web(page, tables)) == len(rows)


def test_lines_come_back_without_their_details(tables, rows):
    lines = list(notes.to_lines(rows, tables))
    assert len(lines) == len(tables.articles) and json.loads(lines[0])["text"] == tables.articles.sort_values("article_id")["text"].iloc[0]
    wanted = rows.assign(detail="").sort_values(notes.COLUMNS, ignore_index=True)
    pd.testing.assert_frame_equal(notes.from_lines(lines, tables), wanted, check_dtype=False)


def test_the_other_spelling_of_lines_is_read():
    line = json.dumps({"id": 7, "text": "abc", "entities": [{"id": 1, "label": "quote", "start_offset": 0, "end_offset": 2}], "relations": []})
    assert notes.from_lines([line, ""]).to_dict("records") == [{"article_id": "7", "start": 0, "end": 2, "layer": "coded", "label": "quote", "detail": ""}]


def test_an_annotation_of_another_tool_is_read():
    item = {"type": "Annotation", "body": {"type": "TextualBody", "value": "irony"}, "target": {"source": "a/b", "selector": [{"type": "TextQuoteSelector", "exact": "x"}, {"type": "TextPositionSelector", "start": 3, "end": 4}]}}
    assert notes.from_web(item).to_dict("records") == [{"article_id": "a/b", "start": 3, "end": 4, "layer": "web", "label": "irony", "detail": ""}]


@pytest.mark.parametrize("page", [[], {"items": [{}]}, {"items": [{"target": "x"}]}, {"items": [{"target": {"source": "x", "selector": {"type": "TextPositionSelector"}}}]}, {"items": [3]}])
def test_a_page_that_is_none_is_one_sentence(page):
    with pytest.raises(ValueError, match=r"annotation 1: has no source|not a Web Annotation"):
        notes.from_web(page)


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "x"}', '{"id": 1, "label": [[1]]}', '{"id": 1, "label": [["a", 2, "x"]]}'])
def test_a_line_that_is_none_is_named(line):
    with pytest.raises(ValueError, match="line 2: not a document"):
        notes.from_lines(["", line])


@pytest.mark.parametrize("change, words", [({"article_id": "gone"}, "no such article"), ({"end": 10**7}, "is no place in its"), ({"start": -1}, "is no place in its")])
def test_places_that_the_article_does_not_have_are_said(tables, rows, change, words):
    page = notes.to_web(rows.head(1).assign(**change), tables, evidence="locations")
    with pytest.raises(ValueError, match=words):
        notes.from_web(page, tables)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_id_and_label_come_back(article_id, label, detail):
    class Bare:
        articles = pd.DataFrame({"article_id": [article_id], "text": ["words"]})

    rows = pd.DataFrame([(article_id, 0, 5, "hits", label, detail)], columns=notes.COLUMNS)
    page = json.loads(json.dumps(notes.to_web(rows, Bare)))
    assert notes.from_web(page, Bare).to_dict("records") == rows.to_dict("records")
    assert notes.from_lines(notes.to_lines(rows, Bare), Bare)[["label", "article_id"]].to_dict("records") == [{"label": label, "article_id": article_id}]
