"""Candidates for a lexicon as a notebook shows them: where they come from, and the lines to decide
by."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers import measure, terms
from helpers.ledger import OWN, Ledger
from helpers.show import pieces as show
from helpers.show.explore import View
from helpers.show.html import Html

VERBS = "data/lexicons/reporting-verbs.yml"
TWICE = 1.0  # of a log ratio
CAPITAL = 0.9  # share of a word's occurrences
EACH = 3
"""Lines shown for each candidate; the CSV beside the report holds the counts of all."""


def around(
    tables: Ledger,
    view: View,
    lexicons: Iterable[str],
    *,
    window: int = 5,
    most: int = 15,
    least: int = 3,
    seed: int = 0,
) -> pd.DataFrame:
    """Give candidates from the outlets' own words and from the company of what is looked at.

    tables    the ledger
    view      its hits are the target whose company counts, its outlets those compared
    lexicons  files whose entries are known
    returns   the columns of `terms.candidates`

    Keyness compares each outlet with the rest in the outlets' own voice (measure.compared); the
    words that lean
    clearly come first. Company is ordered by logDice (measure.collocates), of words that stand near
    at least twice
    as often as elsewhere, and in two articles. Reporting verbs have a lexicon of their own and are
    no candidates; names
    stand last.
    """
    chosen = list(view.choice.outlets) or list(tables.articles["outlet"].unique())
    articles = tables.articles[tables.articles["outlet"].isin(chosen)]
    tokens = tables.tokens[tables.tokens["article_id"].isin(articles["article_id"])]
    left = terms.leave_out(articles, tokens)
    counts = measure.term_counts(tokens, tables.voices, articles, OWN)
    how = measure.Settings(least_count=least, leave_out=tuple(left), draws=200, seed=seed)
    led = measure.leading(measure.compared(counts, measure.comparisons(articles), how), most, how)
    reasons = {
        f"leans to {outlet}": list(part["term"])
        for outlet, part in led.groupby("outlet", sort=True)
    }
    near = measure.collocates(tokens, view.hits, window=window, leave_out=left)
    reasons[f"near {view.choice.term.strip()}"] = list(
        near.loc[(near["log_ratio"] >= TWICE) & (near["articles"] > 1), "term"]
    )
    known = (
        tokens.groupby("norm")
        .agg(count=("start", "size"), articles=("article_id", "nunique"))
        .rename_axis("term")
        .reset_index()
    )
    found = terms.candidates(
        known, reasons, terms.loaded_from(lexicons), least=least, most=len(known)
    )
    found = found[found["entry"].isin(terms.unlisted(found["entry"], terms.loaded_from([VERBS])))]
    return _names_last(found, tables).head(most).reset_index(drop=True)


def _names_last(found: pd.DataFrame, tables: Ledger) -> pd.DataFrame:
    """What nearly always begins with a capital is a name more often than a word that judges."""
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    spots = terms.places(found, tables.tokens)
    capital = pd.Series(
        [texts[a][s].isupper() for a, s in zip(spots["article_id"], spots["start"], strict=True)],
        index=spots.index,
        dtype=float,
    )
    share = capital.groupby(spots["entry"]).mean()
    name = found["entry"].map(share).fillna(0) >= CAPITAL
    marked = found.assign(why=found["why"].where(~name, found["why"] + "; a name?"))
    return pd.concat([marked[~name], marked[name]])


def table(tables: Ledger, found: pd.DataFrame, evidence: str = "sentences") -> Html:
    """Show candidates with some of their lines; the CSV is the sheet in which a person accepts
    them."""
    if found.empty:
        return show.note("There is no candidate: too few words stand out.")
    show.save(found, "candidates")
    spots = (
        terms.places(found, tables.tokens)
        .sort_values(["entry", "article_id", "start"])
        .groupby("entry")
        .head(EACH)
    )
    listed = show.Passages(tables, spots, window=6)
    lines = {
        entry: " | ".join(_line(listed, row) for row in part.itertuples())
        for entry, part in listed.rows.groupby("entry")
    }
    shown = found.drop(columns="category").rename(
        columns={"entry": "candidate", "count": "times", "forms": "its forms here"}
    )
    if evidence == "sentences":
        shown = shown.assign(
            **{f"lines (first {EACH})": [lines.get(entry, "") for entry in found["entry"]]}
        )
    return show.table(
        shown,
        caption=f"Candidates for a lexicon, to be accepted by hand (n = {len(found)})",
        name="candidates-shown",
    )


def _line(listed: show.Passages, row: tuple) -> str:
    before, match, after = listed.context(row.article_id, row.start, row.end)
    return " ".join(f"{before}▸{match}◂{after}".split())
