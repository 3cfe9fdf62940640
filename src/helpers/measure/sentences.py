"""How many sentences, and how many articles, carry a category of a lexicon: the counts behind
frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.measure.counts import occurrences, spoken
from helpers.measure.tally import Tally


class SentenceCounts(NamedTuple):
    """What `rates` takes, counted in sentences.

    counts     article_id, outlet, voice, lexicon, category, hits: sentences with the category,
               zeros included
    sentences  article_id, outlet, voice, words: sentences with a word in the voice (called words
               because it is
               the denominator that `rates` asks for)
    """

    counts: pd.DataFrame
    sentences: pd.DataFrame


def sentence_counts(
    hits: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
    articles: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    terms: pd.DataFrame,
) -> SentenceCounts:
    """Count the sentences that carry a category, by voice.

    hits      article_id, sentence_id, voice, lexicon, category; hits in no sentence are not counted
    tokens    article_id, sentence_id, start; voices: spans; articles: article_id, outlet, each
              article once
    groups    what to count together: {"own voice": ["narration", "headline"], "quoted":
              ["quote"]}; a voice in no group is not counted. A sentence in two voices counts in
              both, each time for the hits in that voice
    terms     lexicon, category: the cells to show even where nothing was found
    """
    group = {voice: name for name, members in groups.items() for voice in members}
    inside = tokens.loc[
        tokens["article_id"].isin(articles["article_id"]), ["article_id", "sentence_id", "start"]
    ]
    inside = inside.assign(voice=spoken(inside, voices)["voice"].map(group))
    each = inside.dropna(subset=["voice"]).drop_duplicates(["article_id", "sentence_id", "voice"])
    below = each.groupby(["article_id", "voice"], sort=True).size().rename("words").reset_index()
    below.insert(
        1,
        "outlet",
        below["article_id"].map(articles.set_index("article_id")["outlet"].astype(object)),
    )
    return SentenceCounts(_carrying(hits, articles, groups, terms), below)


def _carrying(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    terms: pd.DataFrame,
    *,
    thin: bool = False,
) -> pd.DataFrame:
    group = {voice: name for name, members in groups.items() for voice in members}
    found = hits.assign(voice=hits["voice"].map(group)).dropna(subset=["voice", "sentence_id"])
    found = found.drop_duplicates(["article_id", "sentence_id", "voice", "lexicon", "category"])
    return occurrences(
        found,
        articles,
        by=("voice", "lexicon", "category"),
        voices=list(groups),
        terms=terms,
        thin=thin,
    )


def sentences_in(
    tally: Tally,
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    terms: pd.DataFrame,
) -> SentenceCounts:
    """Count the sentences that carry a category, by voice, from the tally of a ledger: as
    `sentence_counts`, with few zeros."""
    return SentenceCounts(
        _carrying(hits, articles, groups, terms, thin=True), tally.sentences_of(articles, groups)
    )


def per_hundred(rates: pd.DataFrame, unit: str = "sentence") -> pd.DataFrame:
    """Turn rates counted in sentences or acts into shares: k of n, and per 100.

    rates    from `measure.rates`, where `words` counted sentences, or acts
    unit     what was counted, singular, for the notes
    returns  its columns with hits and words called k and n, rate called share; share, low, high per
             100
    """
    table = rates.rename(columns={"hits": "k", "words": "n", "rate": "share"})
    table[["share", "low", "high"]] /= 10
    return table.assign(
        note=table["note"]
        .astype(str)
        .str.replace(r"^only [\d,]+ words?: ", lambda m: m[0].replace("word", unit), regex=True)
    )
