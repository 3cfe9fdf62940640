"""Reporting clauses in one sentence: who says (source), by which words (cue), what (content).

Everything is a pattern over the tags of `words.Line`; see there for the letters. Places are word indices.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .closed import DOCUMENTS
from .cues import AHEAD, Cue, Span, cues, main
from .words import Line


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


HEARER = re.compile(
    r"[OP]|H(?![xNdegCM])|[DHyc]?[degrycN]*[xN](?:[fI][DHc]?[degxNC]*[xNC])?|[DH]?[Mx]*C+(?:&?C+)*(?:M?[xN]+)?"
)
LATER = re.compile(r"(?:[Irtof][^.,:;TqQUPVvWwsbhG&-]{0,16})?(?=T|:|,?[qQU])")
TIMES = re.compile(r"(?:r|I?[Dr]?[dx]?t+d?)+")
TAIL = re.compile(r"[^.,;:qQUVT]{0,25}(?=[.,;Q]|$)")
START = re.compile(r"[PDHxNCMcydegTwWIqQUvbrsonf]")
BESIDE = re.compile(r",(?:[DxMNeyWd]|C(?=[xN]))[^.,;:VGqQU]{0,25}(?=[,.]|$)")
NAMED = re.compile(r",M*C{1,4}(?=[,.]|$)")
FURTHER = re.compile(r"[xe]?[foI][DHc]?[degxNCMv]*[xNCv]|W[^.,;:qQU]{1,15}")
HEAVY = re.compile(r"[^,.;t]{1,40}")
BESIDES = frozenset({"while", "although", "though", "whereas", "as"})
MODALS = frozenset({"would", "could", "will", "should", "might", "may", "must", "can"})
BREAK = re.compile(r"[,;-]")


def reports(line: Line, start: int, end: int) -> list[Said]:
    """Attributions in words start to end (one sentence), in order of their cues."""
    found = cues(line, start, end)
    said: list[Said] = []
    for place, cue in enumerate(found):
        limit = _limit(line, found[place + 1 :], end)
        row = (
            _accord(line, start, end, cue)
            if cue.takes == "according"
            else _content(line, start, limit, end, cue)
        )
        if row:
            said.append(row)
    if line.tags[end - 1] == ":" and end == len(line.tags) and not (said and not said[-1].contents):
        said.append(_announced(line, start, end, found))
    return said


def _announced(line: Line, start: int, end: int, found: list[Cue]) -> Said:
    """A sentence that ends a block with a colon: what follows is said by its last reporting verb or its subject."""
    for cue in reversed(found):
        if cue.source and cue.takes in ("clause", "hearer"):
            return Said(cue.source, (cue.start, cue.end), (), cue.takes, "colon")
    return Said(main(line, start, end), (end - 1, end), (), "clause", "colon")


def _limit(line: Line, later: list[Cue], end: int) -> int:
    """Where the clause of a later cue cuts off the content of an earlier one."""
    for cue in later:
        before = line.tags[cue.begins - 1]
        if cue.takes == "according" or line.tags[cue.at] == "G":
            if before == ",":
                return cue.begins - 1
        elif cue.takes in ("clause", "hearer") and _parts(line, cue, before):
            two = before != "," and line.tags[cue.begins - 2 : cue.begins - 1] == ","
            return cue.begins - (2 if two else 1)
    return end


def _parts(line: Line, cue: Cue, before: str) -> bool:
    """Whether a clause stands beside the one before it and not inside it."""
    if before == "s":
        return line.words[cue.begins - 1].lower() in BESIDES
    return before in "&," and not (cue.begins == cue.start and MODALS & set(line.words[cue.start : cue.at]))


def _content(line: Line, start: int, limit: int, end: int, cue: Cue) -> Said | None:
    tags = line.tags
    if cue.passive:
        return _passive(line, limit, cue)
    at = _content_start(tags, cue, limit)
    if cue.takes in ("clause", "hearer", "belief"):
        ended = _ended(line, start, limit, end, cue, at)
        if ended:
            return ended
    following = tags[at] if at < limit else ""
    if following and following in ",:" and at + 1 < limit:
        if following == "," and tags[at + 1] not in "qQU":
            return None
        at += 1
        following = tags[at]
    if not following or not START.match(following) or (following in "bWs" and cue.takes != "clause"):
        return None
    return _said(line, cue.source, cue, at, limit, "verb before content")


def _content_start(tags: str, cue: Cue, limit: int) -> int:
    """Behind the hearer, the time and the place of a reporting verb."""
    at = cue.end
    if cue.takes == "hearer":
        hearer = HEARER.match(tags, at, limit)
        at = hearer.end() if hearer else at
    later = LATER.match(tags, at, limit) if cue.takes not in ("object", "charge", "wish") else None
    if later:
        return later.end()
    times = TIMES.match(tags, at, limit)
    return times.end() if times else at


def _said(line: Line, source: Span | None, cue: Cue, at: int, limit: int, rule: str) -> Said | None:
    """Content from `at` to the limit, without punctuation at its end."""
    stop = limit
    if cue.takes in ("object", "charge"):
        found = BREAK.search(line.tags, at, limit)
        stop = found.start() if found else limit
    stop = _stripped(line.tags, at, stop)
    return Said(source, (cue.start, cue.end), ((at, stop),), cue.takes, rule) if stop > at else None


def _stripped(tags: str, at: int, stop: int) -> int:
    while stop > at and tags[stop - 1] in ".,;:-&":
        stop -= 1
    return stop


def _passive(line: Line, limit: int, cue: Cue) -> Said | None:
    """ "It was reported that …", "is expected to …": nobody says it, or whoever stands after "by"."""
    tags = line.tags
    at, source = cue.end, None
    if at < limit and line.words[at].lower() == "by":
        agent = AHEAD.match(tags, at + 1, limit)
        if agent:
            source, at = agent.span(), agent.end()
    following = tags[at] if at < limit else ""
    if following and following in ("Tow" if source else "To"):
        return _said(line, source, cue, at, limit, "passive")
    return None


def _ended(line: Line, start: int, limit: int, end: int, cue: Cue, at: int) -> Said | None:
    """Reporting clause after its content, or in the middle of it: "C, S said." "C, said S." "C, S said, C"."""
    tags, front = line.tags, cue.begins
    before = tags[front - 1] if front > start else ""
    if not before or before not in ",qQU":
        return None
    quoted = before in "qQU" or (front - 2 >= start and tags[front - 2] in "qQU")
    source, stop = cue.source, at
    if source is None or source[0] >= cue.at or source[1] <= front and tags[cue.at] != "G":
        source, stop = _inverted(line, cue, end, quoted)
    if source is None:
        return None
    tail = TAIL.match(tags, stop, end)
    if not tail or not (quoted or _adjunct(tags, cue.end, tail.end(), source)):
        return None
    contents = [(_skip_opening(tags, start, front), front)]
    contents += _rest(tags, max(tail.end(), source[1]), limit, quoted)
    stretches = tuple((a, b) for a, b in ((a, _stripped(tags, a, b)) for a, b in contents) if b > a)
    return (
        Said(source, (cue.start, cue.end), stretches, cue.takes, "verb after content") if stretches else None
    )


def _inverted(line: Line, cue: Cue, end: int, quoted: bool) -> tuple[Span | None, int]:
    """Subject after the verb: "…," said Name, a senator from somewhere."""
    tags = line.tags
    found = AHEAD.match(tags, cue.end, end) if tags[cue.at] != "G" and quoted else None
    if not found:
        return None, cue.end
    stop = found.end()
    further = FURTHER.match(line.tags, stop, end) if tags[stop - 1] == "x" else None
    while further and line.words[further.end() - 1].lower() not in DOCUMENTS:
        stop = further.end()
        further = FURTHER.match(line.tags, stop, end)
    return _with_apposition(tags, cue.end, stop, end), stop


def _rest(tags: str, at: int, limit: int, quoted: bool) -> list[Span]:
    """What goes on after a reporting clause in the middle of a sentence."""
    if at >= limit or tags[at] != ",":
        return []
    at += 1
    if at < limit and tags[at] not in "GgW&e":
        return [(at, limit)]
    marked = re.compile("[qQU]").search(tags, at, limit) if quoted else None
    return [(marked.start(), marked.end())] if marked else []


def _adjunct(tags: str, at: int, stop: int, source: Span) -> bool:
    """Whether what follows a verb is no content of its own: nothing, a time, a place, a hearer."""
    if source[0] >= at or at >= stop:
        return True
    if re.search(r"[TPqQU]", tags[at:stop]):
        return False
    return tags[at] in "Itrso" or stop - at <= 1


def _skip_opening(tags: str, start: int, front: int) -> int:
    while start < front and tags[start] in "&-,":
        start += 1
    return start


def _with_apposition(tags: str, first: int, stop: int, end: int) -> Span:
    """The phrase with what is set beside it between commas: "said Name, a senator from somewhere, …"."""
    found = BESIDE.match(tags, stop, end) or (NAMED.match(tags, stop, end) if tags[stop - 1] in "xMN" else None)
    return first, found.end() if found else stop


def _accord(line: Line, start: int, end: int, cue: Cue) -> Said | None:
    """ "According to S, C" and "C, according to S"."""
    tags = line.tags
    found = HEAVY.match(tags, cue.end, end)
    if not found:
        return None
    if cue.at == start or (cue.at == start + 1 and tags[start] not in "qQU"):
        source = _with_apposition(tags, cue.end, found.end(), end)
        at = source[1]
        while at < end and tags[at] in "t,":
            at += 1
        contents = [(at, end)]
    else:
        source = (cue.end, found.end())
        contents = [(_skip_opening(tags, start, cue.at), cue.at), *_rest(tags, found.end(), end, False)]
    stretches = tuple((a, b) for a, b in ((a, _stripped(tags, a, b)) for a, b in contents) if b > a)
    return Said(source, (cue.at, cue.end), stretches, "clause", "according to") if stretches else None
