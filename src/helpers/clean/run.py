"""Which lines are the article: the cheapest way through the lines, as with hidden states.

A page is read as: before the article, inside it, in a gap inside it (a box of links, an
advertisement), after it.
Each line earns or costs points by the state it is read in; changing the state costs points. The
points are words:
a paragraph of prose is worth its words, and leaving out a paragraph must be worth as much.
"""

from __future__ import annotations

import re

from helpers.clean.lines import HEAD, Line

_INNER = re.compile(r"[a-z0-9)”\"][.!?][\"”’)]*\s+[A-Z“\"(]")

BEFORE, INSIDE, GAP, ENDED, AFTER = range(5)

SPOKEN = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ.’'-]+){0,4}(?:, [A-ZÀ-Þ ]{3,30})?:(?:\s|$)|[QA][.:]\s"
)
"""How a turn of a transcript or an interview begins."""

PROSE_WORDS = 8  # a sentence of fewer words may be a slogan
# one paragraph counts for 60 words at most, so that one long disclaimer does not make an article
MOST = 60
ENTER = 25  # a teaser's summary is about 25 words: less prose than this does not begin an article
LEAVE = 12  # a gap costs as much as three or four lines of links
RETURN = 12
RETURN_AFTER_END = (
    110  # after "Related" or "Comments" the article goes on only if much prose follows
)
ANCHOR = 20  # a title or byline just above the first paragraph
GAP_LINE = 0.5  # a long menu inside an article is unlikely
LINK = 4  # a headline-like line inside an article: a subhead, or a link
MENU = 2  # a line of one to three words
ITEM = 1  # an item of a list


def worth(line: Line) -> float:
    """Points of a line that no rule explains, when it is read as part of the article."""
    words = min(line.words, MOST)
    if SPOKEN.match(line.text):
        return max(3.0, words * 0.5)  # a turn of a transcript, however short
    if line.bullet:
        return _item(line, words)
    if line.lower >= 0.4 and line.words >= PROSE_WORDS and (line.final or _sentences(line)):
        return float(words)
    if line.words >= 25 and (line.lower >= 0.5 or line.low.count(",") * 5 >= line.words):
        return words * 0.5  # a paragraph without a final mark, or a list of names
    if line.final and line.words >= 3:
        return (
            words * 0.3
            if line.lower >= 0.4 or (line.words >= 12 and line.text[-1] not in "?!")
            else 0.0
        )
    return -MENU if line.words <= 3 else -LINK


def _item(line: Line, words: int) -> float:
    if line.final and line.words >= PROSE_WORDS and line.lower >= 0.4:
        return words * 0.5
    if line.final and line.words >= 3 and line.lower >= 0.4:
        return words * 0.3
    return -ITEM if line.words < 4 or line.lower >= 0.4 else -LINK


def _sentences(line: Line) -> bool:
    """A sentence ends inside the line, though no final mark stands at the line's end."""
    return line.words >= 10 and _INNER.search(line.text, 20, HEAD) is not None


def states(points: list[float], ends: list[bool], anchors: list[bool]) -> list[int]:
    """The state of each line on the cheapest way.

    points   worth of each line inside the article
    ends     the line is a mark of the article's end
    anchors  an article may begin at this line: a title, byline or date stands just above
    returns  BEFORE, INSIDE, GAP, ENDED (a gap that began with a mark of the end) or AFTER for each
             line
    """
    if points and min(points) >= 0 and sum(points) > ENTER and True not in ends:
        return [INSIDE] * len(points)  # nothing to leave out: the usual case of a clean text
    low = float("-inf")
    best = (0.0, low, low, low, low)
    came: list[tuple[int, int, int, int, int]] = []
    for value, end, anchor in zip(points, ends, anchors, strict=True):
        best, step = _step(best, value, end, anchor)
        came.append(step)
    return _back(best, came)


def _step(
    best: tuple[float, ...], value: float, end: bool, anchor: bool
) -> tuple[tuple[float, ...], tuple[int, int, int, int, int]]:
    """The best points in each state at the next line, and from which state each came; of equals the
    first."""
    before, inside, gap, ended, after = best
    into, came = inside, INSIDE
    for points, state in (
        (before - ENTER + (ANCHOR if anchor else 0), BEFORE),
        (gap - RETURN, GAP),
        (ended - RETURN_AFTER_END, ENDED),
    ):
        if points > into:
            into, came = points, state
    left = inside - LEAVE
    if end:
        ending, marked = (ended, ENDED) if ended >= gap else (gap, GAP)
        ending, marked = (ending, marked) if ending >= left else (left, INSIDE)
        opening, opened = float("-inf"), GAP
    else:
        ending, marked = ended, ENDED
        opening, opened = (gap, GAP) if gap >= left else (left, INSIDE)
    behind, closed = (after, AFTER) if after >= inside else (inside, INSIDE)
    return (
        (before, into + value, opening - GAP_LINE, ending - GAP_LINE, behind),
        (BEFORE, came, opened, marked, closed),
    )


def _back(best: tuple[float, ...], came: list[tuple[int, int, int, int, int]]) -> list[int]:
    state = max((INSIDE, BEFORE, AFTER), key=lambda choice: best[choice])
    way = []
    for step in reversed(came):
        way.append(state)
        state = step[state]
    return way[::-1]
