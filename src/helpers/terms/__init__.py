"""Lexicons and where their entries stand in an article: lexicon + kept text → hits."""

from .foreign import to_quanteda
from .kinds import entries_of, labels_of, names_by_kind
from .lexicon import KINDS, Category, Entry, Lexicon, LexiconError, build
from .load import check, load
from .match import Found, Matcher, hits, is_negated, matcher

__all__ = [
    "KINDS",
    "Category",
    "Entry",
    "Found",
    "Lexicon",
    "LexiconError",
    "Matcher",
    "build",
    "check",
    "entries_of",
    "hits",
    "labels_of",
    "is_negated",
    "load",
    "matcher",
    "names_by_kind",
    "to_quanteda",
]
