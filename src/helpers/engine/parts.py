"""Partitions of tables on disk: where each lies, written whole or not at all, so that a run can go on where it stopped."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

RECEIVED, LINES = "received", "lines"
TABLES = "tables"
"""Folders of the work: articles as received, counts of lines, finished tables."""


FULL = (errno.ENOSPC, errno.EDQUOT)


class Full(ValueError):
    """There is no space left for a table."""


class Work(NamedTuple):
    """What a worker must know, wherever it runs; the folder is one that every worker sees.

    folder    of the work in progress
    lexicons  copies of the lexicons in it, by their paths inside it
    stamp     tells this run's lexicons and repeated lines from those of other runs in the same process
    """

    folder: str
    lexicons: tuple[str, ...]
    stamp: str

    def part(self, kind: str, number: int) -> Path:
        """Give the place of a partition: of received articles, of lines, or of a table by its name."""
        inside = kind if kind in (RECEIVED, LINES) else f"{TABLES}/{kind}"
        return Path(self.folder, inside, f"part-{number:06}.parquet")


@contextmanager
def drafted(place: Path) -> Iterator[Path]:
    """Give the path of a draft that becomes the file in one step, or is removed where writing it fails."""
    place.parent.mkdir(parents=True, exist_ok=True)
    # two workers may hold the same partition for a while, when a scheduler thought the first of them lost
    draft = place.parent / f".{place.name}.{uuid.uuid4().hex}"
    try:
        yield draft
        draft.replace(place)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise Full(f"{place}: no space left on its disk; make some and run again: what is done stays") from None
        raise


def put(place: Path, table: pa.Table, **more: object) -> None:
    """Write a table as one Parquet file, whole or not at all."""
    import pyarrow.parquet as pq

    with drafted(place) as draft:
        pq.write_table(table, draft, compression="zstd", **more)


def put_text(place: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    with drafted(place) as draft:
        draft.write_text(text, encoding="utf-8")


def get(place: Path, columns: list[str] | None = None, **more: object) -> pa.Table:
    """Read one partition, or some of its columns. Raises ValueError, in one line, where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # the calling thread alone: a worker has one core, and its memory is bounded
        return pq.read_table(place, columns=columns, use_threads=False, partitioning=None, memory_map=False, **more)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise ValueError(f"{place.parent.name}/{place.name}: cannot be read ({why[:100]}); remove {_whole(place)} and run again") from None


def _whole(place: Path) -> Path:
    """The folder to remove when a partition is damaged: that of the work, or that of the tables."""
    return next((up for up in place.parents if up.name == ".work"), place.parents[1])


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
