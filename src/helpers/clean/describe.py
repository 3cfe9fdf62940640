"""What the labelled blocks say about an article: title, deck, author, date."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.clean.names import authors
from helpers.ledger import Article, Block

OPENING = 60  # characters of a first paragraph that a dateline may take


def describe(article: Article, blocks: Iterable[Block]) -> Article:
    """Fill what is empty of an article's title, deck, author and publication date.

    article  one article; what it already says stays
    blocks   its labelled blocks
    returns  the article; a date without a year stays None

    >>> from helpers import clean, corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> describe(article._replace(title=""), clean.blocks(article)).title[:8]
    'ROOM 412'
    """
    first: dict[str, str] = {}
    dates: list[str] = []
    for block in blocks:
        own = article.text[block.start : block.end]
        first.setdefault(block.role, own)
        if block.role in ("dateline", "byline"):
            dates.append(own)
    dates.append(first.get("body", "")[:OPENING])
    return article._replace(
        title=article.title or " ".join(first.get("title", "").split()),
        deck=article.deck or " ".join(first.get("deck", "").split()),
        author=article.author or authors(first.get("byline", "")),
        published=article.published or _published(dates),
    )


def _published(lines: list[str]):
    from helpers.corpus.dates import published

    return next((day for day in map(published, lines) if day), None)
