"""`framing annotate` from 1,000 to 100,000 articles: throughput, memory, growth, beside what a user
would take instead.

    .venv/bin/python benchmarks/scale.py [--sizes 1000 10000 100000] [--processes 1 2] [--others
    PYTHON] [--keep FOLDER]

The articles are ../shared/dev-sets/news-10k.parquet in its order; past its end they come again,
each with a last line of
its own, so that none is an exact copy. Seconds are those of the whole command, peak memory is that
of all its processes
together (proportional set size, asked five times a second). PYTHON is that of an environment with
benchmarks/others.txt.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared/dev-sets/news-10k.parquet"
LEXICONS = [ROOT / "data/lexicons" / name for name in ("loaded-terms.yml", "naming.yml")]
FLOOR = re.compile(r"\b(?:regime|invasion|terrorist|separatist|aggression)\w*", re.IGNORECASE)


class Run(NamedTuple):
    """One run of a command: seconds, and the most bytes it held."""

    seconds: float
    peak: int


def resampled(size: int, folder: Path) -> Path:
    """Write so many articles, a few thousand at a time; give the file."""
    table = pq.read_table(NEWS, columns=["article_id", "outlet", "title", "text"])
    place = folder / f"news-{size}.parquet"
    with pq.ParquetWriter(place, table.schema, compression="zstd") as out:
        for copy, start in enumerate(range(0, size, table.num_rows)):
            part = table.slice(0, min(table.num_rows, size - start)).to_pydict()
            if copy:
                part["article_id"] = [f"{name}~{copy}" for name in part["article_id"]]
                part["text"] = [
                    f"{text}\nThis is copy {copy} of {name}."
                    for text, name in zip(part["text"], part["article_id"], strict=True)
                ]
            out.write_table(pa.table(part, schema=table.schema), row_group_size=1000)
    return place


def annotate(corpus: Path, out: Path, processes: int) -> Run:
    """Run the command and watch it."""
    words = [
        sys.executable,
        "-m",
        "helpers.cli",
        "annotate",
        str(corpus),
        "--out",
        str(out),
        "--processes",
        str(processes),
        "--quiet",
    ]
    words += [word for lexicon in LEXICONS for word in ("--lexicon", str(lexicon))]
    begun = time.perf_counter()
    with subprocess.Popen(
        words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT
    ) as process:
        watch = _Watch(process.pid)
        if process.wait():
            raise SystemExit(f"framing annotate ended with {process.returncode}")
    return Run(time.perf_counter() - begun, watch.stop())


class _Watch:
    """The most memory that a process and its children held at once."""

    def __init__(self, pid: int):
        self._pid, self._peak, self._ended = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self._peak = max(self._peak, sum(map(_held, _family(self._pid))))

    def stop(self) -> int:
        self._ended.set()
        self._thread.join()
        return self._peak


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def _held(pid: int) -> int:
    """Bytes of a process, what it shares divided among those that share it; 0 where it has
    ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def sizes_of(corpus: Path) -> tuple[int, float, float]:
    """Articles, words and megabytes of a corpus."""
    articles = words = size = 0
    for batch in pq.ParquetFile(corpus).iter_batches(1000, columns=["text"]):
        for text in batch["text"].to_pylist():
            articles, words, size = (
                articles + 1,
                words + len(text.split()),
                size + len(text.encode()),
            )
    return articles, words, size / 1e6


def floor(corpus: Path) -> float:
    """Seconds to read the texts and go over them once with one pattern."""
    begun = time.perf_counter()
    for batch in pq.ParquetFile(corpus).iter_batches(1000, columns=["text"]):
        for text in batch["text"].to_pylist():
            sum(1 for _ in FLOOR.finditer(text))
    return time.perf_counter() - begun


def annotators(corpus: Path, count: int = 1000) -> dict[str, float]:
    """Milliseconds of processor time an article in each annotator, and in reading and writing."""
    import gc

    from helpers import clean, ledger, segment, terms, voices
    from helpers import corpus as intake
    from helpers.engine import chain

    clock, spent = time.process_time, {}

    def timed(name, function, *given, **more):
        begun = clock()
        result = function(*given, **more)
        spent[name] = spent.get(name, 0.0) + clock() - begun
        return result

    matcher = terms.matcher([terms.load(path) for path in LEXICONS])
    tables = {name: [] for name in ledger.TABLES}
    entries = iter(intake.pending([corpus]))
    for number in range(count):
        if number == 10:  # the first load the models
            gc.freeze()
            gc.disable()  # as the engine does inside a partition
            spent = {}
        received = timed("read", lambda: intake.receive(next(entries)))
        timed("lines", clean.line_keys, received.article.text)
        blocks = timed("clean", clean.blocks, received.article, main=received.main)
        article = timed("clean", clean.describe, received.article, blocks)
        sentences = timed("segment", segment.sentences, article, blocks)
        tokens = [(article.article_id, timed("segment", segment.token_columns, article, sentences))]
        heard = timed("voices", voices.annotate, article, blocks, sentences)
        hits = timed("terms", terms.hits, article, blocks, sentences, heard.voices, matcher)
        rows = {
            "articles": [article],
            "blocks": blocks,
            "sentences": sentences,
            "tokens": tokens,
            "quotes": heard.quotes,
            "voices": heard.voices,
            "marks": heard.marks,
            "hits": hits,
        }
        for name, more in rows.items():
            tables[name] += more
    with tempfile.TemporaryDirectory() as folder:
        for name, more in tables.items():
            table = timed("to Arrow", chain.table, name, more)
            timed("write", pq.write_table, table, Path(folder, "x.parquet"), compression="zstd")
    return {name: 1000 * seconds / (count - 10) for name, seconds in spent.items()}


def beside(python: str, corpus: Path) -> list[dict[str, object]]:
    """What others take for the same articles, run by benchmarks/others.py."""
    done = subprocess.run(
        [python, str(ROOT / "benchmarks/others.py"), str(corpus)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Measure and print tables."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    words.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    words.add_argument("--others", default="", metavar="PYTHON")
    words.add_argument("--keep", type=Path, metavar="FOLDER", help="leave corpora and tables here")
    options = words.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = options.keep or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        _growth(options.sizes, options.processes, folder, options.others)


def _growth(sizes: list[int], counts: list[int], folder: Path, python: str) -> None:
    start = {
        n: annotate(resampled(10, folder), folder / f"tables-10-{n}", n).seconds for n in counts
    }
    print(
        "to begin and end (10 articles): "
        + ", ".join(f"{seconds:.1f} s with {n}" for n, seconds in start.items())
    )
    print(
        "articles  processes  seconds  articles/s  words/s  MB/s  ms/article after the start "
        " peak MB"
    )
    for size in sizes:
        corpus = resampled(size, folder)
        articles, words, megabytes = sizes_of(corpus)
        for processes in counts:
            run = annotate(corpus, folder / f"tables-{size}-{processes}", processes)
            each = 1000 * (run.seconds - start[processes]) / articles
            print(
                f"{articles:8,}  {processes:9}  {run.seconds:7.1f}  "
                f"{articles / run.seconds:10,.0f}  {words / run.seconds:7,.0f}  "
                f"{megabytes / run.seconds:4.2f}  {each:26.2f}  {run.peak / 1e6:7.0f}",
                flush=True,
            )
        print(
            f"          {words / articles:.0f} words an article; reading it and one pattern:"
            f" {floor(corpus):.2f} s"
        )
    first = folder / f"news-{min(sizes)}.parquet"
    print(
        "\nprocessor time of an article on one core, ms: "
        + ", ".join(f"{name} {ms:.2f}" for name, ms in annotators(first).items())
    )
    if python:
        _others(python, folder / f"news-{max(sizes)}.parquet")


def _others(python: str, corpus: Path) -> None:
    print("\nbeside, one core, the first articles of the same corpus: words/s")
    for row in beside(python, corpus):
        print(
            f"{row['name']:>16}: "
            + (
                f"not measured, {row['missing']}"
                if "missing" in row
                else f"{row['words'] / row['seconds']:,.0f} ({row})"
            )
        )


if __name__ == "__main__":
    main()
