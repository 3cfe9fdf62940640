"""Names cut where no text may be shown, and spans grown to the sentence or quotation around them:
what notebook 06 shows beside its tables."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

MOST = 5
"""Words of a name or mark that a report free of article text shows; neighbouring cells add a word
or two."""


def brief(words: Iterable[str], evidence: str, most: int = MOST) -> list[str]:
    """Give texts whole where the study shows sentences, else their first words.

    evidence  sentences or locations
    most      words that are left
    """
    if evidence == "sentences":
        return [str(each) for each in words]
    return [cut(str(each), most) for each in words]


def cut(words: str, most: int) -> str:
    """Give the first words of a text, with an ellipsis where some are left out.

    >>> cut("one of the people close to it", 4)
    'one of the people …'
    """
    parts = words.split()
    return words if len(parts) <= most else " ".join([*parts[:most], "…"])


def around(rows: pd.DataFrame, *holders: pd.DataFrame) -> pd.DataFrame:
    """Grow spans to the quotation, sentence … that holds them, so that a reader sees them in place.

    rows     article_id, start, end
    holders  tables with article_id, start, end; the first that holds a span gives its place
    returns  the same rows, index and order, start and end grown; a span that nothing holds stays as
             it is
    """
    grown = rows.copy()
    left = pd.Series(True, index=rows.index)
    for holder in holders:
        found = _holder(rows, holder)
        take = left & found["end"].ge(rows["end"])
        grown.loc[take, ["start", "end"]] = found.loc[take, ["start", "end"]].astype("int64")
        left &= ~take
    return grown


def _holder(rows: pd.DataFrame, holder: pd.DataFrame) -> pd.DataFrame:
    """The last span of `holder` that starts at or before each row."""
    wanted = (
        rows[["article_id"]].astype(object).assign(at=rows["start"].astype("int64"), row=rows.index)
    )
    given = (
        holder[["article_id", "start", "end"]]
        .astype({"article_id": object, "start": "int64", "end": "int64"})
        .assign(at=lambda t: t["start"])
    )
    if wanted.empty or given.empty:
        return pd.DataFrame({"start": pd.NA, "end": -1}, index=rows.index)
    found = pd.merge_asof(
        wanted.sort_values("at"), given.sort_values("at"), on="at", by="article_id"
    )
    return found.set_index("row").reindex(rows.index)[["start", "end"]].fillna(-1)
