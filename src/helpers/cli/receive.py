"""Copies articles that cannot be shipped into a corpus, checked against its catalogue."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

from helpers.ledger.placing import put


def articles(source: Path, corpus: Path, say: Callable[[str], None]) -> None:
    """Copy the files that a corpus's catalogue names.

    source  a folder that holds them
    corpus  a folder with catalog.csv: columns source and sha256
    raises  ValueError with a line for each file that is missing or differs; then nothing is copied
    """
    catalogue = corpus / "catalog.csv"
    if not source.is_dir():
        raise ValueError(
            f"{source}: there is no such folder; give the folder that holds the articles"
        )
    if not catalogue.is_file():
        raise ValueError(
            f"{catalogue}: no catalogue names the articles of this corpus; put them into its folder"
            " instead"
        )
    wanted = _catalogue(catalogue)
    found = {name: source / name for name in wanted}
    problems = [line for name, file in found.items() if (line := _wrong(file, name, wanted[name]))]
    if problems:
        raise ValueError("\n".join(problems))
    for name, file in found.items():
        _copy(file, corpus / name)
    say(f"{len(found)} articles are in place")


def _catalogue(catalogue: Path) -> dict[str, str]:
    """The SHA-256 of each file that a catalogue names, which may lie nowhere but below its
    folder."""
    try:
        with catalogue.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(
            f"{catalogue}: cannot be read as CSV in UTF-8 ({error}); save it again"
        ) from None
    if not rows or "source" not in rows[0]:
        raise ValueError(f"{catalogue}: no column source; it names the file of each row")
    wanted = {row["source"] or "": row.get("sha256") or "" for row in rows}
    for name in wanted:
        path = Path(name)
        if not name or path.is_absolute() or ".." in path.parts:
            raise ValueError(
                f"{catalogue}: {name!r} lies outside the corpus; name files below its folder"
            )
    return wanted


def _wrong(file: Path, name: str, digest: str) -> str:
    if not file.is_file():
        return f"{file}: not there; catalog.csv names it"
    if digest and hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        return (
            f"{file}: not the file that catalog.csv describes (its SHA-256 differs); fetch {name}"
            " again"
        )
    return ""


def _copy(file: Path, target: Path) -> None:
    data = file.read_bytes()
    if target.is_file() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, data)
