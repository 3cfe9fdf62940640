"""What is wrong with a folder of articles: its catalogue, and each file that cannot be read."""

from __future__ import annotations

from pathlib import Path

from helpers import corpus
from helpers.corpus.catalogue import NAME
from helpers.corpus.files import ACCEPTED, Found, walk


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
    lines, paths = [], [folder]
    try:
        outcomes = list(corpus.read([folder]))
    except ValueError as error:
        lines = [_first(str(error), folder)]
        paths = [found.path for found in walk(folder) if isinstance(found, Found)]
        outcomes = list(corpus.read(paths)) if paths else []
    return lines + sorted(
        _line(item, folder) for item in outcomes if isinstance(item, corpus.Failure)
    )


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
