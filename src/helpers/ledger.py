"""The tables that rooms exchange: their rows, their columns, and the only reader and writer of data/processed.

Every offset is a character offset into `articles.text`, end exclusive.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

KEPT = frozenset({"title", "deck", "caption", "subhead", "body"})
"""Roles of the blocks that are the article; the others are labelled and left out of every count."""

ROLES = ("title", "deck", "byline", "dateline", "caption", "subhead", "body", "note", "boilerplate")

VOICES = (
    "outlet",
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


class Article(NamedTuple):
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


class Block(NamedTuple):
    article_id: str
    block_id: int
    start: int
    end: int
    role: str
    reason: str


class Sentence(NamedTuple):
    article_id: str
    sentence_id: int
    block_id: int
    start: int
    end: int


class Token(NamedTuple):
    article_id: str
    sentence_id: int
    start: int
    end: int
    norm: str


class Quote(NamedTuple):
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


class Voice(NamedTuple):
    article_id: str
    start: int
    end: int
    voice: str
    speaker: str


class Mark(NamedTuple):
    article_id: str
    start: int
    end: int
    mark: str
    quote_id: int | None
    rule: str


class Hit(NamedTuple):
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
