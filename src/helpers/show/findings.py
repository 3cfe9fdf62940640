"""Findings in words, computed from a table: the largest difference first, with its intervals, and
nothing said that the articles cannot carry."""

from __future__ import annotations

import pandas as pd

from helpers.draw.words import compared_by
from helpers.measure.phrases import group, interval, names, number_of
from helpers.show import html, notebook
from helpers.show.headings import named
from helpers.show.html import Html

ALIKE = 1.25
"""Rates that differ by no more, with intervals that overlap, are called much alike."""

FEW = 10
"""Uses below which a table is to be read, not counted."""


def finding(table: pd.DataFrame | str, about: str = "") -> None:
    """Say in a heading what a table shows.

    table  from `measure.rates`, `measure.shares` or `measure.keyness`; or the words themselves
    about  what was counted, for the head of the sentence: "Loaded terms in the outlets' own voice"

    The largest difference comes first, with its intervals and whether they overlap. A figure that
    rests on one article is passed by; where there are few uses, the sentence says to read them.

    >>> finding("A uses more loaded terms than B", "In the outlets' own voice")
    In the outlets' own voice: A uses more loaded terms than B
    """
    words = said(table, about)
    name = notebook.fresh_name(words)
    notebook.display(Html(f'<h3 class="finding" id="{name}">{html.text(words)}</h3>', words))


def said(table: pd.DataFrame | str, about: str = "") -> str:
    """Return what `finding` shows, as words."""
    words = table if isinstance(table, str) else in_words(table)
    if not about:
        return words
    return f"{about}: {words[:1].lower() + words[1:] if _is_plain(words) else words}"


def note(*words: str) -> None:
    """Say something about the numbers: how they were counted, what they cannot tell. Each argument
    is a paragraph.

    >>> note("Headlines are counted.", "Captions are not.")
    Headlines are counted.
    Captions are not.
    """
    markup = "".join(f'<p class="note">{html.text(line)}</p>' for line in words if line)
    notebook.display(Html(markup, "\n".join(words)))


def _is_plain(words: str) -> bool:
    """Say whether a sentence begins with an ordinary word, not a name."""
    return words.split(" ", 1)[0] in (
        "From",
        "No",
        "Nothing",
        "The",
        "Too",
        "Only",
        "Of",
        "One",
        "Much",
    )


def in_words(table: pd.DataFrame) -> str:
    """Return the finding of a table as a sentence.

    >>> rates = pd.DataFrame({
    ...     "outlet": ["A", "B"], "hits": [30, 8], "words": [1000, 1000], "articles": [9, 9],
    ...     "articles_with": [8, 6], "rate": [30.0, 8.0], "low": [20.0, 4.0], "high": [41.0, 13.0],
    ...     "note": ["", ""]})
    >>> in_words(rates)  # doctest: +ELLIPSIS
    'From 8.0 (B, 4.0 to 13.0) to 30.0 (A, 20.0 to 41.0) per 1,000 words; the intervals ...overlap'
    """
    if table.empty:
        return "Nothing was found"
    if "log_odds" in table:
        return _keyness(table)
    if "rate" in table:
        return _rates(table)
    if {"k", "n", "share"} <= set(table):
        return _shares(table)
    return number_of(len(table), "row")


def label(row: pd.Series, by: list[str]) -> str:
    """Return the name of a row: its values in the columns compared by."""
    return ", ".join(group(row[c], named(c)) for c in by)


def _rests_on_one(rows: pd.DataFrame) -> pd.Series:
    """Rows whose figure was made by a single article."""
    return rows["articles_with"] == 1 if "articles_with" in rows else pd.Series(False, rows.index)


def _of_a_kind(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Rows of groups that are something: articles of which nothing is known are no group to
    compare, unless there are no others."""
    known = rows[[all(v != "" and pd.notna(v) for v in row) for row in rows[by].to_numpy()]]
    return known if len(known) else rows


def _rates(table: pd.DataFrame) -> str:
    by = [c for c in compared_by(table) if table[c].nunique() > 1] or compared_by(table)[:1]
    hits, articles = int(table["hits"].sum()), int(table["articles"].sum())
    if hits == 0:
        return f"No use was found in {number_of(articles, 'article')}"
    known = table.dropna(subset="rate")
    if len(known) == 0:
        return f"{number_of(hits, 'use')}, in too few words for a rate: read them"
    if len(known) == 1:
        row = known.iloc[0]
        return f"{row['rate']:.1f} per 1,000 words{_ends(row, by)}; there is nothing to compare"
    sure = _of_a_kind(known[known["low"].notna() & ~_rests_on_one(known)], by)
    few = f"{number_of(hits, 'use')} in all: " if hits < FEW else ""
    if len(sure) < 2:
        low, high = (known.sort_values("rate", kind="stable").iloc[i] for i in (0, -1))
        return (
            f"{_joined(few, _span(low, high, by))}; too few articles for intervals, so the "
            "figures describe these articles and no habit"
        )
    low, high = _furthest(sure, "rate")
    apart = "do not overlap" if low["high"] < high["low"] else "overlap"
    alike = apart == "overlap" and high["rate"] <= ALIKE * low["rate"]
    span = _span(low, high, by)
    return (
        f"{_joined(few, _joined('Much alike: ', span) if alike else span)}; the intervals {apart}"
    )


def _joined(first: str, then: str) -> str:
    """Two parts of a sentence, of which the first may be empty."""
    return f"{first}{then[:1].lower()}{then[1:]}" if first else then


def _furthest(rows: pd.DataFrame, figure: str) -> tuple[pd.Series, pd.Series]:
    """The two rows furthest apart: of those whose intervals do not overlap, where there are any."""
    ordered = rows.sort_values(figure, kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    if low["high"] < high["low"]:
        return low, high
    lowest_end = rows.sort_values("high", kind="stable").iloc[0]
    highest_start = rows.sort_values("low", kind="stable").iloc[-1]
    apart = lowest_end["high"] < highest_start["low"]
    return (lowest_end, highest_start) if apart else (low, high)


def _ends(row: pd.Series, by: list[str]) -> str:
    ends = [label(row, by)] if by else []
    if pd.notna(row["low"]):
        ends.append(interval(row["low"], row["high"]))
    return f" ({', '.join(ends)})" if ends else ""


def _span(low: pd.Series, high: pd.Series, by: list[str]) -> str:
    first = f"{low['rate']:.1f}{_ends(low, by)}"
    return f"From {first} to {high['rate']:.1f}{_ends(high, by)} per 1,000 words"


def _shares(table: pd.DataFrame) -> str:
    *by, of = compared_by(table)
    if int(table["k"].sum()) == 0:
        return "Nothing was found"
    if not by or not table.duplicated(of).any():
        top = table.sort_values("k", kind="stable").iloc[-1]
        value = str(top[of])
        which = f"stand in the voice {value}" if of == "voice" else PLAIN.get(value, f"are {value}")
        return f"Of {int(top['n']):,}, {int(top['k']):,} ({top['share']:.0f} %) {which}"
    sure = table[table["low"].notna() & ~_rests_on_one(table) & (table["n"] > 0)]
    sure = _of_a_kind(sure, by)
    pairs = [pair for _, rows in sure.groupby(_inner(by, of), sort=False) if (pair := _pair(rows))]
    if not pairs:
        if each := _each(table, by, of):
            return f"{each}; too few articles to compare"
        top = table.sort_values("k", kind="stable").iloc[-1]
        return (
            f"{top[of]} most often in {label(top, by)}: {int(top['k'])} of {int(top['n'])}; too few"
            " articles to compare"
        )
    low, high = max(pairs, key=lambda pair: (_gap(*pair), pair[1]["share"] - pair[0]["share"]))
    apart = "do not overlap" if low["high"] < high["low"] else "overlap"
    if apart == "overlap" and (each := _each(table, by, of)):
        # what differs outright, though in few articles, says more
        return f"{each}; read them, for no intervals are apart"
    inner = ", ".join(group(high[c], c) for c in _inner(by, of))
    outer = by[:1]
    return f"{inner}: {_share(low, outer)}, {_share(high, outer)}; the intervals {apart}"


PLAIN = {
    "the outlet itself": "are in the outlets' own words",
    "scare": "are marked words that quote nobody",
}
"""How a sentence says values that are names of ours."""


def _each(table: pd.DataFrame, by: list[str], of: str) -> str:
    """What each group has most, where they differ; "" where they do not."""
    best: tuple[int, str] = (0, "")
    for inner, rows in table.groupby(by[1:] or (lambda _: ""), sort=False, observed=True):
        top = rows[rows["k"] > 0].sort_values("k", ascending=False, kind="stable")
        top = top.drop_duplicates(by[:1])
        if top[of].nunique() < 2:
            continue
        parts = [
            f"{r[of]} in {group(r[by[0]], by[0])} ({int(r['k'])} of {int(r['n'])})"
            for _, r in top.drop_duplicates(of).head(3).iterrows()
        ]
        values = inner if isinstance(inner, tuple) else (inner,)
        name = ", ".join(group(v, c) for v, c in zip(values, by[1:], strict=False))
        words = f"{name}: {', '.join(parts)}" if name else ", ".join(parts)
        best = max(best, (int(top["k"].sum()), words), key=lambda pair: pair[0])
    return best[1]


def _inner(by: list[str], of: str) -> list[str]:
    """What must be the same for two shares to be compared: all but what is compared first."""
    return [*by[1:], of]


def _pair(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    return _furthest(rows, "share") if len(rows) > 1 else None


def _gap(low: pd.Series, high: pd.Series) -> float:
    """How far two intervals are apart; negative where they overlap."""
    return float(high["low"] - low["high"])


def _share(row: pd.Series, by: list[str]) -> str:
    ends = interval(row["low"], row["high"], digits=0)
    of_all = f"{int(row['k']):,} of {int(row['n']):,}"
    return f"{row['share']:.0f} % in {label(row, by)} ({ends}, {of_all})"


def _keyness(table: pd.DataFrame) -> str:
    if "q" not in table or table["q"].isna().all():
        return "The design allows no test: the words that lean furthest are listed to be read"
    sure = table[table["q"] <= 0.05]
    if sure.empty:
        return "No word leans to one side beyond what chance could do (q ≤ .05)"
    by = list(table.columns[: list(table).index("against")])
    parts = []
    for name, rows in sure.groupby(pd.Index(names(sure, by)), sort=False):
        top = rows.sort_values("lrc" if "lrc" in rows else "log_odds", ascending=False)
        parts.append(f"{name}: {', '.join(f'“{t}”' for t in top['term'].head(3))}")
    more = f" and {len(parts) - 4} more" if len(parts) > 4 else ""
    return (
        f"{number_of(len(sure), 'word')} {'leans' if len(sure) == 1 else 'lean'} beyond chance"
        " (q ≤ .05). " + "; ".join(parts[:4]) + more
    )
