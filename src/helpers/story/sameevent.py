"""Articles on the same event, by the names, numbers and quoted words they share within a few
days."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from helpers.story.features import STOP, number, stem

DAYS = 4
"""Days that may lie between two articles on one event."""

CLOSE = 0.12
"""Least likeness of two articles on one event."""

UNDATED = 2
"""Times as alike two articles must be where a date is missing and time cannot tell them apart."""

COMMON = 200
"""Articles that have a feature beyond which it is passed over: it says little, and pairs would grow
with its square."""

RUN = 4
"""Words to a quoted string: two articles that quote four words alike quote one person."""

BATCH = 2000
"""Articles compared with their neighbours in time at once."""

PAIRS = ["a", "b", "score", "rule"]


def events(
    articles: pd.DataFrame,
    tokens: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    days: int = DAYS,
    least: float = CLOSE,
) -> pd.DataFrame:
    """Find pairs of articles that may be on the same event.

    articles  article_id, text, published (dates; one without a date is compared with all)
    tokens    article_id, sentence_id, start, norm
    quotes    article_id, start, end, kind
    days      that may lie between them
    least     likeness, from 0 to 1
    returns   a, b (a before b by date, then by letter), score, rule (what they share most, rarest
              first); ordered by score

    Likeness is the cosine of the articles' names, numbers, dates and quoted four-word strings, each
    weighed by how few
    articles have it (inverse document frequency).

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> events(tables["articles"], tables["tokens"], tables["quotes"])[["a", "b"]].values.tolist()
    [['db-kalder', 'tc-mill-street'], ['db-kalder', 'vc-market']]
    """
    rows = articles.assign(day=_days(articles["published"])).sort_values(
        ["day", "article_id"], ignore_index=True
    )
    found = [_features(*row) for row in _by_article(rows, tokens, quotes)]
    matrix, names = _matrix(found)
    pairs = [
        pair
        for low in range(0, len(rows), BATCH)
        for pair in _near(matrix, rows["day"].to_numpy(), low, days, least)
    ]
    ids = rows["article_id"].to_numpy(dtype=object)
    made = [
        (ids[i], ids[j], round(float(s), 3), "both have " + _shared(matrix, names, i, j))
        for i, j, s in pairs
    ]
    return pd.DataFrame(made, columns=PAIRS).sort_values(
        ["score", "a", "b"], ascending=[False, True, True], ignore_index=True
    )


def sets(articles: pd.DataFrame, pairs: pd.DataFrame, *, days: int = DAYS) -> pd.DataFrame:
    """Gather pairs into sets, one event each: the article nearest to most, with all that are near
    to it, then the next.

    articles  article_id, published
    pairs     a, b, score, as `events` gives them
    days      that may lie between an article and the centre of its set; where the centre has no
              date, the article
              nearest to it that has one
    returns   set (1 is the largest), article_id, centre (the article to which the others are near);
              sets of two or more

    >>> articles = pd.DataFrame({"article_id": ["x", "y", "z"], "published": None})
    >>> pairs = pd.DataFrame({"a": ["x"], "b": ["y"], "score": [0.5]})
    >>> sets(articles, pairs)[["set", "article_id"]].values.tolist()
    [[1, 'x'], [1, 'y']]
    """
    day = dict(zip(articles["article_id"], _days(articles["published"]).tolist(), strict=True))
    near: dict[str, dict[str, float]] = {}
    for a, b, score in pairs[["a", "b", "score"]].itertuples(index=False):
        near.setdefault(a, {})[b] = score
        near.setdefault(b, {})[a] = score
    free, made = set(near) & set(day), []
    while free:
        pull = {a: sum(near[a][b] for b in sorted(near[a]) if b in free) for a in free}
        centre = min(free, key=lambda a: (-round(pull[a], 9), a))
        members = _around(centre, {b: s for b, s in near[centre].items() if b in free}, day, days)
        free -= set(members)
        if len(members) > 1:
            made.append((centre, members))
    made.sort(key=lambda m: (-len(m[1]), m[0]))
    rows = [(n, a, centre) for n, (centre, members) in enumerate(made, start=1) for a in members]
    return pd.DataFrame(rows, columns=["set", "article_id", "centre"])


def _around(centre: str, near: dict[str, float], day: dict[str, int], days: int) -> list[str]:
    """The centre and those near it whose dates fit, nearest first."""
    middle, members = day[centre], [centre]
    for a in sorted(near, key=lambda a: (-near[a], a)):
        if middle < 0:
            middle = day[a]
        if day[a] < 0 or abs(day[a] - middle) <= days:
            members.append(a)
    return members


def _days(published: pd.Series) -> np.ndarray:
    """Day numbers; -1 where there is no date."""
    dates = pd.to_datetime(published, errors="coerce")
    return (
        (dates - pd.Timestamp("0001-01-01").as_unit("s"))
        .dt.days.fillna(-1)
        .astype(np.int64)
        .to_numpy()
    )


def _by_article(rows: pd.DataFrame, tokens: pd.DataFrame, quotes: pd.DataFrame):
    words = {a: g for a, g in tokens.groupby("article_id", sort=False)}
    said = {
        a: g
        for a, g in quotes[quotes["kind"].isin(["direct", "mixed"])].groupby(
            "article_id", sort=False
        )
    }
    for article_id, text in zip(rows["article_id"], rows["text"], strict=True):
        yield text, words.get(article_id), said.get(article_id)


def _features(text: str, words: pd.DataFrame | None, said: pd.DataFrame | None) -> set[str]:
    """Names (words with a capital inside a sentence), numbers, and quoted four-word strings of an
    article."""
    if words is None:
        return set()
    found: set[str] = set()
    norms, starts = words["norm"].tolist(), words["start"].tolist()
    opens = (~words["sentence_id"].duplicated()).tolist()
    for norm, start, first in zip(norms, starts, opens, strict=True):
        if digits := number(norm):
            found.add(f"d:{digits}")
        elif not first and text[start].isupper() and norm not in STOP and len(norm) > 1:
            found.add(f"n:{stem(norm)}")
    return found | _strings(norms, starts, said)


def _strings(norms: list[str], starts: list[int], said: pd.DataFrame | None) -> set[str]:
    found: set[str] = set()
    if said is not None:
        places = np.array(starts)
        for start, end in zip(said["start"], said["end"], strict=True):
            low, high = np.searchsorted(places, [start, end])
            found.update("q:" + " ".join(norms[i : i + RUN]) for i in range(low, high - RUN + 1))
    return found


def _matrix(found: list[set[str]]) -> tuple[csr_array, list[str]]:
    """Articles × features, rows of length 1."""
    counts: dict[str, int] = {}
    for features in found:
        for f in features:
            counts[f] = counts.get(f, 0) + 1
    names = sorted(f for f, n in counts.items() if 1 < n <= max(COMMON, 2))
    column = {f: k for k, f in enumerate(names)}
    cells = [
        (i, column[f]) for i, features in enumerate(found) for f in sorted(features) if f in column
    ]
    at = np.array(cells, dtype=np.int64).reshape(-1, 2)
    weights = np.array([np.log(len(found) / counts[f]) + 0.1 for f in names])
    made = csr_array(
        (weights[at[:, 1]] if len(at) else np.zeros(0), (at[:, 0], at[:, 1])),
        shape=(len(found), len(names)),
    )
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    return csr_array(made.multiply(1 / np.maximum(length, 1e-9)[:, None])), names


def _near(
    matrix: csr_array, day: np.ndarray, low: int, days: int, least: float
) -> list[tuple[int, int, float]]:
    """Pairs of one batch with all that come after in time, as far as the window goes, or have no
    date."""
    high = min(low + BATCH, len(day))
    first = int(np.searchsorted(day, 0))  # those without a date stand before the others
    stop = (
        len(day) if low < first else int(np.searchsorted(day, day[high - 1] + days, side="right"))
    )
    both = (matrix[low:high] @ matrix[low:stop].T).tocoo()
    i, j, score = both.row + low, both.col + low, both.data
    undated = day[i] < 0
    keep = (
        (i < j)
        & (undated | (day[j] - day[i] <= days))
        & (score >= np.where(undated, UNDATED * least, least))
    )
    return sorted(zip(i[keep].tolist(), j[keep].tolist(), score[keep].tolist(), strict=True))


def _shared(matrix: csr_array, names: list[str], i: int, j: int) -> str:
    """What two articles share, quoted strings first, then the rarest; names by their stems."""
    both = matrix[[i]].multiply(matrix[[j]]).tocoo()
    cells = zip((-both.data).tolist(), (names[k] for k in both.col), strict=True)
    order = sorted(cells, key=lambda cell: (cell[1][0] != "q", cell))
    strings = [f"“{f[2:]}”" for _, f in order if f[0] == "q"]
    return ", ".join(strings[:2] + [f[2:] for _, f in order if f[0] != "q"][:5])
