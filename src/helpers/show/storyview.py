"""Pieces of a page for one story in several articles: quotations with what was dropped struck out,
words side by side."""

from __future__ import annotations

import pandas as pd

from helpers import measure
from helpers.show import html
from helpers.show import pieces as show
from helpers.show.html import Html

MOST = 7  # words shown for one act: reports free of article text show no run of eight
TRACED = {
    "counted against the facts traced by hand, in gold/facts.csv of the corpus": [
        *(
            "articles",
            "pairs in the gold",
            "pairs found and judged",
            "right",
            "of the gold's found",
            "found, not in the gold",
        ),
        *("precision, %", "recall, %", "verbatim", "truncated", "paraphrased", "not found"),
    ]
}
"""Why the tables of the gold lead to no passages."""
DROPPED = (
    '<del style="color:var(--muted)"><span'
    ' style="position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden">dropped:'
    " </span>{}</del>"
)


def truncations(
    runs: pd.DataFrame,
    articles: pd.DataFrame,
    names: pd.Series,
    links: dict[tuple, list[int]],
    *,
    evidence: str,
) -> Html:
    """Show each shortened quotation in full, the words that an article dropped struck out.

    runs      passage, article_id, lead_id, start, end, kept, words, as `story.truncations` gives
              them
    articles  article_id, text
    names     of the articles, by id
    links     numbers of the passages in the list, by (passage, article_id)
    evidence  "locations" shows where the dropped words stand instead of the words
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows, shown, kept = [], [], []
    for (passage, article_id, lead), group in runs.groupby(
        ["passage", "article_id", "lead_id"], sort=True
    ):
        left, whole = int(group.loc[group["kept"], "words"].sum()), int(group["words"].sum())
        rows.append(
            (passage, names[lead], names[article_id], f"{left} of {whole}", _dropped(group))
        )
        kept.append(html.evidence(f"{left} of {whole}", links.get((passage, article_id))))
        shown.append(
            _struck(group, texts[lead]) if evidence == "sentences" else html.text(rows[-1][4])
        )
    table = pd.DataFrame(
        rows, columns=["passage", "fullest in", "shortened by", "words kept", "dropped"]
    )
    show.save(table, "truncations")
    caption = (
        f"Quotations that an article shortened ({len(table)}): the fullest version, what was"
        " dropped struck out"
    )
    if table.empty:
        return Html(
            '<p class="note">No quotation was shortened.</p>', "No quotation was shortened."
        )
    markup = html.table(
        table,
        caption=caption,
        name="truncations",
        cells={"words kept": kept, "dropped": shown},
        lead=3,
    )
    return Html(markup, f"{caption}\n{table.to_string(index=False)}")


def _dropped(group: pd.DataFrame) -> str:
    """Where the dropped words stand in the fullest version."""
    gone = group[~group["kept"]]
    return "; ".join(f"{r.words} words at {r.start:,}–{r.end:,}" for r in gone.itertuples())


def _struck(group: pd.DataFrame, text: str) -> str:
    pieces = []
    for run in group.sort_values("start").itertuples():
        words = html.text(" ".join(text[run.start : run.end].split()))
        pieces.append(words if run.kept else DROPPED.format(words))
    return " ".join(pieces)


def wordings(
    rows: pd.DataFrame, names: pd.Series, links: dict[tuple, list[int]], *, most: int = 60
) -> Html:
    """Show the words for one act side by side, a column to each article, each with its voice.

    rows   passage, act, article_id, words, voice, as `story.wordings` gives them
    names  of the articles, by id
    links  as for `truncations`
    most   rows shown; the CSV file has all
    """
    if rows.empty:
        return Html(
            '<p class="note">No act or name is worded differently.</p>',
            "No act or name is worded differently.",
        )
    told = rows.assign(said=[_said(row) for row in rows.itertuples()])
    by = told.groupby(["passage", "act", "article_id"], sort=True)["said"]
    wide = by.agg(lambda said: "; ".join(dict.fromkeys(words for words in said if words))).unstack(
        "article_id"
    )
    wide = wide.reindex(columns=[a for a in names.index if a in wide])
    flat = (
        wide.mask(wide == "", "nothing").fillna("–").rename(columns=names.to_dict()).reset_index()
    )
    show.save(flat, "wordings")
    top = flat.head(most)
    cells = {
        names[a]: [
            _linked(v, links.get((p, a)))
            for p, v in zip(top["passage"], top[names[a]], strict=True)
        ]
        for a in wide
    }
    cut = f", the first {most} shown" if len(flat) > most else ""
    caption = (
        f"The same act or name in other words ({len(flat)} in"
        f" {measure.phrases.number_of(flat['passage'].nunique(), 'passage')}{cut}; nothing: the"
        " article has the passage and no word for it; –: it has not the passage)"
    )
    markup = html.table(top, caption=caption, name="wordings", cells=cells, lead=2)
    return Html(markup, f"{caption}\n{top.to_string(index=False)}")


def _linked(words: str, passages: list[int] | None) -> str:
    return html.evidence(html.text(words), passages if words not in ("–", "nothing") else None)


def _said(row) -> str:
    return f"{' '.join(row.words.split()[:MOST])} ({row.voice})" if row.words else ""
