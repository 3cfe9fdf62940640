"""Renders what is stale of a study: what was made from something else, or is not there as it was
made. A page is replaced only by a whole one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from helpers import engine, ledger
from helpers.engine.progress import Tell
from helpers.engine.result import Done
from helpers.engine.run import is_ledger, ledger_folder
from helpers.render import private
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
        if is_ledger(study.corpus):
            return _pages(_Run(study, settings, timeout, say), only, workers, None)
        with engine.held(study.corpus, study.columns, say, tell) as read:
            if not read.articles:
                return Outcome(None, (), {"articles": "not one article could be read"}, read)
            return _pages(_Run(study, settings, timeout, say), only, workers, read)


def _pages(run: _Run, only: str, workers: int, read: Done | None) -> Outcome:
    """Render what is stale, then the index."""
    from helpers.render.crate import write_crate
    from helpers.render.site import write_index

    run.bring_up_to_date([r for r in run.study.reports if only in ("", r.name)], workers)
    write_crate(run.study, ledger_folder(run.study.corpus))
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
        self._hashes: dict[Path, str] = {}
        self._lock = threading.Lock()

    def bring_up_to_date(self, reports: list[Report], workers: int) -> None:
        """Render the reports that are stale, some at a time."""
        self.study.folder.mkdir(parents=True, exist_ok=True)
        stale = [report for report in reports if self.stale(report)]
        with ThreadPoolExecutor(max(1, workers)) as pool:
            list(pool.map(self.render, stale))

    def stale(self, report: Report) -> bool:
        """Whether a report was made from something else, or what lies there is not what was made:
        a page, a list of passages or a table cut, changed or gone."""
        known = self.made.get(report.name, {})
        if known.get("from") != self.made_from(report):
            return True
        return any(
            _hash(self.study.folder / name) != digest_ for name, digest_ in known["files"].items()
        )

    def made_from(self, report: Report) -> str:
        """A digest of all that a report is made from."""
        about = [
            report.values,
            [each.name for each in self.study.reports],
            [self.study.title, self.study.author, self.study.date],
            self.settings,
            [(path.name, self.hashed(path)) for path in self.sources(report)],
        ]
        return digest(about)

    def hashed(self, path: Path) -> str:
        """The hash of a file that pages are made from, read once in a run."""
        if path not in self._hashes:
            self._hashes[path] = _hash(path)
        return self._hashes[path]

    @cached_property
    def state(self) -> Path:
        """Where it is written what was made from what."""
        place = digest(str(self.study.folder.resolve()))[:8]
        return root() / "data/processed/.pages" / f"{self.study.name}-{place}.json"

    @cached_property
    def made(self) -> dict[str, Any]:
        """By report what it was made from, and its files with their hashes; damaged, nothing."""
        try:
            known = json.loads(self.state.read_text(encoding="utf-8"))
            sound = {n: v for n, v in known.items() if isinstance(v["files"], dict) and v["from"]}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}
        return sound

    def remember(self, report: Report, files: list[str]) -> None:
        """Write down what was made, after all of it lies there."""
        hashes = {name: _hash(self.study.folder / name) for name in files}
        with self._lock:
            self.made[report.name] = {"from": self.made_from(report), "files": hashes}
            self.state.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(self.made, indent=1, sort_keys=True)
            ledger.put_text(self.state, text)

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

    def render(self, report: Report) -> None:
        """Render one report and put it in its place; what goes wrong is kept in `failed`."""
        from helpers.render import worker

        self.say(f"rendering {report.name}")
        work = Path(tempfile.mkdtemp(prefix="report-", dir=private.work()))
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
                source = report.notebook.stem  # a report of a sweep has a name of its own
                self.failed[report.name] = (
                    wrong if source == report.name else f"{report.notebook.name}, {wrong}"
                )
                return
            before = self.made.get(report.name, {}).get("files", {})
            self.remember(report, worker.publish(job, self.study.folder, before))
            self.rendered.append(report.name)
        except Exception as error:  # one report's failure leaves the others
            self.failed[report.name] = f"could not be written: {error}"
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def about(self, report: Report) -> dict[str, Any]:
        from helpers.render.provenance import citation, parameters, provenance

        return {
            "name": report.name,
            "study": {"title": self.study.title, "name": self.study.name},
            "cite": partial(citation, self.study, version=self.made_from(report)[:12]),
            "reports": [{"name": r.name, "label": label(r.name)} for r in self.study.reports],
            "command": command(self.study, report, self.settings),
            "parameters": parameters(report),
            "provenance": provenance(report, ledger.key(ledger_folder(self.study.corpus))),
        }


def _hash(path: Path) -> str:
    """The hash of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


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
