"""Who is given words, how many, and by which kind of passage. Counts tokens, never sees text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from helpers.ledger import OWN
from helpers.measure.checks import require, require_one_row_each
from helpers.measure.counts import _search, _span_of
from helpers.measure.ratios import ratio
from helpers.voices.introduced import introduced

INTERVIEW = "interview"
"""Kind of a stretch of an interviewee's turn; the other kinds are those of `quotes`."""

NOT_SPOKEN = frozenset({"insertion", "translator"})
SPEECH = ["article_id", "outlet", "start", "end", "kind", "speaker", "speaker_type", "cue", "rule"]


def speech(
    quotes: pd.DataFrame, voices: pd.DataFrame, tokens: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """List every passage in which an outlet gives words to somebody, with its words.

    quotes    the ledger's quotes
    voices    the ledger's voices; stretches of voice interviewee are passages of kind "interview"
    tokens    article_id, start
    articles  article_id, outlet, each article once; other articles are left out
    returns   article_id, outlet, start, end, kind, speaker, speaker_type, cue, rule, words
              (insertions and
              translator's notes not counted), group, verb, negated (of the cue), quotes (1 for each
              row);
              in the order of the text
    """
    require_one_row_each(articles)
    ids = set(articles["article_id"])
    quotes, voices, tokens = (t[t["article_id"].isin(ids)] for t in (quotes, voices, tokens))
    held = tokens[~voices["voice"].iloc[_span_of(tokens, voices)].isin(NOT_SPOKEN).to_numpy()]
    turns = voices[voices["voice"] == "interviewee"]
    named = turns["speaker"].fillna("").ne("")
    kind = np.where(named, "person", "unattributed")
    turns = turns.assign(kind=INTERVIEW, speaker_type=kind, cue="", rule="turn of an interview")
    parts = [part.assign(words=_held(held, part)) for part in (quotes, turns)]
    rows = pd.concat(
        [p[[*(c for c in SPEECH if c != "outlet"), "words"]] for p in parts if len(p)] or [_none()]
    )
    outlet = articles.set_index("article_id")["outlet"]
    rows = rows.assign(outlet=rows["article_id"].map(outlet), quotes=1)
    rows["speaker"] = rows["speaker"].fillna("")
    for i, column in enumerate(("group", "verb", "negated")):
        rows[column] = [introduced(cue)[i] for cue in rows["cue"]]
    rows.loc[rows["kind"] == INTERVIEW, "group"] = INTERVIEW
    columns = [*SPEECH, "words", "quotes", "group", "verb", "negated"]
    return rows[columns].sort_values(["outlet", "article_id", "start"], ignore_index=True)


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=[*SPEECH, "words"]).astype({"words": int})


def _held(tokens: pd.DataFrame, spans: pd.DataFrame) -> np.ndarray:
    """How many tokens start in each span."""
    if spans.empty or tokens.empty:
        return np.zeros(len(spans), dtype=int)
    place = _search(tokens, spans)
    return np.bincount(place[place >= 0], minlength=len(spans))


def shares(
    rows: pd.DataFrame,
    base: pd.DataFrame,
    column: str,
    *,
    weight: str = "words",
    cells: Sequence[str] | None = None,
    by: Sequence[str] = ("outlet",),
    seed: int = 0,
    draws: int = 2000,
) -> pd.DataFrame:
    """Give for each outlet the share of each value of a column, with an interval over its articles.

    rows     article_id, `column`, quotes, `weight` and the columns of `by`: rows of `speech`, or
             others with quotes
    base     article_id, `weight` and the columns of `by`: what the share is of, a row or more for
             each article
    column   side, speaker_type, kind, group …
    weight   words: shares of words; quotes: shares of passages
    cells    values to show even where nothing was found, in order; none given: those found, sorted
    by       columns that make the groups; none: all together
    returns  *by, column, quotes, words (of words), of (the base), share, low, high (0 to 100 %),
             articles_with, articles (with something in the base), note
    """
    by = list(by)
    require(rows, ["article_id", *by, column, weight], "rows")
    require(base, ["article_id", *by, weight], "base")
    found = list(cells) if cells is not None else sorted(set(rows[column].dropna()))
    sizes = base.groupby([*by, "article_id"], sort=True)[weight].sum()
    sums = rows.groupby([*by, column, "article_id"], sort=True)[sorted({weight, "quotes"})].sum()
    table = []
    for key, size in sizes.groupby(level=by, sort=True) if by else [((), sizes)]:
        below = size.droplevel(by) if by else size
        for cell in found:
            own = _own(sums, (*key, cell)).reindex(below.index, fill_value=0)
            got = ratio(own[weight].to_numpy(), below.to_numpy(), seed=seed, draws=draws)
            counts = [int(own["quotes"].sum()), int(own[weight].sum()), int(below.sum())]
            percent = [100 * got.value, 100 * got.low, 100 * got.high]
            table.append(
                [
                    *key,
                    cell,
                    *counts,
                    *percent,
                    int((own[weight] > 0).sum()),
                    got.articles,
                    got.note,
                ]
            )
    columns = [
        *by,
        column,
        "quotes",
        "words",
        "of",
        "share",
        "low",
        "high",
        "articles_with",
        "articles",
        "note",
    ]
    done = pd.DataFrame(table, columns=columns)
    return done if weight == "words" else done.drop(columns="words")


def _own(sums: pd.DataFrame, key: tuple) -> pd.DataFrame:
    """The articles' sums of one cell; no rows where it has none."""
    if key not in sums.index.droplevel("article_id"):
        return sums.iloc[:0].droplevel(list(range(sums.index.nlevels - 1)))
    return sums.loc[key if len(key) > 1 else key[0]]


PARTS = {
    "own voice": OWN,
    "quoted": ("quote",),
    "reported": ("indirect",),
    "interviewed": ("interviewee",),
    "other": ("interviewer", "scare", "translator"),
}
"""Voices by whose words they are, for shares of an outlet's text; `other` is the outlet's pen at
arm's length."""

GIVEN = ("quoted", "reported", "interviewed")
"""The parts of PARTS that are somebody else's words."""

KINDS = ("direct", "mixed", "indirect", "attitude", INTERVIEW)
TYPES = ("person", "organisation", "document", "anonymous", "unattributed")
ITSELF = "the outlet itself"


def part(voices: pd.Series) -> pd.Series:
    """Give for each voice its name in PARTS."""
    return voices.map({voice: name for name, members in PARTS.items() for voice in members})


def whose(rows: pd.DataFrame, side: Callable[[str], str]) -> pd.Series:
    """Say for each row (hit, words …) on whose side its words are.

    rows     voice, speaker
    side     speaker → side
    returns  ITSELF where the outlet speaks; the speaker's side for quotation, reported speech and
             interviewees;
             the voice's name for the others (scare, interviewer, translator)
    """
    given = rows["voice"].isin(["quote", "indirect", "interviewee"])
    sides = rows["speaker"].fillna("").map(side)
    return sides.where(given, rows["voice"].where(~rows["voice"].isin(OWN), ITSELF))


STANDS = ("asserting", "denying", "conceding", "demanding", "warning", "criticising", "praising")
"""Classes of reporting verbs by which an outlet says more than that somebody spoke."""

TONES = ("neutral", *STANDS, "another")


def tone(group: pd.Series) -> pd.Series:
    """Give for each class of cue how it introduces: neutrally, by a verb that takes a stand (its
    class), or otherwise."""
    neutral = group.isin(["neutral", "according to"])
    return group.where(group.isin(STANDS), "another").where(~neutral, "neutral")


def speakers(speech: pd.DataFrame) -> pd.DataFrame:
    """List the speakers, those with most words first.

    speech   from `speech`, with side
    returns  speaker, side, type, outlets, articles, words, share (of all words given, per cent),
             passages,
             direct, mixed, indirect, interview; nobody left out
    """
    kinds = list(KINDS)
    counted = speech.assign(**{kind: speech["kind"].eq(kind).astype(int) for kind in kinds})
    sums = {c: (c, "sum") for c in ("words", *kinds)}
    about = {
        "type": ("speaker_type", "first"),
        "outlets": ("outlet", "nunique"),
        "articles": ("article_id", "nunique"),
    }
    rows = counted[counted["speaker"] != ""].groupby(["speaker", "side"], as_index=False)
    table = rows.agg(**about, **sums, passages=("quotes", "sum"))
    table["share"] = 100 * table["words"] / max(int(speech["words"].sum()), 1)
    columns = [
        "speaker",
        "side",
        "type",
        "outlets",
        "articles",
        "words",
        "share",
        "passages",
        *kinds,
    ]
    return table[columns].sort_values(
        ["words", "speaker"], ascending=[False, True], ignore_index=True
    )


def verbs(speech: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """List the classes of reporting verbs, the commonest first.

    speech   from `speech`; passages without a cue are left out
    most     verbs named for each class
    returns  group, passages, negated, a column for each outlet, and the verbs with their numbers
    """
    cued = speech[~speech["group"].isin([INTERVIEW, "no cue"])]
    table = []
    for group, rows in cued.groupby("group", sort=True):
        counts = rows.groupby("verb").size().sort_values(ascending=False, kind="stable")
        named = ", ".join(f"{verb} {n}" for verb, n in counts.head(most).items())
        more = f", {len(counts) - most} more" if len(counts) > most else ""
        table.append([group, named + more, len(rows), int(rows["negated"].sum())])
    done = pd.DataFrame(table, columns=["group", "verbs", "passages", "negated"])
    per_outlet = (
        pd.crosstab(cued["group"], cued["outlet"]).reset_index() if len(cued) else done[["group"]]
    )
    done = done.merge(per_outlet, on="group", validate="1:1")
    done = done[[*(c for c in done if c != "verbs"), "verbs"]]
    return done.sort_values(["passages", "group"], ascending=[False, True], ignore_index=True)


def users(hits: pd.DataFrame) -> pd.DataFrame:
    """List the speakers in whose words loaded terms stand, those with most terms first.

    hits     with speaker, side, entry; those without a speaker and the outlets' own are left out
    returns  speaker, side, hits, terms (with their numbers)
    """
    table = []
    others = hits[hits["speaker"].fillna("").ne("") & hits["side"].ne(ITSELF)]
    for (speaker, side), rows in others.groupby(["speaker", "side"], sort=True):
        counts = rows.groupby("entry").size().sort_values(ascending=False, kind="stable")
        table.append(
            [speaker, side, len(rows), ", ".join(f"{entry} {n}" for entry, n in counts.items())]
        )
    done = pd.DataFrame(table, columns=["speaker", "side", "hits", "terms"])
    return done.sort_values(["hits", "speaker"], ascending=[False, True], ignore_index=True)
