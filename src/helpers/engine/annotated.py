"""Second map: partitions of articles become partitions of every table; third, of the hits of one
lexicon."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers import corpus, ledger, terms
from helpers.engine import lines, received, repeats
from helpers.engine.chain import Given, Rows, safe_rows, table
from helpers.engine.parts import MADE_FROM, Work
from helpers.ledger import get, put

if TYPE_CHECKING:
    import pyarrow as pa

KILLED = "ended the process that annotated it, three times (too large for its memory?)"
BASE = tuple(name for name in ledger.TABLES if name != "hits")
"""The tables that are made when articles are annotated; hits are made for each lexicon apart."""

LAST = "articles"
"""The table written last: with it a partition is done."""

FLUSH = 50  # articles that are annotated together, and whose rows are Python objects at once
FLUSH_SIZE = 2_000_000  # or so many characters


class Count(NamedTuple):
    """What came of a partition."""

    articles: int
    failures: int


def annotate(
    work: Work, number: int, dropped: Collection[int] = (), only: range | None = None
) -> Count:
    """Send the articles of a partition through the annotators and write its tables.

    dropped  places of rows that end a process: they become failures
    only     for finding those: try these places and write nothing
    """
    tables = _Tables(work)
    repeated = repeats.of_part(work, number)
    with _uncollected():
        for place, row in enumerate(received.rows(work, number)):
            if only is None or place in only:
                tables.add(
                    *_taken(work, row, repeated.get(place, {}), place in dropped), len(row["text"])
                )
        tables.flush()
    count = Count(tables.counts["articles"], tables.counts["failures"])
    if only is None:
        tables.write(work, number)
    return count


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking the rows of a partition: they hold no cycles, and
    there are a million of them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Tables:
    """Articles on their way to rows, and rows on their way into Arrow."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.done: dict[str, list[pa.Table]] = {name: [] for name in BASE}
        self.counts = dict.fromkeys(BASE, 0)
        self._held: list[tuple[Rows, Given | None]] = []
        self._size = 0

    def add(self, known: Rows, one: Given | None, size: int) -> None:
        """Take rows that are known already, and an article that is to be annotated."""
        self._held.append((known, one))
        self._size += size
        if len(self._held) >= FLUSH or self._size >= FLUSH_SIZE:
            self.flush()

    def flush(self) -> None:
        """Annotate the articles taken and put all rows into Arrow, in the order in which they were
        taken."""
        made = iter(safe_rows([one for _, one in self._held if one]))
        rows: Rows = {name: [] for name in BASE}
        for known, one in self._held:
            for name, more in chain(known.items(), next(made).items() if one else ()):
                rows[name] += more
        for name, all_of_them in rows.items():
            self.counts[name] += len(all_of_them)
            self.done[name].append(table(name, all_of_them))
        self._held, self._size = [], 0

    def write(self, work: Work, number: int) -> None:
        import pyarrow as pa

        for name in [*(n for n in BASE if n != LAST), LAST]:
            put(work.part(name, number), pa.concat_tables(self.done.pop(name)).combine_chunks())


def _taken(
    work: Work, row: dict[str, Any], repeated: dict[str, str], dropped: bool
) -> tuple[Rows, Given | None]:
    """The rows that come of one row received, and the article to be annotated, where it is one."""
    source, name = row["source"], row["article_id"]
    if row["status"] == "failed":
        return _failed(ledger.Failed(source, name, row["stage"], row["notes"][0])), None
    if row["status"] == "skipped":
        return {"intake": [ledger.Intake(source, "", "skipped", "", row["notes"][0])]}, None
    if repeats.ID in repeated:
        return _failed(ledger.Failed(*corpus.same_id(source, name, repeated[repeats.ID]))), None
    notes = [corpus.DUPLICATE + repeated[repeats.TEXT]] if repeats.TEXT in repeated else []
    one = received.article(row, *notes)
    known: Rows = {
        "intake": [ledger.Intake(source, name, "read", one.encoding, "; ".join(one.notes))]
    }
    if dropped:
        return known | {"failures": [ledger.Failed(source, name, "annotate", KILLED)]}, None
    return known, (one, lines.repeated(work).get(one.article.outlet, lines.NONE))


def _failed(failure: ledger.Failed) -> Rows:
    return {
        "failures": [failure],
        "intake": [ledger.Intake(failure.source, failure.article_id, "failed", "", failure.reason)],
    }


@lru_cache(maxsize=4)
def _matcher(work: Work) -> terms.Matcher:
    matcher = terms.matcher([terms.load(Path(work.folder, name)) for name in work.lexicons])
    # what is loaded by now stays; without this the collector walks the language models again and
    # again
    gc.freeze()
    return matcher


def hits(work: Work, number: int, tables: dict[str, str]) -> int:
    """Find the hits anew, from tables that are there; give their number.

    tables  where the partition's articles, blocks, sentences and voices lie
    raises  whatever an annotator raises: then the article is to go through all of them again
    """
    kinds = {name: _by_article(name, Path(place)) for name, place in tables.items()}
    found: list[ledger.Hit] = []
    for article_id, [article] in kinds.pop("articles"):
        own = {name: rows.of(article_id) for name, rows in kinds.items()}
        found += terms.hits(article, own["blocks"], own["sentences"], own["voices"], _matcher(work))
    made_from = {MADE_FROM: work.stamp.encode()}
    rows = ledger.arrow("hits", found).replace_schema_metadata(made_from)
    put(work.part("hits", number), rows)
    return len(found)


class _Rows:
    """Rows of one table, article after article, in the order of the articles."""

    def __init__(self, table: str, place: Path):
        kind = ledger.TABLES[table]
        rows = (
            kind(*row.values())
            for batch in get(place).to_batches(5000)
            for row in batch.to_pylist()
        )
        self._groups = groupby(rows, key=attrgetter("article_id"))
        self._next = next(self._groups, None)
        self._held: list[Any] = []

    def __iter__(self) -> Iterator[tuple[str, list[Any]]]:
        while self._next is not None:
            name, rows = self._next
            yield name, list(rows)
            self._next = next(self._groups, None)

    def of(self, article_id: str) -> list[Any]:
        """The rows of the article, which must not come before the one asked for last."""
        if self._next is None or self._next[0] != article_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _by_article(table: str, place: Path) -> _Rows:
    return _Rows(table, place)
