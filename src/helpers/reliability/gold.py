"""What people decided about a corpus by hand: the tables of its folder `gold`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.measure.checks import require

COLUMNS = {
    "blocks": ["role"],
    "quotes": ["kind", "speaker", "speaker_type", "cue"],
    "insertions": [],
    "hits": ["entry", "voice", "speaker"],
}
PLACE = ["article_id", "start", "end"]


class Gold(NamedTuple):
    """The hand-made rows of a corpus, each table with article_id, start, end.

    covered  the articles of which every block has a row; only in these is what is missing from gold
             an error
    """

    blocks: pd.DataFrame
    quotes: pd.DataFrame
    insertions: pd.DataFrame
    hits: pd.DataFrame
    covered: list[str]

    def within(self, articles: Iterable[str]) -> Gold:
        """The same for some articles."""
        ids = set(articles)
        tables = [table[table["article_id"].isin(ids)].reset_index(drop=True) for table in self[:4]]
        return Gold(*tables, covered=[name for name in self.covered if name in ids])


def read(corpus: Path) -> Gold:
    """Read the tables of `gold` in a corpus folder; all empty where there is none.

    raises  ValueError for a table without its columns or with an offset that is no number
    """
    tables = {name: _table(corpus / "gold" / f"{name}.csv", more) for name, more in COLUMNS.items()}
    return Gold(**tables, covered=sorted(set(tables["blocks"]["article_id"])))


def _table(path: Path, more: list[str]) -> pd.DataFrame:
    if not path.is_file():
        return pd.DataFrame(columns=[*PLACE, *more]).astype({"start": "int64", "end": "int64"})
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    require(rows, [*PLACE, *more], str(path.name))
    try:
        rows = rows.astype({"start": "int64", "end": "int64"})
    except ValueError as error:
        raise ValueError(
            f"{path.name}: an offset is no whole number ({error}); see data/README.md."
        ) from None
    return rows[[*PLACE, *more]].sort_values(PLACE, ignore_index=True)
