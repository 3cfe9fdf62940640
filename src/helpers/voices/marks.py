"""Quotation marks: which of them open, which close, and which pairs they make inside one block."""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = re.compile(
    r"[“”„‟\"«»＂`'‘’‚‛]"  # one class first, which the engine skips to
    r"(?:(?<=[“”„‟\"«»＂])|(?<=`)`|(?<=')'"
    r"|(?<=['‘’‚‛])(?:(?<!\w.)(?=[\w$\[“\"(…])|(?<=[\w.,!?…;:)\]%”\"—–-].)(?!\w)))"
)
"""Double marks wherever they stand; single ones only where they can open or close, which leaves out
the
apostrophes inside words."""

SINGLE = frozenset("‘'’‚‛")
ELISIONS = re.compile(r"['’‘](?:em|til|tis|twas|cause|bout|round|n|\d0s|\d\d)\b", re.IGNORECASE)


TOLD = re.compile(
    r",\s(?:he|she|they|it|[A-Z]\w{1,30})\s(?:said|says|added|adds|told|asked|wrote|writes)\b"
)
"""Where a quotation ends whose closing mark is lost."""


class Pair(NamedTuple):
    """A quotation in one block, marks included; `flaw` says what is wrong with its marks, or is
    empty."""

    start: int
    end: int
    flaw: str
    single: bool


class Found(NamedTuple):
    """pairs  outermost quotations in order; strays  offsets of marks that belong to none."""

    pairs: list[Pair]
    strays: list[tuple[int, int]]


def pairs(
    text: str, start: int, end: int, marks: list[tuple[int, int]], *, goes_on: bool = False
) -> Found:
    """Pair the marks of one block.

    marks    spans of MARK inside text[start:end], in order
    goes_on  whether the next block opens with a mark, which leaves the last quotation of this one
             open by custom
    """
    doubles = [mark for mark in marks if text[mark[0]] not in SINGLE or mark[1] - mark[0] == 2]
    singles = [mark for mark in marks if mark[1] - mark[0] == 1 and text[mark[0]] in SINGLE]
    found = _double(text, (start, end), doubles, goes_on)
    if singles:
        _single(text, singles, found)
        _open_single(text, end, singles, found, goes_on)
    found.pairs.sort()
    return found


def _double(
    text: str, block: tuple[int, int], marks: list[tuple[int, int]], goes_on: bool
) -> Found:
    """Pairs of double marks; an opening mark inside a quotation ends it, for its own closing mark
    is lost."""
    (start, end), found, opened = block, Found([], []), None
    inner = _inner(text, marks)
    for place, mark in enumerate(marks):
        if place in inner or (opened is None and _inches(text, mark)):
            continue
        opens = _opens(text, start, end, mark, opened is not None)
        if opened is None and opens:
            opened = mark
        elif opened is None:
            _never_opened(text, start, mark, place, found)
        elif not opens:
            found.pairs.append(Pair(opened[0], mark[1], "", False))
            opened = None
        else:
            found.pairs.append(
                Pair(opened[0], _best_end(text, opened[1], mark[0]), "never closed", False)
            )
            opened = mark
    if opened:
        if _begins(text, start, opened):
            flaw = "" if goes_on else "never closed"
            told = None if goes_on else TOLD.search(text, opened[1], end)
            found.pairs.append(Pair(opened[0], told.start() + 1 if told else end, flaw, False))
        else:  # some words of a sentence are not quoted past its end
            stop = STOP.search(text, opened[1], end)
            found.pairs.append(Pair(opened[0], stop.end() if stop else end, "never closed", False))
    return found


STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])[.!?](?=\s+[A-Z“\"]|\s*$)")


def _begins(text: str, start: int, mark: tuple[int, int]) -> bool:
    """Whether an opening mark begins what may run over paragraphs: a sentence, or what a colon or a
    comma announces."""
    before = text[start : mark[0]].rstrip()[-1:]
    return before in ("", *":,.!?—–") or text[mark[1] : mark[1] + 1].isupper()


def _inches(text: str, mark: tuple[int, int]) -> bool:
    """Whether a straight mark stands for inches: behind a figure, where nothing is open."""
    return text[mark[0] : mark[1]] == '"' and mark[0] > 0 and text[mark[0] - 1].isdigit()


FAMILIES = {**dict.fromkeys(("“", "”", "„", "‟"), "curly"), "«": "angle", "»": "angle"}
NESTED = 400  # characters of a quotation inside a quotation


def _inner(text: str, marks: list[tuple[int, int]]) -> set[int]:
    """Numbers of the marks of quotations inside quotations: those of another family than the marks
    around them, and curly ones that open again before they close twice."""
    signs = [text[a:b] for a, b in marks]
    kinds = [FAMILIES.get(sign, "straight") for sign in signs]
    inner: set[int] = set()
    for at in range(len(marks) - 3):
        if at in inner:
            continue
        near = marks[at + 3][0] - marks[at][0] <= 4 * NESTED
        outer, first, second, last = kinds[at : at + 4]
        nested = outer == last != first == second and signs[at + 1] in '“„«"'
        again = signs[at : at + 4] in (["“", "“", "”", "”"], ["«", "«", "»", "»"])
        before = text[marks[at][0] - 1] if marks[at][0] else " "
        free = before.isspace() or before in "([{—–-"
        if near and free and (nested or again):
            inner |= {at + 1, at + 2}
    return inner


def _opens(text: str, start: int, end: int, mark: tuple[int, int], inside: bool) -> bool:
    """Whether a double mark opens, by its form and by what stands on either side."""
    sign = text[mark[0] : mark[1]]
    before = text[mark[0] - 1] if mark[0] > start else " "
    after = text[mark[1]] if mark[1] < end else " "
    free_left = before.isspace() or before in "([{—–-‘'/"
    free_right = after.isspace() or after in ".,;:!?)]}—–…’'"
    if sign in ("“", "„", "«", "``", "‟"):
        return not (inside and free_right and not free_left)
    if sign in ("”", "»"):
        return not inside and free_left and not free_right
    if free_left != free_right:
        return free_left
    return not inside


def _never_opened(text: str, start: int, mark: tuple[int, int], place: int, found: Found) -> None:
    """A closing mark with nothing open: the opening one was lost at the start of the block, if that
    is near."""
    if (
        place == 0
        and mark[0] - start <= 60
        and text[start : mark[0]].count(" ") < 6
        and mark[0] > start
    ):
        found.pairs.append(Pair(start, mark[1], "never opened", False))
    else:
        found.strays.append(mark)


def _best_end(text: str, left: int, right: int) -> int:
    """Where a quotation ends that another opening mark interrupts: before the white space in front
    of that."""
    stripped = len(text[left:right].rstrip())
    return left + stripped if stripped else right


def _single(text: str, marks: list[tuple[int, int]], found: Found) -> None:
    """British usage: single marks outside double ones, told from apostrophes by what follows
    them."""
    taken = sorted((pair.start, pair.end) for pair in found.pairs)
    free = _outside(marks, taken)
    place = 0
    while place < len(free):
        mark = free[place]
        place += 1
        if not _single_opens(text, mark):
            continue
        close = _single_close(text, free, place)
        if close is not None:
            found.pairs.append(Pair(mark[0], free[close][1], "", True))
            place = close + 1
    _swallow(found)


def _open_single(
    text: str, end: int, marks: list[tuple[int, int]], found: Found, goes_on: bool
) -> None:
    """A single mark that opens a sentence and is never closed, where the next paragraph opens with
    a mark again: the quotation goes on there."""
    last = max((pair.end for pair in found.pairs), default=0)
    for mark in marks:
        sentence = text[mark[1] : mark[1] + 1].isupper()
        if goes_on and text[mark[0]] == "‘" and mark[0] >= last and sentence:
            found.pairs.append(Pair(mark[0], end, "", True))
            return


def _outside(marks: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    left: list[tuple[int, int]] = []
    at = 0
    for mark in marks:
        while at < len(taken) and taken[at][1] <= mark[0]:
            at += 1
        if at == len(taken) or mark[0] < taken[at][0]:
            left.append(mark)
    return left


def _single_opens(text: str, mark: tuple[int, int]) -> bool:
    if mark[0] and (text[mark[0] - 1].isalnum() or text[mark[0]] == "’"):
        return False
    return not ELISIONS.match(text, mark[0])


REACH = 40  # marks looked at for the one that closes


def _single_close(text: str, free: list[tuple[int, int]], place: int) -> int | None:
    """Index of the mark that closes: the first after punctuation or no s; else an s with
    punctuation behind it,
    else the first s, which may be a plural's."""
    plural = ended = None
    for index in range(place, min(place + REACH, len(free))):
        before, after = text[free[index][0] - 1], text[free[index][1] : free[index][1] + 1]
        if before.isspace() and _single_opens(text, free[index]):
            break
        if before.isspace():
            continue
        if before != "s":
            return index if ended is None or before in ".,!?…" else ended
        plural = index if plural is None else plural
        if after in ("", "\n", ".", ",", ":", ";", "!", "?") and ended is None:
            ended = index
    return plural if ended is None else ended


def _swallow(found: Found) -> None:
    """Drop double pairs that stand inside a single one: they are quotations in a quotation."""
    reach = -1
    kept = []
    for pair in sorted(found.pairs, key=lambda pair: (pair.start, -pair.end)):
        if pair.start >= reach:
            kept.append(pair)
            reach = pair.end
    found.pairs[:] = kept
