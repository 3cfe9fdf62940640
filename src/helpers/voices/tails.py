"""Reporting clauses after their content or in the middle of it: "C, S said." "C, said S." "C, S
said, C"."""

from __future__ import annotations

import re
from typing import NamedTuple

from .closed import DOCUMENTS
from .cues import AHEAD, Cue, Span
from .words import Line

NO_CLAUSE = "attitude without a clause"
"""The rule of a row that tells what somebody does with words ("condemned the attack", "refused to
go"): the words stay the outlet's."""


class Said(NamedTuple):
    """One attribution in word indices, ends exclusive.

    source    None where nobody is named
    contents  one or two stretches; none where what is said stands in the next block, after a colon
    """

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    takes: str
    rule: str


LONG_TAIL = re.compile(r"I[DH]?[xNeC]{1,4}(?:[TWI,][^.;:qQU]*)(?=\.|$)")
WHO_TAIL = re.compile(r"[TW][^.;:qQU]*(?=\.|$)")  # "said a spokeswoman for those who marched"
# "said Department of Works spokesman Per Holm"
OFFICE = re.compile(r"[CM]{1,4}fD?[CMx]{1,5}?[Mx]C{2,3}(?![CM])")
SHORT = 6  # words before a reporting clause that need not be a clause: an adverbial
SENTENCE = re.compile(r"[bhVv]|P[rn]*[xe]|[CxN]e|[CNM]x|x[rn]?[DHIo]|xC")
TAIL = re.compile(r"[^.,;:qQUVT]{0,25}(?=[.,;Q]|$)")
BESIDE = re.compile(r",(?:[DxMNeyWd]|C(?=[xN]))[^.,;:VGqQU]{0,25}(?=[,.]|$)")
ASIDE = re.compile(r",(?:[DxMNeyWd]|C(?=[xN]))[^.,;:VGqQUbhvP]{0,25}(?=,)")
NAMED = re.compile(r",M*C{1,4}(?=[,.]|$)")
FURTHER = re.compile(r"[xe]?[foI][DHc]?[degxNCMv]*[xNCv]|W[^.,;:qQU]{1,15}")
ADVERBIAL = re.compile(r"[Isr][^.;:bhVPqQU]{0,30},(?=[qQU][,.]?$)")
HEAVY = re.compile(r"[^,.;:t]{1,40}")
FINITE = re.compile("[bhVvex]")
MARKED = re.compile("[qQU]")
CLAUSE = re.compile(r"[TPqQU]")


def ended(line: Line, sentence: Span, limit: int, cue: Cue, at: int) -> Said | None:
    """The attribution of a reporting clause that stands after content; `at` is the end of its own
    words."""
    (start, end), tags, front = sentence, line.tags, cue.begins
    before = tags[front - 1] if front > start else ""
    if not before or before not in ",qQU":
        return None
    if tags[cue.at] == "G" and before == "," and tags[front - 2] not in "qQU":
        return None  # "Name praised Orr, telling him to stay": what stands before is no content
    quoted = before in "qQU" or (front - 2 >= start and tags[front - 2] in "qQU")
    source, stop = cue.source, at
    if source is None or source[0] >= cue.at or (source[1] <= front and tags[cue.at] != "G"):
        source, stop = _inverted(line, cue, end, quoted)
    if source is None:
        return None
    tail = TAIL.match(tags, stop, end) or (quoted and LONG_TAIL.match(tags, stop, end)) or None
    tail = tail or (quoted and stop > cue.end and WHO_TAIL.match(tags, stop, end)) or None
    own = at if cue.takes == "hearer" else cue.end  # behind the hearer: "he told me on Friday"
    if not tail or not (quoted or _adjunct(tags, own, tail.end(), source)):
        return None
    after = rest(tags, max(tail.end(), source[1]), limit, quoted)
    alone = not quoted and not after and front - start < SHORT
    word = front - start == 2 and tags[start] in "Cxn" and set(tags[slice(*source)]) <= {*"CM"}
    if alone and not word and not SENTENCE.search(tags, start, front):
        return None  # "Only days ago, the government agreed"
    stretches = [(opening(tags, start, front), front), *after]
    found = cleared(tags, stretches)
    return (
        Said(source, (cue.start, cue.end), found, cue.takes, "verb after content")
        if found
        else None
    )


def _inverted(line: Line, cue: Cue, end: int, quoted: bool) -> tuple[Span | None, int]:
    """Subject after the verb: "…," said Name, a senator from somewhere."""
    tags = line.tags
    found = AHEAD.match(tags, cue.end, end) if tags[cue.at] in "Vve" else None
    if not found:
        return None, cue.end
    office = OFFICE.match(tags, cue.end, end)
    stop = max(found.end(), office.end() if office else 0)
    further = FURTHER.match(tags, stop, end) if tags[stop - 1] == "x" else None
    while further and line.low(further.end() - 1) not in DOCUMENTS:
        stop = further.end()
        further = FURTHER.match(tags, stop, end)
    if not quoted and tags[stop : stop + 1] not in (",", ".", ""):
        return None, cue.end
    beside = quoted or tags[stop + 1 : stop + 2] == "D"  # "…, say officials, came from …" goes on
    return (_with_apposition(tags, cue.end, stop, end) if beside else (cue.end, stop)), stop


def _with_apposition(tags: str, first: int, stop: int, end: int) -> Span:
    """The phrase with what is set beside it between commas: "said Name, a senator from somewhere,
    …"."""
    found = BESIDE.match(tags, stop, end) or (
        NAMED.match(tags, stop, end) if tags[stop - 1] in "xMN" else None
    )
    return first, found.end() if found else stop


def rest(tags: str, at: int, limit: int, quoted: bool) -> list[Span]:
    """What goes on after a reporting clause in the middle of a sentence."""
    if at >= limit or tags[at] != ",":
        return []
    at += 1
    marked = MARKED.search(tags, at, limit)
    if quoted:
        return [marked.span()] if marked else []
    goes_on = at < limit and tags[at] not in "GgW&e" and (marked or FINITE.search(tags, at, limit))
    return [(at, limit)] if goes_on else []


def _adjunct(tags: str, at: int, stop: int, source: Span) -> bool:
    """Whether what follows a verb is no content of its own: nothing, a time, a place, a hearer."""
    if source[0] >= at or at >= stop:
        return True
    if CLAUSE.search(tags, at, stop) or (
        tags[at] == "o" and tags[at + 1 : at + 2] in tuple("xvVbh")
    ):
        return False
    return tags[at] in "Itrso" or (stop - at <= 1 and tags[at] not in "xCr")


def opening(tags: str, start: int, front: int) -> int:
    """Where content begins in front of a reporting clause: behind "But" and behind an adverbial
    before a quotation."""
    while start < front and tags[start] in "&-,":
        start += 1
    adverbial = ADVERBIAL.match(tags, start, front)
    return adverbial.end() if adverbial else start


def stripped(tags: str, at: int, stop: int) -> int:
    """The end of a stretch without punctuation."""
    while stop > at and tags[stop - 1] in ".,;:-&":
        stop -= 1
    return stop


def cleared(tags: str, stretches: list[Span]) -> tuple[Span, ...]:
    """Stretches without punctuation at their ends; empty ones left out."""
    return tuple((a, b) for a, b in ((a, stripped(tags, a, b)) for a, b in stretches) if b > a)


def accord(line: Line, start: int, end: int, cue: Cue) -> Said | None:
    """ "According to S, C" and "C, according to S"."""
    tags = line.tags
    found = HEAVY.match(tags, cue.end, end)
    if not found:
        return None
    if cue.at == start or (cue.at == start + 1 and tags[start] not in "qQU"):
        aside = ASIDE.match(tags, found.end(), end)
        source = (cue.end, aside.end() if aside else found.end())
        at = source[1]
        while at < end and tags[at] in "t,:":
            at += 1
        stretches = [(at, end)]
    else:
        source = _with_apposition(tags, *found.span(), end)
        stretches = [(opening(tags, start, cue.at), cue.at), *rest(tags, source[1], end, False)]
    contents = cleared(tags, stretches)
    return Said(source, (cue.at, cue.end), contents, "clause", "according to") if contents else None
