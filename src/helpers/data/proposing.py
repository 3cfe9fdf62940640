"""Candidates for a lexicon: words of a corpus that stand out and are in no entry yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import measure, study, terms

if TYPE_CHECKING:
    from helpers.data.corpus import Corpus

VERBS = "data/lexicons/reporting-verbs.yml"
TWICE = 1.0
"""Of a log ratio: near the term twice as often as elsewhere."""

CAPITAL = 0.9
"""Share of a word's occurrences with a capital from which on it is taken for a name."""


def around(
    news: Corpus,
    hits: pd.DataFrame,
    *,
    window: int = 5,
    most: int = 15,
    least: int = 3,
    seed: int = 20,
) -> pd.DataFrame:
    """Return candidates from the outlets' own words and from the company of some hits.

    news     as `data.open` returns it; the entries of its lexicons are known
    hits     whose company counts, such as those of one term
    window   words to each side that are company
    most     candidates returned; least: how often one must occur
    seed     of the resamples by which words lean to an outlet
    returns  entry, category (empty: a person fills it), count, articles, forms, why

    Keyness compares each outlet with the rest in the outlets' own voice; the words that lean
    clearly come first. Company is ordered by logDice, of words that stand near at least twice as
    often as elsewhere, and in two articles. Reporting verbs have a lexicon of their own and are no
    candidates; names come last.
    """
    articles, lexicons = news.about, news.lexicons
    tokens = news.ledger.of(set(articles["article_id"]), "tokens")
    left = news.names()
    counts = news.counts()
    how = measure.Settings(least_count=least, leave_out=tuple(left), draws=200, seed=seed)
    led = measure.leading(measure.compared(counts, measure.comparisons(articles), how), most, how)
    reasons = {
        f"leans to {outlet}": list(part["term"])
        for outlet, part in led.groupby("outlet", sort=True)
    }
    near = measure.collocates(tokens, hits, window=window, leave_out=left)
    named = ", ".join(dict.fromkeys(hits["term"]))
    reasons[f"near {named}"] = list(
        near.loc[(near["log_ratio"] >= TWICE) & (near["articles"] > 1), "term"]
    )
    known = tokens.groupby("norm").agg(count=("start", "size"), articles=("article_id", "nunique"))
    known = known.rename_axis("term").reset_index()
    found = terms.candidates(known, reasons, lexicons, least=least, most=len(known))
    verbs = terms.load(study.root() / VERBS)
    found = found[found["entry"].isin(terms.unlisted(found["entry"], [verbs]))]
    return _names_last(news, found, tokens).head(most).reset_index(drop=True)


def _names_last(news: Corpus, found: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """What nearly always begins with a capital is a name more often than a word that judges."""
    spots = terms.places(found, tokens)
    texts = news.texts(spots["article_id"])
    capital = pd.Series(
        [texts[a][s].isupper() for a, s in zip(spots["article_id"], spots["start"], strict=True)],
        index=spots.index,
        dtype=float,
    )
    share = capital.groupby(spots["entry"]).mean()
    name = found["entry"].map(share).fillna(0) >= CAPITAL
    marked = found.assign(why=found["why"].where(~name, found["why"] + "; a name?"))
    return pd.concat([marked[~name], marked[name]])


def loaded(
    news: Corpus, *, most: int = 15, least: int = 3, uses: int = 3000
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return words that no lexicon has, ranked by how likely readers mark them as loaded, and where
    each of their uses is.

    news     as `data.open` returns it; the entries of its lexicons are known
    most     candidates returned; least: how often one must occur in the outlets' own voice
    uses     uses that are read
    returns  as `terms.loaded_candidates`; the uses have the columns of their article

    Every word is first ranked by itself; the uses of the words that come first, in order until
    there are `uses` of them, are then scored in their sentences. Reporting verbs have a lexicon of
    their own and are no candidates.
    """
    lexicons = [*news.lexicons, terms.load(study.root() / VERBS)]
    counts = news.counts()
    often = pd.Series(np.asarray(counts.matrix.sum(axis=0)).ravel(), list(counts.terms))
    often = often[often >= least]
    likely = pd.DataFrame({"score": terms.loaded_alone(often.index), "count": often})
    likely = likely.rename_axis("term").sort_values(["score", "term"], ascending=[False, True])
    likely = likely[likely["count"].cumsum() <= uses]
    places = _outside_hits(news, news.places(terms.unlisted(likely.index, lexicons)))
    scores = terms.loaded_scores(news.sentences_at(places))
    scores = scores.merge(places[["article_id", "start"]], on=["article_id", "start"])
    found, read = terms.loaded_candidates(scores, lexicons, least=least, most=most)
    return found, read.merge(news.about, on="article_id", how="left", validate="m:1")


def _outside_hits(news: Corpus, places: pd.DataFrame) -> pd.DataFrame:
    """Places that are no part of a longer entry: olive in "olive branch" is no candidate."""
    if not news.lexicons or places.empty:
        return places
    places = places.reset_index(drop=True)
    ends = places[["article_id", "start", "end"]].assign(row=places.index)
    hits = news.hits[["article_id", "start", "end"]]
    both = ends.merge(hits, on="article_id", suffixes=("", "_of_hit"))
    inside = (both["start"] >= both["start_of_hit"]) & (both["end"] <= both["end_of_hit"])
    return places.drop(index=both.loc[inside, "row"].unique())


def find(news: Corpus, wanted: str) -> tuple[pd.DataFrame, str]:
    """Return the hits of what somebody typed, and how they were found.

    wanted  a word or a phrase, * for the rest of a word; several separated by commas
    raises  ValueError if it is no pattern
    """
    parts = [part.strip() for part in wanted.split(",") if part.strip()]
    if not parts:
        raise ValueError(
            "Type a term: a word, a phrase, or several separated by commas; * stands for the rest"
            " of a word."
        )
    hits = news.hits if news.lexicons else pd.DataFrame({"entry": []})
    if set(parts) <= set(hits["entry"]):
        rows = hits[hits["entry"].isin(parts)]
        return rows, f"as the lexicon {', '.join(sorted(rows['lexicon'].unique()))} counts it"
    return news.search(parts), "as typed"


def concordance(news: Corpus, hits: pd.DataFrame, window: int) -> pd.DataFrame:
    """Return hits with the words around them, within their paragraph."""
    rows = hits.sort_values(["outlet", "article_id", "start"], kind="stable")
    if news.evidence != "sentences":
        return rows.assign(before="", match="", after="")
    texts = news.texts(rows["article_id"])
    blocks = news.ledger.of(set(rows["article_id"]), "blocks", ["article_id", "start", "end"])
    blocks = blocks.sort_values(["start"], kind="stable").rename(
        columns={"start": "_s", "end": "_e"}
    )
    at = rows[["article_id", "start"]].assign(_row=range(len(rows))).sort_values("start")
    held = pd.merge_asof(
        at.astype({"start": "int64"}),
        blocks.astype({"_s": "int64"}),
        left_on="start",
        right_on="_s",
        by="article_id",
    ).sort_values("_row")
    lines: list[Sequence[str]] = []
    for row, low, high in zip(rows.itertuples(), held["_s"], held["_e"], strict=True):
        text = texts[row.article_id]
        first, last = (0, len(text)) if pd.isna(low) else (int(low), int(high))
        lines.append(_around(text, row.start, row.end, first, last, window))
    return rows.assign(**{n: [line[i] for line in lines] for i, n in enumerate(LINE)})


LINE = ("before", "match", "after")


def _around(text: str, start: int, end: int, low: int, high: int, window: int) -> Sequence[str]:
    far = 24 * window  # characters: a word is seldom longer
    before = text[max(low, start - far) : start]
    after = text[end : max(end, min(high, end + far))]
    left = " ".join(before.split()[-window:]) + (" " if before[-1:].isspace() else "")
    right = (" " if after[:1].isspace() else "") + " ".join(after.split()[:window])
    return left, " ".join(text[start:end].split()), right
