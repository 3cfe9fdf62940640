"""How many rows to code, how a sample was drawn, and whether it is still the one that was drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri

from helpers.measure.checks import require, require_between
from helpers.measure.estimates import listed
from helpers.measure.phrases import number_of

SPREAD = {1: 0.4, 0: 0.2}
"""Spread of the codes that is expected where the rules say yes (some two in ten are wrong) and
where they say no (some four in a hundred were missed). It decides only how a sample is dealt out:
a wrong guess makes intervals wider, never wrong."""

FIGURES = ("units", "drawn", "seed", "check")


class Design(NamedTuple):
    """How a sample was drawn.

    by      columns that make the strata
    strata  one row for each stratum: the columns of `by` as text, units (all there were), drawn
    seed    of the draw
    check   a hash of all this and of the rows drawn, by which a later change is seen
    """

    by: tuple[str, ...]
    strata: pd.DataFrame
    seed: int
    check: str


def allotted(sizes: pd.Series, n: int, spread: pd.Series | None = None) -> pd.Series:
    """Deal out n rows to strata: one to each, the rest by size times the spread of the codes.

    sizes    (strata,) units in each
    n        rows in all, or one for each stratum if that is more; none gets more than it has
    spread   (strata,) expected standard deviation of the codes; none given: the same everywhere

    Method: Neyman's allocation (1934), with a row for each stratum so that none has chance 0.

    >>> allotted(pd.Series({"A": 90, "B": 10, "C": 1}), 21).to_dict()
    {'A': 18, 'B': 2, 'C': 1}
    """
    weight = (sizes * (1.0 if spread is None else spread)).astype(float).to_numpy()
    most = sizes.to_numpy(int)
    quota = np.minimum(1, most)
    while (left := min(max(n, len(sizes)), int(most.sum())) - int(quota.sum())) > 0:
        open_ = np.where(quota < most, weight, 0.0)
        if not open_.sum():
            open_ = (quota < most).astype(float)
        ideal = left * open_ / open_.sum()
        more = np.minimum(np.floor(ideal).astype(int), most - quota)
        if not more.any():  # less than a row each: to those that miss most of one
            order = np.lexsort((np.arange(len(ideal)), -ideal))[:left]
            more[order] = np.minimum(1, (most - quota)[order])
        quota = quota + more
    return pd.Series(quota, sizes.index)


def stratum_spread(rows: pd.DataFrame, by: Sequence[str]) -> pd.Series | None:
    """Return the spread of codes expected in each stratum, where the rows have the column machine
    (1: the rules say yes); else None."""
    if "machine" not in rows:
        return None
    said = rows["machine"].map(SPREAD).astype(float)
    return said.groupby([rows[c] for c in by], sort=True, observed=True).mean()


def width_of(units: int, size: int, share: float = 0.8, confidence: float = 0.95) -> float:
    """Return how wide an interval coding leaves, in percentage points.

    units  rows that there are; size: those that are coded
    share  of them that are right, as far as can be guessed; .5 is the worst case

    Normal approximation with the correction for a sample that is much of all there is. It counts
    what coding leaves open; the spread between articles comes on top.

    >>> round(width_of(1000, 100), 1)
    14.9
    """
    if not size or not units:
        return 100.0
    z = float(ndtri((1 + confidence) / 2))
    rest = max(units - size, 0) / max(units - 1, 1)
    return float(min(200 * z * np.sqrt(share * (1 - share) / size * rest), 100.0))


def size_for(
    rows: pd.DataFrame,
    width: float,
    by: str | Sequence[str] = "outlet",
    *,
    share: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Propose how many rows to code so that each group's interval is as narrow as wanted.

    rows     from `reliability.units`
    width    of the 95 % interval of a share, in percentage points, that coding may leave
    by       columns that make the groups
    share    of the rows that are right, as far as can be guessed; .5 is the worst case
    returns  *by, units, size (rows to code), width (that these leave)
    raises   ValueError unless width is between 0 and 100

    Method: n = n₀ / (1 + (n₀ − 1)/N), n₀ = 4z²p(1−p)/w² (Cochran 1977, Sampling Techniques, 4.4).

    >>> rows = pd.DataFrame({"outlet": ["A"] * 500 + ["B"] * 20})
    >>> size_for(rows, 20)[["outlet", "units", "size"]].values.tolist()
    [['A', 500, 55], ['B', 20, 16]]
    """
    by = listed(by)
    require(rows, by, "rows")
    require_between(width, 0, 100, "width")
    z = float(ndtri((1 + confidence) / 2))
    first = 4 * z**2 * share * (1 - share) / (width / 100) ** 2
    table = rows.groupby(by, observed=True).size().rename("units").reset_index()
    size = np.ceil(first / (1 + (first - 1) / table["units"])).astype(int)
    table = table.assign(size=size.clip(lower=1, upper=table["units"]))
    pairs = zip(table["units"], table["size"], strict=True)
    return table.assign(width=[width_of(n, k, share, confidence) for n, k in pairs])


def told_size(table: pd.DataFrame, sample: int) -> str:
    """Say what a sample buys, and how many rows the width wanted needs.

    table   from `size_for`
    sample  rows that are drawn

    >>> told_size(pd.DataFrame({"units": [500], "size": [55], "width": [20.0]}), 55)
    'Coding 55 of 500 rows leaves an interval of some 20 percentage points'
    """
    units, groups = int(table["units"].sum()), len(table)
    sample = min(sample, units)
    if not sample:
        return "There is nothing to code"
    each = [width_of(n, max(round(sample * n / units), 1)) for n in table["units"]]
    said = (
        f"Coding {sample:,} of {units:,} rows leaves an interval of some {max(each):.0f} percentage"
        " points"
    )
    said += f" for the smallest of {groups} groups" if groups > 1 else ""
    wanted = int(table["size"].sum())
    if wanted > sample:
        said += f"; {table['width'].max():.0f} points need {wanted:,}"
    return said


def design(drawn: pd.DataFrame, ids: Iterable[str], by: Sequence[str], seed: int) -> Design:
    """Return how a sample was drawn.

    drawn  from `draw_sample`, with weight; ids: the id of each of its rows
    """
    by = list(by)
    keys = drawn[by].astype(str).assign(weight=drawn["weight"])
    table = keys.groupby(by, sort=True)["weight"].agg(drawn="size", units="sum").reset_index()
    table = table.assign(units=table["units"].round().astype(int))[[*by, "units", "drawn"]]
    return Design(tuple(by), table, seed, _check(table, seed, ids))


def _check(table: pd.DataFrame, seed: int, ids: Iterable[str]) -> str:
    """A hash of the strata, the seed and the rows drawn."""
    said = [list(table), table.astype(str).to_numpy().tolist(), seed, sorted(ids)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def to_table(made: Design) -> pd.DataFrame:
    """Return a design as the table that is written beside a sheet."""
    return made.strata.assign(seed=made.seed, check=made.check)


def from_table(cells: pd.DataFrame) -> Design | None:
    """Return the design in a table of cells read back; None if it is none."""
    by = [c for c in cells if c not in FIGURES]
    if cells.empty or not by or not {*FIGURES} <= set(cells):
        return None
    try:
        numbers = {c: [_whole(v) for v in cells[c]] for c in ("units", "drawn", "seed")}
    except ValueError:
        return None
    strata = cells[by].astype(str).assign(units=numbers["units"], drawn=numbers["drawn"])
    return Design(tuple(by), strata, numbers["seed"][0], str(cells["check"].iloc[0]).strip())


def _whole(cell: str) -> int:
    return int(str(cell).strip().removesuffix(".0").removesuffix(",0"))


def strata_of(rows: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    """(rows,) one text for each row's stratum."""
    return rows[list(by)].astype(str).agg("\t".join, axis=1)


def changed(made: Design, ids: Iterable[str], rows: pd.DataFrame) -> str:
    """Say in what a sample is no longer the one that was drawn; "" where it is.

    made  the design read back; ids: of the sheet's rows
    rows  all units of today
    """
    ids = list(ids)
    planned = int(made.strata["drawn"].sum())
    if len(ids) != planned:
        return f"it has {number_of(len(ids), 'row')}, and {planned} were drawn"
    if _check(made.strata, made.seed, ids) != made.check:
        return "its rows or its design were altered since the sample was drawn"
    if missing := [c for c in made.by if c not in rows]:
        return f"its strata need the column {', '.join(missing)}, which the corpus no longer has"
    today = strata_of(rows, made.by).value_counts()
    then = made.strata.set_index(strata_of(made.strata, made.by))["units"]
    # a stratum that is not there at all was left out by a choice of outlets
    now = today.reindex(then.index)
    other = now[now.notna() & (now != then)]
    if len(other):
        name = other.index[0].replace("\t", ", ")
        return (
            f"“{name}” has {int(now[other.index[0]]):,} rows today and had"
            f" {int(then[other.index[0]]):,} when the sample was drawn"
        )
    return ""
