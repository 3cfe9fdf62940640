"""One article through all the rooms, and the lines that an outlet repeats over its articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from helpers import clean, segment, terms, voices
from helpers.corpus import Received
from helpers.ledger import Failed

REPEATED_ARTICLES = 3  # fewer may be an update of the same story
REPEATED_SHARE = 0.2  # of the outlet's articles: what stands in one article of five is furniture


def article_rows(received: Received, matcher: terms.Matcher, repeated: frozenset[str]) -> dict[str, list[tuple]]:
    """Give the rows of every table for one article.

    repeated  keys of lines that recur over the outlet's articles, as `repeated_lines` gives them
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
        "tokens": segment.tokens(article, sentences),
        "quotes": heard.quotes,
        "voices": heard.voices,
        "marks": heard.marks,
        "hits": terms.hits(article, blocks, sentences, heard.voices, matcher),
    }


def safe_rows(received: Received, matcher: terms.Matcher, repeated: frozenset[str]) -> dict[str, list[tuple]]:
    """As `article_rows`; an article that makes a room raise becomes a row of `failures`, and the others go on."""
    try:
        return article_rows(received, matcher, repeated)
    except Exception as error:
        article = received.article
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return {"failures": [Failed(article.source, article.article_id, "annotate", reason)]}


def repeated_lines(articles: Iterable[Received]) -> dict[str, frozenset[str]]:
    """Give for each outlet the keys of the lines that it repeats over its articles.

    Exact copies count once, and articles of unknown outlet are left out: they share no house.
    """
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    texts: dict[str, set[str]] = defaultdict(set)
    for article in (received.article for received in articles):
        if article.sha256 in texts[article.outlet]:
            continue
        texts[article.outlet].add(article.sha256)
        lines[article.outlet].update(clean.line_keys(article.text))
    return {
        outlet: frozenset(k for k, n in counts.items() if n >= max(REPEATED_ARTICLES, REPEATED_SHARE * len(texts[outlet])))
        for outlet, counts in lines.items()
        if outlet != "unknown outlet"
    }
