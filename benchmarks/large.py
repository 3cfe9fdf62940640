"""What is far too large for an article: refused in one line or read, within bounds of time and
memory.

    .venv/bin/python benchmarks/large.py [--memory 2500]

`framing annotate` on one file each: a text of 7 MB, of 10 MB and of 63 MB, a JSON line of 50 MB, a
CSV cell of 100 MB on one line and on many, and a page of 63 MB, each beside a small article that
must be read all the same. Prints seconds, the peak memory of all its processes, asked ten times a
second, and what was said. Ends with status 1 where they needed more than --memory MB, the small
article was not read, or more than one line was said of the large one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "The council met on Monday and agreed to open the quay, the mayor said. "


class Run(NamedTuple):
    """One run of the command."""

    seconds: float
    megabytes: float
    read: int
    said: list[str]


def prose(size: int) -> str:
    """Write paragraphs of about so many characters, no two alike."""
    lines: list[str] = []
    length = 0
    while length < size:
        lines.append(f"{SENTENCE * 5}It was meeting {len(lines)}.\n")
        length += len(lines[-1])
    return "".join(lines)


def unbroken(size: int) -> str:
    """Write the same on one line."""
    return prose(size).replace("\n", " ")


def cases() -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Give each file's name, its ending, and what makes its content."""
    mega = 1_000_000
    for size in (7, 10, 63):
        yield f"text of {size} MB", "txt", lambda size=size: prose(size * mega)
    yield "JSON line of 50 MB", "jsonl", lambda: json.dumps({"id": "a", "text": prose(50 * mega)})
    yield "CSV cell of 100 MB", "csv", lambda: f'id,text\na,"{unbroken(100 * mega)}"\n'
    yield "the same in lines", "csv", lambda: f'id,text\na,"{prose(100 * mega).strip()}"\n'
    yield "page of 63 MB", "html", lambda: f"<p>{prose(63 * mega)}</p>"


def annotated(folder: Path, out: Path) -> Run:
    """Run the command and give what it needed and said."""
    words = ["annotate", str(folder), "--out", str(out), "--processes", "1", "--quiet"]
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as heard:
        process = psutil.Popen(
            [sys.executable, "-m", "helpers.cli", *words],
            stdout=subprocess.DEVNULL,
            stderr=heard,
            cwd=ROOT,
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, held(process))
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        heard.seek(0)
        said = heard.read().splitlines()
    tables = [*out.glob("articles.parquet"), *out.glob("articles/*.parquet")]
    rows = sum(pq.read_metadata(table).num_rows for table in tables)
    return Run(seconds, peak / 1e6, rows, said)


def held(process: psutil.Process) -> int:
    """Give the bytes that a process and those it began hold; shared ones count once for each."""
    total = 0
    with suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def main() -> int:
    """Try every case and print a line for it."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--memory", type=int, default=2500, help="megabytes that are allowed")
    asked = options.parse_args()
    wrong = 0
    for name, ending, content in cases():
        with tempfile.TemporaryDirectory(prefix="large-") as place:
            folder = Path(place) / "in/North"
            folder.mkdir(parents=True)
            (folder / "small.txt").write_text(SENTENCE * 3, encoding="utf-8")
            (folder / f"large.{ending}").write_text(content(), encoding="utf-8")
            run = annotated(folder.parent, Path(place) / "out")
        bad = run.megabytes > asked.memory or run.read + len(run.said) != 2
        wrong += bad
        print(
            f"{name:20} {run.seconds:6.1f} s {run.megabytes:7,.0f} MB  {run.read} of 2 read"
            f"{'  WRONG' * bad}",
            *(f"  {line[:160]}" for line in run.said),
            sep="\n",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
