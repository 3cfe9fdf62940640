"""What recurs in the articles of one outlet: words that the cleaning kept although they may be
furniture, and lines that it cut although they may be the article's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.ledger import KEPT

if TYPE_CHECKING:
    from helpers.data.corpus import Corpus

SAMPLE = 200
"""Articles of an outlet that are looked at, evenly over all it has; furniture is in most."""

COLUMNS = ["outlet", "words", "of", "article_id", "start", "end"]


def recurring(
    news: Corpus, *, kept: bool = True, length: int = 6, most: int = 5, least: int = 3
) -> pd.DataFrame:
    """Return what recurs most in the articles of each outlet.

    kept     whether to look at the words that were kept; else at the lines that were cut
    length   words of a run; of a cut line at most so many are shown
    most     runs for each outlet
    least    articles that must have a run, and a twentieth of the outlet's at least
    returns  a row for each run and article that has it: outlet, words, of (articles of the outlet
             looked at), article_id, start, end; the commonest first
    """
    about = news.about[["article_id", "outlet"]].sort_values(["outlet", "article_id"])
    own = {outlet: list(part["article_id"]) for outlet, part in about.groupby("outlet", sort=True)}
    own = {outlet: ids[:: max(1, -(-len(ids) // SAMPLE))] for outlet, ids in own.items()}
    own = {outlet: ids for outlet, ids in own.items() if len(ids) >= least}
    every = [article for ids in own.values() for article in ids]
    read = _kept(news, every) if kept else _cut(news, every)
    find = _runs if kept else _lines
    rows = []
    for outlet, ids in own.items():
        found = find(read[read["article_id"].isin(ids)], length)
        enough = max(least, -(-len(ids) // 20))
        for words, places in _largest(found, enough, most):
            rows += [(outlet, words, len(ids), *place) for place in places]
    return pd.DataFrame(rows, columns=COLUMNS)


Place = tuple[str, int, int]
Found = Iterator[tuple[str, list[Place]]]


def _largest(found: Found, enough: int, most: int) -> list[tuple[str, list[Place]]]:
    """The runs in most articles; of those that overlap in their first place one."""
    chosen: list[tuple[str, list[Place]]] = []
    for words, places in found:
        if len(places) < enough or len(chosen) >= most:
            break
        article, start, end = places[0]
        overlaps = any(
            article == other[0] and start < other[2] and other[1] < end
            for _, others in chosen
            for other in others
        )
        if not overlaps:
            chosen.append((words, places))
    return chosen


def _kept(news: Corpus, ids: list[str]) -> pd.DataFrame:
    return news.ledger.of(ids, "tokens", ["article_id", "sentence_id", "start", "end", "norm"])


def _cut(news: Corpus, ids: list[str]) -> pd.DataFrame:
    blocks = news.ledger.of(ids, "blocks", ["article_id", "start", "end", "role"])
    blocks = blocks[~blocks["role"].isin(KEPT)]
    texts = news.texts(ids)
    places = zip(blocks["article_id"], blocks["start"], blocks["end"], strict=True)
    return blocks.assign(text=[texts[article][start:end] for article, start, end in places])


def _runs(tokens: pd.DataFrame, length: int) -> Found:
    """Runs of kept words inside a sentence, in most articles first."""
    if len(tokens) < length:
        return
    codes = pd.factorize(tokens["norm"])[0].astype(np.int64)
    article = pd.factorize(tokens["article_id"])[0]
    sentence = tokens.groupby(["article_id", "sentence_id"], sort=False, observed=True).ngroup()
    sentence = sentence.to_numpy()
    size = len(codes) - length + 1
    runs = np.zeros(size, dtype=np.int64)
    for step in range(length):  # wraps round: equal runs stay equal, others nearly never meet
        runs = runs * np.int64(1_000_003) + codes[step : step + size]
    inside = sentence[:size] == sentence[length - 1 :]
    seen = pd.DataFrame({"run": runs, "article": article[:size], "at": np.arange(size)})[inside]
    groups = seen.drop_duplicates(["run", "article"]).groupby("run")["at"]
    counts = groups.agg(["size", "min"])
    counts = counts[counts["size"] > 1].sort_values(["size", "min"], ascending=[False, True])
    ids_, starts, ends = (tokens[c].to_numpy() for c in ("article_id", "start", "end"))
    for run in counts.index:
        places = [
            (ids_[at], int(starts[at]), int(ends[at + length - 1])) for at in groups.get_group(run)
        ]
        at = counts.at[run, "min"]
        yield " ".join(tokens["norm"].iloc[at : at + length]), places


def _lines(blocks: pd.DataFrame, length: int) -> Found:
    """Lines that were cut, in most articles first, by their first words."""
    places: dict[str, dict[str, Place]] = {}
    columns = blocks[["article_id", "start", "end", "text"]]
    for article, start, end, text in columns.itertuples(index=False):
        words = " ".join(text.split()[:length])
        if words:
            places.setdefault(words, {}).setdefault(article, (article, int(start), int(end)))
    for words, found in sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield words, list(found.values())


def bursts(news: Corpus, share: float = 0.5, least: int = 20) -> list[str]:
    """Return a line for each term of which three articles hold most hits, and for each outlet of
    which one article holds most words: a page that is no article (a gallery, a transcript) may be
    among them.

    share  of the hits (or words) from which on it is said
    least  hits that a term must have
    """
    lines = []
    words = news.articles.groupby("outlet")["words"].agg(["sum", "max", "size"])
    for outlet, row in words[words["size"] >= 5].iterrows():
        if row["max"] >= share * row["sum"] > 0:
            part = 100 * row["max"] / row["sum"]
            lines.append(f"one article holds {part:.0f} % of the words of {outlet}")
    if not news.lexicons:
        return lines
    per = news.hits.groupby(["term", "article_id"], observed=True).size()
    for term, counts in per.groupby(level="term", observed=True):
        total, three = int(counts.sum()), int(counts.nlargest(3).sum())
        if total >= least and len(counts) > 3 and three >= share * total:
            lines.append(f"three articles hold {three:,} of {total:,} hits of “{term}”")
    return lines
