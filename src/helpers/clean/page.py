"""From lines to roles: rules of single lines first, then the run of prose, then what stands above and below it."""

from __future__ import annotations

from collections.abc import Collection

from helpers.clean import head, tail
from helpers.clean.lines import Line, key, lines
from helpers.clean.passages import inside
from helpers.clean.rules import verdict
from helpers.clean.run import AFTER, BEFORE, INSIDE, MENU, RULED, states, worth
from helpers.clean.split import split

ENDS = frozenset(
    {
        "related links",
        "login or comment prompt",
        "copyright",
        "doubled headline",
        "author note",
        "teaser of another article",
    }
)
Verdict = tuple[str, str] | None


def roles(
    text: str, title: str, repeated: Collection[str], main: tuple[str, ...] | None
) -> list[tuple[Line, str, str]]:
    """Each line (or part of a line) of a text with its role and the reason for it."""
    rows = split(text, lines(text))
    ruled = [_ruled(row, glued, repeated) for row, glued in rows]
    found = [row for row, _ in rows]
    way = inside(found, main) if main else _way(found, ruled, title)
    if INSIDE not in way:
        way = [INSIDE] * len(found)  # nothing long enough to find prose by: keep what no rule explains
    marked = head.label(found, ruled, way, title, outside=main is not None)
    tail.label(found, marked, way)
    return [
        (row, *_decide(row, mark, state, main)) for row, mark, state in zip(found, marked, way, strict=True)
    ]


def _ruled(row: Line, glued: str | None, repeated: Collection[str]) -> Verdict:
    if glued:
        return "boilerplate", glued
    if repeated and key(row.text) in repeated:
        return "boilerplate", "line repeated over the outlet's articles"
    return verdict(row)


def _way(found: list[Line], ruled: list[Verdict], title: str) -> list[int]:
    points = [worth(row) if mark is None else -RULED for row, mark in zip(found, ruled, strict=True)]
    ends = [mark is not None and mark[1] in ENDS for mark in ruled]
    teasers(found, ruled, points, ends)
    return states(points, ends, _anchors(found, ruled, title))


def _anchors(found: list[Line], ruled: list[Verdict], title: str) -> list[bool]:
    """Lines below a byline, a date or the known title: where an article is likely to begin."""
    known, near, anchors = key(title), 0, []
    for row, mark in zip(found, ruled, strict=True):
        anchors.append(near > 0)
        begins = mark is not None and mark[0] in ("byline", "dateline")
        near = 6 if begins or (known and key(row.text) == known) else near - 1
    return anchors


def teasers(found: list[Line], ruled: list[Verdict], points: list[float], ends: list[bool]) -> None:
    """Mark groups of headline, summary and "read more" that come at least twice, and headlines doubled below prose."""
    marks = [at for at, mark in enumerate(ruled) if mark == ("boilerplate", "teaser of another article")]
    for at in marks if len(marks) > 1 else ():
        group = _group(found, ruled, at)
        for line in group:
            points[line] = -max(abs(points[line]), MENU)
    prose = 0.0
    for at in range(1, len(found)):
        prose += max(points[at - 1], 0)
        row = found[at]
        if prose > 100 and not row.final and 4 <= row.words <= 25 and row.low == found[at - 1].low:
            ends[at - 1] = True
            points[at - 1] = points[at] = -10.0


def _group(found: list[Line], ruled: list[Verdict], at: int) -> range:
    """The lines of a teaser above its "read more": back to its headline, four unexplained lines at most."""
    seen = 0
    for up in range(at - 1, max(-1, at - 9), -1):
        if ruled[up] is not None:
            continue
        seen += 1
        if not found[up].final and 3 <= found[up].words <= 25:
            return range(up, at)
        if seen == 4:
            break
    return range(0)


def _decide(row: Line, mark: Verdict, state: int, main: tuple[str, ...] | None) -> tuple[str, str]:
    if mark is not None:
        if mark[0] == "caption" and state != INSIDE:
            return "boilerplate", "image caption outside the article"
        return mark
    if state == INSIDE:
        return "body", "paragraph of prose" if row.final else "line inside the article"
    if main:
        return "boilerplate", "outside the main text (trafilatura)"
    if row.words <= 3:
        return "boilerplate", "menu line"
    if state == BEFORE:
        return "boilerplate", "line above the article"
    return "boilerplate", "teaser of another article" if state == AFTER else "link or box between paragraphs"
