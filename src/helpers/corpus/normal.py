"""A text as it is matched: what no reader sees is gone, what was damaged is mended, and every
character knows where it stood in the text as received."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

_UNSEEN = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
"""Soft hyphen, zero-width space, word joiner, byte order mark, marks of direction."""

_JOINERS = "\u200c\u200d"  # they shape other scripts' letters and emoji; in Latin words nothing

INVISIBLE = frozenset(_UNSEEN + _JOINERS)
"""Characters that nobody sees and that are no white space: a text of them is empty."""

_C1 = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_BEHIND = re.escape(_C1) + "\x80-\xbf"  # second bytes of UTF-8, read as Windows-1252 or Latin-1
_MISREAD = (
    rf"(?<![A-ZÀ-Þ]{{2}})(?:[\xc2-\xdf][{_BEHIND}]|[\xe0-\xef][{_BEHIND}]{{2}}"
    rf"|[\xf0-\xf4][{_BEHIND}]{{3}})"
)
_PLAUSIBLE = re.compile("[\xa0-\u017f\u02c6\u02dc\u2010-\u203a\u20ac\u2122\U0001f300-\U0001faff]")
_ENTITY = r"&(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});"
_LIGATURE = "[\ufb00-\ufb06]"
_MARKED = "\\w[\u0300-\u036f]+"  # a letter, and accents that stand apart from it
_BROKEN = r"[ \t]*(?:\r\n?|\n)[ \t]*"
_ODD = re.compile(
    rf"[{_UNSEEN}]+|(?<=[a-zA-Z])[{_JOINERS}]+(?=[a-zA-Z])|{_LIGATURE}|{_MARKED}|{_MISREAD}"
    rf"|{_ENTITY}|{_BROKEN}"
)
_SEEN = re.compile(rf"[{_UNSEEN}{_JOINERS}\u0300-\u036f\ufb00-\ufb06\n\r&]|[\xc2-\xf4][{_BEHIND}]")
_DAMAGED = re.compile(rf"{_MISREAD}|{_ENTITY}")


class Normal(NamedTuple):
    """A text as it is matched, and where its characters stood.

    text    the text
    starts  for each of its characters, and for its end, where it begins in the text as received
    ends    for each of its characters, where it ends there
    """

    text: str
    starts: list[int]
    ends: list[int]


def normal(text: str) -> Normal | None:
    """Return a text as it is matched, or None where it is so already, which most texts are.

    text     a paragraph; line breaks inside it are those of a wrapped paragraph: they become
             spaces, and where a hyphen parts a word at one, the word is whole
    returns  without soft hyphens, zero-width characters and marks of direction; ligatures spelt
             out; accents one with their letters (Unicode NFC); HTML entities, and UTF-8 that was
             read as Windows-1252, as the characters they stand for

    >>> normal("the dic\\u00adtator of a break-\\naway region").text
    'the dictator of a breakaway region'
    >>> normal("the minister\u00e2\u20ac\u2122s plan").text
    'the minister\u2019s plan'
    >>> normal("plain words") is None
    True
    """
    if not _SEEN.search(text):
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _ODD.finditer(text):
        low, high = match.span()
        new = _instead(match[0])
        if new is None or low < at:
            continue
        if new == " " and low and text[low - 1] in "-\u00ad\u2010" and _parted(text, low, high):
            low, new = low - 1, ""  # the hyphen goes with the line break
        parts += (text[at:low], new)
        starts += range(at, low)
        ends += range(at + 1, low + 1)
        starts += [low] * len(new)
        ends += [high] * len(new)
        at = high
    if at == 0 and not parts:
        return None
    parts.append(text[at:])
    starts += range(at, len(text) + 1)
    ends += range(at + 1, len(text) + 1)
    return Normal("".join(parts), starts, ends)


def damaged(text: str) -> int:
    """Return how many characters of a text are damaged: HTML entities in it, and UTF-8 that was
    read as Windows-1252.

    >>> damaged("caf\u00c3\u00a9 &mdash; open"), damaged("R&D; caf\u00e9")
    (2, 0)
    """
    if "&" not in text and not _SEEN.search(text):
        return 0
    return sum(_instead(match[0]) is not None for match in _DAMAGED.finditer(text))


def _instead(odd: str) -> str | None:
    """What stands for some odd characters; None where they are right as they are."""
    first = odd[0]
    if first in _UNSEEN or first in _JOINERS:
        return ""
    if first == "&":
        plain = html.unescape(odd)
        return plain if plain != odd and plain.isprintable() else None
    if first in " \t\r\n":
        return " " if "\n" in odd or "\r" in odd else None
    if "\ufb00" <= first <= "\ufb06":
        return unicodedata.normalize("NFKC", odd)
    if odd[-1] >= "\u0300" and odd[-1] <= "\u036f":
        whole = unicodedata.normalize("NFC", odd)
        return whole if whole != odd else None
    return _misread(odd)


def _misread(odd: str) -> str | None:
    try:
        plain = b"".join(_byte(c) for c in odd).decode()
    except UnicodeError:
        return None
    return plain if _PLAUSIBLE.fullmatch(plain) else None


def _byte(character: str) -> bytes:
    """The byte that was read as a character; those that Windows-1252 leaves undefined are kept."""
    return character.encode("latin-1" if ord(character) < 0x100 else "cp1252")


def _parted(text: str, hyphen_end: int, after: int) -> bool:
    """Whether a word is parted at a line's end: it goes on small, and is not written with its
    hyphen elsewhere."""
    behind = re.match(r"[a-z]+", text[after : after + 40])
    before = re.search(r"[A-Za-z]+$", text[max(0, hyphen_end - 41) : hyphen_end - 1])
    if not (before and behind):
        return False
    return f"{before[0]}-{behind[0]}" not in text
