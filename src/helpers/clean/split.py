"""Promotions glued to a sentence: one line becomes two blocks."""

from __future__ import annotations

import re

from helpers.clean.lines import Line, line
from helpers.clean.phrases import phrase

REASON = "promotion glued to a sentence"
LONGEST = 30  # words
TAIL = 320  # a promotion is a headline or two: no more than this many characters at the line's end
_GLUE = re.compile(r"[.!?](?<=[a-z0-9)].)[\"'”’]?(?=[A-Z](?:[a-z]|[A-Z]{2})[\w’'-]*\s)")
_FINAL = re.compile(r"[.!?…:][\"'”’)]*$")
_INNER = re.compile(r"[.!?][\"'”’)]*\s+\S")


def split(text: str, found: list[Line]) -> list[tuple[Line, str | None]]:
    """Each line, or its two parts, with the reason for the part that is a promotion."""
    rows: list[tuple[Line, str | None]] = []
    for row in found:
        at = _glued(text, row)
        if at is None:
            rows.append((row, None))
            continue
        rows.append((line(text, row.start, row.start + at), None))
        rows.append((line(text, row.start + at, row.end), REASON))
    return rows


def _glued(text: str, row: Line) -> int | None:
    """Where a promotion begins: right after a sentence's final mark, a headline or a phrase of
    promotions."""
    if row.words < 12:
        return None
    begin = max(
        0, len(row.text) - TAIL - 1
    )  # the mark may stand in front of the last 320 characters
    for mark in _GLUE.finditer(row.text, begin):
        rest = row.text[mark.end() :]
        if rest.count(" ") < LONGEST and (
            _headline(rest) or phrase(line(text, row.start + mark.end(), row.end))
        ):
            return mark.end()
    return None


def _headline(rest: str) -> bool:
    """No sentence: no end of a sentence inside, and many words with capital letters or a colon."""
    words = rest.split()
    if len(words) < 4 or _FINAL.search(rest) or rest[-1] in ",-–—)":
        return False
    capitals = sum(word[0].islower() for word in words) < 0.6 * len(words)
    return not _INNER.search(rest) and (capitals or ": " in rest)
