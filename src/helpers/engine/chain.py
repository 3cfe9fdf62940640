"""Articles through all the annotators."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from helpers import clean, ledger, segment, voices
from helpers.corpus import Received
from helpers.engine.counted import counted
from helpers.ledger import Failed

if TYPE_CHECKING:
    import pyarrow as pa


Given = tuple[Received, Collection[str]]
"""An article, and the keys of lines that recur over its outlet's articles, as `lines.Lines` holds
them."""

Rows = dict[str, list[tuple]]


def article_rows(received: Received, repeated: Collection[str]) -> Rows:
    """Return the rows of every table for one article; of its tokens the columns, in one row for all
    of them."""
    return _one_after_the_other([(received, repeated)])[0]


def _one_after_the_other(given: list[Given]) -> list[Rows]:
    """All articles through one annotator, then all through the next: a tenth faster, since an
    annotator's data stay in the cache."""
    blocks = [
        clean.blocks(one.article, repeated=repeated, main=one.main) for one, repeated in given
    ]
    articles = [
        clean.describe(one.article, own) for (one, _), own in zip(given, blocks, strict=True)
    ]
    # what annotators read: the furniture inside paragraphs is blank, so that sentences are whole
    read = [
        clean.flat(*clean.reading(a.text, own)) for a, own in zip(articles, blocks, strict=True)
    ]
    plain = [a._replace(text=flat.text) for a, flat in zip(articles, read, strict=True)]
    whole = [flat.blocks for flat in read]
    cut = [segment.sentences(*both) for both in zip(plain, whole, strict=True)]
    tokens = [
        (article.article_id, segment.token_columns(article, own))
        for article, own in zip(plain, cut, strict=True)
    ]
    # signatures of embedded posts are furniture, which is blank in what is read
    posters = [
        {b.block_id: found[b.start] for b in own if b.start in found} if found else {}
        for own, found in (
            (own, voices.posts(a.text, own)) for a, own in zip(articles, blocks, strict=True)
        )
    ]
    annotated = [
        voices.annotate(*three, posters=posted) if three[0].language in ENGLISH else NOT_VOICED
        for *three, posted in zip(plain, whole, cut, posters, strict=True)
    ]
    for at, flat in enumerate(read):
        if flat.starts:  # back to the places of the text as received
            cut[at], tokens[at], annotated[at] = _placed(flat, cut[at], tokens[at], annotated[at])
    annotated = [_outside(said, own) for said, own in zip(annotated, blocks, strict=True)]
    rows = []
    for article, own, sentences, columns, said in zip(
        articles, blocks, cut, tokens, annotated, strict=True
    ):
        found = counted(sentences, columns[1], said.voices, said.quotes)
        rows.append(
            {
                "articles": [article],
                "blocks": own,
                "sentences": found.sentences,
                "tokens": [columns],
                "quotes": found.quotes,
                "voices": found.voices,
                "marks": said.marks,
            }
        )
    return rows


ENGLISH = ("en", "")
"""Languages, or none told, of articles that the English rules for voices are applied to; a
catalogue's column `language` decides before the text does."""

NOT_VOICED = voices.Annotated([], [], [])


def _placed(
    flat: clean.Flat,
    sentences: list[ledger.Sentence],
    tokens: tuple[str, segment.TokenColumns],
    said: voices.Annotated,
) -> tuple[list[ledger.Sentence], tuple[str, segment.TokenColumns], voices.Annotated]:
    """Rows of an article with their places in the text as received."""
    start, end = flat.start, flat.end
    columns = tokens[1]._replace(
        start=np.array([start(place) for place in tokens[1].start], np.int64),
        end=np.array([end(place) for place in tokens[1].end], np.int64),
    )
    # voices tile a block: each goes on to where the next one begins
    heads = {row.start for row in said.voices}
    spans = [
        ledger.Voice(
            row[0],
            start(row.start),
            start(row.end) if row.end in heads else end(row.end),
            *row[3:5],
        )
        for row in said.voices
    ]
    marks = [ledger.Mark(row[0], start(row.start), end(row.end), *row[3:]) for row in said.marks]
    placed = [
        ledger.Sentence(*row[:3], start(row.start), end(row.end), *row[5:]) for row in sentences
    ]
    quotes = [_quote(flat, row) for row in said.quotes]
    said = said._replace(quotes=quotes, voices=spans, marks=marks)
    return placed, (tokens[0], columns), said


def _quote(flat: clean.Flat, row: ledger.Quote) -> ledger.Quote:
    """A quotation with its places in the text as received; it may have neither speaker nor cue."""
    cells = list(row)
    for first in (2, 6, 10):  # start, speaker_start, cue_start; the ends stand behind them
        if cells[first] is not None:
            ends = flat.start(cells[first]), flat.end(cells[first + 1])
            cells[first : first + 2] = ends
    return ledger.Quote(*cells)


def _outside(said: voices.Annotated, blocks: list[ledger.Block]) -> voices.Annotated:
    """Leave the furniture inside paragraphs out of the voices, which tile the kept blocks."""
    kept = [(b.start, b.end) for b in blocks if b.role in ledger.KEPT]
    ends = [end for _, end in kept]
    rows = []
    for row in said.voices:
        for start, end in kept[bisect_right(ends, row.start) :]:
            if start >= row.end:
                break
            ends_at = (max(start, row.start), min(end, row.end))
            rows.append(ledger.Voice(row[0], *ends_at, *row[3:5]))
    return said._replace(voices=rows)


def table(name: str, rows: list[tuple]) -> pa.Table:
    """Return rows of a table, as `article_rows` gives them, as Arrow columns."""
    return ledger.token_table(rows) if name == "tokens" else ledger.arrow(name, rows)


def safe_rows(given: list[Given]) -> list[Rows]:
    """Return the rows of several articles; one that makes an annotator raise becomes a row of
    `failures`, and the others go on."""
    try:
        return _one_after_the_other(given)
    except Exception as error:
        if len(given) > 1:
            return [rows for one in given for rows in safe_rows([one])]
        article = given[0][0].article
        reason = (f"{type(error).__name__}: {error}".splitlines() or [""])[0]
        return [{"failures": [Failed(article.source, article.article_id, "annotate", reason)]}]
