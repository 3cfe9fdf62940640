"""What holds of `voices.annotate` for any text."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import voices
from helpers.ledger import VOICES, Article, Block
from helpers.voices.tiling import Layer, tile

SOUP = st.text(alphabet="ab I. ,'\"“”‘’«»„[]{}()—–?!:;…\n`sS", max_size=300)
WORDS = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "'",
            "’",
            "said",
            "Anna",
            "Berg",
            "that",
            ",",
            ".",
            "she",
            "the minister",
            "[",
            "]",
            "told",
            "according to",
            "\n",
            "(note: so)",
            "Q:",
            "A:",
            "— ",
            "who",
            "and",
            "?",
            ":",
            "''",
            "asked",
            "he was",
        ]
    ),
    max_size=80,
).map(" ".join)


def article(text, outlet="The Example"):
    return Article("a", "c", outlet, "", "", "", None, "", "en", "article", "a.txt", "", text)


def paragraphs(text, role="body"):
    found = re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)
    return [
        Block("a", number, match.start(), match.end(), role, "line")
        for number, match in enumerate(found)
    ]


@settings(max_examples=300)
@given(st.one_of(SOUP, WORDS, st.text(max_size=300)), st.sampled_from(["body", "title", "caption"]))
def test_voices_tile_the_kept_blocks_of_any_text(text, role):
    blocks = paragraphs(text, role)
    found = voices.annotate(article(text), blocks, [])
    at = 0
    for block in blocks:
        while at < len(found.voices) and found.voices[at].start < block.end:
            assert (
                found.voices[at].start == block.start
                or found.voices[at - 1].end == found.voices[at].start
            )
            assert found.voices[at].end <= block.end
            at += 1
        assert found.voices[at - 1].end == block.end
    assert at == len(found.voices)
    assert {row.voice for row in found.voices} <= set(VOICES)


@settings(max_examples=300)
@given(st.one_of(SOUP, WORDS, st.text(max_size=300)))
def test_quotes_never_overlap_and_stay_in_the_text(text):
    found = voices.annotate(article(text), paragraphs(text), [])
    reach = 0
    for quote in found.quotes:
        assert reach <= quote.start < quote.end <= len(text)
        reach = quote.end
        if quote.cue:
            assert text[quote.cue_start : quote.cue_end] == quote.cue
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found.marks)


@settings(max_examples=100)
@given(st.one_of(SOUP, WORDS), st.lists(st.integers(0, 300), max_size=6))
def test_the_speaker_finder_takes_any_spans(text, cuts):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    for row in voices.speakers_of(article(text), paragraphs(text), spans):
        assert 0 <= row.start < row.end <= len(text)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from("abc")), max_size=6)
)
def test_each_character_has_the_voice_of_its_topmost_layer(spans):
    layers = [Layer(min(a, b), max(a, b), voice, "") for a, b, voice in spans]
    wanted = ["narration"] * 25
    for row in layers:
        wanted[row.start : min(row.end, 25)] = [row.voice] * (min(row.end, 25) - min(row.start, 25))
    found = tile(0, 25, ("narration", ""), layers)
    assert [voice for start, end, voice, _ in found for _ in range(start, end)] == wanted
    assert all(left[2] != right[2] for left, right in pairwise(found))
