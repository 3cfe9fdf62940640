"""A folder of the run's own, that nobody else may look into: its drafts, the keys of its kernels
and what its processes talk through. It goes with the run; what killed runs left goes at the next
start."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.study import root

LOCK = ".lock"
SOCKET = "pymp-01234567/listener-01234567"
"""As long as the longest name that multiprocessing gives a socket below the temporary folder."""


@contextmanager
def private() -> Iterator[Path]:
    """Have what this process and those it begins write for a while stand in its own folder, not in
    the temporary folder of the machine, where it would stay when the run is killed."""
    folder = _scratch()
    before = {name: os.environ.get(name) for name in ("TMPDIR", "JUPYTER_RUNTIME_DIR")}
    known = tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    # keys of kernels: jupyter would keep them in the home folder
    os.environ["JUPYTER_RUNTIME_DIR"] = str(folder / "runtime")
    (folder / "runtime").mkdir(mode=0o700, exist_ok=True)
    try:
        yield folder
    finally:
        tempfile.tempdir = known
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def work() -> Path:
    """Give this process's own folder for drafts, inside the project."""
    return own(root() / "data/processed/.work")


@cache
def _scratch() -> Path:
    """The own folder if sockets and secrets may stand there, else one in the temporary folder.

    A socket's whole path may have about a hundred characters; some file systems (a Windows disk in
    WSL, a project on a network) have neither sockets nor permissions; the project may belong to
    another user.
    """
    with suppress(OSError):
        if _fit(folder := work()):
            return folder
    shared = Path(tempfile.gettempdir()) / f"framing-{os.getuid()}"
    with suppress(OSError):
        shared.mkdir(mode=0o700, exist_ok=True)
        about = shared.lstat()
        if stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid():
            return own(shared)
    return own(Path(tempfile.mkdtemp(prefix="framing-")))  # somebody else has one of that name


def _fit(folder: Path) -> bool:
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return False
    place = folder / SOCKET
    place.parent.mkdir()
    try:
        with socket.socket(socket.AF_UNIX) as tried:
            tried.bind(str(place))
    except OSError:
        return False
    finally:
        shutil.rmtree(place.parent, ignore_errors=True)
    return True


@cache
def own(place: Path) -> Path:
    """Make a folder of this process inside another one, and remove there what processes that are
    gone left.

    The folder is held by a lock that ends with the process, however it ends: a number of a process
    is given again, and means another one in another container.
    """
    place.mkdir(parents=True, exist_ok=True)
    with FileLock(place / LOCK):  # nobody sweeps between the making of a folder and its lock
        _sweep(place)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=place))
        held = FileLock(folder / LOCK, thread_local=False)
        held.acquire(timeout=0)
    # after multiprocessing has removed its own files, which it does at -100
    Finalize(None, _remove, args=(folder, held), exitpriority=-200)
    return folder


def _sweep(place: Path) -> None:
    for folder in place.iterdir():
        number = folder.name.partition("-")[0]
        if number.isdigit() and folder.is_dir() and not folder.is_symlink():
            _swept(folder, int(number))


def _swept(folder: Path, number: int) -> None:
    """Remove a folder if the process that made it is gone."""
    if not (folder / LOCK).exists():  # killed before it was locked
        if not _alive(number):
            shutil.rmtree(folder, ignore_errors=True)
        return
    with suppress(Timeout, OSError), FileLock(folder / LOCK, timeout=0):
        shutil.rmtree(folder, ignore_errors=True)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _remove(folder: Path, held: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    held.release()
    # a kernel outlives a killed run by a second or two and may have written into its folder again
    with suppress(Timeout, OSError), FileLock(folder.parent / LOCK, timeout=10):
        _sweep(folder.parent)
