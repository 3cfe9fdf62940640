"""The tables that rooms exchange: their rows, their columns, and the only reader and writer of data/processed.

Every offset is a character offset into `articles.text`, end exclusive.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

from helpers.ledger import lazy
from helpers.ledger.lazy import among  # noqa: F401 — one of the names of this room

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

KEPT = frozenset({"title", "deck", "caption", "subhead", "body"})
"""Roles of the blocks that are the article; the others are labelled and left out of every count."""

ROLES = ("title", "deck", "byline", "dateline", "caption", "subhead", "body", "note", "boilerplate")

VOICES = (
    "outlet",
    "quote",
    "indirect",
    "insertion",
    "scare",
    "interviewer",
    "interviewee",
    "headline",
    "caption",
    "translator",
)

OWN = ("outlet", "headline", "caption", "insertion")
"""Voices in which the outlet itself speaks; `scare` is its pen too, but holds the word at arm's length."""


class Article(NamedTuple):
    """One article as received, with what is known about it."""

    article_id: str
    corpus: str
    outlet: str
    title: str
    deck: str
    author: str
    published: date | None
    url: str
    language: str
    kind: str
    source: str
    sha256: str
    text: str


class Block(NamedTuple):
    """A paragraph or line with its role and the rule that gave it."""

    article_id: str
    block_id: int
    start: int
    end: int
    role: str
    reason: str


class Sentence(NamedTuple):
    """One sentence of a kept block."""

    article_id: str
    sentence_id: int
    block_id: int
    start: int
    end: int


class Token(NamedTuple):
    """One word."""

    article_id: str
    sentence_id: int
    start: int
    end: int
    norm: str


class Quote(NamedTuple):
    """Words attributed to somebody, inside one block."""

    article_id: str
    quote_id: int
    start: int
    end: int
    kind: str
    speaker: str
    speaker_start: int | None
    speaker_end: int | None
    speaker_type: str
    cue: str
    cue_start: int | None
    cue_end: int | None
    rule: str


class Voice(NamedTuple):
    """A span of kept text and whose words it holds."""

    article_id: str
    start: int
    end: int
    voice: str
    speaker: str


class Mark(NamedTuple):
    """A bracket, ellipsis, note or stray quotation mark that a reader must know of."""

    article_id: str
    start: int
    end: int
    mark: str
    quote_id: int | None
    rule: str


class Hit(NamedTuple):
    """An entry of a lexicon found in kept text."""

    article_id: str
    start: int
    end: int
    lexicon: str
    category: str
    entry: str
    match: str
    voice: str
    speaker: str
    negated: bool
    sentence_id: int | None


class Intake(NamedTuple):
    """What became of one file or row."""

    source: str
    article_id: str
    status: str
    encoding: str
    note: str


class Failed(NamedTuple):
    """What could not be read or annotated, and why."""

    source: str
    article_id: str
    stage: str
    reason: str


TABLES: dict[str, type] = {
    "articles": Article,
    "blocks": Block,
    "sentences": Sentence,
    "tokens": Token,
    "quotes": Quote,
    "voices": Voice,
    "marks": Mark,
    "hits": Hit,
    "intake": Intake,
    "failures": Failed,
}
KEY = "ledger.json"


@cache
def schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table: the fields of its row type, in order."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), date: pa.date32()}
    kinds |= {int | None: pa.int64(), date | None: pa.date32()}
    return pa.schema([(name, kinds[kind]) for name, kind in get_type_hints(TABLES[table]).items()])


def arrow(table: str, rows: Iterable[tuple]) -> pa.Table:
    """Put rows of one table into Arrow columns."""
    import pyarrow as pa

    shape = schema(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(shape)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape)


def token_table(parts: Sequence[tuple[str, tuple]]) -> pa.Table:
    """Put the tokens of many articles into Arrow columns, without a row for each.

    parts    (article_id, columns) by article; columns are sentence_id, start, end and norm, as segment.token_columns gives
    returns  the table that `arrow` makes of the same tokens as rows
    """
    import numpy as np
    import pyarrow as pa

    if not parts:
        return arrow("tokens", [])
    names, columns = zip(*parts, strict=True)
    numbers, starts, ends, norms = zip(*columns, strict=True)
    own = np.repeat(np.arange(len(names)), [len(each) for each in norms])
    offsets = [pa.array(np.concatenate(each), pa.int64()) for each in (numbers, starts, ends)]
    words = pa.array(list(chain.from_iterable(norms)), pa.string())
    return pa.Table.from_arrays([pa.array(names, pa.string()).take(pa.array(own)), *offsets, words], schema=schema("tokens"))


def parts(folder: Path, table: str) -> list[Path]:
    """Give the files of a table in the order of its rows: one of its name, or the partitions in a folder of that name.

    raises  FileNotFoundError with the command that makes the ledger
    """
    alone = folder / f"{table}.parquet"
    found = [alone] if alone.is_file() else sorted((folder / table).glob("[!.]*.parquet"))
    if not found:
        raise FileNotFoundError(f"{alone}: no such table; `framing annotate` makes it")
    return found


def key(folder: Path) -> dict:
    """Give what the ledger in this folder was made from; empty where there is none, or only part of one."""
    try:
        return json.loads((folder / KEY).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold a ledger: alone while it is written, together with other readers while it is read."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


def _table(name: str) -> cached_property[pd.DataFrame]:
    return cached_property(lambda self: self.read(name))


class Ledger:
    """The tables of one corpus as pandas frames, each read when first asked for.

    folder  where they lie; a table is a file, or a folder of partitions of that name
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.key = key(folder)

    def read(self, table: str, columns: list[str] | None = None, where: pa.compute.Expression | None = None) -> pd.DataFrame:
        """Read a table, or some of its columns and rows.

        columns  names; none: all
        where    a pyarrow expression that rows must meet
        raises   FileNotFoundError with the command that makes the ledger
        """
        import pyarrow.dataset as ds

        files = [str(place) for place in parts(self.folder, table)]
        found = ds.dataset(files, format="parquet", schema=schema(table)).to_table(columns=columns, filter=where)
        return found.to_pandas()

    @cached_property
    def holds(self) -> list[set[str]]:
        """The article_ids of each partition."""
        return [set(lazy.read(place, ["article_id"])["article_id"]) for place in parts(self.folder, "articles")]

    def each(self, only: Iterable[str] | None = None, **columns: Sequence[str]) -> Iterator[SimpleNamespace]:
        """Go through the ledger a partition at a time; all rows of an article are in one.

        only      article_ids whose rows are wanted: partitions that hold none are not opened; none given: all
        columns   by table, its columns: each(tokens=["article_id", "norm"]) gives parts with a frame `tokens`
        returns   words that recur come as categories; a ledger of single files is one part
        """
        return lazy.each({t: parts(self.folder, t) for t in columns}, self.holds, columns, only)

    def of(self, articles: Iterable[str], table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read the rows of some articles, opening no other partition: strings are plain, as `read` gives them."""
        import pandas as pd

        names = list(columns or schema(table).names)
        found = [getattr(part, table) for part in self.each(articles, **{table: names})]
        plain = [f.astype({c: "str" for c in f if f[c].dtype == "category"}) for f in found]
        return pd.concat(plain, ignore_index=True) if plain else self.read(table, names).head(0)

    articles = _table("articles")
    blocks = _table("blocks")
    sentences = _table("sentences")
    tokens = _table("tokens")
    quotes = _table("quotes")
    voices = _table("voices")
    marks = _table("marks")
    hits = _table("hits")
    intake = _table("intake")
    failures = _table("failures")
