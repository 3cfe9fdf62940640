"""What the notebooks on voices show beside tables: names cut where no text may be shown, spans
grown to a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers import draw
from helpers.ledger import Ledger
from helpers.show import pieces as show
from helpers.show.articles import Articles
from helpers.show.html import Html, text
from helpers.show.passages import Passages

MOST = 5
"""Words of a name or mark that a report free of article text shows; neighbouring cells add a word
or two."""


def brief(words: Iterable[str], evidence: str, most: int = MOST) -> list[str]:
    """Give texts whole where the study shows sentences, else their first words.

    evidence  sentences or locations
    most      words that are left
    """
    if evidence == "sentences":
        return [str(each) for each in words]
    return [cut(str(each), most) for each in words]


def cut(words: str, most: int) -> str:
    """Give the first words of a text, with an ellipsis where some are left out.

    >>> cut("one of the people close to it", 4)
    'one of the people …'
    """
    parts = words.split()
    return words if len(parts) <= most else " ".join([*parts[:most], "…"])


def around(rows: pd.DataFrame, *holders: pd.DataFrame) -> pd.DataFrame:
    """Grow spans to the quotation, sentence … that holds them, so that a reader sees them in place.

    rows     article_id, start, end
    holders  tables with article_id, start, end; the first that holds a span gives its place
    returns  the same rows, index and order, start and end grown; a span that nothing holds stays as
             it is
    """
    grown = rows.copy()
    left = pd.Series(True, index=rows.index)
    for holder in holders:
        found = _holder(rows, holder)
        take = left & found["end"].ge(rows["end"])
        grown.loc[take, ["start", "end"]] = found.loc[take, ["start", "end"]].astype("int64")
        left &= ~take
    return grown


def _holder(rows: pd.DataFrame, holder: pd.DataFrame) -> pd.DataFrame:
    """The last span of `holder` that starts at or before each row."""
    wanted = (
        rows[["article_id"]].astype(object).assign(at=rows["start"].astype("int64"), row=rows.index)
    )
    given = (
        holder[["article_id", "start", "end"]]
        .astype({"article_id": object, "start": "int64", "end": "int64"})
        .assign(at=lambda t: t["start"])
    )
    if wanted.empty or given.empty:
        return pd.DataFrame({"start": pd.NA, "end": -1}, index=rows.index)
    found = pd.merge_asof(
        wanted.sort_values("at"), given.sort_values("at"), on="at", by="article_id"
    )
    return found.set_index("row").reindex(rows.index)[["start", "end"]].fillna(-1)


def unless(there: bool, words: str) -> Html | None:
    """Say a sentence where there is nothing to show; nothing where there is."""
    return None if there else Html(f'<p class="note">{text(words)}</p>', words)


SHOWN = ["what", "kind", "speaker", "cue", "rule"]
PLAIN = {
    "outlet": "",
    "kind": "",
    "speaker": "",
    "speaker_type": "",
    "cue": "",
    "side": "",
    "group": "",
    "tone": "",
    "rule": "",
    "negated": False,
}


def passages(
    tables: Ledger, speech: pd.DataFrame, hits: pd.DataFrame, marks: pd.DataFrame, evidence: str
) -> Passages:
    """List what a notebook on voices counts: passages of speech whole, loaded terms and marks in
    their sentence.

    speech  from `measure.speaking.speech`, with side
    hits    with entry, side
    marks   the ledger's marks, some or all
    returns Passages with what ("speech", "loaded term", "mark"), kind, speaker, side, group,
    negated …; `at` is
            where the term or mark itself starts
    """
    inside = [tables.quotes, tables.sentences]
    terms = around(hits.assign(kind=hits["entry"], at=hits["start"]), tables.sentences)
    signs = around(marks.assign(kind=marks["mark"], at=marks["start"]), *inside)
    kinds = {"speech": speech.assign(at=speech["start"]), "loaded term": terms, "mark": signs}
    parts = [
        part.reindex(columns=["article_id", "start", "end", "at", *PLAIN]).assign(what=what)
        for what, part in kinds.items()
    ]
    spans = pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True).drop(
        columns="outlet"
    )
    for column, empty in PLAIN.items():
        if column in spans:
            spans[column] = spans[column].astype(object).where(spans[column].notna(), empty)
    for column in ("speaker", "cue"):
        spans[column] = brief(spans[column], evidence)
    return Passages(tables, spans, columns=SHOWN, evidence=evidence, whole=True)


def percent(rows: pd.DataFrame, **names: str) -> pd.DataFrame:
    """Name the columns of a table of shares as a reader takes them, and leave out what was not
    found."""
    usual = {
        "quotes": "passages",
        "share": "%",
        "low": "95 % from",
        "high": "to",
        "articles_with": "in articles",
    }
    shown = (
        rows[rows["quotes"] > 0]
        .drop(columns="articles", errors="ignore")
        .rename(columns=usual | names)
    )
    return shown.reset_index(drop=True)


ENDS = {"95 % interval": ("95 % from", "to")}
SHARED = ["words", "%", "95 % interval", "in articles"]
SPOKEN = {
    "quoted": ["direct", "mixed"],
    "reported": ["indirect", "mixed"],
    "interviewed": ["interview"],
}
"""Part of an outlet's words → kinds of the passages that hold them."""


def crossed(
    listed: Passages,
    what: str,
    column: str,
    *,
    caption: str,
    name: str,
    order: Iterable[str] = (),
    searched: Articles | None = None,
) -> Html:
    """Show how many passages each outlet has of each value of a column; every number leads to them.

    listed    from `passages`; what: "speech" or "loaded term"
    order     values that come first, in this order; the others follow, sorted
    searched  the articles that a 0 leads to
    """
    rows = listed.rows[listed.rows["what"] == what]
    grid = pd.crosstab(rows["outlet"], rows[column])
    columns = [c for c in order if c in grid] + [c for c in grid if c not in order]
    found, all_found = listed.by("outlet", column, what=what), listed.by("outlet", what=what)
    behind = {c: [found.get((outlet, c), []) for outlet in grid.index] for c in columns}
    behind["all"] = [all_found[(outlet,)] for outlet in grid.index]
    shown = grid[columns].assign(all=grid.sum(axis=1)).rename_axis(None, axis=1).reset_index()
    none = searched.behind(shown, "outlet") if searched is not None else None
    return show.table(shown, caption=caption, name=name, evidence=behind, searched=none)


def folded(
    rows: pd.DataFrame, summary: str, *, caption: str, name: str, lead: int = 2, **leading: Any
) -> Html:
    """Show a long table behind a line that opens it; `leading` as `show.table` takes it."""
    shown = show.table(rows, caption=caption, name=name, lead=lead, **leading)
    return Html(f"<details><summary>{text(summary)}</summary>{shown.markup}</details>", shown.plain)


def shares(
    listed: Passages, rows: pd.DataFrame, column: str, *, of: str, by: str = "outlet", **only: Any
) -> dict[str, Any]:
    """Say what stands behind a table of `percent`: for `folded`.

    column  what the shares are of, as in `listed`; of: heading of the whole
    """
    evidence = {
        "passages": listed.behind(rows, by, column, what="speech", **only),
        of: listed.behind(rows, by, what="speech", **only),
    }
    return {"evidence": evidence, "like": {"passages": SHARED}, "intervals": ENDS}


def words_given(listed: Passages, counted: Articles, rows: pd.DataFrame) -> dict[str, Any]:
    """Say what stands behind the table of words given to others: passages, or the articles they are
    words of."""
    here = counted.behind(rows, "outlet")
    parts = [c for c in rows if c.endswith(", %")]
    speech = {
        f"{part}, %": listed.behind(rows, "outlet", what="speech", kind=kinds)
        for part, kinds in SPOKEN.items()
    }
    evidence = dict.fromkeys(["of words", "articles", *parts], here) | {
        c: ids for c, ids in speech.items() if c in parts
    }
    given = {"words given": listed.behind(rows, "outlet", what="speech")}
    return {
        "evidence": evidence | given,
        "like": {"words given": SHARED},
        "intervals": ENDS,
        "searched": here,
    }


def rated(listed: Passages, counted: Articles, rows: pd.DataFrame) -> dict[str, Any]:
    """Say what stands behind the rates of loaded terms by whose words they stand in."""
    hits = listed.behind(
        rows.rename(columns={"words of": "side"}), "outlet", "side", what="loaded term"
    )
    evidence = {"hits": hits, "words": counted.behind(rows, "outlet")}
    return {
        "evidence": evidence,
        "like": {"hits": ["per 1,000 words", "95 % interval", "in articles"]},
        "intervals": ENDS,
    }


def spoken(listed: Passages, counted: Articles, rows: pd.DataFrame) -> dict[str, Any]:
    """Say what stands behind the table of speakers: their passages, of each kind."""
    kinds = [c for c in ("direct", "mixed", "indirect", "interview") if c in rows]
    evidence = {
        kind: listed.behind(rows, "speaker", "side", what="speech", kind=kind) for kind in kinds
    }
    evidence["passages"] = listed.behind(rows, "speaker", "side", what="speech")
    return {
        "evidence": evidence,
        "like": {"passages": ["outlets", "articles", "words", "% of words given"]},
        "searched": counted.behind(rows),
    }


def introduced(
    listed: Passages, counted: Articles, rows: pd.DataFrame, outlets: Iterable[str]
) -> dict[str, Any]:
    """Say what stands behind the table of classes of reporting verbs: their passages, in all and by
    outlet."""
    evidence = {
        "passages": listed.behind(rows, "group", what="speech"),
        "negated": listed.behind(rows, "group", what="speech", negated=True),
    }
    own = {
        o: listed.behind(rows.assign(outlet=o), "group", "outlet", what="speech") for o in outlets
    }
    none = {o: counted.behind(rows.assign(outlet=o), "outlet") for o in own} | {
        "negated": counted.behind(rows)
    }
    return {"evidence": evidence | own, "searched": none}


def bars(
    rows: pd.DataFrame,
    column: str,
    *,
    label: str = "outlet",
    most: int = 6,
    known: Iterable[str] = (),
) -> pd.DataFrame:
    """Give shares as bars × parts for `draw.wholes`, the parts in the order of `rows`.

    rows   `label`, `column`, share (per cent), from `measure.speaking.shares`
    most   parts shown; beyond them the smaller ones become "all others"
    known  where given, the values that mean something: the others together become "side unknown",
           the last part
    """
    grid = rows.pivot(index=label, columns=column, values="share").fillna(0.0)[
        list(dict.fromkeys(rows[column]))
    ]
    unknown = [c for c in grid if c not in known] if known else []
    parts, room = grid.drop(columns=unknown), most - bool(unknown)
    kept = list(parts)
    if len(kept) > room:
        large = set(parts.mean().sort_values(ascending=False, kind="stable").index[: room - 1])
        kept = [c for c in parts if c in large]
    done = parts[kept]
    if len(kept) < len(parts.columns):
        done = done.assign(**{"all others": parts.drop(columns=kept).sum(axis=1)})
    return done.assign(**{"side unknown": grid[unknown].sum(axis=1)}) if unknown else done


def figure(grid: pd.DataFrame, of: str, *, title: str, name: str) -> Html | None:
    """Show shares as bars that make a whole, with words for those who do not see them; nothing
    where there are none.

    grid  from `bars`
    of    what the shares are of: "the outlet's words"
    """
    if grid.empty:
        return None
    rows = (
        "; ".join(f"{name} {value:.0f}" for name, value in row.items())
        for _, row in grid.iterrows()
    )
    words = ". ".join(f"{label}: {row}" for label, row in zip(grid.index, rows, strict=True))
    drawn = draw.wholes(grid, title=title, unit=f"per cent of {of}")
    return show.figure(drawn, alt=f"Per cent of {of}. {words}", name=name)


def marks(
    found: pd.DataFrame, articles: pd.DataFrame, listed: Passages, evidence: str
) -> pd.DataFrame:
    """List insertions, ellipses, notes, marked words and stray marks with their words.

    found    the ledger's marks
    articles article_id, outlet, text
    returns  mark, outlet, words, rule, times; passages, the numbers of those in `listed`
    listed   from `passages`
    """
    rows = found.merge(articles[["article_id", "outlet", "text"]], on="article_id", validate="m:1")
    words = [
        words[s:e] for words, s, e in zip(rows["text"], rows["start"], rows["end"], strict=True)
    ]
    keys = rows.assign(what="mark", kind=rows["mark"], at=rows["start"])
    behind = listed.behind(keys, "what", "kind", "article_id", "at")
    rows = rows.assign(words=brief(words, evidence), number=[ids[0] for ids in behind])
    table = rows.groupby(["mark", "outlet", "words", "rule"], as_index=False, sort=True)
    return table.agg(times=("number", "size"), passages=("number", list))
