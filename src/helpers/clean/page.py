"""From lines to roles: rules of single lines first, then the run of prose, then what stands above
and below it."""

from __future__ import annotations

from collections.abc import Collection

from helpers.clean import boxes, head, tail
from helpers.clean.lines import Line, key, lines, says
from helpers.clean.passages import inside
from helpers.clean.rules import verdict
from helpers.clean.run import AFTER, BEFORE, INSIDE, PROSE_WORDS, states
from helpers.clean.split import split
from helpers.clean.wrapping import unwrapped
from helpers.ledger import KEPT

Verdict = tuple[str, str] | None


SURE = frozenset(
    {"no words", "markup left over", "address of a page", "signature of an embedded post"}
    | {"share bar", "cookie prompt", "newsletter prompt", "login or comment prompt", "byline"}
    | {"photo credit", "copyright", "advertisement", "editor's note", "author note", "disclaimer"}
    | {"line repeated over the outlet's articles", "date line", "name and date"}
)
"""Reasons for which a line is cut from a text that was given as an article, such as a row of a
table: what its neighbours suggest is left in."""

LONG = 70
"""Words of the longest line that is cut from such a text: a longer one is a paragraph that speaks
of a newsletter, a cookie or a price."""

SHORT = 10
"""Words up to which such a text's line may be a prompt of links."""


def roles(
    text: str,
    title: str,
    repeated: Collection[str],
    main: tuple[str, ...] | None,
    *,
    given: bool = False,
) -> list[tuple[Line, str, str]]:
    """Each line (or part of a line) of a text with its role and the reason for it; `given`: the
    text is an article already."""
    whole = unwrapped(text, lines(text))
    rows = [(row, None) for row in whole] if given else split(text, whole)
    found = [row for row, _ in rows]
    ruled = [_ruled(row, glued, repeated) for row, glued in rows]
    if repeated:
        _spare_copies(found, ruled)
    if given:
        ruled = [_sure(row, own) for row, own in zip(found, ruled, strict=True)]
        way = [INSIDE] * len(found)
    else:
        way = inside(found, main) if main else _way(found, ruled, title)
    if INSIDE not in way:
        way = [INSIDE] * len(
            found
        )  # nothing long enough to find prose by: keep what no rule explains
    marked = head.label(found, ruled, way, title, outside=main is not None)
    if not given:
        tail.label(found, marked, way)
    head.captions(found, marked, way)
    head.subheads(found, marked, way)
    if not given:
        head.strays(found, marked, way)
    else:
        marked = [own if own is None or own in ruled or own[0] in KEPT else None for own in marked]
    if given and not any(_kept(mark, state) for mark, state in zip(marked, way, strict=True)):
        marked = [None] * len(found)  # a record that is one headline is kept
    return [
        (row, *_decide(row, mark, state, main))
        for row, mark, state in zip(found, marked, way, strict=True)
    ]


REPEATED = ("boilerplate", "line repeated over the outlet's articles")
COPY = 0.8
"""Share of an article's prose that other articles of its outlet have too, from which on it is a
copy of theirs: a story stored again with another byline, or brought up to date."""

LONG_COPY = 150
"""Words of such prose that make a copy though the headline is another; less may be a prompt that
stands in the place of an article."""


def _spare_copies(found: list[Line], ruled: list[Verdict]) -> None:
    """Take back that lines are furniture where nearly all of an article recurs: then it is the
    article that was stored several times; changes `ruled`."""
    prose = [
        at
        for at, row in enumerate(found)
        if row.final and row.words >= PROSE_WORDS and ruled[at] in (None, REPEATED)
    ]
    again = [at for at in prose if ruled[at] == REPEATED]
    words = sum(found[at].words for at in again)
    if not again or words < COPY * sum(found[at].words for at in prose):
        return
    if ruled[0] == REPEATED or words >= LONG_COPY:
        for at in {0, *again}:
            ruled[at] = None if ruled[at] == REPEATED else ruled[at]


def _kept(mark: Verdict, state: int) -> bool:
    return mark[0] in KEPT if mark else state == INSIDE


def _sure(row: Line, own: Verdict) -> Verdict:
    """What a rule says of a line of a text that is an article, where it is sure."""
    if own is None or own[0] == "caption":
        return own
    if own[1] in SURE:
        return own if row.words <= LONG else None
    return own if own[1] == "related links" and row.words <= SHORT and not row.bullet else None


def _last(found: list[Line], ruled: list[Verdict], way: list[int]) -> None:
    """One more line of prose, without a final mark, that only explained lines follow; changes
    `way`."""
    at = max((at for at, state in enumerate(way) if state == INSIDE), default=len(found)) + 1
    if (
        at < len(found)
        and ruled[at] is None
        and all(verdict is not None for verdict in ruled[at + 1 :])
    ):
        row = found[at]
        prose = row.lower >= 0.5 or (row.words >= 20 and row.lower >= 0.3)
        if row.words >= 8 and prose and not row.bullet:
            way[at] = INSIDE


def _ruled(row: Line, glued: str | None, repeated: Collection[str]) -> Verdict:
    if glued:
        return "boilerplate", glued
    own = verdict(row)
    if repeated and (own is None or own[0] == "note") and key(row.text) in repeated:
        return REPEATED
    return own


def _way(found: list[Line], ruled: list[Verdict], title: str) -> list[int]:
    tail.signatures(found, ruled)
    points, ends = boxes.mark(found, ruled)
    way = states(points, ends, _anchors(found, ruled, title))
    _last(found, ruled, way)
    return way


def _anchors(found: list[Line], ruled: list[Verdict], title: str) -> list[bool]:
    """Lines below a byline, a date or the known title: where an article is likely to begin."""
    known, near, anchors = key(title), 0, []
    for row, mark in zip(found, ruled, strict=True):
        anchors.append(near > 0)
        begins = mark is not None and mark[0] in ("byline", "dateline")
        near = 6 if begins or (known and says(row, known)) else near - 1
    return anchors


def _decide(row: Line, mark: Verdict, state: int, main: tuple[str, ...] | None) -> tuple[str, str]:
    if mark is not None:
        return mark
    if state == INSIDE:
        return "body", "paragraph of prose" if row.final else "line inside the article"
    return "boilerplate", "outside the main text (trafilatura)" if main else _outside(row, state)


def _outside(row: Line, state: int) -> str:
    if row.words <= 3:
        return "menu line"
    return {BEFORE: "line above the article", AFTER: "teaser of another article"}.get(
        state, "link or box between paragraphs"
    )
