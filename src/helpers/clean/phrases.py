"""Boilerplate phrases: data/lexicons/boilerplate.yml as one pattern for each place in a line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.clean.lines import Line
from helpers.study.files import root

ANY_WORDS = 45  # an entry "anywhere" is not looked for in longer lines unless it says so itself
BOX_WORDS = 80
"""Words of the longest paragraph that may be a sign-up box."""

BOX = 3
"""Phrases of boilerplate that make a box of a paragraph too long for each of them."""

NOTES = frozenset({"disclaimer", "editor's note", "author note"})
_SAFE_IN_QUOTES = NOTES | {"copyright"}  # these paragraphs use quotation marks themselves
_EDGE = " \t\xa0.,:;!?…()[]{}<>»›→►▸+*#|/\\-–—_\"'“”‘0123456789"


class Phrase(NamedTuple):
    """A phrase of boilerplate and where in a line it must stand."""

    entry: str
    category: str
    at: str
    longest: int
    hits: tuple[str, ...]
    misses: tuple[str, ...]


def lexicon_file() -> Path:
    """Where the phrases are kept."""
    return root() / "data" / "lexicons" / "boilerplate.yml"


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every entry of the boilerplate lexicon, read once.

    raises  ValueError naming file, category and entry when an entry has no hit or an unknown place
    """
    from ruamel.yaml import YAML

    path = lexicon_file()
    table = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return tuple(
        _phrase(row, category, path.name)
        for category, rows in table["categories"].items()
        for row in rows
    )


def _phrase(row: dict, category: str, name: str) -> Phrase:
    entry, at = str(row.get("entry", "")).lower(), row.get("at", "start")
    if not entry or at not in ("line", "start", "any") or not row.get("hits"):
        raise ValueError(
            f"{name}: {category}: {entry or row!r} needs entry, at (line, start or any) and at"
            " least one hit"
        )
    longest = int(row.get("max", ANY_WORDS if at == "any" else 10**9))
    return Phrase(entry, category, at, longest, tuple(row["hits"]), tuple(row.get("misses", ())))


class Patterns(NamedTuple):
    """The phrases of all categories, compiled by where they must stand."""

    line: dict[str, Phrase]
    start: re.Pattern
    any: re.Pattern
    quoted: re.Pattern
    long: tuple[str, ...]
    by_entry: dict[tuple[str, str], Phrase]


@cache
def patterns() -> Patterns:
    """The phrases compiled: whole lines as a table, the others as a pattern in the shape of a
    trie."""
    rows = phrases()
    return Patterns(
        {_core(row.entry): row for row in rows if row.at == "line"},
        re.compile(_pattern([row.entry for row in rows if row.at == "start"])),
        _inside([row.entry for row in rows if row.at == "any"]),
        _inside([row.entry for row in rows if row.at == "any" and row.category in _SAFE_IN_QUOTES]),
        tuple(row.entry.rstrip("*") for row in rows if row.at == "any" and row.longest > ANY_WORDS),
        {(row.at, row.entry): row for row in rows},
    )


def _inside(entries: list[str]) -> re.Pattern:
    # begins with the character before the phrase, because the engine skips to that
    return re.compile(rf"\W({_pattern(entries)})")


def _pattern(entries: list[str]) -> str:
    tree: dict = {}
    for entry in entries:
        node = tree
        for letter in entry.rstrip("*"):
            node = node.setdefault(letter, {})
        edge = r"\w*" if entry.endswith("*") else r"(?!\w)" if entry[-1].isalnum() else ""
        node["", edge] = {}  # a tuple marks the end of an entry
    return "(?:" + _branch(tree) + ")"


def _branch(node: dict) -> str:
    # longer continuations come before the end of an entry, so that the longest entry wins
    ends = [name[1] for name in node if isinstance(name, tuple)]
    parts = [
        re.escape(name) + _branch(below) for name, below in node.items() if isinstance(name, str)
    ]
    parts += ends
    return parts[0] if len(parts) == 1 else "(?:" + "|".join(parts) + ")"


def _core(text: str) -> str:
    return text.strip(_EDGE)


def phrase(line: Line) -> Phrase | None:
    """The entry that marks a line as boilerplate, or None; reads the line's first 400
    characters."""
    table = patterns()
    low = line.low.lstrip("([\u200b ")
    if len(low) < 60:
        found = table.line.get(_core(low))
        if found:
            return found
    hit = table.start.match(line.low) or (len(low) < len(line.low) and table.start.match(low))
    if hit:
        found = _entry(table, "start", hit.group())
        if line.words <= found.longest:
            return found
    if line.words <= 200:
        return _anywhere(table, line)
    return None


def _anywhere(table: Patterns, line: Line) -> Phrase | None:
    if line.words > BOX_WORDS and not any(map(line.low.__contains__, table.long)):
        return (
            None  # few entries are looked for in long lines, and half of an article stands in such
        )
    # somebody quoted in the article may say what a prompt says
    pattern = table.quoted if line.quoted and line.words > 8 else table.any
    found = [_entry(table, "any", hit) for hit in dict.fromkeys(pattern.findall(" " + line.low))]
    fitting = next((entry for entry in found if line.words <= entry.longest), None)
    # a sign-up box in one paragraph says several things that a sentence says one of
    return fitting or (found[0] if len(found) >= BOX else None)


def _entry(table: Patterns, at: str, match: str) -> Phrase:
    if (at, match) in table.by_entry:
        return table.by_entry[at, match]
    # the match ends in letters that a wildcard stands for
    return next(
        table.by_entry[at, match[:cut] + "*"]
        for cut in range(len(match), 0, -1)
        if (at, match[:cut] + "*") in table.by_entry
    )
