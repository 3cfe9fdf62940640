"""Words by voice: of each stretch of a voice, each sentence and each quotation, counted once while
articles are annotated, so that no notebook must read every word again for its denominators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from helpers.ledger import OWN, Quote, Sentence, Voice

NOT_SPOKEN = frozenset({"insertion", "translator"})
"""Voices inside a quotation whose words are not the speaker's."""


class Counted(NamedTuple):
    """Rows of one article with their numbers of words."""

    sentences: list[Sentence]
    voices: list[Voice]
    quotes: list[Quote]


def counted(
    sentences: Sequence[Sentence],
    tokens: tuple,
    voices: Sequence[Voice],
    quotes: Sequence[Quote],
) -> Counted:
    """Count the words of an article; a word belongs to the voice it starts in.

    sentences  of the article, in the order of the text
    tokens     their columns: sentence_id, start, end, norm, as `segment.token_columns` returns them
    voices     of the article; they cover every kept block
    quotes     of the article; insertions and translator's notes in them are not counted
    returns    the same rows with `words`; sentences also with the voice they start in, and whether
               any of their words is in an own voice

    >>> found = counted([Sentence("a", 0, 0, 0, 9)], ([0, 0], [0, 5], [4, 9], ["they", "said"]),
    ...                 [Voice("a", 0, 9, "narration", "")], [])
    >>> found.sentences[0].words, found.sentences[0].own, found.voices[0].words
    (2, True, 2)
    """
    if not sentences or not voices:
        plain = [Sentence(*s[:5]) for s in sentences]
        return Counted(
            plain, [Voice(*v[:5]) for v in voices], [Quote(*q[:13], 0, *q[14:]) for q in quotes]
        )
    starts = np.array([v.start for v in voices])
    order = np.argsort(starts, kind="stable")
    numbers, places = (np.asarray(column, dtype=np.int64) for column in tokens[:2])
    span = _holding(starts, order, places)
    sizes = np.bincount(span, minlength=len(voices)).tolist()
    kinds = [v.voice for v in voices]
    own = np.array([kind in OWN for kind in kinds])
    first = _holding(starts, order, np.array([s.start for s in sentences])).tolist()
    ids = np.array([s.sentence_id for s in sentences])
    by_id = np.argsort(ids, kind="stable")
    at = by_id[np.minimum(np.searchsorted(ids, numbers, sorter=by_id), len(ids) - 1)]
    size = np.bincount(at, minlength=len(ids)).tolist()
    owned = np.bincount(at, weights=own[span], minlength=len(ids)).tolist()
    spoken = np.sort(places[~np.array([kind in NOT_SPOKEN for kind in kinds])[span]])
    return Counted(
        [Sentence(*s[:5], kinds[first[i]], owned[i] > 0, size[i]) for i, s in enumerate(sentences)],
        [Voice(*v[:5], n) for v, n in zip(voices, sizes, strict=True)],
        _quotes(quotes, spoken),
    )


def _holding(starts: np.ndarray, order: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Position of the span that starts last at or before each place."""
    found = np.searchsorted(starts, places, side="right", sorter=order) - 1
    return order[np.maximum(found, 0)]


def _quotes(quotes: Sequence[Quote], spoken: np.ndarray) -> list[Quote]:
    if not quotes:
        return []
    low = np.searchsorted(spoken, [q.start for q in quotes])
    high = np.searchsorted(spoken, [q.end for q in quotes])
    return [Quote(*q[:13], n, *q[14:]) for q, n in zip(quotes, (high - low).tolist(), strict=True)]
