"""Small pieces of HTML in which every word from an article is text and nothing else."""

from __future__ import annotations

import html
import math
import os
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

# Characters that turn the direction of the text after them: shown by name, so that no line reads
# backwards.
TURNERS = {
    ord(c): f"⟨U+{ord(c):04X}⟩"
    for c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
}
UNSEEN = {c: "�" for c in (*range(0, 9), 11, 12, *range(14, 32), 127)}

DENSE, PACKED = (
    10,
    13,
)  # columns; wider tables are set smaller so that they fit, still wider ones may break words


class Html:
    """A piece of a page: HTML where it can be shown, plain text elsewhere."""

    def __init__(self, markup: str, plain: str):
        self.markup = markup
        self.plain = plain

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # in JupyterLab MathJax would set "$5 this year and $7 the next" as a formula
        told = self.markup if os.environ.get("FRAMING_TABLES") else _no_formula(self.markup)
        return {"text/html": told, "text/plain": self.plain}


def _no_formula(markup: str) -> str:
    return f'<div class="tex2jax_ignore mathjax_ignore">{markup}</div>' if "$" in markup else markup


def plain(value: Any) -> str:
    """Give any value as text without control or direction-turning characters."""
    return str(value).translate(TURNERS | UNSEEN)


def text(value: Any) -> str:
    """Give any value as text that is safe in a page: as `plain`, escaped."""
    return html.escape(plain(value), quote=True)


def words(markup: str) -> str:
    """Give what a reader sees of a piece of our own markup.

    >>> words('<a href="#p=1">3 &amp; 4</a>')
    '3 & 4'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


_LATEX = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def latex(value: str) -> str:
    """Give text in which LaTeX finds no command.

    >>> latex("50 % of $5")
    '50 \\\\% of \\\\$5'
    """
    return value.translate(str.maketrans(_LATEX))


def slug(value: str) -> str:
    """Give a name that can stand in an id or a file name."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-") or "x"


def link(url: str, label: str) -> str:
    """Give a link where the address is a web address, else the label alone."""
    if not re.match(r"https?://[^\s\"'<>]+$", url):
        return text(label)
    return f'<a href="{text(url)}" rel="noreferrer">{text(label)}</a>'


def number(value: Any, digits: int = 1) -> str:
    """Show a number as readers expect it: thousands set apart, a dash where there is none."""
    if (
        value is None
        or type(value).__name__ == "NAType"
        or (isinstance(value, float) and math.isnan(value))
    ):
        return "–"
    if isinstance(value, bool) or (
        not isinstance(value, int | float) and not hasattr(value, "__round__")
    ):
        return text(value)
    whole = float(value) == int(value) and not isinstance(value, float)
    return f"{int(value):,}" if whole else f"{float(value):,.{digits}f}".replace("-", "−")


def ranges(numbers: Iterable[int]) -> str:
    """Write whole numbers shortly: 1-3,7."""
    parts: list[list[int]] = []
    for n in sorted(numbers):
        if parts and n == parts[-1][1] + 1:
            parts[-1][1] = n
        else:
            parts.append([n, n])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def evidence(
    shown: str,
    behind: Iterable[int] | None,
    page: str = "",
    *,
    derived: bool = False,
    of: int | None = None,
) -> str:
    """Make a figure a link to what it was counted from; with nothing behind it, the figure alone.

    behind   numbers of passages, or `Sources` of articles
    derived  the figure was computed from a count that stands in the same row and leads to the same
             passages
    of       how many there are, where only some of them are listed
    """
    numbers = list(behind) if behind is not None else []
    listed = ranges(numbers)
    if not listed or shown == "–":
        return shown
    letter = getattr(behind, "letter", "")
    there = "articles" if letter else "passages"
    some = f" <small>({len(numbers):,} listed)</small>" if of and of > len(numbers) else ""
    return (
        f'<a class="{"d" if derived else "n"}" href="{text(page)}#{there}"'
        f' data-show="{letter}{listed}">{shown}</a>{some}'
    )


def short(title: str, most: int = 60) -> str:
    """Cut a title that is too long for a cell."""
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def table(
    rows: pd.DataFrame,
    *,
    caption: str,
    name: str,
    cells: Mapping[str, list[str]] | None = None,
    digits: int = 1,
    lead: int = 1,
    classes: str = "",
    told: Iterable[str] = (),
    below: str = "",
) -> str:
    """Give an accessible table: caption, column scopes, row headers, a scroll region that the
    keyboard reaches.

    rows     what to show; numbers are set right
    caption  what the rows are, with their n
    name     stands in the id
    cells    markup made elsewhere, by column, instead of the column's values
    lead     how many columns at the left name the row
    told     columns of which a line below the table says how they were computed
    below    markup of that line
    """
    made = cells or {}
    numeric = {c: rows[c].dtype.kind in "iuf" or c in rows.attrs.get("intervals", ()) for c in rows}
    columns = {
        c: (
            made.get(c)
            or [number(v, digits) if numeric[c] else "–" if v is None else text(v) for v in rows[c]]
        )
        for c in rows
    }
    how = {c: f' aria-describedby="t-{slug(name)}-from"' for c in told}
    head = "".join(
        f'<th scope="col"{_right(numeric[c])}{how.get(c, "")}>{text(c)}</th>' for c in rows
    )
    body = "".join(
        _row(list(values), [numeric[c] for c in rows], lead)
        for values in zip(*columns.values(), strict=True)
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)} –'
        f' {text(name)}">'
        f'<table id="t-{slug(name)}"'
        f' class="{classes or width(len(rows.columns))}"><caption>{text(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}</div>"
    )


def width(columns: int) -> str:
    """Give the classes that set a table of so many columns small enough for its page."""
    return "dense packed" if columns > PACKED else "dense" if columns > DENSE else ""


def _right(numeric: bool) -> str:
    return ' class="num"' if numeric else ""


def _row(values: list[str], numeric: list[bool], lead: int) -> str:
    cells = (
        f'<th scope="row"{_right(n)}>{v}</th>' if i < lead else f"<td{_right(n)}>{v}</td>"
        for i, (v, n) in enumerate(zip(values, numeric, strict=True))
    )
    return f"<tr>{''.join(cells)}</tr>"
