"""Reporting verbs in one sentence with their verb group and subject.

Everything is a pattern over the tags of `words.Line`; see there for the letters. Places are word
indices.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .closed import ANONYMOUS, CLASSES, DOCUMENTS, PEOPLE, TITLES
from .verbs import reporting
from .words import Line

Span = tuple[int, int]


class Cue(NamedTuple):
    """A reporting verb (at) with the verb group around it (start, end), its subject, and where its
    clause begins.

    takes  what follows (verbs.Verb), or "according", or "noun"
    """

    at: int
    start: int
    end: int
    source: Span | None
    begins: int
    takes: str
    passive: bool


# one class of letters first, which the engine skips to
CUE = re.compile(r"[VvGYeN](?:(?<=[VvGY])|(?<=e)(?=T|:?[qQU])|(?<=N)(?=[TI]))")
NOUN = re.compile(r"[Nv](?:I(?P<by>[DHMCxcN]{1,5}))?(?=T[DPHxNCMcydt])")
# Read backwards: auxiliaries and adverbs, "refused to", and the noun phrase in front of them.
# "has, however, said", "had last month said", "went on to say"
GROUP = re.compile(r"(?:[rn]*oI?[vVxe])?(?:,r{1,2},(?=[hb])|t[xD]?(?=[hb]))?[hbrn]*")
_CORE = r"[CxNdvegM](?:[CxNdMegGryvc])*[DHO]?"
PHRASE = re.compile(
    rf"[OP]fD|O[oIf]{_CORE}|[PWO]|DD?(?![CxNdM])|[xN]{{1,2}}[DHOd]&C+M*(?=$|[,.sTw;:-])|[CM]+&[CMD]*[CM]+(?![fI])|{_CORE}(?:(?:[fI]|o(?=x))(?:{_CORE}|[PD]))*"
)
# Read forwards.
_AHEAD = r"[DHyc]?(?:[DdgryxNcvMC]|e(?=[xNCegM]))*[xNvgdMC]"
AHEAD = re.compile(
    rf"Df[OP]|[PO]|H(?![xNdeg])|[MC](?:[CM]|[xN](?=C))*(?<=C)(?:&M*C+)?|{_AHEAD}(?:[f]{_AHEAD})*|Df{_AHEAD}|DD?(?=[hbV])"
)
MAIN = re.compile(r"(?:[&rn-]+,?)?(?:[IsT][^,VGPb]{1,12},|[sw][^,.;:qQU]{1,25},)?")
LEADING = re.compile(r"C(?=[IDPOHoscxrdt])[^.;:qQU,]{1,25},")  # "Smiling at the crowd, …"
OUTLET = frozenset({"i", "we", "you"})  # outside quotations that is the outlet and its readers
HELD = frozenset({"convinced", "persuaded", "worried", "concerned", "pleased", "satisfied"})
SPEAKING = re.compile(r"[DMC]?[xCe]{0,3}[xNM][gG][oI][DMCxN]{1,5}")
RUN = re.compile(r".C*")
AUXILIARY = re.compile(r"[hbon]")
ALONE = frozenset(
    {
        "other",
        "another",
        "each",
        "none",
        "some",
        "many",
        "most",
        "both",
        "neither",
        "all",
        "few",
        "one",
        "two",
        "three",
        "four",
        "five",
        "several",
        "half",
    }
)
AFTER_QUOTE = re.compile(r"[qQU,][DHyc]?[xeNCMd]{1,4}$")
INNER = re.compile(r"[DH]?[degryxNcvMCf]*?[xNMC](?=x[DH]|e[DHCO])")
BESIDE = re.compile(r",(?:[^.;:,QUqbhVP]{1,30}|[^.;:,QUq]{0,29}W),")  # read backwards too
POSSESSED = re.compile(r"[Hcy][xed]{1,3}$")
NOUNS = frozenset(CLASSES["N"].split())
WHEN = re.compile(r"(?<=[xCMNe])I?D?t+$")  # "The ministry on Tuesday said"
FINITE = re.compile(r",(?!W).*[bhV]")
# "Name, viewed as …, said", "Name, the envoy who was …, said": a participle or a relative clause
PARTICIPLE = re.compile(r",[rn]*[eVgG](?:[^bhV]|(?<=W).*)*$")
RELATIVE = re.compile(r",[^bhVvP]{1,30}W")
RELATIVE_NEXT = re.compile(r",W[^,;:.]{1,12}$")


def cues(line: Line, start: int, end: int) -> list[Cue]:
    """The reporting verbs of words start to end, in order."""
    found: list[Cue] = []
    for match in CUE.finditer(line.tags, start, end):
        cue = _cue(line, start, end, match.start(), found[-1] if found else None)
        if cue:
            found.append(cue)
    return found


def _cue(line: Line, start: int, end: int, at: int, last: Cue | None) -> Cue | None:
    """The verb group and subject of the reporting verb at `at`, or None where the word is no verb
    here."""
    tags, n = line.tags, len(line.tags)
    if tags[at] == "Y":
        follows = at + 1 < end and tags[at + 1] == "o"
        return Cue(at, at, at + 2, None, at, "according", False) if follows else None
    noun = _noun(line, start, end, at) if tags[at] in "Nv" else None
    if noun or tags[at] == "N":
        return noun
    begin = n - GROUP.match(line.back, n - at, n - start).end()
    helped = begin < at and AUXILIARY.search(tags, begin, at)
    if not helped and not _verbal(line, start, end, begin, at):
        return None
    source, begins = _subject(line, start, begin, at, last)
    if source and _outlet(line, source):
        return None
    word = line.low(at)
    verb = reporting().get(word)
    passive = tags[at] not in "Gv" and "b" in tags[begin:at]
    if verb is None and (source is None or (passive and word not in HELD)):
        return None
    takes = verb.takes if verb else "clause"
    return Cue(at, begin, at + 1, source, begins, takes, passive and verb is not None)


def _noun(line: Line, start: int, end: int, at: int) -> Cue | None:
    """A noun of speech before its content: "denied Name's claim that …", "a report by Name that
    …"."""
    tags = line.tags
    left = tags[at - 1] if at > start else ""
    found = NOUN.match(tags, at, end) if at - start > 3 and left in "DHcyxge" else None
    owned = left in "DHcy" or tags[at - 2] in "cyH"
    if not found or (tags[at] == "v" and not owned):
        return None
    source = None
    whose = at - 1 if left in "cyH" or tags[at - 2] not in "cyH" else at - 2  # "his bold claim"
    if tags[whose] == "c" or line.low(whose) in ("his", "her", "their"):
        source = (
            max(start, len(tags) - RUN.match(line.back, len(tags) - whose - 1).end()),
            whose + 1,
        )
    elif tags[whose] == "y":
        phrase = PHRASE.match(line.back, len(tags) - whose - 1, len(tags) - start)
        source = (len(tags) - phrase.end(), whose + 1) if phrase else None
    elif found["by"] and line.low(at + 1) in ("by", "from"):
        source = found.span("by")
    return Cue(at, at, found.end(), source, at, "noun", False)


def _outlet(line: Line, source: Span) -> bool:
    """Whether "I", "we" or "you" speak: outside quotations that is the outlet, or its readers."""
    one = source[1] - source[0] == 1 and line.tags[source[0]] == "P"
    return one and line.low(source[0]).partition("'")[0] in OUTLET


def _verbal(  # noqa: PLR0911 — one sign after the other
    line: Line, start: int, end: int, begin: int, at: int
) -> bool:
    """Whether a form with no auxiliary in front is a verb here and no noun or adjective."""
    left = line.tags[begin - 1] if begin > start else ""
    if line.low(at) == "alleged" and line.tags[at + 1 : at + 2] in tuple("xNge"):
        return False  # "the recent alleged attack"
    if left == "D" and line.low(begin - 1) in ALONE:
        return True
    if left and left in "DHycIf":
        return line.tags[at] == "G" and left == "I"
    if line.tags[at] != "v":
        return True
    # "has heralded plans", "Doyle's economic plan": a noun
    noun = line.tags[at + 1 : at + 2] != "T" or line.low(at) in NOUNS
    if left == "e" or (noun and POSSESSED.search(line.tags, max(start, begin - 5), begin)):
        return False
    if left == "M" and line.tags[at + 1 : at + 2] in ("C", "M") and line.low(begin - 1)[-1] == "s":
        return True  # "Prosecutors claim Mr Holm had ties"
    if not left or left in "PWCo":
        return bool(left)
    following = line.tags[at + 1] if at + 1 < end else "."
    if following in ".,:" and AFTER_QUOTE.search(line.tags, max(start, at - 6), at):
        return True
    return following in ("T", "P", "D", "o", "H", "q", "Q") or left == ","


def _subject(
    line: Line, start: int, begin: int, at: int, last: Cue | None
) -> tuple[Span | None, int]:
    """Source in front of a verb group, and the index at which the clause begins."""
    left = line.tags[begin - 1] if begin > start else ""
    participle = line.tags[at] == "G"
    cited = participle and left == "s" and line.low(begin - 1) == "as"  # "quoted him as saying"
    if left and not cited and (left in "&sI" or (participle and left in ",qQ-")):
        return (last.source if last and last.source else main(line, start, begin)), begin
    if left in ("-", ","):
        return (_dashed if left == "-" else _apposed)(line, start, begin)
    if not left or left in ";:.qQU":
        return _titled(line, start, begin, at)
    if left == "O" and begin - 1 > start and line.low(begin - 1).endswith(("self", "selves")):
        return _subject(line, start, begin - 1, at, last)  # "Name herself said"
    if cited:
        return _phrase(line, start, begin - 1, False)
    if line.low(begin - 1) == "time" and line.tags[max(start, begin - 3) : begin] == "IDx":
        begin -= 3  # "the council at the time said"
    when = WHEN.search(line.tags[start:begin]) if left == "t" else None
    return _phrase(line, start, start + when.start() if when else begin, participle)


def _titled(line: Line, start: int, begin: int, at: int) -> tuple[Span | None, int]:
    """Subject with a title of a work at its end: "Name, author of “Title,” argued that …"."""
    quoted = begin > start and line.tags[begin - 1] in "qQ"
    if quoted:
        found = AHEAD.match(line.tags, start, begin)
        if found and RELATIVE_NEXT.match(line.tags, found.end(), begin):
            return found.span(), start  # "Name, who calls it “a mess,” said"
    if quoted and begin - 2 > start and tags_open(line, begin - 2, at):
        found = AHEAD.match(line.tags, start, begin)
        if found and line.tags[found.end()] == ",":
            return (start, begin), start
    return None, begin


def tags_open(line: Line, before: int, at: int) -> bool:
    """Whether a quotation behind `before` is part of a noun phrase ("author of “Title,”") and the
    verb at `at` has its content behind it."""
    return (line.tags[before] in "fI" or line.low(before) == "as") and line.tags[
        at + 1 : at + 2
    ] in tuple("TPoqQH")


def _dashed(line: Line, start: int, begin: int) -> tuple[Span | None, int]:
    """Subject in front of an apposition between dashes: "Name — a title — said"."""
    dash = line.tags.rfind("-", start, begin - 1)
    if dash <= start or re.search("[VvG:;]", line.tags[dash:begin]):
        return None, begin
    return _phrase(line, start, dash, False)


def _phrase(  # noqa: PLR0911 — one construction after the other
    line: Line, start: int, begin: int, participle: bool
) -> tuple[Span | None, int]:
    """The noun phrase that ends at `begin`, or what its relative pronoun stands for."""
    n = len(line.tags)
    found = PHRASE.match(line.back, n - begin, n - start)
    if not found:
        return None, begin
    first = n - found.end()
    if line.tags[first] == "W" and first > start:
        other = line.tags.find("W", start, first) if line.tags[first - 1] == "&" else -1
        # "people who saw it and who said"
        return _antecedent(line, start, other if other > start else first), first
    speaking = SPEAKING.match(line.tags, start, begin)
    if speaking and speaking.end() == begin:
        return (start, begin), start  # "a source speaking to the paper said"
    relative = line.tags.find("W", start, begin) >= 0
    head = main(line, start, begin) if relative or participle else None
    if (
        head
        and line.tags[head[1]] == "W"
        and begin - head[1] > 3
        and "," not in line.tags[head[1] : begin]
    ):
        return (head[0], begin), head[0]  # "Two people who saw a draft said"
    if participle and line.low(begin - 1) in DOCUMENTS:
        return head or (first, begin), begin
    absolute = first > start and line.low(first - 1) == "with"  # "with one of them saying"
    if participle and head and head[0] < first and not absolute:
        return head, begin
    return (first, begin), first


def main(line: Line, start: int, stop: int) -> Span | None:
    """The subject of a sentence: the noun phrase it begins with, after an adverbial between
    commas."""
    at = MAIN.match(line.tags, start, stop).end()
    leading = LEADING.match(line.tags, at, stop)
    if leading and line.low(at).endswith(("ing", "ly")):
        at = leading.end()
    found = AHEAD.match(line.tags, at, stop)
    if not found:
        return None
    # "The mayor left the hall": a determiner in the middle shows that a verb stands before it
    inner = INNER.match(line.tags, at, min(found.end() + 2, stop))
    return (at, min(inner.end(), found.end()) if inner else found.end())


def _antecedent(line: Line, start: int, first: int) -> Span:
    n = len(line.tags)
    at = first - 1 if line.tags[first - 1] == "," else first
    found = PHRASE.match(line.back, n - at, n - start)
    if not found:
        return first, first + 1
    name = OF_NAME.search(line.tags, n - found.end(), at)
    if name and line.low(first) == "who" and not _person(line, name.start()):
        return name.span("name")  # "a setback for Name, who said"
    return n - found.end(), at


OF_NAME = re.compile(r"(?<=[xN])[fI](?P<name>M*C+)$")


def _person(line: Line, stop: int) -> bool:
    """Whether the noun that ends at `stop` is one for people, who may be who speaks."""
    word = line.low(stop - 1)
    return (
        word in PEOPLE
        or word in TITLES
        or word in ANONYMOUS
        or word.endswith(("er", "or", "ers", "ors", "ist", "ists"))
    )


def _apposed(line: Line, start: int, begin: int) -> tuple[Span | None, int]:
    """Subject before an apposition or relative clause: "Name, title of something, said"."""
    n = len(line.tags)
    first = MAIN.match(line.tags, start, begin).end()
    quoted = max(line.tags.rfind(mark, start, begin) for mark in "qQU:;")
    behind = (
        quoted + 1 + (line.tags[quoted + 1 : quoted + 2] in (",", ".")) if quoted >= 0 else first
    )
    for at in dict.fromkeys((start, first, behind)):
        found = AHEAD.match(line.tags, at, begin)
        beside = (
            found
            and found.end() < begin - 1
            and line.tags[found.end()] == ","
            and line.tags[at] not in "sI"
        )
        if beside and (
            not FINITE.match(line.tags, found.end(), begin)
            or PARTICIPLE.match(line.tags, found.end(), begin - 1)
            or RELATIVE.match(line.tags, found.end(), begin)
        ):
            return (at, begin - 1), at
    piece = BESIDE.match(line.back, n - begin, n - start)
    if not piece and line.tags[begin : begin + 1] == "r":
        return main(line, start, begin), begin  # "Name paused, then said"
    if not piece:
        return None, begin
    found = PHRASE.match(line.back, piece.end(), n - start)
    return ((n - found.end(), begin - 1), n - found.end()) if found else (None, begin)
