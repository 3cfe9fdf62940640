"""Lexicons and where their entries stand in an article: lexicon + kept text → hits."""

from .foreign import to_quanteda
from .grammar import FUNCTION_WORDS
from .house import leave_out
from .inflection import word_forms
from .lexicon import KINDS, Category, Entry, Lexicon, LexiconError, build, measured
from .load import check, load
from .loaded import loaded_alone, loaded_candidates, loaded_scores
from .match import Found, Matcher, hits, is_negated, matcher
from .propose import accept, candidates, places, unlisted
from .search import inside, search, targets
from .style import house_style

__all__ = [
    "FUNCTION_WORDS",
    "KINDS",
    "Category",
    "Entry",
    "Found",
    "Lexicon",
    "LexiconError",
    "Matcher",
    "accept",
    "build",
    "candidates",
    "check",
    "hits",
    "house_style",
    "inside",
    "is_negated",
    "leave_out",
    "load",
    "loaded_alone",
    "loaded_candidates",
    "loaded_scores",
    "matcher",
    "measured",
    "places",
    "search",
    "targets",
    "to_quanteda",
    "unlisted",
    "word_forms",
]
