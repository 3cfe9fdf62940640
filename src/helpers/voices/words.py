"""A block as a string of tags, one letter for each word, so that grammar can be written as regular expressions.

Quotations stand in that string as one letter (q, Q or U), so a clause around a quotation is still one clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .closed import ABBREVIATIONS, CLASSES, PEOPLE, TITLES
from .verbs import reporting

TOKEN = re.compile(
    r"([a-z]++(?=[\s,])"  # most words, first because it is quick
    r"|\([^()\n]{0,300}\)"  # what stands in parentheses takes no part in the clause
    r"|[,;:.!?…—–](?!\.)|\.\.+|--+"
    rf"|(?=[A-Za-z][a-z]{{0,4}}\.\s)(?:{'|'.join(ABBREVIATIONS)})\."
    r"|(?:[^\W\d_]\.){2,6}|[A-Z]\.(?=\s[A-Z])"
    r"|to(?=[A-Z])(?<=ccording to)"
    r"|\$?\w+(?:[.'’‑-]\w+|,\d+)*+)\s*+"  # white space too, so that no search starts at it
)

COMPOUND = re.compile(r"[A-Z][a-z]+-[a-z]")  # "White-haired" at the start of a sentence is no name

PUNCTUATION = {
    ",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": "-", "—": "-", "–": "-",
}  # fmt: skip

UNAMBIGUOUS = frozenset(
    "say says tell tells argue argues believe believes think thinks know knows want wants insist insists write "
    "writes add adds explain explains admit admits deny denies agree agrees believes contend contends assert "
    "asserts suggest suggests concede concedes acknowledges describes announces seems appears".split()
)
"""Present forms that are no nouns."""

DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'./ -]{2,50}(?:, ?[^\n()—–-]{2,50})?\s*(?:\([^()\n]{2,40}\)\s*)?"
    r"|\([A-Z][\w /]{2,30}\)\s*|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\s?)(?:—|–|--?)\s?"
)
"""What may stand in front of a report: place, date, agency, dash."""

LIMIT = 200_000  # words remembered; a hostile text may hold any number of different ones

_closed = {word: tag for tag, words in CLASSES.items() for word in words.split()}


class _Tags(dict):
    """Word → tag, worked out when first asked for."""

    def __missing__(self, word: str) -> str:
        if len(self) > LIMIT:
            self.clear()
        tag = self[word] = _tag(word)
        return tag


_known = _Tags()


class Line(NamedTuple):
    """The words of one block.

    words   as written; a quotation, and a full stop that is not written, is ""
    spans   offsets of each into the article's text
    tags    one letter for each word (closed.CLASSES; C name, M title before a name, c y possessives, x other,
            e -ed, g -ing, d number, V v G reporting verb, q quotation, Q U with a full stop or a question or
            exclamation mark inside)
    back    tags reversed
    """

    words: list[str]
    spans: list[tuple[int, int]]
    tags: str
    back: str


def line(text: str, start: int, end: int, spans: Sequence[tuple[int, int]] = ()) -> Line:
    """Words of text[start:end] with each of `spans` (sorted, apart from each other) as one word."""
    dateline = DATELINE.match(text, start, end)
    at = dateline.end() if dateline and not (spans and dateline.end() > spans[0][0]) else start
    words: list[str] = []
    places: list[tuple[int, int]] = []
    tags: list[str] = []
    for left, right in spans:
        _plain(text, at, left, words, places, tags)
        _marked(text, left, right, words, places, tags)
        at = right
    _plain(text, at, end, words, places, tags)
    joined = "".join(tags)
    return Line(words, places, joined, joined[::-1])


def _plain(text: str, start: int, end: int, words: list[str], places: list, tags: list[str]) -> None:
    """Add the words outside quotations; whole lists at a time, because this is where the time goes."""
    found = list(TOKEN.finditer(text, start, end))
    new = [match[1] for match in found]
    known = [_known[word] for word in new]
    if " " in known:
        found = [match for match, tag in zip(found, known, strict=True) if tag != " "]
        new = [match[1] for match in found]
        known = [tag for tag in known if tag != " "]
    words += new
    tags += known
    places += [match.span(1) for match in found]


def _marked(text: str, left: int, right: int, words: list[str], places: list, tags: list[str]) -> None:
    """Add a quotation as one word, with the full stops that end a sentence before or in it."""
    if _ends_before(text, left, tags):
        words.append("")
        tags.append(".")
        places.append((left, left))
    words.append("")
    tags.append(_quotation(text, left, right))
    places.append((left, right))
    if tags[-1] == "Q" and text[right : right + 3].lstrip()[:1].isupper():
        words.append("")
        tags.append(".")
        places.append((right, right))


def _ends_before(text: str, left: int, tags: list[str]) -> bool:
    """Whether a quotation opens after a full stop that an abbreviation swallowed: "of Fresno, Calif. “I …"."""
    return bool(tags) and tags[-1] == "C" and text[max(left - 3, 0) : left].rstrip().endswith(".")


def _quotation(text: str, start: int, end: int) -> str:
    last = text[start:end].rstrip("”\"’'» ")[-1:]
    return "Q" if last in (".", "…") else "U" if last in ("?", "!") else "q"


def _tag(word: str) -> str:
    if word[0] == "(":
        return " "
    mark = PUNCTUATION.get(word) or ("-" if word[0] in ".-" else "")
    if mark:
        return mark
    low = word.lower().replace("’", "'")
    if word[0].isupper() and not COMPOUND.match(word):
        return _capital(word, low)
    return _closed_or_verb(low) or _open(low)


def _capital(word: str, low: str) -> str:
    if len(word) > 1 and word.isupper():
        return "C"
    if low == "may":
        return "t"
    tag = _closed.get(low)
    if tag and tag != "N":
        return tag
    if low.rstrip(".") in TITLES or low in PEOPLE:
        return "M"
    if low.endswith(("'s", "s'")):
        return "c"
    return "I" if low.endswith(("ed", "ing")) and low in reporting() else "C"


def _closed_or_verb(low: str) -> str:
    verb = reporting().get(low)
    if verb:
        if low.endswith("ing") and low != verb.lemma:
            return "G"
        present = low == verb.lemma or low.endswith("s")
        return "v" if present and low not in UNAMBIGUOUS else "V"
    return _closed.get(low, "")


def _open(low: str) -> str:
    if low[0].isdigit() or low[0] == "$":
        return "d"
    if low.endswith(("'s", "s'")):
        return "y"
    for ending, tag in (("ly", "r"), ("ed", "e"), ("ing", "g")):
        if low.endswith(ending) and len(low) > 4:
            return tag
    return "x"


SENTENCE = re.compile(
    r"(?:[^.QU]|Q(?=[VvGhb&,;:xrnIoseg])|U(?=[VvGhb&,;:xrnIos]|P[rh]?V|[MC]{1,4}[rh]?V|D[MxeN]{1,4}V))*+(?:[QU]\.*|\.+)?"
)


def sentences(tags: str) -> list[tuple[int, int]]:
    """Spans of the sentences in a string of tags.

    >>> sentences("PVx.qPV.")
    [(0, 4), (4, 8)]
    """
    return [found.span() for found in SENTENCE.finditer(tags) if found[0]]
