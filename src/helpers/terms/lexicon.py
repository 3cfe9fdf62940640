"""What a lexicon is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from . import pattern

KINDS = ("loaded", "naming", "frame", "verbs")


class LexiconError(ValueError):
    """A lexicon that cannot be used; `messages` holds one line for each thing that is wrong with
    it."""

    def __init__(self, messages: Iterable[str]):
        self.messages = tuple(messages)
        super().__init__("\n".join(self.messages))

    def __reduce__(self):
        return LexiconError, (self.messages,)


class Entry(NamedTuple):
    """A term of a lexicon.

    entry     as written, wildcards included
    hits      texts in which the lexicon must find it
    misses    texts in which it must not
    case      True where capitals count
    unless    phrases inside which it does not count
    label     what a table calls it; in a naming lexicon entries of one label are one choice
    line      in the file, from 1; 0 where there is no file
    measured  how precise the entry was found to be, in words; the lexicon's note says on what
    """

    entry: str
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    case: bool = False
    unless: tuple[str, ...] = ()
    label: str = ""
    note: str = ""
    line: int = 0
    measured: str = ""


class Category(NamedTuple):
    """Entries of one kind; in a naming lexicon the names of one referent."""

    name: str
    entries: tuple[Entry, ...]
    label: str = ""
    note: str = ""
    line: int = 0


@dataclass(frozen=True)
class Lexicon:
    """Named categories of entries. `nested` counts entries inside longer entries of other
    categories too; `left_out` has a line for each entry of somebody else's lexicon that has no
    meaning here."""

    name: str
    groups: tuple[Category, ...]
    kind: str = "loaded"
    language: str = ""
    source: str = ""
    nested: bool = False
    path: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def categories(self) -> dict[str, Category]:
        """Category by name, in the order of the file."""
        return {group.name: group for group in self.groups}

    @cached_property
    def entries(self) -> tuple[tuple[str, Entry], ...]:
        """Every entry with the name of its category, in the order of the file."""
        return tuple((group.name, entry) for group in self.groups for entry in group.entries)

    def labels(self) -> dict[tuple[str, str], str]:
        """What a table calls an entry: (category, entry) → label."""
        return {(category, entry.entry): entry.label for category, entry in self.entries}


def measured(lexicons: Iterable[Lexicon]) -> dict[str, str]:
    """How precise terms were found to be: what a table calls an entry → what its file says; entries
    of one label are joined, entries that were not measured are left out.

    >>> entry = Entry("regime*", label="regime", measured="used so 20 of 20")
    >>> measured([Lexicon("x", (Category("a", (entry,)),))])
    {'regime': 'used so 20 of 20'}
    """
    told: dict[str, list[str]] = {}
    for lexicon in lexicons:
        for _, entry in lexicon.entries:
            if entry.measured:
                told.setdefault(entry.label or entry.entry, []).append(entry.measured)
    return {term: "; ".join(dict.fromkeys(words)) for term, words in told.items()}


def build(name: str, categories: Mapping[str, Iterable[str]], **about) -> Lexicon:
    """A lexicon out of plain terms, for instance those that a notebook's parameters name.

    categories  category → entries as they would stand in a file
    about       kind, language, source, nested as in `Lexicon`
    raises      LexiconError where an entry cannot be read

    >>> build("mine", {"war": ["invasion*", "special operation"]}).name
    'mine'
    """
    groups = tuple(
        Category(
            category, tuple(Entry(entry, label=plain(entry)) for entry in dict.fromkeys(entries))
        )
        for category, entries in categories.items()
    )
    made = Lexicon(name, groups, **about)
    wrong = [(entry.entry, pattern.problem(entry.entry)) for _, entry in made.entries]
    if any(found for _, found in wrong):
        raise LexiconError(f"{name}: entry {entry!r} {found}" for entry, found in wrong if found)
    return made


def plain(entry: str) -> str:
    """The entry without its wildcards at the ends."""
    return entry.strip("*")
