"""Turns of an interview: which blocks the interviewer speaks, which the interviewee."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

LABEL = re.compile(
    r"[“\"«]?(?P<label>[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,3})[”\"»]?\s?[:.](?=\s)"
)
SHORT = frozenset({"q", "question", "a", "answer", "q.", "a."})
DASH = re.compile(r"(?:—|–|--?)\s")
WITH = re.compile(
    r"(?:interview(?:ed)?(?: with)?|spoke (?:to|with)|talked (?:to|with)|sat down"
    r" with|asked|turned to|"
    r"the (?:interpretation|view|views|opinion|comment|comments) of|conversation with)"
    r"(?: [a-z][\w-]*| the| [A-Z][\w-]*(?= [a-z])){0,5}?\s+(?P<name>[A-Z][\w’'-]+(?:"
    r" (?:[A-Z]\.|[A-Z][\w’'-]+)){1,3})"
)
PARTIES = 6  # labels that are looked at, the commonest first
FEW = 2  # turns of one label that make an interview


class Turn(NamedTuple):
    """voice  interviewer or interviewee, "" for a block outside the interview; speaker  name or
    ""."""

    voice: str
    speaker: str


NONE = Turn("", "")


def turns(texts: list[str], *, author: str = "") -> list[Turn]:
    """A turn for each body block of an article, in order; all of them empty where it is no
    interview.

    texts   the blocks' texts
    author  who asks, where the questions are labelled Q
    """
    labels = [_label(text) for text in texts]
    if not any(labels):
        return [NONE] * len(texts)
    counts = Counter(label for label in labels if label)
    asking = _asking(texts, labels, counts)
    if not asking:
        return [NONE] * len(texts)
    answering = {
        name for name, n in counts.most_common(PARTIES) if name not in asking and _answers(name, n)
    }
    dashes = any(DASH.match(text) for text in texts)
    if not answering and not dashes and not any(text.rstrip().endswith("?") for text in texts):
        return [NONE] * len(texts)
    walk = _Walk(asking, answering, dashes, author)
    return [walk.turn(text, label) for text, label in zip(texts, labels, strict=True)]


def _label(text: str) -> str:
    found = LABEL.match(text)
    return found["label"] if found else ""


def _answers(label: str, count: int) -> bool:
    return label.lower() in SHORT or count >= FEW


def _asking(texts: list[str], labels: list[str], counts: Counter[str]) -> set[str]:
    """The labels that ask: Q, or one that is there twice and whose turns mostly hold a question
    mark."""
    marked = Counter(own for text, own in zip(texts, labels, strict=True) if own and "?" in text)
    asking = set()
    for label, count in counts.most_common(PARTIES):
        short = label.lower().rstrip(".")
        if count >= FEW and (
            short in ("q", "question") or (short not in SHORT and marked[label] * 2 > count)
        ):
            asking.add(label)
    return asking


class _Walk:
    """Goes through the blocks in order; the introduction and breaks stay the outlet's."""

    def __init__(self, asking: set[str], answering: set[str], dashes: bool, author: str):
        self.asking, self.answering, self.dashes, self.author = asking, answering, dashes, author
        self.guest = ""
        self.last = NONE

    def turn(self, text: str, label: str) -> Turn:
        """The turn of the next block."""
        self.last = self._turn(text, label)
        return self.last

    def _turn(self, text: str, label: str) -> Turn:
        if label in self.asking:
            return Turn("interviewer", self.author if label.lower() in SHORT else label)
        if label in self.answering:
            return Turn("interviewee", self.guest if label.lower() in SHORT else label)
        inside = bool(self.last.voice)
        if self.dashes and DASH.match(text) and (inside or self.guest):
            return Turn("interviewee", self.guest)
        if (
            not inside
            or _mentions(text, self.asking)
            or (self.answering and _aside(text, self.answering))
        ):
            names = [match["name"] for match in WITH.finditer(text)]
            self.guest = names[-1] if names else self.guest
            return NONE
        return self.last if self.last.voice == "interviewee" else Turn("interviewee", self.guest)


FIRST = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s|[Yy]ou)\b")
THIRD = re.compile(r"\b[Ss]?[Hh]e(?:['’]s)?\b")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def _aside(text: str, answering: set[str]) -> bool:
    """Whether a block between labelled turns tells of a speaker in the third person, which is the
    outlet's work."""
    own = QUOTED.sub("", text)
    if FIRST.search(own):
        return False
    return bool(THIRD.search(own)) or any(text.startswith(f"{label} ") for label in answering)


def _mentions(text: str, asking: set[str]) -> bool:
    """Whether a block speaks of the interviewer, which neither party does."""
    return any(len(label) > 2 and label in text for label in asking)
