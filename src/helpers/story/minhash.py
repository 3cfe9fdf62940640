"""Reprints: articles that print the same text, found among very many and told from separate
copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from helpers.ledger import Ledger
from helpers.story.words import Words, mixed, portions, shingles, words

SHINGLE = 3
"""Words to a shingle. Of a copy with one word in twenty changed, .95³ = .86 of the shingles
stay."""

BANDS, ROWS = 32, 4
"""Signatures of 128 numbers in 32 bands of 4: a pair that shares half its shingles becomes a
candidate with
chance .87, three quarters .99999, a tenth .003 (1 − (1 − sʳ)ᵇ; Leskovec, Rajaraman & Ullman 2014,
ch. 3)."""

NEAR = 0.5
"""Share of the shingles of two articles together that both have, from which they count as one
text."""

CUT = 0.6
"""Share of the shorter article's shingles that the longer has, from which the shorter is a cut
reprint."""

SHORTEST = 20
"""Words below which a text is compared as a whole only: a headline alone has too few shingles to
judge by."""

CROWD = 40
"""Members of a band's bucket above which each is compared with its neighbours and the first, not
with all."""

PAIRS = ["a", "b", "resemblance", "contained", "kind"]


class Sketch(NamedTuple):
    """What tells reprints apart, small enough to be kept of every article; sketches of several
    parts are put together.

    article_ids  (articles,)
    digests      (articles,) equal where the words are the same, one after the other
    signed       (articles × 128) as `signatures` gives them
    """

    article_ids: np.ndarray
    digests: np.ndarray
    signed: np.ndarray


def reprints(
    articles: pd.DataFrame, tokens: pd.DataFrame | Ledger, *, least: float = NEAR, seed: int = 20
) -> pd.DataFrame:
    """Group the articles that print one text.

    articles  article_id: those to look at
    tokens    article_id, start, norm, as the ledger has them; or the ledger, which is then read
              twice, a partition at a
              time: for sketches of all articles, and for the words of those that look alike
    least     share of common three-word runs from which two articles count as one text
    seed      of the hash functions
    returns   article_id, group (the first article_id of the group by letter), kind ("exact" where
              the words are
              the same as those of another member, else "near"); articles that stand alone are in no
              row

    Method: MinHash (Broder 1997) in bands to find candidates, each of which is then counted in
    full.

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> reprints(news.articles, news.ledger)[["article_id", "kind"]].values.tolist()[:2]
    [['db-kalder', 'near'], ['mw-kalder-bridge', 'near']]
    """
    parts = (
        _from_frame(articles, tokens)
        if isinstance(tokens, pd.DataFrame)
        else _from_ledger(articles, tokens)
    )
    found = joined([sketch(given, seed=seed) for given in parts()])
    first = _first_of_each(found)
    alone = first == np.arange(len(first))
    asked = candidates(found.signed[alone])
    ids = found.article_ids[alone]
    marks = {
        a: m for given in parts({ids[i] for pair in asked for i in pair}) for a, m in _marks(given)
    }
    near = [
        (ids[i], ids[j], "near") for i, j in asked if _alike(*marks[ids[i]], *marks[ids[j]], least)
    ]
    again = [
        (found.article_ids[i], found.article_ids[j], "exact") for i, j in enumerate(first) if i != j
    ]
    return groups(pd.DataFrame(near + again, columns=["a", "b", "kind"]))


def _from_frame(articles: pd.DataFrame, tokens: pd.DataFrame) -> Callable[..., Iterator[Words]]:
    inside = tokens[tokens["article_id"].isin(articles["article_id"])]
    return lambda only=None: iter(
        [words(inside if only is None else inside[inside["article_id"].isin(only)])]
    )


def _from_ledger(articles: pd.DataFrame, ledger: Ledger) -> Callable[..., Iterator[Words]]:
    def parts(only: set[str] | None = None) -> Iterator[Words]:
        wanted = articles["article_id"] if only is None else only
        return (words(part.tokens) for part in ledger.each(wanted, tokens=["article_id", "norm"]))

    return parts


def sketch(given: Words, *, seed: int = 20) -> Sketch:
    """Give the sketches of some articles."""
    hashes = [given.hashes[low:high].tobytes() for low, high in pairwise(given.starts)]
    digests = np.array([blake2b(h, digest_size=16).digest() for h in hashes], dtype="V16")
    return Sketch(
        given.article_ids, digests, signatures(given, shingles(given, SHINGLE), seed=seed)
    )


def joined(parts: Sequence[Sketch]) -> Sketch:
    """Put sketches of several parts together, by article_id: in whatever order they come, the
    result is the same."""
    ids, digests, signed = (
        (np.concatenate(column) for column in zip(*parts, strict=True)) if parts else sketch(_NONE)
    )
    order = np.argsort(ids, kind="stable")
    return Sketch(ids[order], digests[order], signed[order])


_NONE = Words(np.zeros(0, dtype=object), np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint64))


def _first_of_each(found: Sketch) -> np.ndarray:
    """(articles,) the place of the first article that has the same words."""
    seen: dict[bytes, int] = {}
    return np.array(
        [seen.setdefault(d.tobytes(), i) for i, d in enumerate(found.digests)], dtype=np.int64
    )


def _marks(given: Words) -> Iterator[tuple[str, tuple[np.ndarray, int]]]:
    """Each article with its distinct shingles and its number of words."""
    marks = shingles(given, SHINGLE)
    for article_id, (low, high) in zip(given.article_ids, pairwise(given.starts), strict=True):
        yield article_id, (np.unique(marks[low:high]), high - low)


def _alike(a: np.ndarray, size_a: int, b: np.ndarray, size_b: int, least: float) -> bool:
    both = len(np.intersect1d(a, b, assume_unique=True))
    return both / (len(a) + len(b) - both) >= least and min(size_a, size_b) >= SHORTEST


def groups(found: pd.DataFrame) -> pd.DataFrame:
    """Gather pairs of reprints into groups: article_id, group, kind, as `reprints` gives them.

    >>> found = pd.DataFrame({"a": ["x"], "b": ["y"], "kind": ["near"]})
    >>> groups(found).values.tolist()
    [['x', 'x', 'near'], ['y', 'x', 'near']]
    """
    ids = (
        np.unique(np.concatenate([found["a"], found["b"]]).astype(object))
        if len(found)
        else np.zeros(0, dtype=object)
    )
    a, b = (
        np.searchsorted(ids, found["a"].astype(object)),
        np.searchsorted(ids, found["b"].astype(object)),
    )
    graph = coo_array((np.ones(len(found)), (a, b)), shape=(len(ids), len(ids)))
    part = connected_components(graph, directed=False)[1] if len(ids) else np.zeros(0, dtype=int)
    exact = set(found.loc[found["kind"] == "exact", ["a", "b"]].to_numpy().ravel())
    rows = pd.DataFrame({"article_id": ids, "part": part})
    rows["group"] = rows.groupby("part")["article_id"].transform("min")
    rows["kind"] = ["exact" if i in exact else "near" for i in ids]
    return rows.sort_values(["group", "article_id"], ignore_index=True)[
        ["article_id", "group", "kind"]
    ]


def pairs(given: Words, *, least: float = NEAR, seed: int = 20) -> pd.DataFrame:
    """Find the pairs of articles that print one text.

    returns  a, b (article ids, a before b by place), resemblance (Jaccard share of three-word
             runs), contained (share of
             the shorter article's runs that the other has), kind ("exact", "near"); ordered by
             place

    Method: MinHash (Broder 1997) in bands to find candidates, each of which is then counted in
    full.
    """
    marks = shingles(given, SHINGLE)
    found = candidates(signatures(given, marks, seed=seed))
    rows = [_judged(given, marks, i, j) for i, j in found]
    kept = [row for row in rows if row[4] == "exact" or (row[2] >= least and row[4] != "short")]
    return pd.DataFrame(kept, columns=PAIRS)


def copies(tokens: pd.DataFrame) -> pd.DataFrame:
    """Compare every two articles of a few, and say whether they are one text.

    tokens   article_id, start, norm of the few articles
    returns  a, b, resemblance, contained, kind: "exact" (the same words), "near reprint" (half the
             three-word runs of
             both together), "cut reprint" (three fifths of the shorter one's), "separate copy"

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> copies(tables["tokens"])["kind"].tolist()
    ['separate copy', 'separate copy', 'separate copy']
    """
    given = words(tokens)
    marks = shingles(given, SHINGLE)
    rows = [_judged(given, marks, i, j) for i, j in combinations(range(len(given.article_ids)), 2)]
    named = [(*row[:4], _kind(row)) for row in rows]
    return pd.DataFrame(named, columns=PAIRS)


def _kind(row: tuple) -> str:
    if row[4] in ("exact", "short"):
        return {"exact": "exact", "short": "separate copy"}[row[4]]
    if row[2] >= NEAR:
        return "near reprint"
    return "cut reprint" if row[3] >= CUT else "separate copy"


def signatures(given: Words, marks: np.ndarray, *, seed: int = 20) -> np.ndarray:
    """Give each article's signature: under each hash function, the least of its shingles.

    marks    as `shingles` gives them
    returns  (articles × 128) unsigned 32-bit; two articles agree in a place with the chance of
             their resemblance
    """
    random = np.random.default_rng(seed)
    factors = random.integers(0, 2**31, BANDS * ROWS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    summands = random.integers(0, 2**32, BANDS * ROWS, dtype=np.uint32)
    out = np.empty((len(given.article_ids), BANDS * ROWS), dtype=np.uint32)
    for first, stop in portions(given.starts):
        low, high = given.starts[first], given.starts[stop]
        begins = given.starts[first:stop] - low
        short = (marks[low:high] >> np.uint64(32)).astype(np.uint32)
        for k, (factor, summand) in enumerate(zip(factors, summands, strict=True)):
            out[first:stop, k] = np.minimum.reduceat(short * factor + summand, begins)
    return out


def candidates(signed: np.ndarray) -> list[tuple[int, int]]:
    """Give the pairs of articles that agree in all four numbers of at least one band, by place, in
    order."""
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        rows = signed[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        key = np.zeros(len(rows), dtype=np.uint64)
        for column in rows.T:
            key = mixed(key * np.uint64(0x9E3779B97F4A7C15) + column + np.uint64(1))
        order = np.argsort(key, kind="stable")
        same = np.flatnonzero(np.diff(key[order]) == 0)
        for low, high in _runs(same):
            found.update(_within(order[low : high + 2].tolist()))
    return sorted(found)


def _runs(places: np.ndarray) -> list[tuple[int, int]]:
    """First and last of each run of neighbouring numbers."""
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > 1)
    return list(
        zip(
            places[np.append(0, breaks + 1)].tolist(),
            places[np.append(breaks, len(places) - 1)].tolist(),
            strict=True,
        )
    )


def _within(members: list[int]) -> list[tuple[int, int]]:
    """Pairs in one bucket; in a crowd a chain and a star, so that a thousand copies do not make
    half a million pairs."""
    if len(members) <= CROWD:
        return list(combinations(members, 2))
    return list(pairwise(members)) + [(members[0], m) for m in members[2:]]


def _judged(given: Words, marks: np.ndarray, i: int, j: int) -> tuple:
    one, other = slice(*given.starts[i : i + 2]), slice(*given.starts[j : j + 2])
    a, b = np.unique(marks[one]), np.unique(marks[other])
    both = len(np.intersect1d(a, b, assume_unique=True))
    resemblance, contained = both / (len(a) + len(b) - both), both / min(len(a), len(b))
    exact = np.array_equal(given.hashes[one], given.hashes[other])
    kind = (
        "exact"
        if exact
        else "short"
        if min(one.stop - one.start, other.stop - other.start) < SHORTEST
        else "near"
    )
    return given.article_ids[i], given.article_ids[j], resemblance, contained, kind
