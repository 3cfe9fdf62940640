"""Several articles on one story: which print the same text, which passages they share, and what each does with them."""

from helpers.story.compare import alone, brackets, places, truncations, wordings
from helpers.story.events import events, sets
from helpers.story.limits import distinct, heads, labels, limits, obstacle, told
from helpers.story.passages import FORMS, Passage, Shared, shared
from helpers.story.reprints import copies, groups, reprints

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
    "truncations",
    "wordings",
]
