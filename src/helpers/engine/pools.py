"""Who does the work: this process, a process for each core, or a Dask cluster. What the work is,
they do not know."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from types import ModuleType
from typing import Any

Function = Callable[..., Any]
TRIES = 3


class Died:
    """The result of a job that ended its process each time it was tried."""


class Here:
    """Does the jobs in this process, one after the other: for what is done before a process has
    begun."""

    def each(self, function: Function, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        """Give (job, result) for each job, in no certain order. Raises what a job raises."""
        for job in jobs:
            yield job, function(*job)

    def alone(self, function: Function, job: tuple) -> Any:
        """Do one job while no other runs; Died where that ends its process each time."""
        return function(*job)

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None: ...


class Local(Here):
    """Processes of this machine. One that is killed is replaced, and its job done again.

    processes  how many
    """

    def __init__(self, processes: int):
        self.processes = processes
        self._others = set(multiprocessing.active_children())
        # not fork: pyarrow has threads. The server imports the annotators once, for all processes
        self._kind = multiprocessing.get_context(
            "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        )
        if hasattr(self._kind, "set_forkserver_preload"):
            self._kind.set_forkserver_preload(["helpers.engine.annotated"])
        self._pool = self._begun(processes)

    def _begun(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(processes, mp_context=self._kind, initializer=begin)

    def each(self, function: Function, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        jobs = iter(jobs)
        running: dict[Future, tuple] = {}
        while True:
            broken = not self._fill(running, function, jobs)
            if not running and not broken:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                try:
                    result = future.result()
                except BrokenProcessPool:
                    broken = True
                    break  # the pool's other jobs are lost with it
                yield running.pop(future), result
            if broken:
                lost = [*running.values()]
                running.clear()
                self._renew()
                yield from ((job, self.alone(function, job)) for job in lost)

    def _fill(
        self, running: dict[Future, tuple], function: Function, jobs: Iterator[tuple]
    ) -> bool:
        """Submit jobs, a few more than there are processes; False where the pool broke
        meanwhile."""
        for job in islice(jobs, 2 * self.processes + 1 - len(running)):
            try:
                with _no_main():
                    running[self._pool.submit(function, *job)] = job
            except BrokenProcessPool:
                running[Future()] = job  # it is taken from the jobs already
                return False
        return True

    def alone(self, function: Function, job: tuple) -> Any:
        for _ in range(TRIES):
            with self._begun(1) as pool:
                try:
                    with _no_main():
                        future = pool.submit(function, *job)
                    return future.result()
                except BrokenProcessPool:
                    continue
        return Died()

    def _renew(self) -> None:
        self._pool.shutdown(wait=True)
        self._pool = self._begun(self.processes)

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is not None:  # an interrupted run does not wait for the partitions it leaves
            for process in set(multiprocessing.active_children()) - self._others:
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _no_main() -> Iterator[None]:
    """Start processes that do not run the caller's script again: a script without
    `if __name__ == "__main__"` would open its corpus in each of them, and wait for ever for the
    tables that its parent is making."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def begin() -> None:
    """Make a new process ready: it ends with the process that began it, and leaves interrupts to
    that."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Have this process end when the one that began it is gone, however that ended."""
    threading.Thread(
        target=_end_with, args=(multiprocessing.parent_process(),), daemon=True
    ).start()


def _end_with(parent: Any) -> None:
    parent.join()  # returns when it is gone, by kill -9 too
    os._exit(1)


def cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
