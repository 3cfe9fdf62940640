"""The tables that rooms exchange: their rows, their columns, and the only reader and writer of
data/processed.

Every offset is a character offset into `articles.text`, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from helpers.ledger import lazy
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
    "key",
    "locked",
    "parts",
    "put",
    "put_text",
    "schema",
    "token_table",
]


def _table(name: str) -> cached_property[pd.DataFrame]:
    return cached_property(lambda self: self.read(name))


class Ledger:
    """The tables of one corpus as pandas frames, each read when first asked for.

    folder  where they lie; a table is a file, or a folder of partitions of that name
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.key = key(folder)

    def read(
        self,
        table: str,
        columns: list[str] | None = None,
        where: pa.compute.Expression | None = None,
    ) -> pd.DataFrame:
        """Read a table, or some of its columns and rows.

        columns  names; none: all
        where    a pyarrow expression that rows must meet
        raises   FileNotFoundError with the command that makes the ledger
        """
        import pyarrow.dataset as ds

        files = [str(place) for place in parts(self.folder, table)]
        found = ds.dataset(files, format="parquet", schema=schema(table)).to_table(
            columns=columns, filter=where
        )
        return found.to_pandas()

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
        """
        return lazy.each({t: parts(self.folder, t) for t in columns}, self.holds, columns, only)

    def of(
        self, articles: Iterable[str], table: str, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Read the rows of some articles, opening no other partition: strings are plain, as `read`
        gives them."""
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
