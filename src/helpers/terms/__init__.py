"""Lexicons and where their entries stand in an article: lexicon + kept text → hits."""

from .foreign import to_quanteda
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
    "hits",
    "is_negated",
    "load",
    "matcher",
    "to_quanteda",
]
