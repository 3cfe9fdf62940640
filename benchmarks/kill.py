"""Kills runs at random moments and looks at what they leave.

    .venv/bin/python benchmarks/kill.py [--kills 10] [--seed 1] [--articles 1500]

`framing report` of the demo study and `framing annotate` of a small corpus run in a temporary copy
of the project and are killed, with all processes that they began, after a random part of the time
that an untouched run takes. After each kill every visible page and table must be whole: it has the
bytes of the untouched run. Every second kill meets a run that goes on from what the one before
left, the others begin anew. At the end one run must finish, with the same files, byte for byte, as
the untouched one, and nothing may be left in the temporary folder. Prints counts; ends with status
1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("src", "notebooks", "data/raw/demo", "data/lexicons", "data/coded")


class Tried(NamedTuple):
    """A command, where it writes, and how to look at that."""

    name: str
    words: list[str]
    anew: Callable[[], None]
    seen: Callable[[], dict[str, str]]


def copied(place: Path) -> Path:
    """Copy what a run of the project needs; give the copy."""
    project = place / "p"
    for part in PARTS:
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "requirements.lock", project)
    (project / "reports/demo").mkdir(parents=True)
    shutil.copy2(ROOT / "reports/demo/study.yml", project / "reports/demo")
    return project


def corpus(project: Path, articles: int) -> Path:
    """Write the demo's articles again and again as one table, each with a last line of its own."""
    texts = [
        p.read_text(encoding="utf-8", errors="replace")
        for p in sorted((project / "data/raw/demo").glob("*/*.txt"))
        if p.parent.name != "gold"
    ]
    file = project.parent / "in/many.csv"
    file.parent.mkdir()
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "outlet", "text"])
        for n in range(articles):
            text = f"{texts[n % len(texts)]}\nThis is copy {n}.\n"
            rows.writerow([f"a{n}", f"Outlet {n % 5}", text])
    return file


def hashes(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Give the visible files of a folder with their hashes."""
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob(pattern))
        if p.is_file() and not any(n.startswith(".") for n in p.relative_to(folder).parts)
    }


def begun(words: list[str], project: Path, temporary: Path) -> subprocess.Popen:
    """Begin a command of the copied project in a session of its own."""
    env = os.environ | {"PYTHONPATH": str(project / "src"), "TMPDIR": str(temporary)}
    return subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=project,
        env=env,
    )


def tried(what: Tried, kills: int, dice: random.Random, project: Path, temporary: Path) -> int:
    """Kill a command so many times; print counts, give how many things were wrong."""
    what.anew()
    start = time.perf_counter()
    if status := begun(what.words, project, temporary).wait():
        print(f"{what.name}: the untouched run ended with status {status}")
        return 1
    took = time.perf_counter() - start
    sound = what.seen()
    killed = finished = 0
    wrong: list[str] = []
    while killed < kills:
        if killed % 2 == 0:
            what.anew()
        process = begun(what.words, project, temporary)
        delay = dice.uniform(0, took)
        try:
            process.wait(delay)
            finished += 1
            what.anew()
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        killed += 1
        left = what.seen()
        wrong += [
            f"kill {killed} after {delay:.2f} s: {name} is not whole"
            for name, digest in left.items()
            if sound.get(name) != digest
        ]
        print(
            f"  {what.name}: kill {killed} after {delay:.2f} s: {len(left)} of {len(sound)} files",
            flush=True,
        )
    status = begun(what.words, project, temporary).wait()
    end = what.seen()
    differing = sorted(n for n in sound.keys() | end.keys() if sound.get(n) != end.get(n))
    wrong += [f"at the end: {name} differs from the untouched run's" for name in differing]
    wrong += [f"the last run ended with status {status}"] * bool(status)
    wrong += [f"left in the temporary folder: {p.name}" for p in temporary.iterdir()]
    drafts = project / "data/processed/.work"
    wrong += [f"left among the drafts: {p.name}" for p in drafts.glob("*") if p.name != ".lock"]
    print(
        f"{what.name}: untouched run {took:.1f} s, {len(sound)} files; {killed} killed,"
        f" {finished} finished before; {len(wrong)} wrong"
    )
    print(*(f"  {line}" for line in wrong), sep="\n", end="\n" if wrong else "")
    return len(wrong)


def main() -> int:
    """Kill both commands in a temporary copy of the project."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--kills", type=int, default=10, help="of each command")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--articles", type=int, default=1500, help="of the corpus to annotate")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-") as place:
        project, temporary = copied(Path(place)), Path(place) / "t"
        temporary.mkdir()
        pages, tables = project / "reports/demo", Path(place) / "out"
        study = (pages / "study.yml").read_text(encoding="utf-8")

        def anew() -> None:
            shutil.rmtree(pages)
            shutil.rmtree(project / "data/processed", ignore_errors=True)
            pages.mkdir()
            (pages / "study.yml").write_text(study, encoding="utf-8")

        many = str(corpus(project, asked.articles))
        annotate = ["annotate", many, "--out", str(tables), "--processes", "2", "--quiet"]
        both = [
            Tried(
                "annotate",
                annotate,
                lambda: shutil.rmtree(tables, ignore_errors=True),
                lambda: hashes(tables, "*.parquet"),
            ),
            Tried("report", ["report", "demo", "--quiet"], anew, lambda: hashes(pages)),
        ]
        wrong = [tried(w, asked.kills, random.Random(asked.seed), project, temporary) for w in both]
    return 1 if sum(wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
