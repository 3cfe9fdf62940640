"""Several articles on one story: which print the same text, which passages they share, and what
each does with them."""

from helpers.story.compare import (
    alone,
    brackets,
    places,
    told_wordings,
    truncations,
    wordings,
)
from helpers.story.limiting import distinct, heads, labels, limits, obstacle, told
from helpers.story.minhash import copies, groups, reprints
from helpers.story.passages import FORMS, Passage, Shared, shared
from helpers.story.sameevent import events, sets

__all__ = [
    "FORMS",
    "Passage",
    "Shared",
    "alone",
    "brackets",
    "copies",
    "distinct",
    "events",
    "groups",
    "heads",
    "labels",
    "limits",
    "obstacle",
    "places",
    "reprints",
    "sets",
    "shared",
    "told",
    "told_wordings",
    "truncations",
    "wordings",
]
