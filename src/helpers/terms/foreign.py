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
import re
from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from helpers.corpus.columns import separator
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
    left: list[tuple[int, str]] = []
    marks = 0
    for line, content in enumerate(re.split(r"\r\n?|\n", text), 1):
        if content.strip() == "%":
            marks += 1  # a third one closes the list of words
        elif content.strip() and marks == 1:
            number, _, name = content.strip().partition("\t" if "\t" in content.strip() else " ")
            names[number.strip()] = name.strip() or number
        elif content.strip():
            _liwc_word(content.strip(), line, names, rows, left)
    if marks < 2:
        problems.say(
            1,
            f"has {marks} lines of % alone. A .dic file lists its categories between two of them.",
        )
    return _lexicon(rows, problems, "read from a LIWC dictionary", left)


_NUMBERED = re.compile(r"(?P<entry>\S(?:.*?\S)?)[ \t]+(?P<rest>[\d(<].*)")
_CONDITION = re.compile(r"[(<][^)>]*[)>][\d/]*|\d+/\d+")


def _liwc_word(
    content: str, line: int, names: dict[str, str], rows: list[_Row], left: list[tuple[int, str]]
) -> None:
    """A word, or a phrase, and the numbers of its categories, parted by tabs or blanks. Conditions
    such as (02 134)125/464 say when a category counts, which nothing here can tell."""
    parted = _NUMBERED.fullmatch(content)
    if not parted:
        left.append((line, f"{content!r} has no number of a category"))
        return
    entry, rest = parted["entry"], parted["rest"]
    for condition in _CONDITION.findall(rest):
        left.append((line, f"{entry!r} has the condition {condition}"))
    for number in _CONDITION.sub(" ", rest).split():
        if number in names:
            rows.append((names[number], entry, line))
        else:
            left.append((line, f"{entry!r} has category {number!r}, which the head does not list"))


def table(text: str, problems: Problems) -> Lexicon:
    """A CSV or TSV with the columns entry and category, parted by commas, semicolons or tabs;
    others are left aside."""
    head = text.lstrip().split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator(head))
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


def _lexicon(
    rows: Iterable[_Row], problems: Problems, source: str, left: Iterable[tuple[int, str]] = ()
) -> Lexicon:
    """What loads of somebody else's lexicon; what has no meaning here is named, entry by entry."""
    left_out = list(left)
    groups: dict[str, dict[str, Entry]] = {}
    for category, entry, line in rows:
        said = "has the wildcard ?" if "?" in entry else pattern.problem(entry)
        if said:
            left_out.append((line, f"entry {entry!r} {said}"))
        else:
            found = Entry(entry, label=plain(entry), line=line)
            groups.setdefault(category, {}).setdefault(pattern.fold(entry), found)
    if not groups and not problems.rows:
        for line, said in left_out or [(1, "holds no entry. Write at least one")]:
            problems.say(line, f"{said}.")
    made = tuple(Category(name, tuple(entries.values())) for name, entries in groups.items())
    path = problems.path
    return Lexicon(
        Path(path).stem,
        made,
        source=f"{Path(path).name}, {source}",
        nested=True,
        path=path,
        left_out=tuple(dict.fromkeys(f"{path}:{line}: {said}" for line, said in left_out)),
    )


def to_quanteda(lexicon: Lexicon) -> str:
    """The lexicon as YAML that quanteda's dictionary(file = …) reads: category → list of glob
    patterns.

    Hits, misses, case, `unless` and labels have no place there and are left out.

    >>> from helpers import terms
    >>> to_quanteda(terms.targets(["war"])).splitlines()[1:]
    ['"war":', '  - "war"']
    """
    lines = [
        f"# {' '.join(lexicon.name.split())}, written by Framing Notebooks; without case and unless"
    ]
    for group in lexicon.groups:
        lines.append(f"{json.dumps(group.name, ensure_ascii=False)}:")
        lines += [f"  - {json.dumps(entry.entry, ensure_ascii=False)}" for entry in group.entries]
    return "\n".join(lines) + "\n"
