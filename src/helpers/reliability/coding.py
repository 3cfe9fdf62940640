"""Hand coding: draw rows to code, take the codes back, and say how precise the rules were."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zlib import crc32

import numpy as np
import pandas as pd

from helpers.measure.checks import require
from helpers.measure.naming import wilson
from helpers.reliability.sampling import allotted, stratum_spread


def draw_sample(
    rows: pd.DataFrame,
    n: int,
    *,
    by: Sequence[str] = ("outlet",),
    order: Sequence[str] = ("article_id", "start"),
    seed: int = 0,
    in_all: bool = False,
) -> pd.DataFrame:
    """Draw rows to code by hand, up to n from each stratum or n in all, without replacement.

    rows     hits, sentences …, with the columns of `by` and `order`
    n        rows from each stratum; a smaller stratum is taken whole
    in_all   n rows in all, dealt out to the strata by `sampling.allotted`, one to each at least
    by       the strata: outlet, or outlet and entry …
    order    columns that name a row; the draw does not depend on the order rows come in, and
             one stratum's draw not on the others
    returns  the rows drawn, sorted by `by` and `order`, with weight: rows of the stratum for each
             row drawn, whose chance of being drawn was 1 / weight
    raises   ValueError for n below 1, missing columns, or rows that `order` does not tell apart

    >>> rows = pd.DataFrame({"outlet": ["A", "A", "A", "B"], "article_id": "a", "start": range(4)})
    >>> draw_sample(rows, 1)[["outlet", "weight"]].values.tolist()
    [['A', 3.0], ['B', 1.0]]
    """
    by, order = list(by), list(order)
    require(rows, [*by, *order], "rows")
    if n < 1:
        raise ValueError(f"draw_sample draws 1 row or more from each stratum; got {n}.")
    if rows.duplicated([*by, *order]).any():
        raise ValueError(
            f"two rows have the same {[*by, *order]}: name a column that tells them apart."
        )
    parts = [rows.iloc[:0].assign(weight=np.zeros(0))]
    quota = {}
    if in_all and len(rows):
        sizes = rows.groupby(by, sort=True, observed=True).size()
        quota = allotted(sizes, min(n, len(rows)), stratum_spread(rows, by)).to_dict()
        quota = {k if isinstance(k, tuple) else (k,): v for k, v in quota.items()}
    for key, part in rows.sort_values([*by, *order]).groupby(by, sort=True, observed=True):
        rng = np.random.default_rng([seed, crc32(repr(key).encode())])
        chosen = np.sort(rng.permutation(len(part))[: quota.get(key, n)])
        parts.append(part.iloc[chosen].assign(weight=len(part) / len(chosen)))
    return pd.concat(parts[1:] or parts, ignore_index=True)


def read_back(
    sample: pd.DataFrame,
    coded: pd.DataFrame,
    coders: Sequence[str],
    *,
    key: Sequence[str],
    allowed: Collection[str],
) -> pd.DataFrame:
    """Join the codes that came back to the sample that went out.

    sample   from `draw_sample`
    coded    the sheet as read back, every column as text or as it was: key and one column for each
             coder
    coders   names of the coders' columns
    key      columns that name a row in both
    allowed  the codes, as text; an empty cell means not coded
    returns  sample with the coders' columns; None where not coded; rows missing from the sheet are
             not coded
    raises   ValueError for a row that was not drawn, a row listed twice, or an unknown code, saying
             which

    >>> sample = pd.DataFrame({"id": ["r1", "r2"]})
    >>> coded = pd.DataFrame({"id": ["r2", "r1"], "coder_a": ["no", ""]})
    >>> read_back(sample, coded, ["coder_a"], key=["id"], allowed=["yes", "no"]).values.tolist()
    [['r1', None], ['r2', 'no']]
    """
    key, coders = list(key), list(coders)
    require(coded, [*key, *coders], "coded sheet")
    require(sample, key, "sample")
    mine, theirs = (frame[key].astype(str).agg("\t".join, axis=1) for frame in (sample, coded))
    strange = theirs[~theirs.isin(mine) | theirs.duplicated()]
    if len(strange):
        row = (
            int(np.flatnonzero(coded.index == strange.index[0])[0]) + 2
        )  # a sheet has a header line
        raise ValueError(
            f"coded sheet, line {row}: {coded.loc[strange.index[0], key].tolist()} was not drawn,"
            " or twice."
        )
    codes = coded[coders].astype(object).map(_clean).set_axis(theirs, axis=0)
    for coder in coders:
        wrong = sorted(set(codes[coder].dropna()) - set(allowed))
        if wrong:
            raise ValueError(
                f"coded sheet, column {coder}: codes {wrong}; allowed are {sorted(allowed)}."
            )
    found = codes.reindex(mine).astype(object)
    found = found.where(found.notna(), None).set_axis(sample.index, axis=0)
    return sample.drop(columns=[c for c in coders if c in sample]).join(found)


def _clean(code: object) -> str | None:
    text = "" if code is None or pd.isna(code) else str(code).strip()
    return text or None


def precision(
    coded: pd.DataFrame, by: Sequence[str] = ("entry",), *, code: str, right: str = "yes"
) -> pd.DataFrame:
    """Say what share of the rows coded was right, for each entry.

    coded    one row for each row coded, with the columns of `by` and `code` (None: not coded)
    code     the coder's column; right: the code that means a true hit
    returns  *by, k right of n coded, share, low, high (Wilson, 0 to 1), not_coded, note

    >>> coded = pd.DataFrame({"entry": ["mob", "mob", "mob"], "coder_a": ["yes", "no", None]})
    >>> precision(coded, code="coder_a")[["entry", "k", "n", "share", "not_coded"]].values.tolist()
    [['mob', 1, 2, 0.5, 1]]
    """
    by = list(by)
    require(coded, [*by, code], "coded rows")
    seen = coded[code].notna()
    table = coded[by].assign(k=coded[code].eq(right) & seen, n=seen, not_coded=~seen)
    rows = table.groupby(by, sort=True, observed=True)[["k", "n", "not_coded"]].sum().reset_index()
    low, high = wilson(rows["k"], rows["n"])
    note = np.where(rows["n"] == 0, "none coded: precision unknown", "")
    some = rows["n"] > 0
    rows = rows.assign(share=(rows["k"] / rows["n"].where(some)), low=low, high=high, note=note)
    return rows[[*by, "k", "n", "share", "low", "high", "not_coded", "note"]]


def average_precision(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Average precision of a ranking: the mean, over true rows, of precision at the row.

    scores   (rows,) higher ranks earlier; rows of one score are taken together
    labels   (rows,) true or not
    raises   ValueError where no row is true

    >>> average_precision([0.9, 0.7, 0.3, 0.1], [True, False, False, True])
    0.75
    """
    scores, labels = np.asarray(scores, dtype=float), np.asarray(labels, dtype=bool)
    if not labels.any():
        raise ValueError("average_precision needs a true row.")
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)  # the last row of each run of one score
    true = np.cumsum(labels[order])[last]
    reached = np.arange(1, len(scores) + 1)[last]
    return float((np.diff(true, prepend=0) * true / reached).sum() / labels.sum())
