"""An HTML page to its visible text, the passages that are its article, and what its head says about
it."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import NamedTuple

from helpers.corpus import dates
from helpers.corpus.decode import check
from helpers.corpus.rows import Unusable, line

# With an end date of its own trafilatura would ask the clock: the same page must give the same date
# next year.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_SITE = re.compile(r"og:site_name", re.I)
_LANG = re.compile(r"<html[^>]{0,500}?\slang\s{0,9}=\s{0,9}[\"']?([A-Za-z]{2,3})\b", re.I)

_BREAKS = re.compile(r"(?:<br\s{0,9}/?>\s{0,99}){101,}", re.I)
"""More line breaks in a row than any article has; a hundred mean the same."""

EXTRACTED = 100_000
"""Tags of the largest page that trafilatura is asked about: it takes a second for twenty thousand,
and articles have some thousand."""

TOO_MANY = "too many tags for trafilatura, which was not asked where the article is"

LARGEST = 500_000
"""Tags of the largest page that is read."""

LONGEST = 8 * 2**20
"""Characters of the longest text of one article: more than a million words."""


class Page(NamedTuple):
    """The visible text of an HTML page, its main passages and what it says of itself."""

    text: str
    main: tuple[str, ...]
    title: str
    author: str
    published: date | None
    url: str
    language: str
    site: str
    notes: tuple[str, ...]


def page(html: str) -> Page:
    """Render an HTML page.

    html     the page's source as decoded
    returns  `text`, the visible text by inscriptis; `main`, the passages of the article by
             trafilatura without
             comments; title, author, date, address and language where the page states them
    raises   Unusable for a page that shows no text, cannot be parsed or has too many tags
    """
    html = _BREAKS.sub("<br>" * 100, html)
    tags = html.count("<")
    if tags > LARGEST:
        raise Unusable("page", f"{tags:,} tags: too many for one article ({LARGEST:,} at most)")
    text, cut, heading = _visible(html)
    check_length(text)  # before trafilatura, which would hold it several times
    if not text or text.isspace():
        raise Unusable("page", "the page shows no text; save it with its contents, or remove it")
    check(text)
    document, notes = _extract(html) if tags <= EXTRACTED else (None, (TOO_MANY,))
    notes = (*notes, *cut)
    main = (
        tuple(filter(None, map(str.strip, (document.text or "").split("\n")))) if document else ()
    )
    if not main and TOO_MANY not in notes:
        notes = (*notes, "trafilatura found no article in the page")
    stated = _LANG.search(html[:20_000])
    return Page(
        text,
        main,
        # the one main heading first: a live blog states the title of its last entry
        heading or line(document and document.title),
        line(document and document.author),
        dates.value(document and document.date),
        line(document and document.url),
        stated[1].lower() if stated else "",
        line(document and document.sitename) if _SITE.search(html[:50_000]) else "",
        notes,
    )


def check_length(text: str) -> None:
    """Raise Unusable for a text that is longer than any article."""
    if len(text) > LONGEST:
        raise Unusable(
            "read", f"{len(text):,} characters: too long for one article ({LONGEST:,} at most)"
        )


def _visible(html: str) -> tuple[str, tuple[str, ...], str]:
    """The visible text, a note where the parser gave up on a part of the page, and its main heading
    where it has one."""
    from inscriptis import Inscriptis
    from inscriptis.model.config import ParserConfig
    from lxml.html import HTMLParser, document_fromstring

    # without huge_tree libxml2 drops what is deeper than 255 elements or longer than 10 MB
    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        source = html.strip().encode("utf-8", "replace")
        tree = document_fromstring(source, parser=parser) if source else None
        text = Inscriptis(tree, ParserConfig()).get_text() if tree is not None else ""
        fatal = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
        note = f"a part of the page could not be read ({line(fatal[0].message)})" if fatal else ""
        heads = tree.findall(".//h1") if tree is not None else []
        heading = line(heads[0].text_content()) if len(heads) == 1 else ""
        named = line(tree.findtext(".//title")) if heading else ""
        heading = heading if heading in named else ""
        return text, (note,) if note else (), heading
    except RecursionError:
        raise Unusable(
            "page", "cannot be parsed as HTML: nested too deeply; give its text instead"
        ) from None
    except (
        Exception
    ) as error:  # whatever a parser of untrusted pages raises concerns this page only
        raise Unusable(
            "page", f"cannot be parsed as HTML ({type(error).__name__}); save it again"
        ) from None


def _extract(html: str):
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return (
            trafilatura.bare_extraction(
                html,
                include_comments=False,
                fast=True,
                with_metadata=True,
                date_extraction_params=dict(_DATES),
            ),
            (),
        )
    except Exception as error:  # the visible text is there: the rules for plain text take over
        return None, (f"trafilatura failed on the page ({type(error).__name__})",)
