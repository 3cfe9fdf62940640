"""Bytes to text: encodings tried in a fixed order, the one that fits named."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.corpus.language import language
from helpers.corpus.normal import INVISIBLE
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
              UTF-16 with its byte order mark or with a NUL in every second byte, the declared
              encoding, what the letters speak for (see `guessed`), Windows-1252, in which bytes
              that it leaves undefined stay what they are
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
            text = data.decode(name, "undefined" if name == "cp1252" else "strict")
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
    if all(letter.isspace() or letter in INVISIBLE for letter in text):
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


def candidates(data: bytes, declared: str) -> Iterator[str]:
    """Give the encodings to try, in order; what the letters speak for is asked only then."""
    yield "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
    if declared and codecs.lookup(declared).name not in _LATIN:
        yield codecs.lookup(declared).name
    elif wide := _wide(data):
        yield wide
    if not data.isascii() and not declared and (guess := guessed(data)):
        yield guess
    yield "cp1252"


def _undefined(error: UnicodeError) -> tuple[str, int]:
    """Keep a byte that Windows-1252 leaves undefined, as browsers do."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("undefined", _undefined)


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: of the plain letters every second byte is NUL."""
    head = data[:4000]
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.6 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


_MAC = re.compile(rb"[A-Za-z]\xd5[a-z]|\xd2(?=[A-Za-z])[^\xd2\x91-\x94]{1,400}\xd3")
_CURLY = re.compile(rb"[A-Za-z]\x92[a-z]|\x93[A-Za-z]")
_OTHERS = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    "tr": "cp1254",
}
"""Languages that Windows-1252 cannot write, and the Windows encoding of each."""

FOREIGN = 0.35
"""Share of bytes over 127 from which on a text's letters are not Latin ones."""

SHORTEST = 40
"""Bytes below which nothing is guessed of such letters."""

_NOT_LATIN = [
    "cp1251",
    "koi8_r",
    "koi8_u",
    "cp866",
    "iso8859_5",
    "cp1253",
    "iso8859_7",
    "cp1255",
    "cp1256",
    "cp874",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
]


def guessed(data: bytes) -> str:
    """Return the encoding of eight bits for which a text's letters speak, "" for Windows-1252.

    data  bytes that are no UTF-8
    returns  mac-roman where curly marks stand as it writes them; for letters that are not Latin
             what charset-normalizer finds; else by the language of the text

    >>> guessed("“It is Ana’s,” she said".encode("mac-roman")), guessed("café".encode("cp1252"))
    ('mac-roman', '')
    """
    try:
        data.decode()
        return ""
    except UnicodeDecodeError:
        head = data[:20_000]
    if _MAC.search(head) and not _CURLY.search(head):
        return "mac-roman"
    high = len(head.translate(None, bytes(range(128))))
    if high > FOREIGN * len(head) and len(head) >= SHORTEST:
        from charset_normalizer import from_bytes

        best = from_bytes(head, cp_isolation=_NOT_LATIN).best()
        return best.encoding if best else ""
    for name in ("cp1250", "cp1257", "cp1254"):
        if _OTHERS.get(language(head.decode(name, "replace"))) == name:
            # ISO 8859-2 has nothing where Windows has its marks
            plain = name == "cp1250" and not re.search(rb"[\x80-\x9f]", head)
            return "iso8859-2" if plain else name
    return ""


def _guess(data: bytes, name: str, declared: str) -> tuple[str, ...]:
    if name.startswith("utf") or (declared and codecs.lookup(declared).name == name):
        return (f"read as {name}, which nothing declares",) if name.endswith(("-le", "-be")) else ()
    try:
        data.decode()
    except UnicodeDecodeError as error:
        where = f"not UTF-8 (byte {error.start:,})"
        return (f"{where}: read as {name}; if letters look wrong, declare the encoding",)
    return (f"read as {name}",)
