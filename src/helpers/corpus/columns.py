"""Which column of a table is which column of an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from helpers.corpus.rows import Unusable, line, shown

SYNONYMS: dict[str, tuple[str, ...]] = {
    name: tuple(words.split())
    for name, words in {
        "article_id": "article_id id doc_id docid document_id guid uuid",
        "text": "text body content plain_text raw_text maintext main_text article_text full_text"
        " body_text article_body article volltext inhalt artikel texte contenu texto",
        "html": "html raw_html page_html",
        "title": "title headline web_title überschrift ueberschrift titel titre titolo título",
        "deck": "deck description standfirst subtitle trail_text",
        "outlet": "outlet publisher source_name media_name source_hostname meta_site_name"
        " site_name sitename publication newspaper medium zeitung quelle journal source site"
        " source_domain hostname domain",
        "author": "author authors byline creator autor autoren auteur autore",
        "published": "published date publish_date published_at date_publish pub_date"
        " published_date web_publication_date publication_date date_published datum"
        " erscheinungsdatum fecha data",
        "url": "url link source_url web_url canonical_link",
        "language": "language lang",
        "kind": "kind type",
    }.items()
}
"""Columns of an article, each with the names it goes by in other people's tables, first come first
taken."""


def separator(head: str) -> str:
    """Return what parts the cells of a table: a comma, a semicolon or a tab, whichever its first
    line has most of.

    >>> separator("entry;category")
    ';'
    """
    return max(",;\t", key=head.count)


def mapping(found: Iterable[str], asked: Mapping[str, str]) -> dict[str, str]:
    """Map columns of an article to the columns of a table.

    found    names of the table's columns
    asked    article's column → table's column, as the user wrote it; it goes before the synonyms
    returns  article's column → table's column, with exactly one of text and html. Where a table has
             both and
             the user asked for neither, text is taken
    raises   Unusable where an asked column is not there, or where there is neither text nor html
    """
    found = list(found)
    absent = sorted(name for name in asked.values() if name not in found)
    if absent:
        raise Unusable(
            "table", f"no column {', '.join(map(shown, absent))}; columns found: {listed(found)}"
        )
    plain = {_plain(name): name for name in reversed(found)}
    chosen = dict(asked)
    for column, names in SYNONYMS.items():
        if column not in chosen:
            known = [plain[name] for name in names if name in plain]
            chosen.update({column: known[0]} if known else {})
    if "html" in asked or "text" not in chosen:
        chosen.pop("text", None)
    else:
        chosen.pop("html", None)
    for name in chosen.values():
        if found.count(name) > 1:
            raise Unusable(
                "table", f"{found.count(name)} columns are named {shown(name)}; rename all but one"
            )
    if "text" not in chosen and "html" not in chosen:
        raise Unusable(
            "table",
            f"no column of text or html; columns found: {listed(found)}; name it with columns, such"
            " as text=body",
        )
    return chosen


_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _plain(name: str) -> str:
    """A column's name in small letters with underscores: publishedAt is published_at."""
    return re.sub(
        r"[\s.-]+", "_", _HUMP.sub("_", unicodedata.normalize("NFC", name).strip())
    ).lower()


def flattened(record: Mapping[str, object]) -> dict[str, object]:
    """Return a JSON object without objects in it: what they hold gets their name before its own.

    >>> flattened({"source": {"id": None, "name": "Review"}, "title": "A"})
    {'source_name': 'Review', 'title': 'A'}
    """
    flat: dict[str, object] = {}
    for name, value in record.items():
        if not isinstance(value, dict):
            flat[name] = value
            continue
        for inner, cell in value.items():
            own = inner if name in WRAPPERS else f"{name}_{inner}"
            if cell is not None and not isinstance(cell, dict):
                flat.setdefault(own, cell)
    return flat


WRAPPERS = frozenset(("fields", "article", "data", "_source", "attributes", "document", "meta"))
"""Names of objects that only hold an article's columns together."""


LONGEST = 200
"""Characters of a further column's cell that is kept; a longer one is text, not a property."""

MOST = 50
"""Further columns kept of a table."""


def further(found: Iterable[str], chosen: Mapping[str, str]) -> list[str]:
    """Return the columns of a table that are no column of an article, to be kept beside it.

    found   names of the table's columns
    chosen  from `mapping`

    >>> further(["id", "body", "html", "leaning"], {"article_id": "id", "text": "body"})
    ['leaning']
    """
    taken = set(chosen.values())
    bodies = {*SYNONYMS["text"], *SYNONYMS["html"]}
    rest = [n for n in found if n not in taken and n.strip() and n.strip().lower() not in bodies]
    return rest[:MOST]


def properties(cells: Mapping[str, object], names: Iterable[str]) -> dict[str, str]:
    """Return the cells of further columns as words; what is empty, long or nested is left out.

    >>> properties({"leaning": "left", "tags": ["a"], "rank": 3}, ["leaning", "tags", "rank"])
    {'leaning': 'left', 'rank': '3'}
    """
    kept = {}
    for name in names:
        value = cells.get(name)
        if isinstance(value, dict | list | tuple | bytes):
            continue
        words = line(value)
        if words and len(words) <= LONGEST:
            kept[line(name)] = words
    return kept


def parse(words: str) -> dict[str, str]:
    """Read a mapping as the catalogue writes it, "text=body; title=headline"; raises ValueError for
    other words."""
    pairs = [part.partition("=") for part in words.split(";") if part.strip()]
    if not all(sign and name.strip() for _, sign, name in pairs):
        raise ValueError(
            f"columns must read like 'text=body; title=headline'; found {shown(words)!r}"
        )
    return checked({column.strip(): name.strip() for column, _, name in pairs})


def checked(asked: Mapping[str, str]) -> dict[str, str]:
    """Give `asked` back as a dict; raises ValueError for what is no column of an article, or for
    text and html."""
    unknown = sorted(set(asked) - set(SYNONYMS))
    if unknown:
        raise ValueError(
            f"columns: unknown {', '.join(map(shown, unknown))}; known are {', '.join(SYNONYMS)}"
        )
    if "text" in asked and "html" in asked:
        raise ValueError("columns: name the column of text or the column of html, not both")
    return dict(asked)


def listed(found: Iterable[str], limit: int = 30) -> str:
    """The columns of a table for one line of a message."""
    names = [shown(name, 40) for name in found]
    return (
        ", ".join(names[:limit]) + (f" and {len(names) - limit} more" if len(names) > limit else "")
        or "none"
    )
