"""Reads the project's own lexicon files (YAML 1.2) and says everything that is wrong with one, line
by line."""

from __future__ import annotations

from difflib import get_close_matches

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from . import pattern
from .lexicon import KINDS, Category, Entry, Lexicon, plain

LEXICON = {
    "name": "text",
    "kind": "text",
    "language": "text",
    "source": "text",
    "nested": "bool",
    "case": "bool",
    "note": "text",
    "categories": "any",
}
CATEGORY = {"label": "text", "note": "text", "entries": "any"}
ENTRY = {
    "entry": "text",
    "hits": "texts",
    "misses": "texts",
    "case": "bool",
    "unless": "texts",
    "label": "text",
    "note": "text",
    "measured": "text",
}

_KINDS_OF_NODE = {
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "str": "text",
}


class Problems:
    """What is wrong with a file: (line, message), one for each thing."""

    def __init__(self, path: str):
        self.path = path
        self.rows: list[tuple[int, str]] = []

    def say(self, where: Node | int, message: str) -> None:
        line = where if isinstance(where, int) else where.start_mark.line + 1
        self.rows.append((line, f"{self.path}:{line}: {message}"))


def compose(text: str, problems: Problems) -> Node | None:
    """The tree of a YAML text with line numbers; None, and a problem, where it is not YAML."""
    try:
        tree = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.say(
            mark.line + 1 if mark else 1,
            f"is not YAML: {error.problem}. Mend the line or the one above.",
        )
    except YAMLError as error:
        problems.say(
            1, f"is not YAML: {' '.join(str(error).split())[:120]}. Save it as plain text in UTF-8."
        )
    except RecursionError:
        problems.say(
            1,
            "is nested too deeply to be a lexicon. Write categories and entries as in"
            " data/lexicons.",
        )
    else:
        if tree is None:
            problems.say(1, "is empty. Write name, kind, language, source and categories.")
        return tree
    return None


def read(tree: Node, problems: Problems) -> Lexicon:
    """The lexicon that the tree describes, without the parts that have problems."""
    found = _fields(tree, LEXICON, "the lexicon", problems)
    for key in ("name", "kind", "language", "source", "categories"):
        if key not in found:
            problems.say(tree, f"the lexicon has no {key}. Add it at the top of the file.")
    if (found.get("kind") or KINDS[0]) not in KINDS:
        problems.say(tree, f"kind is {found['kind']!r}. Choose one of {', '.join(KINDS)}.")
    groups = ()
    if found.get("categories"):
        groups = _categories(found["categories"], bool(found.get("case")), problems)
    nested = bool(found.get("nested"))
    _duplicates(groups, nested, problems)
    about = {key: found.get(key) or "" for key in ("name", "kind", "language", "source")}
    return Lexicon(groups=groups, nested=nested, path=problems.path, **about)


def _categories(node: Node, case: bool, problems: Problems) -> tuple[Category, ...]:
    if not isinstance(node, MappingNode) or not node.value:
        problems.say(
            node, f"categories is {_kind(node)}. Write a name and a colon for each category."
        )
        return ()
    groups, names = [], set()
    for key, value in node.value:
        if _name(key) in names:
            problems.say(key, f"category {_name(key)!r} is there twice. Join the two.")
        names.add(_name(key))
        groups.append(_category(key, value, case, problems))
    return tuple(groups)


def _category(key: Node, node: Node, case: bool, problems: Problems) -> Category:
    name = _name(key)
    what = f"category {name!r}"
    if not name:
        problems.say(key, "a category has no name of one line. Write a word and a colon.")
    found = {"entries": node}
    if isinstance(node, MappingNode):
        found = _fields(node, CATEGORY, what, problems)
    rows = found.get("entries")
    if not isinstance(rows, SequenceNode) or not rows.value:
        empty = rows is None or not rows.value
        problems.say(
            key,
            f"{what} {'is empty' if empty else 'is no list'}. Write `- entry: …` lines under it.",
        )
        return Category(name, ())
    entries = [_entry(row, case, problems) for row in rows.value]
    kept = tuple(entry for entry in entries if entry)
    return Category(
        name, kept, found.get("label") or "", found.get("note") or "", key.start_mark.line + 1
    )


def _entry(node: Node, case: bool, problems: Problems) -> Entry | None:
    if not isinstance(node, MappingNode):
        problems.say(
            node, f"an entry is {_kind(node)}. Write `- entry: word` with `hits: [...]` under it."
        )
        return None
    found = _fields(node, ENTRY, "an entry", problems)
    if "entry" not in found:
        problems.say(node, "an entry has no `entry`. Write the term after `- entry:`.")
        return None
    if not found["entry"]:
        return None
    if found.get("hits", ()) == ():
        problems.say(
            node,
            f"entry {found['entry']!r} has no hit. Add a text under `hits` in which it stands.",
        )
    spellings = (found["entry"], *(found.get("unless") or ()))
    wrong = [(spelling, pattern.problem(spelling)) for spelling in spellings]
    for spelling, said in wrong:
        if said:
            problems.say(node, f"entry {spelling!r} {said}.")
    if any(said for _, said in wrong):
        return None
    return Entry(
        found["entry"],
        found.get("hits") or (),
        found.get("misses") or (),
        case if found.get("case") is None else found["case"],
        found.get("unless") or (),
        found.get("label") or plain(found["entry"]),
        found.get("note") or "",
        node.start_mark.line + 1,
        found.get("measured") or "",
    )


def _duplicates(groups: tuple[Category, ...], nested: bool, problems: Problems) -> None:
    """An entry stands once in a category; and once in a lexicon in which only one of its hits can
    count."""
    first: dict[tuple, tuple[int, str]] = {}
    for group in groups:
        for entry in group.entries:
            spelling = pattern.straighten(entry.entry) if entry.case else pattern.fold(entry.entry)
            key = (" ".join(spelling.split()), entry.case, group.name if nested else "")
            if key in first:
                line, category = first[key]
                problems.say(
                    entry.line,
                    f"entry {entry.entry!r} is in line {line} ({category}) already. Drop one.",
                )
            first.setdefault(key, (entry.line, group.name))


def _fields(node: Node, schema: dict[str, str], what: str, problems: Problems) -> dict:
    """The values of a mapping by key, of the types that the schema asks for; None where one is of
    another."""
    if not isinstance(node, MappingNode):
        problems.say(node, f"{what} is {_kind(node)}. Write `key: value` lines.")
        return {}
    found: dict = {}
    for key, value in node.value:
        name = _name(key)
        if name not in schema:
            problems.say(key, f"{what} has the unknown key {name!r}. {_suggestion(name, schema)}")
        elif name in found:
            problems.say(key, f"{what} has {name!r} twice. Keep one.")
        else:
            found[name] = _value(value, schema[name], name, problems)
    return found


def _suggestion(key: str, schema: dict[str, str]) -> str:
    close = get_close_matches(key, schema, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known are {', '.join(schema)}."


def _value(node: Node, kind: str, key: str, problems: Problems):
    if kind == "any":
        return node
    if kind == "texts" and isinstance(node, SequenceNode):
        read = [_value(item, "text", key, problems) for item in node.value]
        return tuple(text for text in read if text is not None)
    if kind == "text" and _tag(node) == "str":
        return node.value
    if kind == "bool" and _tag(node) == "bool":
        return node.value.lower() == "true"
    wanted = {
        "text": "text (in quotes if need be)",
        "texts": 'a list: ["…", "…"]',
        "bool": "true or false",
    }
    problems.say(node, f"{key} is {_kind(node)}. Write {wanted[kind]}.")
    return None


def _name(key: Node) -> str:
    return str(key.value).strip() if isinstance(key, ScalarNode) else ""


def _tag(node: Node) -> str:
    return str(node.tag).rpartition(":")[2] if isinstance(node, ScalarNode) else ""


def _kind(node: Node) -> str:
    if isinstance(node, ScalarNode):
        kind = _KINDS_OF_NODE.get(_tag(node), "of an unknown type")
        return kind if kind == "nothing" else f"{kind} ({node.value[:40]})"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"
