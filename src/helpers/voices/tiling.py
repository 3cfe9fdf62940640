"""From layers of spans to voices that neither overlap nor leave a gap."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Layer(NamedTuple):
    """A span of kept text with the voice and speaker it is to have."""

    start: int
    end: int
    voice: str
    speaker: str


Piece = tuple[int, int, str, str]
"""As a Layer, unnamed: there are many."""


def tile(start: int, end: int, base: tuple[str, str], layers: Iterable[Layer]) -> list[Piece]:
    """Cover start to end once; later layers lie over earlier ones.

    base    voice and speaker of what no layer covers
    layers  bottom to top; each kind free of overlaps in itself, all inside start to end
    returns start, end, voice and speaker of each piece, in order

    >>> layers = [Layer(2, 6, "quote", "A"), Layer(3, 4, "insertion", "B")]
    >>> tile(0, 9, ("narration", ""), layers)  # doctest: +NORMALIZE_WHITESPACE
    [(0, 2, 'narration', ''), (2, 3, 'quote', 'A'), (3, 4, 'insertion', 'B'), (4, 6, 'quote', 'A'),
     (6, 9, 'narration', '')]
    """
    if start >= end:
        return []
    rows = [row if start <= row[0] and row[1] <= end else _cut(row, start, end) for row in layers]
    rows = [row for row in rows if row[0] < row[1]]
    if not rows:
        return [(start, end, *base)]
    apart = sorted(rows) if len(rows) > 1 else rows
    for above, row in pairwise(apart):
        if row[0] < above[1]:
            return _merged(_sweep(start, end, base, rows))
    return _merged(_between(start, end, base, apart))


def _cut(row: Layer, start: int, end: int) -> Layer:
    return Layer(max(start, row.start), min(end, row.end), row.voice, row.speaker)


def _between(start: int, end: int, base: tuple[str, str], rows: list[Layer]) -> list[Piece]:
    """Layers that do not overlap, with what lies between them."""
    pieces: list[Piece] = []
    at = start
    for row in rows:
        if at < row[0]:
            pieces.append((at, row[0], *base))
        pieces.append(row)
        at = row[1]
    if at < end:
        pieces.append((at, end, *base))
    return pieces


def _sweep(start: int, end: int, base: tuple[str, str], rows: list[Layer]) -> list[Piece]:
    """Pieces between neighbouring borders, each with the topmost layer there."""
    events: dict[int, list[int]] = {start: [], end: []}
    for rank, row in enumerate(rows):
        events.setdefault(row.start, []).append(rank + 1)
        events.setdefault(row.end, []).append(-rank - 1)
    active: set[int] = set()
    pieces = []
    borders = sorted(events)
    for left, right in pairwise(borders):
        for event in events[left]:
            if event > 0:
                active.add(event - 1)
            else:
                active.discard(-event - 1)
        top = rows[max(active)] if active else None
        pieces.append((left, right, *(base if top is None else top[2:])))
    return pieces


def _merged(pieces: list[Piece]) -> list[Piece]:
    merged = [pieces[0]]
    for piece in pieces[1:]:
        last = merged[-1]
        if last[2] == piece[2] and last[3] == piece[3]:
            merged[-1] = (last[0], piece[1], *last[2:])
        else:
            merged.append(piece)
    return merged
