"""How far a run is: articles done, rate, time left, failures so far."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

EVERY = 1.0  # seconds between two lines


class Step(NamedTuple):
    """Where a stage stands.

    stage     receive, lines, annotate or hits
    done      articles done, those of an earlier run included
    total     of how many; None where that is not known yet
    rate      articles a second of this run
    left      seconds; None where it cannot be known
    failures  so far
    """

    stage: str
    done: int
    total: int | None
    rate: float
    left: float | None
    failures: int


Tell = Callable[[Step], None]

DOING = {
    "receive": "read",
    "lines": "compared the lines of",
    "annotate": "annotated",
    "hits": "found the hits of",
}


def words(step: Step) -> str:
    """Say a step in one line."""
    of = "" if step.total is None else f" of {step.total:,}"
    line = f"{DOING[step.stage]} {step.done:,}{of} articles, {step.rate:,.0f} a second"
    line += "" if step.left is None or step.done == step.total else f", {_duration(step.left)} left"
    return line + (f", {step.failures:,} failed" if step.failures else "")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes} min"
        if hours
        else f"{minutes} min {rest} s"
        if minutes
        else f"{rest} s"
    )


class Meter:
    """Counts what is done in one stage and tells it, once a second at most and at the end."""

    def __init__(self, stage: str, tell: Tell | None, total: int | None = None):
        self.stage, self.tell, self.total = stage, tell, total
        self.done = self.failures = self.before = 0
        self._start = self._told = time.monotonic()
        self._last: tuple[int, int] | None = None

    def skip(self, articles: int) -> None:
        """Count articles that an earlier run did: they are done, and say nothing of this run's
        rate."""
        self.done, self.before = self.done + articles, self.before + articles

    def add(self, articles: int, failures: int = 0) -> None:
        """Count articles that are done."""
        self.done, self.failures = self.done + articles, self.failures + failures
        now = time.monotonic()
        if now - self._told >= EVERY:
            self._told = now
            self._tell()

    def end(self) -> None:
        """Tell the last step, unless it was told."""
        if self._last != (self.done, self.failures):
            self._tell()

    def _tell(self) -> None:
        self._last = self.done, self.failures
        if self.tell:
            self.tell(self.step())

    def step(self) -> Step:
        """Give where the stage stands."""
        rate = (self.done - self.before) / max(time.monotonic() - self._start, 1e-9)
        left = (self.total - self.done) / rate if self.total is not None and rate else None
        return Step(self.stage, self.done, self.total, rate, left, self.failures)
