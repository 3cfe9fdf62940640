"""Which files of a folder a ledger may replace: only those that the ledger there says it wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers import ledger

WORK, PLAN, FINISHED = ".work", "plan.json", "finished.json"
"""Folder of the work in progress; its mark; what is to be put in place once all is made."""


MADE = ("files", "result")
"""Parts of a ledger's key that say what came of it; the others say what it was made from."""


IN_ARTICLES = (
    "{}: in the folder of the articles; give the tables another, or they are read as articles next"
    " time"
)


class Occupied(ValueError):
    """A folder holds something that tables of a ledger would replace and that no ledger wrote."""


def refuse_to_spoil(out: Path, paths: list[Path]) -> None:
    """Raise Occupied, before any work, if writing tables into a folder would replace anything that
    a ledger there did not write.

    out    where the tables are to go
    paths  the files and folders that are read

    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp()) / "tables"
    >>> refuse_to_spoil(out, [Path("data/raw/demo")])  # nothing is there yet
    """
    if out.exists() and not out.is_dir():
        raise Occupied(f"{out}: a file; --out takes a folder for the tables")
    whole = out.resolve()
    for path in paths:
        if path.is_dir() and whole.is_relative_to(path.resolve()):
            raise Occupied(IN_ARTICLES.format(out))
    taken = [place for place in targets(out) if place.exists() or place.is_symlink()]
    strange = [place for place in taken if place.name not in written(out)]
    strange += [stray for place in taken if place not in strange for stray in _strays(place)]
    if (out / WORK).exists() and not _ours(out / WORK):
        strange.append(out / WORK)
    if (out / ledger.KEY).exists() and not _record(out):
        strange.append(out / ledger.KEY)
    if strange:
        raise Occupied(
            f"{strange[0]}: is there already, and no ledger says that it wrote it, so it was left"
            " as it is; give --out another folder (a new one is best)"
        )
    if any(path.is_file() and whole == path.resolve().parent for path in paths):
        raise Occupied(IN_ARTICLES.format(out))


def _strays(place: Path) -> list[Path]:
    """What lies in the folder of a table and is no part of one: a table is replaced with its
    folder. Hidden files are what a file manager leaves, or a run that was cut off."""
    if not place.is_dir() or place.is_symlink():
        return []
    parts = "*.parquet" if place.name == "hits" else "part-*.parquet"
    found: list[Path] = []
    for inner in sorted(p for p in place.iterdir() if not p.name.startswith(".")):
        if place.name == "hits" and inner.is_dir() and not inner.is_symlink():
            found += _strays(inner)
        elif not inner.match(parts) or inner.is_dir() or inner.is_symlink():
            found.append(inner)
    return found


def targets(out: Path) -> list[Path]:
    """Return every file and folder that tables of a ledger may become in a folder."""
    return [out / form for name in ledger.TABLES for form in (f"{name}.parquet", name)]


def written(out: Path) -> set[str]:
    """Return the names of the files and folders that a ledger wrote into a folder: those in its
    record, and those that a run was putting in place when it was cut off."""
    records = [_record(out), read_json(out / WORK / FINISHED) or {}]
    names: set[str] = set()
    for record in records:
        # a ledger made before records were kept wrote every table that lies beside it
        kept = record.get("files", [p.name for p in targets(out)] if record else [])
        names |= {str(name) for name in [*kept, *record.get("replaces", [])]}
    return names


def _record(out: Path) -> dict[str, Any]:
    """What a ledger in a folder says of itself; nothing where the file there is somebody else's."""
    key = ledger.key(out)
    return key if isinstance(key, dict) and {"inputs", "result"} <= set(key) else {}


def _ours(work: Path) -> bool:
    """Say whether a folder of work was made by a run: it holds the plan of one, or nothing."""
    if not work.is_dir() or work.is_symlink():
        return False
    return (work / PLAN).is_file() or not any(work.iterdir())


def read_json(place: Path) -> Any:
    """Return what a JSON file holds; None where there is none, or only part of one."""
    try:
        return json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
