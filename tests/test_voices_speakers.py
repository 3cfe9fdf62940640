"""Who speaks: kinds of sentences whose speaker is easily missed."""

import re

import pytest

from helpers import voices
from helpers.ledger import Article, Block


def told(text):
    """(words, speaker) of each row."""
    article = Article("a", "c", "The Example", "", "", "", None, "", "en", "article", "a", "", text)
    found = re.finditer(r"\S(?:[^\n]*\S)?", text)
    blocks = [Block("a", n, m.start(), m.end(), "body", "line") for n, m in enumerate(found)]
    rows = voices.annotate(article, blocks, []).quotes
    return [(text[row.start : row.end], row.speaker) for row in rows]


@pytest.mark.parametrize(
    "text, row",
    [
        ("Ada Berg herself said the dam was safe.", ("the dam was safe", "Ada Berg")),
        (
            "Ada Berg — a teacher from Mount Lund — says the dam was safe.",
            ("the dam was safe", "Ada Berg"),
        ),
        (
            "“It is new,” said Rep. Bob Moore, adding that “we have done it.”",
            ("that “we have done it.”", "Bob Moore"),
        ),
        (
            "The committee sat all night and told the mayor that the dam was safe.",
            ("that the dam was safe", "the committee"),
        ),
        (
            "Ann Moore: The dam is lost for good\nAnn Moore left.",
            ("The dam is lost for good", "Ann Moore"),
        ),
        (
            "Mary Holm said the dam was safe.\nTom Orr said it was not.\nShe said it was wet.",
            ("it was wet", "Mary Holm"),
        ),
    ],
)
def test_speaker(text, row):
    assert row in told(text)


def test_title_of_a_work_is_nobodys_words():
    assert told("Critics praised the film “Marriage Days.”") == []


@pytest.mark.parametrize(
    "text, row",
    [
        (
            "Smiling at the crowd, Ada Berg said the dam was safe.",
            ("the dam was safe", "Ada Berg"),
        ),
        ("Ada Berg went on to say that the dam was safe.", ("that the dam was safe", "Ada Berg")),
        (
            "A source speaking to the Lund Post said the dam was safe.",
            ("the dam was safe", "a source speaking to the Lund Post"),
        ),
        (
            "Ada Berg, who calls the dam “a mess,” said it was old.",
            ("it was old", "Ada Berg"),
        ),
        (
            "However, Ada Berg met the mayor in Lund and declared that the dam was safe.",
            ("that the dam was safe", "Ada Berg"),
        ),
        (
            "The council heard Ada Berg's bold claim that the dam was safe.",
            ("that the dam was safe", "Ada Berg"),
        ),
        (
            "The department has released photos that it says prove that the dam is new.",
            ("prove that the dam is new", "the department"),
        ),
        ("Plenty, Ada Berg said.", ("Plenty", "Ada Berg")),
    ],
)
def test_speaker_of_more_constructions(text, row):
    assert row in [(words.removesuffix(","), who) for words, who in told(text)]


def test_an_alleged_thing_is_nobodys_report():
    assert told("The council met after the recent alleged attack on the dam.") == []


def test_lawmakers_go_on_with_the_one_group_that_is_named_by_one_of_them():
    text = (
        "Ada Berg and 10 colleagues said the dam was safe.\n"
        "The lawmakers said it was old.\n“We have seen it,” they said."
    )
    assert {who for _, who in told(text)} == {"Ada Berg and 10 colleagues"}


def test_lawmakers_are_described_where_two_groups_are_named():
    text = (
        "Ada Berg and 10 colleagues met Tom Orr and three others.\nThe lawmakers said it was old."
    )
    assert told(text) == [("it was old", "the lawmakers")]
