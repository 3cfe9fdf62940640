"""A ledger read a partition at a time, with the columns and articles asked for and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LONG = frozenset({"title", "deck", "url", "source", "sha256", "text", "match"})
"""Columns whose values are long or seldom the same; the other words are read as categories, a
number to each row."""


def read(place: Path, columns: Sequence[str], articles: set[str] | None = None) -> pd.DataFrame:
    """Read some columns of one file of a table; words that recur come as categories.

    articles  article_ids whose rows are kept, in their order; none given: all
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = (
        list(dict.fromkeys(["article_id", *columns])) if articles is not None else list(columns)
    )
    words = [
        f.name
        for f in pq.read_schema(place)
        if f.name in wanted and f.name not in LONG and pa.types.is_string(f.type)
    ]
    found = pq.ParquetFile(place, read_dictionary=words).read(wanted, use_threads=False)
    frame = found.combine_chunks().unify_dictionaries().to_pandas()
    if articles is not None:
        ids = frame["article_id"].cat
        kept = ids.categories.isin(articles)[ids.codes]
        frame = frame if kept.all() else frame[kept].reset_index(drop=True)
    return frame[list(columns)]


def each(
    places: dict[str, list[Path]],
    holds: list[set[str]],
    columns: dict[str, Sequence[str]],
    articles: Iterable[str] | None,
) -> Iterator[SimpleNamespace]:
    """Go through the partitions: a frame to each table, with the rows of the articles wanted.

    places    by table, its files; the same articles stand in the same place of each
    holds     the article_ids of each partition; one that holds none that is wanted is not opened
    """
    wanted = None if articles is None else set(articles)
    for number, inside in enumerate(holds):
        some = None if wanted is None or inside <= wanted else inside & wanted
        if some is None or some:
            yield SimpleNamespace(
                **{
                    table: read(places[table][number], names, some)
                    for table, names in columns.items()
                }
            )


def among(**values: Iterable[str]) -> pa.compute.Expression:
    """Give the condition that each column of words named has one of its values, never where there
    is none: among(voice=["narration", "headline"]).

    >>> among(voice=["narration", "headline"])
    <pyarrow.compute.Expression is_in(voice, {value_set=string:[
      "narration",
      "headline"
    ], null_matching_behavior=MATCH})>
    """
    from functools import reduce
    from operator import and_

    import pyarrow as pa
    import pyarrow.compute as pc

    return reduce(
        and_,
        (
            pc.field(column).isin(pa.array(list(some), pa.string()))
            for column, some in values.items()
        ),
    )
