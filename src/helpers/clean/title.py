"""Which line above the first paragraph is the article's title."""

from __future__ import annotations

import re

from helpers.clean.lines import WORD, Line, key, says
from helpers.clean.run import INSIDE

REACH = 60  # lines above the first paragraph that are looked at
NEAR = 15  # lines: a title that says nothing of what the article says must stand this near
OPENING = 6  # paragraphs that a title is compared with
_STOP = re.compile(r"[a-z]{4}\. ")  # two sentences are no heading; "Gen." and "St." are no end
Verdict = tuple[str, str] | None


def find(
    found: list[Line], ruled: list[Verdict], way: list[int], first: int, title: str
) -> int | None:
    """The number of the title's line, or None.

    found   the lines
    ruled   verdicts of the rules of single lines
    way     the state of each line
    first   number of the first paragraph
    title   the title where the catalogue gives it: then only a line that repeats it is the title
    """
    known = key(title)
    if known:
        own = (
            at
            for at, row in enumerate(found)
            if says(row, known) and (at <= first or way[at] == INSIDE)
        )
        return next(own, None)
    above = [at for at in range(max(0, first - REACH), first) if _candidate(found[at], ruled[at])]
    if not above:
        return None
    prose = {
        word
        for at in range(first, min(first + OPENING, len(found)))
        for word in _content(found[at])
    }
    best = _alike(found, above, prose, first)
    if best is None:
        best = next(
            (at for at in reversed(above) if first - at <= NEAR and found[at].words >= 3), None
        )
    return None if best is None else _upper(found, ruled, above, best, prose)


def _candidate(row: Line, verdict: Verdict) -> bool:
    explained = verdict is not None and (
        verdict[1] != "section label or trail" or row.low.startswith("home")
    )
    masthead = row.words <= 3 and row.text.isupper()
    return not explained and not masthead and _heading(row)


def _heading(row: Line) -> bool:
    fits = 2 <= row.words <= 30 and len(row.text) > 10 and not row.bullet
    return fits and row.text[-1] not in ".,;:(" and not _STOP.search(row.text)


def _content(row: Line) -> list[str]:
    return [word for word in WORD.findall(row.low) if len(word) > 3]


def _alike(found: list[Line], above: list[int], prose: set[str], first: int) -> int | None:
    """The heading that says what the first paragraphs say; of two alike the upper, as the lower is
    the deck."""
    best, points = None, 0.1
    seen = [found[at].low for at in above]
    for at, low in zip(above, seen, strict=True):
        own = _content(found[at])
        shared = sum(word in prose for word in own)
        doubled = 0.3 if seen.count(low) > 1 else 0.0
        value = shared / (len(own) + 2) + doubled - 0.01 * (first - at)
        if shared and value > points:
            best, points = at, value + 0.1
    return best


def _upper(
    found: list[Line], ruled: list[Verdict], above: list[int], best: int, prose: set[str]
) -> int:
    """Of headings that stand together and speak of the same, the upper is the title and the lower
    the deck."""
    at = best - 1
    if at not in above or ruled[at] is not None or found[at].low == found[best].low:
        return best
    shared = sum(word in prose for word in _content(found[at]))
    alone = sum(verdict is None for verdict in ruled[:at]) <= 2
    return at if shared >= 2 or (alone and found[best].words >= 8) else best
