"""The five articles of ../shared/articles: where each article is, decided by reading them; line
numbers from 0.

A line is named by its number among the file's lines; no sentence of theirs stands here.
"""

import pytest

from helpers import clean
from helpers.ledger import KEPT, Article

FIVE = {
    # file: (title, deck, caption, body and subheads, notes); what is in none of them is boilerplate
    "000_241f25f30e226366": (3, None, None, [5, 7, 9, 11], []),
    "001_b310c964025fb84c": (2, 6, None, [*range(10, 51, 2)], []),
    "002_a0ffbf88e7d719ba": (0, None, None, [*range(3, 35)], []),
    "003_6b1bc2d7a16ee61d": (0, 2, None, [*range(16, 37, 2)], [40, 42, 49, 51]),
    "004_3d31b8ba4ffd7bb4": (0, 2, 4, [*range(6, 51, 2)], [56]),
}
SUBHEADS = {"002_a0ffbf88e7d719ba": [13, 25]}
GLUED = {"002_a0ffbf88e7d719ba": (34, 21)}  # line, words of the promotion at its end


def load(shared, name):
    text = (shared / "articles" / f"{name}.txt").read_bytes().decode("utf-8")
    article = Article(
        name, "ceasefire", "", "", "", "", None, "", "en", "article", f"{name}.txt", "", text
    )
    return text, clean.blocks(article)


def line_of(text, block):
    return text.count("\n", 0, block.start)


@pytest.mark.parametrize("name", FIVE)
def test_no_body_word_is_lost_and_no_boilerplate_word_kept(shared, name):
    text, blocks = load(shared, name)
    title, deck, caption, body, _ = FIVE[name]
    expected = {number for number in (title, deck, caption, *body) if number is not None}
    kept = {line_of(text, block) for block in blocks if block.role in KEPT}
    cut = {line_of(text, block) for block in blocks if block.role not in KEPT}
    assert kept == expected
    assert cut & expected == ({GLUED[name][0]} if name in GLUED else set())


@pytest.mark.parametrize("name", FIVE)
def test_title_deck_caption_and_notes(shared, name):
    text, blocks = load(shared, name)
    title, deck, caption, _, notes = FIVE[name]
    found = {
        role: [line_of(text, block) for block in blocks if block.role == role]
        for role in ("title", "deck", "caption", "note")
    }
    assert found == {
        "title": [title],
        "deck": [] if deck is None else [deck],
        "caption": [] if caption is None else [caption],
        "note": notes,
    }


@pytest.mark.parametrize("name", FIVE)
def test_subheads(shared, name):
    text, blocks = load(shared, name)
    assert [line_of(text, block) for block in blocks if block.role == "subhead"] == SUBHEADS.get(
        name, []
    )


def test_the_promotion_is_split_from_the_last_word(shared):
    name = "002_a0ffbf88e7d719ba"
    text, blocks = load(shared, name)
    line, words = GLUED[name]
    sentence, promotion = [block for block in blocks if line_of(text, block) == line]
    assert sentence.end == promotion.start
    assert (sentence.role, promotion.role) == ("body", "boilerplate")
    assert len(text[promotion.start : promotion.end].split()) == words


def test_the_doubled_headlines_are_named(shared):
    for name in ("001_b310c964025fb84c", "002_a0ffbf88e7d719ba"):
        _, blocks = load(shared, name)
        assert [block.reason for block in blocks].count("repeats the title") == 1
