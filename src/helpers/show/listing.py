"""The list of passages and articles that a notebook's figures lead to, and one article to read."""

from __future__ import annotations

import pandas as pd

from helpers.show import html, notebook, reading, tables
from helpers.show.html import Html

MANY = 100
"""Passages or articles from which on a report gives them a page of their own."""

FRAGMENT = "passages.html"


def passages(window: int = 12) -> None:
    """List every passage and article that the figures above lead to, and write them as CSV.

    window  words of context on either side of a term

    In a report a long list becomes a page of its own, and the figures lead there. A notebook that
    does not call this gets the list at its end all the same.

    >>> from helpers import data, show
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> passages()
    0 passages in 39 articles
    """
    known = notebook.evidence()
    if known is None or (known.rows.empty and not len(known.articles)):
        return
    tables.save(known.frame(), "passages")
    counted = known.counted()
    tables.save(counted.drop(columns=["title", "url"]), "articles-counted")
    markup = known.markup(window) + known.articles_markup()
    more = _left_out(known.left_out, len(known.rows))
    plain = f"{len(known.rows):,} passages in {len(counted):,} articles"
    folder = notebook.tables_folder()
    if folder is None or max(len(known.rows), len(counted)) <= MANY:
        notebook.display(Html(f"{more}{markup}", plain))
        return
    # the list as it is now: what is linked later asks for it again
    folder.with_name(FRAGMENT).write_text(markup, encoding="utf-8", newline="\n")
    words = f"The {len(known.rows):,} passages are on a page of their own"
    notebook.display(
        Html(
            f'<p id="passages"><a class="n" href="#passages" data-show="">{words}</a>; the numbers'
            ' above lead to theirs. <span id="articles">The articles behind numbers of words and'
            f" articles are listed there too.</span></p>{more}",
            words,
        )
    )


def _left_out(left: int, listed: int) -> str:
    if not left:
        return ""
    words = f"{listed:,} of {listed + left:,} passages are listed: of each figure some are drawn."
    return f'<p class="note">{html.text(words)}</p>'


def article(article_id: str, hits: pd.DataFrame | None = None) -> None:
    """Show an article to read, its voices, quotations and hits marked and what was cut set apart.

    article_id  as in `news.articles`
    hits        what to mark; none: the hits of the corpus's lexicons

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> article("db-hotel")  # doctest: +ELLIPSIS
    Daily Beacon: ROOM 412...
    """
    known = notebook.evidence()
    if known is None:
        raise ValueError("no corpus is open: call data.open first")
    corpus = known.corpus
    if hits is None and len(corpus.lexicons):
        hits = corpus.hits
    own = None if hits is None else hits[hits["article_id"] == article_id]
    notebook.display(reading.article(corpus.ledger, article_id, hits=own, evidence=corpus.evidence))
