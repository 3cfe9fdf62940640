"""The passages behind a report's figures, numbered, so that every figure can lead to the ones it
was counted from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.ledger import KEPT, Ledger
from helpers.show import html

WORD = re.compile(r"\S+")
MOST = 5000
"""Passages listed in full; of more, some are drawn: a page of more is slow to read by any means."""

FEW = 3
"""Passages drawn for each kind that a figure counts, where not all are listed."""

PER_WORD = 24  # characters looked at for each word of context: longer than nearly any English word


class Passages:
    """Numbered spans of articles.

    ledger    where the articles are
    spans     rows with article_id, start, end; further columns named in `columns` are shown
    columns   further columns to show, in order
    evidence  "sentences" shows words around the span; "locations" shows only where it stands
    window    words of context on either side
    whole     the span is the passage (a quotation, a paragraph): no context and no alignment
    keep      where there are more than MOST, so many are drawn by `seed` that FEW of each
              combination of values in
              these columns are listed, and FEW of each outlet
    """

    def __init__(
        self,
        ledger: Ledger,
        spans: pd.DataFrame,
        *,
        columns: Iterable[str] = (),
        evidence: str = "sentences",
        window: int = 12,
        whole: bool = False,
        keep: Sequence[Sequence[str]] = (),
        seed: int = 20,
    ):
        about = ledger.of(
            set(spans["article_id"]), "articles", ["article_id", "outlet", "title", "url"]
        )
        self.all = spans
        spans = (
            spans
            if len(spans) <= MOST
            else _drawn(spans.merge(about[["article_id", "outlet"]], on="article_id"), keep, seed)[
                list(spans)
            ]
        )
        placed = spans.merge(about, on="article_id", how="left", validate="m:1").sort_values(
            ["outlet", "article_id", "start", "end"], kind="stable"
        )
        self.rows = placed.reset_index(drop=True).assign(passage=lambda t: t.index + 1)
        blocks = ledger.of(
            set(self.rows["article_id"]), "blocks", ["article_id", "start", "end", "role"]
        )
        self.rows["paragraph"] = _paragraphs(self.rows, blocks)
        self.columns = list(columns)
        self.evidence = evidence
        self.window = window
        self.whole = whole
        texts = ledger.of(set(self.rows["article_id"]), "articles", ["article_id", "text"])
        self._texts = dict(zip(texts["article_id"], texts["text"], strict=True))
        self._blocks = _borders(blocks)

    def __len__(self) -> int:
        return len(self.rows)

    def words(self) -> str:
        """Say how many of the passages are listed; "" where all are."""
        if len(self) == len(self.all):
            return ""
        return (
            f"{len(self):,} of {len(self.all):,} passages are listed: of each kind that a figure"
            f" counts, {FEW} drawn at random. passages-all.csv has the place of each."
        )

    def by(self, *columns: str, **only: Any) -> dict[tuple, list[int]]:
        """Give the numbers of the passages for each combination of values in these columns.

        only  keeps the passages whose column has this value, or one of a list of values
        """
        rows = self.rows
        for column, wanted in only.items():
            rows = rows[rows[column].isin(wanted if isinstance(wanted, list) else [wanted])]
        groups = rows.groupby(list(columns), sort=True)["passage"] if len(rows) else {}
        return {key if isinstance(key, tuple) else (key,): list(numbers) for key, numbers in groups}

    def behind(self, table: pd.DataFrame, *columns: str, **only: Any) -> list[list[int]]:
        """Give, for each row of a table, the passages that share its values in these columns;
        `only` as in `by`."""
        found = self.by(*columns, **only)
        return [
            found.get(tuple(row), [])
            for row in table[list(columns)].itertuples(index=False, name=None)
        ]

    def frame(self) -> pd.DataFrame:
        """Give the passages as a table, with their text only where the study shows sentences."""
        kept = ["passage", "outlet", "article_id", "paragraph", "start", "end", *self.columns]
        table = self.rows[kept].assign(**{c: self.rows[c].map(self._told) for c in self.columns})
        if self.evidence == "sentences":
            around = [
                self.context(a, s, e)
                for a, s, e in zip(table.article_id, table.start, table.end, strict=True)
            ]
            parts = {"text": 1} if self.whole else {"before": 0, "text": 1, "after": 2}
            table = table.assign(
                **{name: [words[i] for words in around] for name, i in parts.items()}
            )
        return table

    def context(self, article_id: str, start: int, end: int) -> tuple[str, str, str]:
        """Give the words before a span, the span, and the words after it, all within one
        paragraph."""
        text = self._texts[article_id]
        low, high = self._blocks.get(article_id, _Whole).around(start, len(text))
        before, after = (
            text[max(low, start - PER_WORD * self.window) : start],
            text[end : min(high, end + PER_WORD * self.window)],
        )
        left = [m.start() for m in WORD.finditer(before)][-self.window :]
        right = [m.end() for m in WORD.finditer(after)][: self.window]
        return (
            before[left[0] :] if left else "",
            text[start:end],
            after[: right[-1]] if right else "",
        )

    def markup(self) -> str:
        """Give the list as a sortable table, one passage to a row."""
        if not len(self.rows):
            return (
                '<section id="passages"><p class="note">There is no passage to show.</p></section>'
            )
        kind = "whole" if self.whole else "kwic"
        body = "".join(self._row(row) for row in self.rows.itertuples(index=False))
        head = "".join(f'<th scope="col">{html.text(c)}</th>' for c in self._heads())
        caption = f"Passages behind the figures ({len(self.rows):,})"
        return (
            '<section id="passages" tabindex="-1"><div class="scroll" role="region" tabindex="0"'
            f' aria-label="{caption}">'
            f'<table class="{kind} passages listed"><caption>{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
        )

    def _heads(self) -> list[str]:
        words = (
            []
            if self.evidence != "sentences"
            else ["passage"]
            if self.whole
            else ["before", "term", "after"]
        )
        if self.evidence != "sentences" and not self.whole:
            words = ["term"]
        return ["no.", *words, *self.columns, "outlet", "article and place"]

    def _row(self, row) -> str:
        cells = [f'<th scope="row">{row.passage}</th>', *self._words(row)]
        cells += [f"<td>{html.text(self._told(getattr(row, c)))}</td>" for c in self.columns]
        where = (
            f"¶ {row.paragraph}, {row.start:,}–{row.end:,}"
            if row.paragraph
            else f"{row.start:,}–{row.end:,}"
        )
        title = html.link(row.url, html.short(row.title or row.article_id))
        cells += [
            f'<td>{html.text(row.outlet)}</td><td>{title} <span class="where">{where}</span></td>'
        ]
        return f'<tr id="p{row.passage}">{"".join(cells)}</tr>'

    def _told(self, value: Any) -> Any:
        """What a column shows; without sentences, a long description of a speaker is the article's
        wording too."""
        return value if self.evidence == "sentences" else _brief(value)

    def _words(self, row) -> list[str]:
        text = self._texts[row.article_id]
        if self.evidence != "sentences":
            return (
                []
                if self.whole
                else [f"<td><mark>{html.text(text[row.start : row.end])}</mark></td>"]
            )
        if self.whole:
            return [f"<td>{html.text(text[row.start : row.end])}</td>"]
        left, term, right = (
            html.text(" ".join(part.split()))
            for part in self.context(row.article_id, row.start, row.end)
        )
        return [
            f'<td class="left">{left}</td>',
            f"<td><mark>{term}</mark></td>",
            f"<td>{right}</td>",
        ]


def _drawn(spans: pd.DataFrame, keep: Sequence[Sequence[str]], seed: int) -> pd.DataFrame:
    """FEW rows of each outlet, and of each combination of values in the columns of `keep`, drawn at
    random."""
    spans = spans.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
    shuffled = spans.iloc[np.random.default_rng(seed).permutation(len(spans))]
    chosen = np.zeros(len(spans), dtype=bool)
    for columns in [["outlet"], *keep]:
        first = shuffled.groupby(list(columns), sort=False, observed=True).cumcount() < FEW
        chosen[shuffled.index[first]] = True
    return spans[chosen]


def _brief(value: Any, most: int = 6) -> Any:
    words = value.split() if isinstance(value, str) else []
    return f"{' '.join(words[:most])} …" if len(words) > most else value


class _Borders:
    """Where an article's blocks begin and end."""

    def __init__(self, starts: list[int], ends: list[int]):
        self.starts, self.ends = starts, ends

    def around(self, at: int, length: int) -> tuple[int, int]:
        from bisect import bisect_right

        i = bisect_right(self.starts, at) - 1
        return (self.starts[i], self.ends[i]) if i >= 0 else (0, length)


_Whole = _Borders([], [])


def _borders(blocks: pd.DataFrame) -> dict[str, _Borders]:
    ordered = blocks.sort_values(["article_id", "start"])
    return {
        a: _Borders(list(g["start"]), list(g["end"]))
        for a, g in ordered.groupby("article_id", sort=False)
    }


def _paragraphs(rows: pd.DataFrame, blocks: pd.DataFrame) -> list[int]:
    """Number of the kept block, counted from 1, in which each span starts; 0 where it starts in
    none."""
    kept = blocks[blocks["role"].isin(KEPT)].sort_values(["article_id", "start"])
    kept = kept.assign(paragraph=kept.groupby("article_id").cumcount() + 1)
    found = {
        a: (g["start"].to_numpy(), g["end"].to_numpy(), g["paragraph"].to_numpy())
        for a, g in kept.groupby("article_id")
    }
    return [
        _number(found.get(a), start)
        for a, start in zip(rows["article_id"], rows["start"], strict=True)
    ]


def _number(blocks: tuple | None, at: int) -> int:
    if blocks is None:
        return 0
    i = blocks[0].searchsorted(at, side="right") - 1
    return int(blocks[2][i]) if i >= 0 and at < blocks[1][i] else 0
