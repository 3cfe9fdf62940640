"""First map: partitions of files and rows become articles, with numbers by which a whole corpus can
be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from helpers import clean, corpus, ledger
from helpers.engine.parts import RECEIVED, Work
from helpers.ledger import get, put

if TYPE_CHECKING:
    import pyarrow as pa

ARTICLES = 500
"""Articles of a partition. A killed worker loses no more; more of them cost memory and gain
nothing."""

SIZE = 16_000_000
"""Bytes after which a partition is closed before it has ARTICLES."""

KILLED = "ended the process that worked on it, three times (too large for its memory?)"
AT_A_TIME = 100  # rows of a partition that are Python objects at once

Job = tuple[Work, int, list[Any]]


def jobs(work: Work, entries: Iterable[Any]) -> Iterator[Job]:
    """Cut what `corpus.pending` gives into the jobs of `receive`; the cuts depend on the entries
    alone."""
    part: list[Any] = []
    size = number = 0
    for entry in entries:
        part.append(entry)
        size += entry.size if isinstance(entry, corpus.Pending) else 0
        if len(part) >= ARTICLES or size >= SIZE:
            yield work, number, part
            part, size, number = [], 0, number + 1
    if part or not number:
        yield work, number, part


def receive(
    work: Work,
    number: int,
    entries: Sequence[Any],
    dropped: Collection[int] = (),
    only: range | None = None,
) -> int:
    """Make the articles of a partition and write them; give their number.

    dropped  places of entries that end a process: they become failures
    only     for finding those: try these places and write nothing
    """
    if only is not None:
        return sum(isinstance(_made(entries[i]), corpus.Received) for i in only)
    rows = [_lost(e) if i in dropped else _row(_made(e)) for i, e in enumerate(entries)]
    put(work.part(RECEIVED, number), _table(rows))
    return sum(row[0] == "read" for row in rows)


def articles(work: Work, number: int) -> int:
    """Count the articles of a partition that is there."""
    return get(work.part(RECEIVED, number), ["status"])["status"].to_pylist().count("read")


def _made(entry: Any) -> Any:
    if not isinstance(entry, corpus.Pending):
        return entry
    try:
        return corpus.receive(entry)
    except Exception as error:
        reason = (f"{type(error).__name__}: {error}".splitlines() or [""])[0]
        return corpus.Failure(entry.found.source, entry.article_id, "read", reason)


def _lost(entry: Any) -> tuple:
    return _row(corpus.Failure(entry.found.source, entry.article_id, "read", KILLED))


_EMPTY = ledger.Article("", "", "", "", "", "", None, "", "", "", "", "", "")


def _row(made: Any) -> tuple:
    """status, stage, encoding, notes, main, three numbers, then the article's columns."""
    if isinstance(made, corpus.Received):
        return (
            "read",
            "",
            made.encoding,
            made.notes,
            made.main,
            *corpus.identity(made.article),
            *clean.with_title(made.article, made.main),
        )
    if isinstance(made, corpus.Failure):
        source, article_id, stage, reason = made
        return (
            "failed",
            stage,
            "",
            (reason,),
            None,
            0,
            0,
            0,
            *_EMPTY._replace(source=source, article_id=article_id),
        )
    return "skipped", "", "", (made.reason,), None, 0, 0, 0, *_EMPTY._replace(source=made.source)


NUMBERS = ("article", "text_number", "copy")


@cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = pa.list_(pa.string())
    first = [
        ("status", pa.string()),
        ("stage", pa.string()),
        ("encoding", pa.string()),
        ("notes", texts),
        ("main", texts),
    ]
    return pa.schema(
        [*first, *((name, pa.uint64()) for name in NUMBERS), *ledger.schema("articles")]
    )


def _table(rows: list[tuple]) -> pa.Table:
    import pyarrow as pa

    shape = _schema()
    columns = list(zip(*rows, strict=True)) or [()] * len(shape)
    return pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape
    )


def rows(work: Work, number: int) -> Iterator[dict[str, Any]]:
    """Give the rows of a partition of received articles, a few of them held at a time."""
    for batch in get(work.part(RECEIVED, number)).to_batches(AT_A_TIME):
        yield from batch.to_pylist()


def article(row: dict[str, Any], *notes: str) -> corpus.Received:
    """Give back the article that a row holds."""
    main = None if row["main"] is None else tuple(row["main"])
    given = ledger.Article(*(row[name] for name in ledger.Article._fields))
    return corpus.Received(given, main, row["encoding"], (*row["notes"], *notes))
