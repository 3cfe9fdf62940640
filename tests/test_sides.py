"""Sides of speakers from a user's file, and what a cue says of how words are introduced."""

import pytest

from helpers.voices.introduced import introduced
from helpers.voices.sides import NOBODY, UNPLACED, SidesError, load


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "sides.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


TOWN = """\
sides:
  council:
    - the council
    - Ana Rusk
    - Rusk
    - councillor*
  mill:
    - the mill
    - Rusk & Sons
    - owner
"""


@pytest.mark.parametrize(
    "speaker, side",
    [
        ("Ana Rusk", "council"),
        ("RUSK", "council"),
        ("a spokesman of the council", "council"),
        ("the council’s lawyer", "council"),  # a possessive is left off
        ("two councillors", "council"),  # * stands for an ending
        ("Rusk & Sons", "mill"),  # longer than Rusk
        ("the owner of the mill", "mill"),
        ("Ruskin", UNPLACED),  # parts are whole words
        ("Bela Tarn", UNPLACED),
        ("", NOBODY),
    ],
)
def test_the_longest_part_of_a_name_decides_its_side(written, speaker, side):
    assert load(written(TOWN)).of(speaker) == side


def test_of_parts_equally_long_the_first_in_the_name_decides(written):
    sides = load(written("sides: {north: [Osk], south: [Ulm]}"))
    assert [sides.of("Osk and Ulm"), sides.of("Ulm and Osk")] == ["north", "south"]


def test_the_order_of_the_file_is_kept(written):
    assert load(written(TOWN)).order == ["council", "mill", UNPLACED, NOBODY]


def test_no_file_places_nobody():
    sides = load("")
    assert (sides.labels, sides.of("Ana Rusk"), sides.of("")) == ([], UNPLACED, NOBODY)


def test_a_pattern_in_a_name_is_text(written):
    sides = load(written('sides: {odd: ["a.b (c"]}'))
    assert [sides.of("the a.b (c office"), sides.of("the axb (c office")] == ["odd", UNPLACED]


@pytest.mark.parametrize(
    "text, said",
    [
        ("- a\n- b\n", "has no sides"),
        ("", "has no sides"),
        ("parties: {a: [b]}\n", "found parties"),
        ("sides: {council: Rusk}\n", "council: found 'Rusk'; give a list"),
        ("sides: {council: [12]}\n", "council: found [12]"),
        ("sides: {council: ['']}\n", "an empty name"),
        ("sides: {council: ['*']}\n", "an empty name"),
        ("sides: {2024: [Rusk]}\n", "a side is called 2024"),
        (f"sides: {{{UNPLACED}: [Rusk]}}\n", "give it another name"),
        ("sides: {a: [Rusk], b: [rusk]}\n", "'rusk' stands on two sides, a and b"),
        ("sides: {a: [Rusk\n", "line 2: is not YAML"),
    ],
)
def test_an_error_says_where_and_what_to_do(written, text, said):
    path = written(text)
    with pytest.raises(SidesError) as raised:
        load(path)
    assert said in str(raised.value)
    assert str(raised.value).startswith(str(path))


def test_all_errors_come_at_once(written):
    with pytest.raises(SidesError) as raised:
        load(written("sides: {a: [Rusk], b: [Rusk], c: Tarn}\n"))
    assert len(str(raised.value).splitlines()) == 2


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SidesError, match="there is no such file"):
        load(tmp_path / "nowhere.yml")


@pytest.mark.parametrize("name, least", [("sides.yml", 5), ("sides-demo.yml", 5)])
def test_the_project_s_files_load(root, name, least):
    assert len(load(root / "data/lexicons" / name).labels) >= least


@pytest.mark.parametrize(
    "cue, group, verb, negated",
    [
        ("said", "neutral", "say", False),
        ("has repeatedly said", "neutral", "say", False),
        ("did not say", "neutral", "say", True),
        ("didn’t mention", "neutral", "mention", True),
        ("denied", "denying", "deny", False),  # a denial is not a negation
        ("refused to say", "denying", "refuse", False),
        ("claimed", "asserting", "claim", False),
        ("According to", "according to", "according to", False),
        ("in his view", "other words", "in his view", False),
        ("", "no cue", "", False),
    ],
)
def test_a_cue_has_a_class_a_verb_and_perhaps_a_negation(cue, group, verb, negated):
    assert introduced(cue) == (group, verb, negated)
