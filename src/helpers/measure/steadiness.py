"""Findings about company under other settings, in the form that `holds` takes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.measure.sensitivity import holds


def company_sweep(
    wider: Mapping[int, pd.DataFrame], best: pd.DataFrame, shown: int
) -> pd.DataFrame:
    """Say which collocates stay among the nearest whatever the window.

    wider    window → table of `company` with a column target
    best     target, outlet, term: the findings asked about
    shown    how many of an outlet's collocates count as its nearest
    returns  target, outlet, term, direction, found, of, holds, words

    >>> near = pd.DataFrame({"target": "crowd", "outlet": "A", "term": ["angry", "calm"]})
    >>> table = company_sweep({5: near, 10: near[::-1]}, near.head(1), shown=1)
    >>> table[["term", "holds", "words"]].values.tolist()
    [['angry', False, 'in 1 of 2 settings; not found in window of 10']]
    """
    keys = [c for c in best.columns[: list(best).index("term") + 1] if c != "nodes"]
    parts = []
    for window, near in wider.items():
        if len(near):
            top = near.groupby(keys[:-1], sort=True).head(shown).merge(best[keys], on=keys)
            parts.append(
                pd.DataFrame(
                    {
                        "setting": f"window of {window}",
                        "term": list(zip(*(top[k] for k in keys), strict=True)),
                        "direction": "near",
                    }
                )
            )
    found = (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["setting", "term", "direction"])
    )
    table = holds(found, [f"window of {w}" for w in wider], term="term").rename(
        columns={"term": "finding"}
    )
    return table.assign(
        **{
            key: pd.Series([f[i] for f in table["finding"]], dtype=object)
            for i, key in enumerate(keys)
        }
    )[[*keys, *table.columns.drop("finding")]]
