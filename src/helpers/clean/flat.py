"""An article as annotators read it: furniture blank, wrapped lines whole, damage mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from helpers.corpus import normal
from helpers.ledger import KEPT, Block


class Flat(NamedTuple):
    """A text for annotators, and the way back to the text as received.

    text    what they read
    blocks  the blocks, placed in it
    starts  where each character begins in the text as received, one more for the end; empty where
            both texts are the same
    ends    where each character ends there
    """

    text: str
    blocks: list[Block]
    starts: list[int]
    ends: list[int]

    def start(self, place: int) -> int:
        """Return a place of this text as one of the text as received."""
        return self.starts[place] if self.starts else place

    def end(self, place: int) -> int:
        """Return where the character before a place ends in the text as received."""
        return self.ends[place - 1] if self.starts and place else place


def flat(text: str, blocks: Iterable[Block]) -> Flat:
    """Return an article's text as annotators read it: see `corpus.normal`.

    text    of the same length as the text as received; furniture inside lines may be blank
    blocks  in the order of the text; only those that are kept are changed

    >>> found = flat("Menu\\nA break-\\naway town", [Block("a", 0, 5, 23, "body", "")])
    >>> found.text, found.blocks[0].end, found.start(12), found.end(21)
    ('Menu\\nA breakaway town', 21, 14, 23)
    """
    rows = list(blocks)
    parts: list[str] = []
    placed: list[Block] = []
    starts: list[int] = []
    ends: list[int] = []
    at = shift = 0
    changed = False
    for row in rows:
        found = normal(text[row.start : row.end]) if row.role in KEPT else None
        if found is None:
            placed.append(row._replace(start=row.start + shift, end=row.end + shift))
            continue
        changed = True
        parts += (text[at : row.start], found.text)
        starts += range(at, row.start)
        ends += range(at + 1, row.start + 1)
        if found.text:
            starts.append(row.start)  # what goes at the beginning of a block is part of it
            starts += [row.start + place for place in found.starts[1:-1]]
            ends += [row.start + place for place in found.ends]
        start = row.start + shift
        shift += len(found.text) - (row.end - row.start)
        placed.append(row._replace(start=start, end=row.end + shift))
        at = row.end
    if not changed:
        return Flat(text, rows, [], [])
    parts.append(text[at:])
    starts += range(at, len(text) + 1)
    ends += range(at + 1, len(text) + 1)
    return Flat("".join(parts), placed, starts, ends)
