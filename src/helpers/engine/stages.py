"""The maps of a run one after the other, each over the partitions that are not there yet, and what
is merged between them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from helpers import ledger
from helpers.engine import annotated, lines, received, repeats
from helpers.engine.parts import LINES, RECEIVED, TABLES, Work, there
from helpers.engine.pools import Died, Function, Here
from helpers.engine.progress import Meter, Tell
from helpers.ledger import get, put_text

NEEDED = ("articles", "blocks", "sentences", "voices")
"""Tables from which hits are found."""


class Stages:
    """A run over one corpus.

    work  its folder and lexicons;  pool  who does the work;  tell  who hears how far it is
    """

    def __init__(self, work: Work, pool: Here, tell: Tell | None):
        self.work, self.pool, self.tell = work, pool, tell

    def receive(self, entries: Iterable[Any]) -> int:
        """Make partitions of articles of what `corpus.pending` gives; give their number."""
        done = Path(self.work.folder, "received.json")
        if done.is_file():
            return json.loads(done.read_text(encoding="utf-8"))["parts"]
        meter = Meter("receive", self.tell)
        for _, count in self._each(received.receive, self._unreceived(entries, meter)):
            meter.add(count)
        meter.end()
        parts = there(Path(self.work.folder, RECEIVED))
        put_text(done, json.dumps({"parts": parts}))
        return parts

    def _unreceived(self, entries: Iterable[Any], meter: Meter) -> Iterator[received.Job]:
        for job in received.jobs(self.work, entries):
            if self.work.part(RECEIVED, job[1]).is_file():
                meter.skip(received.articles(self.work, job[1]))
            else:
                yield job

    def lines(self, parts: int) -> None:
        """Find which rows repeat earlier ones and which lines the outlets repeat."""
        if lines.place(self.work).is_file():
            return
        articles = repeats.merge(self.work, parts)
        jobs = ((self.work, n) for n in range(parts) if not self.work.part(LINES, n).is_file())
        for _ in self._each(lines.count, jobs):
            pass
        lines.merge(self.work, parts, articles)

    def annotate(self, parts: int) -> None:
        """Make the partitions of every table."""
        sizes = [received.articles(self.work, n) for n in range(parts)]
        todo = [n for n in range(parts) if not self.work.part(annotated.LAST, n).is_file()]
        meter = Meter("annotate", self.tell, sum(sizes))
        meter.skip(sum(sizes) - sum(sizes[n] for n in todo))
        jobs = [(self.work, n) for n in todo]
        for (_, number), count in self._each(annotated.annotate, jobs):
            meter.add(sizes[number], count.failures)
        meter.end()

    def hits(self, tables: Path) -> None:
        """Find the hits of a lexicon in the finished tables of a folder."""
        places = [ledger.parts(tables, name) for name in NEEDED]
        sizes = [get(place, ["article_id"]).num_rows for place in places[0]]
        jobs = [
            (self.work, n, dict(zip(NEEDED, map(str, four), strict=True)))
            for n, four in enumerate(zip(*places, strict=True))
        ]
        todo = [job for job in jobs if not self.work.part("hits", job[1]).is_file()]
        meter = Meter("hits", self.tell, sum(sizes))
        meter.skip(sum(sizes) - sum(sizes[number] for _, number, _ in todo))
        for (_, number, _), _ in self._each(annotated.hits, todo):
            meter.add(sizes[number])
        meter.end()

    def _each(self, function: Function, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        """Do jobs; in one that ends its process find the articles that do, and do it again without
        them."""
        for job, result in self.pool.each(function, jobs):
            yield job, self._without_killers(function, job) if isinstance(result, Died) else result

    def _without_killers(self, function: Function, job: tuple) -> Any:
        if function in (received.receive, annotated.annotate):
            rows = (
                len(job[2])
                if function is received.receive
                else get(self.work.part(RECEIVED, job[1]), ["status"]).num_rows
            )
            if killers := self._killers(function, job, range(rows)):
                result = self.pool.alone(function, (*job, frozenset(killers)))
                if not isinstance(result, Died):
                    return result
        raise ValueError(
            f"partition {job[1]}: its process ended three times, by no single article; give the"
            " processes more memory"
        )

    def _killers(self, function: Function, job: tuple, rows: range) -> list[int]:
        """Halve what ends the process until it is single articles."""
        if not isinstance(self.pool.alone(function, (*job, frozenset(), rows)), Died):
            return []
        if len(rows) == 1:
            return [rows[0]]
        middle = len(rows) // 2
        return self._killers(function, job, rows[:middle]) + self._killers(
            function, job, rows[middle:]
        )


def finished(work: Work, names: Iterable[str], out: Path, replaces: Collection[str]) -> None:
    """Move tables to their place, each in one step; called again after a kill it goes on.

    One partition becomes a file of the table's name, several a folder of that name.

    replaces  names of the files and folders in `out` that an earlier run wrote; others stay
    raises    ValueError if something else has taken the place of a table meanwhile
    """
    for name in names:
        made = Path(work.folder, TABLES, name)
        if not made.is_dir():
            continue  # moved already
        alone = there(made) == 1
        final = out / (f"{name}.parquet" if alone else name)
        for old in (out / f"{name}.parquet", out / name):
            if old.name in replaces:
                shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
            elif old.exists():
                raise ValueError(
                    f"{old}: appeared while the tables were made; move it and run again"
                )
        (next(made.glob("part-*.parquet")) if alone else made).rename(final)
        shutil.rmtree(made, ignore_errors=True)
