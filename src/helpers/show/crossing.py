"""Terms and outlets crossed, with the voice of each use to be seen in the cell."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.ledger import VOICES
from helpers.measure.checks import require
from helpers.measure.phrases import group, number_of
from helpers.show import html, notebook, tables
from helpers.show.evidence import Evidence
from helpers.show.html import Html

LETTERS = {
    "narration": "N",
    "headline": "H",
    "caption": "C",
    "insertion": "[I]",
    "quote": "“Q”",
    "indirect": "R",
    "scare": "‘S’",
    "interviewer": "?",
    "interviewee": "A",
    "translator": "T",
}
"""Voice → the mark that a cell has for it; own voices come first."""

MEANING = {
    "narration": "the outlet’s own running text",
    "headline": "headlines and subheads",
    "caption": "captions",
    "insertion": "slipped in brackets into a quotation",
    "quote": "quotation",
    "indirect": "reported speech",
    "scare": "in quotation marks that quote nobody",
    "interviewer": "question of an interview",
    "interviewee": "answer of an interview",
    "translator": "translator’s note",
}


def matrix(
    hits: pd.DataFrame,
    rows: str = "term",
    columns: str = "outlet",
    *,
    first: Sequence[str] = (),
    caption: str = "",
    name: str = "",
    most: int = 25,
    widest: int = 9,
) -> None:
    """Show what is found where, with a mark for the voice of each use.

    hits     article_id, start, end, voice and the two columns
    rows     column whose values are laid out downwards; the commonest first
    columns  column laid out sideways; those with most hits first
    first    values of `rows` that come before the commonest
    caption  what is shown; none: made from the columns
    name     of the CSV file: rows, columns, voice, hits
    most     rows shown, widest: columns shown; the CSV file holds all

    Example: show.matrix(hits, caption="Loaded terms, where and in whose voice")

    >>> hits = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "end": 3, "term": "mob",
    ...     "outlet": ["A", "B"], "voice": ["narration", "quote"]})
    >>> matrix(hits, caption="Loaded terms")
    Loaded terms
    term outlet     voice  hits
     mob      A narration     1
     mob      B     quote     1
    """
    require(hits, [rows, columns, "voice"], "hits")
    caption = caption or f"{rows} by {columns}, with the voice of each use"
    name = html.slug(name or notebook.fresh_name(caption))
    keys = [rows, columns, "voice"]
    counts = hits.groupby(keys, observed=True).size().reset_index(name="hits")
    tables.save(counts, name)
    if counts.empty:
        words = f"{caption}: nothing was found."
        notebook.display(Html(f'<p class="note">{html.text(words)}</p>', words))
        return
    down = _order(hits, rows)
    down = [v for v in first if v in down] + [v for v in down if v not in first]
    across = _order(hits, columns)
    listed, wide = down[:most], tables.in_order(across[:widest])
    shown = hits[hits[rows].isin(listed) & hits[columns].isin(wide)]
    cells = _cells(shown, keys, notebook.evidence())
    totals = hits.groupby(rows, observed=True).agg(
        hits=("start", "size"), places=(columns, "nunique")
    )
    body = "".join(
        f'<tr><th scope="row">{html.text(row)}</th>'
        + "".join(f"<td>{cells.get((row, column), '')}</td>" for column in wide)
        + f'<td class="num">{totals.at[row, "hits"]:,}</td></tr>'
        for row in listed
    )
    heads = [rows, *(group(value, columns) for value in wide)]
    head = "".join(f'<th scope="col">{html.text(c)}</th>' for c in heads)
    size = f"{number_of(len(hits), 'hit')}, {number_of(hits['article_id'].nunique(), 'article')}"
    parts = [size]
    if len(listed) < len(down):
        parts.append(f"the {len(listed)} commonest of {len(down):,} rows")
    if len(wide) < len(across):
        parts.append(f"the {len(wide)} columns with most hits, of {len(across):,}")
    full = html.text(f"{caption} ({'; '.join(parts)})")
    legend = _legend([v for v in VOICES if v in set(shown["voice"])])
    markup = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{full}">'
        f'<table id="t-{name}" class="matrix {html.width(len(wide) + 2)}"><caption>{full}</caption>'
        f'<thead><tr>{head}<th scope="col" class="num" aria-describedby="t-{name}-from">all</th>'
        f"</tr></thead><tbody>{body}</tbody></table>{legend}{_below(name)}</div>"
    )
    plain = f"{caption}\n{counts.to_string(index=False)}"
    notebook.display(Html(markup, plain))


def _order(hits: pd.DataFrame, column: str) -> list:
    sizes = hits.groupby(column, observed=True).size()
    sizes = sizes.reset_index(name="n").sort_values(["n", column], ascending=[False, True])
    return sizes[column].tolist()


def _cells(hits: pd.DataFrame, keys: list[str], evidence: Evidence | None) -> dict[tuple, str]:
    """For each row and column the marks of its voices, each a link to its uses."""
    groups = [(key, part) for key, part in hits.groupby(keys, observed=True, sort=False)]
    numbers = evidence.add([part for _, part in groups]) if evidence is not None else None
    found: dict[tuple, dict[str, str]] = {}
    for i, ((row, column, voice), part) in enumerate(groups):
        mark = f'<abbr title="{html.text(voice)}">{LETTERS.get(voice, voice)}</abbr>'
        words = f"{len(part):,}\u202f{mark}"
        behind = None if numbers is None else numbers[i]
        of = None if behind is None else behind.of
        found.setdefault((row, column), {})[voice] = html.evidence(words, behind, of=of)
    return {key: " ".join(each[v] for v in LETTERS if v in each) for key, each in found.items()}


def _legend(voices: list[str]) -> str:
    said = "; ".join(f"{LETTERS[v]} {MEANING[v]}" for v in LETTERS if v in voices)
    return f'<p class="legend">{html.text(said)}</p>'


def _below(name: str) -> str:
    told = "<b>all</b>: the row’s uses in every column, those not shown too."
    link = f' <a class="file" href="tables/{name}.csv">All rows as CSV</a>'
    more = link if notebook.tables_folder() is not None else ""
    return f'<p class="from" id="t-{name}-from">{told}{more}</p>'
