"""Turns of an interview or a transcript: which blocks who speaks.

In reading order: a transcript is told by labels in capitals (`ADA ORR, HOST:`), an interview by
labels (`Q:`, `River Post:`), else by questions that stand alone and are answered in the first
person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

LABEL = re.compile(
    r"[“\"«]?(?P<label>[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,3})[”\"»]?\s?[:.](?=\s)"
)
CAPITALS = re.compile(
    r"(?P<label>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+(?: [A-ZÀ-Þ.’'-]+){0,4})"
    r"(?:, (?P<role>[A-ZÀ-Þ][A-ZÀ-Þ .,’'-]{1,40}))?(?: \([^)]{1,40}\))?:(?=\s|$)"
)
HOSTS = re.compile(r"HOST|ANCHOR|BYLINE|CORRESPONDENT|REPORTER|MODERATOR|INTERVIEWER|PRESENTER")
STAGE = re.compile(r"[(\[][A-Z][A-Z ]{3,}[^)\]]*[)\]]$")
SHORT = frozenset({"q", "question", "a", "answer", "q.", "a."})
DASH = re.compile(r"(?:—|–|--?)\s")
NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){1,3}"
WITH = re.compile(
    r"(?:\b(?P<who>[Ss]he|[Hh]e|[Tt]hey|who) )?"
    r"(?:interview(?:ed)?(?: with)?|spoke (?:to|with)|talked (?:to|with)|sat down"
    r" with|asked|turned to|"
    r"the (?:interpretation|view|views|opinion|comment|comments) of|conversation with)"
    r"(?: [a-z][\w-]*| the| [A-Z][\w-]*(?= [a-z])){0,5}?\s+"
    rf"(?P<name>{NAME})"
)
FIRST_NAME = re.compile(rf"(?:^|[.!?]\s+)(?P<name>{NAME})\b")
PARTIES = 6  # labels that are looked at, the commonest first
FEW = 2  # turns of one label that make an interview
LABELS = 3  # blocks with a label in capitals that make a transcript
QUESTIONS = 3  # questions that stand alone that make an interview
LONGEST = 45  # words of such a question


class Turn(NamedTuple):
    """voice  interviewer or interviewee, "" for a block outside the interview; speaker  name or
    ""."""

    voice: str
    speaker: str


NONE = Turn("", "")


def turns(
    texts: list[str], *, author: str = "", byline: str = "", heads: Sequence[bool] = ()
) -> list[Turn]:
    """A turn for each block of an article, in order; all of them empty where it is no interview.

    texts   the blocks' texts: body and subheads
    author  who asks, where the questions are labelled Q or have no label
    byline  the article's authors, none of whom is the interviewee
    heads   whether each block is a subhead: it has a turn only where it is a question or a label
    """
    heads = list(heads) or [False] * len(texts)
    found = _transcript(texts) or _labelled(texts, author, byline)
    found = found or _questions(texts, author, byline)
    if not found:
        return [NONE] * len(texts)
    spoken = zip(found, heads, texts, strict=True)
    return [NONE if head and not _asks_or_labels(text) else turn for turn, head, text in spoken]


def _asks_or_labels(text: str) -> bool:
    return text.rstrip("*_ ").endswith("?") or bool(CAPITALS.match(text) or LABEL.match(text))


def _transcript(texts: list[str]) -> list[Turn]:
    """Turns by labels in capitals. Those who are called host or reporter, or who speak first where
    nobody is, ask; a host alone is the outlet itself."""
    labels = [CAPITALS.match(text) for text in texts]
    known = [match for match in labels if match]
    if len(known) < LABELS or len({match["label"] for match in known}) < 2:
        return []
    hosts = {m["label"] for m in known if m["role"] and HOSTS.search(m["role"])}
    hosts = hosts or {known[0]["label"]}
    full = {m["label"].split()[-1]: m["label"] for m in known if " " in m["label"]}
    asking = {name.split()[-1] for name in hosts}
    # in an excerpt what has no label is the article's again; a label alone is of what is below it
    whole = 2 * len(known) >= len(texts)
    now, found = NONE, []
    alone = False
    for text, label in zip(texts, labels, strict=True):
        if not label and not whole and not alone:
            now = NONE
        alone = bool(label) and label.end() == len(text.rstrip())
        if label:
            name = full.get(label["label"], label["label"])
            voice = "interviewer" if name.split()[-1] in asking else "interviewee"
            now = Turn(voice, _named(name))
        found.append(NONE if STAGE.match(text) else now)
    return found if any(turn.voice == "interviewee" for turn in found) else []


def _named(capitals: str) -> str:
    """A name as it is written: ADA O'ORR is Ada O'Orr."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), capitals)


def _labelled(texts: list[str], author: str, byline: str) -> list[Turn]:
    labels = [_label(text) for text in texts]
    if not any(labels):
        return []
    counts = Counter(label for label in labels if label)
    asking = _asking(texts, labels, counts)
    if not asking:
        return []
    answering = {
        name for name, n in counts.most_common(PARTIES) if name not in asking and _answers(name, n)
    }
    dashes = any(DASH.match(text) for text in texts)
    if not answering and not dashes and not any(text.rstrip().endswith("?") for text in texts):
        return []
    walk = _Walk(asking, answering, dashes, author, byline)
    return [walk.turn(text, label) for text, label in zip(texts, labels, strict=True)]


def _questions(texts: list[str], author: str, byline: str) -> list[Turn]:
    """Turns by questions that stand alone, each with an answer below it; half of the answers speak
    in the first person, half of the questions to somebody."""
    asked = [_stands_alone(text) for text in texts]
    places = [at for at, question in enumerate(asked) if question]
    answered = [at for at in places if at + 1 < len(texts) and not asked[at + 1]]
    if len(answered) < QUESTIONS:
        return []
    own = sum(bool(SELF.search(QUOTED.sub("", texts[at + 1]))) for at in answered)
    to = sum(bool(YOU.search(texts[at])) for at in answered)
    if 2 * own < len(answered) or 2 * to < len(answered):
        return []
    intro = texts[: places[0]]
    guest = ""
    for text in intro:
        guest = _guest(text, guest, byline)
    found, now = [], NONE
    for at, text in enumerate(texts):
        if asked[at]:
            now = Turn("interviewer", author)
        elif now.voice == "interviewer":
            now = Turn("interviewee", guest)
        elif now.voice and at > places[-1] + 1 and not SELF.search(QUOTED.sub("", text)):
            now = NONE  # what follows the last answer and is not in the first person
        found.append(now)
    return found


def _stands_alone(text: str) -> bool:
    plain = text.strip("*_ ")
    return plain.endswith("?") and 2 <= len(plain.split()) <= LONGEST and plain[0] not in "“\"‘'«"


def _guest(text: str, known: str, byline: str) -> str:
    """Whom an introduction names as the one who is asked: "spoke to X", but not where it is she who
    spoke, nor an author of the article; else the first person it names."""
    for match in reversed(list(WITH.finditer(text))):
        theirs = (
            match["who"] or match["name"] in byline or text[: match.start("name")].endswith("the ")
        )
        if not theirs:
            return match["name"]
        first = FIRST_NAME.search(text)
        return known or (first["name"] if first else "")
    first = FIRST_NAME.match(text)
    return known or (first["name"] if first and first["name"] not in byline else "")


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

    def __init__(
        self, asking: set[str], answering: set[str], dashes: bool, author: str, byline: str
    ):
        self.asking, self.answering, self.dashes = asking, answering, dashes
        self.author, self.byline = author, byline
        self.guest = ""
        self.last = NONE

    def turn(self, text: str, label: str) -> Turn:
        """The turn of the next block."""
        self.last = self._turn(text, label)
        return self.last

    def _turn(self, text: str, label: str) -> Turn:
        if label in self.asking:
            return Turn("interviewer", self.author if label.lower() in SHORT else label)
        if label in self.answering or (label and label == self.guest):
            return Turn("interviewee", self.guest if label.lower() in SHORT else label)
        inside = bool(self.last.voice)
        if inside and label and text.rstrip().endswith("?"):
            return Turn("interviewer", label)  # the outlet's name, once, among its Qs
        if self.dashes and DASH.match(text) and (inside or self.guest):
            return Turn("interviewee", self.guest)
        if (
            not inside
            or _mentions(text, self.asking)
            or (self.answering and _aside(text, self.answering))
        ):
            self.guest = _guest(text, self.guest, self.byline)
            return NONE
        return self.last if self.last.voice == "interviewee" else Turn("interviewee", self.guest)


FIRST = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s|[Yy]ou)\b")
SELF = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
YOU = re.compile(r"\b[Yy]ou(?:r|['’]\w+)?\b")
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
