"""Posts of others that an article embeds: the words are the poster's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.ledger import KEPT, Block

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_SIGNED = re.compile(
    rf"(?:—|–|--?|&mdash;)\s?(?P<name>\S[^()\n]{{0,60}}?)\s?\(@(?P<handle>\w{{1,30}})\)"
    rf"\s*(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})?$"
)


def posts(text: str, blocks: Sequence[Block]) -> dict[int, str]:
    """Return the posters of an article's embedded posts, by the start of the block with the words.

    text    the article's text
    blocks  all of its blocks, furniture too: a signature on a line of its own is furniture

    >>> text = "The dam is a crime. \u2014 Ann Pugh (@annpugh) March 3, 2024"
    >>> posts(text, [Block("a", 0, 0, len(text), "body", "")])
    {0: 'Ann Pugh'}
    """
    found: dict[int, str] = {}
    before: Block | None = None
    for block in blocks:
        words = text[block.start : block.end]
        signed = _SIGNED.search(words[-160:]) if "@" in words else None
        if signed and block.role in KEPT and signed.start() + max(0, len(words) - 160) > 0:
            found[block.start] = signed["name"].strip()
        elif signed and before is not None and block.role not in KEPT:
            found[before.start] = signed["name"].strip()
        before = block if block.role in KEPT and block.role != "title" else None
    return found
