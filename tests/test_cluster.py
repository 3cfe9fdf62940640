"""A Dask cluster on this machine: the tables of a local run, a worker or the scheduler killed
meanwhile."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from helpers import engine
from helpers.engine import keys, make, received
from helpers.engine.cluster import Cluster, Lost
from helpers.engine.pools import Here
from ledgers import files
from rendering import framing

TEXT = (
    "Envoys meet in {0}\n\nThe regime said on Monday that talks in {0} would go on. “We wait,” said"
    " Ana Torv, a guard at the gate of {0}.\n"
)
WORDS = ["north", "south", "river", "bridge", "market", "harbour", "station", "garden"]


@pytest.fixture
def articles(tmp_path):
    towns = [f"{a} {b} {c}" for a in WORDS for b in WORDS for c in WORDS[:5]]
    rows = [
        {"article_id": f"a{i}", "outlet": f"O{i % 3}", "text": TEXT.format(town) * 8}
        for i, town in enumerate(towns)
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path / "articles.jsonl"


@pytest.fixture
def local(articles, tmp_path, monkeypatch):
    """What a run in this process writes."""
    monkeypatch.setattr(received, "ARTICLES", 10)
    with monkeypatch.context() as patch:
        patch.setattr(make.Crew, "pool", lambda self, work, small: Here())
        engine.annotate([articles], [], tmp_path / "local")
    return files(tmp_path / "local")


@contextmanager
def cluster(workers, protocol="tcp", more=()):
    """A scheduler and workers, each a process of its own; gives their processes and the address.
    `more` is what the command lines of both hold besides."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"{protocol}://127.0.0.1:{free.getsockname()[1]}"
    python = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = [
        "distributed.cli.dask_scheduler",
        "--host",
        address.rpartition(":")[0],
        "--port",
        address.rpartition(":")[2],
        "--no-dashboard",
        *more,
    ]
    worker = [
        "distributed.cli.dask_worker",
        address,
        "--nthreads",
        "1",
        "--no-dashboard",
        "--no-nanny",
        *more,
    ]
    running = [subprocess.Popen(python + scheduler, **quiet)]
    running += [subprocess.Popen(python + worker, **quiet) for _ in range(workers)]
    try:
        yield running, address
    finally:
        for process in running:
            process.kill()
            process.wait()


def kill_when(process, folder, partitions):
    """Kill a process when so many partitions of hits are there."""

    def watch():
        while (
            process.poll() is None
            and len(list(folder.glob(".work/tables/articles/part-*"))) < partitions
        ):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


def test_a_cluster_writes_the_same_bytes_though_a_worker_is_killed(articles, local, tmp_path):
    with cluster(3) as (running, address):
        killer = kill_when(running[1], tmp_path / "out", 3)
        done = engine.annotate([articles], [], tmp_path / "out", scheduler=address)
        killer.join()
        assert running[1].wait() == -signal.SIGKILL
    assert done.articles == 320 and not done.failed
    assert files(tmp_path / "out") == local


def test_a_lost_scheduler_is_said_in_a_line_and_the_rerun_finishes(articles, local, tmp_path):
    with cluster(1) as (running, address):
        kill_when(running[0], tmp_path / "out", 3)
        with pytest.raises(Lost, match=r"lost .*; what is done stays, run again when it is back"):
            engine.annotate([articles], [], tmp_path / "out", scheduler=address)
    kept = {
        p.name: p.stat().st_ino for p in (tmp_path / "out/.work/tables/articles").glob("part-*")
    }
    assert kept
    engine.annotate([articles], [], tmp_path / "out")
    assert files(tmp_path / "out") == local
    assert {name: (tmp_path / "out/articles" / name).stat().st_ino for name in kept} == kept


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make certificates")
def test_with_certificates_only_who_has_them_is_let_in(articles, tmp_path):
    key, certificate = tmp_path / "me.key", tmp_path / "me.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=framing"]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    files_of = {"ca-file": certificate, "cert": certificate, "key": key}
    more = [part for name, path in files_of.items() for part in (f"--tls-{name}", str(path))]
    settings = {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(certificate),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": str(certificate),
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": str(key),
    }
    with cluster(1, "tls", more) as (_, address):
        asked = ("annotate", articles, "--scheduler", address, "--out")
        let_in = framing(*asked, tmp_path / "out", **settings)
        refused = framing(*asked, tmp_path / "none")
    alone = framing("annotate", articles, "--out", tmp_path / "alone")
    assert (let_in.returncode, alone.returncode) == (0, 0), let_in.stderr + alone.stderr
    assert files(tmp_path / "out") == files(tmp_path / "alone")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 2  # what it reads, and why it ends
    assert f"--scheduler {address}: no certificates; name the files in DASK_" in refused.stderr


def test_workers_of_other_code_are_refused(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "code", lambda: "other code")
    with (
        cluster(1) as (_, address),
        pytest.raises(
            Lost,
            match=r"worker tcp://\S+ has other code or other lexicons .*; install the same version",
        ),
    ):
        engine.annotate([articles], [], tmp_path / "out", scheduler=address)


@pytest.mark.parametrize("address", ["cluster", "127.0.0.1:8786", "tcp://host", "tcp://a b:1"])
def test_what_is_no_address_is_refused_at_once(articles, tmp_path, address):
    with pytest.raises(Lost, match="no address; write it like tcp://"):
        engine.annotate([articles], [], tmp_path / "out", scheduler=address)


def test_a_worker_of_other_code_that_joins_later_is_refused_by_each_task(
    articles, tmp_path, monkeypatch
):
    monkeypatch.setattr(keys, "code", lambda: "other code")
    monkeypatch.setattr(Cluster, "_same", lambda self, folder: None)  # it was not there yet
    with (
        cluster(1) as (_, address),
        pytest.raises(
            Lost, match=r"worker tcp://\S+, which joined after the start, has other code"
        ),
    ):
        engine.annotate([articles], [], tmp_path / "out", scheduler=address)


def test_when_all_workers_are_gone_it_says_so_and_gives_up(articles, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(received, "ARTICLES", 10)
    monkeypatch.setattr("helpers.engine.cluster.PATIENCE", 3)
    monkeypatch.setattr("helpers.engine.cluster.TICK", 1)
    with cluster(1) as (running, address):
        kill_when(running[1], tmp_path / "out", 3)
        with pytest.raises(Lost, match="no worker for 3 s; what is done stays, start workers"):
            engine.annotate([articles], [], tmp_path / "out", scheduler=address)
    assert "no worker is left" in capsys.readouterr().err
