"""What is known of each article: outlet, dates, and every further column of its catalogue."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers import ledger, study
from helpers.corpus.rows import shown

LONG = ["title", "deck", "author", "url", "language", "kind", "source"]
"""Columns of the articles that rows of other tables do without."""

OWN = frozenset(
    ["day", "week", "month", "year", "words", "own", "voice", "speaker", "text", "sentence"]
    + ["term", "kind", "group", "verb", "kept", "characters"]
    + [name for table in ledger.TABLES for name in ledger.schema(table).names]
)
"""Names that a further column of a catalogue cannot take; it gets `_2` after it."""


def with_docvars(articles: pd.DataFrame) -> pd.DataFrame:
    """Return articles with a column for each further column of their catalogue or table.

    articles  with `docvars`: a JSON object of column → text, or nothing

    >>> rows = pd.DataFrame({"article_id": ["a"], "docvars": ['{"leaning": "left", "month": "x"}']})
    >>> list(with_docvars(rows))
    ['article_id', 'leaning', 'month_2']
    """
    found = [json.loads(value) if value else {} for value in articles["docvars"]]
    names = sorted({name for row in found for name in row})
    columns = {
        f"{name}_2" if name in OWN else name: [row.get(name, "") for row in found] for name in names
    }
    more = pd.DataFrame(columns, index=articles.index)
    return pd.concat([articles.drop(columns="docvars"), more], axis=1)


def with_dates(articles: pd.DataFrame) -> pd.DataFrame:
    """Return articles with `published` as a day that compares with "2031-03-01", and with day,
    week (ISO: 2031-W09), month and year as words; they are "" where the day is not known."""
    found = pd.to_datetime(articles["published"], errors="coerce").astype("datetime64[s]")
    shapes = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
    words = {
        name: found.dt.strftime(shape).fillna("").astype("str") for name, shape in shapes.items()
    }
    return articles.assign(published=found, **words)


def within(articles: pd.DataFrame, since: str, until: str) -> pd.DataFrame:
    """Return the articles of some days, both ends included; without a day they are left out where
    one is asked for.

    raises  ValueError if since or until is not a day
    """
    for name, given in (("since", since), ("until", until)):
        if not given:
            continue
        try:
            day = pd.Timestamp(given)
        except ValueError:
            raise ValueError(f"{name}={given!r}: not a day; write it as 2031-03-01") from None
        known = articles["published"]
        articles = articles[known >= day if name == "since" else known <= day]
    return articles


def of_outlets(articles: pd.DataFrame, outlets: Iterable[str]) -> pd.DataFrame:
    """Return the articles of some outlets; all where none is named.

    raises  ValueError naming an outlet that is not there, and the nearest that is
    """
    wanted = study.chosen(list(outlets), articles["outlet"], "outlet")
    return articles[articles["outlet"].isin(wanted)]


def with_groups(articles: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return articles with outlets renamed, and with further columns, as a CSV file has them.

    path    columns: outlet, as the articles have it; `name`, what to call it; any further ones
            become columns of the articles
    raises  ValueError if the file cannot be read, has no column outlet, or names one twice
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name}: cannot be read as a CSV file of groups: {error}") from None
    if not rows or "outlet" not in rows[0]:
        raise ValueError(f"{path.name}: no column outlet; its first line must name the columns")
    table = pd.DataFrame(rows).fillna("")
    again = table.loc[table["outlet"].duplicated(), "outlet"]
    if len(again):
        raise ValueError(f"{path.name}: names the outlet {again.iloc[0]!r} twice")
    known = table.set_index("outlet")
    for column in known:
        values = articles["outlet"].map(known[column]).fillna("")
        if column == "name":
            continue
        articles = articles.assign(**{f"{column}_2" if column in OWN else str(column): values})
    if "name" in known:
        names = articles["outlet"].map(known["name"]).fillna("")
        articles = articles.assign(outlet=names.where(names != "", articles["outlet"]))
    return articles


def alike(outlets: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of outlets whose names differ so little that they may be one.

    >>> alike(["Fox News", "Fox Online News", "Reuters", "reuters"])
    [('Fox News', 'Fox Online News'), ('Reuters', 'reuters')]
    """
    plain = {name: _plain(name) for name in sorted(set(outlets))}
    names = list(plain)
    return [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if plain[a]
        and (plain[a] == plain[b] or plain[a].replace(" ", "") == plain[b].replace(" ", ""))
    ]


def told_alike(outlets: Iterable[str], most: int = 4) -> str:
    """Say which outlets may be one; "" where none look so.

    >>> told_alike(["Fox News", "Fox Online News", "Reuters"])
    'outlets that may be one (a CSV of groups merges them): Fox News and Fox Online News'
    """
    named = "; ".join(f"{shown(a)} and {shown(b)}" for a, b in alike(outlets)[:most])
    return f"outlets that may be one (a CSV of groups merges them): {named}" if named else ""


FILLERS = frozenset(["the", "online", "news", "web", "com", "www", "opinion", "digital", "site"])


def _plain(name: str) -> str:
    """A name without the words that outlets add to it on the web."""
    words = [
        w for w in name.lower().replace(".", " ").replace("-", " ").split() if w not in FILLERS
    ]
    return " ".join(words)
