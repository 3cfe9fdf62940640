"""Precision and recall of spans, words and labels against a gold standard, with intervals over
articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.checks import require
from helpers.measure.counts import _search
from helpers.measure.ratios import ratio

NEAR = 0.9
HALF = 0.5
ENDS = ("precision", "p_low", "p_high", "recall", "r_low", "r_high", "f1", "f_low", "f_high")


class Overlap(NamedTuple):
    """How gold and found spans share words.

    pairs  gold, found (positions in their tables), shared (words in both), iou (shared over words
           in either);
           a row for each pair that shares a word
    gold   (gold rows,) words in each
    found  (found rows,) words in each
    """

    pairs: pd.DataFrame
    gold: np.ndarray
    found: np.ndarray


def holder(words: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """(words,) position of the span in which each word starts, -1 outside all of them.

    words, spans  article_id, start (spans: end too); spans of one article do not overlap
    """
    if words.empty or spans.empty:
        return np.full(len(words), -1)
    return _search(words, spans)


def overlap(gold: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame) -> Overlap:
    """Count the words that gold and found spans share.

    gold, found  article_id, start, end; rows of one table do not overlap
    words        article_id, start: every word of the articles, cut blocks too
    """
    g, f = holder(words, gold), holder(words, found)
    sizes = [
        np.bincount(place[place >= 0], minlength=len(t)) for place, t in ((g, gold), (f, found))
    ]
    both = pd.DataFrame({"gold": g, "found": f})[(g >= 0) & (f >= 0)]
    pairs = both.groupby(["gold", "found"], sort=True).size().rename("shared").reset_index()
    either = sizes[0][pairs["gold"]] + sizes[1][pairs["found"]] - pairs["shared"]
    return Overlap(pairs.assign(iou=pairs["shared"] / either), *sizes)


def tally(articles: Iterable[str], **parts: pd.Series | Sequence[str]) -> pd.DataFrame:
    """Count the article_ids given for right, gold and found: articles × these columns, zeros
    included."""
    index = pd.Index(sorted(articles), name="article_id")
    counts = {
        name: pd.Series(list(ids), dtype=object).value_counts() for name, ids in parts.items()
    }
    return pd.DataFrame({n: c.reindex(index, fill_value=0) for n, c in counts.items()}, index=index)


def score(counts: pd.DataFrame, *, seed: int = 0, draws: int = 2000) -> dict[str, object]:
    """Give precision, recall and F1 of counts by article.

    counts   (articles ×) right, gold, found
    returns  gold, found, right; precision, recall, f1 with low and high (0 to 100 %); articles,
             note.
             F1 = 2 right / (gold + found), so that all three are ratios of sums over articles
    """
    require(counts, ["right", "gold", "found"], "counts")
    right, gold, found = (counts[c].to_numpy(float) for c in ("right", "gold", "found"))
    got = [
        ratio(t, b, seed=seed, draws=draws)
        for t, b in ((right, found), (right, gold), (2 * right, gold + found))
    ]
    numbers = [100 * value for each in got for value in each[:3]]
    sums = {"gold": int(gold.sum()), "found": int(found.sum()), "right": int(right.sum())}
    return (
        sums
        | dict(zip(ENDS, numbers, strict=True))
        | {"articles": got[2].articles, "note": got[2].note}
    )


def spans(
    gold: pd.DataFrame,
    found: pd.DataFrame,
    words: pd.DataFrame,
    articles: Iterable[str],
    *,
    seed: int = 0,
    draws: int = 2000,
) -> pd.DataFrame:
    """Score spans three ways against gold.

    gold, found  article_id, start, end; rows of one table do not overlap
    words        article_id, start of every word
    articles     those that gold covers
    returns      counted (exact spans; spans, 9 words in 10 shared; words), then the columns of
                 `score`.
                 Exact: the same offsets. Near: shared words over words in either .9 or more: then
                 each
                 gold span has one partner at most. Words: a word is right where both hold it.
    """
    shared = overlap(gold, found, words)
    near = shared.pairs[shared.pairs["iou"] >= NEAR]["gold"]
    keys = ["article_id", "start", "end"]
    exact = gold[keys].merge(found[keys], on=keys)["article_id"]
    g, f = holder(words, gold), holder(words, found)
    ids = words["article_id"].to_numpy(object)
    rows = {
        "exact spans": tally(
            articles, right=exact, gold=gold["article_id"], found=found["article_id"]
        ),
        "spans, 9 words in 10": tally(
            articles,
            right=gold["article_id"].iloc[near],
            gold=gold["article_id"],
            found=found["article_id"],
        ),
        "words": tally(
            articles, right=ids[(g >= 0) & (f >= 0)], gold=ids[g >= 0], found=ids[f >= 0]
        ),
    }
    return pd.DataFrame(
        [{"counted": n} | score(t, seed=seed, draws=draws) for n, t in rows.items()]
    )


def partners(
    gold: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame, *, over: float = HALF
) -> pd.DataFrame:
    """Join each gold span with the found span that shares most with it.

    over     shared words over words in either must be above this; above .5 no span has two partners
    returns  the gold rows that have one, each column of `found` beside it with the suffix _found,
             and iou
    """
    pairs = overlap(gold, found, words).pairs
    best = pairs[pairs["iou"] > over].sort_values(
        ["gold", "iou", "found"], ascending=[True, False, True]
    )
    best = best.drop_duplicates("gold")
    left = gold.iloc[best["gold"]].reset_index(drop=True)
    right = found.iloc[best["found"]].reset_index(drop=True).add_suffix("_found")
    return pd.concat([left, right, best["iou"].reset_index(drop=True)], axis=1)


def agreed(
    right: pd.Series, articles: pd.Series, *, seed: int = 0, draws: int = 2000
) -> dict[str, object]:
    """Give the share of rows that are right, with an interval over articles.

    right     (rows,) True or False; articles (rows,) article_id of each
    returns   k, n, share, low, high (0 to 100 %), articles, note
    """
    counts = (
        pd.DataFrame({"a": articles.to_numpy(object), "k": right.to_numpy(bool), "n": 1})
        .groupby("a", sort=True)
        .sum()
    )
    got = ratio(counts["k"].to_numpy(float), counts["n"].to_numpy(float), seed=seed, draws=draws)
    shares = {"share": 100 * got.value, "low": 100 * got.low, "high": 100 * got.high}
    return (
        {"k": int(right.sum()), "n": len(right)}
        | shares
        | {"articles": got.articles, "note": got.note}
    )
