"""What stands in a text and is not its speaker's: brackets, ellipses, translator's notes."""

from __future__ import annotations

import re
from typing import NamedTuple

# one class first, which the engine skips to
BRACKET = re.compile(r"[\[{.…](?:(?<=[\[{])[^\[\]{}\n]{0,300}[\]}]|(?<=\.)(?:\.\.+| \. \.)|(?<=…))")
SIGNS = ("[", "]", "{", "}", "…", "..", ". . ")
"""One of these is in every bracket and ellipsis."""
NOTE = re.compile(
    r"[(\[](?:(?:translator|translation|transl?|ed|editor)\b[^()\[\]\n:–—-]{0,40}[:.–—-]|(?:tn|note|nb)\s?[:–—-])"
    r"[^()\[\]\n]{0,600}[)\]]|[(\[][^()\[\]\n]{1,400}[–—-]\s?(?:translator|transl?|ed|editor)\.?[)\]]",
    re.IGNORECASE,
)
REFERRING = re.compile(
    r"\((?:referring to|here (?:it )?(?:refers|means)|meaning|i\.e\. here)\b[^()\n]{0,300}\)",
    re.IGNORECASE,
)
LOOSE = re.compile(r"[\[\]{}]")


class Inside(NamedTuple):
    """A span with the kind of mark it is (insertion, ellipsis, note) and the rule that found it."""

    start: int
    end: int
    mark: str
    rule: str


def noted(text: str) -> bool:
    """Whether a translator's note stands anywhere in a text; from bracket to bracket, as most texts
    have few."""
    for sign in "([":
        at = text.find(sign)
        while at >= 0:
            if NOTE.match(text, at):
                return True
            at = text.find(sign, at + 1)
    return False


def notes(text: str, start: int, end: int, *, translated: bool) -> list[Inside]:
    """Translator's notes in text[start:end]; where an article has one, "(referring to …)" is
    another."""
    found = [
        Inside(*match.span(), "note", "bracket that opens or closes as a note")
        for match in NOTE.finditer(text, start, end)
    ]
    if translated:
        found += [
            Inside(*match.span(), "note", "bracket that explains, in an article with notes")
            for match in REFERRING.finditer(text, start, end)
        ]
    return sorted(found)


def brackets(text: str, start: int, end: int) -> list[Inside]:
    """Insertions and ellipses in a quotation text[start:end]; mismatched brackets are read as a
    pair."""
    found = []
    for match in BRACKET.finditer(text, start, end):
        inside = match[0]
        if inside[0] not in "[{":
            found.append(Inside(*match.span(), "ellipsis", "dots"))
        elif not inside[1:-1].strip(" .…"):
            found.append(Inside(*match.span(), "ellipsis", "dots in brackets"))
        elif _altered(text, match):
            found.append(Inside(*match.span(), "insertion", "altered letters of a word"))
        else:
            rule = "brackets" if inside[0] + inside[-1] in ("[]", "{}") else "mismatched brackets"
            found.append(Inside(*match.span(), "insertion", rule))
    return found


def _altered(text: str, match: re.Match[str]) -> bool:
    """Whether the brackets stand for letters of a word, as in [T]he: still the speaker's word."""
    after = text[match.end() : match.end() + 1]
    before = text[match.start() - 1 : match.start()]
    return (after.isalpha() and len(match[0]) <= 4) or before.isalpha()


def loose(text: str, start: int, end: int, inside: list[Inside]) -> list[tuple[int, int]]:
    """Brackets in a quotation that belong to no insertion."""
    spans = [(row.start, row.end) for row in inside]
    found = []
    at = 0
    for match in LOOSE.finditer(text, start, end):
        while at < len(spans) and spans[at][1] <= match.start():
            at += 1
        if at == len(spans) or match.start() < spans[at][0]:
            found.append(match.span())
    return found
