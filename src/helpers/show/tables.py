"""Tables: headings for readers, links to passages and articles, a CSV file beside the report."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.draw.words import compared_by, largest
from helpers.ledger import VOICES, harmless
from helpers.measure.phrases import group, number_of, probability
from helpers.show import html, notebook
from helpers.show.evidence import Evidence
from helpers.show.headings import TOGETHER, named, row_names
from helpers.show.html import Html
from helpers.show.linking import Link, links, one_each

MOST = 200
"""Rows shown where a table has more; its CSV file has all."""


def table(
    rows: pd.DataFrame,
    passages: pd.DataFrame | None = None,
    *,
    across: str | None = None,
    value: str | None = None,
    caption: str = "",
    name: str = "",
    digits: int = 1,
    most: int = MOST,
) -> None:
    """Show a table with links to what its figures count, and write it beside the report as CSV.

    rows      what to show, one row to a line; any DataFrame
    passages  article_id, start, end and the columns of `rows` that name a row (hits, quotes …):
              each count leads to the passages that share its row's values in those columns
    across    a column whose values are laid out sideways, one column for each
    value     the figure shown under them; none named: the count, or the rate or share without one
    caption   what the rows are; none: made from the columns
    name      of the CSV file; none: made from the caption
    digits    decimals of numbers that are not whole
    most      rows shown; the CSV file has all

    Example: show.table(rates, passages=hits, caption="Loaded terms by outlet")

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> rows = pd.DataFrame({"outlet": ["A", "B"], "share": [2.5, 4.0]})
    >>> table(rows, caption="By outlet")
    By outlet (2 rows)
    outlet  share
         A    2.5
         B    4.0
    """
    shown = made(
        rows,
        passages,
        across=across,
        value=value,
        caption=caption,
        name=name,
        digits=digits,
        most=most,
    )
    notebook.display(shown)


def made(
    rows: pd.DataFrame,
    passages: pd.DataFrame | None = None,
    *,
    across: str | None = None,
    value: str | None = None,
    caption: str = "",
    name: str = "",
    digits: int = 1,
    most: int = MOST,
) -> Html:
    """Return what `table` shows."""
    caption = caption.strip() or _caption(rows)
    name = html.slug(name or notebook.fresh_name(caption))
    save(rows, name)
    if rows.empty:
        return Html(_nothing(caption), f"{caption}: no rows.")
    evidence = notebook.evidence()
    shown, of_all = _first(rows, across, most)
    found = _found(shown, passages, evidence) if evidence is not None else {}
    if passages is None or not one_each(shown, passages):
        shown = _with_names(shown)
    wide = _across(shown, found, across, value) if across else (shown, found)
    caption = f"{caption} ({_size(rows, passages, evidence, of_all)})"
    return _markup(*wide, caption, name, digits)


def _with_names(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in which a group without a value, or one of a truth value, says what it is."""
    told = {}
    for column in row_names(rows):
        values = list(rows[column])
        if any(isinstance(v, bool | np.bool_ | str) and v in ("", True, False) for v in values):
            told[column] = pd.Series([group(v, column) for v in values], rows.index, dtype=object)
    return rows.assign(**told)


def _first(rows: pd.DataFrame, across: str | None, most: int) -> tuple[pd.DataFrame, str]:
    """The rows that are shown, and how many of how many, where not all are."""
    down = [c for c in row_names(rows) if c != across] if across else None
    if across and not down:
        return rows, ""
    shown = largest(rows, most, down)
    if len(shown) == len(rows):
        return rows, ""
    count = [len(t.drop_duplicates(down)) if down else len(t) for t in (shown, rows)]
    first = "largest" if "articles_with" in rows else "first"
    return shown, f"the {first} {count[0]:,} of {count[1]:,} rows"


def _size(
    rows: pd.DataFrame,
    passages: pd.DataFrame | None,
    evidence: Evidence | None,
    of_all: str,
) -> str:
    """What a table rests on: uses, articles, and how many of its rows are shown."""
    parts = [of_all] if of_all else []
    # k may be a sum of words, so only hits can be called by their name
    if "hits" in rows and pd.api.types.is_integer_dtype(rows["hits"]):
        parts.append(number_of(int(rows["hits"].sum()), "hit"))
    if evidence is not None and "words" in rows:
        whole = "articles" in rows and set(compared_by(rows)) <= set(evidence.corpus.about)
        count = int(rows["articles"].sum()) if whole else len(evidence.articles)
        parts.append(number_of(count, "article"))
    elif passages is not None and "article_id" in passages:
        parts.append(number_of(passages["article_id"].nunique(), "article"))
    return ", ".join(parts) or number_of(len(rows), "row")


def _nothing(caption: str) -> str:
    return f'<p class="note">{html.text(caption)}: nothing was found.</p>'


def _caption(rows: pd.DataFrame) -> str:
    names = ", ".join(named(c) for c in compared_by(rows)[:3]) or "rows"
    return f"Table by {names} ({len(rows):,} rows)"


def _found(
    rows: pd.DataFrame, passages: pd.DataFrame | None, evidence: Evidence
) -> dict[str, list[Link]]:
    if passages is None:
        return {}
    if one_each(rows, passages):
        own = passages.loc[rows.index]
        numbers = evidence.add([own.iloc[[i]] for i in range(len(own))])
        return {str(rows.columns[0]): [Link(n, True) for n in numbers]}
    return links(rows, passages, evidence)


def _across(
    rows: pd.DataFrame, found: dict[str, list[Link]], across: str, value: str | None
) -> tuple[pd.DataFrame, dict[str, list[Link]]]:
    """Lay the values of a column out sideways, each figure with its link."""
    if across not in rows:
        raise ValueError(f"across={across!r}: the table has no such column; it has {list(rows)}")
    figures = [c for c in rows if c != across and _is_figure(rows[c])]
    figure = value or next(
        (c for c in ("hits", "k", "count", "rate", "share", *figures) if c in figures), ""
    )
    if figure not in figures:
        raise ValueError(f"value={figure!r}: the table has no such figure; it has {figures}")
    down = [c for c in row_names(rows) if c not in (across, figure)]
    behind = found.get(figure, [None] * len(rows))
    at = rows.reset_index(drop=True).assign(_at=range(len(rows)))
    heads = in_order(group(v, across) for v in dict.fromkeys(at[across]))
    keys = list(dict.fromkeys(at[down].itertuples(index=False, name=None)))
    place = {
        (*key, head): i
        for *key, head, i in zip(
            *(at[c] for c in down), [group(v, across) for v in at[across]], at["_at"], strict=True
        )
    }
    wide = pd.DataFrame(keys, columns=down)
    whole = pd.api.types.is_integer_dtype(rows[figure])
    links_across: dict[str, list[Link]] = {}
    for head in heads:
        where = [place.get((*key, head)) for key in keys]
        numbers = [None if i is None else rows[figure].iloc[i] for i in where]
        column = head if head not in down else f"{head} "
        wide[column] = (
            pd.array(numbers, dtype="Int64") if whole else pd.Series(numbers, dtype=float)
        )
        links_across[column] = [None if i is None else behind[i] for i in where]
    return wide, links_across


TIME = re.compile(r"\d{4}(?:-W?\d\d)*$|no \w+$|$")


def in_order(values: Iterable[Any]) -> list[Any]:
    """Voices in the order of the codebook, times as they pass; other values as they came."""
    found = list(values)
    if all(TIME.match(str(v)) for v in found):
        return sorted(found, key=str)
    return [v for v in VOICES if v in found] if set(found) <= set(VOICES) else found


def _markup(
    shown: pd.DataFrame,
    found: dict[str, list[Link]],
    caption: str,
    name: str,
    digits: int,
) -> Html:
    lead = len(row_names(shown))
    plain = f"{caption}\n{shown.to_string(index=False)}"
    cells = {c: _cells(shown[c], found.get(c), digits) for c in shown}
    numeric = {c: _is_figure(shown[c]) for c in shown}
    shown, cells, numeric = _together(shown, cells, numeric, found, digits)
    has_note = "note" in shown and not _is_figure(shown["note"])
    if has_note and not shown["note"].fillna("").astype(bool).any():
        shown = shown.drop(columns="note")
    renamed = {c: named(c) for c in shown}
    table_ = shown.rename(columns=renamed)
    _take_away({renamed[c]: cells[c] for c in shown}, caption, name)
    table_.attrs["intervals"] = [renamed[c] for c in shown if numeric[c]]
    silent = [renamed[c] for c in shown if numeric[c] and not any("<a " in v for v in cells[c])]
    markup = html.table(
        table_,
        caption=caption,
        name=name,
        cells={renamed[c]: cells[c] for c in shown},
        digits=digits,
        lead=lead if 0 < lead < len(table_.columns) else 1,
        told=silent,
        below=_below(name, silent),
    )
    return Html(markup, plain)


PROBABILITIES = frozenset({"p", "q", "smallest_p"})
"""Columns written to two significant digits, whatever the other figures of their table have."""


def _take_away(cells: dict[str, list[str]], caption: str, name: str) -> None:
    """Write the rows that a report shows for LaTeX, and as a plain page that Word opens as a
    table."""
    if (folder := notebook.tables_folder()) is None:
        return
    plain = pd.DataFrame({c: [html.words(cell) for cell in words] for c, words in cells.items()})
    marked = plain.to_html(index=False, escape=True, border=1, justify="left")
    page = f'<!doctype html><meta charset="utf-8"><title>{html.text(caption)}</title>\n{marked}\n'
    (folder / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")
    columns = "l" * len(plain.columns)
    latex = (
        plain.style.hide(axis="index")
        .format(escape="latex")
        .format_index(escape="latex", axis="columns")
    )
    source = latex.to_latex(caption=html.latex(caption), hrules=True, column_format=columns)
    (folder / f"{name}.tex").write_text(source, encoding="utf-8", newline="\n")


def _is_figure(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and column.dtype != bool


def _cells(column: pd.Series, behind: list[Link | None] | None, digits: int) -> list[str]:
    """The cells of a column as markup, each a link where something stands behind it."""
    if column.name in PROBABILITIES:
        return ["–" if pd.isna(v) else html.text(probability(v)) for v in column]
    words = [_words(v, digits) for v in column]
    if behind is None:
        return words
    return [w if link is None else _linked(w, link) for w, link in zip(words, behind, strict=True)]


def _words(value: Any, digits: int) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value is None or value is pd.NaT or value is pd.NA:
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, str):
        return html.text(value) if value else "–"
    return html.number(value, digits)


def _linked(words: str, link: Link) -> str:
    derived = link.derived or words == "0"
    of = None if link.derived else link.behind.of  # said once in a row, by its count
    return html.evidence(words, link.behind, derived=derived, of=of)


def _together(
    shown: pd.DataFrame,
    cells: dict[str, list[str]],
    numeric: dict[str, bool],
    found: dict[str, list[Link]],
    digits: int,
) -> tuple[pd.DataFrame, dict[str, list[str]], dict[str, bool]]:
    """Show two columns as one where they are the ends of an interval, or some of all."""
    for heading, (first, second, word) in TOGETHER.items():
        if first not in shown or second not in shown:
            continue
        a, b = (_cells(shown[c], None, digits) for c in (first, second))
        pairs = ["–" if "–" in (x, y) else f"{x} {word} {y}" for x, y in zip(a, b, strict=True)]
        behind = found.get(first)
        cells[heading] = (
            pairs
            if behind is None
            else [
                _linked(w, Link(link.behind, True)) for w, link in zip(pairs, behind, strict=True)
            ]
        )
        numeric[heading] = True
        shown = shown.rename(columns={first: heading}).drop(columns=second)
    return shown, cells, numeric


def _below(name: str, silent: list[str]) -> str:
    """The line below a table: which figures lead to no passage, and where its CSV file is."""
    told = []
    if silent:
        named_ = ", ".join(f"<b>{html.text(c)}</b>" for c in silent)
        told.append(f"{named_}: computed by the notebook; no list of passages is behind them.")
    if os.environ.get("FRAMING_TABLES"):
        told.append(
            f'<a class="file" href="tables/{name}.csv">All rows as CSV</a>; these rows for'
            f' <a class="file" href="tables/{name}.tex">LaTeX</a> and'
            f' <a class="file" href="tables/{name}.html">Word</a>'
        )
    return f'<p class="from" id="t-{name}-from">{" ".join(told)}</p>' if told else ""


def frame(rows: pd.DataFrame, most: int = 20) -> str:
    """Return any DataFrame as a plain accessible table: what a cell of a report shows of it."""
    shown = rows.head(most)
    if not isinstance(shown.index, pd.RangeIndex) and any(shown.index.names):
        shown = shown.reset_index()
    shown = shown.set_axis([str(c) for c in shown], axis=1)
    dots = f"; the first {most} are shown" if len(rows) > most else ""
    caption = f"{len(rows):,} rows{dots}"
    name = notebook.fresh_name("rows")
    unique = shown.columns.is_unique
    cells = {c: _cells(shown[c], None, 2) for c in shown} if unique else {}
    figures = [c for c in shown if _is_figure(shown[c])] if unique else []
    told = ", ".join(f"<b>{html.text(c)}</b>" for c in figures)
    below = f"{told}: a look at the data; no list of passages is behind them." if told else ""
    below = f'<p class="from" id="t-{name}-from">{below}</p>' if below else ""
    return html.table(
        shown, caption=caption, name=name, cells=cells, lead=1, told=figures, below=below
    )


def save(rows: pd.DataFrame, name: str) -> None:
    """Write a table as CSV where the report gathers its tables; in JupyterLab, nowhere.

    Text that a spreadsheet would run as a formula is made harmless with an apostrophe before it.
    """
    if not (folder := os.environ.get("FRAMING_TABLES")):
        return
    safe = rows.copy()
    for column in safe.columns:
        values = safe[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            safe[column] = values.dt.strftime("%Y-%m-%d")
        elif not pd.api.types.is_numeric_dtype(values):
            # most words recur: each is looked at once
            codes, names = pd.factorize(values.astype(object), use_na_sentinel=True)
            told = np.array([*map(harmless, names), None], dtype=object)
            safe[column] = told[codes]
    safe.columns = [harmless(c) for c in safe.columns]
    place = Path(folder) / f"{html.slug(name)}.csv"
    safe.to_csv(place, index=False, lineterminator="\n", float_format="%.6g")
