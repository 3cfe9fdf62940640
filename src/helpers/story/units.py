"""The passages of an article that may have a counterpart elsewhere: its quotations, and the clauses
of the rest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import pandas as pd

from helpers.story.features import place, stem
from helpers.story.texts import Text

HEADINGS = ("title", "deck", "caption", "subhead")
NAMELESS = ("anonymous", "unattributed")

LEAST = 5
"""Words of a clause; a shorter piece goes with the one before it."""

GAP = 5
"""Characters between two words of a passage beyond which other words stand there: marks and spaces
take fewer."""

SHORT = 15
"""Words of a reported clause with quoted words in it, up to which it is one passage; a longer one
is also cut in clauses."""

OPENING = (
    "according after amid as at before by despite during for from in of on since under while with"
)
OPENINGS = frozenset(OPENING.split())
"""Words that open what belongs to the clause after it."""

APART = 14
"""Words that may stand between two pieces of one quotation: "…," said the minister, "…"."""

CUTS = re.compile(r"[,;:–—()\n]| (?=(?:but|while|whereas|although|and that)\b)")
"""Where a clause may end. A comma between digits ends none."""


class Unit(NamedTuple):
    """A passage that is compared.

    kind      quotation (words somebody is quoted with, pieces joined), clause, heading (any words
              of a title, deck,
              caption or subhead, which repeat what the body says)
    start     first character; `end` exclusive
    words     norms of its words, bracketed insertions left out; of a quotation, the quoted words
              only
    spans     where each of these words stands
    features  set of features, as `features` gives them, with the speaker's where there is one
    context   features of its whole sentence
    speaker   of a quotation
    quoted    share of a quotation's content words that stands in marks: under 1 where part of it is
              reported
    """

    article_id: str
    kind: str
    start: int
    end: int
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    features: frozenset[str]
    context: frozenset[str]
    speaker: str
    anonymous: bool
    quoted: float
    sentence_id: int


def units(text: Text, quotes: pd.DataFrame, blocks: pd.DataFrame) -> list[Unit]:
    """Give the units of an article in the order of its text.

    blocks   the article's rows of the blocks table

    quotes   the article's rows of the quotes table
    returns  a unit to each quotation (direct pieces of one speaker that stand close together are
             one; a reported clause
             with words in marks is one of its own) and to each clause outside direct quotation
    """
    rows = quotes.sort_values("start")
    spoken = _joined(text, rows[rows["kind"].isin(["direct", "mixed"])])
    covered = [
        span
        for pieces in spoken
        for span in pieces["spans"]
        if pieces["kind"] == "direct" or len(_places(text, *span)) <= SHORT
    ]
    reported = [
        (r.start, r.end, r.speaker, r.speaker_type in NAMELESS)
        for r in rows[rows["kind"] != "direct"].itertuples(index=False)
    ]
    edges = sorted({e for r in rows.itertuples() for e in (r.start, r.end)})
    found = [_quotation(text, pieces) for pieces in spoken]
    whole = [u for u in found if u] + _clauses(text, covered, edges, reported)
    heads = blocks[blocks["role"].isin(HEADINGS)].sort_values("start")
    placed = [u._replace(kind="heading") if _inside(u.start, heads) else u for u in whole]
    return sorted(placed, key=lambda u: (u.start, u.end))


def _inside(at: int, blocks: pd.DataFrame) -> bool:
    n = int(blocks["start"].searchsorted(at, side="right")) - 1
    return n >= 0 and at < blocks["end"].iloc[n]


def _places(text: Text, start: int, end: int) -> range:
    return range(bisect_left(text.starts, start), bisect_left(text.starts, end))


def _joined(text: Text, rows: pd.DataFrame) -> list[dict]:
    """Direct and mixed rows; neighbouring direct rows of one speaker in one piece."""
    out: list[dict] = []
    for row in rows.itertuples(index=False):
        last = out[-1] if out else None
        near = (
            last
            and row.kind == "direct" == last["kind"]
            and row.speaker == last["speaker"]
            and row.speaker
        )
        if near and len(_places(text, last["spans"][-1][1], row.start)) <= APART:
            last["spans"].append((row.start, row.end))
        else:
            anonymous = row.speaker_type in NAMELESS
            out.append(
                {
                    "kind": row.kind,
                    "speaker": row.speaker,
                    "anonymous": anonymous,
                    "spans": [(row.start, row.end)],
                }
            )
    return out


MARKED = re.compile(
    r"[“\"«„](?P<a>[^“”\"«»„]{1,600})[”\"»“]|(?<!\w)[‘'](?P<b>[^‘’]{1,600})[’'](?!\w)"
)


def _quotation(text: Text, pieces: dict) -> Unit | None:
    spans = pieces["spans"]
    inside = [
        i for start, end in spans for i in _places(text, start, end) if i not in text.inserted
    ]
    quoted = inside
    if pieces["kind"] == "mixed":
        start, end = spans[0]
        marked = [
            (start + m.start(), start + m.end()) for m in MARKED.finditer(text.text[start:end])
        ]
        quoted = [i for s, e in marked for i in _places(text, s, e) if i not in text.inserted]
    if not quoted:
        return None
    about = {text.found[i] for i in inside} - {""}
    filled = [i for i in inside if text.found[i]]
    share = sum(1 for i in filled if i in set(quoted)) / len(filled) if filled else 1.0
    about |= _named(pieces["speaker"], pieces["anonymous"])
    return _unit(text, "quotation", (spans[0][0], spans[-1][1]), quoted)._replace(
        features=frozenset(about),
        context=_context(text, inside[0], inside[-1]),
        speaker=pieces["speaker"],
        anonymous=pieces["anonymous"],
        quoted=share,
        sentence_id=text.sentences[inside[0]],
    )


def _clause(text: Text, piece: list[int], about: set[str], whole: frozenset[str]) -> Unit:
    at = text.starts[piece[0]], text.ends[piece[-1]]
    return _unit(
        text, "clause", at, [i for i in piece if i not in text.inserted] or piece
    )._replace(features=frozenset(about), context=whole)


def _unit(text: Text, kind: str, at: tuple[int, int], words: list[int]) -> Unit:
    norms, spans = (
        tuple(text.norms[i] for i in words),
        tuple((text.starts[i], text.ends[i]) for i in words),
    )
    nothing: frozenset[str] = frozenset()
    return Unit(
        text.article_id,
        kind,
        *at,
        norms,
        spans,
        nothing,
        nothing,
        "",
        False,
        0.0,
        text.sentences[words[0]],
    )


def _named(speaker: str, anonymous: bool) -> set[str]:
    """The feature of a speaker's name, as where the name itself stands."""
    if anonymous:
        return {"t:anonymous"}
    last = speaker.lower().split()[-1:]
    return {f"n:{place(last[0]) or stem(last[0])}"} if last else set()


def _context(text: Text, first: int, last: int) -> frozenset[str]:
    low = bisect_left(text.sentences, text.sentences[first])
    high = bisect_right(text.sentences, text.sentences[last])
    return frozenset(text.found[low:high]) - {""}


def _clauses(
    text: Text, covered: list[tuple[int, int]], edges: list[int], reported: list[tuple]
) -> list[Unit]:
    hidden = {i for start, end in covered for i in _places(text, start, end)}
    said = {
        i: _named(who, nameless)
        for start, end, who, nameless in reported
        for i in _places(text, start, end)
    }
    out: list[Unit] = []
    low = 0
    while low < len(text.starts):
        high = bisect_right(text.sentences, text.sentences[low])
        whole = frozenset(text.found[low:high]) - {""}
        for piece in _pieces(text, [i for i in range(low, high) if i not in hidden], edges):
            about = ({text.found[i] for i in piece} | said.get(piece[len(piece) // 2], set())) - {
                ""
            }
            out.append(_clause(text, piece, about, whole))
        low = high
    return out


def _pieces(text: Text, places: list[int], edges: list[int]) -> list[list[int]]:
    """Cut the words of a sentence into clauses of at least LEAST words."""
    out: list[list[int]] = []
    for n, i in enumerate(places):
        opens = not n or places[n - 1] != i - 1 or _cut(text, i, edges)
        if opens and (not out or _full(text, out[-1], len(out) == 1)):
            out.append([i])
        else:
            out[-1].append(i)
    if len(out) > 1 and len(out[-1]) < LEAST and out[-1][0] == out[-2][-1] + 1:
        tail = out.pop()
        out[-1] += tail
    return out


def _full(text: Text, piece: list[int], first: bool) -> bool:
    """Say whether a piece may stand alone: long enough, and no opening like "On Tuesday"."""
    return len(piece) >= LEAST and not (first and text.norms[piece[0]] in OPENINGS)


def _cut(text: Text, i: int, edges: list[int]) -> bool:
    """Say whether a clause ends before this word."""
    before = text.ends[i - 1]
    between = text.text[before : text.starts[i] + 12]
    found = CUTS.search(between)
    gap = text.starts[i] - before
    return bool(found and found.start() < gap) or any(
        before <= e <= text.starts[i] for e in _near(edges, before)
    )


def _near(edges: list[int], before: int) -> list[int]:
    at = bisect_left(edges, before)
    return edges[at : at + 1]
