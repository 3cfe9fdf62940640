"""Articles as lists of words with a feature to each: what their passages are made from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

import pandas as pd

from helpers.story.features import features, stem


class Text(NamedTuple):
    """One article with what its units are made from; places are indexes into its tokens."""

    article_id: str
    text: str
    starts: list[int]
    ends: list[int]
    norms: list[str]
    found: list[str]
    sentences: list[int]
    inserted: frozenset[int]


def texts(
    articles: pd.DataFrame, tokens: pd.DataFrame, hits: pd.DataFrame, marks: pd.DataFrame
) -> list[Text]:
    """Give each article with the features of its words.

    articles  article_id, text
    tokens    article_id, sentence_id, start, end, norm
    hits      article_id, start, end, lexicon, category: naming choices, whose referents count as
              one whatever they are called
    marks     article_id, start, end, mark; words of an `insertion` are not the speaker's
    returns   in the order of `articles`
    """
    groups = {
        name: {k: g for k, g in t.groupby("article_id", sort=False)}
        for name, t in zip("thm", (tokens, hits, marks), strict=True)
    }
    names = proper(articles, groups["t"])
    return [
        _text(row, groups, names)
        for row in articles[["article_id", "text"]].itertuples(index=False)
        if row.article_id in groups["t"]
    ]


def proper(articles: pd.DataFrame, tokens: dict[str, pd.DataFrame]) -> frozenset[str]:
    """Stems of words that inside sentences stand with a capital more often than without."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        rows = tokens.get(article_id)
        if rows is None:
            continue
        first = ~rows["sentence_id"].duplicated().to_numpy()
        for start, norm, opens in zip(rows["start"], rows["norm"], first, strict=True):
            if not opens and len(norm) > 1:
                (upper if text[start].isupper() else lower)[stem(norm)] += 1
    return frozenset(root for root, n in upper.items() if n > lower[root])


def _text(row, groups: dict, names: frozenset[str]) -> Text:
    rows = groups["t"][row.article_id].sort_values("start")
    starts, ends, norms = rows["start"].tolist(), rows["end"].tolist(), rows["norm"].tolist()
    referents: dict[int, str] = {}
    if (hits := groups["h"].get(row.article_id)) is not None:
        for hit in hits.sort_values("start").itertuples(index=False):
            low, high = bisect_left(starts, hit.start), bisect_left(starts, hit.end)
            if low < high and norms[low] not in ("in", "to", "the", "of"):
                sign = "n" if stem(norms[high - 1]) in names else "r"
                referents |= {i: "" for i in range(low + 1, high)} | {low: f"{sign}:{hit.category}"}
    inserted: set[int] = set()
    if (marks := groups["m"].get(row.article_id)) is not None:
        for mark in marks[marks["mark"] == "insertion"].itertuples(index=False):
            inserted.update(range(bisect_left(starts, mark.start), bisect_left(starts, mark.end)))
    return Text(
        row.article_id,
        row.text,
        starts,
        ends,
        norms,
        features(norms, names, referents),
        rows["sentence_id"].tolist(),
        frozenset(inserted),
    )
