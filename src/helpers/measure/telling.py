"""What a table of terms says, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from helpers.measure.phrases import number_of

FEW = 4
"""Uses of a term up to which each is told."""

VOICE = {
    "narration": "in its own voice",
    "headline": "in a headline",
    "caption": "in a caption",
    "insertion": "in brackets inside a quotation",
    "quote": "in a quotation",
    "indirect": "in reported speech",
    "scare": "in quotation marks that quote nobody",
    "interviewer": "in an interviewer's question",
    "interviewee": "in an interviewee's answer",
    "translator": "in a translator's note",
}


def told_terms(hits: pd.DataFrame, first: Sequence[str] = ()) -> str:
    """Say which terms are found, and for those asked for where each use is.

    hits   article_id, term, entry, outlet, voice, own, speaker
    first  terms or entries asked for; none: the terms in most articles

    >>> hits = pd.DataFrame({"article_id": ["a"], "term": ["dictator"], "entry": ["dictator*"],
    ...     "outlet": ["Review"], "voice": ["insertion"], "own": [True], "speaker": [""]})
    >>> told_terms(hits, ["dictator"])
    '“dictator” once: Review, in brackets inside a quotation'
    """
    if hits.empty:
        return "No term of these lexicons occurs"
    if first:
        parts = [_told(hits[(hits["term"] == t) | (hits["entry"] == t)], t) for t in first]
        return "; ".join(parts)
    table = hits.groupby("term", observed=True).agg(
        articles=("article_id", "nunique"), hits=("own", "size"), own=("own", "sum")
    )
    table = table.reset_index().sort_values(["articles", "term"], ascending=[False, True])
    said = [
        f"“{r.term}” ({number_of(r.articles, 'article')}; {r.own} of {number_of(r.hits, 'use')}"
        " in an outlet's own voice)"
        for r in table.head(3).itertuples()
    ]
    alone = int((table["articles"] == 1).sum())
    rest = f". {alone} of {len(table)} terms are in one article only" if alone else ""
    return f"In most articles: {', '.join(said)}{rest}"


def _told(uses: pd.DataFrame, term: str) -> str:
    if uses.empty:
        return f"“{term}” nowhere"
    if len(uses) > FEW:
        own = int(uses["own"].sum())
        return (
            f"“{term}” {len(uses)} times in {number_of(uses['article_id'].nunique(), 'article')}"
            f" of {number_of(uses['outlet'].nunique(), 'outlet')}, {own} in their own voice"
        )
    places = [
        f"{r.outlet}, {VOICE.get(r.voice, r.voice)}{_of(r)}"
        for r in uses.sort_values(["outlet", "voice"], kind="stable").itertuples()
    ]
    often = {1: "once", 2: "twice"}.get(len(uses), f"{len(uses)} times")
    return f"“{term}” {often}: {'; '.join(dict.fromkeys(places))}"


def _of(use: tuple) -> str:
    spoken = use.speaker and use.voice in ("quote", "indirect", "interviewee")
    return f" of {use.speaker}" if spoken else ""


def most_divided(choices: pd.DataFrame, least: int = 3) -> list[str]:
    """Order referents by how differently they are named.

    choices  from `measure.shares` by a group and category, of term
    least    articles that a group must have to count
    returns  categories, those first in which the share of one name differs most between two groups

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "category": "city", "term": "Kyiv",
    ...                       "share": [0.0, 80.0], "articles": [5, 9]})
    >>> most_divided(table)
    ['city']
    """
    known = choices[choices["articles"] >= least]
    if known.empty:
        return []
    groups = [c for c in choices.columns[: list(choices.columns).index("category")]]
    wide = known.pivot_table(
        index=["category", "term"], columns=groups, values="share", aggfunc="first"
    )
    # a name that a group never uses has no row: its share is 0 where the group has another name
    named = known.groupby(["category", *groups], observed=True).size().unstack(groups)
    there = named.reindex(wide.index.get_level_values("category")).notna().to_numpy()
    filled = wide.where(wide.notna() | ~there, 0.0)
    spread = (filled.max(axis=1) - filled.min(axis=1)).groupby(level="category").max()
    weight = known.groupby("category")["articles"].sum().pow(0.25)
    order = (spread * weight).sort_values(ascending=False, kind="stable")
    return [str(c) for c in order.index[order > 0]]


def told_company(nearest: pd.DataFrame, names: Iterable[str] = (), groups: int = 3) -> str:
    """Say in what company each target stands.

    nearest  target, the group, nodes, term, near, count, articles, log_dice
    names    names of people: a first name beside its surname is no finding
    groups   told of each target, those in most of whose articles the two stand together

    >>> table = pd.DataFrame({"target": ["war"], "outlet": ["Beacon"], "nodes": [9],
    ...                       "term": ["civil"], "near": [5], "articles": [4], "log_dice": [11.2]})
    >>> told_company(table)
    'Closest company of “war”: “civil” (Beacon, 5 times in 4 articles)'
    """
    parts = {frozenset(name.casefold().split()) for name in names}
    rows = nearest[nearest["articles"] > 1]
    of_a_name = [
        any({target.rstrip("*").casefold(), term.casefold()} <= name for name in parts)
        for target, term in zip(rows["target"], rows["term"], strict=True)
    ]
    rows = rows[~np.array(of_a_name, dtype=bool)]
    by = list(nearest.columns[1 : list(nearest.columns).index("nodes")])
    # what stands in three articles says more than what stands in two, if there is any
    rows = rows[rows["articles"] >= min(3, rows["articles"].max())] if len(rows) else rows
    said = []
    for target, found in rows.groupby("target", sort=False, observed=True):
        closest = found.sort_values("log_dice", ascending=False, kind="stable")
        closest = closest.drop_duplicates(by) if by else closest.head(1)
        closest = closest.nlargest(groups, "articles")
        told = [
            f"“{row['term']}” ({', '.join([*whose, ''])}{row['near']} times in"
            f" {row['articles']} articles)"
            for (_, row), whose in zip(
                closest.iterrows(), closest[by].astype(str).to_numpy().tolist(), strict=True
            )
        ]
        said.append(f"of “{target}”: {', '.join(told)}")
    if not said:
        return "No target has the same company in two articles: what stands near them is to be read"
    return f"Closest company {'; '.join(said)}"
