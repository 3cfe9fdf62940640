"""Reporting verbs and speakers' aliases, read once in a process from data/lexicons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from helpers.study import root

ENDINGS = ("", "e", "es", "ed", "ing", "s")
"""What an entry with * stands for here: regular inflection, no derived nouns."""


class Verb(NamedTuple):
    """One form of a reporting verb.

    form   in lower case
    lemma  what a table calls it
    group  neutral, asserting, conceding, …
    takes  clause, hearer, charge, object, belief, wish: what follows it
    """

    form: str
    lemma: str
    group: str
    takes: str


@cache
def reporting() -> dict[str, Verb]:
    """Form in lower case → verb, from data/lexicons/reporting-verbs.yml."""
    data = YAML(typ="safe").load(_lexicon("reporting-verbs.yml"))
    verbs: dict[str, Verb] = {}
    for group, entries in data["categories"].items():
        for entry in entries:
            for form in _forms(entry["entry"]):
                verbs.setdefault(form, Verb(form, entry["label"], group, entry["note"]))
    return verbs


def _forms(entry: str) -> tuple[str, ...]:
    """The forms an entry stands for.

    >>> _forms("said")
    ('said',)
    """
    return tuple(entry[:-1] + ending for ending in ENDINGS) if entry.endswith("*") else (entry,)


@cache
def aliases(path: str | None = None) -> dict[str, str]:
    """Spelling of a name in lower case → the name that stands for all of them.

    path  a YAML file that maps a name to a list of its other spellings; None:
          data/lexicons/aliases.yml
    """
    data = YAML(typ="safe").load(Path(path) if path else _lexicon("aliases.yml")) or {}
    names = data.get("speakers", data) if isinstance(data, Mapping) else data
    if not isinstance(names, Mapping):
        raise ValueError(
            f"{path}: found {type(names).__name__}; write each name with a list of its spellings"
        )
    found = {str(name).lower(): str(name) for name in names}
    for name, spellings in names.items():
        for spelling in spellings or ():
            found.setdefault(str(spelling).lower(), str(name))
    return found


def _lexicon(name: str) -> Path:
    return root() / "data" / "lexicons" / name
