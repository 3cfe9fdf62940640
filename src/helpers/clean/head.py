"""What stands above the first paragraph: title, deck, the title once more; and subheads between
paragraphs."""

from __future__ import annotations

import re

from helpers.clean import boxes, names
from helpers.clean.lines import Line, key, says
from helpers.clean.run import AFTER, INSIDE
from helpers.clean.title import REACH, find

CAPTION = 25  # words: a longer text above a credit is a paragraph
Verdict = tuple[str, str] | None


def label(
    found: list[Line], ruled: list[Verdict], way: list[int], title: str, outside: bool
) -> list[Verdict]:
    """The verdicts of single lines with title, deck and doubled title added; `outside`: not by
    rules but by HTML."""
    marked = list(ruled)
    first = _first(found, ruled, way)
    top = find(found, ruled, way, first, title)
    if top is not None:
        marked[top] = (
            "title",
            "repeats the title in the catalogue" if title else "headline above the article",
        )
        _doubles(found, marked, top, first)
        _signed(found, marked, top, first)
        if not outside:
            _deck(found, marked, way, top, first)
    return marked


def _first(found: list[Line], ruled: list[Verdict], way: list[int]) -> int:
    """The first paragraph: the first line inside that reads as prose."""
    for at, state in enumerate(way):
        if state == INSIDE and ruled[at] is None and found[at].final and found[at].words >= 15:
            return at
    return next((at for at, state in enumerate(way) if state == INSIDE and ruled[at] is None), 0)


def _doubles(found: list[Line], marked: list[Verdict], top: int, first: int) -> None:
    own = key(found[top].text)
    for at in range(max(0, top - REACH), min(first + 1, len(found))):
        if at != top and says(found[at], own):
            marked[at] = ("boilerplate", "repeats the title")


def _signed(found: list[Line], marked: list[Verdict], top: int, first: int) -> None:
    """Names between title and first paragraph are its authors', though no "By" stands before them;
    what they are, and their handles, stand below; changes `marked`."""
    signed = False
    for at in range(top + 1, first):
        row = found[at]
        if marked[at] is not None and marked[at] != ("boilerplate", "photo credit"):
            signed = signed or marked[at][0] == "byline"
            continue
        if names.only_names(row.text) or _SOURCE.match(row.text):
            marked[at] = ("byline", "names below the headline")
            signed = True
        elif signed and (names.role(row.text) or _HANDLE.fullmatch(row.text)):
            marked[at] = ("byline", "what the author is")


_HANDLE = re.compile(r"@\w{2,30}")
_SOURCE = re.compile(r"\([A-Z]{2,8}/[A-ZÀ-Þ][\w’'. -]{2,40}\)|Text by:? \S")


def _deck(found: list[Line], marked: list[Verdict], way: list[int], top: int, first: int) -> None:
    """The line, or the list, between title and first paragraph that sums the article up."""
    decks, signed = [], False
    for at in range(top + 1, first):
        row = found[at]
        signed = signed or boxes.begins(marked[at])
        if signed and way[at] == INSIDE and row.final:
            break  # a short first paragraph: a deck stands above the byline
        below = any(boxes.begins(verdict) for verdict in marked[at + 1 : first])
        if row.text.rstrip("”’\"' ").endswith(".") and way[at] == INSIDE and not below:
            break  # a whole sentence with nothing but paragraphs below it is one of them
        if marked[at] is None and 5 <= row.words <= 45 and (row.bullet or not decks):
            decks.append(at)
        elif decks:
            break
    for at in decks:
        marked[at] = ("deck", "line between title and first paragraph")


def strays(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Captions of other articles; those just above the first or below the last paragraph stay.
    Changes `marked`."""
    kept = [at for at, state in enumerate(way) if state == INSIDE]
    long = (at for at in kept if found[at].words >= PARAGRAPH and found[at].final)
    first, last = (next(long, kept[0]), kept[-1]) if kept else (0, 0)
    title = next(
        (at for at, verdict in enumerate(marked) if verdict and verdict[0] == "title"), first
    )
    while (
        last + 1 < len(found)
        and marked[last + 1] is not None
        and not boxes.ending(marked[last + 1])
    ):
        last += 1
    for at, verdict in enumerate(marked):
        near = way[at] == INSIDE or title <= at <= first or (way[at] == AFTER and at <= last)
        near = near or (_inside(way, at, -1) and _inside(way, at, 1))
        if verdict is not None and verdict[0] == "caption" and not near:
            marked[at] = ("boilerplate", "image caption outside the article")


PARAGRAPH = 15  # words of the first paragraph, below which stands no caption of its picture

BESIDE = 2
"""Lines between a caption and the paragraphs above and below it, whose picture it then is."""


def _inside(way: list[int], at: int, step: int) -> bool:
    """Whether a line of the article stands just above (step -1) or below (1)."""
    places = range(at + step, at + step * (BESIDE + 1), step)
    return any(0 <= place < len(way) and way[place] == INSIDE for place in places)


def captions(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """A short text just above its photo credit is the caption; changes `marked`."""
    for at in range(len(found) - 1):
        credit = marked[at + 1] == ("boilerplate", "photo credit")
        if credit and marked[at] is None and way[at] == INSIDE and 4 <= found[at].words <= CAPTION:
            marked[at] = ("caption", "image caption above its credit")


def subheads(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Short lines between paragraphs, and headlines of other articles among them; changes
    `marked`."""
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
            boxes.headline(found[up])
            and found[up].lower < 0.5
            and found[up].end - found[up].start > 30
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
