"""Files of a ledger: where a table lies, read and written whole or not at all, and what holds
others off meanwhile."""

from __future__ import annotations

import errno
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import ReadWriteLock

if TYPE_CHECKING:
    import pyarrow as pa

KEY = "ledger.json"
FULL = (errno.ENOSPC, errno.EDQUOT)


class Full(ValueError):
    """There is no space left for a table."""


def parts(folder: Path, table: str) -> list[Path]:
    """Give the files of a table in the order of its rows: one of its name, or the partitions in a
    folder of that name.

    raises  FileNotFoundError with the command that makes the ledger

    >>> import tempfile
    >>> import pyarrow as pa
    >>> folder = Path(tempfile.mkdtemp())
    >>> put(folder / "tokens.parquet", pa.table({"n": [1]}))
    >>> [path.name for path in parts(folder, "tokens")]
    ['tokens.parquet']
    """
    alone = folder / f"{table}.parquet"
    found = [alone] if alone.is_file() else sorted((folder / table).glob("[!.]*.parquet"))
    if not found:
        raise FileNotFoundError(f"{alone}: no such table; `framing annotate` makes it")
    return found


def key(folder: Path) -> dict:
    """Give what the ledger in this folder was made from; empty where there is none, or only part of
    one.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> key(folder)
    {}
    """
    try:
        return json.loads((folder / KEY).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold a ledger: alone while it is written, together with other readers while it is read.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with locked(folder, shared=True):
    ...     key(folder)
    {}
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = folder.parent / f".{folder.name}.lock"
    lock = ReadWriteLock(place, is_singleton=False)
    with lock.read_lock() if shared else lock.write_lock():
        yield


@contextmanager
def drafted(place: Path) -> Iterator[Path]:
    """Give the path of a draft that becomes the file in one step, or is removed where writing it
    fails.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with drafted(folder / "notes.txt") as draft:
    ...     _ = draft.write_text("whole")
    >>> [path.name for path in folder.iterdir()]
    ['notes.txt']
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    # two workers may hold the same partition for a while, when a scheduler thought the first of
    # them lost
    draft = place.parent / f".{place.name}.{uuid.uuid4().hex}"
    try:
        yield draft
        draft.replace(place)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in FULL:
            raise Full(
                f"{place}: no space left on its disk; make some and run again: what is done stays"
            ) from None
        raise


def put(place: Path, table: pa.Table, **more: object) -> None:
    """Write a table as one Parquet file, whole or not at all.

    >>> import tempfile
    >>> import pyarrow as pa
    >>> folder = Path(tempfile.mkdtemp())
    >>> put(folder / "some.parquet", pa.table({"n": [1, 2]}))
    >>> get(folder / "some.parquet", ["n"]).num_rows
    2
    """
    import pyarrow.parquet as pq

    with drafted(place) as draft:
        pq.write_table(table, draft, compression="zstd", **more)


def put_text(place: Path, text: str) -> None:
    """Write a text file, whole or not at all.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> put_text(folder / "notes.txt", "whole")
    >>> (folder / "notes.txt").read_text()
    'whole'
    """
    with drafted(place) as draft:
        draft.write_text(text, encoding="utf-8")


def get(place: Path, columns: list[str] | None = None, **more: object) -> pa.Table:
    """Read one partition, or some of its columns. Raises ValueError, in one line, where it cannot
    be read.

    >>> import tempfile
    >>> import pyarrow as pa
    >>> folder = Path(tempfile.mkdtemp())
    >>> put(folder / "some.parquet", pa.table({"n": [1, 2], "m": [3, 4]}))
    >>> get(folder / "some.parquet", ["m"]).column_names
    ['m']
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # the calling thread alone: a worker has one core, and its memory is bounded
        return pq.read_table(
            place, columns=columns, use_threads=False, partitioning=None, memory_map=False, **more
        )
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise ValueError(
            f"{place.parent.name}/{place.name}: cannot be read ({why[:100]}); remove"
            f" {_whole(place)} and run again"
        ) from None


def _whole(place: Path) -> Path:
    """The folder to remove when a partition is damaged: that of the work, or that of the tables."""
    return next((up for up in place.parents if up.name == ".work"), place.parents[1])
