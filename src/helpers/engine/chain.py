"""Articles through all the rooms."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from helpers import clean, ledger, segment, terms, voices
from helpers.corpus import Received
from helpers.ledger import Article, Block, Failed, Hit, Sentence, Voice

if TYPE_CHECKING:
    import pyarrow as pa


Given = tuple[Received, Collection[str]]
"""An article, and the keys of lines that recur over its outlet's articles, as `lines.Lines` holds
them."""

Rows = dict[str, list[tuple]]


def article_rows(received: Received, matcher: terms.Matcher, repeated: Collection[str]) -> Rows:
    """Give the rows of every table for one article; of its tokens the columns, in one row for all
    of them."""
    return _room_by_room([(received, repeated)], matcher)[0]


def _room_by_room(given: list[Given], matcher: terms.Matcher) -> list[Rows]:
    """All articles through one room, then all through the next: a tenth faster, since a room's
    words stay in the cache."""
    blocks = [
        clean.blocks(one.article, repeated=repeated, main=one.main) for one, repeated in given
    ]
    articles = [
        clean.describe(one.article, own) for (one, _), own in zip(given, blocks, strict=True)
    ]
    cut = [segment.sentences(*both) for both in zip(articles, blocks, strict=True)]
    words = [
        (article.article_id, segment.token_columns(article, own))
        for article, own in zip(articles, cut, strict=True)
    ]
    heard = [voices.annotate(*three) for three in zip(articles, blocks, cut, strict=True)]
    columns = zip(articles, blocks, cut, words, heard, strict=True)
    return [
        {
            "articles": [article],
            "blocks": own,
            "sentences": sentences,
            "tokens": [tokens],
            "quotes": said.quotes,
            "voices": said.voices,
            "marks": said.marks,
            "hits": hit_rows(article, own, sentences, said.voices, matcher),
        }
        for article, own, sentences, tokens, said in columns
    ]


def table(name: str, rows: list[tuple]) -> pa.Table:
    """Put rows of a table, as `article_rows` gives them, into Arrow columns."""
    return ledger.token_table(rows) if name == "tokens" else ledger.arrow(name, rows)


def hit_rows(
    article: Article,
    blocks: list[Block],
    sentences: list[Sentence],
    voices: list[Voice],
    matcher: terms.Matcher,
) -> list[Hit]:
    """Give the hits alone, from the rows of the rooms before."""
    return terms.hits(article, blocks, sentences, voices, matcher)


def safe_rows(given: list[Given], matcher: terms.Matcher) -> list[Rows]:
    """Give the rows of several articles; one that makes a room raise becomes a row of `failures`,
    and the others go on."""
    try:
        return _room_by_room(given, matcher)
    except Exception as error:
        if len(given) > 1:
            return [rows for one in given for rows in safe_rows([one], matcher)]
        article = given[0][0].article
        reason = (f"{type(error).__name__}: {error}".splitlines() or [""])[0]
        return [{"failures": [Failed(article.source, article.article_id, "annotate", reason)]}]
