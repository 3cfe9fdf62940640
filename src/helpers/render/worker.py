"""One report in a process of its own: what it does to its environment ends with it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Collection
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from helpers.engine.pools import end_with_parent
from helpers.ledger.placing import put
from helpers.render.run import NotebookFailed, execute, fast_imports, first, settle_environment


class Job(NamedTuple):
    """All that a worker needs; plain values only."""

    name: str
    notebook: Path
    values: dict[str, Any]
    about: dict[str, Any]
    work: Path
    cwd: Path
    timeout: int
    ledger: Path


@cache
def pool() -> Any:
    """Give a context whose workers begin with papermill and nbconvert imported, once for all of
    them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["helpers.render.preload"])
    return context


def render(job: Job) -> str:
    """Render a report into its work folder: page.html and tables/. Give nothing, or in one line
    what went wrong."""
    here, there = pool().Pipe(duplex=False)
    process = pool().Process(target=_work, args=(job, there), daemon=False)
    process.start()
    there.close()
    try:
        said = here.recv()
    except EOFError:
        process.join()
        said = f"the process that rendered it ended with status {process.exitcode}"
    process.join()
    return said


def _work(job: Job, there: Connection) -> None:
    end_with_parent()
    fast_imports()
    _quiet(job.work / "kernel.log")
    try:
        settle_environment(job.work, job.ledger)
        done = execute(job.notebook, job.values, job.work / "notebook.ipynb", job.cwd, job.timeout)
        from helpers.render.page import convert
        from helpers.show.listing import FRAGMENT

        tables = sorted(f.name for f in (job.work / "tables").glob("*.csv"))
        listed = job.work / FRAGMENT
        fragment = listed.read_text(encoding="utf-8") if listed.is_file() else ""
        page = convert(done, job.about | {"tables": [f"{job.name}.{t}" for t in tables]}, fragment)
        (job.work / "page.html").write_text(page.html, encoding="utf-8", newline="\n")
        if page.passages:
            listed.write_text(page.passages, encoding="utf-8", newline="\n")
        said = ""
    except NotebookFailed as error:
        said = str(error)
    except Exception as error:
        said = f"{type(error).__name__}: {first(str(error))}"
    there.send(said)
    there.close()


def _quiet(log: Path) -> None:
    """Send what kernels and libraries print past their cells to a file: progress is this program's
    own."""
    with log.open("w") as handle:
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)


def publish(job: Job, folder: Path, before: Collection[str] = ()) -> list[str]:
    """Put a rendered report in its place: each table and figure, then the page, each in one step;
    return the names of the files inside the folder.

    before  the files that the last rendering of this report left there, by its record
    """
    files = [f for kind in ("tables", "figures") for f in _put_all(job, folder, kind, before)]
    if (job.work / "passages.html").is_file():
        files.append(f"{job.name}.passages.html")
        put(folder / f"{job.name}.passages.html", (job.work / "passages.html").read_bytes())
    else:
        (folder / f"{job.name}.passages.html").unlink(missing_ok=True)
    put(folder / f"{job.name}.html", (job.work / "page.html").read_bytes())
    return [*files, f"{job.name}.html"]


def _put_all(job: Job, folder: Path, kind: str, before: Collection[str]) -> list[str]:
    """Put a report's tables or figures in their place, and remove those that an earlier rendering
    of it left; what somebody else put there under such a name stays."""
    made = {f"{job.name}.{f.name}": f for f in sorted((job.work / kind).glob("*"))}
    for name, file in made.items():
        (folder / kind).mkdir(parents=True, exist_ok=True)
        put(folder / kind / name, file.read_bytes())
    for old in (folder / kind).glob(f"{job.name}.*"):
        ours = old.suffix == ".csv" or f"{kind}/{old.name}" in before
        if old.name not in made and ours:
            old.unlink()
    return [f"{kind}/{name}" for name in made]


def keep_failed(job: Job, folder: Path) -> None:
    """Keep the notebook of a failed report beside the study, where its error can be read."""
    if (job.work / "notebook.ipynb").is_file():
        (folder / "failed").mkdir(parents=True, exist_ok=True)
        put(folder / "failed" / f"{job.name}.ipynb", (job.work / "notebook.ipynb").read_bytes())
