"""A sheet coded by hand, read back: how precise the rules were, and how well two coders agree."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.measure.checks import require
from helpers.measure.phrases import number_of
from helpers.reliability.agreement import alpha, alpha_by_category
from helpers.reliability.coding import read_back

CODERS = ("coder_a", "coder_b")
KEYS = {
    "hits": ["article_id", "start", "end", "lexicon", "entry"],
    "sentences": ["article_id", "start", "end"],
}
_AGREEMENT = ["category", "units", "alike", "alpha", "low", "high", "note"]


class Coded(NamedTuple):
    """A sheet that came back.

    rows   the rows that are still there, with the coders' columns (None: not coded)
    words  one sentence: how many rows, how many are gone
    """

    rows: pd.DataFrame
    words: str


def load(path: Path | None, rows: pd.DataFrame, unit: str, allowed: Collection[str]) -> Coded:
    """Read a coded sheet and join it to the corpus's rows of today.

    path     CSV in UTF-8 with the columns of KEYS[unit] and CODERS, as it was drawn; None: no sheet
             yet
    rows     hits or sentences of the corpus; those that are not in the sheet are left out
    allowed  the codes; an empty cell means not coded
    returns  Coded: a row of the sheet that the rules no longer find is counted in `words` and left
             out
    raises   ValueError for a missing file, missing columns, a row twice, an unknown code, saying
             where
    """
    key = KEYS[unit]
    if path is None:
        return Coded(rows.iloc[:0].assign(**dict.fromkeys(CODERS)), "No sheet has been coded yet")
    try:
        sheet = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError:
        raise ValueError(
            f"{path.name}: there is no such coded sheet; give its path from the project's folder"
        ) from None
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(
            f"{path.name}: cannot be read as CSV in UTF-8 ({type(error).__name__}); save it so"
        ) from None
    require(sheet, [*key, *CODERS], path.name)
    return _joined(sheet, rows.reset_index(drop=True), key, allowed)


def _joined(
    sheet: pd.DataFrame, rows: pd.DataFrame, key: list[str], allowed: Collection[str]
) -> Coded:
    """Leave out what is no longer found, and let `read_back` check the rest."""
    theirs, ours = (
        frame[key].astype(str).agg("\t".join, axis=1) if len(frame) else pd.Series(dtype=object)
        for frame in (sheet, rows)
    )
    there = sheet[theirs.isin(set(ours)).to_numpy(bool)].reset_index(drop=True)
    known = rows[ours.isin(set(theirs)).to_numpy(bool)].reset_index(drop=True)
    gone = len(sheet) - len(there)
    words = f"{number_of(len(sheet), 'row')} coded by hand" + (
        f", {gone} of them no longer found" if gone else ""
    )
    if there.empty:
        return Coded(known.assign(**dict.fromkeys(CODERS)), words)
    return Coded(read_back(known, there, CODERS, key=key, allowed=allowed), words)


def agreement(
    coded: pd.DataFrame, by: str = "", *, draws: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure how well the two coders agree: over all rows, and for each value of a column.

    coded    rows of `load`
    by       column whose values are measured apart (category of the lexicon, outlet …); none: each
             code
             against the others instead
    returns  category, units (coded by both), alike (%), alpha, low, high, note; where α is
             undefined the
             note says why
    """
    parts = [("all", coded)] + (
        [(str(v), part) for v, part in coded.groupby(by, sort=True)] if by else []
    )
    rows = []
    for name, part in parts:
        got = alpha(part[list(CODERS)], draws=draws, seed=seed)
        note = got.words if pd.isna(got.low) else ""
        rows.append([name, got.units, 100 * got.percent, got.alpha, got.low, got.high, note])
    table = pd.DataFrame(rows, columns=_AGREEMENT)
    if by:
        return table
    each = alpha_by_category(coded[list(CODERS)], draws=draws, seed=seed)
    each = each.assign(
        alike=100 * each["percent"], category="code: " + each["category"].astype(object)
    )[_AGREEMENT]
    return pd.concat([table, each], ignore_index=True) if len(each) else table
