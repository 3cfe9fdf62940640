"""Words by voice: of each sentence and of each article, counted once while articles are annotated,
so that no notebook must read every word again for its denominators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.ledger import OWN, Sentence, Voice, Words


def counted(
    sentences: Sequence[Sentence], tokens: tuple, voices: Sequence[Voice]
) -> tuple[list[Sentence], list[Words]]:
    """Count an article's words by voice; a word belongs to the voice it starts in.

    sentences  of the article, in the order of the text
    tokens     their columns: sentence_id, start, end, norm, as `segment.token_columns` returns them
    voices     of the article; they cover every kept block
    returns    the sentences with the voice they start in, whether any of their words is in an own
               voice, and their number of words; and the words by voice and speaker, sorted

    >>> found = counted([Sentence("a", 0, 0, 0, 9)], ([0, 0], [0, 5], [4, 9], ["they", "said"]),
    ...                 [Voice("a", 0, 9, "narration", "")])
    >>> found[0][0].words, found[1]
    (2, [Words(article_id='a', voice='narration', speaker='', words=2)])
    """
    if not sentences or not voices:
        return [Sentence(*s[:5]) for s in sentences], []
    ordered = sorted(voices, key=lambda v: v.start)
    starts = np.array([v.start for v in ordered])
    own = np.array([v.voice in OWN for v in ordered])
    numbers, places = (np.asarray(column, dtype=np.int64) for column in tokens[:2])
    span = np.maximum(np.searchsorted(starts, places, side="right") - 1, 0)
    sizes = np.bincount(span, minlength=len(ordered))
    totals: dict[tuple[str, str], int] = {}
    for voice, size in zip(ordered, sizes.tolist(), strict=True):
        if size:
            key = (voice.voice, voice.speaker or "")
            totals[key] = totals.get(key, 0) + size
    article_id = sentences[0].article_id
    words = [Words(article_id, *key, n) for key, n in sorted(totals.items())]
    return _told(sentences, ordered, starts, own, numbers, span), words


def _told(
    sentences: Sequence[Sentence],
    ordered: list[Voice],
    starts: np.ndarray,
    own: np.ndarray,
    numbers: np.ndarray,
    span: np.ndarray,
) -> list[Sentence]:
    ids = np.array([s.sentence_id for s in sentences])
    order = np.argsort(ids, kind="stable")
    at = order[np.minimum(np.searchsorted(ids, numbers, sorter=order), len(ids) - 1)]
    size = np.bincount(at, minlength=len(ids)).tolist()
    owned = np.bincount(at, weights=own[span], minlength=len(ids)).tolist()
    first = np.maximum(
        np.searchsorted(starts, [s.start for s in sentences], side="right") - 1, 0
    ).tolist()
    return [
        Sentence(*s[:5], ordered[first[i]].voice, owned[i] > 0, size[i])
        for i, s in enumerate(sentences)
    ]
