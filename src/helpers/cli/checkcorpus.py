"""What is wrong with a folder of articles: its catalogue, and each file that cannot be read."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path

from helpers import corpus
from helpers.corpus.catalogue import NAME
from helpers.corpus.columns import further, mapping
from helpers.corpus.files import ACCEPTED, TABLES, Found, walk
from helpers.corpus.rows import Unusable, shown
from helpers.corpus.tables import header
from helpers.data.about import told_alike
from helpers.measure.phrases import number_of


def is_called_corpus(folder: Path) -> bool:
    """Say whether a folder says that it is one: it stands in a folder called raw, or has a
    catalogue."""
    return folder.resolve().parent.name == "raw" or (folder / NAME).is_file()


def is_corpus(folder: Path) -> bool:
    """Say whether a folder is meant for articles: it says so, or holds some."""
    return is_called_corpus(folder) or any(f.suffix.lower() in ACCEPTED for f in folder.rglob("*"))


def has_articles(folder: Path) -> bool:
    """Say whether there is anything to read: the catalogue of articles that may not be shipped
    stands alone."""
    return any(isinstance(found, Found) for found in walk(folder))


def problems(folder: Path) -> list[str]:
    """Give one line for each thing wrong with a corpus: a row of the catalogue, a file, a row of a
    table.

    A broken catalogue does not hide a broken file: the files are then read without it.
    """
    seen = _looked_at(folder)
    return seen.wrong + sorted(_line(item, folder) for item in seen.failures)


class _Seen:
    """What a corpus holds, without its texts."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.failures: list[corpus.Failure] = []
        self.outlets: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.encodings: Counter[str] = Counter()
        self.days: list[date] = []

    def add(self, item: corpus.Received | corpus.Failure | corpus.Skipped) -> None:
        if isinstance(item, corpus.Failure):
            self.failures.append(item)
        elif isinstance(item, corpus.Received):
            self.outlets[item.article.outlet] += 1
            self.languages[item.article.language or "unknown"] += 1
            self.encodings[item.encoding] += 1
            self.days += [item.article.published] if item.article.published else []


@lru_cache(maxsize=8)
def _looked_at(folder: Path) -> _Seen:
    """Read a corpus once for its problems and for what was recognised."""
    seen = _Seen()
    try:
        for item in corpus.read([folder]):
            seen.add(item)
    except ValueError as error:
        seen = _Seen()
        seen.wrong = [_first(str(error), folder)]
        paths = [found.path for found in walk(folder) if isinstance(found, Found)]
        for item in corpus.read(paths) if paths else ():
            seen.add(item)
    return seen


OUTLETS = 12
"""Outlets named, those with most articles; of more the number."""


def recognised(folder: Path) -> list[str]:
    """Give in a few lines what a corpus was taken for: articles, outlets, days, languages,
    encodings, the columns of its tables; and what to do where nothing was recognised."""
    seen = _looked_at(folder)
    total = seen.outlets.total()
    if not total:
        return []
    lines = [f"{number_of(total, 'article')} of {number_of(len(seen.outlets), 'outlet')}"]
    named = ", ".join(f"{shown(o)} {n:,}" for o, n in _most(seen.outlets)[:OUTLETS])
    more = f" and {len(seen.outlets) - OUTLETS} more" if len(seen.outlets) > OUTLETS else ""
    lines.append(f"outlets: {named}{more}")
    if unknown := seen.outlets[corpus.UNKNOWN_OUTLET]:
        lines.append(
            f"no outlet for {number_of(unknown, 'article')}: put them in a folder for each outlet,"
            " name it in catalog.csv, or say which column it is (columns: {outlet: …} in a study)"
        )
    if said := told_alike(seen.outlets):
        lines.append(said)
    lines.append(_days(seen.days, total))
    other = {name: n for name, n in _most(seen.languages) if name != "en"}
    told = ", ".join(f"{shown(name)} {n:,}" for name, n in list(other.items())[:4])
    lines.append(f"languages: en {seen.languages['en']:,}" + (f", {told}" if told else ""))
    if odd := [(name, n) for name, n in _most(seen.encodings) if not name.startswith("utf-8")]:
        lines.append(f"not UTF-8: {', '.join(f'{name} {n:,}' for name, n in odd)}")
    return lines + _columns(folder)


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _days(days: list[date], total: int) -> str:
    if not days:
        return (
            "days: none is known, so nothing can be said of time: name them in catalog.csv, or say"
            " which column it is (columns: {published: …} in a study)"
        )
    missing = f"; {total - len(days):,} without a day" if len(days) < total else ""
    return f"days: {min(days)} to {max(days)}{missing}"


def _columns(folder: Path) -> list[str]:
    """What each column of the tables was taken for; of tables with the same columns one line."""
    taken: dict[str, list[str]] = {}
    for found in walk(folder):
        if not isinstance(found, Found) or not found.source.endswith(TABLES):
            continue
        try:
            names = header(found.path)
            chosen = mapping(names, {})
        except (Unusable, OSError, ValueError, StopIteration):
            continue  # what is wrong with it was said
        told = ", ".join(
            shown(name) if name == column else f"{shown(name)} as {column}"
            for column, name in chosen.items()
        )
        kept = [name for name in further(names, chosen) if name]
        more = f"; kept as they are: {', '.join(map(shown, kept))}" if kept else ""
        taken.setdefault(f"{told}{more}", []).append(found.source)
    return [
        f"columns of {shown(sources[0])}"
        + (f" and {len(sources) - 1} more" if len(sources) > 1 else "")
        + f": {told}"
        for told, sources in taken.items()
    ]


def _first(words: str, folder: Path) -> str:
    """The header of a catalogue is its first line."""
    return words.replace(f"{NAME}: ", f"{NAME}:1: ", 1) if NAME in words else words


def _line(failure: corpus.Failure, folder: Path) -> str:
    file = (
        NAME
        if failure.reason.startswith(f"{NAME}:")
        else Path(failure.source.partition("#")[0]).name
    )
    if failure.reason.startswith(f"{file}:"):  # a row: the reason names its line
        row, _, rest = failure.reason.partition(" ")
        return (
            f"{(folder / (NAME if file == NAME else failure.source)).with_name(row.rstrip(':'))}:"
            f" {rest}"
        )
    return f"{folder / failure.source}: {failure.reason}"
