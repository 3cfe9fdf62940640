"""Rows to Arrow columns, by the tables' schemas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, get_type_hints

from helpers.ledger.rows import TABLES

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def schema(table: str) -> pa.Schema:
    """Give the Arrow schema of a table: the fields of its row type, in order."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    kinds |= {int | None: pa.int64(), date: pa.date32(), date | None: pa.date32()}
    return pa.schema([(name, kinds[kind]) for name, kind in get_type_hints(TABLES[table]).items()])


def arrow(table: str, rows: Iterable[tuple]) -> pa.Table:
    """Put rows of one table into Arrow columns.

    >>> from helpers.ledger import Token
    >>> arrow("tokens", [Token("a", 0, 0, 3, "the")]).num_rows
    1
    """
    import pyarrow as pa

    shape = schema(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(shape)
    return pa.Table.from_arrays(
        [pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape
    )


def token_table(parts: Sequence[tuple[str, tuple]]) -> pa.Table:
    """Put the tokens of many articles into Arrow columns, without a row for each.

    parts    (article_id, columns) by article; columns are sentence_id, start, end and norm, as
             segment.token_columns gives
    returns  the table that `arrow` makes of the same tokens as rows

    >>> token_table([("a", ([0, 0], [0, 4], [3, 7], ["the", "war"]))]).num_rows
    2
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
    return pa.Table.from_arrays(
        [pa.array(names, pa.string()).take(pa.array(own)), *offsets, words], schema=schema("tokens")
    )
