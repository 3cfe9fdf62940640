"""From files to the tables of a ledger, going on where a run was cut off."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from helpers import ledger
from helpers.engine import hits, keys, result
from helpers.engine.ownership import (
    FINISHED,
    PLAN,
    WORK,
    read_json,
    refuse_to_spoil,
    targets,
    written,
)
from helpers.engine.parts import Say, Work, sweep
from helpers.engine.progress import Tell
from helpers.engine.result import Done
from helpers.ledger import put_text
from helpers.study.files import CLEANED

if TYPE_CHECKING:
    from helpers.engine.pools import Here


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
    """Read articles, send them through the annotators, and write every table into a folder; nothing
    where all of it is there.

    A run that was cut off goes on where it stopped.

    paths      files or folders in any accepted format
    lexicons   lexicon files whose hits are found at once; those of others are found when asked for
    key        what the tables are made from, where it is known already
    say        hears what is done;  tell  how far it is
    processes  on this machine; None: one for each core, none of their own for a corpus of one
               partition
    scheduler  the address of a Dask scheduler whose workers do it instead
    raises     Occupied if something would be replaced that no ledger wrote; ValueError if a path is
               missing or a lexicon is broken, another run writes into the folder, or the cluster is
               lost; a single bad article is a row of `failures`

    >>> import tempfile
    >>> out = Path(tempfile.mkdtemp()) / "tables"
    >>> annotate([Path("data/raw/demo")], [], out).failed
    0
    """
    refuse_to_spoil(out, paths)
    entries = _entries(paths, columns or {})
    wanted = key or keys.key(paths, columns or {})
    crew = Crew(processes, scheduler)
    _tested(lexicons)
    if not is_there(out, wanted):
        with _alone(out):
            _made(entries, out, wanted, crew, say or (lambda line: None), tell)
    for lexicon in lexicons:
        hits.find(out, lexicon, crew, tell)
    return result.done(out, ledger.key(out))


def is_there(out: Path, wanted: dict[str, Any]) -> bool:
    """Say whether the tables of a folder are whole and made from what is wanted."""
    there = ledger.key(out)
    return (
        not (out / WORK / FINISHED).is_file() and hits.base(there) == wanted and _whole(out, there)
    )


def _whole(out: Path, key: dict[str, Any]) -> bool:
    """Say whether every table that a ledger says it wrote can still be read."""
    return all(intact(out / name) for name in key.get("files", []) if name != hits.FOLDER)


def intact(place: Path) -> bool:
    """Say whether a file of Parquet, or every file in a folder of them, is there and complete.

    Only the end of a file is read, where Parquet keeps what it holds: a file that was cut short or
    emptied has none.
    """
    if place.is_dir():
        parts = sorted(place.glob("[!.]*.parquet"))
        return bool(parts) and all(map(intact, parts))
    try:
        with place.open("rb") as handle:
            handle.seek(-4, 2)
            return handle.read() == b"PAR1"
    except OSError:
        return False


def _made(
    entries: Iterator[Any],
    out: Path,
    wanted: dict[str, Any],
    crew: Crew,
    say: Say,
    tell: Tell | None,
) -> None:
    """Make the tables of a folder, or of them what is not there yet."""
    if (out / WORK / FINISHED).is_file():
        _publish(out)  # a run was cut off while it moved its tables
    if is_there(out, wanted):
        return
    work = _prepared(out / WORK, wanted)
    if hits.base(ledger.key(out)) == wanted:
        say(f"{out}: tables were damaged or removed; making them again")
    say(f"reading {', '.join(wanted['corpus'])}")
    _tables(entries, work, crew, tell)
    put_text(out / WORK / FINISHED, json.dumps(wanted | {"replaces": sorted(written(out))}))
    _publish(out)


def _entries(paths: list[Path], columns: dict[str, str]) -> Iterator[Any]:
    from helpers import corpus

    named = {column: name for column, name in columns.items() if column != CLEANED}
    found = corpus.pending(paths, columns=named or None)  # raises here where a path is wrong
    if CLEANED not in columns:
        return found
    return (
        entry._replace(known={**entry.known, CLEANED: "true"})
        if isinstance(entry, corpus.Pending)
        else entry
        for entry in found
    )


def _tested(lexicons: list[Path]) -> None:
    """Raise what is wrong with a lexicon before any work is done."""
    from helpers import terms

    for path in lexicons:
        terms.load(path)


class Crew:
    """Who is asked for: so many processes, or the workers of a scheduler."""

    def __init__(self, processes: int | None = None, scheduler: str = ""):
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


def _tables(entries: Iterable[Any], work: Work, crew: Crew, tell: Tell | None) -> None:
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


def _prepared(folder: Path, wanted: dict[str, Any]) -> Work:
    """Make the folder of the work ready: what a run that was cut off left there stays where it is
    of use."""
    if read_json(folder / PLAN) != wanted:
        shutil.rmtree(folder, ignore_errors=True)
    sweep(folder)
    put_text(folder / PLAN, json.dumps(wanted))
    stamp = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    return Work(str(folder.resolve()), (), stamp)


def _publish(out: Path) -> None:
    """Move finished tables to their place, then the key that says what they were made from."""
    # they import every annotator, which a run that finds nothing to do need not wait for
    from helpers.engine.annotated import BASE
    from helpers.engine.stages import finished

    folder = out / WORK
    wanted = json.loads((folder / FINISHED).read_text(encoding="utf-8"))
    replaces = set(wanted.pop("replaces", []))
    (out / ledger.KEY).unlink(missing_ok=True)
    finished(Work(str(folder), (), ""), BASE, out, replaces)
    if hits.FOLDER in replaces:  # found in the tables that were replaced
        shutil.rmtree(out / hits.FOLDER, ignore_errors=True)
    (out / hits.FOLDER).mkdir(exist_ok=True)
    made = {"files": [p.name for p in targets(out) if p.exists()], "result": result.summary(out)}
    put_text(out / ledger.KEY, json.dumps(wanted | made, indent=1, sort_keys=True))
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Keep a second run out of a folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / ".lock", timeout=0)
        lock.acquire()
    except (FileExistsError, NotADirectoryError):
        raise ValueError(f"{out}: no folder can be made there; give another --out") from None
    except (IsADirectoryError, PermissionError) as error:
        raise ValueError(
            f"{out / '.lock'}: cannot be locked ({error.strerror}); remove it, or give another"
            " --out"
        ) from None
    except Timeout:
        raise ValueError(
            f"{out}: another run is writing its tables here; wait for it, or give another --out"
        ) from None
    try:
        yield
    finally:
        lock.release()
