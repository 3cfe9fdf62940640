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
