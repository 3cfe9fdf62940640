"""Several comparisons at once, and the same comparisons under other settings: which findings stand
in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.counts import TermCounts
from helpers.measure.keyness import COLUMNS, Settings, keyness
from helpers.measure.phrases import number_of, probability, reach
from helpers.measure.resampling import MANY, tried
from helpers.measure.sensitivity import holds
from helpers.measure.sides import Sides, versus


class Compared(NamedTuple):
    """Keyness of one or several comparisons.

    table     outlet (side a), against (side b), leans (the name of the side the term leans to),
              then the
              columns of `keyness`; q over the terms of all comparisons together
    left_out  outlet, against, term, f_a, f_b, reason
    words     what each comparison can show, one sentence or two for each; then what the number of
              terms asks
    sides     outlet, against, articles_a, articles_b, words_a, words_b, tested, smallest_p, p_by
              (how p was found; "" where nothing was tested)
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    words: list[str]
    sides: pd.DataFrame


SIDES = [
    "outlet",
    "against",
    "articles_a",
    "articles_b",
    "words_a",
    "words_b",
    "tested",
    "smallest_p",
    "p_by",
]


def largest(articles: pd.DataFrame, most: int) -> list[str]:
    """Give the outlets with the most articles, at most so many, sorted by name; of equals the first
    by name are taken.

    articles  outlet, each article once

    >>> largest(pd.DataFrame({"outlet": ["A", "B", "B", "C", "C"]}), 2)
    ['B', 'C']
    """
    size = (
        articles.groupby("outlet").size().sort_index().sort_values(ascending=False, kind="stable")
    )
    return sorted(size.index[:most])


def comparisons(
    articles: pd.DataFrame, compare: Sequence[str] = (), most: int | None = None
) -> list[Sides]:
    """Give the sides to compare.

    articles  outlet, each article once
    compare   none: each outlet against the rest; one: that one against the rest; two: one against
              the other
    most      of each outlet against the rest, only those with the most articles; the others are in
              the rest; none: all
    returns   no sides where there are fewer than two outlets
    raises    ValueError for more than two outlets, or one that has no article here

    >>> articles = pd.DataFrame({"outlet": ["A", "B", "C"]})
    >>> [(sides.name_a, sides.name_b) for sides in comparisons(articles)]
    [('A', 'the rest'), ('B', 'the rest'), ('C', 'the rest')]
    >>> [(sides.name_a, sides.name_b) for sides in comparisons(articles, ["A", "B"])]
    [('A', 'B')]
    """
    outlets = sorted(set(articles["outlet"]))
    if len(compare) > 2:
        raise ValueError(f"compare takes no outlet, one or two; got {', '.join(compare)}")
    if len(outlets) < 2:
        return []
    if len(compare) == 2:
        return [versus(articles, compare[0], compare[1])]
    return [
        versus(articles, outlet)
        for outlet in compare or (outlets if most is None else largest(articles, most))
    ]


def compared(
    counts: TermCounts,
    sides: Sequence[Sides],
    settings: Settings,
    reasons: Mapping[str, str] | None = None,
    asked: Mapping[tuple[str, str], Iterable[str]] | None = None,
) -> Compared:
    """Compare the sides of every comparison, and correct for the terms of all of them together.

    counts   from `term_counts`, near-duplicates collapsed before
    sides    from `comparisons`, for counts.articles
    reasons  why a term of settings.leave_out is left out, by term: it takes the place of the
             general reason
    asked    by outlet and against, the terms that the table is about, untested, as `keyness` takes
             them; comparisons
             of which nothing is asked are not made

    q is by Benjamini & Hochberg (1995) over every term of every comparison that may be tested.

    >>> from scipy import sparse
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("AABB")})
    >>> uses = sparse.csr_array([[4, 2], [5, 1], [1, 3], [0, 4]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> found = compared(counts, comparisons(articles, ["A", "B"]), Settings())
    >>> found.table[["term", "leans"]].values.tolist()
    [['mob', 'A'], ['protest', 'B']]
    """
    sides = [pair for pair in sides if asked is None or pair[:2] in asked]
    runs = [
        keyness(counts, pair, settings, None if asked is None else asked[pair[:2]])
        for pair in sides
    ]
    named = [{"outlet": pair.name_a, "against": pair.name_b} for pair in sides]
    table = _under(
        [run.table.assign(**names) for run, names in zip(runs, named, strict=True)], COLUMNS
    )
    table["leans"] = table["outlet"].where(table["log_ratio"] >= 0, table["against"])
    from scipy.stats import false_discovery_control  # takes a second to import

    tested = table["p"].notna()
    table.loc[tested, "q"] = (
        false_discovery_control(table.loc[tested, "p"], method="bh") if tested.any() else np.nan
    )
    left = _under(
        [run.left_out.assign(**names) for run, names in zip(runs, named, strict=True)],
        ["term", "f_a", "f_b", "reason"],
    )
    listed = left["reason"].astype(object).str.startswith("on the list").to_numpy(bool)
    if reasons:
        left.loc[listed, "reason"] = (
            left.loc[listed, "term"].map(reasons).fillna(left.loc[listed, "reason"])
        )
    about = [
        (
            n["outlet"],
            n["against"],
            *r.verdict[2:4],
            *r.sides["words"],
            r.verdict.ok,
            r.verdict.smallest_p,
            tried(*r.verdict[2:4], settings.draws)[0] if r.verdict.ok else "",
        )
        for r, n in zip(runs, named, strict=True)
    ]
    shape = pd.DataFrame(about, columns=SIDES)
    return Compared(
        table,
        left,
        _words(shape, [r.verdict.words for r in runs], int(tested.sum()), settings),
        shape,
    )


def _under(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    wanted = ["outlet", "against", *columns]
    return pd.concat(parts, ignore_index=True)[wanted] if parts else pd.DataFrame(columns=wanted)


def _words(shape: pd.DataFrame, said: list[str], family: int, settings: Settings) -> list[str]:
    """What each comparison says of itself, comparisons of one design together, the family being
    that of all."""
    own = pd.Series([line.split(" With ", 1)[0] for line in said], dtype=object)
    # sides that are large enough for any p need not be told one by one
    large = np.minimum(shape["articles_a"], shape["articles_b"]) >= MANY
    short = own.str.replace(r"^[\d,]+ articles against [^:]+: ", "", regex=True)
    own = own.where(~large.reset_index(drop=True), short)
    who = shape["outlet"] + np.where(
        shape["against"] == "the rest", "", " against " + shape["against"]
    )
    rest = " against the rest" if (shape["against"] == "the rest").any() else ""
    lines = [
        f"{', '.join(who[part.index])}{rest}: {words}"
        for words, part in own.groupby(own, sort=False)
    ]
    tested = shape[shape["tested"]]
    if tested.empty or not family:
        return lines
    floor = min(
        tried(row.articles_a, row.articles_b, settings.draws)[1] for row in tested.itertuples()
    )
    alone = (
        f"With {number_of(family, 'term')} tested together, one term alone can reach q ≤"
        f" {probability(settings.level)}."
    )
    together = reach(floor, family, settings.level) or alone
    return [
        *lines,
        f"q is corrected over {number_of(len(tested), 'comparison')} together. {together}",
    ]


def leaning(table: pd.DataFrame, level: float = 0.05) -> pd.Series:
    """Say which side each term leans to with some confidence: the name of the side, or "" for
    neither.

    table  of `Compared`
    level  as in the settings: it is the level of the intervals and of LRC

    Where there is an interval of the log-odds over articles, it must not hold 0. Where articles are
    too few for
    one, the conservative log ratio (LRC, over words) must not be 0: that describes these articles
    only.

    >>> table = pd.DataFrame({"outlet": "A", "against": "B", "lrc": 0.0,
    ...     "delta_low": [0.2, -0.1, -0.9], "delta_high": [0.9, 0.3, -0.2]})
    >>> leaning(table).tolist()
    ['A', '', 'B']
    """
    interval = table["delta_low"].notna() & table["delta_high"].notna()
    lrc = table["lrc"].fillna(0)
    up = (interval & (table["delta_low"] > 0)) | (~interval & (lrc > 0))
    down = (interval & (table["delta_high"] < 0)) | (~interval & (lrc < 0))
    return pd.Series(
        np.select([up, down], [table["outlet"], table["against"]], default=""),
        index=table.index,
        dtype=object,
    )


def leading(found: Compared, shown: int, settings: Settings, *, both: bool = False) -> pd.DataFrame:
    """Take the terms that lean furthest to each side.

    found     from `compared`
    shown     rows for each side
    settings  of the comparison; a term that fewer than least_articles articles of the side it leans
              to hold is
              one writer's habit and is not taken, unless the side has no more articles
    both      also the terms that lean to side b
    returns   rows of the table with `clear`: whether `leaning` says that it leans

    Where there was a test, those whose q is no more than the level come first, the surest (by p)
    first; then those that lean clearly, by the end of their interval that is nearer to 0 (by z,
    where there is no interval); then the others, by z.

    >>> from scipy import sparse
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("AABB")})
    >>> uses = sparse.csr_array([[4, 2], [5, 1], [1, 3], [0, 4]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> found = compared(counts, comparisons(articles, ["A", "B"]), Settings())
    >>> leading(found, 1, Settings(), both=True)[["term", "leans"]].values.tolist()
    [['mob', 'A'], ['protest', 'B']]
    """
    table = found.table.assign(clear=leaning(found.table, settings.level) != "")
    size = found.sides.set_index(["outlet", "against"])
    parts = []
    for key, part in table.groupby(["outlet", "against"], sort=True):
        for side, sign in (("a", 1), ("b", -1))[: 2 if both else 1]:
            least = min(settings.least_articles, size.loc[key, f"articles_{side}"])
            here = part[(part["log_ratio"] * sign > 0) & (part[f"range_{side}"] >= least)]
            near = here["delta_low" if sign > 0 else "delta_high"].fillna(here["z"])
            order = here.assign(
                _p=here["p"].where(here["q"] <= settings.level, np.inf),
                _near=sign * near.where(here["clear"], 0.0),
                _z=sign * here["z"],
            ).sort_values(
                ["_p", "clear", "_near", "_z", "term"], ascending=[True, False, False, False, True]
            )
            parts.append(order.head(shown).drop(columns=["_p", "_near", "_z"]))
    return pd.concat(parts, ignore_index=True) if parts else table.head(0)


def sweep(
    runs: Mapping[str, tuple[TermCounts, Settings]],
    compare: Sequence[str],
    shown: pd.DataFrame,
    most: int | None = None,
) -> pd.DataFrame:
    """Run the same comparisons under several settings, and say which findings hold in all.

    runs     setting → counts and settings
    compare, most  as for `comparisons`
    shown    outlet, against, term: the findings asked about
    returns  outlet, against, term, direction, found, of, holds, words, as `holds` gives them, of
             what `leaning`
             finds; a finding that no setting made has found 0

    >>> from scipy import sparse
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("AABB")})
    >>> uses = sparse.csr_array([[40, 2], [50, 1], [1, 30], [0, 40]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> asked = pd.DataFrame({"outlet": ["A"], "against": ["B"], "term": ["mob"]})
    >>> runs = {"plain": (counts, Settings()), "strict": (counts, Settings(least_count=99))}
    >>> sweep(runs, ["A", "B"], asked)[["term", "words"]].values.tolist()
    [['mob', 'in 1 of 2 settings; not found in strict']]
    """
    keys = ["outlet", "against", "term"]
    asked = shown[keys].drop_duplicates().astype(object)
    parts = [pd.DataFrame(columns=["setting", *keys, "direction"])]
    for name, (counts, settings) in runs.items():
        sides = comparisons(counts.articles, compare, most)
        table = compared(
            counts,
            sides,
            settings,
            asked={key: list(rows["term"]) for key, rows in asked.groupby(keys[:2])},
        ).table
        table = table.assign(setting=name, direction=leaning(table, settings.level)).merge(
            asked, on=keys
        )
        parts.append(table.loc[table["direction"] != "", ["setting", *keys, "direction"]])
    found = pd.concat(parts, ignore_index=True)
    said = holds(
        found.assign(finding=list(zip(*(found[k] for k in keys), strict=True))),
        list(runs),
        term="finding",
    )
    said = said.assign(
        **{k: pd.Series([f[i] for f in said["finding"]], dtype=object) for i, k in enumerate(keys)}
    )
    table = asked.merge(said.drop(columns="finding"), on=keys, how="left")
    table = table.fillna({"direction": "", "found": 0, "of": len(runs), "words": "in no setting"})
    table = table.astype({"found": int, "of": int}).assign(holds=table["found"] == len(runs))
    return table.sort_values(
        ["holds", "found", *keys], ascending=[False, False, True, True, True], ignore_index=True
    )
