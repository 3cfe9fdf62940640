"""Lines of an article's text, with what the rules look at."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

HEAD = (
    400  # characters of a line that rules read: what makes a line boilerplate stands at its start
)
SAMPLE = 40  # words by whose first letters a line is judged
WORD = re.compile(r"\w+")
_FINAL = frozenset(".!?…:;。！？")
_CLOSING = "\"'”’»)]“ \u00a0\u202f*_"  # may stand behind a final mark
_FIRST = itemgetter(0)
_BULLET = re.compile(r"[*+•·▪‣◦○●►»>-]\s|\d{1,2}[.)]\s")
_FIGURE = re.compile(r"\d+")
_ZEROS = re.compile("00+")
_BLANKS = re.compile("  +")
_MARKS = "“”‘’–—…\xa0©•£"  # all that is not ASCII in most English texts, and no part of a word
_ASCII = {
    at: "0" if chr(at).isdigit() else chr(at).lower() if WORD.match(chr(at)) else " "
    for at in range(128)
    if chr(at) != "\n"
}
"""What `key` makes of each ASCII character."""
_SMALL = b"abcdefghijklmnopqrstuvwxyz"


class Line(NamedTuple):
    """A line of text, stripped: `start` and `end` are character offsets into the article's text.

    low      the first 400 characters in lower case, apostrophes straightened, without a bullet
    words    number of words, at least one for each eight characters (scripts without spaces)
    final    ends as a sentence ends
    lower    share of the words that begin with a small letter, counted in the first 40 words
    bullet   begins as an item of a list
    quoted   has quotation marks
    """

    start: int
    end: int
    text: str
    low: str
    words: int
    final: bool
    lower: float
    bullet: bool
    quoted: bool


def lines(text: str) -> list[Line]:
    """Split a text at its line breaks and leave out empty lines; linear in the text's length."""
    found, at = [], 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped[0])
            found.append(line(text, start, start + len(stripped)))
        at += len(raw)
    return found


_ONE_LINE = dict.fromkeys(map(ord, "\r\n\t"), " ")


def line(text: str, start: int, end: int) -> Line:
    """The line that text[start:end] is, several of a wrapped paragraph as one; both ends must be
    stripped of white space."""
    own = text[start:end].translate(_ONE_LINE)
    bullet = _BULLET.match(own)
    top = own[:HEAD]
    head = own[bullet.end() :][:HEAD].lstrip() if bullet else top
    # the words of a long line are counted by its spaces
    parts = head.split(None, SAMPLE) if len(own) > HEAD else head.split()
    firsts = "".join(map(_FIRST, parts[:SAMPLE]))
    words = own.count(" ") + 1 if len(own) > HEAD else len(parts)
    least = len(own) // 8
    return Line(
        start,
        end,
        own,
        head.lower().replace("’", "'"),
        words if words > least else least,
        own[-8:].rstrip(_CLOSING)[-1:] in _FINAL,
        _small(firsts) / len(firsts) if firsts else 0.0,
        bullet is not None,
        '"' in top or "“" in top or "”" in top or "«" in top or "»" in top or "„" in top,
    )


def _small(letters: str) -> int:
    """How many of some letters are small; ASCII, which most are, in a third of the time."""
    if letters.isascii():
        return len(letters) - len(letters.encode().translate(None, _SMALL))
    return sum(map(str.islower, letters))


def key(text: str) -> str:
    """The normalised form under which a line is counted: its words in lower case, each figure as
    0."""
    return _FIGURE.sub("0", " ".join(WORD.findall(text[:HEAD].lower())))


def says(row: Line, known: str) -> bool:
    """Whether a line has the given key; what is of another length is not looked at word by word."""
    if not known or not 0.9 * len(known) <= row.end - row.start <= 2 * len(known) + 20:
        return False
    return key(row.text) == known


def line_keys(text: str) -> set[str]:
    """Keys of the lines of a text, so that lines repeated over an outlet's articles can be counted.

    text     an article's text
    returns  set of keys, see `key`; lines without words have none

    >>> line_keys("Share this story!")
    {'share this story'}
    """
    plain = "\n".join([part.strip()[:HEAD] for part in text.splitlines()])
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    keys = set()
    if not plain.isascii():
        keys = {key(row) for row in plain.split("\n") if not row.isascii()}
        plain = "\n".join([row for row in plain.split("\n") if row.isascii()])
    # the other lines all at once, in a quarter of the time
    words = _BLANKS.sub(" ", _ZEROS.sub("0", plain.translate(_ASCII)))
    keys.update([row.strip() for row in words.split("\n")])
    keys.discard("")
    return keys
