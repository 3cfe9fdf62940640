"""Which of a study's lexicons are of which kind, for notebooks that treat kinds apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpers.study import root

from .lexicon import KINDS, Lexicon
from .load import load


def loaded_from(paths: Iterable[str | Path]) -> list[Lexicon]:
    """Load lexicons named as in a study, relative to the project's folder."""
    return [load(root() / path) for path in paths]


def names_by_kind(paths: Iterable[str | Path]) -> dict[str, list[str]]:
    """Give the names of the lexicons of each kind: {"loaded": ["loaded-terms"], "naming": [],
    …}."""
    lexicons = loaded_from(paths)
    return {kind: [lexicon.name for lexicon in lexicons if lexicon.kind == kind] for kind in KINDS}


def entries_of(paths: Iterable[str | Path], kind: str) -> list[str]:
    """Give the entries of all lexicons of one kind."""
    return [
        entry.entry
        for lexicon in loaded_from(paths)
        if lexicon.kind == kind
        for _, entry in lexicon.entries
    ]


def referents_of(paths: Iterable[str | Path]) -> dict[str, str]:
    """Give what tables call a category: its label where it has one."""
    return {c.name: c.label or c.name for lexicon in loaded_from(paths) for c in lexicon.groups}


def labels_of(paths: Iterable[str | Path]) -> dict[tuple[str, str], str]:
    """Give what tables call an entry, by category and entry: spellings of one name are one
    choice."""
    return {
        key: label or key[1]
        for lexicon in loaded_from(paths)
        for key, label in lexicon.labels().items()
    }
