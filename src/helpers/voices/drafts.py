"""From reporting clauses to rows: which quotation, which speech, whose."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from . import notspeech
from .clauses import VERBAL, reports
from .closed import CLASSES
from .cues import AHEAD, Span, main
from .names import BESIDE, NOBODY, Names, Speaker
from .tails import MARKED, NO_CLAUSE, Said
from .verbs import reporting
from .words import Line, sentences

QUOTED = "qQU"
NAME = re.compile(r"CCC{0,2}(?=[hbrnVveW]|x[DI])")
BARE = re.compile(r"[qQU.,:;&-]*")
LABEL = re.compile("M*C{1,4}:")
LED = frozenset({"a", "an", "as", "only"})
AROUND = ("according to", "verb after content")
POSSESSOR = re.compile(
    r":?b?[Nxv][ex]?(?P<whose>cC*|H)"
)  # read backwards: "Name's view:" in front of a quotation


About = tuple[Speaker, Span | None, Span, str]
"""Speaker, source, cue and rule of a row."""


class Draft(NamedTuple):
    """A row of `quotes` before it has a number; source and cue are offsets."""

    start: int
    end: int
    kind: str
    speaker: Speaker
    source: Span | None
    cue: Span | None
    rule: str


class Marked(NamedTuple):
    """Words in marks that nobody spoke: `what` is name or scare."""

    start: int
    end: int
    what: str
    rule: str


PRONOUNS = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}
FAR = 6
"""Paragraphs down to which "she" goes past a man who was named since."""

NEAR = 3
"""Paragraphs down to which a pronoun may go back to a person who was named."""


class Drafter:
    """Goes through an article's lines in order and remembers who spoke last.

    given   True where every quotation is known to be somebody's speech
    spoken  numbers of the lines that are turns of an interview: only quoted words make rows there
    """

    def __init__(
        self, text: str, names: Names, *, given: bool = False, spoken: frozenset[int] = frozenset()
    ):
        self.text, self.names, self.given, self.spoken = text, names, given, spoken
        self.rows: list[Draft] = []
        self.marked: list[Marked] = []
        self.speaker, self.person = NOBODY, NOBODY
        self.known, self.met = NOBODY, -9
        self.people: list[tuple[Speaker, int]] = []
        self.source: Span | None = None
        self.cue: Span | None = None
        self.last, self.place = -2, -2
        self.recent: tuple[Speaker, Span] | None = None
        self.number, self.line, self.reach = 0, Line([], [], "", "", {}), 0
        self.covered: set[int] = set()

    def read(self, lines: list[Line]) -> tuple[list[Draft], list[Marked]]:
        """Rows and marked words of the lines, in the order of the text."""
        for number, line in enumerate(lines):
            self.number, self.line = number, line
            if self._labelled():
                continue
            for start, end in sentences(line.tags):
                self._sentence(start, end)
        return self.rows, self.marked

    def _labelled(self) -> bool:
        """Whether a block is "Name: what Name says", as headlines are; makes its row."""
        line = self.line
        label = LABEL.match(line.tags) if self.number not in self.spoken else None
        if not label or self.given or not VERBAL.match(line.tags, label.end()):
            return False
        speaker = self.names.speaker(line, 0, label.end() - 1, NOBODY)
        if speaker.kind != "person" or " " not in speaker.name:
            return False
        at, last = label.end(), len(line.tags) - 1
        kind = "mixed" if MARKED.search(line.tags, at) else "indirect"
        if MARKED.fullmatch(line.tags[at:].strip(".,")):
            kind = "direct"
        source, cue = self._chars(0, at - 1), self._chars(at - 1, at)
        while line.tags[last] == "." and last > at:
            last -= 1
        end = line.end(last)
        self.rows.append(Draft(line.starts[at], end, kind, speaker, source, cue, "name and colon"))
        self._remember(speaker, source, cue, "")
        return True

    def _sentence(self, start: int, end: int) -> None:
        line, first = self.line, len(self.rows)
        found = reports(line, start, end)
        self.covered.clear()
        if found:
            self.reach = line.starts[start]
            self._reports(found)
        for mark in MARKED.finditer(line.tags, start, end) if line.quotes else ():
            if mark.start() not in self.covered:
                self._alone(start, end, mark.start())
        if len(self.rows) - first > 1:
            self.rows[first:] = sorted(self.rows[first:])
        if not found:
            self._subject(start, end)

    def _reports(self, found: list[Said]) -> None:
        """Rows of what the reporting clauses of one sentence say."""
        stretches = []
        inner = _nested(found) if len(found) > 1 else ()
        for said in found:
            about = self._about(said)
            if said.source and said.cue not in inner and not self._relative(said):
                self._remember(*about)
            stretches += [(left, -right, said, about) for left, right in said.contents]
        if len(found) > 1:
            stretches = sorted(_inner(stretches), key=lambda row: row[:2])
        for left, right, said, about in stretches:
            self._content(said, about, left, -right)

    def _relative(self, said: Said) -> bool:
        """Whether a relative clause tells what somebody did who is not the sentence's subject: "He
        named Ann Moore, who voted for it. He said …"."""
        start, at = said.source[0], said.cue[0] - 1
        before = self.line.tags[start - 1 : start]
        return self.line.tags[at] == "W" and bool(before) and before not in ".QU"

    def _about(self, said: Said) -> About:
        if not said.source:
            return NOBODY, None, self._chars(*said.cue), said.rule
        word = self.line.low(said.source[0]).partition("'")[0]
        if word == "it":
            self._named_before(said.source[0])
        before = self._before(word)
        speaker = self.names.speaker(self.line, *said.source, before)
        return speaker, self._chars(*said.source), self._chars(*said.cue), said.rule

    def _named_before(self, place: int) -> None:
        """Note which organisation "it" means where it is the subject of the same sentence: "The
        council has photos that it says are new"."""
        start = max(self.line.tags.rfind(mark, 0, place) for mark in ".QU") + 1
        span = main(self.line, start, place) if start < place else None
        if span and self.line.tags[span[1] - 1] in "xC" and self.line.tags[span[0]] != "P":
            speaker = self.names.speaker(self.line, *span, NOBODY)
            if speaker.kind == "organisation":
                self.names.thing = speaker

    def _before(self, word: str) -> Speaker:
        """Whom a pronoun goes back to: the last speaker, if it is one person, else the last person
        who was named, not far above; somebody earlier where "he" is said of a woman."""
        nearest = self._nearest()
        asked = PRONOUNS.get(word)
        if not asked or self.names.gender(nearest.name) in ("", asked):
            return nearest
        for speaker, number in reversed(self.people):
            if self.number - number > FAR:
                break
            if self.names.gender(speaker.name) in ("", asked):
                return speaker
        return NOBODY

    def _nearest(self) -> Speaker:
        one = self.person.kind == "person" or self.person.name.startswith(("a ", "an ", "one "))
        near = self.number - self.met <= NEAR
        return self.person if one or not near else self.known

    def _met(self, speaker: Speaker) -> None:
        if speaker.kind == "person":
            self.known, self.met = speaker, self.number
            if not self.people or self.people[-1] != (speaker, self.number):
                self.people.append((speaker, self.number))

    def _remember(
        self, speaker: Speaker, source: Span | None, cue: Span | None, _rule: str
    ) -> None:
        self.speaker, self.last = speaker, self.number
        self.recent = None
        self.source, self.cue = source, cue
        if speaker.kind in ("person", "anonymous"):
            self.person = speaker
        self._met(speaker)

    def _subject(self, start: int, end: int) -> None:
        """A person who opens a sentence is whom a pronoun, or a quotation alone, after it means."""
        span = main(self.line, start, end)
        if not span or span[1] >= end or self.line.tags[span[1]] not in "hbrnVvex,Wf":
            found = NAME.search(self.line.tags, start, end)
            span = found.span() if found else None
        if not span:
            return
        stop = (
            span[1] - 1
            if self.line.tags[span[1] - 1] in "xv" and self.line.tags[span[1]] not in "hb,"
            else span[1]
        )
        beside = BESIDE.match(self.line.tags, stop, end)
        if not beside and self.line.tags[span[0]] == "P":
            return  # nobody new
        stop = beside.end() - 1 if beside else stop
        speaker = (
            self.names.speaker(self.line, span[0], stop, self.person) if stop > span[0] else NOBODY
        )
        if speaker.kind in ("person", "anonymous") and self.line.tags[span[0]] != "P":
            self.person = speaker
            self._met(speaker)
            self.recent, self.place = (speaker, self._chars(span[0], stop)), self.number

    def _chars(self, first: int, stop: int) -> Span:
        return self.line.starts[first], self.line.end(stop - 1)

    def _announced(self, at: int, stop: int) -> bool:
        """Whether a quotation ends a stretch after a colon, which makes it a row of its own."""
        tags = self.line.tags
        return stop - at > 2 and tags[stop - 1] in QUOTED and tags[stop - 2] == ":"

    def _content(self, said: Said, about: About, start: int, stop: int) -> None:
        """Rows of one stretch of content."""
        line = self.line
        start = bisect_left(line.starts, self.reach, start, stop)
        quoted = (
            [mark.start() for mark in MARKED.finditer(line.tags, start, stop)]
            if line.quotes
            else []
        )
        if quoted and said.takes in ("object", "charge"):
            quoted = [at for at in quoted if not self._work(at)]
            if not quoted:
                return  # "praised the film “Title”"
        bare = bool(quoted) and bool(BARE.fullmatch(line.tags, start, stop))
        if quoted and self._announced(start, stop):
            if VERBAL.match(line.tags, start, stop - 2):
                self._content(said, about, start, stop - 2)
            start = stop - 1
            quoted, bare = [start], True
        if quoted and (bare or self.given or said.takes in ("object", "charge")):
            self._pieces(quoted, about)
        elif start < stop and self.number not in self.spoken:
            self.covered.update(quoted)
            self.reach = line.end(stop - 1)
            kind = "mixed" if quoted else "attitude" if self._attitude(said) else "indirect"
            self.rows.append(Draft(line.starts[start], self.reach, kind, *about))

    def _attitude(self, said: Said) -> bool:
        words = self.line.words(*said.cue)
        return _attitude(said, next((w.lower() for w in reversed(words) if _known(w)), ""))

    def _work(self, at: int) -> bool:
        """Whether a quotation is the title of a film or book, which nobody says; marks it."""
        left, right = self.line.starts[at], self.line.quotes[at]
        work = notspeech.work(self.text, left, right)
        if work:
            self.covered.add(at)
            self.marked.append(Marked(left, right, "name", "title of a work"))
        return work

    def _pieces(self, quoted: list[int], about: About) -> None:
        for at in quoted:
            if at not in self.covered:
                self.covered.add(at)
                self.reach = self.line.quotes[at]
                self.rows.append(Draft(self.line.starts[at], self.reach, "direct", *about))

    def _alone(self, start: int, end: int, at: int) -> None:
        """A quotation that no reporting clause takes: a continuation, a fragment, or no speech at
        all."""
        line = self.line
        left, right = line.starts[at], line.quotes[at]
        whole = bool(BARE.fullmatch(line.tags, start, end))
        possessor = POSSESSOR.match(line.back, len(line.tags) - at, len(line.tags) - start)
        if possessor and (":" in possessor[0] or "N" in possessor[0]):
            self._possessed(
                len(line.tags) - possessor.end(), len(line.tags) - possessor.start("whose"), at
            )
            return
        if not whole and not self.given:
            what, rule = notspeech.verdict(self.text, left, right)
            if what != "speech" and not (what == "scare" and self._called(start, at)):
                self.marked.append(Marked(left, right, what, rule))
                return
        own = None if whole else self._own(start, at)
        if own:
            speaker = self.names.speaker(line, *own, self.person)
            self.rows.append(
                Draft(
                    left,
                    right,
                    "direct",
                    speaker,
                    self._chars(*own),
                    None,
                    "fragment in its speaker's sentence",
                )
            )
            if at == start and speaker.kind == "person":  # "“…,” Name retaliated. “…”"
                self._remember(speaker, self._chars(*own), None, "")
            return
        self._goes_on(left, right)

    def _called(self, start: int, at: int) -> bool:
        """Whether marked words are what a person is said to have said: "saw only “the language of
        …”"."""
        words = self.text[self.line.starts[at] : self.line.quotes[at]].count(" ") + 1
        before = self.line.low(at - 1) if at > start else ""
        attribute = self.line.tags[at + 1 : at + 2] in ("x", "C")  # a “come and see” mood
        if (
            words < 2
            or (words == 2 and before not in LED)
            or attribute
            or self.number in self.spoken
        ):
            return False
        own = self._own(start, at)
        return bool(own) and self.names.speaker(self.line, *own, self.person).kind == "person"

    def _possessed(self, first: int, stop: int, at: int) -> None:
        """ "Name's view: “…”": the possessor speaks."""
        speaker = self.names.speaker(self.line, first, stop, self.person)
        source, cue = self._chars(first, stop), self._chars(stop, at)
        self.rows.append(
            Draft(
                self.line.starts[at],
                self.line.quotes[at],
                "direct",
                speaker,
                source,
                cue,
                "possessor",
            )
        )

    def _own(self, start: int, at: int) -> Span | None:
        """The subject of the sentence a fragment stands in."""
        if at == start:
            found = AHEAD.match(self.line.tags, at + 1)
            return found.span() if found else None
        return main(self.line, start, at)

    def _goes_on(self, left: int, right: int) -> None:
        """A quotation that stands alone: its speaker is in the sentence or paragraph before."""
        if self.recent and self.number - self.place <= 1:
            self.speaker, self.source = self.recent
            self.cue, self.recent, self.last = None, None, self.number
        if self.number - self.last <= 1 and self.source is not None:
            rule = "goes on after its speaker"
            self.rows.append(
                Draft(left, right, "direct", self.speaker, self.source, self.cue, rule)
            )
            self.last = self.number
        else:
            self.rows.append(Draft(left, right, "direct", NOBODY, None, None, "nobody near"))


NOUNS = frozenset(CLASSES["N"].split())


def _known(word: str) -> bool:
    return word.lower() in reporting() or word.lower() in NOUNS


FELT = frozenset(
    [
        "fear",
        "worry",
        "wonder",
        "hope",
        "doubt",
        "decline",
        "refuse",
        "belief",
        "fears",
        "hopes",
        "concern",
        "concerns",
        "view",
        "idea",
        "notion",
        "opinion",
    ]
)
"""Verbs and nouns of other classes that tell what somebody feels, thinks or will not do."""


def _attitude(said: Said, cue: str) -> bool:
    """Whether a report tells what somebody thinks, wants or does, and not what was said."""
    if said.takes == "object" or said.rule == NO_CLAUSE:
        return True
    if cue in FELT and said.rule != "in somebody's view":
        return True
    verb = reporting().get(cue)
    return verb is not None and (verb.lemma in FELT or verb.group in ("believing", "intending"))


def _inner(stretches: list) -> list:
    """Leave out what is said about a whole report: "S said that C, according to X" is said by S."""
    told = {
        said.source[0]
        for *_, said, _ in stretches
        if said.source and said.rule == "verb before content" and said.takes in ("clause", "hearer")
    }
    return [row for row in stretches if not (row[2].rule in AROUND and row[0] in told)]


def _nested(found: list[Said]) -> set[Span]:
    """The cues that stand inside what another one reports."""
    return {
        said.cue
        for said in found
        if any(left <= said.cue[0] < right for other in found for left, right in other.contents)
    }
