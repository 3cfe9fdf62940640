"""A block as a string of tags, one letter for each word, so that grammar can be written as regular
expressions.

Quotations stand in that string as one letter (q, Q or U), so a clause around a quotation is still
one clause.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, compress
from typing import NamedTuple

from .closed import ABBREVIATIONS, CLASSES, PEOPLE, TITLES
from .verbs import reporting

TOKEN = re.compile(
    r"(?:[a-z]+(?=[\s,])|[A-Z][a-z]+(?=\s)"  # most words, first because it is quick
    r"|\([^()\n]{0,300}\)"  # what stands in parentheses takes no part in the clause
    r"|\.,"  # a full stop in front of a comma ends no sentence: "Ann Moore, D-Lund., said"
    r"|[,;:.!?…—–](?!\.)|\.\.+|--+"
    rf"|(?=[A-Za-z][a-z]{{0,4}}\.\s)(?:{'|'.join(sorted(ABBREVIATIONS))})\."
    r"|(?:[^\W\d_]\.){2,6}|[A-Z]\.(?=\s[A-Z])"
    r"|to(?=[A-Z])(?<=ccording to)"
    # and every other character, so that lengths add up to offsets
    r"|\$?\w+(?:[.'’‑-]\w+|,\d+)*|\S)\s*"
)
SPACE = re.compile(r"\s*")

COMPOUND = re.compile(r"[A-Z][a-z]+-[a-z]")  # "White-haired" at the start of a sentence is no name

PUNCTUATION = {
    ",": ",",
    ".,": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": "-",
    "—": "-",
    "–": "-",
}

PRESENT = (
    "say says tell tells argue argues believe believes think thinks know knows want wants insist"
    " insists write writes add adds explain explains admit admits deny denies agree agrees believes"
    " contend contends assert asserts suggest suggests concede concedes acknowledges describes"
    " announces seems appears"
)
UNAMBIGUOUS = frozenset(PRESENT.split())
"""Present forms that are no nouns."""

DATELINE = re.compile(
    r"(?:[A-Z][A-Z’'./ -]{2,50}(?:, ?[^\n()—–-]{2,50})?\s*(?:\([^()\n]{2,40}\)\s*)?"
    r"|\([A-Z][\w /]{2,30}\)\s*|[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?\s?)(?:—|–|--?)\s?"
)
"""What may stand in front of a report: place, date, agency, dash."""

LIMIT = 200_000  # words remembered; a hostile text may hold any number of different ones

_closed = {word: tag for tag, words in CLASSES.items() for word in words.split()}


class _Tags(dict):
    """Word with the white space behind it → tag, worked out when first asked for."""

    def __missing__(self, piece: str) -> str:
        if len(self) > LIMIT:
            self.clear()
        tag = self[piece] = _tag(piece.rstrip())
        return tag


_known = _Tags()


class Line(NamedTuple):
    """The words of one block.

    pieces  words as written, each with the white space behind it, because cutting that off every
            word takes longer
            than reading it; a quotation, and a full stop that is not written, is ""
    starts  offset of each into the article's text
    tags    one letter for each word (closed.CLASSES; C name, M title before a name, c y
            possessives, x other,
            e -ed, g -ing, d number, V v G reporting verb, q quotation, Q U with a full stop or a
            question or
            exclamation mark inside)
    back    tags reversed
    quotes  number of the word that a quotation is → offset of the quotation's end
    """

    pieces: list[str]
    starts: list[int]
    tags: str
    back: str
    quotes: dict[int, int]

    def word(self, at: int) -> str:
        """One word as written."""
        return self.pieces[at].rstrip()

    def low(self, at: int) -> str:
        """One word in lower case."""
        return self.pieces[at].rstrip().lower()

    def words(self, first: int, stop: int) -> list[str]:
        """Words as written."""
        return [piece.rstrip() for piece in self.pieces[first:stop]]

    def end(self, at: int) -> int:
        """Offset at which a word ends."""
        piece = self.pieces[at]
        return (
            self.starts[at] + len(piece.rstrip()) if piece else self.quotes.get(at, self.starts[at])
        )


def line(text: str, start: int, end: int, spans: Sequence[tuple[int, int]] = ()) -> Line:
    """Words of text[start:end] with each of `spans` (sorted, apart from each other) as one word."""
    dateline = DATELINE.match(text, start, end)
    at = dateline.end() if dateline and not (spans and dateline.end() > spans[0][0]) else start
    if not spans:
        pieces, starts, tags = _plain(text, at, end)
        return Line(pieces, starts, tags, tags[::-1], {})
    found = _Builder(text)
    for left, right in spans:
        found.plain(at, left)
        found.quotation(left, right)
        at = right
    found.plain(at, end)
    tags = "".join(found.tags)
    return Line(found.pieces, found.starts, tags, tags[::-1], found.quotes)


def _plain(text: str, start: int, end: int) -> tuple[list[str], list[int], str]:
    """Pieces, starts and tags of text without quotations; whole lists at a time: here the time
    goes."""
    start = SPACE.match(text, start, end).end()
    pieces = TOKEN.findall(text, start, end)
    tags = "".join(map(_known.__getitem__, pieces))
    starts = list(accumulate(map(len, pieces), initial=start))
    starts.pop()
    if " " in tags:
        kept = [tag != " " for tag in tags]
        return list(compress(pieces, kept)), list(compress(starts, kept)), tags.replace(" ", "")
    return pieces, starts, tags


# "“It is shut.” Ada Berg said.": a full stop where a comma should be
SPOKEN_BY = re.compile(
    r"\s(?:[A-Z][\w.’'-]{0,30}\s){1,3}(?:said|says|added|adds|told \w+|wrote|asked)"
    r"(?: (?:on )?[A-Z][a-z]+day)?[.,](?=\s|$)"
)


class _Builder:
    """Collects the words of a line with quotations from left to right."""

    def __init__(self, text: str):
        self.text = text
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.tags: list[str] = []  # of several words each, none of them empty
        self.quotes: dict[int, int] = {}

    def plain(self, start: int, end: int) -> None:
        """Add the words outside quotations."""
        pieces, starts, tags = _plain(self.text, start, end)
        if tags:
            self.pieces += pieces
            self.starts += starts
            self.tags.append(tags)

    def quotation(self, left: int, right: int) -> None:
        """Add a quotation as one word, with the full stops that end a sentence before or in it."""
        if _ends_before(self.text, left, self.tags):
            self._add(".", left)
        tag = _quotation(self.text, left, right)
        self.quotes[len(self.pieces)] = right
        self._add(tag, left)
        after = self.text[right : right + 3].lstrip()[:1].isupper()
        if tag == "Q" and after and not SPOKEN_BY.match(self.text, right):
            self._add(".", right)

    def _add(self, tag: str, at: int) -> None:
        self.pieces.append("")
        self.starts.append(at)
        self.tags.append(tag)


def _ends_before(text: str, left: int, tags: list[str]) -> bool:
    """Whether a quotation opens after a full stop that an abbreviation swallowed: "of Lund, Fla. “I
    …"."""
    return (
        bool(tags)
        and tags[-1].endswith("C")
        and text[max(left - 3, 0) : left].rstrip().endswith(".")
    )


def _quotation(text: str, start: int, end: int) -> str:
    last = text[start:end].rstrip("”\"’'» ")[-1:]
    return "Q" if last in (".", "…") else "U" if last in ("?", "!") else "q"


def _tag(word: str) -> str:
    if word[0] == "(" or not (word[0] == "$" or word[0].isalnum() or word[0] in "_,;:.!?…—–-"):
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
    if low in ("may", "says", "said"):
        return "t" if low == "may" else "V"
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
    if low.endswith("thing"):
        return "x"  # "nothing" is no participle
    for ending, tag in (("ly", "r"), ("ed", "e"), ("ing", "g")):
        if low.endswith(ending) and len(low) > 4:
            return tag
    return "x"


# 300 words at most, so that a text without full stops takes no longer than others
SENTENCE = re.compile(
    r"(?:[^.QU]|Q(?=[VvGhb&,;:xrnIoseg])|U(?=[VvGhb&,;:xrnIos]|P[rh]?V|[MC]{1,4}[rh]?V|D[MxeN]{1,4}V)){0,300}(?:[QU]\.*|\.+)?"
)


UNQUOTED = re.compile(r"[^.]{0,300}\.*")  # the same where no sentence can end with a quotation


def sentences(tags: str) -> list[tuple[int, int]]:
    """Spans of the sentences in a string of tags.

    >>> sentences("PVx.qPV.")
    [(0, 4), (4, 8)]
    """
    pattern = SENTENCE if "Q" in tags or "U" in tags else UNQUOTED
    return [found.span() for found in pattern.finditer(tags) if found[0]]
