"""What a notebook shows: findings, tables, figures, passages. The same calls serve JupyterLab and the reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd

from helpers.report import html
from helpers.report.html import Html
from helpers.report.passages import Passages
from helpers.report.reading import article

__all__ = ["Html", "Passages", "article", "figure", "finding", "note", "passages", "table"]

MANY = 100  # passages; more would make a page heavy and long
FRAGMENT = "passages.html"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def finding(words: str) -> Html:
    """Head a section with what was found, in words computed from the numbers."""
    return Html(f'<h2 id="{html.slug(words)[:60]}">{html.text(words)}</h2>', words)


def note(words: str | Iterable[str]) -> Html:
    """Say something about the numbers: how they were counted, what they cannot tell. One or more paragraphs."""
    lines = [words] if isinstance(words, str) else list(words)
    return Html("".join(f'<p class="note">{html.text(line)}</p>' for line in lines), "\n".join(lines))


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    name: str,
    evidence: Mapping[str, list[Iterable[int] | None]] | None = None,
    page: str = "",
    digits: int = 1,
    lead: int = 1,
) -> Html:
    """Show a table, and write it beside the report as CSV.

    rows      one row to a line; numbers are shown to `digits` decimals
    caption   what the rows are, with their n
    name      of the CSV file and of the table's anchor
    evidence  by column, for each row the numbers of the passages behind the figure
    lead      how many columns at the left name the row
    raises    ValueError without a caption
    """
    if not caption.strip():
        raise ValueError(f"table {name}: give a caption that says what the rows are and their n")
    save(rows, name)
    cells = {
        column: [html.evidence(html.number(v, digits), ids, page) for v, ids in zip(rows[column], behind, strict=True)]
        for column, behind in (evidence or {}).items()
    }
    if rows.empty:
        return Html(f'<p class="note">{html.text(caption)}: no rows.</p>', f"{caption}: no rows.")
    markup = html.table(rows, caption=caption, name=name, cells=cells, digits=digits, lead=lead)
    return Html(markup, f"{caption}\n{rows.to_string(index=False)}")


def passages(listed: Passages) -> Html:
    """Show the passages that the figures of this notebook lead to, and write them beside the report as CSV.

    Where they are many, a report gets them as a page of its own, and its figures lead there.
    """
    save(listed.frame(), "passages")
    folder = os.environ.get("FRAMING_TABLES")
    if not folder or len(listed) <= MANY:
        return Html(listed.markup(), f"{len(listed)} passages")
    Path(folder).with_name(FRAGMENT).write_text(listed.markup(), encoding="utf-8", newline="\n")
    words = f"The {len(listed):,} passages are on a page of their own"
    return Html(f'<p id="passages"><a class="n" href="#passages" data-show="">{words}</a>; each figure above leads to its own.</p>', words)


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
    drawn = quote(markup(axes.figure), safe=" =:/;,()'!*")
    image = f'<img alt="{html.text(alt)}" width="{width}" height="{height}" src="data:image/svg+xml,{drawn}">'
    return Html(f'<figure id="f-{html.slug(name)}">{image}</figure>', alt)


def save(rows: pd.DataFrame, name: str) -> None:
    """Write a table as CSV where the report gathers its tables; in JupyterLab, nowhere.

    Text that a spreadsheet would run as a formula is made harmless with an apostrophe before it.
    """
    if not (folder := os.environ.get("FRAMING_TABLES")):
        return
    safe = rows.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [harmless(v) for v in safe[column]]
    safe.columns = [harmless(c) for c in safe.columns]
    safe.to_csv(Path(folder) / f"{html.slug(name)}.csv", index=False, lineterminator="\n", float_format="%.6g")


def harmless(value: Any) -> Any:
    """Give text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
