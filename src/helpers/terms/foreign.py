"""Lexicons from elsewhere: quanteda YAML, LIWC .dic, CSV and plain lists; and the way back to
quanteda.

Their entries carry no hits and misses, so nothing of them is tested but their spelling. A word may
stand in
several categories there, each of which counts it: they load as `nested`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from helpers.ledger import unguarded

from . import pattern
from .lexicon import Category, Entry, Lexicon, plain
from .own import Problems

DEEPEST = 20  # levels of a quanteda dictionary

_Row = tuple[str, str, int]  # category, entry, line


def quanteda(tree: Node, problems: Problems) -> Lexicon:
    """A quanteda dictionary: keys over lists of glob patterns, nested keys joined by a full
    stop."""
    rows: list[_Row] = []
    _walk(tree, "", rows, problems, set())
    for _, entry, line in rows:
        if "?" in entry:
            problems.say(
                line, f"entry {entry!r} has the wildcard ?. Write the forms out, or use *."
            )
    return _lexicon(rows, problems, "read from a quanteda dictionary")


def _walk(node: Node, path: str, rows: list[_Row], problems: Problems, seen: set[int]) -> None:
    if id(node) in seen or path.count(".") > DEEPEST:
        problems.say(node, "has an alias (*name) or keys nested too deeply. Write the entries out.")
        return
    if isinstance(node, ScalarNode):
        rows.append((path, str(node.value), node.start_mark.line + 1))
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            name = str(key.value) if isinstance(key, ScalarNode) else ""
            _walk(value, f"{path}.{name}" if path else name, rows, problems, seen)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _walk(item, path, rows, problems, seen)


def liwc(text: str, problems: Problems) -> Lexicon:
    """A LIWC .dic file: numbered categories between two lines of %, then words with the numbers of
    theirs."""
    names: dict[str, str] = {}
    rows: list[_Row] = []
    marks = 0
    for line, content in enumerate(text.splitlines(), 1):
        if content.strip() == "%":
            marks += 1
        elif content.strip() and marks == 1:
            number, _, name = content.strip().partition("\t" if "\t" in content.strip() else " ")
            names[number] = name.strip() or number
        elif content.strip():
            _liwc_word(content, line, names, rows, problems)
    if marks != 2:
        problems.say(
            1,
            f"has {marks} lines of % alone. A .dic file lists its categories between two of them.",
        )
    return _lexicon(rows, problems, "read from a LIWC dictionary")


def _liwc_word(
    content: str, line: int, names: dict[str, str], rows: list[_Row], problems: Problems
) -> None:
    entry, *numbers = [cell.strip() for cell in content.strip().split("\t") if cell.strip()]
    if len(numbers) == 0:
        entry, *numbers = content.split()
    unknown = [number for number in numbers if number not in names]
    if unknown or not numbers:
        found = (
            f"category {unknown[0]!r}, which the head does not list" if unknown else "no category"
        )
        problems.say(line, f"{entry!r} has {found}. Write: word, tab, number of a category.")
    rows += [(names[number], entry, line) for number in numbers if number in names]


def table(text: str, separator: str, problems: Problems) -> Lexicon:
    """A CSV or TSV with the columns entry and category; others are left aside."""
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    columns = {str(name).strip().lower(): name for name in reader.fieldnames or ()}
    missing = [name for name in ("entry", "category") if name not in columns]
    if missing:
        said = (
            f"has no column {' and no column '.join(missing)}; found"
            f" {', '.join(columns) or 'nothing'}"
        )
        problems.say(1, f"{said}. Name the two columns in the first line.")
        return _lexicon([], problems, "")
    rows = [
        (
            unguarded((row[columns["category"]] or "").strip()),
            unguarded((row[columns["entry"]] or "").strip()),
            reader.line_num,
        )
        for row in reader
    ]
    for category, entry, line in rows:
        if entry and not category:
            problems.say(line, f"entry {entry!r} has no category. Fill the cell.")
    return _lexicon(rows, problems, "read from a table")


def plain_list(text: str, problems: Problems) -> Lexicon:
    """One entry a line; lines that begin with # are remarks. The category is the file's name."""
    category = Path(problems.path).stem
    lines = [(content.strip(), line) for line, content in enumerate(text.splitlines(), 1)]
    rows = [(category, entry, line) for entry, line in lines if entry and not entry.startswith("#")]
    return _lexicon(rows, problems, "read from a list")


def _lexicon(rows: Iterable[_Row], problems: Problems, source: str) -> Lexicon:
    groups: dict[str, dict[str, Entry]] = {}
    for category, entry, line in rows:
        said = pattern.problem(entry)
        if said:
            problems.say(line, f"entry {entry!r} {said}.")
        else:
            found = Entry(entry, label=plain(entry), line=line)
            groups.setdefault(category, {}).setdefault(pattern.fold(entry), found)
    if not groups and not problems.rows:
        problems.say(1, "holds no entry. Write at least one.")
    made = tuple(Category(name, tuple(entries.values())) for name, entries in groups.items())
    path = problems.path
    return Lexicon(
        Path(path).stem, made, source=f"{Path(path).name}, {source}", nested=True, path=path
    )


def to_quanteda(lexicon: Lexicon) -> str:
    """The lexicon as YAML that quanteda's dictionary(file = …) reads: category → list of glob
    patterns.

    Hits, misses, case, `unless` and labels have no place there and are left out.
    """
    lines = [
        f"# {' '.join(lexicon.name.split())}, written by Framing Notebooks; without case and unless"
    ]
    for group in lexicon.groups:
        lines.append(f"{json.dumps(group.name, ensure_ascii=False)}:")
        lines += [f"  - {json.dumps(entry.entry, ensure_ascii=False)}" for entry in group.entries]
    return "\n".join(lines) + "\n"
