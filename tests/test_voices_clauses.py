"""Reporting clauses, one construction after the other, each with what must not be taken for it."""

import re

import pytest

from helpers import voices
from helpers.ledger import Article, Block


def annotate(text, outlet="The Example"):
    article = Article("a", "c", outlet, "", "", "", None, "", "en", "article", "a.txt", "", text)
    found = re.finditer(r"\S(?:[^\n]*\S)?", text)
    blocks = [
        Block("a", number, match.start(), match.end(), "body", "line")
        for number, match in enumerate(found)
    ]
    return voices.annotate(article, blocks, [])


def told(text):
    """(kind, words, speaker) of each row."""
    return [(row.kind, text[row.start : row.end], row.speaker) for row in annotate(text).quotes]


@pytest.mark.parametrize(
    "text, rows",
    [
        # subject, verb, (that), content
        (
            "Ada Berg said that the bridge was shut.",
            [("indirect", "that the bridge was shut", "Ada Berg")],
        ),
        ("Ada Berg said the bridge was shut.", [("indirect", "the bridge was shut", "Ada Berg")]),
        (
            "Ada Berg told reporters in Lund on Monday that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        (
            "Ada Berg said in a statement that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        # content, subject, verb and its inversion
        (
            "The bridge was shut, Ada Berg said on Monday.",
            [("indirect", "The bridge was shut", "Ada Berg")],
        ),
        ("The bridge was shut, said Ada Berg.", [("indirect", "The bridge was shut", "Ada Berg")]),
        (
            "“It is shut,” said Ada Berg, a member of the council.",
            [("direct", "“It is shut,”", "Ada Berg")],
        ),
        ("“It is shut,” Ada Berg said.", [("direct", "“It is shut,”", "Ada Berg")]),
        ("“Is it shut?” asked Ada Berg.", [("direct", "“Is it shut?”", "Ada Berg")]),
        ("‘It is shut,’ Ada Berg said.", [("direct", "‘It is shut,’", "Ada Berg")]),
        # split by its clause
        (
            "“It is shut,” Ada Berg said, “and it will stay shut.”",
            [
                ("direct", "“It is shut,”", "Ada Berg"),
                ("direct", "“and it will stay shut.”", "Ada Berg"),
            ],
        ),
        (
            "The bridge, Ada Berg said, was shut for good.",
            [("indirect", "The bridge", "Ada Berg"), ("indirect", "was shut for good", "Ada Berg")],
        ),
        # colon and comma
        ("Ada Berg said: “It is shut.”", [("direct", "“It is shut.”", "Ada Berg")]),
        ("Ada Berg said, “It is shut.”", [("direct", "“It is shut.”", "Ada Berg")]),
        # according to
        (
            "According to Ada Berg, the bridge was shut.",
            [("indirect", "the bridge was shut", "Ada Berg")],
        ),
        (
            "The bridge was shut, according to Ada Berg.",
            [("indirect", "The bridge was shut", "Ada Berg")],
        ),
        ("In her view, the bridge was a risk. ", [("indirect", "the bridge was a risk", "")]),
        # apposition and relative clause
        (
            "Ada Berg, who leads the council, said that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        (
            "Ada Berg, chair of the council, the upper house, said it was shut.",
            [("indirect", "it was shut", "Ada Berg")],
        ),
        ("Mayor Ada Berg said it was shut.", [("indirect", "it was shut", "Ada Berg")]),
        # coordination and participles
        (
            "Ada Berg said it was shut, adding that it was old.",
            [("indirect", "it was shut", "Ada Berg"), ("indirect", "that it was old", "Ada Berg")],
        ),
        (
            "Ada Berg said it was shut, and Carl Dahl said it was open.",
            [("indirect", "it was shut", "Ada Berg"), ("indirect", "it was open", "Carl Dahl")],
        ),
        (
            (
                "In winter, when it rained, the bridge was shut for good, said Ada Berg, a member"
                " of the council."
            ),
            [("indirect", "In winter, when it rained, the bridge was shut for good", "Ada Berg")],
        ),
        (
            "The bridge was shut, a source close to him said.",
            [("indirect", "The bridge was shut", "a source close to him")],
        ),
        # nouns of speech
        (
            "The council heard Ada Berg’s claim that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        ("The council has seen the claim of the year.", []),
        # beliefs, intentions, passives
        ("Ada Berg believes that it is shut.", [("attitude", "that it is shut", "Ada Berg")]),
        ("Ada Berg hopes to open it.", [("attitude", "to open it", "Ada Berg")]),
        (
            "It was reported that the bridge was shut.",
            [("indirect", "that the bridge was shut", "")],
        ),
        ("The bridge was shut, it was claimed.", [("indirect", "The bridge was shut", "")]),
        # mixed and fragments
        (
            "Ada Berg said that it was “a trap” for all.",
            [("mixed", "that it was “a trap” for all", "Ada Berg")],
        ),
        ("Ada Berg called it “a trap”.", [("direct", "“a trap”", "Ada Berg")]),
        # negation stays in the cue
        ("Ada Berg did not say that it was shut.", [("indirect", "that it was shut", "Ada Berg")]),
        # no attribution
        ("The bridge was shut on Monday.", []),
        ("The report on the claims of the farmers is long.", []),
        ("We said that it was shut.", []),
        ("Sources of the river say nothing.", []),
    ],
)
def test_a_construction_gives_its_rows(text, rows):
    assert told(text) == rows


def test_negation_is_kept_in_the_cue():
    assert annotate("Ada Berg did not say that it was shut.").quotes[0].cue == "did not say"


def test_a_quotation_goes_on_in_the_next_sentence():
    rows = told("“It is shut,” Ada Berg said. “It will stay shut.”")
    assert rows[1] == ("direct", "“It will stay shut.”", "Ada Berg")


def test_a_quotation_stands_alone_after_its_speaker():
    rows = told("Ada Berg said the bridge was shut.\n“It is old.”")
    assert rows[1] == ("direct", "“It is old.”", "Ada Berg")


def test_a_sentence_with_a_colon_announces_the_next_paragraph():
    assert (
        told("Carl Dahl left. Then Ada Berg spoke to the council:\n“It is old.”")[-1][2]
        == "Ada Berg"
    )


def test_a_quotation_continued_over_paragraphs_is_a_row_for_each_and_no_flaw():
    text = "“It is old,” Ada Berg said. “It is shut.\n“It will stay shut.\n“It is a risk.”"
    assert [row[2] for row in told(text)] == ["Ada Berg"] * 4
    assert not [mark for mark in annotate(text).marks if mark.mark == "unbalanced"]


def test_another_speaker_ends_a_continuation():
    rows = told("“It is shut,” Ada Berg said.\n“It is open,” Carl Dahl said.\n“Very open.”")
    assert [row[2] for row in rows] == ["Ada Berg", "Carl Dahl", "Carl Dahl"]


def test_later_mentions_mean_the_full_name():
    rows = told(
        "Ada Berg, the mayor, said it was shut. Berg said it was old. The mayor said it was a risk."
    )
    assert [row[2] for row in rows] == ["Ada Berg"] * 3


def test_a_pronoun_means_the_person_before_it():
    rows = annotate("Ada Berg said it was shut. She said it was old.").quotes
    assert (rows[1].speaker, rows[1].speaker_type) == ("Ada Berg", "person")


def test_a_pronoun_with_nobody_before_it_stays_unattributed_and_keeps_its_cue():
    row = annotate("She said it was shut.").quotes[0]
    assert (row.speaker, row.speaker_type, row.cue) == ("", "unattributed", "said")
    assert row.speaker_start == 0


def test_a_pronoun_in_what_is_said_is_no_speaker():
    rows = annotate("Ada Berg spoke. Then Carl Dahl would agree, she said.").quotes
    assert rows[0].speaker != "Carl Dahl"


@pytest.mark.parametrize(
    "mention, name, kind",
    [
        ("A senior source", "a senior source", "anonymous"),
        ("The Tolhava Times", "the Tolhava Times", "document"),
        ("The Ministry of Public Works", "the Ministry of Public Works", "organisation"),
        ("Secretary of State Ada Berg", "Ada Berg", "person"),
        ("Two people close to the council", "two people close to the council", "anonymous"),
        ("Colonel “Mad Bird” Berg", "Mad Bird Berg", "person"),
    ],
)
def test_a_source_has_a_name_and_a_kind(mention, name, kind):
    row = annotate(f"{mention} said that it was shut.").quotes[0]
    assert (row.speaker, row.speaker_type) == (name, kind)


def test_spellings_of_a_name_meet_in_one_speaker(tmp_path):
    rows = annotate("Volodymyr Zelenskyy said it was shut. Zelenskiy said it was old.").quotes
    assert {row.speaker for row in rows} == {"Volodymyr Zelensky"}
    own = tmp_path / "aliases.yml"
    own.write_text("speakers:\n  Ada Berg: [Adda Bergh]\n", encoding="utf-8")
    text = "Adda Bergh said it was shut."
    article = Article("a", "c", "o", "", "", "", None, "", "en", "article", "a.txt", "", text)
    found = voices.annotate(
        article, [Block("a", 0, 0, len(text), "body", "line")], [], aliases=str(own)
    )
    assert found.quotes[0].speaker == "Ada Berg"


def test_the_speaker_finder_takes_given_contents():
    text = "Ada Berg quipped at noon: bridges burn slowly. Nobody laughed."
    article = Article("a", "c", "o", "", "", "", None, "", "en", "article", "a.txt", "", text)
    span = (text.index("bridges"), text.index("slowly") + 6)
    row = voices.speakers_of(article, [Block("a", 0, 0, len(text), "body", "line")], [span])[0]
    assert text[row.speaker_start : row.speaker_end] == "Ada Berg"


@pytest.mark.parametrize(
    "text, rows",
    [
        (
            "Lane says Doyle promised to continue supporting Marsh and said she would stand up.",
            [
                ("indirect", "Doyle promised to continue supporting Marsh", "Lane"),
                ("indirect", "she would stand up", "Lane"),
            ],
        ),
        ("She has heralded plans to go after a loophole.", []),
        (
            "The paper quoted Ada Berg as saying the talks were over.",
            [("indirect", "the talks were over", "Ada Berg")],
        ),
        ("She added to the catalog of statements.", []),
        ("He pleaded guilty to fraud.", []),
        ("Ada Berg said in a statement.", []),
        ("Ada Berg responded to the attacks.", []),
        ("Ada Berg has continued to work.", []),
        ("Ada Berg made claims that range from the odd to the absurd.", []),
        ("Ada Berg condemned the attack.", [("attitude", "the attack", "Ada Berg")]),
        (
            "The ministry on Tuesday said the road would be closed.",
            [("indirect", "the road would be closed", "the ministry")],
        ),
        (
            "The mayor left the hall and said the talks were over.",
            [("indirect", "the talks were over", "the mayor")],
        ),
        (
            "Ada Berg, seen as a friend of the port, said that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        (
            "Ada Berg, the envoy who was sent there, said that it was shut.",
            [("indirect", "that it was shut", "Ada Berg")],
        ),
        (
            "“It is shut,” said Port of Selby spokesman Ada Berg in a note that ran on.",
            [("direct", "“It is shut,”", "Ada Berg")],
        ),
    ],
)
def test_content_is_a_clause_and_speakers_are_whoever_speaks(text, rows):
    assert told(text) == rows


def test_what_somebody_does_with_words_stays_the_outlets_and_what_somebody_thinks_is_reported():
    for text, voice in (
        ("Ada Berg condemned the regime.", "narration"),
        ("Ada Berg believes that the regime is lost.", "indirect"),
    ):
        made = annotate(text)
        at = text.index("regime")
        assert [v.voice for v in made.voices if v.start <= at < v.end] == [voice]
        assert [q.kind for q in made.quotes] == ["attitude"]


def test_what_was_announced_is_speech_and_what_was_attacked_stays_the_outlets():
    for text, kind, voice in (
        ("Ada Berg announced that the regime was lost.", "indirect", "indirect"),
        ("Ada Berg attacked the regime.", "attitude", "narration"),
        ("Ada Berg wanted to leave the regime.", "attitude", "narration"),
        ("Ada Berg pledged to leave the regime.", "indirect", "indirect"),
    ):
        made = annotate(text)
        at = text.index("regime")
        assert [q.kind for q in made.quotes] == [kind]
        assert [v.voice for v in made.voices if v.start <= at < v.end] == [voice]


def test_a_relative_clause_does_not_say_whom_he_goes_back_to():
    text = (
        "Tom Orr said the town was lost.\n"
        "He named Paul Holm, the only man who voted for it. He said it was late."
    )
    assert told(text)[-1][2] == "Tom Orr"


def test_a_place_is_no_object():
    assert told("Ada Berg lashed out on Monday in Lund.") == []
    assert [row[1] for row in told("Ada Berg lashed out at the council.")] == ["at the council"]
