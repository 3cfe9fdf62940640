"""Three Dask workers with addresses of their own on this machine, one killed while it works: the
tables of a local run?

    sudo .venv/bin/python benchmarks/cluster.py [--articles 3000]

Each worker runs in a network namespace of its own behind a bridge, as three machines would that
share a disk. Needs
root, Linux, `ip` (iproute2). Prints the seconds of both runs and compares every table byte for
byte; status 1 if one differs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scale import LEXICONS, ROOT, resampled

BRIDGE, NET, PORT = "framing0", "10.77.0", 8786
WORKERS = 3


def ip(*words: str) -> None:
    """Run `ip`; raises where it fails."""
    subprocess.run(["ip", *words], check=True)


@contextmanager
def network() -> Iterator[list[str]]:
    """A bridge and a namespace for each worker; gives their names."""
    names = [f"framing-worker-{n}" for n in range(1, WORKERS + 1)]
    try:
        ip("link", "add", BRIDGE, "type", "bridge")
        ip("addr", "add", f"{NET}.1/24", "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for n, name in enumerate(names, 1):
            _joined(n, name)
        yield names
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "link", "del", BRIDGE], check=False)


def _joined(n: int, name: str) -> None:
    """Make a namespace with one address, on the bridge."""
    ip("netns", "add", name)
    ip("link", "add", f"framing{n}", "type", "veth", "peer", "name", "eth0", "netns", name)
    ip("link", "set", f"framing{n}", "master", BRIDGE, "up")
    for words in (
        ["addr", "add", f"{NET}.{n + 1}/24", "dev", "eth0"],
        ["link", "set", "eth0", "up"],
        ["link", "set", "lo", "up"],
    ):
        ip("-n", name, *words)


@contextmanager
def cluster(names: list[str]) -> Iterator[list[subprocess.Popen]]:
    """A scheduler on the bridge and a worker in each namespace."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    python = [sys.executable, "-m"]
    running = [
        subprocess.Popen(
            [
                *python,
                "distributed.cli.dask_scheduler",
                "--host",
                f"{NET}.1",
                "--port",
                str(PORT),
                "--no-dashboard",
            ],
            **quiet,
        )
    ]
    worker = [
        *python,
        "distributed.cli.dask_worker",
        f"tcp://{NET}.1:{PORT}",
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
    ]
    running += [
        subprocess.Popen(
            ["ip", "netns", "exec", name, *worker, "--host", f"{NET}.{n + 1}"], **quiet
        )
        for n, name in enumerate(names, 1)
    ]
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def annotate(corpus: Path, out: Path, *more: str) -> float:
    """Run `framing annotate` and give its seconds."""
    words = [
        sys.executable,
        "-m",
        "helpers.cli",
        "annotate",
        str(corpus),
        "--out",
        str(out),
        "--quiet",
        *more,
    ]
    words += [word for lexicon in LEXICONS for word in ("--lexicon", str(lexicon))]
    begun = time.perf_counter()
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def killed(process: subprocess.Popen, out: Path) -> threading.Thread:
    """Kill a worker as soon as a partition is done; gives the thread that waits for that."""

    def wait() -> None:
        while not list(out.glob(".work/tables/articles/part-*")):
            time.sleep(0.05)
        process.kill()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


def tables(folder: Path) -> dict[str, bytes]:
    """Every partition of every table."""
    return {
        str(place.relative_to(folder)): place.read_bytes()
        for place in sorted(folder.rglob("*.parquet"))
    }


def main() -> int:
    """Run both and compare."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--articles", type=int, default=3000)
    options = words.parse_args()
    if os.geteuid():
        raise SystemExit("benchmarks/cluster.py: network namespaces need root; run it with sudo")
    with tempfile.TemporaryDirectory() as spare, network() as names, cluster(names) as running:
        folder = Path(spare)
        corpus = resampled(options.articles, folder)
        thread = killed(running[1], folder / "cluster")
        far = annotate(corpus, folder / "cluster", "--scheduler", f"tcp://{NET}.1:{PORT}")
        thread.join()
        near = annotate(corpus, folder / "local")
        one, two = tables(folder / "cluster"), tables(folder / "local")
    same = one == two
    print(
        f"{options.articles:,} articles: cluster of {WORKERS} workers, one killed: {far:.1f} s;"
        f" this machine alone: {near:.1f} s"
    )
    print(
        f"{len(one)} files of {len({name.partition('/')[0] for name in one})} tables:"
        f" {'the same bytes' if same else 'they differ'}"
    )
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
