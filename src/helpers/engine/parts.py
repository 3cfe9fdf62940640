"""Where the partitions of a run in progress lie, and which of them are there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

RECEIVED, LINES = "received", "lines"
TABLES = "tables"
"""Folders of the work: articles as received, counts of lines, finished tables."""


MADE_FROM = b"made_from"
"""Key in the metadata of a table of hits: from which tables and lexicon they were found."""


class Work(NamedTuple):
    """What a worker must know, wherever it runs; the folder is one that every worker sees.

    folder    of the work in progress
    lexicons  copies of the lexicons in it, by their paths inside it
    stamp     tells this run's lexicons and repeated lines from those of other runs in the same
              process
    """

    folder: str
    lexicons: tuple[str, ...]
    stamp: str

    def part(self, kind: str, number: int) -> Path:
        """Give the place of a partition: of received articles, of lines, or of a table by its
        name."""
        inside = kind if kind in (RECEIVED, LINES) else f"{TABLES}/{kind}"
        return Path(self.folder, inside, f"part-{number:06}.parquet")


def there(folder: Path) -> int:
    """Count the partitions that lie in a folder, drafts aside."""
    return sum(1 for _ in folder.glob("part-*.parquet")) if folder.is_dir() else 0


def sweep(folder: Path) -> None:
    """Remove drafts that killed workers left in a folder and the folders in it."""
    for top, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".part-"):
                Path(top, name).unlink(missing_ok=True)


Say = Callable[[str], None]
