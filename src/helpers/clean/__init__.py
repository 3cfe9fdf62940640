"""Says what each line of an article is; it deletes nothing, it labels."""

from __future__ import annotations

from collections.abc import Collection

from helpers.clean.describe import describe
from helpers.clean.flat import Flat, flat
from helpers.clean.inside import cut_inside, reading
from helpers.clean.lines import line_keys
from helpers.clean.page import roles
from helpers.clean.title import with_title
from helpers.ledger import Article, Block

__all__ = ["Flat", "blocks", "describe", "flat", "line_keys", "reading", "with_title"]


def blocks(
    article: Article,
    *,
    repeated: Collection[str] = frozenset(),
    main: tuple[str, ...] | None = None,
) -> list[Block]:
    """Label every line of an article's text with a role and the reason for it.

    article   one article; its text is only read, its title helps where it is known
    repeated  keys (see `line_keys`) of lines that come in many of the outlet's articles
    main      the passages trafilatura took for the article, where the source was HTML; empty where
              the text is an article already (a row of a table), of which little is cut. Of a
              text that is not English little is cut either: the rules are English
    returns   blocks in the order of the text; they do not overlap, and only white space lies
              between them. Furniture inside a line (related headlines, player controls) is a block
              of its own between two kept ones

    >>> from helpers import corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> [block.role for block in blocks(article)][:5]
    ['boilerplate', 'boilerplate', 'boilerplate', 'title', 'deck']
    """
    given = main == () or (main is None and article.language not in ("", "en"))
    rows = roles(article.text, article.title, repeated, main or None, given=given)
    article_id, new = article.article_id, tuple.__new__
    made = [
        new(Block, (article_id, at, row.start, row.end, role, reason))
        for at, (row, role, reason) in enumerate(rows)
    ]
    return cut_inside(article.text, made)
