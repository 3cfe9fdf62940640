"""One article through all the rooms."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from helpers import clean, ledger, segment, terms, voices
from helpers.corpus import Received
from helpers.ledger import Article, Block, Failed, Hit, Sentence, Voice

if TYPE_CHECKING:
    import pyarrow as pa


def article_rows(received: Received, matcher: terms.Matcher, repeated: Collection[str]) -> dict[str, list[tuple]]:
    """Give the rows of every table for one article; of its tokens the columns, in one row for all of them.

    repeated  keys of lines that recur over the outlet's articles, as `lines.Lines` holds them
    """
    given = received.article
    blocks = clean.blocks(given, repeated=repeated, main=received.main)
    article = clean.describe(given, blocks)
    sentences = segment.sentences(article, blocks)
    heard = voices.annotate(article, blocks, sentences)
    return {
        "articles": [article],
        "blocks": blocks,
        "sentences": sentences,
        "tokens": [(article.article_id, segment.token_columns(article, sentences))],
        "quotes": heard.quotes,
        "voices": heard.voices,
        "marks": heard.marks,
        "hits": hit_rows(article, blocks, sentences, heard.voices, matcher),
    }


def table(name: str, rows: list[tuple]) -> pa.Table:
    """Put rows of a table, as `article_rows` gives them, into Arrow columns."""
    return ledger.token_table(rows) if name == "tokens" else ledger.arrow(name, rows)


def hit_rows(
    article: Article, blocks: list[Block], sentences: list[Sentence], voices: list[Voice], matcher: terms.Matcher
) -> list[Hit]:
    """Give the hits alone, from the rows of the rooms before."""
    return terms.hits(article, blocks, sentences, voices, matcher)


def safe_rows(received: Received, matcher: terms.Matcher, repeated: Collection[str]) -> dict[str, list[tuple]]:
    """As `article_rows`; an article that makes a room raise becomes a row of `failures`, and the others go on."""
    try:
        return article_rows(received, matcher, repeated)
    except Exception as error:
        article = received.article
        reason = (f"{type(error).__name__}: {error}".splitlines() or [""])[0]
        return {"failures": [Failed(article.source, article.article_id, "annotate", reason)]}
