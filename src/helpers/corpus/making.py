"""One article from what is known of it: its file or its row, the catalogue, and for a page its head."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from helpers.corpus import dates
from helpers.corpus.catalogue import Catalogue
from helpers.corpus.decode import Decoded, check, decode
from helpers.corpus.files import Found
from helpers.corpus.language import language
from helpers.corpus.page import Page, page
from helpers.corpus.rows import NO_OUTLET, UNKNOWN_OUTLET, Failure, Received, Unusable, line, shown
from helpers.corpus.tables import Row
from helpers.ledger import Article

LARGEST = 64 * 2**20
"""Bytes of the largest file taken for one article."""


class Source(NamedTuple):
    """What an article was made of: its text as decoded, its page if it is one, where it stood."""

    decoded: Decoded
    page: Page | None
    path: str
    corpus: str
    sha256: str


def from_file(found: Found, known: Mapping[str, str], corpus: str) -> Received:
    """Make the article of a .txt or .html file.

    found   the file
    known   its row of the catalogue, empty for none
    corpus  the corpus' name
    raises  Unusable for a file that holds no text or is not the one the catalogue means; OSError
    """
    size = found.path.stat().st_size
    if size > LARGEST:
        raise Unusable("read", f"{size:,} bytes: too large for one article; split it")
    data = found.path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    _same(digest, known.get("sha256", ""))
    is_page = found.suffix != ".txt"
    decoded = decode(data, known.get("encoding", ""), page=is_page)
    shown_page = page(decoded.text) if is_page else None
    facts = {"article_id": found.article_id, **_filled(known)}
    return _received(Source(decoded, shown_page, found.source, corpus, digest), facts)


def from_row(
    found: Found, row: Row, catalogue: Catalogue, whole: Mapping[str, str], corpus: str
) -> Received | Failure:
    """Make the article of a table's row; what `catalogue` says of the article goes before the row's cells.

    whole  the catalogue's row for the table as a whole, which fills what neither of them says
    """
    article_id = line(row.cells.get("article_id")) or f"{found.source}#{row.number}"
    try:
        known = catalogue.of_article(found.source, article_id)
        decoded, digest = _cell(row)
        _same(digest, known.get("sha256", ""))
        shown_page = page(decoded.text) if "html" in row.cells else None
    except Unusable as error:
        return Failure(found.source, article_id, error.stage, f"{row.place}: {error.reason}")
    facts = {**_filled(whole), **_filled(row.cells), "article_id": article_id, **_filled(known)}
    return _received(Source(decoded, shown_page, found.source, corpus, digest), facts)


def _cell(row: Row) -> tuple[Decoded, str]:
    """The text of a row and the SHA-256 of its bytes."""
    cell = row.cells.get("html", row.cells.get("text"))
    if isinstance(cell, bytes):
        return decode(cell, page="html" in row.cells), hashlib.sha256(cell).hexdigest()
    if not isinstance(cell, str) and line(cell):
        raise Unusable(
            "decode", f"its text is {shown(cell, 40)!r}, no words; name the column of text with columns"
        )
    text = cell or ""
    check(text if isinstance(text, str) else "")
    return Decoded(text, row.encoding, ()), hashlib.sha256(text.encode()).hexdigest()


def _received(source: Source, facts: dict[str, object]) -> Received:
    (text, encoding, notes), shown_page = source.decoded, source.page
    if shown_page:
        text, notes = shown_page.text, notes + shown_page.notes
        facts = {**{name: getattr(shown_page, name) for name in _OF_A_PAGE}, **facts}
    outlet, said = _outlet(facts, source.path)
    published, misread = _published(facts)
    article = Article(
        article_id=line(facts["article_id"]),
        corpus=source.corpus,
        outlet=outlet,
        title=line(facts.get("title")),
        deck=line(facts.get("deck")),
        author=line(facts.get("author")),
        published=published,
        url=line(facts.get("url")),
        language=line(facts.get("language")).lower() or language(text),
        kind=line(facts.get("kind")) or "article",
        source=source.path,
        sha256=source.sha256,
        text=text,
    )
    return Received(article, shown_page.main if shown_page else None, encoding, notes + said + misread)


_OF_A_PAGE = ("title", "author", "published", "url", "language")


def _filled(cells: Mapping[str, object]) -> dict[str, object]:
    """The cells that say something."""
    return {name: cell for name, cell in cells.items() if name not in ("text", "html") and line(cell)}


def _outlet(facts: Mapping[str, object], source: str) -> tuple[str, tuple[str, ...]]:
    stated = line(facts.get("outlet"))
    folder, inside, _ = source.partition("/")
    if stated or inside:
        return stated or line(folder), ()
    return UNKNOWN_OUTLET, (NO_OUTLET,)


def _published(facts: Mapping[str, object]) -> tuple[date | None, tuple[str, ...]]:
    stated = facts.get("published")
    day = dates.value(stated)
    if day is None and stated is not None:
        return None, (f"published is no full date: {shown(line(stated), 40)!r}; left empty",)
    return day, ()


def _same(digest: str, expected: str) -> None:
    if expected and digest != expected.lower():
        raise Unusable(
            "catalogue",
            f"SHA-256 is {digest[:12]}…, catalog.csv says {shown(expected[:12])}…: not the file it means; fetch that "
            "one or correct the catalogue",
        )
