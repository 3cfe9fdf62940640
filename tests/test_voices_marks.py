"""Quotation marks, brackets and notes; what is marked and not spoken; blocks that are no body;
interviews."""

import re

import pytest

from helpers import voices
from helpers.ledger import Article, Block


def annotate(text, roles=None, **about):
    article = Article(
        "a", "c", "The Example", "", "", "", None, "", "en", "article", "a.txt", "", text
    )
    found = list(re.finditer(r"\S(?:[^\n]*\S)?", text))
    roles = roles or ["body"] * len(found)
    blocks = [Block("a", n, m.start(), m.end(), roles[n], "line") for n, m in enumerate(found)]
    return voices.annotate(article, blocks, [], **about)


def spoken(text, roles=None):
    """(voice, words, speaker) of every stretch that is not the outlet's."""
    rows = annotate(text, roles).voices
    return [
        (row.voice, text[row.start : row.end], row.speaker)
        for row in rows
        if row.voice != "narration"
    ]


@pytest.mark.parametrize(
    "text, quoted",
    [
        ("Ada Berg said: “It is shut.”", "“It is shut.”"),
        ('Ada Berg said: "It is shut."', '"It is shut."'),
        ("Ada Berg said: «It is shut.»", "«It is shut.»"),
        ("Ada Berg said: „It is shut.“", "„It is shut.“"),
        ("Ada Berg said: ''It is shut.''", "''It is shut.''"),
        ('Ada Berg said: “It is shut."', '“It is shut."'),
        (
            "Ada Berg said: ‘It’s the farmers’ bridge, isn’t it?’",
            "‘It’s the farmers’ bridge, isn’t it?’",
        ),
        ("Ada Berg said: 'It is shut.'", "'It is shut.'"),
        ("Ada Berg said: “He told me ‘no’ twice.”", "“He told me ‘no’ twice.”"),
        ("Ada Berg said: ‘He told me “no” twice.’", "‘He told me “no” twice.’"),
    ],
)
def test_every_kind_of_mark_makes_a_pair(text, quoted):
    assert spoken(text) == [("quote", quoted, "Ada Berg")]
    assert not annotate(text).marks


@pytest.mark.parametrize(
    "text",
    [
        "The farmers’ dogs and the ’90s weren’t kind.",
        "It's the dogs' dinner, 'tis said.",
        "Rock ’n’ roll isn't dead.",
    ],
)
def test_apostrophes_open_nothing(text):
    assert not [row for row in spoken(text) if row[0] in ("quote", "scare")]


def test_a_mark_never_closed_gets_a_best_reading_and_a_flag():
    found = annotate("Ada Berg said: “It is shut.\nThe river rose.")
    assert [(row.mark, row.rule) for row in found.marks] == [("unbalanced", "never closed")]
    assert [row.voice for row in found.voices] == ["narration", "quote", "narration"]


def test_a_lost_closing_mark_is_read_before_the_reporting_clause():
    assert spoken("“It is shut, Ada Berg knew, she said.")[0][1] == "“It is shut, Ada Berg knew,"


def test_a_mark_that_opens_inside_a_quotation_ends_it():
    found = annotate("Ada Berg said: “It is shut. “It is old.”")
    assert "never closed" in {row.rule for row in found.marks}
    assert [row.end - row.start for row in found.voices if row.voice == "quote"] == [12, 12]


def test_brackets_in_a_quotation_are_the_outlets():
    text = "Ada Berg said: “They [the dictator and his men] will {not] go.”"
    rows = spoken(text)
    assert [(voice, words) for voice, words, _ in rows if voice == "insertion"] == [
        ("insertion", "[the dictator and his men]"),
        ("insertion", "{not]"),
    ]
    assert {speaker for voice, _, speaker in rows if voice == "insertion"} == {"The Example"}
    assert {row.rule for row in annotate(text).marks} == {"brackets", "mismatched brackets"}


def test_parentheses_and_brackets_outside_a_quotation_stay_the_outlets():
    assert spoken("The bridge (built by [unknown] men) is shut.") == []


def test_altered_letters_and_ellipses_stay_the_speakers():
    found = annotate("Ada Berg said: “[T]he bridge … is [...] shut.”")
    assert [row.mark for row in found.marks] == ["insertion", "ellipsis", "ellipsis"]
    assert [row.voice for row in found.voices] == ["narration", "quote"]


def test_translators_notes_are_found_and_other_parentheses_are_not():
    text = (
        "The town (note: it means “mill”) is old (built in 1700). It rains (translator’s note:"
        " often)."
    )
    assert [words for voice, words, _ in spoken(text) if voice == "translator"] == [
        "(note: it means “mill”)",
        "(translator’s note: often)",
    ]


@pytest.mark.parametrize(
    "text, voice",
    [
        ("The council’s “help” cost a bridge.", ["scare"]),
        ("The book “The Long Bridge” is out.", []),
        ("The word “bridge” is short.", []),
        ("Colonel ‘Mad Bird’ Berg rode in.", []),
    ],
)
def test_marked_words_that_nobody_spoke(text, voice):
    assert [row[0] for row in spoken(text)] == voice
    assert not annotate(text).quotes


def test_headlines_and_captions_have_their_voices():
    text = "Berg: bridge is shut\nThe bridge on Monday\nThe bridge is shut."
    assert [row[0] for row in spoken(text, ["title", "caption", "body"])] == ["headline", "caption"]


def test_quoted_words_of_a_headline_are_the_speakers_who_says_them_in_the_body():
    text = "‘Bridge is a trap’\nAda Berg said: “The bridge is a trap and a risk.”"
    rows = annotate(text, ["title", "body"]).quotes
    assert [(row.kind, row.speaker) for row in rows] == [("direct", "Ada Berg")] * 2


def test_blocks_that_are_not_kept_have_no_voice():
    found = annotate(
        "“It is shut,” Ada Berg said.\nAda Berg said: “Subscribe.”", ["body", "boilerplate"]
    )
    assert len(found.quotes) == 1
    assert max(row.end for row in found.voices) < 30


def test_an_interview_with_labels():
    text = (
        "We met Ada Berg.\nQ: Is it shut?\nA: It is shut, the council said.\nQ: Why?\nA: “Money,”"
        " Carl said."
    )
    rows = spoken(text)
    assert [voice for voice, _, _ in rows] == [
        "interviewer",
        "interviewee",
        "interviewer",
        "interviewee",
        "quote",
        "interviewee",
    ]
    assert [row.kind for row in annotate(text).quotes] == ["direct"]


def test_an_interview_with_dashes_has_its_guest():
    text = (
        "The Example interviewed Ada Berg on this.\n— It is old.\nIt leaks, too.\n"
        "Example: Is it shut?\n— It is.\nExample: And why?\n— Money."
    )
    rows = spoken(text)
    assert [voice for voice, _, _ in rows][:4] == [
        "interviewee",
        "interviewee",
        "interviewer",
        "interviewee",
    ]
    assert {speaker for voice, _, speaker in rows if voice == "interviewee"} == {"Ada Berg"}


def test_dashes_in_front_of_news_items_are_no_turns():
    text = (
        "In other news:\n— The bridge is shut.\n— Is the river rising? Nobody knows.\n— Ada Berg"
        " left."
    )
    assert not {voice for voice, _, _ in spoken(text)} & {"interviewer", "interviewee"}


def test_a_dateline_is_no_part_of_what_is_said():
    text = "LUND, Sweden (Example) - The bridge was shut, officials said."
    row = annotate(text).quotes[0]
    assert text[row.start : row.end] == "The bridge was shut"


def test_so_called_holds_a_word_at_arm_s_length_and_a_word_as_a_word_is_the_outlets():
    def voice(text):
        article = Article("a", "c", "O", "", "", "", None, "", "en", "", "", "", text)
        rows = voices.annotate(article, [Block("a", 0, 0, len(text), "body", "")], []).voices
        return [v.voice for v in rows if v.start <= text.index("“") < v.end]

    assert voice("The so-called “separatists” fled to the hills.") == ["scare"]
    assert voice("The word “separatists” fits nobody in those hills.") == ["narration"]


def test_a_paragraph_behind_a_colon_is_a_quotation_where_it_is_long_enough():
    opens = "Ada Berg explained why the town needs a bridge of its own in summer:"
    long = "The river is high in spring and the ferry does not run at all."
    assert ("quote", long, "Ada Berg") in spoken(f"{opens}\n{long}")
    assert spoken(f"{opens}\nThe ferry in spring")[-1][0] != "quote"
    by = "According to Ada Berg, the town is short of money:"
    assert ("quote", long, "Ada Berg") in spoken(f"{by}\n{long}")


def test_a_post_whose_signature_is_blank_in_what_is_read_has_its_poster():
    text = "The dam is a crime and we will stop it.\nThe town is calm."
    article = Article("a", "c", "o", "", "", "", None, "", "en", "article", "a", "", text)
    at = text.index("\n")
    blocks = [
        Block("a", 0, 0, at, "body", "line"),
        Block("a", 2, at + 1, len(text), "body", "line"),
    ]
    made = voices.annotate(article, blocks, [], posters={0: "Ann Pugh"})
    assert [(row.speaker, row.rule) for row in made.quotes] == [("Ann Pugh", "embedded post")]
    assert [row.voice for row in made.voices] == ["quote", "narration"]
