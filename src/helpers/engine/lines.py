"""Lines that an outlet repeats over its articles: counts of each partition, which add, and what is
over the threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import clean
from helpers.corpus import hashed
from helpers.engine import repeats
from helpers.engine.parts import LINES, RECEIVED, Work
from helpers.ledger import get, put

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = 3  # fewer may be an update of the same story
SHARE = 0.2  # of the outlet's articles: what stands in one article of five is furniture
BUCKET = 4_000_000  # rows added up at a time


class Lines:
    """Keys of an outlet's repeated lines, held as numbers of 64 bits."""

    def __init__(self, numbers: frozenset[int]):
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and hashed(key) in self.numbers


NONE = Lines(frozenset())


def count(work: Work, number: int) -> int:
    """Count in how many articles of a partition each line of an outlet stands; give the number of
    counts written.

    Exact copies count once, and articles of unknown outlet are left out: they share no house.
    """
    counts: Counter[tuple[str, int]] = Counter()
    repeated = repeats.of_part(work, number)
    table = get(work.part(RECEIVED, number), ["status", "outlet", "text"])
    for row, (status, outlet, text) in enumerate(
        zip(*(c.to_pylist() for c in table.columns), strict=True)
    ):
        if status == "read" and repeats.counted(outlet, repeated.get(row, {})):
            counts.update((outlet, hashed(key)) for key in clean.line_keys(text))
    put(work.part(LINES, number), _table([(*key, n) for key, n in counts.items()]))
    return len(counts)


def _table(rows: list[tuple[str, int, int]]) -> pa.Table:
    import pyarrow as pa

    shape = pa.schema([("outlet", pa.string()), ("line", pa.uint64()), ("articles", pa.int64())])
    columns = list(zip(*sorted(rows), strict=True)) or [()] * 3
    return pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape
    )


def place(work: Work) -> Path:
    """Where the merged result lies."""
    return Path(work.folder, "repeated.parquet")


def merge(work: Work, parts: int, articles: Mapping[str, int]) -> None:
    """Add the counts of all partitions and write the lines that stand in enough of an outlet's
    articles.

    articles  of each outlet, copies counted once
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sum(pq.read_metadata(work.part(LINES, n)).num_rows for n in range(parts))
    buckets = max(1, -(-rows // BUCKET))
    kept = [
        _bucket(work, parts, articles, 2**64 * i // buckets, 2**64 * (i + 1) // buckets - 1)
        for i in range(buckets)
    ]
    put(
        place(work),
        pa.concat_tables(kept).sort_by([("outlet", "ascending"), ("line", "ascending")]),
    )


def _bucket(work: Work, parts: int, articles: Mapping[str, int], low: int, high: int) -> pa.Table:
    """The repeated lines whose numbers lie between two."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bounds = (pc.field("line") >= pa.scalar(low, pa.uint64())) & (
        pc.field("line") <= pa.scalar(high, pa.uint64())
    )
    table = pa.concat_tables([get(work.part(LINES, n), filters=bounds) for n in range(parts)])
    total = table.group_by(["outlet", "line"], use_threads=False).aggregate([("articles", "sum")])
    total = total.filter(
        pc.greater_equal(total["articles_sum"], ARTICLES)
    )  # nearly all lines stand in one article
    least = pa.array(
        [SHARE * articles.get(o, 0) for o in total["outlet"].to_pylist()], pa.float64()
    )
    enough = pc.greater_equal(total["articles_sum"].cast(pa.float64()), least)
    return total.filter(enough).select(["outlet", "line"])


@lru_cache(maxsize=4)
def repeated(work: Work) -> dict[str, Lines]:
    """Give the repeated lines of each outlet that has any."""
    found: dict[str, set[int]] = {}
    for row in get(place(work)).to_pylist():
        found.setdefault(row["outlet"], set()).add(row["line"])
    return {outlet: Lines(frozenset(numbers)) for outlet, numbers in found.items()}
