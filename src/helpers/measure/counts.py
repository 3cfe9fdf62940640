"""From the ledger's rows to counts: words and hits by article, voice and category, with the zeros
filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.measure.checks import coded, require, require_one_row_each

SPOKEN = ("voice", "speaker")
LEXICAL = ("lexicon", "category", "entry", "match", "negated")
WITHIN = SPOKEN + LEXICAL
"""Columns that differ inside one article; any other column of a table of counts describes whole
articles."""

LARGEST_GRID = 50_000_000


class TermCounts(NamedTuple):
    """How often each term stands in each article, in the voices kept.

    matrix    articles × terms, whole numbers, scipy CSR
    articles  one row for each row of the matrix, in its order: the article's row in `articles`
    terms     (terms,) the norms, sorted
    words     (articles,) words of the article in the voices kept: the denominator
    """

    matrix: sparse.csr_array
    articles: pd.DataFrame
    terms: np.ndarray
    words: np.ndarray


class Collapsed(NamedTuple):
    """Articles with each group of near-duplicates counted once, and what was dropped for it."""

    kept: pd.DataFrame
    dropped: pd.DataFrame


def spoken(rows: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """Look up in whose voice each row starts.

    rows     article_id, start (tokens, hits, sentences …)
    voices   article_id, start, end, voice, speaker: spans that do not overlap
    returns  the index of `rows`; voice, speaker of the span that holds `start`
    raises   ValueError where a row starts outside every span, naming the first

    >>> voices = pd.DataFrame({"article_id": "a", "start": [0, 9], "end": [9, 20],
    ...     "voice": ["narration", "quote"], "speaker": ["", "Ana Roe"]})
    >>> spoken(pd.DataFrame({"article_id": ["a", "a"], "start": [4, 12]}), voices).values.tolist()
    [['narration', ''], ['quote', 'Ana Roe']]
    """
    found = voices[["voice", "speaker"]].astype(object).iloc[_span_of(rows, voices)]
    return found.set_axis(rows.index).fillna({"speaker": ""})


def _span_of(rows: pd.DataFrame, voices: pd.DataFrame) -> np.ndarray:
    """Position in `voices` of the span that holds each row's start."""
    require(rows, ["article_id", "start"], "rows")
    require(voices, ["article_id", "start", "end", "voice", "speaker"], "voices")
    span = _search(rows, voices) if len(voices) else np.full(len(rows), -1)
    if (span < 0).any():
        row = rows.iloc[int(np.argmax(span < 0))]
        raise ValueError(
            f"voices: article {row['article_id']!r} has no voice at character {row['start']}; "
            "voices must cover every kept block."
        )
    return span


def _search(rows: pd.DataFrame, voices: pd.DataFrame) -> np.ndarray:
    """`_span_of`, with -1 where no span holds the start."""
    ids = pd.Index(voices["article_id"].unique().astype(object))
    code, own = (coded(table["article_id"], ids.get_indexer) for table in (voices, rows))
    start, at = voices["start"].to_numpy(np.int64), rows["start"].to_numpy(np.int64)
    width = max(start.max(), at.max(initial=0)) + 1  # one number line, an article after the other
    order = np.argsort(code * width + start, kind="stable")
    place = np.searchsorted((code * width + start)[order], own * width + at, side="right") - 1
    span = order[np.maximum(place, 0)]
    inside = (
        (code[span] == own) & (start[span] <= at) & (at < voices["end"].to_numpy(np.int64)[span])
    )
    return np.where(inside, span, -1)


def words(tokens: pd.DataFrame, voices: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count words by article, voice and speaker; a token belongs to the voice it starts in.

    tokens    article_id, start: one row for each word of the kept blocks
    voices    article_id, start, end, voice, speaker
    articles  article_id, outlet, each article once; other articles are not counted
    returns   article_id, outlet, voice, speaker, words (above zero), sorted. Articles are
              counted apart: the tables of two parts of a corpus may be put one under the other
    raises    ValueError where a token starts outside every voice

    >>> tokens = pd.DataFrame({"article_id": "a", "start": [0, 4, 12]})
    >>> voices = pd.DataFrame({"article_id": "a", "start": [0, 9], "end": [9, 20],
    ...     "voice": ["narration", "quote"], "speaker": ["", "Ana Roe"]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["A"]})
    >>> words(tokens, voices, articles)[["outlet", "voice", "words"]].values.tolist()
    [['A', 'narration', 2], ['A', 'quote', 1]]
    """
    require_one_row_each(articles)
    inside = tokens.loc[tokens["article_id"].isin(articles["article_id"]), ["article_id", "start"]]
    size = np.bincount(_span_of(inside, voices), minlength=len(voices))
    keys = ["article_id", "voice", "speaker"]
    spans = voices[keys].astype(object).fillna({"speaker": ""}).assign(words=size).loc[size > 0]
    return _with_outlet(spans.groupby(keys, sort=True)["words"].sum().reset_index(), articles)


def _with_outlet(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    outlet = articles.set_index("article_id")["outlet"].astype(object)
    table.insert(1, "outlet", table["article_id"].map(outlet))
    return table


def occurrences(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    by: Sequence[str] = ("voice", "category"),
    *,
    voices: Iterable[str] | None = None,
    terms: pd.DataFrame | None = None,
    thin: bool = False,
) -> pd.DataFrame:
    """Count hits by article and the columns named, zeros included.

    hits      the ledger's hits: article_id and the columns of `by`
    articles  article_id, outlet, each article once; other articles are not counted
    by        columns of hits: any of voice, speaker, lexicon, category, entry, match, negated
    voices    voices to show even where nothing was found; none given: those found
    terms     table of the lexicon's own columns in `by` (category, entry …), one row for each
              cell to show even where nothing was found; none given: those found
    thin      leave zeros out but for each article once, and each cell once in each outlet: all that
              `rates` needs to know
              of them, and a hundredth of the rows where articles are many
    returns   article_id, outlet, *by, hits: every article × voice × term, sorted
    raises    ValueError for an unknown column, or where the grid would pass 50 million rows

    >>> hits = pd.DataFrame({"article_id": ["a", "a"], "category": "threat"})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> occurrences(hits, articles, ["category"]).values.tolist()
    [['a', 'A', 'threat', 2], ['b', 'B', 'threat', 0]]
    """
    require_one_row_each(articles)
    require(hits, ["article_id", *by], "hits")
    unknown = [c for c in by if c not in WITHIN]
    if unknown:
        raise ValueError(
            f"occurrences counts by {list(WITHIN)}; {unknown} describes whole articles: join it"
            " afterwards."
        )
    ids = pd.Index(sorted(articles["article_id"]), name="article_id")
    found = hits.loc[hits["article_id"].isin(ids), ["article_id", *by]]
    found = found.fillna({"speaker": ""}) if "speaker" in by else found
    given = None if voices is None else pd.DataFrame({"voice": list(voices)})
    axes = [_cells(found, [c for c in by if c in SPOKEN], given)]
    axes.append(_cells(found, [c for c in by if c in LEXICAL], terms))
    if thin:
        return _with_outlet(_thin(found, articles, axes, by), articles)
    table = _grid(found, ids, axes)
    return _with_outlet(table[["article_id", *by, "hits"]].copy(), articles)


def _thin(
    found: pd.DataFrame, articles: pd.DataFrame, axes: list[pd.DataFrame], by: Sequence[str]
) -> pd.DataFrame:
    """The cells with hits, each article once and each cell once in each outlet, sorted."""
    keys = ["article_id", *by]
    some = found.groupby(keys, sort=False, observed=True).size().rename("hits").reset_index()
    cells = (
        axes[0].merge(axes[1], how="cross").reindex(columns=list(by))
        if by
        else pd.DataFrame(index=[0])
    )
    first = articles.groupby("outlet", sort=True)[["article_id"]].min()
    none = pd.concat(
        [
            articles[["article_id"]].merge(cells.head(1), how="cross"),
            first.merge(cells, how="cross"),
        ]
    )
    both = pd.concat([some, none.assign(hits=0)]) if len(some) else none.assign(hits=0)
    return both.groupby(keys, sort=True, observed=True)["hits"].sum().reset_index()


def _cells(found: pd.DataFrame, columns: list[str], given: pd.DataFrame | None) -> pd.DataFrame:
    """The combinations of some columns that the grid shows: those found and those given, sorted."""
    if not columns:
        return pd.DataFrame(index=[0])
    parts = [found[columns].astype(object)]
    if given is not None and set(columns) <= set(given.columns):
        parts.append(given[columns].astype(object))
    return pd.concat(parts).drop_duplicates().sort_values(columns, ignore_index=True)


def _grid(found: pd.DataFrame, ids: pd.Index, axes: list[pd.DataFrame]) -> pd.DataFrame:
    """Count the rows found in every combination of article and cell of each axis."""
    shape = (len(ids), *(len(axis) for axis in axes))
    size = int(np.prod(shape))
    if size > LARGEST_GRID:
        raise ValueError(
            f"a grid of {shape} articles × voices × terms is too large: count by fewer columns."
        )
    codes = [ids.get_indexer(found["article_id"]), *(_code(found, axis) for axis in axes)]
    flat = np.ravel_multi_index(codes, shape) if size else np.zeros(0, dtype=np.int64)
    place = np.unravel_index(np.arange(size), shape)
    columns = {"article_id": ids.to_numpy(object)[place[0]]}
    for axis, where in zip(axes, place[1:], strict=True):
        columns |= {c: axis[c].to_numpy(object)[where] for c in axis.columns}
    return pd.DataFrame(columns).assign(hits=np.bincount(flat, minlength=size)[:size])


def _code(found: pd.DataFrame, axis: pd.DataFrame) -> np.ndarray:
    columns = list(axis.columns)
    if not columns:
        return np.zeros(len(found), dtype=np.int64)
    numbered = axis.assign(_code=np.arange(len(axis)))
    merged = found[columns].astype(object).merge(numbered, on=columns, how="left", validate="m:1")
    return merged["_code"].to_numpy(np.int64)


def term_counts(
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    articles: pd.DataFrame,
    voices_kept: Iterable[str] | None = None,
) -> TermCounts:
    """Count every term in every article, in the voices kept.

    tokens       article_id, start, norm
    voices       article_id, start, end, voice, speaker
    articles     article_id, outlet, each article once; rows of the matrix follow its order
    voices_kept  voices to count in, for example ("narration", "headline"); none given: all
    returns      TermCounts; articles without a word in these voices keep their row of zeros

    >>> tokens = pd.DataFrame({"article_id": "a", "start": [0, 4], "norm": ["calm", "crowd"]})
    >>> voices = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [9],
    ...     "voice": ["narration"], "speaker": [""]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> counts = term_counts(tokens, voices, articles)
    >>> counts.terms.tolist(), counts.matrix.toarray().tolist(), counts.words.tolist()
    (['calm', 'crowd'], [[1, 1], [0, 0]], [2, 0])
    """
    require_one_row_each(articles)
    require(tokens, ["article_id", "start", "norm"], "tokens")
    inside = tokens.loc[tokens["article_id"].isin(articles["article_id"])]
    if voices_kept is not None:
        wanted = voices["voice"].isin(set(voices_kept)).to_numpy()
        inside = inside.loc[wanted[_span_of(inside, voices)]]
    rows = pd.Index(articles["article_id"]).get_indexer(inside["article_id"])
    codes, terms = pd.factorize(inside["norm"].astype(object), sort=True)
    shape = (len(articles), len(terms))
    matrix = sparse.coo_array(
        (np.ones(len(codes), dtype=np.int64), (rows, codes)), shape=shape
    ).tocsr()
    size = np.bincount(rows, minlength=len(articles))
    return TermCounts(
        matrix, articles.reset_index(drop=True), np.asarray(terms, dtype=object), size
    )


def collapse(
    articles: pd.DataFrame, groups: pd.DataFrame, *, within: str | None = None
) -> Collapsed:
    """Keep one article of each group of near-duplicates: the earliest that is not called a reprint,
    then the first by id.

    articles  article_id, outlet, published (a missing date comes last), each article once; where
              there is a
              `kind`, articles of kind reprint come after the others
    groups    article_id, group: the near-duplicates; an article in no row stands alone
    within    a column of `articles`, for example "outlet": collapse only inside each of its
              values, so that a reprint in another outlet still counts there
    returns   kept (rows of `articles`, their order), dropped (article_id, outlet, group, kept_id,
              reason)

    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["A", "B", "B"],
    ...     "published": ["2031-04-02", "2031-04-01", "2031-04-03"]})
    >>> groups = pd.DataFrame({"article_id": ["a", "b", "c"], "group": [1, 1, 2]})
    >>> kept, dropped = collapse(articles, groups)
    >>> kept["article_id"].tolist(), dropped[["article_id", "kept_id"]].values.tolist()
    (['b', 'c'], [['a', 'b']])
    """
    require_one_row_each(articles)
    require(articles, ["published"], "articles")
    require(groups, ["article_id", "group"], "groups")
    rows = articles.merge(groups[["article_id", "group"]], on="article_id", validate="1:1")
    rows["published"] = pd.to_datetime(rows["published"])
    keys = ["group"] if within is None else ["group", within]
    rows["again"] = rows["kind"] == "reprint" if "kind" in rows else False
    rows = rows.sort_values([*keys, "again", "published", "article_id"], na_position="last")
    rows["kept_id"] = rows.groupby(keys, sort=False)["article_id"].transform("first")
    out = rows.loc[
        rows["kept_id"] != rows["article_id"], ["article_id", "outlet", "group", "kept_id"]
    ]
    reason = (
        "near-duplicate of "
        + out["kept_id"].astype(str)
        + ", which is no reprint, earlier or first by name"
    )
    kept = articles.loc[~articles["article_id"].isin(out["article_id"])]
    return Collapsed(kept, out.assign(reason=reason).reset_index(drop=True))
