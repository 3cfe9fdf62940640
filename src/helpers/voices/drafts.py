"""From reporting clauses to rows: which quotation, which speech, whose."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from . import notspeech
from .clauses import Said, reports
from .names import NOBODY, Names, Speaker
from .words import Line, sentences

QUOTED = "qQU"


class Draft(NamedTuple):
    """A row of `quotes` before it has a number."""

    start: int
    end: int
    kind: str
    speaker: Speaker
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    rule: str


class Marked(NamedTuple):
    """Words in marks that nobody spoke: a name or `scare`."""

    start: int
    end: int
    what: str
    rule: str


class State:
    """What an article has told so far: the last speaker, the rows that wait for one."""

    def __init__(self) -> None:
        self.speaker: Speaker = NOBODY
        self.person: Speaker = NOBODY
        self.source: tuple[int, int] | None = None
        self.cue: tuple[int, int] | None = None
        self.block = -2
        self.colon = False
        self.waiting: list[int] = []


def draft(
    text: str, lines: list[Line], names: Names, *, given: bool = False
) -> tuple[list[Draft], list[Marked]]:
    """Rows and marked words of an article's lines, in order.

    given  True where every quotation is known to be somebody's speech
    """
    rows: list[Draft] = []
    marked: list[Marked] = []
    state = State()
    for number, line in enumerate(lines):
        _line(text, number, line, names, state, rows, marked, given)
    return rows, marked


def _line(text, number, line: Line, names, state: State, rows, marked, given) -> None:
    spans = sentences(line.tags)
    for start, end in spans:
        found = reports(line, start, end)
        _sentence(text, number, line, (start, end), found, names, state, rows, marked, given)
    state.colon = line.tags.endswith(":")


def _sentence(text, number, line, span, found: list[Said], names, state: State, rows, marked, given) -> None:
    first_row = len(rows)
    covered: set[int] = set()
    reach = line.starts[span[0]]
    for said in found:
        speaker = NOBODY
        if said.source:
            speaker = names.speaker(line, *said.source, state.person)
            _remember(line, number, said, speaker, state)
        for start, stop in said.contents:
            reach = _rows(line, said, speaker, start, stop, reach, covered, rows, given)
    for at in range(*span):
        if line.tags[at] in QUOTED and not line.words[at] and at not in covered:
            _alone(text, number, line, span, at, found, state, rows, marked, given)
    if len(rows) - first_row > 1:
        rows[first_row:] = sorted(rows[first_row:])
    if not found:
        _subject(line, span, names, state)


def _remember(line: Line, number: int, said: Said, speaker: Speaker, state: State) -> None:
    state.speaker, state.block = speaker, number
    state.source = _chars(line, *said.source)
    state.cue = _chars(line, *said.cue)
    if speaker.kind in ("person", "anonymous"):
        state.person = speaker


def _subject(line: Line, span, names, state: State) -> None:
    """A person who opens a sentence is whom a pronoun after it means."""
    tags = line.tags
    start = span[0]
    stop = start
    while stop < span[1] and tags[stop] in "MC":
        stop += 1
    if stop > start and stop < span[1] and tags[stop] in "hbrVvex,":
        speaker = names.speaker(line, start, stop, state.person)
        if speaker.kind == "person":
            state.person = speaker


def _chars(line: Line, first: int, stop: int) -> tuple[int, int]:
    return line.starts[first], line.ends[stop - 1]


def _rows(line: Line, said: Said, speaker, start, stop, reach, covered, rows, given) -> int:
    """Rows of one stretch of content; gives the offset up to which rows reach now."""
    quoted = [at for at in range(start, stop) if not line.words[at]]
    source = _chars(line, *said.source) if said.source else None
    cue = _chars(line, *said.cue)
    bare = all(line.tags[at] in "qQU,-:;&" for at in range(start, stop))
    if quoted and (bare or given or said.takes == "object"):
        for at in quoted:
            if at not in covered and line.starts[at] >= reach:
                covered.add(at)
                rows.append(Draft(line.starts[at], line.ends[at], "direct", speaker, source, cue, said.rule))
        return max(reach, line.ends[quoted[-1]])
    first, last = line.starts[start], line.ends[stop - 1]
    if first < reach:
        start = bisect_left(line.starts, reach, start, stop)
        if start >= stop:
            covered.update(quoted)
            return reach
        first = line.starts[start]
    if said.takes == "object":
        return reach
    covered.update(quoted)
    kind = "mixed" if any(at >= start for at in quoted) else "indirect"
    rows.append(Draft(first, last, kind, speaker, source, cue, said.rule))
    return last


def _alone(text, number, line: Line, span, at, found, state: State, rows, marked, given) -> None:
    """A quotation that no reporting clause takes: a continuation, a fragment, or no speech at all."""
    start, end = line.starts[at], line.ends[at]
    whole = all(line.tags[place] in "qQU.,-&:;" for place in range(*span))
    if not whole and not given:
        what, rule = notspeech.verdict(text, start, end)
        if what != "speech":
            marked.append(Marked(start, end, what, rule))
            return
    near = number - state.block <= (2 if state.colon else 1) and state.source is not None
    rule = "goes on after its speaker" if whole else "fragment in its speaker's sentence"
    if near:
        rows.append(Draft(start, end, "direct", state.speaker, state.source, state.cue, rule))
        state.block = number
    else:
        rows.append(Draft(start, end, "direct", NOBODY, None, None, "nobody near"))
