"""The lexicon of reporting verbs, and that the work grows no faster than the text."""

import re
import sys

import pytest

from helpers import terms, voices
from helpers.ledger import Article, Block
from helpers.voices.verbs import aliases

CLASSES = {
    "neutral",
    "asserting",
    "conceding",
    "warning",
    "demanding",
    "denying",
    "promising",
    "asking",
    "praising",
    "criticising",
    "believing",
    "intending",
    "showing",
}


def test_every_entry_of_the_lexicon_hits_and_misses_as_it_says(root):
    lexicon = terms.load(
        root / "data" / "lexicons" / "reporting-verbs.yml"
    )  # load tries hits and misses
    assert set(lexicon.categories) == CLASSES
    assert all(entry.hits and entry.misses and entry.label for _, entry in lexicon.entries)


@pytest.mark.parametrize(
    "form, lemma, group",
    [("said", "say", "neutral"), ("claimed", "claim", "asserting"), ("denies", "deny", "denying")],
)
def test_a_form_has_its_verb_and_class(form, lemma, group):
    verb = voices.reporting()[form]
    assert (verb.lemma, verb.group) == (lemma, group)


def test_an_alias_file_of_the_wrong_shape_is_named(tmp_path):
    path = tmp_path / "aliases.yml"
    path.write_text("- Ada Berg\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"aliases\.yml"):
        aliases(str(path))


def calls(text):
    """How many calls `annotate` makes for a text: a count of its work that no clock enters."""
    article = Article("a", "c", "o", "", "", "", None, "", "en", "article", "a.txt", "", text)
    found = re.finditer(r"\S(?:[^\n]*\S)?", text)
    blocks = [Block("a", n, m.start(), m.end(), "body", "line") for n, m in enumerate(found)]
    voices.annotate(article, blocks, [])  # words are learnt once
    count = 0

    def counting(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        voices.annotate(article, blocks, [])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "“",
        "”",
        '"',
        "' ",
        "‘a ",
        "(",
        "[",
        "{a] ",
        "say ",
        "said that ",
        "he said, ",
        "Ada Berg ",
        "“a” ",
        "(note: a) ",
        "“[a] ",
        "Q: a?\n",
        "B: a?\nC: a.\n",
        "— a\n",
        "“Ab Cd” said Ef. ",
        "x ",
        ", and he said ",
        "according to ",
        "who ",
        "of the ",
        "Mr. ",
        "A. ",
        "“a\n",
        "\n“a b c d e f” ",
    ],
)
def test_work_grows_with_the_length_of_a_hostile_text(piece):
    small, large = calls(piece * 300), calls(piece * 1200)
    assert large < 5 * small + 200
