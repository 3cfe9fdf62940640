"""Findings about frames and company under other settings, in the form that `holds` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from helpers.ledger import VOICES
from helpers.measure.counted import counted_rates
from helpers.measure.sensitivity import holds
from helpers.measure.sentences import SentenceCounts, sentence_counts, sentences_in
from helpers.measure.sweeps import highest
from helpers.measure.tally import Tally

FRAME_SETTINGS = ("as shown", "all voices", "without the commonest entry", "per article")
"""How the outlet with the highest share of a frame is looked for."""


def frame_sweep(
    hits: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    articles: pd.DataFrame,
    heard: Sequence[str],
    kinds: pd.DataFrame,
) -> pd.DataFrame:
    """Find the outlet with the highest share of each frame in every setting of FRAME_SETTINGS.

    hits, tokens, voices, articles  as for `sentence_counts`; hits have `entry` too
    heard    the voices counted; kinds: lexicon, category
    returns  setting, term (lexicon, category), direction (outlet): what `holds` takes
    """
    return _settings(
        hits,
        heard,
        lambda rows, groups: sentence_counts(rows, tokens, voices, articles, groups, kinds),
    )


def frame_sweep_in(
    tally: Tally,
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    heard: Sequence[str],
    kinds: pd.DataFrame,
) -> pd.DataFrame:
    """Find the outlet with the highest share of each frame in every setting, from the tally of a
    ledger: as `frame_sweep`."""
    return _settings(
        hits, heard, lambda rows, groups: sentences_in(tally, rows, articles, groups, kinds)
    )


def _settings(
    hits: pd.DataFrame, heard: Sequence[str], count: Callable[..., SentenceCounts]
) -> pd.DataFrame:
    common = (
        hits[hits["voice"].isin(heard)]
        .groupby(["lexicon", "category"])["entry"]
        .agg(lambda e: e.mode().iloc[0])
    )
    most = hits[["lexicon", "category"]].merge(
        common.rename("most").reset_index(), on=["lexicon", "category"], how="left"
    )["most"]
    rare = hits[hits["entry"].to_numpy(object) != most.to_numpy(object)]
    parts = []
    for setting, rows, kept in (
        (FRAME_SETTINGS[0], hits, heard),
        (FRAME_SETTINGS[1], hits, VOICES),
        (FRAME_SETTINGS[2], rare, heard),
    ):
        counts, below = count(rows, {"counted": list(kept)})
        shares = counted_rates(counts, below, by=["outlet", "lexicon", "category"], draws=2)
        parts.append(highest(shares, setting))
        if setting == FRAME_SETTINGS[0]:
            parts.append(
                highest(
                    shares.assign(rate=shares["articles_with"] / shares["articles"]),
                    FRAME_SETTINGS[3],
                )
            )
    return pd.concat(parts, ignore_index=True)


def company_sweep(
    wider: Mapping[int, pd.DataFrame], best: pd.DataFrame, shown: int
) -> pd.DataFrame:
    """Say which collocates stay among the nearest whatever the window.

    wider    window → table of `company` with a column target
    best     target, outlet, term: the findings asked about
    shown    how many of an outlet's collocates count as its nearest
    returns  target, outlet, term, direction, found, of, holds, words
    """
    group = next((c for c in best if c not in ("target", "term")), "outlet")
    keys = ["target", group, "term"]
    parts = []
    for window, near in wider.items():
        if len(near):
            top = near.groupby(["target", group], sort=True).head(shown).merge(best[keys], on=keys)
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
    )


def together(words: pd.DataFrame, frames: pd.DataFrame, company: pd.DataFrame) -> pd.DataFrame:
    """Put the findings of all three kinds under one another.

    words    from `sweep`; frames: from `holds` over `frame_sweep`; company: from `company_sweep`
    returns  about, finding, outlet (the one it leans to), found, of, holds, in words; those that
             hold first
    """
    columns = ["about", "finding", "outlet", "found", "of", "holds in all", "in words"]
    leans = [
        ("word", r.term, r.direction or "none", r.found, r.of, r.holds, r.words)
        for r in words.itertuples()
    ]
    tops = [
        ("frame", f"{r.term[1]} ({r.term[0]})", r.direction, r.found, r.of, r.holds, r.words)
        for r in frames.itertuples()
    ]
    pairs = [
        ("company", f"{r.target} + {r.term}", r.outlet, r.found, r.of, r.holds, r.words)
        for r in company.itertuples()
    ]
    table = pd.DataFrame(leans + tops + pairs, columns=columns)
    order = {"word": 0, "frame": 1, "company": 2}
    table = table.assign(_a=table["about"].map(order), _f=table["found"] / table["of"])
    table["holds in all"] = table["holds in all"].map({True: "yes", False: "no"})
    return table.sort_values(
        ["holds in all", "_a", "_f", "outlet", "finding"],
        ascending=[False, True, False, True, True],
        ignore_index=True,
    )[columns]
