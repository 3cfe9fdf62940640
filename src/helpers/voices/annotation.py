"""The annotator's entry: one article in, its quotes, voices and marks out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from helpers.ledger import KEPT, Article, Block, Mark, Quote, Sentence, Voice

from . import insertions, notspeech
from .confidence import LEAST as SURE
from .confidence import confidence, cue_of
from .drafts import Draft, Drafter, Marked
from .marks import MARK, Pair, pairs
from .names import NOBODY, Names, Speaker
from .posts import posts
from .tails import NO_CLAUSE
from .tiling import Layer, tile
from .turns import NONE, Turn, turns
from .verbs import aliases as read_aliases
from .words import line

READ = frozenset({"body", "caption"})
"""Roles of blocks whose sentences are read; headlines have no clauses."""

HEADS = frozenset({"title", "deck", "subhead"})


class Annotated(NamedTuple):
    """Rows of three tables, each in the order of the text."""

    quotes: list[Quote]
    voices: list[Voice]
    marks: list[Mark]


class Piece(NamedTuple):
    """A kept block with what its marks say: outermost quotations, stray marks, translator's notes,
    its turn."""

    block: Block
    pairs: list[Pair]
    strays: list[tuple[int, int]]
    notes: list[insertions.Inside]
    turn: Turn


def annotate(
    article: Article,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence] = (),
    *,
    aliases: str | None = None,
    doubtful: bool = False,
    posters: Mapping[int, str] | None = None,
) -> Annotated:
    """Say of every kept character whose voice it is in, and find the quotations with their
    speakers.

    article    its `text` is what all offsets count in; `outlet` names who inserts and, as `author`,
               who asks
    blocks     of this article, in order; only kept roles are looked at
    sentences  not needed: sentences are found around quotations here
    aliases    path of a YAML file that maps a name to its other spellings; None: the project's own
    doubtful   keep attitudes that are more often wrong than right, to count how often
    posters    number of a block that is an embedded post → who posted it, where the signature is no
               part of the text any more; those that the text shows are found here
    returns    quotes (no overlap), voices (they tile the kept blocks and cross no border of a
               block), marks

    >>> from helpers import clean, corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> found = annotate(article, clean.blocks(article))
    >>> [(quote.kind, quote.speaker) for quote in found.quotes if quote.speaker][0]
    ('indirect', 'Meridian Wire')
    """
    kept = [block for block in blocks if block.role in KEPT and block.start < block.end]
    given = (
        {block.start: posters[block.block_id] for block in kept if block.block_id in posters}
        if posters
        else {}
    )
    posters = {**posts(article.text, blocks), **given}
    pieces = _pieces(article, kept, posters)
    body = [p for p in pieces if p.block.role in READ and p.block.start not in posters]
    lines = [_line(article.text, piece) for piece in body]
    told = [
        *lines,
        *(_line(article.text, piece) for piece in pieces if piece.block.role not in READ),
    ]
    spoken = frozenset(number for number, piece in enumerate(body) if piece.turn.voice)
    rows, marked = Drafter(
        article.text, Names(article.text, told, read_aliases(aliases)), spoken=spoken
    ).read(lines)
    heads = _heads(article.text, pieces, rows)
    posted = [_posted(piece) for piece in pieces if piece.block.start in posters]
    rows = sorted([*rows, *posted, *(row for row in heads if isinstance(row, Draft))])
    marked = sorted([*marked, *(row for row in heads if isinstance(row, Marked))])
    quotes = [_quote(article, number, row) for number, row in enumerate(rows)]
    if not doubtful and any(map(_doubtful, quotes)):
        sure = [quote for quote in quotes if not _doubtful(quote)]
        quotes = [quote._replace(quote_id=number) for number, quote in enumerate(sure)]
    return _result(article, pieces, quotes, marked)


def _posted(piece: Piece) -> Draft:
    speaker = Speaker(piece.turn.speaker, "person")
    return Draft(piece.block.start, piece.block.end, "direct", speaker, None, None, "embedded post")


def speakers_of(
    article: Article,
    blocks: Sequence[Block],
    spans: Iterable[tuple[int, int]],
    *,
    aliases: str | None = None,
) -> list[Quote]:
    """Rows for quotations whose extent is known, for measuring the speaker finder by itself.

    spans    offsets of the contents, apart from each other; one that crosses a block's border is
             cut there
    returns  one row for each stretch, in order, kind "direct"

    >>> from helpers import clean, corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> kept = clean.blocks(article)
    >>> quote = annotate(article, kept).quotes[0]
    >>> speakers_of(article, kept, [(quote.start, quote.end)])[0].kind
    'direct'
    """
    spans = sorted(spans)
    kept = [block for block in blocks if block.role in KEPT and block.start < block.end]
    lines = []
    for block in kept:
        inside = [
            (max(s, block.start), min(e, block.end))
            for s, e in spans
            if s < block.end and e > block.start
        ]
        lines.append(line(article.text, block.start, block.end, inside))
    rows, _ = Drafter(
        article.text, Names(article.text, lines, read_aliases(aliases)), given=True
    ).read(lines)
    return [_quote(article, number, row) for number, row in enumerate(sorted(rows))]


TURNS = ("body", "subhead")
"""Roles of blocks that may be a turn: a question that stands alone is a subhead."""

_OPENS = re.compile(
    r"(?:\b(?:say|said|says|saying|write|wrote|writes|writing|tweet|tweeted|tweeting|post|posted"
    r"|posting|read|reads|added|adding|stated|stating|declared|explain|explained|explains|report"
    r"|reported|reports|note|noted|notes)\b|\bAccording to\b)[^.!?“”\"]{0,200}:$"
)
LEAST = 8  # words of a paragraph that may be a quotation without marks; a heading has fewer


def _opens(text: str) -> bool:
    """Whether a paragraph ends in words that a block quotation without marks follows."""
    return text.endswith(":") and bool(_OPENS.search(text, max(0, len(text) - 240)))


def _long(text: str, block: Block) -> bool:
    return text.count(" ", block.start, block.end) + 1 >= LEAST


def _pieces(article: Article, kept: list[Block], posters: Mapping[int, str]) -> list[Piece]:
    text = article.text
    found = [match.span() for match in MARK.finditer(text)]
    starts = [mark[0] for mark in found]
    inside = [found[bisect_left(starts, b.start) : bisect_left(starts, b.end)] for b in kept]
    noted = _noted(text, kept)
    speaking = [b for b in kept if b.role in TURNS]
    said = iter(
        turns(
            [text[b.start : b.end] for b in speaking],
            author=article.outlet,
            byline=article.author,
            heads=[b.role != "body" for b in speaking],
        )
    )
    pieces = []
    opened = False
    for place, (block, notes) in enumerate(zip(kept, noted, strict=True)):
        pair, strays = [], []
        if inside[place]:
            after = inside[place + 1] if place + 1 < len(kept) else []
            goes_on = bool(after) and after[0][0] == kept[place + 1].start
            found, strays = pairs(text, block.start, block.end, inside[place], goes_on=goes_on)
            pair = [row for row in found if not _aside(text, row, notes)]
        turn = next(said) if block.role in TURNS else NONE
        poster = posters.get(block.start, "")
        if poster:
            pair, turn = [], Turn("quote", poster)
        elif not pair and block.role == "body" and turn == NONE and opened and _long(text, block):
            pair = [Pair(block.start, block.end, "", False)]
        opened = block.role == "body" and not pair and _opens(text[block.start : block.end])
        pieces.append(Piece(block, pair, strays, notes, turn))
    return pieces


def _aside(text: str, row: Pair, notes: list[insertions.Inside]) -> bool:
    """Whether marked words are part of a note or of a name."""
    return _within(notes, row.start) is not None or notspeech.nickname(text, row.start, row.end)


def _noted(text: str, kept: list[Block]) -> list[list[insertions.Inside]]:
    """The translator's notes of each block."""
    if not insertions.noted(text):
        return [[]] * len(kept)
    translated = any(insertions.NOTE.search(text, b.start, b.end) for b in kept)
    return [insertions.notes(text, b.start, b.end, translated=translated) for b in kept]


START = attrgetter("start")


def _within(rows: Sequence, place: int):
    """The one of `rows` (in order, apart from each other) that holds an offset, or None."""
    at = bisect_right(rows, place, key=START) - 1 if rows else -1
    return rows[at] if at >= 0 and place < rows[at].end else None


def _line(text: str, piece: Piece):
    spans = [(pair.start, pair.end) for pair in piece.pairs]
    return line(text, piece.block.start, piece.block.end, spans)


def _heads(text: str, pieces: list[Piece], rows: list[Draft]) -> list[Draft | Marked]:
    """Quotations in headlines have no clause to read: words that recur in a quotation
    of the body
    are its speaker's, other long ones nobody's we know, short ones marked."""
    pairs = [pair for piece in pieces if piece.block.role not in READ for pair in piece.pairs]
    spoken = [row for row in rows if row.kind in ("direct", "mixed")] if pairs else []
    bodies = [_bare(text[row.start : row.end]) for row in spoken]
    starts = list(accumulate((len(body) + 1 for body in bodies), initial=0))
    hay = "\n".join(bodies)
    found: list[Draft | Marked] = []
    for number, pair in enumerate(pairs):
        needle = _bare(text[pair.start : pair.end])
        at = hay.find(needle) if " " in needle and number < HEADLINES else -1
        found.append(_head(text, pair, spoken[bisect_right(starts, at) - 1] if at >= 0 else None))
    return found


LETTERS = re.compile(r"\w+")
HEADLINES = 40  # quotations in headlines that are looked for in the body


def _bare(words: str) -> str:
    return " ".join(LETTERS.findall(words.lower()))


def _head(text: str, pair: Pair, row: Draft | None) -> Draft | Marked:
    if row:
        return Draft(
            pair.start, pair.end, "direct", row.speaker, None, None, "headline repeats a quotation"
        )
    what, rule = notspeech.verdict(text, pair.start, pair.end)
    if what == "speech":
        return Draft(pair.start, pair.end, "direct", NOBODY, None, None, "quoted in a headline")
    return Marked(pair.start, pair.end, what, rule)


def _quote(article: Article, number: int, row: Draft) -> Quote:
    text = article.text
    source = row.source or (None, None)
    cue = row.cue or (None, None)
    words = text[cue[0] : cue[1]] if row.cue else ""
    name, kind = row.speaker
    return Quote(
        article.article_id,
        number,
        row.start,
        row.end,
        row.kind,
        name,
        *source,
        kind,
        words,
        *cue,
        row.rule,
        confidence=confidence(row.kind, row.rule, "given" if row.source else "none", cue_of(words)),
    )


def _doubtful(quote: Quote) -> bool:
    return quote.kind == "attitude" and quote.confidence < SURE


def _result(
    article: Article, pieces: list[Piece], quotes: list[Quote], marked: list[Marked]
) -> Annotated:
    name, new = article.article_id, tuple.__new__
    voices: list[Voice] = []
    marks: list[Mark] = []
    starts = [quote.start for quote in quotes]
    marked_starts = [row.start for row in marked]
    for piece in pieces:
        block = piece.block
        own = quotes[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        whole = piece.turn.voice == "quote"
        if whole or not (own or piece.pairs or piece.strays or piece.notes):
            voices.append(new(Voice, (name, block.start, block.end, *_base(piece))))
            continue
        scare = marked[
            bisect_left(marked_starts, block.start) : bisect_left(marked_starts, block.end)
        ]
        layers = _layers(article, piece, own, scare, marks)
        voices += [
            new(Voice, (name, *row)) for row in tile(block.start, block.end, _base(piece), layers)
        ]
    return Annotated(quotes, voices, sorted(marks, key=lambda mark: mark[1:4]))


def _base(piece: Piece) -> tuple[str, str]:
    role = piece.block.role
    if piece.turn.voice:
        return piece.turn
    if role in HEADS:
        return "headline", ""
    if role == "caption":
        return "caption", ""
    return "narration", ""


def _layers(
    article: Article, piece: Piece, own: list[Quote], scare: list[Marked], marks: list[Mark]
) -> list[Layer]:
    name = article.article_id
    told = [q for q in own if q.kind in ("indirect", "mixed") or _believed(q)]
    reported = [Layer(q.start, q.end, "indirect", q.speaker) for q in told]
    spoken, inserted = [], []
    for pair in piece.pairs:
        holder = _within(own, pair.start)
        number = holder.quote_id if holder else None
        if pair.flaw:
            marks.append(Mark(name, pair.start, pair.end, "unbalanced", number, pair.flaw))
        if holder is None:
            continue
        spoken.append(Layer(pair.start, pair.end, "quote", holder.speaker))
        inserted += _inserted(article, pair, number, marks)
    for row in scare:
        if row.what == "scare":
            marks.append(Mark(name, row.start, row.end, "scare", None, row.rule))
            spoken.append(Layer(row.start, row.end, "scare", ""))
    marks += [
        Mark(name, *stray, "unbalanced", None, "mark with no partner") for stray in piece.strays
    ]
    noted = [Layer(row.start, row.end, "translator", "") for row in piece.notes]
    for row in piece.notes:
        holder = _within(own, row.start)
        marks.append(
            Mark(name, row.start, row.end, "note", holder.quote_id if holder else None, row.rule)
        )
    return [*reported, *spoken, *inserted, *noted]


def _believed(quote: Quote) -> bool:
    """Whether a row tells a belief as a clause, which the outlet does not say itself; what somebody
    wants, or does with words, and what is expected, the outlet tells."""
    return quote.kind == "attitude" and quote.rule not in (NO_CLAUSE, "passive")


def _inserted(article: Article, pair: Pair, number: int | None, marks: list[Mark]) -> list[Layer]:
    words = article.text[pair.start : pair.end]
    if not any(map(words.__contains__, insertions.SIGNS)):
        return []
    rows = insertions.brackets(article.text, pair.start, pair.end)
    marks += [Mark(article.article_id, *row[:3], number, row.rule) for row in rows]
    loose = insertions.loose(article.text, pair.start, pair.end, rows)
    marks += [
        Mark(article.article_id, *span, "unbalanced", number, "bracket with no partner")
        for span in loose
    ]
    return [
        Layer(row.start, row.end, "insertion", article.outlet)
        for row in rows
        if row.mark == "insertion" and row.rule != "altered letters of a word"
    ]
