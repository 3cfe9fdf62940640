"""What the corpus hands on: articles received, what failed, and what was passed over."""

from __future__ import annotations

from typing import NamedTuple

from helpers.ledger import Article

UNKNOWN_OUTLET = "unknown outlet"
"""The outlet of an article for which neither catalogue, table nor folder names one."""

NO_OUTLET = f"no outlet named: counted as '{UNKNOWN_OUTLET}'"
"""The note on such an article, so that a caller can count them and say it in one line."""

DUPLICATE = "exact duplicate of "
"""How the note on an article begins whose text was received before."""


class Received(NamedTuple):
    """One article. `main` is what trafilatura took for the article, passage by passage; None for
    plain text."""

    article: Article
    main: tuple[str, ...] | None
    encoding: str
    notes: tuple[str, ...]


class Failure(NamedTuple):
    """One article, row or file that could not be used. `stage` is catalogue, read, decode, table,
    row or page."""

    source: str
    article_id: str
    stage: str
    reason: str


class Skipped(NamedTuple):
    """One file of a kind that holds no articles."""

    source: str
    reason: str


class Unusable(Exception):
    """Why one article cannot be used: the message says what was found and what to do."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(reason)
        self.stage = stage
        self.reason = reason


def escaped(name: str) -> str:
    """A name on one line: what cannot be printed is written as Python escapes it."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def shown(name: object, limit: int = 120) -> str:
    """A name from outside made fit for one line of a message: control characters escaped, cut at
    `limit`."""
    text = escaped(str(name)[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def line(value: object) -> str:
    """A value from outside as one line of text that can be written as UTF-8; nothing for None and
    not-a-number."""
    if value is None or value != value:  # noqa: PLR0124 (not-a-number is the value that is not itself)
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(line, value)))
    return " ".join(str(value).split()).encode("utf-8", "replace").decode("utf-8")
