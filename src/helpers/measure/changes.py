"""What changed: the difference between two groups of articles, and the day on which a wording
turned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.measure.checks import require
from helpers.measure.estimates import LEAST_ARTICLES, PER, listed
from helpers.measure.phrases import no_interval
from helpers.measure.resampling import percentiles, ratio_draws

LEAST_SIDE = 5
"""Articles that a turning point must have on either side."""


def differences(
    hits: pd.DataFrame,
    words: pd.DataFrame,
    between: str,
    by: str | Sequence[str] = "outlet",
    *,
    per: float = PER,
    draws: int = 2000,
    seed: int = 20,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Compare two groups of articles, such as those before and after a day: the difference of their
    rates, with its interval.

    hits     article_id, `between` and the columns of `by`: one row per hit
    words    article_id, words, `between` and the columns of `by`; for shares give the rows that
             make the whole, with `words` 1
    between  a column with two values; what comes first in sorting is the first side
    by       columns that make the groups in which the sides are compared
    per      1,000 for rates per 1,000 words, 100 for per cent
    draws    resamples of the articles of each side, apart; seed: of them
    returns  *by, hits_1, words_1, articles_1, rate_1, the same with _2, difference (rate_2 minus
             rate_1), low, high, note
    raises   ValueError if a column is missing, or `between` has not two values

    Method: ratio of sums on each side, bootstrap over articles, expanded percentiles of the
    difference (Hesterberg 2015).

    >>> words = pd.DataFrame({"article_id": ["a", "b"], "after": [False, True], "words": 1000})
    >>> hits = pd.DataFrame({"article_id": ["a", "b", "b"], "after": [False, True, True]})
    >>> differences(hits, words, "after", by=[])[["rate_1", "rate_2", "difference"]].values.tolist()
    [[1.0, 2.0, 1.0]]
    """
    by = listed(by)
    require(hits, ["article_id", between, *by], "hits")
    require(words, ["article_id", "words", between, *by], "words")
    sides = sorted(words[between].unique())
    columns = ["hits", "words", "articles", "rate"]
    heads = [f"{c}_{i}" for i in (1, 2) for c in columns]
    if len(sides) > 2:
        raise ValueError(f"between={between!r} has {len(sides)} values; two can be compared")
    if len(sides) < 2:
        return pd.DataFrame(columns=[*by, *heads, "difference", "low", "high", "note"])
    keys = [*by, between, "article_id"]
    top = hits.groupby(keys, observed=True).size()
    below = words.groupby(keys, observed=True)["words"].sum()
    table = pd.DataFrame({"words": below, "hits": top.reindex(below.index, fill_value=0)})
    groups = table.reset_index().groupby(by, observed=True) if by else [((), table.reset_index())]
    rows = []
    for key, part in groups:
        row = dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
        drawn = []
        for i, side in enumerate(sides, 1):
            own = part[part[between] == side]
            n, k = own["words"].to_numpy(float), own["hits"].to_numpy(float)
            rate = per * k.sum() / n.sum() if n.sum() else np.nan
            row |= dict(
                zip(
                    [f"{c}_{i}" for c in columns],
                    (int(k.sum()), int(n.sum()), len(own), rate),
                    strict=True,
                )
            )
            few = len(own) < LEAST_ARTICLES
            drawn.append(
                None if few else per * ratio_draws(k[:, None], n[:, None], draws, seed + i)[:, 0]
            )
        row["difference"] = row["rate_2"] - row["rate_1"]
        least = min(row["articles_1"], row["articles_2"])
        known = all(d is not None for d in drawn)
        ends = percentiles(drawn[1] - drawn[0], confidence, least) if known else (np.nan, np.nan)
        row["low"], row["high"] = ends
        row["note"] = "" if known else no_interval(least, LEAST_ARTICLES)
        rows.append(row)
    return pd.DataFrame(rows, columns=[*by, *heads, "difference", "low", "high", "note"])


def turning_points(
    rows: pd.DataFrame,
    of: str = "term",
    by: str | Sequence[str] = "category",
    period: str = "month",
    *,
    draws: int = 2000,
    seed: int = 20,
) -> pd.DataFrame:
    """Find for each group the period from which on one of its values is used most differently.

    rows     article_id, `of`, `period` (words that sort as time does) and the columns of `by`: one
             row per use
    of       the column whose values are compared (the names of one referent)
    period   column of time; rows without one are left out
    draws    how often the articles are dealt out to the times anew; seed: of that
    returns  *by, of, turn (first period after), before and after (mean share over articles, per
             cent), articles_before, articles_after, difference, p, q; smallest p first, and of
             equal ones what rests on most articles

    Each article counts once, with its share of the value. Of all periods and values the one with
    the largest standardised difference of means is taken; p is the share of permutations of the
    articles' times in which the largest such difference is as large, so that having looked at every
    period is paid for; q pays for having looked at several groups (Benjamini and Hochberg 1995). A
    group is left out where no period leaves five articles on both sides.

    Method: maximally selected statistic with a permutation distribution (Hothorn and Zeileis 2008,
    doi:10.1111/j.1541-0420.2008.00995.x).

    >>> months = [f"2031-{m:02d}" for m in range(1, 11) for _ in range(2)]
    >>> uses = pd.DataFrame({"article_id": [f"a{i}" for i in range(20)], "month": months,
    ...                      "category": "city", "term": ["Kiev"] * 10 + ["Kyiv"] * 10})
    >>> turning_points(uses, draws=200)[["term", "turn", "before", "after"]].values.tolist()
    [['Kiev', '2031-06', 100.0, 0.0]]
    """
    by = listed(by)
    require(rows, ["article_id", of, period, *by], "rows")
    columns = [*by, of, "turn", "before", "after", "articles_before", "articles_after"]
    columns += ["difference", "p", "q"]
    dated = rows[rows[period].astype(str) != ""]
    groups = dated.groupby(by, observed=True) if by else [((), dated)]
    found = []
    for key, part in groups:
        turn = _turn(part, of, period, draws, seed)
        if turn is not None:
            named = dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
            found.append(named | turn)
    table = pd.DataFrame(found, columns=columns)
    if found:
        from scipy.stats import false_discovery_control  # takes a second to import

        table["q"] = false_discovery_control(table["p"])
    rests_on = table["articles_before"] + table["articles_after"]
    order = table.assign(rests_on=-rests_on).sort_values(["p", "rests_on"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _turn(part: pd.DataFrame, of: str, period: str, draws: int, seed: int) -> dict | None:
    counts = part.groupby(["article_id", period, of], observed=True).size().unstack(fill_value=0)
    counts = counts.sort_index(level=period, kind="stable")
    if counts.shape[1] < 2:
        return None
    uses = counts.to_numpy(float)
    shares = uses / uses.sum(axis=1, keepdims=True)
    times = counts.index.get_level_values(period).to_numpy(object)
    firsts = np.flatnonzero(times[1:] != times[:-1]) + 1  # a cut falls between two periods
    cuts = firsts[(firsts >= LEAST_SIDE) & (len(times) - firsts >= LEAST_SIDE)]
    if not len(cuts):
        return None
    scores = _scores(shares, cuts)
    best, value = np.unravel_index(int(np.argmax(scores)), scores.shape)
    random = np.random.default_rng(seed)
    largest = scores.max()
    as_large = sum(
        _scores(shares[random.permutation(len(shares))], cuts).max() >= largest - 1e-12
        for _ in range(draws)
    )
    cut = cuts[best]
    before, after = 100 * shares[:cut, value].mean(), 100 * shares[cut:, value].mean()
    return {
        of: counts.columns[value],
        "turn": times[cut],
        "before": before,
        "after": after,
        "articles_before": int(cut),
        "articles_after": int(len(times) - cut),
        "difference": after - before,
        "p": (as_large + 1) / (draws + 1),
    }


def _scores(shares: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """(cuts × values) standardised difference of the mean shares before and after each cut."""
    n = len(shares)
    sums = np.cumsum(shares, axis=0)[cuts - 1]
    before, after = sums / cuts[:, None], (shares.sum(axis=0) - sums) / (n - cuts)[:, None]
    spread = shares.std(axis=0)
    scale = spread * np.sqrt(1 / cuts + 1 / (n - cuts))[:, None]
    gap = np.abs(after - before)
    return np.divide(gap, scale, out=np.zeros_like(gap), where=scale > 0)


def told_turn(turns: pd.DataFrame, level: float = 0.05) -> str:
    """Say which turning points go beyond chance, the surest first.

    turns  from `turning_points`
    level  largest q that is taken for more than chance

    >>> told_turn(pd.DataFrame(columns=["q"]))
    'No name could be followed through time: too few articles, or one name only'
    """
    if turns.empty:
        return "No name could be followed through time: too few articles, or one name only"
    sure = turns[turns["q"] <= level]
    if sure.empty:
        return (
            f"No name turned beyond what chance could do (q ≤ {level:g});"
            f" {len(turns)} could be followed"
        )
    row = sure.iloc[0]
    others = [f"“{r.term}” in {r.turn}" for r in sure[1:4].itertuples()]
    more = f". So did {', '.join(others)}" if others else ""
    return (
        f"“{row['term']}” turned in {row['turn']}: {row['before']:.0f} % of the names before"
        f" ({row['articles_before']} articles), {row['after']:.0f} % from then on"
        f" ({row['articles_after']} articles){more}"
    )


def before_and_after(published: pd.Series, day: str = "") -> tuple[str, pd.Series]:
    """Part articles at a day.

    published  dates, NaT where there is none
    day        first day of the second side, such as 2031-04-01; "" for the day on which half of the
               articles have been published
    returns    the day, "" where no article has a date; and "before", "from then on" or "" for each

    >>> days = pd.Series(pd.to_datetime(["2031-03-01", "2031-04-02", None, "2031-04-09"]))
    >>> before_and_after(days)[0], before_and_after(days, "2031-04-05")[1].tolist()
    ('2031-04-02', ['before', 'before', '', 'from then on'])
    """
    known = published.dropna().sort_values()
    if not day and len(known):
        day = f"{known.iloc[len(known) // 2]:%Y-%m-%d}"
    later = published >= (day or "2000-01-01")
    sides = later.map({False: "before", True: "from then on"})
    return day, sides.where(published.notna(), "")


def told_early(published: pd.Series, gap: int = 180) -> str:
    """Say which days stand alone: no article follows for a long time. Such dates are often wrong,
    and make an outlet the first to have used a term.

    gap  days without an article

    >>> told_early(pd.Series(pd.to_datetime(["2001-01-01", "2031-04-02", "2031-04-09"])))
    'No article follows 2001-01-01 for half a year or more: is the date right?'
    """
    days = published.dropna().drop_duplicates().sort_values()
    alone = days[days.diff().dt.days.shift(-1) > gap]
    if alone.empty:
        return ""
    early = ", ".join(f"{day:%Y-%m-%d}" for day in alone.head(5))
    asked = "is the date" if len(alone) == 1 else "are these dates"
    return f"No article follows {early} for half a year or more: {asked} right?"


def told_difference(table: pd.DataFrame, day: str) -> str:
    """Say in which group two sides differ most, of those whose interval leaves out 0.

    >>> table = pd.DataFrame({"outlet": ["A"], "hits_1": [9], "rate_1": [1.0], "rate_2": [3.0],
    ...     "difference": [2.0], "low": [0.5], "high": [3.5]})
    >>> told_difference(table, "2031-04-01").split(", ")[-1]
    'difference +2.0 (+0.5 to +3.5); 1 of 1 groups differ'
    """
    if table.empty:
        return "There is nothing to compare: all articles are on one side of the day"
    known = table.dropna(subset="low")
    if known.empty:
        return f"No group has {LEAST_ARTICLES} articles on both sides of {day}: read the counts"
    sure = known[(known["low"] > 0) | (known["high"] < 0)]
    if sure.empty:
        return (
            f"Of {len(known)} groups with articles enough, none differs before and after {day}"
            " beyond its interval"
        )
    row = sure.loc[sure["difference"].abs().idxmax()]
    name = ", ".join(str(row[c]) for c in table.columns[: list(table.columns).index("hits_1")])
    chance = f" (of {len(known)} intervals about {0.05 * len(known):.0f} would by chance)"
    return (
        f"{name or 'All articles'}: {row['rate_1']:.1f} per 1,000 words before {day},"
        f" {row['rate_2']:.1f} from then on, difference {row['difference']:+.1f}"
        f" ({row['low']:+.1f} to {row['high']:+.1f}); {len(sure)} of {len(known)} groups differ"
        f"{chance if len(known) >= 10 else ''}"
    )
