"""One article from what is known of it: its file or its row, the catalogue, and for a page its
head."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from helpers.corpus import dates
from helpers.corpus.catalogue import Catalogue
from helpers.corpus.decode import Decoded, check, decode
from helpers.corpus.files import TABLES, Found
from helpers.corpus.language import language
from helpers.corpus.normal import damaged
from helpers.corpus.page import Page, check_length, page
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


class Pending(NamedTuple):
    """One article as it lies in its file, not decoded yet: all that is needed to make it, here or
    on another machine.

    known  its row of the catalogue, empty for none
    whole  the catalogue's row for the table it stands in, which fills what neither `known` nor its
           cells say
    row    its row of a table; None for a file that is one article, whose bytes are `data`
    """

    found: Found
    corpus: str
    article_id: str
    known: Mapping[str, str]
    whole: Mapping[str, str] = {}
    row: Row | None = None
    data: bytes = b""

    @property
    def size(self) -> int:
        """Bytes or characters of it, about."""
        if self.row is None:
            return len(self.data)
        cell = self.row.cells.get("html", self.row.cells.get("text"))
        return len(cell) if isinstance(cell, str | bytes) else 0


def pending_file(found: Found, known: Mapping[str, str], corpus: str) -> Pending:
    """Read the bytes of a .txt or .html file. Raises Unusable for one too large, OSError."""
    size = found.path.stat().st_size
    if size > LARGEST:
        raise Unusable("read", f"{size:,} bytes: too large for one article; split it")
    return Pending(
        found,
        corpus,
        known.get("article_id") or found.article_id,
        known,
        data=found.path.read_bytes(),
    )


def pending_row(
    found: Found, row: Row, catalogue: Catalogue, whole: Mapping[str, str], corpus: str
) -> Pending:
    """Take up a table's row and what `catalogue` says of its article, which goes before the row's
    cells."""
    article_id = line(row.cells.get("article_id")) or f"{found.source}#{row.number}"
    return Pending(
        found, corpus, article_id, catalogue.of_article(found.source, article_id), whole, row
    )


def receive(pending: Pending) -> Received | Failure:
    """Make the article; a Failure where it holds no text or is not the one that the catalogue
    means.

    >>> from helpers import corpus
    >>> receive(next(iter(corpus.pending("data/raw/demo")))).article.outlet
    'Daily Beacon'
    """
    try:
        return _from_file(pending) if pending.row is None else _from_row(pending, pending.row)
    except Unusable as error:
        place = "" if pending.row is None else f"{pending.row.place}: "
        return Failure(
            pending.found.source, pending.article_id, error.stage, f"{place}{error.reason}"
        )


def _from_file(pending: Pending) -> Received:
    digest = hashlib.sha256(pending.data).hexdigest()
    _same(digest, pending.known.get("sha256", ""))
    is_page = pending.found.suffix != ".txt"
    decoded = decode(pending.data, pending.known.get("encoding", ""), page=is_page)
    shown_page = page(decoded.text) if is_page else None
    facts = {"article_id": pending.found.article_id, **_filled(pending.known)}
    return _received(
        Source(decoded, shown_page, pending.found.source, pending.corpus, digest),
        facts,
        pending.known.get("docvars", {}),
    )


def _from_row(pending: Pending, row: Row) -> Received:
    decoded, digest = _cell(row)
    _same(digest, pending.known.get("sha256", ""))
    shown_page = page(decoded.text) if "html" in row.cells else None
    facts = {
        **_filled(pending.whole),
        **_filled(row.cells),
        "article_id": pending.article_id,
        **_filled(pending.known),
    }
    places = (pending.whole, row.cells, pending.known)
    docvars = {name: words for cells in places for name, words in cells.get("docvars", {}).items()}
    return _received(
        Source(decoded, shown_page, pending.found.source, pending.corpus, digest), facts, docvars
    )


def _cell(row: Row) -> tuple[Decoded, str]:
    """The text of a row and the SHA-256 of its bytes."""
    cell = row.cells.get("html", row.cells.get("text"))
    if isinstance(cell, bytes | str) and len(cell) > LARGEST:
        raise Unusable("row", f"{len(cell):,} characters: too large for one article; split it")
    if isinstance(cell, bytes):
        return decode(cell, page="html" in row.cells), hashlib.sha256(cell).hexdigest()
    if not isinstance(cell, str) and line(cell):
        raise Unusable(
            "decode",
            f"its text is {shown(cell, 40)!r}, no words; name the column of text with columns",
        )
    text = cell or ""
    check("" if not isinstance(text, str) or text.strip().lower() in NOTHING else text)
    notes = (row.note,) if row.note else ()
    return Decoded(text, row.encoding, notes), hashlib.sha256(text.encode()).hexdigest()


NOTHING = frozenset({"nan", "n/a", "na", "null", "none", "-", "[removed]", "[deleted]"})
"""What tables write where there is no text."""


def _received(source: Source, facts: dict[str, object], docvars: Mapping[str, str]) -> Received:
    (text, encoding, notes), shown_page = source.decoded, source.page
    if shown_page:
        text, notes = shown_page.text, notes + shown_page.notes
        facts = {**{name: getattr(shown_page, name) for name in _OF_A_PAGE}, **facts}
    check_length(text)
    outlet, said = _outlet(facts, source.path)
    stated, unlike = _language(facts, text, shown_page)
    notes += unlike
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
        language=stated,
        kind=line(facts.get("kind")) or "article",
        source=source.path,
        sha256=source.sha256,
        text=text,
        docvars=json.dumps(docvars, ensure_ascii=False, sort_keys=True) if docvars else "",
    )
    if count := damaged(text):
        notes += (f"{count:,} damaged characters (&rsquo;, â€™) are read as what they stood for",)
    # a text in a table is an article already: somebody or some program cut it out of its page
    given = source.path.endswith(TABLES) or bool(facts.get("cleaned"))
    main = shown_page.main if shown_page else () if given else None
    return Received(article, main, encoding, notes + said + misread)


def _language(
    facts: Mapping[str, object], text: str, shown_page: Page | None
) -> tuple[str, tuple[str, ...]]:
    """The language that is stated, else that of the text, else that which the page declares; and
    what is to be said of it."""
    stated = line(facts.get("language")).lower()
    declared = shown_page.language if shown_page else ""
    if stated and not declared:
        return stated, ()
    spoken = language(text) or declared
    said = f"the page declares the language {declared}; its text is {spoken}"
    return stated or spoken, (said,) if declared not in ("", spoken) else ()


_OF_A_PAGE = ("title", "author", "published", "url", "site")


def _filled(cells: Mapping[str, object]) -> dict[str, object]:
    """The cells that say something."""
    return {
        name: cell
        for name, cell in cells.items()
        if name not in ("text", "html", "docvars") and line(cell)
    }


def _outlet(facts: Mapping[str, object], source: str) -> tuple[str, tuple[str, ...]]:
    stated = line(facts.get("outlet"))
    if "://" in stated:  # an address is no name
        stated = _host(stated)
    folder, inside, _ = source.partition("/")
    if stated or inside:
        return stated or line(folder), ()
    if named := line(facts.get("site")) or _host(line(facts.get("url"))):
        return named, ()
    return UNKNOWN_OUTLET, (NO_OUTLET,)


def _host(address: str) -> str:
    """The name of the site in an address, "" for none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


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
            f"SHA-256 is {digest[:12]}…, catalog.csv says {shown(expected[:12])}…: not the file it"
            " means; fetch that one or correct the catalogue",
        )
