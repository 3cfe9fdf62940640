"""Loads a lexicon from a file of any kind and tests it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from helpers.corpus.decode import decode
from helpers.corpus.rows import Unusable

from . import foreign, own
from .lexicon import Lexicon, LexiconError
from .match import matcher

SUFFIXES = (".yml", ".yaml", ".dic", ".csv", ".tsv", ".txt")


def load(path: str | Path) -> Lexicon:
    """The lexicon in a file, tested.

    path    own YAML, quanteda YAML, LIWC .dic, .csv or .tsv with columns entry and category, .txt
            list
    raises  LexiconError with one line for each thing that is wrong: file, line, what was found,
            what to do

    >>> load("data/lexicons/naming-demo.yml").kind
    'naming'
    """
    path = Path(path)
    return _loaded(_text(path), path.suffix.lower(), str(path))


@lru_cache(maxsize=32)
def _loaded(text: str, suffix: str, name: str) -> Lexicon:
    """The lexicon of a text; a notebook asks for the same one several times."""
    problems = own.Problems(name)
    lexicon = _read(text, suffix, problems)
    rows = problems.rows + (_untrue(lexicon) if lexicon else [])
    if rows:
        raise LexiconError(message for _, message in sorted(rows, key=lambda row: row[0]))
    return lexicon


def check(lexicon: Lexicon) -> list[str]:
    """One line for each hit that the lexicon does not find and each miss that it finds.

    >>> check(load("data/lexicons/loaded-terms.yml"))
    []
    """
    return [message for _, message in _untrue(lexicon)]


def _text(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise LexiconError(
            [f"{path}: is no kind of lexicon known here. Use one of {', '.join(SUFFIXES)}."]
        )
    try:
        data = path.read_bytes()
        ours = path.suffix.lower() in (".yml", ".yaml")
        return data.decode("utf-8-sig") if ours else decode(data).text
    except OSError as error:
        raise LexiconError(
            [f"{path}: cannot be read: {error.strerror}. Check the name and its permissions."]
        ) from None
    except Unusable as error:
        raise LexiconError([f"{path}: {error}"]) from None
    except UnicodeDecodeError as error:
        said = f"is not UTF-8 (byte {error.start + 1})"
        raise LexiconError([f"{path}: {said}. Save it as plain text in UTF-8."]) from None


def _read(text: str, suffix: str, problems: own.Problems) -> Lexicon | None:
    if suffix == ".dic" or (suffix == ".txt" and text.lstrip().startswith("%")):
        return foreign.liwc(text, problems)
    if suffix in (".csv", ".tsv"):
        return foreign.table(text, problems)
    if suffix == ".txt":
        return foreign.plain_list(text, problems)
    tree = own.compose(text, problems)
    if tree is None:
        return None
    return foreign.quanteda(tree, problems) if _is_quanteda(tree) else own.read(tree, problems)


def _is_quanteda(tree: Node) -> bool:
    """Keys of the writer's own choice over texts, lists or further keys."""
    if not isinstance(tree, MappingNode) or not tree.value:
        return False
    return not any(_is_ours(key, value) for key, value in tree.value)


def _is_ours(key: Node, value: Node) -> bool:
    said = isinstance(value, ScalarNode) and key.value in ("name", "kind", "language", "source")
    return key.value == "categories" or said


def _untrue(lexicon: Lexicon) -> list[tuple[int, str]]:
    found = matcher([lexicon])
    rows = []
    for category, entry in lexicon.entries:
        where = f"{lexicon.path or lexicon.name}:{entry.line}: entry {entry.entry!r} ({category})"
        for text in entry.hits:
            seen = {(hit.category, hit.entry) for hit in found.find(text)}
            if (category, entry.entry) not in seen:
                others = (
                    f"; found there: {', '.join(sorted(other for _, other in seen))}"
                    if seen
                    else ""
                )
                rows.append(
                    (
                        entry.line,
                        f"{where} does not match its hit {text!r}{others}. Mend one of them.",
                    )
                )
        for text in entry.misses:
            if any(
                (hit.category, hit.entry) == (category, entry.entry) for hit in found.find(text)
            ):
                rows.append(
                    (
                        entry.line,
                        f"{where} matches its miss {text!r}. Narrow the entry, or use `unless`.",
                    )
                )
    return rows
