"""A Dask cluster in place of this machine's processes. Its workers need this project, of the same
code, and the folder of the tables."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from itertools import islice
from pathlib import Path
from typing import Any

from helpers.engine import keys
from helpers.engine.pools import Died, Function, Here

WAIT = 30  # seconds for a scheduler to answer, and for a first worker
PATIENCE = 120  # seconds that a run waits for a worker when all are gone
TICK = 5  # seconds after which it looks whether there are any


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
        _certified(address)
        self.address, self.folder = address, folder
        self.ours = _about(str(folder))
        _say(f"waiting for the scheduler {address} and a worker, {2 * WAIT} s at most")
        try:
            self.client = Client(address, timeout=WAIT, set_as_default=False)
            self.client.wait_for_workers(1, timeout=WAIT)
        except (OSError, TimeoutError, TypeError, ValueError) as error:
            raise Lost(
                f"--scheduler {address}: no scheduler with a worker answered in {WAIT} s"
                f" ({_line(error)}); start them first"
            ) from None
        self._same(folder)

    def _same(self, folder: Path) -> None:
        """Refuse workers that would write other tables, or write them where nobody finds them."""
        found = self.client.run(_about, str(folder))
        for worker, theirs in sorted(found.items()):
            if wrong := _other(self.ours, theirs, str(folder)):
                raise Lost(f"worker {worker} {wrong}")

    def each(self, function: Function, jobs: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        jobs = iter(jobs)
        given: dict[Any, tuple] = {}
        try:
            while True:
                for job in islice(jobs, max(0, self._window() - len(given))):
                    given[self._submit(function, job)] = job
                if not given:
                    return
                for future in self._finished(list(given)):
                    yield given.pop(future), self._result(future)
        except (CancelledError, OSError, RuntimeError) as error:
            self._check(error)
            raise

    def _window(self) -> int:
        return 2 * max(1, sum(self.client.nthreads().values())) + 1

    def _finished(self, futures: list) -> list:
        """Those of some futures that are done; waits for one."""
        from distributed import wait

        def look() -> list:
            with self.client.as_current():
                done = wait(futures, timeout=TICK, return_when="FIRST_COMPLETED").done
            return [future for future in futures if future in done]

        return self._patiently(look)

    def _patiently(self, look: Callable[[], Any]) -> Any:
        """What `look` gives, asked again when it ran out of time. Where no worker is left it says
        so, and gives up after PATIENCE."""
        without = 0
        while True:
            try:
                return look()
            except TimeoutError:
                without = 0 if self.client.nthreads() else without + TICK
            if without == TICK:
                _say(f"no worker is left at {self.address}: waiting for one, {PATIENCE} s at most")
            if without >= PATIENCE:
                raise Lost(
                    f"--scheduler {self.address}: no worker for {PATIENCE} s; what is done stays,"
                    " start workers and run again"
                )

    def _submit(self, function: Function, job: tuple) -> Any:
        # asked in each task: a worker may join at any time, as SLURM's jobs do
        return self.client.submit(_checked, self.ours, str(self.folder), function, job, pure=False)

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker

        try:
            # what a worker had done is lost with it: then another has to do it again
            return self._patiently(lambda: future.result(timeout=TICK))
        except KilledWorker:
            return Died()
        except (AttributeError, ImportError) as error:  # it cannot even read what it is to do
            raise Lost(f"a worker {_REASONS['code']} ({_line(error)})") from None

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


def _certified(address: str) -> None:
    """Refuse tls:// without certificates: Dask's client would wait, then leave a traceback."""
    from distributed.security import Security

    given = Security()
    named = {
        "CA_FILE": given.tls_ca_file,
        "CLIENT__CERT": given.tls_client_cert,
        "CLIENT__KEY": given.tls_client_key,
    }
    missing = [f"DASK_DISTRIBUTED__COMM__TLS__{name}" for name, file in named.items() if not file]
    if address.startswith("tls:") and missing:
        raise Lost(
            f"--scheduler {address}: no certificates; name the files in {', '.join(missing)}"
        )


def _quiet() -> None:
    """Keep Dask's own reports off the terminal: one line of ours says what happened."""
    for name in [
        n for n in logging.root.manager.loggerDict if n.partition(".")[0] == "distributed"
    ]:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _about(folder: str) -> dict[str, Any]:
    """What must be the same on every worker."""
    return {"code": keys.code(), "versions": keys.versions(), "sees": Path(folder).is_dir()}


def _other(ours: dict[str, Any], theirs: dict[str, Any], folder: str) -> str:
    """What is other on a worker than here, "" for nothing."""
    wrong = [name for name, value in ours.items() if theirs.get(name) != value]
    return _REASONS[wrong[0]].format(folder=folder) if wrong else ""


def _checked(ours: dict[str, Any], folder: str, function: Function, job: tuple) -> Any:
    """Do a job on a worker, unless its tables would not be ours."""
    if wrong := _other(ours, _about(folder), folder):
        from distributed import get_worker

        raise Lost(f"worker {get_worker().address}, which joined after the start, {wrong}")
    return function(*job)


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
