"""Which articles of a whole corpus came before: a sketch of each partition, merged in the order of
the partitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.corpus import UNKNOWN_OUTLET
from helpers.engine.parts import RECEIVED, Work
from helpers.engine.received import NUMBERS
from helpers.ledger import get, put

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

ID, TEXT, COPY = "id", "text", "copy"
"""A row whose id an earlier row has (it is not an article); whose text; whose outlet and bytes."""

GROUP = 20_000  # rows of a group in the file: a worker reads the groups of its own partition


def place(work: Work) -> Path:
    """Where the merged result lies."""
    return Path(work.folder, "repeats.parquet")


def merge(work: Work, parts: int) -> Counter[str]:
    """Write which rows repeat an earlier one, and give the articles of each outlet, copies counted
    once.

    Holds 40 bytes for each article of the corpus while it works.
    """
    import pyarrow as pa

    numbers, at, outlets = _read(work, parts)
    found = _found(numbers)
    names = _names(work, at, {first for _, first, _ in found})
    rows = [
        (int(at[row][0]), int(at[row][1]), kind, names[first][kind == ID])
        for row, first, kind in found
    ]
    rows.sort()
    shape = pa.schema(
        [("part", pa.int64()), ("row", pa.int64()), ("kind", pa.string()), ("first", pa.string())]
    )
    columns = list(zip(*rows, strict=True)) or [()] * 4
    table = pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape
    )
    put(place(work), table, row_group_size=GROUP)
    return _houses(outlets, found)


def _read(work: Work, parts: int) -> tuple[np.ndarray, np.ndarray, list[pa.ChunkedArray]]:
    """The numbers of every article, where it stands (partition, row), and its outlet."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers, at, outlets = [], [], []
    for number in range(parts):
        table = get(work.part(RECEIVED, number), ["status", "outlet", *NUMBERS])
        read = pc.equal(table["status"], "read").to_numpy()
        numbers.append(np.stack([table[name].to_numpy()[read] for name in NUMBERS]))
        rows = np.flatnonzero(read)
        at.append(np.stack([np.full(len(rows), number), rows], axis=1))
        outlets.append(table["outlet"].filter(pa.array(read)).combine_chunks().dictionary_encode())
    return np.concatenate(numbers, axis=1), np.concatenate(at), outlets


def _found(numbers: np.ndarray) -> list[tuple[int, int, str]]:
    """(row, first row, kind) for each row that repeats an earlier one; a row whose id is taken
    counts for nothing else."""
    import numpy as np

    found = [(row, first, ID) for row, first in _later(numbers[0])]
    ids = np.ones(numbers.shape[1], dtype=bool)
    ids[[row for row, _, _ in found]] = False
    kept = np.flatnonzero(ids)
    for kind, column in ((TEXT, numbers[1]), (COPY, numbers[2])):
        found += [(int(kept[row]), int(kept[first]), kind) for row, first in _later(column[kept])]
    return found


def _later(values: np.ndarray) -> Iterator[tuple[int, int]]:
    """Rows whose value came before, with the row where it came first."""
    import numpy as np

    _, first, inverse = np.unique(values, return_index=True, return_inverse=True)
    for row in np.flatnonzero(first[inverse] != np.arange(len(values))):
        yield int(row), int(first[inverse[row]])


def _names(work: Work, at: np.ndarray, wanted: set[int]) -> dict[int, tuple[str, str]]:
    """article_id and source of the rows wanted, read partition by partition."""
    names: dict[int, tuple[str, str]] = {}
    part, table = -1, None
    for row in sorted(wanted):
        if at[row][0] != part:
            part = int(at[row][0])
            table = get(work.part(RECEIVED, part), ["article_id", "source"])
        inside = int(at[row][1])
        names[row] = table["article_id"][inside].as_py(), table["source"][inside].as_py()
    return names


def _houses(outlets: list[pa.DictionaryArray], found: list[tuple[int, int, str]]) -> Counter[str]:
    """Articles of each outlet without those that repeat an id or a copy."""
    counts: Counter[str] = Counter()
    starts, at = [], 0
    for part in outlets:
        starts.append(at)
        at += len(part)
        for entry in part.value_counts().to_pylist():
            counts[entry["values"]] += entry["counts"]
    return counts - _repeating(outlets, starts, found)


def _repeating(
    outlets: list[pa.DictionaryArray], starts: list[int], found: list[tuple[int, int, str]]
) -> Counter[str]:
    from bisect import bisect_right

    less: Counter[str] = Counter()
    for row, _, kind in found:
        if kind != TEXT:
            part = bisect_right(starts, row) - 1
            less[outlets[part][row - starts[part]].as_py()] += 1
    return less


def of_part(work: Work, number: int) -> dict[int, dict[str, str]]:
    """Give what repeats in one partition: row → kind → the name of the first."""
    found: dict[int, dict[str, str]] = {}
    for row in get(
        place(work), ["row", "kind", "first"], filters=[("part", "==", number)]
    ).to_pylist():
        found.setdefault(row["row"], {})[row["kind"]] = row["first"]
    return found


def counted(outlet: str, repeated: dict[str, str]) -> bool:
    """Say whether an article counts for the lines of its outlet: the first of its copies, of an
    outlet that is known."""
    return outlet != UNKNOWN_OUTLET and ID not in repeated and COPY not in repeated
