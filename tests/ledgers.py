"""Puts tables where a ledger is read from."""

from pathlib import Path

import pyarrow.parquet as pq

from helpers import ledger


def put(folder: Path, **tables: list[tuple]) -> ledger.Ledger:
    """Write rows of tables by the tables' names and give the ledger that they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        pq.write_table(ledger.arrow(name, rows), folder / f"{name}.parquet")
    return ledger.Ledger(folder)
