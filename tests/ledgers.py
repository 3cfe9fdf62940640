"""Puts tables where a ledger is read from, and gives the bytes of those that lie there."""

from pathlib import Path

import pyarrow.parquet as pq

from helpers import ledger
from helpers.engine import ownership


def put(folder: Path, **tables: list[tuple]) -> ledger.Ledger:
    """Write rows of tables by the tables' names and give the ledger that they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        place = folder / ("hits/some.parquet" if name == "hits" else f"{name}.parquet")
        place.parent.mkdir(exist_ok=True)
        pq.write_table(ledger.arrow(name, rows), place)
    return ledger.Ledger(folder, ["some"] if "hits" in tables else [])


def files(folder: Path) -> dict[str, bytes]:
    """Give every partition of a folder's finished tables by its path, the work in progress
    aside."""
    places = [p for p in sorted(folder.rglob("*.parquet")) if ownership.WORK not in p.parts]
    return {str(p.relative_to(folder)): p.read_bytes() for p in places}
