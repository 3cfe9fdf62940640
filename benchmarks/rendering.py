"""Rendering measured beside what a user would take instead: papermill's and nbconvert's commands,
in one run.

    .venv/bin/python benchmarks/rendering.py [--runs 3]

Prints the median of whole-process seconds for: one report, the demo's full study, a run with
nothing
changed, and `papermill` followed by `jupyter nbconvert --to html` on the same notebook; and the
sizes of the pages.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks/02-loaded-terms.ipynb"
ONE = (
    "title: One\ncorpus: data/raw/demo\nlexicons: [data/lexicons/loaded-terms.yml,"
    " data/lexicons/naming-demo.yml]\nreports:\n  - notebook: 02-loaded-terms\n"
)


def seconds(*command: str, cwd: Path = ROOT) -> float:
    """Run a command to its end and give how long it took; raises where it failed."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - begun


def framing(study: Path) -> float:
    """Render a study file."""
    return seconds(sys.executable, "-m", "helpers.cli", "report", str(study), "--quiet")


def one_report(folder: Path) -> float:
    """Render one report from nothing but a ledger that is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "study.yml").write_text(ONE, encoding="utf-8")
    return framing(folder / "study.yml")


def full_study(folder: Path) -> float:
    """Render every report of the demo, its ledger included."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(ROOT / "data/processed/demo", ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy2(ROOT / "reports/demo/study.yml", folder / "study.yml")
    return framing(folder / "study.yml")


def by_hand(folder: Path) -> tuple[float, Path]:
    """The same notebook by papermill's command and nbconvert's."""
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "out.ipynb"
    run = seconds(sys.executable, "-m", "papermill", str(NOTEBOOK), str(out), "--no-progress-bar")
    return run + seconds(
        sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(out)
    ), out.with_suffix(".html")


def requests(page: Path) -> int:
    """How many addresses outside a page its markup asks for."""
    return len(
        re.findall(
            r'(?:<script[^>]+src|<link[^>]+href)="https?://', page.read_text(encoding="utf-8")
        )
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as base:
        work = Path(base)
        full_study(work / "full")  # a run to warm the disk
        full = [full_study(work / "full") for _ in range(runs)]
        idle = [framing(work / "full/study.yml") for _ in range(runs)]
        pairs = [(one_report(work / "one"), *by_hand(work / "hand")) for _ in range(runs)]
        page, theirs = work / "one/02-loaded-terms.html", pairs[0][2]
        print("| what | median s | page KB | requests |\n|---|---|---|---|")
        print(
            f"| framing report, one report | {statistics.median(p[0] for p in pairs):.1f} |"
            f" {page.stat().st_size / 1000:.0f} | {requests(page)} |"
        )
        print(
            f"| papermill, then nbconvert --to html | {statistics.median(p[1] for p in pairs):.1f}"
            f" | {theirs.stat().st_size / 1000:.0f} | {requests(theirs)} |"
        )
        print(
            f"| framing report demo, all {len(list((work / 'full').glob('0*.html')))} pages and the"
            f" ledger | {statistics.median(full):.1f} | | |"
        )
        print(f"| framing report demo, nothing changed | {statistics.median(idle):.2f} | | |")


if __name__ == "__main__":
    main()
