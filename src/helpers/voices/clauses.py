"""Reporting clauses in one sentence: who says (source), by which words (cue), what (content).

Everything is a pattern over the tags of `words.Line`; see there for the letters. Places are word indices.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .verbs import Verb, reporting
from .words import Line


class Said(NamedTuple):
    """One attribution in word indices, ends exclusive.

    source    None where nobody is named
    contents  one or two stretches
    """

    source: tuple[int, int] | None
    cue: tuple[int, int]
    contents: tuple[tuple[int, int], ...]
    takes: str
    rule: str


class Cue(NamedTuple):
    """A reporting verb with the verb group around it (start, end), its subject, and where its clause begins."""

    at: int
    start: int
    end: int
    source: tuple[int, int] | None
    begins: int
    takes: str
    passive: bool
    form: str


CUE = re.compile(r"[VvGY]")
# Read backwards: auxiliaries and adverbs, "refused to", and the noun phrase in front of them.
GROUP = re.compile(r"(?:r*o[vVxe])?[hbr]*")
_CORE = r"[CxNdveqg](?:[CxNdMegryvc])*[DHO]?"
PHRASE = re.compile(rf"[PWO]|[CM]+&[CMD]*[CM]+(?![fI])|{_CORE}(?:[fI]{_CORE})*")
# Read forwards.
_AHEAD = r"[DHyc]?[DdegryxNcvM]*[xNvgedC](?:C+)?"
AHEAD = re.compile(rf"[PO]|H(?![xNdeg])|M*C+(?:&M*C+)?|{_AHEAD}(?:[f]{_AHEAD})*")
HEARER = re.compile(
    r"[OP]|H(?![xNdegCM])|[DHyc]?[degrycN]*[xN](?:[fI][DHc]?[degxNC]*[xNC])?|[DH]?[Mx]*C+(?:&?C+)*(?:M?[xN]+)?"
)
LATER = re.compile(r"[^.,:;TqQUPVvWwsoG&-]{0,18}(?=T|:|[,]?[qQU])")
TIMES = re.compile(r"(?:r|I?[Dr]?[dx]?t+d?)+")
TAIL = re.compile(r"(?:[^.,;:qQUVT]{0,25})(?=[.,;Q]|$)")
START = re.compile(r"[PDHxNCMcydegTwWIqQUvbrs]|o")
MAIN = re.compile(r"[&r]*(?:[IsT]?[^,VvGPb]{1,12},)?")


def reports(line: Line, start: int, end: int) -> list[Said]:
    """Attributions in words start to end (one sentence), in order of their cues."""
    cues = [
        cue for found in CUE.finditer(line.tags, start, end) if (cue := _cue(line, start, end, found.start()))
    ]
    said: list[Said] = []
    for place, cue in enumerate(cues):
        limit = _limit(line, cues[place + 1 :], end)
        row = (
            _accord(line, start, end, cue)
            if cue.takes == "according"
            else _content(line, start, limit, end, cue)
        )
        if row:
            said.append(row)
    return said


def _cue(line: Line, start: int, end: int, at: int) -> Cue | None:
    """The verb group and subject of the reporting verb at `at`, or None where the word is no verb here."""
    tags, n = line.tags, len(line.tags)
    if tags[at] == "Y":
        ok = at + 1 < end and tags[at + 1] == "o"
        return Cue(at, at, at + 2, None, at, "according", False, "according") if ok else None
    form = line.words[at].lower()
    verb = reporting()[form]
    group = GROUP.match(line.back, n - at, n - start)
    begin = n - group.end()
    passive = "b" in tags[begin:at] and tags[at] != "G" and not form.endswith("ing")
    left = tags[begin - 1] if begin > start else ""
    if tags[at] == "v" and begin == at and not _verbal(line, at, left, end):
        return None
    if tags[at] == "G" and begin == at and left and left in "DHycIf":
        return None
    if tags[at] == "V" and left and left in "DHyc" and begin == at:
        return None
    source, begins = _subject(line, start, begin, left)
    return Cue(at, begin, at + 1, source, begins, verb.takes, passive, form)


def _verbal(line: Line, at: int, left: str, end: int) -> bool:
    """Whether a form that may be a noun is a verb here."""
    following = line.tags[at + 1] if at + 1 < end else ""
    if not left or left in "DHycfI":
        return False
    if left in "PWCo":
        return True
    return following in ("T", "P", "D", "o", "H", "q", "Q") or left == ","


def _subject(line: Line, start: int, begin: int, left: str) -> tuple[tuple[int, int] | None, int]:
    """Source in front of a verb group, and the index at which the clause begins."""
    if not left or left in "&;:-.":
        return None, begin
    if left == ",":
        return _apposed(line, start, begin)
    n = len(line.tags)
    found = PHRASE.match(line.back, n - begin, n - start)
    if not found:
        return None, begin
    first = n - found.end()
    if line.tags[first] == "W" and first > start:
        ahead = _antecedent(line, start, first)
        return ahead, first
    return (first, begin), first


def _antecedent(line: Line, start: int, first: int) -> tuple[int, int] | None:
    n = len(line.tags)
    at = first - 1 if line.tags[first - 1] == "," else first
    found = PHRASE.match(line.back, n - at, n - start)
    return (n - found.end(), at) if found else (first, first + 1)


APPOSED = re.compile(r",[^.;:,QUq]{1,30}(?:,[^.;:,QUqV]{1,25})?(?:,[^.;:,QUqV]{1,25})?,")


def _apposed(line: Line, start: int, begin: int) -> tuple[tuple[int, int] | None, int]:
    """Subject before an apposition or relative clause: "Name, title of something, said"."""
    n = len(line.tags)
    first = MAIN.match(line.tags, start, begin).end()
    for at in (start, first):
        found = AHEAD.match(line.tags, at, begin)
        if found and found.end() < begin - 1 and line.tags[found.end()] == "," and line.tags[at] not in "sI":
            return (at, begin - 1), at
    piece = re.compile(r",[^.;:,QUq]{1,30},").match(line.back, n - begin, n - start)
    if not piece:
        return None, begin
    found = PHRASE.match(line.back, piece.end(), n - start)
    return ((n - found.end(), begin - 1), n - found.end()) if found else (None, begin)


def _limit(line: Line, later: list[Cue], end: int) -> int:
    """Where the clause of a later cue cuts off the content of an earlier one."""
    for cue in later:
        before = line.tags[cue.begins - 1]
        two = line.tags[max(cue.begins - 2, 0) : cue.begins]
        if cue.takes == "according" or line.tags[cue.at] == "G":
            if before == ",":
                return cue.begins - 1
        elif cue.takes in ("clause", "hearer") and before in "&,s":
            return cue.begins - (2 if two[0] == "," and before != "," else 1)
    return end


def _content(line: Line, start: int, limit: int, end: int, cue: Cue) -> Said | None:
    tags = line.tags
    source = cue.source
    at = cue.end
    if cue.passive:
        return _passive(line, limit, cue)
    if cue.takes == "hearer":
        at = _past_hearer(tags, at, limit)
    later = LATER.match(tags, at, limit)
    if later and cue.takes not in ("object", "wish"):
        at = later.end()
    else:
        times = TIMES.match(tags, at, limit)
        at = times.end() if times else at
    following = tags[at] if at < limit else ""
    if cue.takes in ("clause", "hearer", "belief"):
        ended = _ended(line, start, limit, end, cue, at)
        if ended:
            return ended
    if following in (",", ":") and at + 1 < limit:
        if following == "," and tags[at + 1] not in "qQU":
            return None
        at += 1
        following = tags[at]
    if not following or not START.match(following) or (following in "bWs" and cue.takes != "clause"):
        return None
    return _said(line, source, cue, at, limit, "verb before content")


def _past_hearer(tags: str, at: int, limit: int) -> int:
    hearer = HEARER.match(tags, at, limit)
    return hearer.end() if hearer else at


ENDS_EARLY = {"object": ",;-", "wish": ";", "belief": ";"}


def _said(line: Line, source, cue: Cue, at: int, limit: int, rule: str) -> Said | None:
    """Content from `at` to the limit, without punctuation at its end."""
    stop = limit
    if cue.takes == "object":
        found = re.compile(r"[,;-]").search(line.tags, at, limit)
        stop = found.start() if found else limit
    stop = _stripped(line.tags, at, stop)
    if stop <= at:
        return None
    return Said(source, (cue.start, cue.end), ((at, stop),), cue.takes, rule)


def _stripped(tags: str, at: int, stop: int) -> int:
    while stop > at and tags[stop - 1] in ".,;:-&":
        stop -= 1
    return stop


def _passive(line: Line, limit: int, cue: Cue) -> Said | None:
    """ "It was reported that …", "is expected to …": nobody says it, or whoever stands after "by"."""
    tags = line.tags
    following = tags[cue.end] if cue.end < limit else ""
    if following and following in "To":
        return _said(line, None, cue, cue.end, limit, "passive")
    return None


INVERTED = re.compile(r"[,]?$")


def _ended(line: Line, start: int, limit: int, end: int, cue: Cue, at: int) -> Said | None:
    """Reporting clause after its content, or in the middle of it: "C, S said." "C, said S." "C, S said, C"."""
    tags = line.tags
    front = cue.begins
    before = tags[front - 1] if front > start else ""
    if not before or before not in ",qQU":
        return None
    source, stop = cue.source, at
    quoted = before in "qQU" or tags[front - 2 : front - 1] in ("q", "Q", "U") and front - 2 >= start
    if source is None or (source[1] > cue.at):
        found = AHEAD.match(tags, cue.end, end) if tags[cue.at] != "G" else None
        if not found or (source is None and not quoted and tags[cue.end : cue.end + 1] in ("P", "O", "T")):
            return None
        source, stop = _with_apposition(tags, cue.end, found.end(), end), found.end()
    tail = TAIL.match(tags, stop, end)
    if not tail:
        return None
    closing = tags[tail.end()] if tail.end() < end else ""
    if (
        not quoted
        and tags[cue.end : tail.end()]
        and re.search(r"[TP]", tags[cue.end : tail.end()])
        and cue.source
    ):
        return None
    if not quoted and cue.source and cue.takes == "clause" and not _adjunct(tags, cue.end, tail.end()):
        return None
    first = _skip_opening(tags, start, front)
    left = _stripped(tags, first, front)
    contents = [(first, left)] if left > first else []
    if closing == ",":
        after = max(tail.end(), source[1] if source else 0)
        after = after + 1 if after < end and tags[after] == "," else after
        if after < limit and tags[after] not in "GgW&se":
            contents.append((after, _stripped(tags, after, limit)))
    rule = "verb after content"
    return (
        Said(source, (cue.start, cue.end), tuple(c for c in contents if c[1] > c[0]), cue.takes, rule)
        if contents
        else None
    )


def _adjunct(tags: str, at: int, stop: int) -> bool:
    return at >= stop or tags[at] in "Itrso" or stop - at <= 1 and tags[at] not in "qQU"


def _skip_opening(tags: str, start: int, front: int) -> int:
    while start < front and tags[start] in "&-,":
        start += 1
    return start


def _with_apposition(tags: str, first: int, stop: int, end: int) -> tuple[int, int]:
    """The phrase with what is set beside it between commas: "said Name, a senator from somewhere, …"."""
    found = re.compile(r",(?:[DxMNeyW]|C(?=[xN]))[^.,;:VGqQU]{0,25}(?=[,.]|$)").match(tags, stop, end)
    return first, found.end() if found else stop


def _accord(line: Line, start: int, end: int, cue: Cue) -> Said | None:
    """ "According to S, C" and "C, according to S"."""
    tags = line.tags
    found = re.compile(r"[^,.;]{1,40}").match(tags, cue.end, end)
    if not found:
        return None
    stop = found.end()
    if cue.at <= start + 1:
        source = _with_apposition(tags, cue.end, stop, end)
        at = source[1] + 1 if source[1] < end and tags[source[1]] == "," else source[1]
        contents = ((at, _stripped(tags, at, end)),)
    else:
        source = (cue.end, stop)
        first = _skip_opening(tags, start, cue.at)
        contents = ((first, _stripped(tags, first, cue.at)),)
        if stop + 2 < end and tags[stop] == "," and tags[stop + 1] not in "WgGse&":
            contents = (*contents, (stop + 1, _stripped(tags, stop + 1, end)))
    contents = tuple(c for c in contents if c[1] > c[0])
    return Said(source, (cue.at, cue.end), contents, "clause", "according to") if contents else None
