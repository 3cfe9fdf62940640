"""A Dask cluster in place of this machine's processes. Its workers need this project, of the same
code, and the folder of the tables."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from itertools import islice
from pathlib import Path
from typing import Any

from helpers.engine import keys
from helpers.engine.pools import Died, Function, Here

WAIT = 30  # seconds for a scheduler to answer, and for a first worker


ADDRESS = re.compile(r"(tcp|tls|ucx|wss?)://[^\s/]+:\d{1,5}/?")


class Lost(ValueError):
    """The cluster cannot be used, or no longer; what is done so far stays."""


class Cluster(Here):
    """The workers of a Dask scheduler.

    address  such as tcp://10.0.0.5:8786
    folder   of the work in progress, that every worker must see under the same path
    raises   Lost where nobody answers, a worker has other code, or does not see the folder
    """

    def __init__(self, address: str, folder: Path):
        if not ADDRESS.fullmatch(address):
            raise Lost(f"--scheduler {address}: no address; write it like tcp://10.0.0.5:8786")
        from distributed import Client

        _quiet()
        self.address = address
        try:
            self.client = Client(address, timeout=WAIT, set_as_default=False)
            self.client.wait_for_workers(1, timeout=WAIT)
        except (OSError, TimeoutError, ValueError) as error:
            raise Lost(
                f"--scheduler {address}: no scheduler with a worker answered in {WAIT} s"
                f" ({_line(error)}); start them first"
            ) from None
        self._same(folder)

    def _same(self, folder: Path) -> None:
        """Refuse workers that would write other tables, or write them where nobody finds them."""
        found = self.client.run(_about, str(folder))
        ours = _about(str(folder))
        for worker, theirs in sorted(found.items()):
            for name, value in ours.items():
                if theirs[name] != value:
                    raise Lost(f"worker {worker} {_REASONS[name].format(folder=folder)}")

    def each(self, function: Function, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        from distributed import as_completed

        jobs = iter(jobs)
        given: dict[str, tuple] = {}
        flow = as_completed(loop=self.client.loop)
        try:
            while True:
                for job in islice(jobs, max(0, self._window() - len(given))):
                    future = self._submit(function, job)
                    given[future.key] = job
                    flow.add(future)
                if not given:
                    return
                future = next(flow)
                yield given.pop(future.key), self._result(future)
        except (CancelledError, OSError, RuntimeError, StopIteration) as error:
            self._check(error)
            raise

    def _window(self) -> int:
        return 2 * max(1, sum(self.client.nthreads().values())) + 1

    def _submit(self, function: Function, job: tuple) -> Any:
        return self.client.submit(function, *job, pure=False)

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return Died()

    def alone(self, function: Function, job: tuple) -> Any:
        return self._result(self._submit(function, job))

    def _check(self, error: BaseException) -> None:
        """Say in one line that the scheduler is gone, where that is what an error comes from."""
        from distributed.comm import CommClosedError

        if self.client.status != "running" or isinstance(error, CancelledError | CommClosedError):
            raise Lost(
                f"--scheduler {self.address}: lost ({_line(error)}); what is done stays, run again"
                " when it is back"
            ) from None

    def __exit__(self, *_: object) -> None:
        self.client.close(timeout=5)


_REASONS = {
    "code": (
        "has other code or other lexicons of its own; install the same version of this project"
        " there"
    ),
    "versions": (
        "has other versions of libraries; build its environment from the same requirements.lock"
    ),
    "sees": "does not see {folder}; give --out a folder that every worker sees under the same path",
}


def _quiet() -> None:
    """Keep Dask's own reports off the terminal: one line of ours says what happened."""
    for name in [
        n for n in logging.root.manager.loggerDict if n.partition(".")[0] == "distributed"
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _about(folder: str) -> dict[str, Any]:
    """What must be the same on every worker."""
    return {"code": keys.code(), "versions": keys.versions(), "sees": Path(folder).is_dir()}


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
