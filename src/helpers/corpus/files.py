"""Files of a corpus, in sorted order: what may hold articles, what is passed over, what a link
would lead out to."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.corpus.catalogue import NAME
from helpers.corpus.rows import Failure, Skipped, escaped, shown

TEXTS = (".txt", ".html", ".htm")
TABLES = (".csv", ".tsv", ".jsonl", ".json", ".xlsx", ".parquet")
ACCEPTED = TEXTS + TABLES


class Found(NamedTuple):
    """One file: where it is, its path inside the corpus folder, and the article_id it gives."""

    path: Path
    source: str
    article_id: str

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()


def walk(top: Path) -> Iterator[Found | Skipped | Failure]:
    """Give the files in a folder and the folders in it, sorted by name; links that leave the folder
    are skipped.

    Passed over in silence: hidden files, catalog.csv of the top folder, README files, folders named
    gold.
    """
    yield from _folder(top, top, "")


def single(path: Path) -> Found | Skipped:
    """Give one file that the user named."""
    name = readable(path.name)
    if path.suffix.lower() not in ACCEPTED:
        return Skipped(name, _other(name))
    return Found(path, name, escaped(name[: -len(path.suffix)]))


def readable(name: str) -> str:
    """A file's name as text that can be written as UTF-8, whatever bytes it has on the disk."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _folder(top: Path, folder: Path, inside: str) -> Iterator[Found | Skipped | Failure]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(
            inside or readable(top.name), "", "read", f"cannot be opened: {reason(error)}"
        )
        return
    twins = _twins(entries)
    for entry in entries:
        source = inside + readable(entry.name)
        if _silent(entry, inside):
            continue
        if entry.is_dir(follow_symlinks=False):
            if page := _page_of(entry.name, entries):
                yield Skipped(source + "/", f"pictures and scripts saved with {page}")
                continue
            yield from _folder(top, Path(entry.path), source + "/")
        else:
            yield _file(top, entry, source, twins)


def _page_of(name: str, entries: list[os.DirEntry]) -> str:
    """The page with which a browser saved a folder (`Story_files` beside `Story.html`), or ""."""
    for ending in ("_files", "-files", "_Dateien", "_archivos", "_fichiers", "_file"):
        if name.endswith(ending):
            pages = {name.removesuffix(ending) + suffix for suffix in (".html", ".htm")}
            return next((shown(e.name, 60) for e in entries if e.name in pages), "")
    return ""


def _file(top: Path, entry: os.DirEntry, source: str, twins: set[str]) -> Found | Skipped:
    path = Path(entry.path)
    why = _skip(top, entry, path)
    if why:
        return Skipped(source, why)
    stem = source[: -len(path.suffix)]
    return Found(path, source, escaped(source if path.stem in twins else stem))


def _skip(top: Path, entry: os.DirEntry, path: Path) -> str:
    """Why a file is not read, "" where it is."""
    if entry.is_symlink():
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(os.path.realpath(top)) or not target.is_file():
            return "a link to a folder, to nothing or out of the corpus folder: not followed"
    if path.name == NAME:
        return "only the catalogue in the top folder is read"
    if path.suffix.lower() not in ACCEPTED:
        return _other(path.name)
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return f"cannot be opened: {reason(error)}"
    return "" if regular else "not a regular file"


def _other(name: str) -> str:
    return f"not a kind of file that is read: {shown(name, 60)}; read are {', '.join(ACCEPTED)}"


def _silent(entry: os.DirEntry, inside: str) -> bool:
    name = entry.name
    if name.startswith(".") or name.upper().startswith("README"):
        return True
    return (name == "gold" and entry.is_dir()) or (name == NAME and not inside)


def _twins(entries: list[os.DirEntry]) -> set[str]:
    """Names that two files of one folder share but for their suffix."""
    stems = Counter(
        Path(entry.name).stem for entry in entries if Path(entry.name).suffix.lower() in TEXTS
    )
    return {stem for stem, count in stems.items() if count > 1}


def reason(error: OSError) -> str:
    """What the system says, without the path."""
    return error.strerror or type(error).__name__
