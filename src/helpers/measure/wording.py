"""Keyness by any column of the articles: which words lean to which group, as one tidy table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.measure.counts import TermCounts
from helpers.measure.estimates import listed
from helpers.measure.keyness import Settings
from helpers.measure.phrases import names, number_of
from helpers.measure.sweeps import compared, comparisons, leading, leaning, sweep

NAMES = {
    "f_a": "count",
    "f_b": "count_there",
    "rate_a": "rate_here",
    "rate_b": "rate_there",
    "range_a": "articles",
    "range_b": "articles_there",
    "dp_a": "dp",
    "dp_b": "dp_there",
    "delta": "log_odds",
    "delta_low": "low",
    "delta_high": "high",
}
"""Columns of a comparison of two sides, and what they are called in the table of all."""

FIRST = ["term", "count", "count_there", "articles", "articles_there", "rate_here", "rate_there"]
FIRST += ["log_odds", "low", "high", "p", "q", "lrc", "log_ratio", "g2", "dp", "dp_there"]


class KeyTerms(NamedTuple):
    """Which words lean to which group.

    table     the words that lean furthest, in order: the group, against, term, count (in the
              group), count_there, articles, articles_there, rate_here and rate_there (per 1,000
              words), log_odds with low and high, p, q, lrc, log_ratio, g2, dp, dp_there, note,
              clear
    every     the same columns for every word compared
    left_out  the group, against, term, count, count_there, reason
    sides     what is compared: articles and words of both sides, whether it was tested, smallest p
    words     what each comparison can show, in sentences
    """

    table: pd.DataFrame
    every: pd.DataFrame
    left_out: pd.DataFrame
    sides: pd.DataFrame
    words: list[str]


def key_terms(
    counts: TermCounts,
    by: str | Sequence[str] = "outlet",
    compare: Sequence[str] = (),
    *,
    shown: int = 5,
    most: int | None = None,
    settings: Settings | None = None,
    leave_out: Mapping[str, str] | None = None,
) -> KeyTerms:
    """Compare how often groups of articles use each word.

    counts    how often each word stands in each article: `news.counts()`
    by        column or columns of the articles that make the groups
    compare   none: each group against the rest; one: that group against the rest; two: one against
              the other
    shown     words in the table for each side
    most      of each group against the rest, only those with the most articles; none: all
    settings  see `Settings`; leave_out in it is taken from `leave_out`
    leave_out words that are not compared, with the reason
    raises    ValueError if a group of `compare` has no article

    Method: log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008,
    doi:10.1093/pan/mpn018), interval by bootstrap over articles; p permutes articles; q by
    Benjamini & Hochberg (1995) over every word of every comparison; conservative log ratio LRC
    (Evert 2022).

    >>> import numpy as np
    >>> from scipy import sparse
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "leaning": ["left", "left", "", ""]})
    >>> uses = sparse.csr_array([[4, 2], [5, 1], [1, 3], [0, 4]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> key_terms(counts, "leaning").table[["leaning", "term", "count"]].values.tolist()
    [['left', 'mob', 9], ['', 'protest', 7]]
    """
    how = (settings or Settings())._replace(leave_out=tuple(leave_out or ()))
    grouped, groups = regrouped(counts, by)
    sides = comparisons(grouped.articles, compare, most)
    found = compared(grouped, sides, how, leave_out)
    led = leading(found, shown, how, both=len(compare) == 2)
    left = found.left_out.rename(columns={"f_a": "count", "f_b": "count_there"})
    every = found.table.assign(clear=leaning(found.table, how.level) != "")
    return KeyTerms(
        _named(led, groups),
        _named(every, groups),
        ungrouped(left, groups),
        ungrouped(found.sides, groups),
        [*found.words, *_tested(every, how.level)],
    )


def _tested(every: pd.DataFrame, level: float) -> list[str]:
    """How many words have a small q, and how many intervals would miss 0 by chance alone."""
    if every.empty:
        return []
    tested = every[every["q"].notna()]
    if tested.empty:
        return ["Nothing was tested. The table describes these articles and no others."]
    sure = int((tested["q"] <= level).sum())
    times = len(tested.drop_duplicates(["outlet", "against"]))
    where = f" in {times} comparisons ({len(tested):,} tests)" if times > 1 else ""
    return [
        f"{number_of(tested['term'].nunique(), 'word')} {'were' if len(tested) > 1 else 'was'}"
        f" tested{where}; {sure:,} tests have q ≤ {level:g}. An interval that does not hold 0 is of"
        f" that word alone: about {level * len(tested):.0f} would not hold it by chance."
    ]


def regrouped(counts: TermCounts, by: str | Sequence[str]) -> tuple[TermCounts, pd.DataFrame]:
    """Return counts whose `outlet` is the name of each article's group, and what each group is:
    _group, its name, and the columns of `by`.

    raises  ValueError if the articles have no such column

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "leaning": ["left", ""]})
    >>> counts, groups = regrouped(TermCounts(None, articles, [], []), "leaning")
    >>> counts.articles["outlet"].tolist(), list(groups)
    (['left', 'no leaning'], ['leaning', '_group'])
    """
    columns = listed(by)
    missing = [c for c in columns if c not in counts.articles]
    if missing or not columns:
        known = [c for c in counts.articles if c != "article_id"]
        raise ValueError(f"by={columns}: give columns of the articles; they have {known}")
    labels = pd.Series(names(counts.articles, columns), dtype=object)
    rows = counts.articles.reset_index(drop=True)
    groups = rows[columns].assign(_group=labels).drop_duplicates("_group")
    return counts._replace(articles=rows.assign(outlet=labels.to_numpy())), groups


def ungrouped(table: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the columns of its groups where it has their name, `outlet`.

    >>> groups = pd.DataFrame({"leaning": [""], "month": ["2031-03"], "_group": ["no leaning, …"]})
    >>> list(ungrouped(pd.DataFrame({"outlet": ["no leaning, …"], "count": [3]}), groups))
    ['leaning', 'month', 'count']
    """
    at = list(table).index("outlet")
    columns = [c for c in groups if c != "_group"]
    known = groups.set_index("_group").reindex(table["outlet"])
    rest = table.drop(columns=["outlet", *(c for c in columns if c in table)])
    found = {c: known[c].to_numpy() for c in columns}
    before = list(rest)[:at]
    return rest.assign(**found)[[*before, *columns, *(c for c in rest if c not in before)]]


def steady_terms(
    runs: Mapping[str, tuple[TermCounts, Settings]],
    by: str | Sequence[str],
    compare: Sequence[str],
    found: KeyTerms,
    most: int | None = None,
) -> pd.DataFrame:
    """Say which words lean the same way under other settings.

    runs     setting → counts and settings
    found    whose clear findings are asked about
    returns  the group, against, term, direction, found, of, holds, words

    >>> import numpy as np
    >>> from scipy import sparse
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": list("AABB")})
    >>> uses = sparse.csr_array([[40, 2], [50, 1], [1, 30], [0, 40]])
    >>> counts = TermCounts(uses, articles, np.array(["mob", "protest"]), np.full(4, 100))
    >>> runs = {"plain": (counts, Settings()), "strict": (counts, Settings(least_count=80))}
    >>> found = key_terms(counts, compare=["A", "B"])
    >>> steady_terms(runs, "outlet", ["A", "B"], found)[["term", "holds"]].values.tolist()
    [['mob', True], ['protest', False]]
    """
    groups = regrouped(next(iter(runs.values()))[0], by)[1]
    again = {key: (regrouped(counts, by)[0], how) for key, (counts, how) in runs.items()}
    asked = found.table[found.table["clear"]]
    asked = asked.assign(outlet=pd.Series(names(asked, listed(by)), asked.index, dtype=object))
    return ungrouped(sweep(again, compare, asked, most), groups)


def _named(table: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    rows = table.rename(columns=NAMES)[["outlet", "against", *FIRST, "note", "clear"]]
    return ungrouped(rows, groups)
