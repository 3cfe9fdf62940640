"""Renders what is stale of a study. doit decides what that is; a page is replaced only by a whole
one."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from helpers import engine, ledger
from helpers.engine.progress import Tell
from helpers.engine.result import Done
from helpers.engine.run import is_ledger, ledger_folder
from helpers.render.provenance import command, digest
from helpers.study import Report, Study, root

Say = Callable[[str], None]
PACKAGE = Path(__file__).resolve().parents[1]


class Outcome(NamedTuple):
    """What a rendering came to."""

    index: Path | None
    rendered: tuple[str, ...]
    failed: dict[str, str]
    read: Done | None


def build(
    study: Study,
    settings: dict[str, str],
    *,
    only: str = "",
    workers: int = 2,
    timeout: int = 600,
    say: Say,
    tell: Tell | None = None,
) -> Outcome:
    """Bring a study's ledger, pages, tables and index up to date.

    settings  values from the command line, for the command that each page prints
    only      the name of the one report to render; empty: all
    workers   reports rendered at a time
    timeout   seconds for one cell
    tell      hears how far the ledger is
    raises    ValueError where the corpus or a lexicon cannot be read
    """
    with ledger.locked(root() / "data/processed/.studies" / study.name):
        _sweep_work()
        if is_ledger(study.corpus):
            return _pages(_Run(study, settings, timeout, say), only, workers, None)
        with engine.held(study.corpus, study.columns, say, tell) as read:
            if not read.articles:
                return Outcome(None, (), {"articles": "not one article could be read"}, read)
            return _pages(_Run(study, settings, timeout, say), only, workers, read)


def _pages(run: _Run, only: str, workers: int, read: Done | None) -> Outcome:
    """Render what is stale, then the index."""
    from helpers.render.site import write_index

    run.doit([r for r in run.study.reports if only in ("", r.name)], workers)
    index = write_index(run.study, run.failed, list(read.notes) + _unread(read) if read else [])
    return Outcome(index, tuple(sorted(run.rendered)), run.failed, read)


def _unread(read: Done) -> list[str]:
    more = read.failed - len(read.failures)
    listed = [f"{f.source}: not read: {f.reason}" for f in read.failures]
    return listed + (
        [f"… and {more:,} more not read: failures.parquet lists them all"] if more else []
    )


class _Run:
    """One rendering: its work folder, and what became of each report."""

    def __init__(self, study: Study, settings: dict[str, str], timeout: int, say: Say):
        self.study, self.settings, self.timeout, self.say = study, settings, timeout, say
        self.rendered: list[str] = []
        self.failed: dict[str, str] = {}

    def doit(self, reports: list[Report], workers: int) -> None:
        from doit.cmd_base import TaskLoader2
        from doit.doit_cmd import DoitMain
        from doit.task import dict_to_task

        run = self

        class Loader(TaskLoader2):
            def setup(self, opt_values: Any) -> None: ...

            def load_doit_config(self) -> dict[str, Any]:
                return run.config(workers)

            def load_tasks(self, cmd: Any, pos_args: Any) -> list[Any]:
                return [dict_to_task(run.task(report)) for report in reports]

        self.study.folder.mkdir(parents=True, exist_ok=True)
        streams = sys.stdout, sys.stderr
        try:
            status = DoitMain(Loader()).run(["run"])
        # doit captures what tasks print, and with two threads may leave its capture in place
        finally:
            sys.stdout, sys.stderr = streams
        if status and not self.failed:
            self.failed["study"] = (
                f"the pages could not be brought up to date (doit ended with status {status})"
            )

    def config(self, workers: int) -> dict[str, Any]:
        from doit.reporter import ZeroReporter

        store = (
            root()
            / "data/processed"
            / f".doit-{self.study.name}-{digest(str(self.study.folder.resolve()))[:8]}.json"
        )
        return {
            "dep_file": str(store),
            "backend": "json",
            "continue": True,
            "verbosity": 0,
            "reporter": ZeroReporter,
            "num_process": workers,
            "par_type": "thread",
            "check_file_uptodate": "md5",
        }

    def task(self, report: Report) -> dict[str, Any]:
        from doit.tools import config_changed

        about = [
            report.values,
            [report.name for report in self.study.reports],
            self.study.title,
            self.settings,
        ]
        return {
            "name": report.name,
            "actions": [(self.render, [report])],
            "file_dep": [str(p) for p in self.sources(report)],
            "targets": [str(self.study.folder / f"{report.name}.html")],
            "uptodate": [config_changed(digest(about))],
        }

    def sources(self, report: Report) -> list[Path]:
        """All that a page is made from, but for its parameters."""
        code = sorted([*PACKAGE.rglob("*.py"), *(PACKAGE / "render/template").rglob("*.*")])
        lock = root() / "requirements.lock"
        key = ledger_folder(self.study.corpus) / ledger.KEY
        return sorted(
            {report.notebook, *code, *self.named(report), *(p for p in (lock, key) if p.is_file())}
        )

    def named(self, report: Report) -> list[Path]:
        """Files that a report's parameters name, and the gold that lies beside its articles."""
        texts = [v for v in report.values.values() if isinstance(v, str) and "/" in v]
        gold = self.study.corpus / "gold"
        return [p for p in (root() / t for t in texts) if p.is_file()] + [
            p for p in gold.glob("*.csv") if gold.is_dir()
        ]

    def render(self, report: Report) -> Any:
        from doit.exceptions import TaskFailed

        from helpers.render import worker

        self.say(f"rendering {report.name}")
        work = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=_work()))
        try:
            job = worker.Job(
                report.name,
                report.notebook,
                report.values,
                self.about(report),
                work,
                root(),
                self.timeout,
                ledger_folder(self.study.corpus),
            )
            if wrong := worker.render(job):
                worker.keep_failed(job, self.study.folder)
                self.failed[report.name] = wrong
                return TaskFailed(wrong)
            worker.publish(job, self.study.folder)
            self.rendered.append(report.name)
            return True
        except Exception as error:  # doit would keep it to itself
            self.failed[report.name] = f"could not be written: {error}"
            return TaskFailed(str(error))
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def about(self, report: Report) -> dict[str, Any]:
        from helpers.render.provenance import parameters, provenance

        return {
            "name": report.name,
            "study": {"title": self.study.title, "name": self.study.name},
            "reports": [{"name": r.name, "label": label(r.name)} for r in self.study.reports],
            "command": command(self.study, report, self.settings),
            "parameters": parameters(report),
            "provenance": provenance(report, ledger.key(ledger_folder(self.study.corpus))),
        }


def _work() -> Path:
    folder = root() / "data/processed/.work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _sweep_work() -> None:
    """Clear what runs that were killed left behind: folders named after processes that are gone."""
    for folder in _work().iterdir():
        pid = folder.name.partition("-")[0]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def label(name: str) -> str:
    """Give a report's name as words: 02-loaded-terms is Loaded terms."""
    words = name.lstrip("0123456789").strip("-").replace("-", " ") or name
    return words[:1].upper() + words[1:]


def workers() -> int:
    """Give how many reports to render at a time: one for each core, four at most."""
    return max(
        1,
        min(
            4,
            (
                len(os.sched_getaffinity(0))
                if hasattr(os, "sched_getaffinity")
                else os.cpu_count() or 1
            ),
        ),
    )
