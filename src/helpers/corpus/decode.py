"""Bytes to text: encodings tried in a fixed order, the one that fits named."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from helpers.corpus.rows import Unusable, shown

CONTROL_SHARE = 0.05
"""More control characters than this in a text, and it is a binary file."""

_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\v\f\r") + b"\x7f"
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.I)
# Browsers read these labels as Windows-1252, and pages that use them are written in it.
_LATIN = frozenset({"iso8859-1", "ascii", "latin_1", "latin-1"})
# Codecs that are no character sets: they would rewrite the text, or take quadratic time.
_REFUSED = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
)


class Decoded(NamedTuple):
    """Bytes as text, how they were read, and what is to be said of it."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes, declared: str = "", *, page: bool = False) -> Decoded:
    """Decode an article as received; not a character of it is altered.

    data      the file's bytes
    declared  the encoding the catalogue names, "" for none
    page      whether to read an HTML page's own declaration where `declared` is empty
    returns   text, the encoding's name, notes. Tried in order: UTF-8 (its signature is no text),
              UTF-16 with
              its byte order mark, the declared encoding, Windows-1252, and latin-1 for bytes that
              Windows-1252 leaves undefined
    raises    Unusable for nothing but white space, for NUL characters and for over 5 % control
              characters
    """
    declared = declared or (page_charset(data) if page else "")
    notes: tuple[str, ...] = ()
    if declared and not known(declared):
        notes = (f"unknown encoding {shown(declared, 40)!r} declared: left out of those tried",)
        declared = ""
    for name in candidates(data, declared):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if "\0" not in text:
            check(text)
            return Decoded(text, name, notes + _guess(data, name, declared))
    raise Unusable(
        "decode",
        "binary: it holds NUL characters; remove it, or declare its encoding in catalog.csv",
    )


def check(text: str) -> None:
    """Raise Unusable for a text that is empty, binary, or not to be written as UTF-8."""
    if not text or text.isspace():
        raise Unusable(
            "decode", "empty: not a character but white space; remove it or fetch it again"
        )
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise Unusable(
            "decode", f"half a character (lone surrogate) at {error.start}; export it again"
        ) from None
    control = len(data) - len(data.translate(None, _CONTROL))
    if "\0" in text or control > CONTROL_SHARE * len(text):
        raise Unusable(
            "decode", f"binary: {control:,} control characters of {len(text):,}; remove it"
        )


def page_charset(data: bytes) -> str:
    """The encoding that an HTML page declares in its first 4,096 bytes, "" for none."""
    match = _META.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else ""


def known(name: str) -> bool:
    """Whether `name` is a character set that text may be declared in."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return info._is_text_encoding and info.name not in _REFUSED


def candidates(data: bytes, declared: str) -> list[str]:
    """Give the encodings to try, in order."""
    names = ["utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names.append("utf-16")
    if declared and codecs.lookup(declared).name not in _LATIN:
        names.append(codecs.lookup(declared).name)
    return [*names, "cp1252", "latin-1"]


def _guess(data: bytes, name: str, declared: str) -> tuple[str, ...]:
    if name not in ("cp1252", "latin-1") or (declared and codecs.lookup(declared).name == name):
        return ()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return (
            (
                f"not UTF-8 (byte {error.start:,}): read as {name}; if letters look wrong, declare"
                " the encoding"
            ),
        )
    return (f"read as {name}",)
