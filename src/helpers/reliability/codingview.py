"""Sheets for coding by hand: what a coder sees, and a file that is never written over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.ledger import Ledger
from helpers.reliability.gold import Gold
from helpers.reliability.handcoding import CODERS, KEYS
from helpers.reliability.scores import spans as span_scores
from helpers.show import pieces as show
from helpers.show.articles import Articles
from helpers.show.passages import Passages
from helpers.show.voicesview import around, brief

ABOUT = {"hits": ["category", "match", "voice", "speaker"], "sentences": []}


def sheet(drawn: pd.DataFrame, tables: Ledger, unit: str, evidence: str) -> pd.DataFrame:
    """Make the sheet for two coders.

    drawn     rows of `draw_sample`, with outlet
    unit      hits or sentences
    evidence  with "sentences" the sheet shows the sentence; with "locations" the coder looks the
              offsets up
    returns   outlet, the row's key, what is known of it, sentence, coder_a, coder_b, remark
    """
    columns = ["outlet", *KEYS[unit], *ABOUT[unit]]
    rows = drawn[columns].copy()
    if "speaker" in rows:
        rows["speaker"] = brief(rows["speaker"], evidence)
    if evidence == "sentences":
        places = around(drawn, tables.sentences)
        texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
        spans = zip(places["article_id"], places["start"], places["end"], strict=True)
        rows["sentence"] = [" ".join(texts[a][s:e].split()) for a, s, e in spans]
    return rows.assign(**dict.fromkeys([*CODERS, "remark"], ""))


def write(rows: pd.DataFrame, path: Path | None) -> str:
    """Write a sheet where none is yet, and beside the report's tables; say in a sentence what
    became of it.

    path  of the CSV file; None: nowhere but beside the report
    """
    show.save(rows, "sheet")
    if path is None:
        return (
            "The sheet stands beside the report's tables as sheet.csv; the parameter sheet puts it"
            " elsewhere."
        )
    if path.exists():
        return (
            f"{path.name} is there already and may have been coded: it was left as it is. Name"
            " another to draw anew."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    safe = rows.map(show.harmless)
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    return (
        f"The sheet was written to {path.name}. Code both columns, then name the file in the"
        " parameter coded."
    )


BY = {"hits": "entry", "sentences": "outlet"}
"""What precision is given for."""

TOLD = ["mistake", "entry", "expected", "got", "rule"]


def units(
    tables: Ledger, articles: pd.DataFrame, unit: str, lexicons: Iterable[str]
) -> pd.DataFrame:
    """Give the rows that may be drawn: hits of the lexicons named, or sentences; with outlet."""
    rows = (
        tables.hits[tables.hits["lexicon"].isin(list(lexicons))]
        if unit == "hits"
        else tables.sentences
    )
    return rows.merge(articles[["article_id", "outlet"]], on="article_id", validate="m:1")


def passages(tables: Ledger, parts: Mapping[str, pd.DataFrame], evidence: str) -> Passages:
    """List what 06-reliability shows: mistakes, the rows drawn, the rows coded; terms and marks in
    their sentence.

    parts    by what they are, rows of `measure.mistakes`, hits or sentences
    returns  Passages with what, mistake, entry, expected, got, rule
    """
    columns = ["article_id", "start", "end", "what", *TOLD]
    rows = [
        part.assign(what=what).reindex(columns=columns) for what, part in parts.items() if len(part)
    ]
    spans = pd.concat(rows or [pd.DataFrame(columns=columns)], ignore_index=True)
    spans = spans.astype({c: object for c in columns[3:]}).fillna({c: "" for c in columns[3:]})
    short = spans["what"].ne("mistake") | spans["mistake"].str.contains(
        r"^wrong voice:|: insertion$", regex=True
    )
    spans = pd.concat([spans[~short], around(spans[short], tables.sentences)]).sort_index()
    for column in ("expected", "got"):
        spans[column] = brief(spans[column], evidence)
    return Passages(tables, spans, columns=["what", *TOLD], evidence=evidence, whole=True)


def basis(tables: Ledger, articles: pd.DataFrame, known: Gold, quotes: pd.DataFrame) -> Articles:
    """List the articles that gold covers, with what gold and rules have in each."""
    sizes = {
        "quotations in the gold": known.quotes,
        "quotations found": quotes,
        "terms in the gold": known.hits,
    }
    counted = {heading: rows.groupby("article_id").size() for heading, rows in sizes.items()}
    return Articles(
        tables, articles, {"words": tables.tokens.groupby("article_id").size()} | counted
    )


def crossing(table: pd.DataFrame, listed: Passages) -> dict[str, list[list[int]]]:
    """Give the passages behind each cell of a confusion of voices off its diagonal."""
    found = listed.by("mistake", what="mistake")
    return {
        c: [found.get((f"wrong voice: {row} taken for {c}",), []) for row in table.index]
        for c in table
    }


def crossing_roles(table: pd.DataFrame, listed: Passages) -> dict[str, list[list[int]]]:
    """Give the passages behind each cell of a confusion of roles: blocks with that role in the gold
    and by the rules."""
    named = [
        m
        for m in set(listed.rows["mistake"])
        if m.startswith(("wrong role:", "kept wrongly:", "cut wrongly:"))
    ]
    found = listed.by("expected", "got", what="mistake", mistake=named)
    return {c: [found.get((row, c), []) for row in table.index] for c in table}


BOUNDS = {f"{letter} interval": (f"{letter} from", f"{letter} to") for letter in ("P", "R", "F1")}
SIDES = {"precision": "not found", "recall": "not in the gold", "F1": "-"}
"""Measure → the mistakes that do not bear on it."""


def scored(listed: Passages, counted: Articles, rows: pd.DataFrame, by: str = "") -> dict[str, Any]:
    """Say what stands behind scores of quotations: the mistakes of that kind, and the articles of
    what was counted.

    rows  what ("quotes, direct" …), or with `by` a column of the passages, gold, found, right,
          precision, recall, F1
    """
    there = sorted(set(listed.rows.loc[listed.rows["what"] == "mistake", "mistake"]))
    quotes = [
        m for m in there if any(kind in m for kind in ("direct", "mixed")) and "voice" not in m
    ]
    every = counted.behind(rows, by) if by else counted.behind(rows)
    evidence = dict.fromkeys(["articles", "gold", "found", "right"], every)
    for measure, other in SIDES.items():
        wanted = [
            [m for m in _kinds(what, there, quotes) if not m.startswith(other)]
            for what in rows.get("what", [""] * len(rows))
        ]
        found = [listed.by(by or "what", what="mistake", mistake=names) for names in wanted]
        keys = rows[by] if by else ["mistake"] * len(rows)
        evidence[measure] = [each.get((key,), []) for each, key in zip(found, keys, strict=True)]
    ends = BOUNDS | {"95 % interval": ("95 % from", "to")}
    like = {
        "precision": ["P interval"],
        "recall": ["R interval"],
        "F1": ["F1 interval", "95 % interval"],
    }
    return {"evidence": evidence, "like": like, "intervals": ends, "searched": every}


def _kinds(what: str, there: list[str], quotes: list[str]) -> list[str]:
    """The names of mistakes that a row of scores counts."""
    if what == "insertions":
        return [m for m in there if m.endswith(": insertion")]
    kind = what.removeprefix("quotes, ").replace("any kind", "")
    return [m for m in quotes if m.partition(": ")[2].split(" ")[0] == kind or not kind]


def told(listed: Passages, counted: Articles, rows: pd.DataFrame) -> dict[str, Any]:
    """Say what stands behind what is said of quotations: the mistakes listed, else the articles."""
    every = counted.behind(rows)
    sort = {
        what: "wrong kind:" if what == "kind" else "wrong speaker:"
        for what in rows["what"]
        if what not in ("cue", "kind of speaker", "speaker of a loaded term")
    }
    there = set(listed.rows["mistake"])
    found = [
        listed.by(
            "what", what="mistake", mistake=[m for m in there if m.startswith(sort.get(w, "-"))]
        ).get(("mistake",), [])
        for w in rows["what"]
    ]
    like = {"%": ["95 % interval"]}
    ends = {"95 % interval": ("95 % from", "to")}
    evidence = {"%": found} | dict.fromkeys(["right", "of", "articles"], every)
    return {"evidence": evidence, "like": like, "intervals": ends, "searched": every}


def spans(
    known: Gold, quotes: pd.DataFrame, inserted: pd.DataFrame, words: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Score quotations, of any kind and of each, and insertions against gold: what, then
    `measure.scores.spans`.

    quotes, inserted  found rows of the articles that gold covers; what gold has none of is left out
    """
    pairs = {"quotes, any kind": (known.quotes, quotes)}
    for kind in ("direct", "indirect", "mixed"):
        pairs[f"quotes, {kind}"] = tuple(
            t[t["kind"] == kind].reset_index(drop=True) for t in (known.quotes, quotes)
        )
    pairs["insertions"] = (known.insertions, inserted.reset_index(drop=True))
    tables = [
        span_scores(g, f, words, known.covered, seed=seed).assign(what=what)
        for what, (g, f) in pairs.items()
    ]
    table = pd.concat(tables, ignore_index=True)
    return table[table["gold"] > 0][["what", *(c for c in table if c != "what")]].reset_index(
        drop=True
    )


def by_outlet(
    gold: pd.DataFrame,
    found: pd.DataFrame,
    words: pd.DataFrame,
    articles: pd.DataFrame,
    **again: int,
) -> pd.DataFrame:
    """Score the words in quotations for each outlet by itself: outlet, articles, gold, found,
    right, shares, note."""
    rows = []
    for outlet, part in articles.groupby("outlet", sort=True):
        own = [
            table[table["article_id"].isin(part["article_id"])] for table in (gold, found, words)
        ]
        score = span_scores(*own, part["article_id"], **again).iloc[-1]
        rows.append(
            {"outlet": outlet, "articles": len(part)}
            | {
                c: score[c]
                for c in (
                    "gold",
                    "found",
                    "right",
                    "precision",
                    "recall",
                    "f1",
                    "f_low",
                    "f_high",
                    "note",
                )
            }
        )
    names = {"f1": "F1", "f_low": "95 % from", "f_high": "to"}
    return pd.DataFrame(rows).rename(columns=names)
