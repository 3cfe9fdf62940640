"""What the figures of a notebook lead to: its passages and articles, numbered once for the whole
notebook, so that every table can link to them and one list at the end shows them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.ledger import KEPT, VOICES
from helpers.show import html

if TYPE_CHECKING:
    from helpers.data import Corpus

KEY = ["article_id", "start", "end"]
"""What makes two rows the same passage."""

MOST = 5000
"""Passages and articles listed at most: a page of more is slow to read by any means."""

LEAST = 500
"""Passages that a table may add even when the tables above it have used up the others."""

STEPS = (200, 50, 20, 10, 5, 3, 1)
"""Where there are more passages than may be listed, so many are drawn for each figure: the largest
of these numbers that fits."""

DETAILS = {
    "term": "term",
    "kind": "kind",
    "mark": "mark",
    "form": "form",
    "role": "role",
    "voice": "voice",
    "speaker": "speaker",
    "cue": "cue",
    "rule": "rule",
    "reason": "reason",
    "negated": "negated",
    "confidence": "confidence",
    "mistake": "mistake",
    "expected": "right",
    "got": "found",
}
"""Columns of a passage that are listed beside its words, and what they are called there."""

PER_WORD = 24  # characters looked at for each word of context: longer than nearly any English word


class Numbers(list):
    """Numbers of passages behind a figure; `of` says how many there are where only some are
    listed."""

    letter = ""

    def __init__(self, numbers: Iterable[int], of: int | None = None):
        super().__init__(numbers)
        self.of = len(self) if of is None else of


class Sources(Numbers):
    """Numbers of articles behind a figure."""

    letter = "a"


class Evidence:
    """The passages and articles that a notebook's figures lead to, in the order of their numbers.

    corpus  as `data.open` returns it
    """

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        self.rows = pd.DataFrame(columns=KEY)
        self.numbers: dict[tuple[str, int, int], int] = {}
        self.left_out = 0
        self.shown = 0
        self._cached_for = -1
        self.articles = self._articles()

    def _articles(self) -> pd.DataFrame:
        """The corpus's articles in the order of their numbers; beyond MOST the first of each outlet
        are listed."""
        rows = self.corpus.articles.sort_values(["outlet", "article_id"], kind="stable")
        rows = rows.reset_index(drop=True)
        few = max(1, MOST // max(rows["outlet"].nunique(), 1))
        listed = np.ones(len(rows), bool) if len(rows) <= MOST else _first(rows["outlet"], few)
        return rows.assign(number=range(1, len(rows) + 1), listed=listed)

    def of_articles(self, rows: pd.DataFrame) -> Sources:
        """Return the numbers of some rows of `self.articles`."""
        return Sources(rows.loc[rows["listed"], "number"], len(rows))

    def add(self, groups: Sequence[pd.DataFrame], seed: int = 20) -> list[Numbers]:
        """Number the passages of each figure; passages that have a number keep it.

        groups  for each figure its passages: article_id, start, end and whatever else is known
        returns for each figure the numbers of its passages that are listed
        """
        every = pd.concat([g for g in groups if len(g)] or [self.rows.head(0)])
        every = every.drop_duplicates(KEY)
        new = every[~_keys(every).isin(self.numbers)] if len(every) else every
        left = MOST - len(self.numbers)
        if len(new) > left:
            # half of what is left, so that the tables below have passages too
            most = max(left // 2, LEAST)
            few = next((n for n in STEPS if _drawn_size(groups, n) <= most), 1)
            groups_listed = [_drawn(g, few, seed) for g in groups]
            chosen = pd.concat([g for g in groups_listed if len(g)]).drop_duplicates(KEY)
            new = chosen[~_keys(chosen).isin(self.numbers)]
            self.left_out += len(every) - len(chosen)
        self._number(new)
        return [self._numbers(g) for g in groups]

    def _number(self, new: pd.DataFrame) -> None:
        if new.empty:
            return
        outlet = "outlet" if "outlet" in new else "article_id"
        new = new.sort_values([outlet, *KEY], kind="stable")
        first = len(self.numbers) + 1
        self.numbers |= dict(zip(_keys(new), range(first, first + len(new)), strict=True))
        parts = [part.astype(object) for part in (self.rows, new) if len(part)]
        self.rows = pd.concat(parts, ignore_index=True)

    def _numbers(self, group: pd.DataFrame) -> Numbers:
        if group.empty:
            return Numbers([])
        keys = _keys(group).unique()
        found = [self.numbers[key] for key in keys if key in self.numbers]
        return Numbers(sorted(found), len(keys))

    def frame(self) -> pd.DataFrame:
        """Return the passages listed as a table: number, outlet, place, what is known, and their
        text where the study shows sentences."""
        about = self._placed()
        details = [c for c in DETAILS if c in about and about[c].notna().any()]
        columns = ["passage", "outlet", "article_id", "paragraph", "start", "end", *details]
        table = about[columns].copy()
        if self.corpus.evidence == "sentences" and len(table):
            around = [self.context(r.article_id, r.start, r.end) for r in about.itertuples()]
            for i, name in enumerate(("before", "text", "after")):
                table[name] = [words[i] for words in around]
        return table

    def _placed(self) -> pd.DataFrame:
        """The passages with their article and the paragraph they start in."""
        rows = self.rows.reindex(columns=[*KEY, *DETAILS])
        rows = rows.assign(passage=range(1, len(rows) + 1))
        about = self.corpus.articles[["article_id", "outlet", "title", "url"]]
        rows = rows.merge(about, on="article_id", how="left", validate="m:1")
        rows = rows.astype({"start": int, "end": int})
        borders = self._borders
        rows["paragraph"] = [
            borders(a).paragraph(s) for a, s in zip(rows["article_id"], rows["start"], strict=True)
        ]
        return rows

    def _borders(self, article_id: str) -> _Borders:
        if article_id not in self._known:
            return _Borders([], [], [])
        return self._known[article_id]

    @property
    def _known(self) -> dict[str, _Borders]:
        if self._cached_for != len(self.rows):  # rows only grow
            ids = set(self.rows["article_id"])
            blocks = self.corpus.ledger.of(ids, "blocks", ["article_id", "start", "end", "role"])
            self._cached = {
                a: _borders(g) for a, g in blocks.sort_values("start").groupby("article_id")
            }
            self._cached_for = len(self.rows)
            texts = self.corpus.ledger.of(ids, "articles", ["article_id", "text"])
            self._texts = dict(zip(texts["article_id"], texts["text"], strict=True))
        return self._cached

    def text(self, article_id: str) -> str:
        """Return the text of an article that has a passage here."""
        _ = self._known
        return self._texts[article_id]

    def context(
        self, article_id: str, start: int, end: int, window: int = 12
    ) -> tuple[str, str, str]:
        """Return the words before a passage, its own, and those after it, within its paragraph."""
        text = self.text(article_id)
        low, high = self._borders(article_id).around(start, len(text))
        before = text[max(low, start - PER_WORD * window) : start]
        after = text[end : max(end, min(high, end + PER_WORD * window))]
        left = before.split()[-window:]
        right = after.split()[:window]
        joined_left = " ".join(left) + (" " if left and before[-1:].isspace() else "")
        joined_right = (" " if right and after[:1].isspace() else "") + " ".join(right)
        return joined_left, text[start:end], joined_right

    def markup(self, window: int) -> str:
        """Return the list of passages as a table with an anchor to each."""
        if self.rows.empty:
            return (
                '<section id="passages"><p class="note">There is no passage to show.</p></section>'
            )
        body = "".join(self._row(row, window) for row in self._placed().itertuples(index=False))
        words = ["passage"] if self._has_words() else []
        heads = ["no.", *words, "what is known of it", "outlet, article and place"]
        head = "".join(f'<th scope="col">{h}</th>' for h in heads)
        caption = f"Passages behind the figures ({len(self.rows):,})"
        return (
            '<section id="passages" tabindex="-1"><div class="scroll" role="region" tabindex="0"'
            f' aria-label="{caption}"><table class="whole passages listed"><caption>{caption}'
            f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
        )

    def _has_words(self) -> bool:
        return self.corpus.evidence == "sentences" or "term" in self.rows

    def _row(self, row: Any, window: int) -> str:
        cells = [f'<th scope="row">{row.passage}</th>']
        if self._has_words():
            cells.append(f"<td>{self._words(row, window)}</td>")
        known = [
            f"{name}: {value}" if column in ("rule", "cue", "reason", "confidence") else str(value)
            for column, name in DETAILS.items()
            if (value := _told(column, getattr(row, column))) != ""
        ]
        cells.append(f"<td>{html.text(' · '.join(known))}</td>")
        place = f"{row.start:,}–{row.end:,}"
        where = f"¶ {row.paragraph}, {place}" if row.paragraph else place
        title = html.link(row.url or "", html.short(row.title or row.article_id))
        cells.append(
            f'<td>{html.text(row.outlet)}: {title} <span class="where">{where}</span></td>'
        )
        return f'<tr id="p{row.passage}">{"".join(cells)}</tr>'

    def _words(self, row: Any, window: int) -> str:
        is_term = isinstance(row.term, str) and row.term != ""
        if self.corpus.evidence != "sentences":
            own = self.text(row.article_id)[row.start : row.end]
            return f"<mark>{html.text(own)}</mark>" if is_term else ""
        if not is_term:
            return html.text(self.text(row.article_id)[row.start : row.end])
        left, own, right = self.context(row.article_id, row.start, row.end, window)
        return f"{html.text(left)}<mark>{html.text(own)}</mark>{html.text(right)}"

    def counted(self) -> pd.DataFrame:
        """Return the articles with their words: in all, in the outlet's own voice, and by voice."""
        words = self.corpus.words
        parts = {"words": words, "own voice": words[words["own"]]}
        there = set(words["voice"])
        parts |= {voice: words[words["voice"] == voice] for voice in VOICES if voice in there}
        ids = self.articles["article_id"]
        table = self.articles[["number", "outlet", "article_id", "published", "title", "url"]]
        sums = {
            name: ids.map(rows.groupby("article_id")["words"].sum()).fillna(0).astype(int)
            for name, rows in parts.items()
        }
        return table.assign(**sums)

    def articles_markup(self) -> str:
        """Return the list of articles as a table with the sums of their words below."""
        table = self.counted()
        if table.empty:
            return (
                '<section id="articles"><p class="note">There is no article to list.</p></section>'
            )
        counts = list(table.columns[6:])
        listed = table[self.articles["listed"].to_numpy()]
        heads = ["no.", "outlet", "article", *counts]
        head = "".join(f'<th scope="col"{_right(c in counts)}>{html.text(c)}</th>' for c in heads)
        body = "".join(_article(row, counts) for row in listed.to_dict("records"))
        sums = "".join(f'<td class="num">{int(table[c].sum()):,}</td>' for c in counts)
        caption = f"The articles and their words, by voice ({len(table):,})"
        if len(listed) < len(table):
            caption += ": some of each outlet; articles-counted.csv has all"
        wide = html.width(len(heads))
        return (
            '<section id="articles" tabindex="-1"><div class="scroll" role="region" tabindex="0"'
            f' aria-label="{caption}"><table class="articles listed {wide}">'
            f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            f'<tfoot><tr><th scope="row" colspan="3">sum of all articles</th>{sums}</tr></tfoot>'
            "</table></div></section>"
        )


def _article(row: dict[str, Any], counts: list[str]) -> str:
    day = "" if pd.isna(row["published"]) else f"{row['published']:%Y-%m-%d}"
    title = html.link(row["url"] or "", html.short(row["title"] or row["article_id"]))
    cells = "".join(f'<td class="num{"" if row[c] else " none"}">{row[c]:,}</td>' for c in counts)
    return (
        f'<tr id="a{row["number"]}"><th scope="row">{row["number"]}</th>'
        f'<td>{html.text(row["outlet"])}</td><td>{title} <span class="where">{day}</span></td>'
        f"{cells}</tr>"
    )


def _right(numeric: bool) -> str:
    return ' class="num"' if numeric else ""


def _told(column: str, value: Any) -> str:
    """A detail of a passage as words; nothing where it is missing or says no."""
    if (
        value is None
        or value == ""
        or value is False
        or (not isinstance(value, str) and pd.isna(value))
    ):
        return ""
    if column == "negated":
        return "negated"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _keys(rows: pd.DataFrame) -> pd.Series:
    keys = zip(rows["article_id"], rows["start"].astype(int), rows["end"].astype(int), strict=True)
    return pd.Series(list(keys), index=rows.index, dtype=object)


def _first(labels: pd.Series, few: int) -> np.ndarray:
    return (labels.groupby(labels, sort=False, observed=True).cumcount() < few).to_numpy()


def _drawn_size(groups: Sequence[pd.DataFrame], few: int) -> int:
    return sum(min(len(g), few) for g in groups)


def _drawn(group: pd.DataFrame, few: int, seed: int) -> pd.DataFrame:
    """Some rows, drawn at random and in their order."""
    if len(group) <= few:
        return group
    chosen = np.random.default_rng(seed).choice(len(group), few, replace=False)
    return group.iloc[np.sort(chosen)]


class _Borders:
    """Where an article's blocks begin and end, and which paragraph each is (0: not kept)."""

    def __init__(self, starts: list[int], ends: list[int], paragraphs: list[int]):
        self.starts, self.ends, self.paragraphs = starts, ends, paragraphs

    def around(self, at: int, length: int) -> tuple[int, int]:
        i = bisect_right(self.starts, at) - 1
        return (self.starts[i], self.ends[i]) if i >= 0 else (0, length)

    def paragraph(self, at: int) -> int:
        i = bisect_right(self.starts, at) - 1
        return self.paragraphs[i] if i >= 0 and at < self.ends[i] else 0


def _borders(blocks: pd.DataFrame) -> _Borders:
    kept = blocks["role"].isin(KEPT)
    numbers = kept.cumsum().where(kept, 0)
    return _Borders(list(blocks["start"]), list(blocks["end"]), [int(n) for n in numbers])
