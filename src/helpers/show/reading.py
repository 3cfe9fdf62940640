"""One article to read: whose words each stretch is, what was found in it, and what was left out and
why.

Nothing is told by colour alone: every stretch that is not the outlet's own carries its voice and
speaker as words
before it and a line of its own kind below it; a hit is framed; what was cut is set apart and says
its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from helpers.ledger import KEPT, Ledger
from helpers.show import html
from helpers.show.html import Html

LINES = {
    "narration": ("", "the outlet's own words"),
    "quote": ("solid", "in quotation marks, somebody's"),
    "indirect": ("dotted", "reported speech"),
    "insertion": ("double", "the outlet's, in brackets inside a quotation"),
    "scare": ("wavy", "marked words that quote nobody"),
    "interviewer": ("dashed", "a question of the interview"),
    "interviewee": ("dashed", "an answer of the interview"),
    "headline": ("", "title, deck, subhead: the outlet's"),
    "caption": ("", "below a picture: the outlet's"),
    "translator": ("wavy", "a translator's note"),
}
"""Voice → the line below its words (none for the outlet's own), and what it means."""

COLOURS = {
    "quote": "c1",
    "indirect": "c2",
    "insertion": "c4",
    "scare": "c5",
    "interviewer": "c3",
    "interviewee": "c3",
    "translator": "c6",
}
FALLBACK = {
    "c1": "#2f7fb8",
    "c2": "#c2622a",
    "c3": "#3f8a5c",
    "c4": "#9166b3",
    "c5": "#94751c",
    "c6": "#747a83",
}
"""Where a page has no colours of its own, as in JupyterLab: 3:1 or more on white and on its dark
ground."""


class _Marks(NamedTuple):
    """What is marked in the words: hits with their label, cues, and the place that was asked
    for."""

    hits: list[tuple[int, int, str]]
    cues: list[tuple[int, int]]
    at: tuple[int, int] | None


class _Part(NamedTuple):
    """A stretch of a block in which nothing changes."""

    start: int
    end: int
    hit: tuple[int, int, str] | None
    cue: bool
    here: bool


def article(
    ledger: Ledger,
    article_id: str,
    *,
    hits: pd.DataFrame | None = None,
    at: tuple[int, int] | None = None,
    evidence: str = "sentences",
) -> Html:
    """Show an article with its voices, quotations, hits and cut blocks marked.

    ledger      where it is
    hits        rows to mark in the place of the ledger's: article_id, start, end, category, entry
    at          start and end of a place that is marked and named by its paragraph
    evidence    with "locations" the text is left out: a table of the stretches by place
    returns     Html; a sentence where there is no such article (any more)
    """
    rows = ledger.articles[ledger.articles["article_id"] == article_id]
    if rows.empty:
        words = (
            f"There is no article {article_id} in this ledger (any more). Open the ledger again and"
            " choose from what it has."
        )
        return Html(f'<p class="note">{html.text(words)}</p>', words)
    own = {name: _of(getattr(ledger, name), article_id) for name in ("blocks", "voices", "quotes")}
    own["hits"] = _of(ledger.hits if hits is None else hits, article_id)
    if evidence != "sentences":
        return _places(rows.iloc[0], own)
    return _read(rows.iloc[0], own, at)


def _of(table: pd.DataFrame, article_id: str) -> pd.DataFrame:
    return table[table["article_id"] == article_id].sort_values(["start", "end"], kind="stable")


def _read(about: pd.Series, own: dict[str, pd.DataFrame], at: tuple[int, int] | None) -> Html:
    text, lines, number = about["text"], [], 0
    voices, marks = list(own["voices"].itertuples(index=False)), _marks(own, at)
    for block in own["blocks"].itertuples(index=False):
        if block.role not in KEPT:
            reason = f"left out as {block.role}: {block.reason}"
            lines.append(
                f'<p class="cut"><span class="tag">{html.text(reason)}</span>'
                f" {html.text(text[block.start : block.end])}</p>"
            )
            continue
        number += 1
        body = "".join(_voices(text, block, voices, marks))
        role = f" <b>{html.text(block.role)}</b>" if block.role != "body" else ""
        here = " here" if at and block.start <= at[0] < block.end else ""
        lines.append(f'<p class="kept{here}"><span class="tag">¶ {number}{role}</span> {body}</p>')
    title = about["title"] or about["article_id"]
    published = "" if pd.isna(about["published"]) else f", {about['published']}"
    head = (
        f'<p class="about"><b>{html.text(about["outlet"])}</b>{html.text(published)}:'
        f" {html.link(about['url'] or '', title)}. {_where(own, at)}</p>"
    )
    label = html.text(f"Article {about['article_id']} with its voices marked")
    markup = (
        f'<style>{STYLE}</style><div class="reading" role="region" tabindex="0"'
        f' aria-label="{label}">{head}{_legend(own)}{"".join(lines)}</div>'
    )
    return Html(markup, f"{about['outlet']}: {about['title'] or about['article_id']}\n\n{text}")


def _where(own: dict[str, pd.DataFrame], at: tuple[int, int] | None) -> str:
    """Say in which paragraph the place stands that was asked for."""
    if at is None:
        return ""
    kept = own["blocks"][own["blocks"]["role"].isin(KEPT)].reset_index(drop=True)
    found = kept.index[(kept["start"] <= at[0]) & (at[0] < kept["end"])]
    return (
        f"The line chosen stands in ¶ {found[0] + 1}, marked with ▶."
        if len(found)
        else "The line chosen is not in this article any more."
    )


def _marks(own: dict[str, pd.DataFrame], at: tuple[int, int] | None) -> _Marks:
    quotes = own["quotes"].dropna(subset=["cue_start", "cue_end"])
    cues = sorted(
        {(int(a), int(b)) for a, b in zip(quotes["cue_start"], quotes["cue_end"], strict=True)}
    )
    return _Marks(
        [
            (h.start, h.end, f"{h.entry} ({h.category})")
            for h in own["hits"].itertuples(index=False)
        ],
        cues,
        at,
    )


def _voices(text: str, block: tuple, voices: list, marks: _Marks) -> Iterator[str]:
    """The stretches of a kept block, one voice after the other."""
    here = [span for span in voices if span.start < block.end and span.end > block.start]
    for span in here:
        start, end = max(span.start, block.start), min(span.end, block.end)
        words = "".join(_marked(text, part) for part in _parts(start, end, marks))
        if not LINES.get(span.voice, ("",))[0]:
            yield words
            continue
        who = f"{span.voice}: {span.speaker}" if span.speaker else span.voice
        yield (
            f'<span class="v v-{html.slug(span.voice)}"><span class="tag">{html.text(who)}</span>'
            f" {words}</span>"
        )
    # A block that no voice covers comes of a ledger made by other hands: its words are shown all
    # the same.
    if not here:
        yield html.text(text[block.start : block.end])


def _parts(start: int, end: int, marks: _Marks) -> Iterator[_Part]:
    hits = [hit for hit in marks.hits if hit[0] < end and hit[1] > start]
    cues = [cue for cue in marks.cues if cue[0] < end and cue[1] > start]
    edges = {
        start,
        end,
        *(e for h in hits for e in h[:2]),
        *(e for c in cues for e in c),
        *(marks.at or ()),
    }
    inner = sorted(e for e in edges if start <= e <= end)
    for low, high in pairwise(inner):
        hit = next((h for h in hits if h[0] <= low and high <= h[1]), None)
        yield _Part(
            low,
            high,
            hit,
            any(a <= low and high <= b for a, b in cues),
            bool(marks.at) and low == marks.at[0],
        )


def _marked(text: str, part: _Part) -> str:
    words = html.text(text[part.start : part.end])
    if part.cue:
        words = f'<em class="cue">{words}</em>'
    if part.hit:
        last = (
            f' <span class="tag">{html.text(part.hit[2])}</span>' if part.end == part.hit[1] else ""
        )
        words = f'<mark class="hit">{words}</mark>{last}'
    return f'<b class="place">▶</b>{words}' if part.here else words


def _legend(own: dict[str, pd.DataFrame]) -> str:
    """What the lines mean, for the voices that this article has."""
    there = [voice for voice in LINES if (own["voices"]["voice"] == voice).any()]
    items = [
        f'<li><span class="v v-{v}">{v}</span>: {html.text(LINES[v][1])}</li>'
        for v in there
        if LINES[v][0]
    ]
    items += [f"<li>{v}, no line: {html.text(LINES[v][1])}</li>" for v in there if not LINES[v][0]]
    items += (
        [
            '<li><mark class="hit">framed</mark>: a term of a lexicon, its entry and category'
            " behind it</li>"
        ]
        if len(own["hits"])
        else []
    )
    items += (
        ['<li><em class="cue">cue</em>: a reporting verb</li>']
        if own["quotes"]["cue_start"].notna().any()
        else []
    )
    return (
        '<details class="legend" open><summary>How to read'
        f" this</summary><ul>{''.join(items)}</ul></details>"
    )


def _places(about: pd.Series, own: dict[str, pd.DataFrame]) -> Html:
    """The article without its text: where each voice stands and how many hits it holds."""
    rows = own["voices"][["start", "end", "voice"]].copy()
    starts = own["hits"]["start"]
    rows["hits"] = [
        int(((starts >= a) & (starts < b)).sum())
        for a, b in zip(rows["start"], rows["end"], strict=True)
    ]
    cut = own["blocks"][~own["blocks"]["role"].isin(KEPT)]
    left = pd.DataFrame(
        {"start": cut["start"], "end": cut["end"], "voice": "left out: " + cut["role"], "hits": 0}
    )
    table = (
        pd.concat([rows, left])
        .sort_values("start", kind="stable")
        .rename(columns={"start": "from character", "end": "to", "voice": "voice or reason"})
    )
    caption = (
        f"Article {about['article_id']} of {about['outlet']} by place, without its text"
        f" ({len(table)} stretches)"
    )
    markup = html.table(table, caption=caption, name=f"reading-{about['article_id']}", lead=2)
    return Html(markup, f"{caption}\n{table.to_string(index=False)}")


def _style(lines: Iterable[tuple[str, tuple[str, str]]]) -> str:
    rules = [
        ".reading{max-width:46rem;line-height:1.65;padding:.2rem .6rem}",
        ".reading p{margin:.7em 0;white-space:pre-line}",
        (
            ".reading .tag{font:600 .72em/1.2 system-ui,sans-serif;border:1px solid"
            " currentColor;border-radius:3px;padding:0"
            " .3em;white-space:normal;text-decoration:none;display:inline-block}"
        ),
        (
            ".reading .v{text-decoration-line:underline;text-decoration-thickness:2px;"
            "text-underline-offset:.22em}"
        ),
        (
            ".reading .cut{border-left:4px double"
            " currentColor;padding-left:.8em;font-style:italic;font-size:.9em}"
        ),
        ".reading .here{border-left:4px solid currentColor;padding-left:.8em}",
        (
            ".reading .hit{background:var(--mark,#ffe9a8);color:var(--mark-ink,#1d2126);"
            "font-weight:700;border:1px solid currentColor;padding:0 .2em;white-space:normal}"
        ),
        ".reading .cue{font-style:italic;font-weight:600}",
        (
            ".reading .legend{font-size:.85em;border:1px solid;padding:.2em .8em}.reading .legend"
            " ul{columns:2;margin:.3em 0;padding-left:1.1em}"
        ),
    ]
    for voice, (line, _) in lines:
        if line:
            colour = COLOURS[voice]
            rules.append(
                f".reading .v-{voice}{{text-decoration-style:{line};"
                f"text-decoration-color:var(--{colour},{FALLBACK[colour]})}}"
            )
    return "".join(rules)


STYLE = _style(LINES.items())
