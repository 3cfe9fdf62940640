"""How often passages are laid side by side rightly: against facts that somebody traced by hand
through sets of articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.phrases import share
from helpers.story.limiting import distinct
from helpers.story.minhash import copies
from helpers.story.passages import FORMS, shared
from helpers.study import root

if TYPE_CHECKING:
    from helpers.data import Corpus

FACTS = ["fact_id", "fact", "article_id", "start", "end", "form"]
HALF = 0.5
"""Share of the shorter of two spans that must lie in the other, for both to be one passage."""


def facts(corpus: Path) -> pd.DataFrame:
    """Read a corpus's gold of shared facts, `gold/facts.csv` with `gold/sets.csv`; no rows where
    there is none.

    returns  set_id, fact_id, fact, article_id, start, end (missing where form is "not found"), form

    >>> list(facts(Path("no-such-corpus")))
    ['set_id', 'fact_id', 'fact', 'article_id', 'start', 'end', 'form']
    """
    place = corpus / "gold/facts.csv"
    if not place.is_file():
        return pd.DataFrame(columns=["set_id", *FACTS])
    rows = pd.read_csv(place, encoding="utf-8")[FACTS].astype({"start": "Int64", "end": "Int64"})
    sets = pd.read_csv(corpus / "gold/sets.csv", encoding="utf-8")[["set_id", "article_id"]]
    return rows.merge(sets, on="article_id", validate="m:1")


def judge(
    known: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Align each set of the gold, exact copies left out, and compare.

    known    as `facts` gives them
    tables   articles, blocks, tokens, quotes, hits (of naming choices), marks of the corpus
    returns  scores: a row to each set as `pairs` gives it, with precision and recall in per cent;
             forms: as `forms` gives
             them, of all sets, counted: form in the gold (down) and found (across)

    >>> scores, forms = judge(facts(Path("no-such-corpus")), {})
    >>> len(scores), list(forms)
    (0, ['verbatim', 'truncated', 'paraphrased', 'not found'])
    """
    scores, crossed = [], []
    for set_id, rows in known.groupby("set_id", sort=True):
        inside = _within(tables, rows["article_id"])
        inside = _within(
            inside, distinct(inside["articles"], copies(inside["tokens"]))["article_id"]
        )
        gold = rows[rows["article_id"].isin(inside["articles"]["article_id"])]
        found = shared(inside).table.dropna(subset="start").astype({"start": int, "end": int})
        scores.append(
            {"set": set_id, "articles": gold["article_id"].nunique(), **pairs(found, gold)}
        )
        crossed.append(forms(found, gold))
    table = pd.DataFrame(
        scores, columns=["set", "articles", "gold", "found", "right", "hit", "unjudged"]
    )
    table["precision"] = 100 * table["right"] / table["found"].replace(0, np.nan)
    table["recall"] = 100 * table["hit"] / table["gold"].replace(0, np.nan)
    both = pd.concat(crossed) if crossed else pd.DataFrame(columns=["gold", "found"])
    crossing = pd.crosstab(both["gold"], both["found"]).reindex(
        index=FORMS, columns=FORMS, fill_value=0
    )
    return table, crossing


def _within(tables: dict[str, pd.DataFrame], article_ids: pd.Series) -> dict[str, pd.DataFrame]:
    return {name: rows[rows["article_id"].isin(article_ids)] for name, rows in tables.items()}


def pairs(found: pd.DataFrame, gold: pd.DataFrame) -> dict[str, int]:
    """Count pairs of passages in two articles.

    found    passage, article_id, start, end
    gold     fact_id, article_id, start, end of one set
    returns  gold: pairs of articles that have a fact; hit: those that stand together in a passage;
             found: pairs of passages
             laid together of which at least one holds a fact; right: those that hold the same;
             unjudged: pairs laid
             together of which neither holds a fact, which the gold says nothing about
    """
    held = touched(found, gold)
    cells = found[["passage", "article_id"]].drop_duplicates()
    laid = _both(cells, "passage")
    same = _both(held, ["passage", "fact_id"])
    right = same[["passage", "article_id_a", "article_id_b"]].drop_duplicates()
    some = held[["passage", "article_id"]].drop_duplicates()
    keys = set(some.itertuples(index=False, name=None))
    judged = sum(
        (p, a) in keys or (p, b) in keys
        for p, a, b in laid[["passage", "article_id_a", "article_id_b"]].itertuples(index=False)
    )
    wanted = _both(gold[gold["form"] != "not found"][["fact_id", "article_id"]], "fact_id")
    hit = same[["fact_id", "article_id_a", "article_id_b"]].drop_duplicates()
    return {
        "gold": len(wanted),
        "found": judged,
        "right": len(right),
        "hit": len(hit),
        "unjudged": len(laid) - judged,
    }


def touched(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Give which fact stands in which passage of which article: passage, article_id, fact_id."""
    there = gold.dropna(subset="start")[["fact_id", "article_id", "start", "end"]].astype(
        {"start": int, "end": int}
    )
    both = found[["passage", "article_id", "start", "end"]].merge(
        there, on="article_id", suffixes=("", "_gold")
    )
    shorter = np.minimum(both["end"] - both["start"], both["end_gold"] - both["start_gold"])
    common = np.minimum(both["end"], both["end_gold"]) - np.maximum(
        both["start"], both["start_gold"]
    )
    return both.loc[
        common >= HALF * shorter, ["passage", "article_id", "fact_id"]
    ].drop_duplicates()


def _both(rows: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Pairs of rows of two articles that agree in some columns."""
    twice = rows.merge(rows, on=by, suffixes=("_a", "_b"))
    return twice[twice["article_id_a"] < twice["article_id_b"]]


def forms(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Give, for each fact and article, the form in the gold and the form found.

    returns  fact_id, article_id, gold, found. Found is the form of the passage that holds the fact
             there and in another
             article. Where the gold has no passage, it is that of a passage that other articles'
             versions of the fact stand
             with, unless it is with them for another fact
    """
    held = touched(found, gold)
    first = found.drop_duplicates(["passage", "article_id"]).set_index(["passage", "article_id"])[
        "form"
    ]
    by_cell = held.groupby(["passage", "article_id"])["fact_id"].agg(set).to_dict()
    rows = [
        (r.fact_id, r.article_id, r.form, _found(r, first, by_cell))
        for r in gold.itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["fact_id", "article_id", "gold", "found"])


def _found(row, first: pd.Series, by_cell: dict[tuple, set[str]]) -> str:
    for passage, article_id in first.index:
        if article_id != row.article_id:
            continue
        own = by_cell.get((passage, article_id), set())
        others = set().union(
            *(f for (p, a), f in by_cell.items() if p == passage and a != article_id)
        )
        if row.fact_id in others and (
            row.fact_id in own or (row.form == "not found" and not own & others)
        ):
            return first[passage, article_id]
    return "not found"


class Traced(NamedTuple):
    """Shared passages against facts traced by hand.

    scores  one row per set: pairs in the gold, found, right …, precision and recall (per cent)
    forms   forms of the facts: in the gold (rows) and found (columns)
    words   precision and recall over all sets, in words
    """

    scores: pd.DataFrame
    forms: pd.DataFrame
    words: str


def traced(news: Corpus, corpus: str) -> Traced | None:
    """Return how well shared passages agree with the facts that were traced by hand in a corpus;
    None where nobody traced any.

    news    as `data.open` returns it
    corpus  the folder of its articles, with gold/facts.csv, relative to the project

    >>> from helpers import data
    >>> traced(data.open("data/raw/demo"), "data/raw/no-such-corpus") is None
    True
    """
    known = facts(root() / corpus)
    known = known[known["article_id"].isin(news.articles["article_id"])]
    if known.empty:
        return None
    naming = [lexicon.name for lexicon in news.lexicons if lexicon.kind == "naming"]
    tables = {
        name: getattr(news.ledger, name)
        for name in ("articles", "blocks", "tokens", "quotes", "voices", "marks", "hits")
    }
    tables["hits"] = tables["hits"][tables["hits"]["lexicon"].isin(naming)]
    scores, crossed = judge(known, tables)
    right = share(int(scores["right"].sum()), int(scores["found"].sum()))
    hit = share(int(scores["hit"].sum()), int(scores["gold"].sum()))
    words = f"{right} pairs are laid together rightly, and {hit} of those in the gold are found"
    return Traced(scores, crossed.rename_axis("in the gold").reset_index(), words)
