"""What stands above the first paragraph: title, deck, the title once more; and subheads between paragraphs."""

from __future__ import annotations

import re
from collections import Counter

from helpers.clean import boxes
from helpers.clean.lines import WORD, Line, key, says
from helpers.clean.run import AFTER, INSIDE

CAPTION = 25  # words: a longer text above a credit is a paragraph
REACH = 60  # lines above the first paragraph that are looked at
_STOP = re.compile(r"[a-z]{4}\. ")  # two sentences are no heading; "Gen." and "St." are no end
Verdict = tuple[str, str] | None


def label(
    found: list[Line], ruled: list[Verdict], way: list[int], title: str, outside: bool
) -> list[Verdict]:
    """The verdicts with title, deck, doubled title and subheads added; `way` is moved where a heading stood inside."""
    marked = list(ruled)
    first = _first(found, ruled, way)
    top = _title(found, ruled, way, first, key(title))
    if top is not None:
        marked[top] = (
            "title",
            "repeats the title in the catalogue"
            if title and key(found[top].text) == key(title)
            else "headline above the article",
        )
        _doubles(found, marked, top, first)
        if not outside:
            _deck(found, marked, way, top, first)
    return marked


def _first(found: list[Line], ruled: list[Verdict], way: list[int]) -> int:
    """The first paragraph: the first line inside that reads as prose."""
    for at, state in enumerate(way):
        if state == INSIDE and ruled[at] is None and found[at].final and found[at].words >= 15:
            return at
    return next((at for at, state in enumerate(way) if state == INSIDE and ruled[at] is None), 0)


def _heading(row: Line) -> bool:
    return (
        2 <= row.words <= 30
        and not row.bullet
        and row.text[-1] not in ".,;:"
        and len(row.text) > 10
        and not _STOP.search(row.text)
    )


def _title(found: list[Line], ruled: list[Verdict], way: list[int], first: int, known: str) -> int | None:
    if known:
        for at in range(len(found)):
            if says(found[at], known) and (at <= first or way[at] == INSIDE):
                return at
        return None
    prose = Counter(
        word
        for at in range(first, min(first + 6, len(found)))
        if ruled[at] is None
        for word in set(_content(found[at]))
    )
    best, points = None, 0.0
    top = max(0, first - REACH)
    counts = Counter(row.low for row in found[top : first + 1])
    for at in range(top, first):
        row = found[at]
        if (ruled[at] is None or ruled[at][1] == "section label or trail") and _heading(row):
            own = _content(row)
            shared = sum(1 for word in own if word in prose)
            # the title says what the first paragraphs say; of two such lines the upper is the title
            value = shared / (len(own) + 2) + (0.3 if counts[row.low] > 1 else 0) - 0.01 * (first - at)
            if shared and value > points + 0.1:
                best, points = at, value
    if best is not None:
        best = _upper(found, ruled, best, top, prose)
    if best is None and first and ruled[0] is None and _heading(found[0]) and first <= 4:
        best = 0  # a short text that begins with a heading
    return best


def _upper(found: list[Line], ruled: list[Verdict], best: int, top: int, prose: Counter) -> int:
    """Of headings that stand together and speak of the same, the upper is the title and the lower the deck."""
    at = best - 1
    if at >= top and ruled[at] is None and _heading(found[at]) and found[at].low != found[best].low:
        shared = sum(1 for word in _content(found[at]) if word in prose)
        alone = sum(verdict is None for verdict in ruled[:at]) <= 2
        if shared >= 2 or (alone and found[best].words >= 8):
            return at
    return best


def _content(row: Line) -> list[str]:
    return [word for word in WORD.findall(row.low) if len(word) > 3]


def _doubles(found: list[Line], marked: list[Verdict], top: int, first: int) -> None:
    own = key(found[top].text)
    for at in range(max(0, top - REACH), min(first + 1, len(found))):
        if at != top and says(found[at], own):
            marked[at] = ("boilerplate", "repeats the title")


def _deck(found: list[Line], marked: list[Verdict], way: list[int], top: int, first: int) -> None:
    """The line, or the list, between title and first paragraph that sums the article up."""
    decks, signed = [], False
    for at in range(top + 1, first):
        row = found[at]
        signed = signed or boxes.begins(marked[at])
        if signed and way[at] == INSIDE and row.final:
            break  # a short first paragraph: a deck stands above the byline
        if marked[at] is None and 5 <= row.words <= 45 and (row.bullet or not decks):
            decks.append(at)
        elif decks:
            break
    for at in decks:
        marked[at] = ("deck", "line between title and first paragraph")


def strays(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Captions of other articles; those just above the first or below the last paragraph stay. Changes `marked`."""
    kept = [at for at, state in enumerate(way) if state == INSIDE]
    first, last = (kept[0], kept[-1]) if kept else (0, 0)
    title = next((at for at, verdict in enumerate(marked) if verdict and verdict[0] == "title"), first)
    while last + 1 < len(found) and marked[last + 1] is not None and not boxes.ending(marked[last + 1]):
        last += 1
    for at, verdict in enumerate(marked):
        near = way[at] == INSIDE or title <= at <= first or (way[at] == AFTER and at <= last)
        if verdict is not None and verdict[0] == "caption" and not near:
            marked[at] = ("boilerplate", "image caption outside the article")


def captions(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """A short text just above its photo credit is the caption; changes `marked`."""
    for at in range(len(found) - 1):
        credit = marked[at + 1] == ("boilerplate", "photo credit")
        if credit and marked[at] is None and way[at] == INSIDE and 4 <= found[at].words <= CAPTION:
            marked[at] = ("caption", "image caption above its credit")


def subheads(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Short lines between paragraphs, and headlines of other articles among them; changes `marked`."""
    for at, row in enumerate(found):
        if way[at] != INSIDE or marked[at] is not None:
            continue
        if boxes.headline(row) and _link(found, marked, at):
            marked[at] = ("boilerplate", "headline of another article")
        elif _subhead(row):
            marked[at] = ("subhead", "short line between paragraphs")


def _link(found: list[Line], marked: list[Verdict], at: int) -> bool:
    """Set in capitals as headlines are, and longer than a subhead; or one of several in a row."""
    row = found[at]
    if row.quoted and row.text[0] in "“\"‘'—–-":
        return False
    if row.lower < 0.35:
        near = [up for up in (at - 1, at + 1) if 0 <= up < len(found)]
        row_of = any(
            boxes.headline(found[up]) and found[up].lower < 0.5 and found[up].end - found[up].start > 30
            for up in near
        )
        return row.words >= 10 or (row_of and row.words >= 7 and not row.bullet)
    return False


def _subhead(row: Line) -> bool:
    if row.text.isupper():
        return row.words <= 16
    if row.bullet or row.words > (8 if row.quoted else 16):
        return False
    asked = row.text[-1] == "?" and row.words <= 10 and ": " not in row.text
    return not row.final or (asked and not row.quoted)
