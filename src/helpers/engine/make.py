"""From files to the tables of a ledger, going on where a run was cut off."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import ledger
from helpers.engine import keys, result
from helpers.engine.ownership import (
    FINISHED,
    PLAN,
    WORK,
    read_json,
    refuse_to_spoil,
    targets,
    written,
)
from helpers.engine.parts import TABLES, Say, Work, sweep
from helpers.engine.progress import Tell
from helpers.engine.result import Done
from helpers.ledger import put_text

if TYPE_CHECKING:
    from helpers.engine.pools import Here

WORDS = "lexicons.json"
MADE = ("files", "result")
"""Parts of a ledger's key that say what came of it; the others say what it was made from."""


def annotate(
    paths: list[Path],
    lexicons: list[Path],
    out: Path,
    *,
    columns: dict[str, str] | None = None,
    key: dict[str, Any] | None = None,
    say: Say | None = None,
    tell: Tell | None = None,
    processes: int | None = None,
    scheduler: str = "",
) -> Done:
    """Read articles, send them through the rooms, and write every table into a folder; nothing
    where all of it is there.

    A run that was cut off goes on where it stopped; with other lexicons only the hits are found
    again.

    paths      files or folders in any accepted format
    key        what the tables are made from, where it is known already
    say        hears what is done;  tell  how far it is
    processes  on this machine; None: one for each core, none of their own for a corpus of one
               partition
    scheduler  the address of a Dask scheduler whose workers do it instead
    raises     ValueError where a path is missing or a lexicon is broken, another run writes into
               the folder, or the
               cluster is lost; a single bad article is a row of `failures`
    """
    refuse_to_spoil(out, paths)
    entries = _entries(paths, columns or {})
    wanted = key or keys.key(paths, lexicons, columns or {})
    if not _there(out, wanted):
        _tested(lexicons)
        with _alone(out):
            _made(
                entries,
                lexicons,
                out,
                wanted,
                _Crew(processes, scheduler),
                say or (lambda line: None),
                tell,
            )
    return result.done(out, ledger.key(out))


def _there(out: Path, wanted: dict[str, Any]) -> bool:
    """Say whether the tables of a folder are whole and made from what is wanted."""
    old = ledger.key(out)
    made = {name: old.get(name) for name in MADE}
    return not (out / WORK / FINISHED).is_file() and old == wanted | made


def _made(
    entries: Iterator[Any],
    lexicons: list[Path],
    out: Path,
    wanted: dict[str, Any],
    crew: _Crew,
    say: Say,
    tell: Tell | None,
) -> None:
    """Make the tables of a folder, or of them what is not there yet."""
    if (out / WORK / FINISHED).is_file():
        _publish(out)  # a run was cut off while it moved its tables
    if _there(out, wanted):
        return
    work, old = _prepared(out / WORK, wanted, lexicons), ledger.key(out)
    if _base(old) == _base(wanted) and not old["result"]["unannotated"]:
        _hits(out, work, crew, tell)
    else:
        say(f"reading {', '.join(wanted['corpus'])}")
        _tables(entries, work, crew, tell)
    replaces = sorted(written(out))
    put_text(out / WORK / FINISHED, json.dumps(wanted | {"replaces": replaces}))
    _publish(out)


def _entries(paths: list[Path], columns: dict[str, str]) -> Iterator[Any]:
    from helpers import corpus

    return corpus.pending(paths, columns=columns or None)  # raises here where a path is wrong


def _tested(lexicons: list[Path]) -> None:
    """Raise what is wrong with a lexicon before any work is done."""
    from helpers import terms

    for path in lexicons:
        terms.load(path)


class _Crew:
    """Who is asked for: so many processes, or the workers of a scheduler."""

    def __init__(self, processes: int | None, scheduler: str):
        self.processes, self.scheduler = processes, scheduler

    def pool(self, work: Work, small: bool) -> Here:
        """Give who does the work; for one partition this process, unless others were asked for."""
        if self.scheduler:
            from helpers.engine.cluster import Cluster

            return Cluster(self.scheduler, Path(work.folder))
        from helpers.engine.pools import Here, Local, cores

        if self.processes is None and small:
            return Here()
        return Local(self.processes or cores())


def _tables(entries: Iterable[Any], work: Work, crew: _Crew, tell: Tell | None) -> None:
    """Make every table anew, from the partitions on that are not there yet."""
    from helpers import corpus
    from helpers.engine import received
    from helpers.engine.stages import Stages

    first = list(islice(entries, received.ARTICLES + 1))
    size = sum(e.size for e in first if isinstance(e, corpus.Pending))
    small = len(first) <= received.ARTICLES and size <= received.SIZE
    with crew.pool(work, small) as pool:
        stages = Stages(work, pool, tell)
        parts = stages.receive(chain(first, entries))
        stages.lines(parts)
        stages.annotate(parts)


def _hits(out: Path, work: Work, crew: _Crew, tell: Tell | None) -> None:
    """Find the hits anew, from the tables that are there."""
    from helpers.engine.stages import Stages

    with crew.pool(work, len(ledger.parts(out, "articles")) == 1) as pool:
        Stages(work, pool, tell).hits(out)


def _prepared(folder: Path, wanted: dict[str, Any], lexicons: list[Path]) -> Work:
    """Make the folder of the work ready: what a run that was cut off left there stays where it is
    of use."""
    if read_json(folder / PLAN) != _base(wanted):
        shutil.rmtree(folder, ignore_errors=True)
    if read_json(folder / WORDS) != wanted["lexicons"]:
        shutil.rmtree(folder / TABLES / "hits", ignore_errors=True)
    sweep(folder)
    put_text(folder / PLAN, json.dumps(_base(wanted)))
    names = []
    for number, path in enumerate(lexicons):
        names.append(f"lexicons/{number}/{path.name}")
        (folder / names[-1]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / names[-1])
    put_text(folder / WORDS, json.dumps(wanted["lexicons"]))
    stamp = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    return Work(str(folder.resolve()), tuple(names), stamp)


def _publish(out: Path) -> None:
    """Move finished tables to their place, then the key that says what they were made from."""
    from helpers.engine.stages import finished

    folder = out / WORK
    wanted = json.loads((folder / FINISHED).read_text(encoding="utf-8"))
    replaces = set(wanted.pop("replaces", []))
    (out / ledger.KEY).unlink(missing_ok=True)
    finished(Work(str(folder), (), ""), ledger.TABLES, out, replaces)
    made = {"files": [p.name for p in targets(out) if p.exists()], "result": result.summary(out)}
    put_text(out / ledger.KEY, json.dumps(wanted | made, indent=1, sort_keys=True))
    shutil.rmtree(folder, ignore_errors=True)


def _base(key: dict[str, Any]) -> dict[str, Any]:
    """What all tables but the hits are made from."""
    return {name: value for name, value in key.items() if name not in ("lexicons", *MADE)}


def covers(there: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Say whether a ledger was made from what is wanted; hits of further lexicons do no harm."""
    same = all(there.get(name) == value for name, value in wanted.items() if name != "lexicons")
    return same and wanted["lexicons"].items() <= there["lexicons"].items()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep a second run out of a folder."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(
                f"{out}: another run is writing its tables here; wait for it, or give another --out"
            ) from None
        yield
