"""What a run came to, in a few lines whatever the size of the corpus: the tables hold the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from helpers import ledger
from helpers.corpus.rows import shown
from helpers.ledger import get

SHOWN = 50
"""Failures that are named; of more the number."""


COUNTED = ("skipped", "cut whole", "without outlet", "without date", "in another language")
"""What is said of how many articles, in this order."""


class Done(NamedTuple):
    """What an annotation came to.

    failures  the first of them;  failed  how many there are
    notes     a line for each kind, with the number and the first of them
    counts    what a reader should know: files skipped, articles cut whole, without outlet …
    """

    folder: Path
    articles: int
    failures: tuple[ledger.Failed, ...]
    failed: int
    notes: tuple[str, ...]
    counts: dict[str, int]

    def line(self) -> str:
        """Say in one line what was read."""
        said = [f"{self.counts[what]:,} {what}" for what in COUNTED]
        return ", ".join([f"{self.articles:,} read", f"{self.failed:,} failed", *said])


def done(out: Path, key: dict[str, Any]) -> Done:
    """Give what the key of a ledger says of how it was made."""
    result = key["result"]
    failures = tuple(ledger.Failed(*f) for f in result["failures"])
    notes = tuple(result["notes"])
    return Done(out, result["articles"], failures, result["failed"], notes, result["counts"])


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
        "counts": _counts(out),
    }


def _notes(out: Path) -> list[str]:
    """The lines a user must see, one for each kind with its number and the first of them: articles
    of unknown outlet, encodings, exact copies, files passed over."""
    from helpers import corpus

    found: dict[str, _Kind] = {}
    unknown = read = 0
    for row in _intake(out):
        name = shown(row.source)
        if row.status == "skipped":
            found.setdefault(f"skipped, {shown(row.note)}", _Kind()).add(name)
        elif row.status == "read":
            read += 1
            unknown += corpus.NO_OUTLET in row.note
            if not row.encoding.startswith("utf-8"):
                found.setdefault(f"not UTF-8, read as {row.encoding}", _Kind()).add(name)
            if corpus.DUPLICATE in row.note:  # the last of its notes
                kept = shown(row.note[row.note.rindex(corpus.DUPLICATE) :])
                copies = found.setdefault("exact duplicates of others", _Kind())
                copies.add(f"{shown(row.article_id)}: {kept}")
    lines = [kind.line(what) for what, kind in sorted(found.items())]
    if unknown:
        lines.append(
            f"{unknown} of {read} articles are of unknown outlet: put them in a folder per outlet,"
            " or name it in catalog.csv"
        )
    return lines


def _counts(out: Path) -> dict[str, int]:
    """How many articles and files a reader should know of, by what is to be said of them."""
    from helpers.corpus import UNKNOWN_OUTLET

    found: Counter[str] = Counter()
    for place in ledger.parts(out, "intake"):
        found["skipped"] += get(place, ["status"])["status"].to_pylist().count("skipped")
    kept: set[str] = set()
    for place in ledger.parts(out, "blocks"):
        blocks = get(place, ["article_id", "role"]).to_pandas()
        kept.update(blocks["article_id"][blocks["role"].isin(ledger.KEPT)])
    for place in ledger.parts(out, "articles"):
        columns = ["article_id", "outlet", "published", "language"]
        articles = get(place, columns).to_pandas()
        found["cut whole"] += int((~articles["article_id"].isin(kept)).sum())
        found["without outlet"] += int((articles["outlet"] == UNKNOWN_OUTLET).sum())
        found["without date"] += int(articles["published"].isna().sum())
        found["in another language"] += int((~articles["language"].isin(["en", ""])).sum())
    return {what: found[what] for what in COUNTED}


def _intake(out: Path) -> Iterator[ledger.Intake]:
    for place in ledger.parts(out, "intake"):
        for batch in get(place).to_batches(5000):
            yield from (ledger.Intake(*row.values()) for row in batch.to_pylist())


class _Kind:
    """How many there are of a kind, and the first of them."""

    def __init__(self) -> None:
        self.first = ""
        self.count = 0

    def add(self, name: str) -> None:
        self.count += 1
        self.first = self.first or name

    def line(self, what: str) -> str:
        if self.count == 1:
            return f"{self.first}: {what}" if ": " not in self.first else self.first
        return f"{self.count:,} {what}, the first: {self.first} (intake.parquet lists them all)"
