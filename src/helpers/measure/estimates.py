"""Rates and shares by any columns, with zeros and intervals over articles: one estimator, the ratio
of two sums over articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import factorial
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtrit

from helpers.measure.checks import require, require_between
from helpers.measure.phrases import no_interval, number_of
from helpers.measure.resampling import percentiles, ratio_draws

PER = 1000
LEAST_ARTICLES = 5
"""Fewest articles for an interval: resamples of fewer are too much alike."""

ROUGH = 20
"""Below so many articles an interval is called rough: it covers less than it says."""

FEW_WORDS = 100
"""Below so many words a rate per 1,000 multiplies a handful of hits: its note says to read them."""

ENUMERATED = 7
"""Up to so many articles every possible resample is counted (1,716 for 7), so that an interval does
not depend on a seed; of more articles resamples are drawn."""

LEXICAL = ("lexicon", "kind", "category", "entry", "term", "match", "negated", "target")
SPOKEN = ("voice", "speaker", "own", "group", "verb", "cue", "side", "tone", "rule")
WITHIN = frozenset([*LEXICAL, *SPOKEN, "form", "mark", "role", "reason"])
"""Columns that differ inside one article: words need not have them."""


class Design(NamedTuple):
    """How intervals are made."""

    draws: int
    seed: int
    confidence: float


def rates(
    hits: pd.DataFrame,
    words: pd.DataFrame,
    by: str | Sequence[str] = "outlet",
    *,
    least_words: int = 0,
    draws: int = 2000,
    seed: int = 20,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Count hits per 1,000 words for each group, with zeros, and an interval where articles allow.

    hits         article_id and the columns of `by`: one row per hit
    words        article_id, words, and those columns of `by` that words have; a rate by voice is
                 hits in a voice per 1,000 words of that voice, words have no category
    by           column or columns to compare by; one that describes whole articles (outlet, month
                 …) makes groups whose articles are resampled apart
    least_words  a group with fewer words gets counts but no rate
    draws, seed  of the resamples of articles; groups of 7 articles or fewer need none
    returns      *by, hits, words, articles (with words in the group), articles_with (with hits),
                 rate, low, high, note; sorted by `by`. Where there is no interval `note` says why
    raises       ValueError if a column is missing

    Method: ratio of sums, interval by bootstrap over articles (rather than words: Lijffijt et al.
    2016, doi:10.1093/llc/fqu064), expanded percentiles (Hesterberg 2015,
    doi:10.1080/00031305.2015.1089789).

    >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "outlet": ["North", "North", "South"]})
    >>> words = pd.DataFrame({"article_id": ["a", "b", "c"], "words": [500, 500, 500],
    ...                       "outlet": ["North", "South", "West"]})
    >>> rates(hits, words)[["outlet", "hits", "words", "rate"]].values.tolist()
    [['North', 2, 500, 4.0], ['South', 1, 500, 2.0], ['West', 0, 500, 0.0]]
    """
    by = listed(by)
    require_between(confidence, 0, 1, "confidence")
    require(words, ["article_id", "words"], "words")
    top = hits.assign(_n=1)
    table = _ratios(top, words, by, "words", Design(draws, seed, confidence), PER)
    few = table["bottom"] < least_words
    table.loc[few, ["value", "low", "high"]] = np.nan
    table["note"] = [
        f"no rate: fewer than {least_words} words" if too_few else _note(k, n, articles, having)
        for k, n, articles, having, too_few in zip(
            table["top"],
            table["bottom"],
            table["articles"],
            table["articles_with"],
            few,
            strict=True,
        )
    ]
    names = {"top": "hits", "bottom": "words", "value": "rate"}
    columns = [*by, "hits", "words", "articles", "articles_with", "rate", "low", "high", "note"]
    return table.rename(columns=names)[columns]


def shares(
    rows: pd.DataFrame,
    by: str | Sequence[str] = "outlet",
    of: str = "voice",
    *,
    base: pd.DataFrame | None = None,
    weight: str = "",
    values: Iterable[str] | None = None,
    draws: int = 2000,
    seed: int = 20,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Say for each group which share of its rows has each value of a column.

    rows     article_id, the columns of `by`, and `of`: one row per hit, quotation, sentence …
    by       column or columns that make the groups; [] for all rows together
    of       the column whose values share the rows among them
    base     rows that make the whole, where it is not `rows` itself: sentences, of which `rows` are
             those with a frame
    weight   a column to sum up (words) in the place of counting rows
    values   values of `of` to show even where there is none, in their order; none given: those
             found, sorted
    returns  *by, of, k, n, share, low, high (per cent), articles_with, articles, note
    raises   ValueError if a column is missing

    Method: as `rates`. Intervals resample articles: one article tends to keep to one wording, so
    that an interval over occurrences (Wilson's) would be too narrow.

    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "outlet": ["N", "N", "N"],
    ...                      "term": ["Kiev", "Kyiv", "Kiev"]})
    >>> shares(rows, of="term")[["term", "k", "n", "share"]].round(1).values.tolist()
    [['Kiev', 2, 3, 66.7], ['Kyiv', 1, 3, 33.3]]
    """
    by = [c for c in listed(by) if c != of]
    require(rows, ["article_id", of, *by, *([weight] if weight else [])], "rows")
    whole = rows if base is None else base
    require(whole, ["article_id", *by, *([weight] if weight else [])], "base")
    top = rows.assign(_n=rows[weight] if weight else 1)
    below = whole[["article_id", *by]].assign(_below=whole[weight] if weight else 1)
    if values is not None:
        order = list(values)
        top = top[top[of].isin(order)]
        top = top.assign(**{of: pd.Categorical(top[of].astype(str), order, ordered=True)})
    design = Design(draws, seed, confidence)
    table = _ratios(top, below, [*by, of], "_below", design, 100, inner=[of])
    table["low"], table["high"] = table["low"].clip(0, 100), table["high"].clip(0, 100)
    same = table["value"].isin([0.0, 100.0])
    table.loc[same, ["low", "high"]] = np.nan
    table["note"] = [
        _note_of_share(k, n, articles, having)
        for k, n, articles, having in zip(
            table["top"], table["bottom"], table["articles"], table["articles_with"], strict=True
        )
    ]
    names = {"top": "k", "bottom": "n", "value": "share"}
    columns = [*by, of, "k", "n", "share", "low", "high", "articles_with", "articles", "note"]
    return table.rename(columns=names)[columns]


def listed(by: str | Sequence[str]) -> list[str]:
    """Return columns as a list.

    >>> listed("outlet"), listed(["outlet", "month"])
    (['outlet'], ['outlet', 'month'])
    """
    return [by] if isinstance(by, str) else list(dict.fromkeys(by))


def largest_first(
    table: pd.DataFrame, by: str | Sequence[str], size: str = "words"
) -> pd.DataFrame:
    """Put the groups with most words first; times stay in their order, and of several columns the
    rows of the same first group stay together.

    table   of a measure, with the columns of `by` and `size`
    returns the rows in that order

    >>> table = pd.DataFrame({"outlet": ["A", "A", "B", "B"], "after": [False, True] * 2,
    ...                       "words": [10, 20, 300, 1]})
    >>> largest_first(table, ["outlet", "after"])["outlet"].tolist()
    ['B', 'B', 'A', 'A']
    """
    by = listed(by)
    if not by or by[0] in TIMES:
        return table.sort_values(by, kind="stable", ignore_index=True) if by else table
    total = table.groupby(by[0], dropna=False, observed=True)[size].transform("sum")
    order = table.assign(_total=-total).sort_values(["_total", *by], kind="stable").index
    return table.loc[order].reset_index(drop=True)


TIMES = ("day", "week", "month", "year")
"""Columns of articles that say when."""


def counted(
    rows: pd.DataFrame, of: str | Sequence[str], name: str = "passages", **sums: str
) -> pd.DataFrame:
    """Count rows by the values of some columns, the commonest first.

    rows     article_id, outlet and the columns of `of`
    of       one column or several
    name     of the column of counts: passages, hits
    sums     further columns = the column of `rows` they are the sum of
    returns  *of, name, *sums, outlets, articles (in how many)

    >>> rows = pd.DataFrame({"article_id": ["a", "b"], "outlet": "A", "verb": "say",
    ...                      "words": [3, 9]})
    >>> counted(rows, "verb", words="words").values.tolist()
    [['say', 2, 12, 1, 2]]
    """
    of = listed(of)
    require(rows, ["article_id", "outlet", *of, *sums.values()], "rows")
    asked = {
        name: ("article_id", "size"),
        **{column: (source, "sum") for column, source in sums.items()},
        "outlets": ("outlet", "nunique"),
        "articles": ("article_id", "nunique"),
    }
    table = rows.groupby(of, as_index=False, observed=True).agg(**asked)
    return table.sort_values([name, *of], ascending=[False, *(True for _ in of)], ignore_index=True)


def _note(k: int, n: int, articles: int, having: int) -> str:
    words = [f"only {number_of(n, 'word')}: read the counts"] if 0 < n < FEW_WORDS else []
    if articles < LEAST_ARTICLES:
        return "; ".join([*words, no_interval(articles, LEAST_ARTICLES)])
    if k == 0:
        none = f"no interval: no hits in {articles} articles, so there is nothing to resample"
        return "; ".join([*words, none])
    notes = ["all hits in one article"] if having == 1 else []
    notes += [f"rough interval: {articles} articles"] if articles < ROUGH else []
    return "; ".join([*words, *notes])


def _note_of_share(k: int, n: int, articles: int, having: int) -> str:
    if n == 0:
        return "nothing to count"
    if articles < LEAST_ARTICLES:
        return no_interval(articles, LEAST_ARTICLES)
    if k in (0, n):
        return f"no interval: the same in all {articles} articles"
    notes = ["all in one article"] if having == 1 else []
    return "; ".join(
        [*notes, *([f"rough interval: {articles} articles"] if articles < ROUGH else [])]
    )


def _ratios(
    top: pd.DataFrame,
    base: pd.DataFrame,
    by: list[str],
    size: str,
    design: Design,
    per: float,
    inner: Sequence[str] = (),
) -> pd.DataFrame:
    """Ratios of two sums for every group: *by, top, bottom, articles, articles_with, value, low,
    high.

    top    article_id, _n and the columns of `by`
    base   article_id, `size` and those columns of `by` that it has
    inner  columns that are never strata
    """
    require(top, ["article_id", *by], "hits" if size == "words" else "rows")
    whole, within = _split_columns(top, base, by, inner)
    shared = [c for c in within if c in base]
    top, base = _summed(top, whole + within, "_n"), _summed(base, whole + shared, size)
    cells = _cells(top, base, within, shared)
    parts = [
        _stratum(key, rows, below, cells, (whole, within, shared, size), design, per)
        for key, rows, below in _strata(top, base, whole)
    ]
    columns = [*by, "top", "bottom", "articles", "articles_with", "value", "low", "high"]
    parts = [part for part in parts if len(part)]
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True)[columns]
    table = table.sort_values(by, ignore_index=True, kind="stable") if by else table
    for column in by:
        if isinstance(table[column].dtype, pd.CategoricalDtype):
            table[column] = table[column].astype("str")
    return table


def _split_columns(
    top: pd.DataFrame, base: pd.DataFrame, by: list[str], inner: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Columns that describe whole articles, and those that differ inside one."""
    whole, within = [], []
    for column in by:
        if column in inner:
            within.append(column)
        elif column in base:
            constant = _constant(base, column) and _constant(top, column)
            (whole if constant and column not in WITHIN else within).append(column)
        elif column in WITHIN or not _constant(top, column) or top["article_id"].is_unique:
            within.append(column)
        else:
            raise ValueError(
                f"by={column!r}: the hits have this column and the words have not, so that every"
                f" rate would be over all words; add it to the words too"
            )
    return whole, within


def _constant(rows: pd.DataFrame, column: str) -> bool:
    """Say whether a column has one value in each article."""
    pairs = rows[["article_id", column]].drop_duplicates()
    return bool(pairs["article_id"].is_unique)


def _summed(rows: pd.DataFrame, columns: list[str], value: str) -> pd.DataFrame:
    keys = ["article_id", *columns]
    plain = rows[[*keys, value]]
    for column in keys:
        if isinstance(plain[column].dtype, pd.StringDtype) or plain[column].dtype == object:
            plain = plain.assign(**{column: plain[column].fillna("")})
    return plain.groupby(keys, as_index=False, sort=True, observed=True, dropna=False)[value].sum()


def _cells(
    top: pd.DataFrame, base: pd.DataFrame, within: list[str], shared: list[str]
) -> pd.DataFrame:
    """Every combination found of the columns that differ inside an article."""
    if not within:
        return pd.DataFrame(index=[0])
    parts = [top[within]] + ([base[within]] if len(shared) == len(within) else [])
    cells = pd.concat(parts).drop_duplicates()
    return cells.sort_values(within, kind="stable").reset_index(drop=True)


def _strata(
    top: pd.DataFrame, base: pd.DataFrame, whole: list[str]
) -> Iterator[tuple[tuple, pd.DataFrame, pd.DataFrame]]:
    """The groups of articles that are resampled apart."""
    if not whole:
        yield (), top, base
        return
    tops = {_key(k): rows for k, rows in top.groupby(whole, sort=True, observed=True, dropna=False)}
    bases = {_key(k): g for k, g in base.groupby(whole, sort=True, observed=True, dropna=False)}
    for key in dict.fromkeys([*bases, *tops]):
        yield key, tops.get(key, top.head(0)), bases.get(key, base.head(0))


def _key(key: object) -> tuple:
    return key if isinstance(key, tuple) else (key,)


def _stratum(
    key: tuple,
    top: pd.DataFrame,
    base: pd.DataFrame,
    cells: pd.DataFrame,
    columns: tuple[list[str], list[str], list[str], str],
    design: Design,
    per: float,
) -> pd.DataFrame:
    """The rows of one group of articles."""
    whole, within, shared, size = columns
    ids = np.unique(
        np.concatenate([top["article_id"].to_numpy(object), base["article_id"].to_numpy(object)])
    )
    if not len(ids) or cells.shape[0] == 0:
        return pd.DataFrame()
    places = pd.Index(ids)
    bases = (
        base[shared].drop_duplicates().reset_index(drop=True) if shared else pd.DataFrame(index=[0])
    )
    above = _grid(places, top["article_id"], _position(top, cells, within), top["_n"], len(cells))
    below = _grid(
        places, base["article_id"], _position(base, bases, shared), base[size], len(bases) + 1
    )
    own = _position(cells, bases, shared)
    own = np.where(own < 0, len(bases), own)  # the last column is of nothing
    bottom = below[:, own]
    rows = cells.reset_index(drop=True).assign(
        top=above.sum(axis=0).astype(np.int64),
        bottom=bottom.sum(axis=0).astype(np.int64),
        articles=(bottom > 0).sum(axis=0),
        articles_with=(above > 0).sum(axis=0),
    )
    known = rows["bottom"] > 0
    rows["value"] = (per * rows["top"] / rows["bottom"].where(known)).astype(float)
    rows["low"], rows["high"] = _intervals(above, below, own, rows, design, per)
    return rows.assign(**dict(zip(whole, key, strict=True)))


def _position(rows: pd.DataFrame, table: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """For each row the place of its values in a table of distinct values; -1 where it is not."""
    if not columns:
        return np.zeros(len(rows), dtype=np.int64)
    known = {key: i for i, key in enumerate(table[columns].itertuples(index=False, name=None))}
    keys = rows[columns].itertuples(index=False, name=None)
    return np.fromiter((known.get(key, -1) for key in keys), np.int64, len(rows))


def _grid(
    places: pd.Index, articles: pd.Series, cell: np.ndarray, values: pd.Series, width: int
) -> np.ndarray:
    """(articles × cells) sums of values."""
    flat = places.get_indexer(articles.to_numpy(object)) * width + cell
    weights = values.to_numpy(float)
    return np.bincount(flat, weights=weights, minlength=len(places) * width).reshape(-1, width)


def _intervals(
    above: np.ndarray,
    below: np.ndarray,
    own: np.ndarray,
    rows: pd.DataFrame,
    design: Design,
    per: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the intervals of the cells that may have one; nan for the others."""
    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    wanted = np.flatnonzero((rows["articles"] >= LEAST_ARTICLES) & (rows["top"] > 0))
    if not len(wanted):
        return low, high
    if len(above) <= ENUMERATED:
        weights, chances = every_resample(len(above))
        tops, bottoms = weights @ above[:, wanted], weights @ below[:, own[wanted]]
        for at, i in enumerate(wanted):
            low[i], high[i] = _exact_ends(
                tops[:, at], bottoms[:, at], chances, int(rows["articles"][i]), design
            )
    else:
        drawn = ratio_draws(above[:, wanted], below, design.draws, design.seed, own[wanted])
        for at, i in enumerate(wanted):
            low[i], high[i] = percentiles(drawn[:, at], design.confidence, int(rows["articles"][i]))
    return low * per, high * per


def every_resample(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return every sample of n articles with replacement, as how often each is drawn, and its
    chance.

    n        articles, 1 to 7
    returns  (samples × n) whole numbers, and (samples,) chances that add up to 1

    >>> weights, chances = every_resample(2)
    >>> weights.tolist(), chances.tolist()
    ([[0, 2], [1, 1], [2, 0]], [0.25, 0.5, 0.25])
    """
    samples = list(_compositions(n, n))
    ways = [factorial(n) / np.prod([factorial(k) for k in s]) / n**n for s in samples]
    return np.array(samples), np.array(ways)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def _exact_ends(
    top: np.ndarray, bottom: np.ndarray, chances: np.ndarray, n: int, design: Design
) -> tuple[float, float]:
    """Ends of the expanded percentile interval where every resample and its chance is known."""
    some = bottom > 0
    values, chances = top[some] / bottom[some], chances[some] / chances[some].sum()
    order = np.argsort(values, kind="stable")
    values, reached = values[order], np.cumsum(chances[order])
    tail = float(ndtr(np.sqrt(n / (n - 1)) * stdtrit(n - 1, (1 - design.confidence) / 2)))
    at = np.searchsorted(reached, [tail, 1 - tail - 1e-12])
    ends = values[np.minimum(at, len(values) - 1)]
    return float(ends[0]), float(ends[1])
