"""Lexicons and where their entries stand in an article: lexicon + kept text → hits."""

from .agency import FORMS, UNNAMED, Act, acts
from .foreign import to_quanteda
from .grammar import FUNCTION_WORDS
from .kinds import entries_of, labels_of, names_by_kind
from .lexicon import KINDS, Category, Entry, Lexicon, LexiconError, build
from .load import check, load
from .match import Found, Matcher, hits, is_negated, matcher
from .search import acts_of, inside, search, targets

__all__ = [
    "FORMS",
    "FUNCTION_WORDS",
    "KINDS",
    "UNNAMED",
    "Act",
    "Category",
    "Entry",
    "Found",
    "Lexicon",
    "LexiconError",
    "Matcher",
    "acts",
    "acts_of",
    "build",
    "check",
    "entries_of",
    "hits",
    "labels_of",
    "is_negated",
    "load",
    "matcher",
    "names_by_kind",
    "search",
    "targets",
    "to_quanteda",
]
