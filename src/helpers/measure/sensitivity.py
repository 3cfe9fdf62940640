"""Sensitivity: which findings stand whatever was chosen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.measure.checks import require
from helpers.measure.keyness import Keyness
from helpers.measure.phrases import number_of


def findings(found: Keyness, setting: str, *, level: float = 0.05) -> pd.DataFrame:
    """Take from a keyness table what one setting of a sweep finds.

    found    from `keyness`
    setting  what to call it
    level    where tested: the largest q that counts as a finding
    returns  setting, term, direction (the name of the side). Where the design allows no test: the
             terms
             whose conservative log ratio (LRC) is not 0, which describes these articles only

    >>> from helpers.measure import Verdict
    >>> table = pd.DataFrame({"term": ["mob", "crowd"], "q": [0.01, 0.4], "log_ratio": [2.0, 1.0]})
    >>> sides = pd.DataFrame({"name": ["A", "B"]})
    >>> found = Keyness(table, table.head(0), Verdict(True, "", 9, 9, 0.001), sides)
    >>> findings(found, "window of 5").values.tolist()
    [['window of 5', 'mob', 'A']]
    """
    table = found.table
    keep = table["q"] <= level if found.verdict.ok else table["lrc"].fillna(0) != 0
    rows = table.loc[keep & (table["log_ratio"] != 0)]
    names = found.sides["name"].tolist()
    direction = [names[0] if ratio > 0 else names[1] for ratio in rows["log_ratio"]]
    return pd.DataFrame(
        {"setting": setting, "term": rows["term"].to_numpy(), "direction": direction}
    )


def holds(findings: pd.DataFrame, settings: Sequence[str], *, term: str = "term") -> pd.DataFrame:
    """Say which findings hold in every setting of a sweep.

    findings  setting, term, direction: what each setting found; direction names the side it leans
              to
              (any value), and a term a setting did not find has no row there
    settings  every setting that was run, so that one that found nothing counts too
    term      the column that names the finding
    returns   `term`, direction (that of most settings), found (settings with it), of (settings
              run),
              holds (True where found in all), words; those that hold first
    raises    ValueError for a setting not listed, or a finding twice in one setting

    >>> found = pd.DataFrame({"setting": ["plain", "strict", "plain"],
    ...     "term": ["mob", "mob", "crowd"], "direction": "A"})
    >>> holds(found, ["plain", "strict"])[["term", "words"]].values.tolist()
    [['mob', 'holds in all 2 settings'], ['crowd', 'in 1 of 2 settings; not found in strict']]
    """
    require(findings, ["setting", term, "direction"], "findings")
    run = list(dict.fromkeys(settings))
    unknown = sorted(set(findings["setting"].astype(str)) - {str(s) for s in run})
    if unknown or not run:
        raise ValueError(f"findings: settings {unknown} are not among those run: {run}.")
    if findings.duplicated(["setting", term]).any():
        raise ValueError("findings: a setting lists one finding twice.")
    rows = [
        _finding(name, part, run) for name, part in findings.groupby(term, sort=True, observed=True)
    ]
    table = pd.DataFrame(rows, columns=[term, "direction", "found", "of", "holds", "words"])
    return table.sort_values(
        ["holds", "found", term], ascending=[False, False, True], ignore_index=True
    )


def _finding(name: object, part: pd.DataFrame, run: list[str]) -> tuple:
    votes = part.groupby("direction", sort=True).size().sort_values(ascending=False, kind="stable")
    direction, found = votes.index[0], int(votes.iloc[0])
    agreeing = {str(s) for s in part.loc[part["direction"] == direction, "setting"]}
    other = {str(s) for s in part["setting"]} - agreeing
    silent = [str(s) for s in run if str(s) not in agreeing | other]
    words = (
        f"holds in all {number_of(len(run), 'setting')}"
        if found == len(run)
        else f"in {found} of {len(run)} settings"
    )
    if other:
        words += "; the other way in " + ", ".join(sorted(other))
    if silent:
        words += "; not found in " + ", ".join(silent)
    return name, direction, found, len(run), found == len(run), words
