"""The tables that packages exchange: their rows, their columns, and the only reader and writer of
data/processed.

Every offset is a character offset into `articles.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from helpers.ledger import lazy
from helpers.ledger.cells import harmless, unguarded
from helpers.ledger.files import KEY, Full, drafted, get, key, locked, parts, put, put_text
from helpers.ledger.lazy import among
from helpers.ledger.rows import (
    KEPT,
    OWN,
    ROLES,
    TABLES,
    VOICES,
    Article,
    Block,
    Failed,
    Hit,
    Intake,
    Mark,
    Quote,
    Sentence,
    Token,
    Voice,
)
from helpers.ledger.tables import arrow, schema, token_table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "KEPT",
    "KEY",
    "OWN",
    "ROLES",
    "TABLES",
    "VOICES",
    "Article",
    "Block",
    "Failed",
    "Full",
    "Hit",
    "Intake",
    "Ledger",
    "Mark",
    "Quote",
    "Sentence",
    "Token",
    "Voice",
    "among",
    "arrow",
    "drafted",
    "get",
    "harmless",
    "key",
    "locked",
    "parts",
    "put",
    "put_text",
    "schema",
    "token_table",
    "unguarded",
]


def _dataset(places: list[Path], table: str) -> Any:
    """Files of one table as a dataset of Arrow.

    A column that a file lacks would be read as nothing at all, and a figure made of it be false.
    """
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    wanted = schema(table)
    for place in places:
        missing = [name for name in wanted.names if name not in pq.read_schema(place).names]
        if missing:
            raise ValueError(
                f"{place.parent.name}/{place.name}: lacks the column {missing[0]}: it was made by"
                " an older version; run framing annotate again into a new folder"
            )
    return ds.dataset([str(p) for p in places], format="parquet", schema=wanted)


def _table(name: str) -> cached_property[pd.DataFrame]:
    return cached_property(lambda self: self.read(name))


class Ledger:
    """The tables of one corpus as pandas frames, each read when first asked for.

    folder  where they lie; a table is a file, or a folder of partitions of that name
    hits    names of the tables of hits that belong to it, one for each lexicon, in the folder hits

    Plain pandas reads the same, file or folder: pd.read_parquet(folder / "quotes.parquet").
    """

    def __init__(self, folder: Path, hits: Sequence[str] = ()):
        self.folder = folder
        self.key = key(folder)
        self.hit_tables = tuple(dict.fromkeys(hits))

    def read(
        self,
        table: str,
        columns: list[str] | None = None,
        where: pa.compute.Expression | None = None,
    ) -> pd.DataFrame:
        """Read a table, or some of its columns and rows.

        table    a name of the codebook; hits are those of all lexicons of this ledger
        columns  names; none: all
        where    a pyarrow expression that rows must meet
        raises   FileNotFoundError with the command that makes the ledger; ValueError if a table
                 lacks a column, as a ledger of an older version does
        """
        import pyarrow as pa

        found = [
            _dataset(places, table).to_table(columns=columns, filter=where)
            for places in self._places(table)
        ]
        shape = schema(table)
        if not found:
            empty = shape.empty_table()
            return (empty.select(columns) if columns is not None else empty).to_pandas()
        return pa.concat_tables(t.replace_schema_metadata(None) for t in found).to_pandas()

    def _places(self, table: str) -> list[list[Path]]:
        """The files of a table; of hits those of each lexicon."""
        if table != "hits":
            return [parts(self.folder, table)]
        return [parts(self.folder / "hits", name) for name in self.hit_tables]

    @cached_property
    def holds(self) -> list[set[str]]:
        """The article_ids of each partition."""
        return [
            set(lazy.read(place, ["article_id"])["article_id"])
            for place in parts(self.folder, "articles")
        ]

    def each(
        self, only: Iterable[str] | None = None, **columns: Sequence[str]
    ) -> Iterator[SimpleNamespace]:
        """Go through the ledger a partition at a time; all rows of an article are in one.

        only      article_ids whose rows are wanted: partitions that hold none are not opened; none
                  given: all
        columns   by table, its columns: each(tokens=["article_id", "norm"]) gives parts with a
                  frame `tokens`
        returns   words that recur come as categories; a ledger of single files is one part
        raises    ValueError for hits, which lie in a table for each lexicon: read them whole
        """
        if "hits" in columns:
            raise ValueError("hits lie in a table for each lexicon; read them with `hits`")
        return lazy.each({t: parts(self.folder, t) for t in columns}, self.holds, columns, only)

    def of(
        self, articles: Iterable[str], table: str, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Read the rows of some articles, opening no other partition: strings are plain, as `read`
        gives them. Hits are those of all lexicons of this ledger."""
        import pandas as pd

        names = list(columns or schema(table).names)
        if table == "hits":
            wanted = self.hits[self.hits["article_id"].isin(set(articles))]
            return wanted[names].reset_index(drop=True)
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
