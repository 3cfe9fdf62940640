"""What a notebook shows: findings, tables, figures, passages. The same calls serve JupyterLab and
the reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from helpers.show import html
from helpers.show.articles import Articles, by_article
from helpers.show.html import Html
from helpers.show.passages import Passages
from helpers.show.reading import article

__all__ = [
    "Articles",
    "Html",
    "Passages",
    "article",
    "by_article",
    "figure",
    "finding",
    "note",
    "passages",
    "table",
]

MANY = 100  # passages; more would make a page heavy and long
FRAGMENT = "passages.html"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def finding(words: str) -> Html:
    """Head a section with what was found, in words computed from the numbers."""
    return Html(f'<h2 id="{html.slug(words)[:60]}">{html.text(words)}</h2>', words)


def note(words: str | Iterable[str]) -> Html:
    """Say something about the numbers: how they were counted, what they cannot tell. One or more
    paragraphs."""
    lines = [words] if isinstance(words, str) else list(words)
    return Html(
        "".join(f'<p class="note">{html.text(line)}</p>' for line in lines), "\n".join(lines)
    )


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    name: str,
    evidence: Mapping[str, list[Iterable[int] | None]] | None = None,
    like: Mapping[str, Iterable[str]] | None = None,
    intervals: Mapping[str, tuple[str, ...]] | None = None,
    without: Mapping[str, Iterable[str]] | None = None,
    searched: list[Iterable[int]] | Mapping[str, list[Iterable[int]]] | None = None,
    page: str = "",
    digits: int = 1,
    lead: int = 1,
    whole: pd.DataFrame | None = None,
) -> Html:
    """Show a table, and write it beside the report as CSV.

    rows       one row to a line; numbers are shown to `digits` decimals
    caption    what the rows are, with their n
    name       of the CSV file and of the table's anchor
    evidence   by column, for each row what is behind the figure: numbers of passages, or `Sources`
               of articles
    like       by column of `evidence`, the columns (or intervals) that were computed from the same
               passages
    intervals  by heading, two columns that are shown as one: 1.2 to 3.4; a third entry is the word
               between, if not
               "to"; the CSV keeps both columns
    without    by how they were computed, the columns whose numbers have no passages of their own
    searched   for each row (or by column, for each row) the articles in which nothing was found,
               where a figure is 0
    lead       how many columns at the left name the row
    whole      what the CSV holds, where the table shows only some of its rows
    raises     ValueError without a caption
    """
    if not caption.strip():
        raise ValueError(f"table {name}: give a caption that says what the rows are and their n")
    save(rows if whole is None else whole, name)
    if rows.empty:
        return Html(f'<p class="note">{html.text(caption)}: no rows.</p>', f"{caption}: no rows.")
    shown, words = _joined(rows, intervals or {}, digits)
    cells = words | {
        column: [
            html.evidence(value, ids, page, derived=column not in (evidence or {}) or value == "0")
            for value, ids in zip(_figures(shown, column, words, digits), behind, strict=True)
        ]
        for column, behind in _spread(shown, evidence or {}, like or {}, searched or []).items()
    }
    reasons = {how: [c for c in columns if c in shown] for how, columns in (without or {}).items()}
    told = [c for columns in reasons.values() for c in columns]
    markup = html.table(
        shown,
        caption=caption,
        name=name,
        cells=cells,
        digits=digits,
        lead=lead,
        told=told,
        below=_below(name, reasons),
    )
    return Html(markup, f"{caption}\n{rows.to_string(index=False)}")


def _joined(
    rows: pd.DataFrame, intervals: Mapping[str, tuple[str, ...]], digits: int
) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Put two columns into one where they are the ends of an interval, or some of all; its words by
    heading."""
    shown, words = rows.copy(), {}
    for heading, (low, high, *between) in intervals.items():
        if low not in shown or high not in shown:
            continue
        ends = zip(shown[low], shown[high], strict=True)
        words[heading] = [
            (
                "–"
                if pd.isna(a) or pd.isna(b)
                else f"{html.number(a, digits)} {(between or ['to'])[0]} {html.number(b, digits)}"
            )
            for a, b in ends
        ]
        shown = shown.rename(columns={low: heading}).drop(columns=high)
    shown.attrs["intervals"] = tuple(words)
    return shown, words


def _spread(
    shown: pd.DataFrame,
    evidence: Mapping[str, Any],
    like: Mapping[str, Iterable[str]],
    searched: Any,
) -> dict[str, Any]:
    """Give every column that leads somewhere what is behind it; where there is nothing, the
    articles searched."""
    derived = {
        column: evidence[source]
        for source, columns in like.items()
        for column in columns
        if source in evidence
    }
    spread = {
        column: behind for column, behind in (derived | dict(evidence)).items() if column in shown
    }
    instead = {
        c: searched.get(c, []) if isinstance(searched, Mapping) else searched for c in spread
    }
    return {
        c: [b or s for b, s in zip(behind, instead[c], strict=True)] if len(instead[c]) else behind
        for c, behind in spread.items()
    }


def _figures(
    shown: pd.DataFrame, column: str, words: Mapping[str, list[str]], digits: int
) -> list[str]:
    return words[column] if column in words else [html.number(v, digits) for v in shown[column]]


def _below(name: str, reasons: Mapping[str, list[str]]) -> str:
    """The line below a table: how the numbers without passages were computed, and the table as
    CSV."""
    told = [
        f"{', '.join(f'<b>{html.text(c)}</b>' for c in columns)}: {html.text(how)}."
        for how, columns in reasons.items()
        if columns
    ]
    if os.environ.get("FRAMING_TABLES"):
        told.append(f'<a class="csv" href="tables/{html.slug(name)}.csv">All rows as CSV</a>')
    return f'<p class="from" id="t-{html.slug(name)}-from">{" ".join(told)}</p>' if told else ""


def passages(listed: Passages, counted: Articles | None = None) -> Html:
    """Show the passages that the figures of this notebook lead to, and write them beside the report
    as CSV.

    counted  the articles behind its numbers of words and articles, shown below the passages
    Where they are many, a report gets them as a page of its own, and its figures lead there.
    """
    save(listed.frame(), "passages")
    if more := html.text(listed.words()):
        save(listed.all, "passages-all")
    if counted is not None:
        save(counted.frame(), "articles-counted")
    markup = listed.markup() + (counted.markup() if counted is not None else "")
    plain = f"{len(listed)} passages" + (
        f" in {len(counted)} articles" if counted is not None else ""
    )
    folder = os.environ.get("FRAMING_TABLES")
    if not folder or max(len(listed), len(counted or ())) <= MANY:
        return Html(f'<p class="note">{more}</p>{markup}' if more else markup, plain)
    Path(folder).with_name(FRAGMENT).write_text(markup, encoding="utf-8", newline="\n")
    words = f"The {len(listed):,} passages are on a page of their own"
    too = (
        ""
        if counted is None
        else (
            ' <span id="articles">The articles behind numbers of words and articles are listed'
            " there too.</span>"
        )
    )
    return Html(
        f'<p id="passages"><a class="n" href="#passages" data-show="">{words}</a>; the numbers'
        f" above lead to theirs.{too}{f' {more}' if more else ''}</p>",
        words,
    )


def figure(axes: Any, *, alt: str, name: str) -> Html:
    """Show a chart as SVG that follows the page's colours.

    axes    matplotlib axes, as the functions of `draw` give them
    alt     what the chart shows, with its numbers, for readers who do not see it
    name    of the figure's anchor
    raises  ValueError without alt
    """
    from helpers.draw.svg import markup

    if not alt.strip():
        raise ValueError(f"figure {name}: give alt text that says what it shows, with its numbers")
    width, height = (round(inches * 96) for inches in axes.figure.get_size_inches())
    drawn = quote(markup(axes.figure), safe=" =:/;,()'!*<>{}")
    image = (
        f'<img alt="{html.text(alt)}" width="{width}" height="{height}"'
        f' src="data:image/svg+xml,{drawn}">'
    )
    label = html.text(f"Chart: {name.replace('-', ' ')}")
    return Html(
        f'<figure id="f-{html.slug(name)}" style="--w:{width}px" role="region" tabindex="0"'
        f' aria-label="{label}">{image}</figure>',
        alt,
    )


def save(rows: pd.DataFrame, name: str) -> None:
    """Write a table as CSV where the report gathers its tables; in JupyterLab, nowhere.

    Text that a spreadsheet would run as a formula is made harmless with an apostrophe before it.
    """
    if not (folder := os.environ.get("FRAMING_TABLES")):
        return
    safe = rows.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            names, codes = safe[column].astype(object).to_numpy(), None
            if isinstance(
                safe[column].dtype, pd.StringDtype
            ):  # most words recur: each is looked at once
                codes, names = pd.factorize(safe[column], use_na_sentinel=False)
            told = np.array([*map(harmless, names), None], dtype=object)[:-1]
            safe[column] = told if codes is None else told[codes]
    safe.columns = [harmless(c) for c in safe.columns]
    safe.to_csv(
        Path(folder) / f"{html.slug(name)}.csv",
        index=False,
        lineterminator="\n",
        float_format="%.6g",
    )


def harmless(value: Any) -> Any:
    """Give text that no spreadsheet takes for a formula."""
    return (
        f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
    )
