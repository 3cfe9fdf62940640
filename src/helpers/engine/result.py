"""What a run came to, in a few lines whatever the size of the corpus: the tables hold the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from helpers import ledger
from helpers.ledger import get

SHOWN = 50
"""Failures and notes of each kind that are named; of more the number."""


class Done(NamedTuple):
    """What an annotation came to.

    failures  the first of them;  failed  how many there are
    notes     the first of each kind, with a line for how many more there are
    """

    folder: Path
    articles: int
    failures: tuple[ledger.Failed, ...]
    failed: int
    notes: tuple[str, ...]


def done(out: Path, key: dict[str, Any]) -> Done:
    """Give what the key of a ledger says of how it was made."""
    result = key["result"]
    failures = tuple(ledger.Failed(*f) for f in result["failures"])
    return Done(out, result["articles"], failures, result["failed"], tuple(result["notes"]))


def summary(out: Path) -> dict[str, Any]:
    """Count what is in the tables of a folder and pick out what a user must see."""
    import pyarrow.parquet as pq

    articles = sum(pq.read_metadata(place).num_rows for place in ledger.parts(out, "articles"))
    places = ledger.parts(out, "failures")
    failures = (ledger.Failed(*row.values()) for place in places for row in get(place).to_pylist())
    stages = Counter(
        stage for place in places for stage in get(place, ["stage"])["stage"].to_pylist()
    )
    return {
        "articles": articles,
        "failures": list(islice(failures, SHOWN)),
        "failed": stages.total(),
        "unannotated": stages["annotate"],
        "notes": _notes(out),
    }


def _notes(out: Path) -> list[str]:
    """The lines a user must see: articles of unknown outlet, exact copies, files passed over."""
    from helpers import corpus

    encodings, copies, skipped = _Some(), _Some(), _Some()
    unknown = read = 0
    for row in _intake(out):
        if row.status == "skipped":
            skipped.add(f"{row.source}: skipped, {row.note}")
        elif row.status == "read":
            read += 1
            unknown += corpus.NO_OUTLET in row.note
            if not row.encoding.startswith("utf-8"):
                encodings.add(f"{row.source}: not UTF-8, read as {row.encoding}")
            if corpus.DUPLICATE in row.note:  # the last of its notes
                copies.add(f"{row.article_id}: {row.note[row.note.rindex(corpus.DUPLICATE) :]}")
    lost = [
        f"{unknown} of {read} articles are of unknown outlet: put them in a folder per outlet, or"
        " name it in catalog.csv"
    ]
    return (
        encodings.lines("not UTF-8")
        + lost * bool(unknown)
        + copies.lines("exact duplicates")
        + skipped.lines("skipped")
    )


def _intake(out: Path) -> Iterator[ledger.Intake]:
    for place in ledger.parts(out, "intake"):
        for batch in get(place).to_batches(5000):
            yield from (ledger.Intake(*row.values()) for row in batch.to_pylist())


class _Some:
    """The first lines of a kind, and how many there are."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.count = 0

    def add(self, line: str) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(line)

    def lines(self, kind: str) -> list[str]:
        more = self.count - len(self.first)
        return self.first + (
            [f"… and {more:,} more {kind}: intake.parquet lists them all"] if more else []
        )
