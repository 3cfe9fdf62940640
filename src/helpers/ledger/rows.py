"""Rows of the tables, and the words that their columns use."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

KEPT = frozenset({"title", "deck", "caption", "subhead", "body"})
"""Roles of the blocks that are the article; the others are labelled and left out of every count."""

ROLES = ("title", "deck", "byline", "dateline", "caption", "subhead", "body", "note", "boilerplate")

VOICES = (
    "narration",
    "quote",
    "indirect",
    "insertion",
    "scare",
    "interviewer",
    "interviewee",
    "headline",
    "caption",
    "translator",
)

OWN = ("narration", "headline", "caption", "insertion")
"""Voices in which the outlet itself speaks; `scare` is its pen too, but holds the word at arm's
length."""


class Article(NamedTuple):
    """One article as received, with what is known about it."""

    article_id: str
    corpus: str
    outlet: str
    title: str
    deck: str
    author: str
    published: date | None
    url: str
    language: str
    kind: str
    source: str
    sha256: str
    text: str
    docvars: str = ""


class Block(NamedTuple):
    """A paragraph or line with its role and the rule that gave it."""

    article_id: str
    block_id: int
    start: int
    end: int
    role: str
    reason: str


class Sentence(NamedTuple):
    """One sentence of a kept block; voice, own and words are known once the voices are."""

    article_id: str
    sentence_id: int
    block_id: int
    start: int
    end: int
    voice: str = ""
    own: bool = False
    words: int = 0


class Token(NamedTuple):
    """One word."""

    article_id: str
    sentence_id: int
    start: int
    end: int
    norm: str


class Quote(NamedTuple):
    """Words attributed to somebody, inside one block."""

    article_id: str
    quote_id: int
    start: int
    end: int
    kind: str
    speaker: str
    speaker_start: int | None
    speaker_end: int | None
    speaker_type: str
    cue: str
    cue_start: int | None
    cue_end: int | None
    rule: str
    words: int = 0
    confidence: float = 0.0


class Voice(NamedTuple):
    """A span of kept text and whose words it holds; words is the number of those that start in
    it."""

    article_id: str
    start: int
    end: int
    voice: str
    speaker: str
    words: int = 0


class Mark(NamedTuple):
    """A bracket, ellipsis, note or stray quotation mark that a reader must know of."""

    article_id: str
    start: int
    end: int
    mark: str
    quote_id: int | None
    rule: str


class Hit(NamedTuple):
    """An entry of a lexicon found in kept text."""

    article_id: str
    start: int
    end: int
    lexicon: str
    category: str
    entry: str
    match: str
    voice: str
    speaker: str
    negated: bool
    sentence_id: int | None


class Intake(NamedTuple):
    """What became of one file or row."""

    source: str
    article_id: str
    status: str
    encoding: str
    note: str


class Failed(NamedTuple):
    """What could not be read or annotated, and why."""

    source: str
    article_id: str
    stage: str
    reason: str


TABLES: dict[str, type] = {
    "articles": Article,
    "blocks": Block,
    "sentences": Sentence,
    "tokens": Token,
    "quotes": Quote,
    "voices": Voice,
    "marks": Mark,
    "hits": Hit,
    "intake": Intake,
    "failures": Failed,
}
