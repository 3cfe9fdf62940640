"""The articles that a report's denominators are sums over, numbered, so that every number of words
can lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.ledger import KEPT, Ledger
from helpers.show import html

MOST = 5000
"""Articles listed in full; of more, the first FEW of each outlet."""

FEW = 5


class Sources(list):
    """Numbers of articles in a report's list, where a plain list holds numbers of passages."""

    letter = "a"


class Articles:
    """Numbered articles with what was counted in them.

    ledger   where they are
    articles those of the report: article_id, outlet, title, url, published
    counted  by heading, whole numbers by article_id: words, words in a voice, sentences …; the list
             sums them up
    """

    def __init__(self, ledger: Ledger, articles: pd.DataFrame, counted: Mapping[str, pd.Series]):
        rows = articles.sort_values(["outlet", "article_id"], kind="stable").reset_index(drop=True)
        parts = [
            _places(part.blocks)
            for part in ledger.each(
                rows["article_id"], blocks=["article_id", "start", "end", "role"]
            )
        ]
        self.rows = rows.join(
            pd.concat(parts) if parts else _places(ledger.blocks.head(0)), on="article_id"
        ).assign(number=range(1, len(rows) + 1))
        self.listed = len(rows) if len(rows) <= MOST else FEW
        self.shown = (self.rows.groupby("outlet").cumcount() < self.listed).to_numpy()
        self.columns = list(counted)
        for heading, values in counted.items():
            self.rows[heading] = self.rows["article_id"].map(values).fillna(0).astype(int)

    def __len__(self) -> int:
        return len(self.rows)

    def behind(
        self, table: pd.DataFrame, *columns: str, holding: str | Iterable[str] = ""
    ) -> list[Sources]:
        """Give, for each row of a table, the articles that share its values in these columns (none:
        all).

        holding  heading, or one for each row, of what an article must have some of to be among them
        """
        wanted = [holding] * len(table) if isinstance(holding, str) else list(holding)
        groups = (
            {key: list(rows.index) for key, rows in self.rows.groupby(list(columns))}
            if columns
            else {(): list(self.rows.index)}
        )
        keys = (
            table[list(columns)].itertuples(index=False, name=None)
            if columns
            else [()] * len(table)
        )
        return [
            self._some(groups.get(key, []), heading)
            for key, heading in zip(keys, wanted, strict=True)
        ]

    def of(self, ids: Iterable[Iterable[str]]) -> list[Sources]:
        """Give the numbers for each list of article_ids."""
        numbers = dict(zip(self.rows["article_id"], self.rows["number"], strict=True))
        return [Sources(sorted({numbers[i] for i in each if i in numbers})) for each in ids]

    def _some(self, at: list[int], heading: str) -> Sources:
        rows = self.rows.loc[at]
        numbers = (
            rows.loc[rows[heading] > 0, "number"] if heading in self.columns else rows["number"]
        )
        if self.listed < len(self) and len(numbers):  # only what the list shows can be led to
            numbers = numbers[self.shown[numbers.index]]
        return Sources(numbers)

    def frame(self) -> pd.DataFrame:
        """Give the list as a table: number, outlet, article_id, published, paragraphs, start, end,
        and what was counted."""
        about = self.rows[
            [
                "number",
                "outlet",
                "article_id",
                "published",
                "paragraphs",
                "start",
                "end",
                *self.columns,
            ]
        ]
        return about.astype({"paragraphs": "Int64", "start": "Int64", "end": "Int64"})

    def markup(self) -> str:
        """Give the list as a table with its sums in the last line."""
        if not len(self):
            return (
                '<section id="articles"><p class="note">There is no article to list.</p></section>'
            )
        heads = ["no.", "outlet", "article and place", *self.columns]
        head = "".join(
            f'<th scope="col"{_right(c in self.columns)}>{html.text(c)}</th>' for c in heads
        )
        shown = self.rows[self.shown]
        body = "".join(self._row(row) for row in shown.to_dict("records"))
        sums = "".join(f'<td class="num">{int(self.rows[c].sum()):,}</td>' for c in self.columns)
        caption = f"Articles behind the numbers of words and articles ({len(self):,})"
        if len(shown) < len(self):
            caption += f": the first {self.listed} of each outlet; articles-counted.csv has all"
        return (
            '<section id="articles" tabindex="-1"><div class="scroll" role="region" tabindex="0"'
            f' aria-label="{caption}"><table class="articles listed'
            f' {html.width(len(heads))}"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
            f'<tbody>{body}</tbody><tfoot><tr><th scope="row" colspan="3">sum of the articles'
            f" shown</th>{sums}</tr></tfoot></table></div></section>"
        )

    def _row(self, row: dict[str, Any]) -> str:
        place = (
            ""
            if pd.isna(row["start"])
            else f"¶ 1–{row['paragraphs']:.0f}, {row['start']:,.0f}–{row['end']:,.0f}"
        )
        day = "" if pd.isna(row["published"]) else f"{row['published']}, "
        title = html.link(row["url"], html.short(row["title"] or row["article_id"]))
        where = f'{title} <span class="where">{html.text(day)}{place}</span>'
        counts = "".join(
            f'<td class="num{" none" if not row[c] else ""}">{row[c]:,}</td>' for c in self.columns
        )
        return (
            f'<tr id="a{row["number"]}"><th scope="row">{row["number"]}</th>'
            f"<td>{html.text(row['outlet'])}</td><td>{where}</td>{counts}</tr>"
        )


def _places(blocks: pd.DataFrame) -> pd.DataFrame:
    """Of each article: how many paragraphs are kept, where the first begins and the last ends."""
    kept = blocks[blocks["role"].isin(KEPT)].astype({"article_id": "str"}).groupby("article_id")
    return kept.agg(paragraphs=("start", "size"), start=("start", "min"), end=("end", "max"))


def by_article(
    rows: pd.DataFrame, column: str = "", weight: str = "words", **sums: Iterable[str]
) -> dict[str, pd.Series]:
    """Sum words by article: "words", then each of `sums` over the values of a column named, then
    each value by itself.

    rows     article_id, `column`, `weight`
    returns  Series by heading, as `Articles` takes them
    """
    found = {weight: rows.groupby("article_id")[weight].sum()}
    for heading, values in sums.items():
        found[heading.replace("_", " ")] = (
            rows[rows[column].isin(list(values))].groupby("article_id")[weight].sum()
        )
    for value in dict.fromkeys(rows[column]) if column else ():
        found[f"{weight}: {value}"] = (
            rows[rows[column] == value].groupby("article_id")[weight].sum()
        )
    return found


def _right(numeric: bool) -> str:
    return ' class="num"' if numeric else ""
