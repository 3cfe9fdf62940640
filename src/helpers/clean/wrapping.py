"""Lines that a mail program or a typist broke: which of them are one paragraph."""

from __future__ import annotations

import re
from itertools import pairwise

from helpers.clean.lines import Line, line

WIDEST = 100
"""Characters of the longest line of a text that can be wrapped all through."""

NARROWEST = 40
LEAST_PAIRS = 3
"""Line breaks by which the width of a wrapped text is told."""

SHARE = 0.85
"""Of the line breaks that must fall where the next word would not have fitted, or goes on small."""

PROSE = 6
"""Words that one of two lines must have for the second, which goes on small, to belong to the
first: menus are written small too, but short."""

_HYPHEN = re.compile(r"[^\W\d_]{2,}[-\u00ad\u2010]$")
_SMALL = re.compile(r"[^\W\d_]")
_PAIR = re.compile(r"\b(\w+) (?=([^\W\d_][\w'’.-]*\w))")
_MARKS = "*+•·▪‣◦○●►»>-–—|#@/"


def unwrapped(text: str, rows: list[Line]) -> list[Line]:
    """Join the lines that are parts of one paragraph.

    text     an article's text
    rows     its lines, as `lines` gives them
    returns  the lines, of which some span several of the text's: those of a text that is wrapped
             all through (old agency copy, plain mail), and any whose sentence goes on in the next

    >>> text = "A plan\\n\\nThe old council met on Monday\\nand said no to it.\\n\\nIt was late."
    >>> from helpers.clean.lines import lines
    >>> [row.text for row in unwrapped(text, lines(text))]
    ['A plan', 'The old council met on Monday and said no to it.', 'It was late.']
    """
    if len(rows) < 2:
        return rows
    gaps = [text[a.end : b.start] for a, b in pairwise(rows)]
    near = [len(gap.replace("\r\n", "\n").splitlines()) <= 1 for gap in gaps]
    if not any(near):
        return rows
    indents = [_indent(gap) for gap in gaps]
    width = _width(rows, near, indents)
    known: set[tuple[str, str]] = set()
    joined: list[tuple[int, int]] = []
    first = 0
    for at in range(1, len(rows) + 1):
        if at < len(rows) and near[at - 1]:
            pair = rows[at - 1], rows[at]
            deeper = indents[at - 1] >= 2
            if (width and not deeper and _fills(*pair, width, first < at - 1)) or _goes_on(
                text, *pair, known
            ):
                continue
        joined.append((first, at - 1))
        first = at
    if len(joined) == len(rows):
        return rows
    return [rows[a] if a == b else line(text, rows[a].start, rows[b].end) for a, b in joined]


def _indent(gap: str) -> int:
    """Blanks before a line."""
    return len(gap) - max(gap.rfind("\n"), gap.rfind("\r")) - 1


def _width(rows: list[Line], near: list[bool], indents: list[int]) -> int:
    """The width at which a text is wrapped all through, or 0."""
    width = max(row.end - row.start for row in rows)
    if not NARROWEST <= width <= WIDEST:
        return 0
    pairs = [
        (a, b)
        for a, b, close, indent in zip(rows, rows[1:], near, indents, strict=False)
        if close and indent < 2 and not a.final
    ]
    full = sum(_full(a, b, width) or b.text[0].islower() for a, b in pairs)
    return width if len(pairs) >= LEAST_PAIRS and full >= SHARE * len(pairs) else 0


def _full(above: Line, below: Line, width: int) -> bool:
    """Whether the next word would not have fitted into the line above (or hardly)."""
    word = below.text.split(None, 1)[0]
    return above.end - above.start + 1 + len(word) > width - 3


def _fills(above: Line, below: Line, width: int, inside: bool) -> bool:
    """Whether a line of a wrapped text goes on: full, or a sentence that has not ended; `inside`:
    it goes on itself, so that it is no heading."""
    unended = not above.final and (inside or below.text[0].islower())
    return unended or _full(above, below, width)


def _goes_on(text: str, above: Line, below: Line, known: set[tuple[str, str]]) -> bool:
    """Whether the sentence of a line goes on in the next, in a text that is not wrapped."""
    if above.final or above.bullet or below.bullet or above.text[-1] in "|":
        return False
    begins = below.text[0]
    if begins in _MARKS or above.text[0] in _MARKS:
        return False
    if begins.islower() and _HYPHEN.search(above.text) and below.words >= 1:
        return above.words >= 2
    if begins.islower():
        long = max(above.words, below.words) >= PROSE
        return long and not _address(below.text) and above.text[-1] not in ":"
    return _known_pair(text, above, below, known)


def _address(words: str) -> bool:
    first = words.split(None, 1)[0]
    return "/" in first or "." in first.rstrip(".,;") or first.startswith("by")


def _known_pair(text: str, above: Line, below: Line, known: set[tuple[str, str]]) -> bool:
    """Whether the two words at the break stand beside each other elsewhere: United + States."""
    if below.words < PROSE or not below.final:
        return False
    last, first = above.text.split()[-1], below.text.split(None, 1)[0]
    if not (_SMALL.match(last) and last[-1].isalnum() and len(last) > 2 and first[:1].isupper()):
        return False
    if not known:  # filled once for a text, and only where it is asked for
        known |= {(m[1], m[2]) for m in _PAIR.finditer(text)} | {("", "")}
    return (last, first) in known
