"""Annotations to and from other tools: W3C Web Annotation, and the JSON lines that doccano and
INCEpTION read.

In between stands one table: article_id, start, end, layer, label, detail, the offsets those of the
ledger.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import pandas as pd

from helpers.ledger import Ledger

COLUMNS = ["article_id", "start", "end", "layer", "label", "detail"]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ARTICLE = "urn:framing:article:"
# characters of prefix and suffix, by which another tool finds a passage whose offsets have moved
AROUND = 32

BESIDE = (
    "describing",
    "commenting",
    "replying",
    "questioning",
)  # purposes of a body that is no tag

LAYERS = {
    "blocks": ("role", "reason"),
    "voices": ("voice", "speaker"),
    "quotes": ("kind", "speaker"),
    "marks": ("mark", "rule"),
    "hits": ("category", "entry"),
}
"""Table → the columns that become label and detail."""


def spans(ledger: Ledger, layers: Iterable[str] = ("voices", "quotes", "hits")) -> pd.DataFrame:
    """Give the rows of some tables as annotations.

    layers   any of LAYERS
    returns  article_id, start, end, layer, label, detail; sorted by place
    raises   ValueError for another table
    """
    layers = list(layers)
    if strange := [layer for layer in layers if layer not in LAYERS]:
        raise ValueError(f"no layer {strange[0]!r}; there are {', '.join(LAYERS)}")
    parts = []
    for layer in layers:
        label, detail = LAYERS[layer]
        rows = getattr(ledger, layer)[["article_id", "start", "end", label, detail]]
        parts.append(
            rows.set_axis(["article_id", "start", "end", "label", "detail"], axis=1).assign(
                layer=layer
            )
        )
    table = pd.concat(parts or [pd.DataFrame(columns=COLUMNS)])[COLUMNS]
    return table.sort_values(
        ["article_id", "start", "end", "layer", "label", "detail"], ignore_index=True
    )


def to_web(rows: pd.DataFrame, ledger: Ledger, *, evidence: str = "sentences") -> dict[str, Any]:
    """Write annotations as a page of the W3C Web Annotation Data Model (JSON-LD).

    rows      as `spans` gives them
    ledger    where the texts are
    evidence  with "locations" only positions are written, no words of an article
    returns   what json.dumps writes; positions are Unicode code points, as the model counts them

    Method: W3C Recommendation of 23 February 2017. Position and quotation are two selectors of one
    place: refinedBy
    would look for the second, with its prefix and suffix, inside the first.
    """
    texts = _texts(ledger) if evidence == "sentences" else {}
    items, seen = [], Counter()
    for row in rows.itertuples(index=False):
        key = json.dumps(
            [row.article_id, int(row.start), int(row.end), row.layer, row.label, row.detail]
        )
        items.append(
            _item(
                uuid.uuid5(uuid.NAMESPACE_URL, f"{key}{seen[key] or ''}"),
                row,
                texts.get(row.article_id),
            )
        )
        seen[key] += 1
    identity = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([item["id"] for item in items]))
    whole = {
        "id": f"urn:uuid:{uuid.uuid5(identity, 'collection')}",
        "type": "AnnotationCollection",
        "total": len(items),
    }
    return {
        "@context": [CONTEXT, {"framing": "urn:framing:"}],
        "id": f"urn:uuid:{identity}",
        "type": "AnnotationPage",
        "partOf": whole,
        "startIndex": 0,
        "items": items,
    }


def _item(identity: uuid.UUID, row: Any, text: str | None) -> dict[str, Any]:
    selector: Any = {"type": "TextPositionSelector", "start": int(row.start), "end": int(row.end)}
    if text is not None:
        words = {
            "exact": text[row.start : row.end],
            "prefix": text[max(0, row.start - AROUND) : row.start],
            "suffix": text[row.end : row.end + AROUND],
        }
        selector = [selector, {"type": "TextQuoteSelector", **words}]
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": row.label, "format": "text/plain"}
    ]
    body += (
        [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": row.detail,
                "format": "text/plain",
            }
        ]
        if row.detail
        else []
    )
    target = {
        "type": "SpecificResource",
        "source": ARTICLE + quote(row.article_id, safe=""),
        "selector": selector,
    }
    return {
        "id": f"urn:uuid:{identity}",
        "type": "Annotation",
        "motivation": "classifying",
        "framing:layer": row.layer,
        "body": body,
        "target": target,
    }


def _texts(ledger: Ledger) -> dict[str, str]:
    return dict(zip(ledger.articles["article_id"], ledger.articles["text"], strict=True))


def from_web(page: dict[str, Any], ledger: Ledger | None = None) -> pd.DataFrame:
    """Read annotations of the W3C model, one page or a list of them; those of other tools too.

    page     JSON: an AnnotationPage, an AnnotationCollection whose first page is in it, or an
             Annotation
    ledger   where it is given, a place whose words are not those quoted is looked for by them, and
             a source that is
             the address of an article is that article
    returns  the columns of `spans`, a row for each tag and place; an annotation without a layer
             gets the layer "web"
    raises   ValueError naming the first annotation that has no place, or whose place the article
             does not have
    """
    if not isinstance(page, dict):
        raise ValueError("not a Web Annotation: the file should hold one JSON object")
    items = (
        page.get("items")
        or (page.get("first") or {}).get("items")
        or ([page] if page.get("type") == "Annotation" else [])
    )
    texts = _texts(ledger) if ledger is not None else {}
    ids = _addresses(ledger) if ledger is not None else {}
    rows = [
        row for number, item in enumerate(items, start=1) for row in _rows(item, number, texts, ids)
    ]
    return _checked(pd.DataFrame(rows, columns=COLUMNS), ledger)


def _addresses(ledger: Ledger) -> dict[str, str]:
    """Address → article, where one article only has it."""
    known = (
        ledger.articles[["url", "article_id"]]
        if "url" in ledger.articles
        else pd.DataFrame({"url": [], "article_id": []})
    )
    known = known[(known["url"].fillna("") != "") & ~known["url"].duplicated(keep=False)]
    return dict(zip(known["url"], known["article_id"], strict=True))


def _rows(
    item: dict[str, Any], number: int, texts: dict[str, str], ids: dict[str, str]
) -> list[tuple]:
    try:
        labels, detail = _bodies(item)
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        places = [_target(target, texts, ids) for target in targets]
    except (KeyError, TypeError, AttributeError):
        raise ValueError(
            f"annotation {number}: has no source with a TextPositionSelector (start, end); export"
            " it with positions"
        ) from None
    except ValueError as error:
        raise ValueError(f"annotation {number}: {error}") from None
    return [
        (*place, str(item.get("framing:layer", "web")), label, detail)
        for place in places
        for label in labels
    ]


def _bodies(item: dict[str, Any]) -> tuple[list[str], str]:
    """The tags of an annotation, one at least, and what is said beside them."""
    given = item.get("body", item.get("bodyValue")) or []
    bodies = [
        {"value": b} if isinstance(b, str) else b
        for b in (given if isinstance(given, list) else [given])
    ]
    said = {
        kind: [
            str(b.get("value", ""))
            for b in bodies
            if (b.get("purpose", "tagging") in BESIDE) == (kind == "detail")
        ]
        for kind in ("label", "detail")
    }
    return said["label"] or [""], "; ".join(said["detail"])


def _target(
    target: dict[str, Any], texts: dict[str, str], ids: dict[str, str]
) -> tuple[str, int, int]:
    given = target["source"]
    source = str(given["id"] if isinstance(given, dict) else given)
    article = (
        unquote(source.removeprefix(ARTICLE))
        if source.startswith(ARTICLE)
        else ids.get(source, source)
    )
    selectors = {str(s.get("type")): s for s in reversed(list(_selectors(target["selector"])))}
    position, words = selectors.get("TextPositionSelector"), selectors.get("TextQuoteSelector")
    place = (int(position["start"]), int(position["end"])) if position else None
    text = texts.get(article)
    if words is None or text is None:
        if place is None:
            raise KeyError("TextPositionSelector")
        return article, *place
    if place and text[slice(*place)] == words["exact"]:
        return article, *place
    return article, *_anchored(text, words, article)


def _anchored(text: str, words: dict[str, Any], article: str) -> tuple[int, int]:
    """The one place of the words quoted, by as much of what stands around them as finds it."""
    exact, prefix, suffix = (str(words.get(name) or "") for name in ("exact", "prefix", "suffix"))
    for before, after in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        if exact and text.count(before + exact + after) == 1:
            start = text.index(before + exact + after) + len(before)
            return start, start + len(exact)
    raise ValueError(
        f"the words that it quotes stand nowhere in {article}, or in several places; was the text"
        " changed?"
    )


def _selectors(given: Any) -> Iterator[dict[str, Any]]:
    """A selector, those of a list, and what refines them."""
    for one in given if isinstance(given, list) else [given]:
        yield one
        if "refinedBy" in one:
            yield from _selectors(one["refinedBy"])


def to_lines(rows: pd.DataFrame, ledger: Ledger) -> Iterator[str]:
    """Write annotations as JSON lines, a document to a line: what doccano imports for sequence
    labelling.

    A label is `layer:label`; a label has no place for the detail, which is left out. Documents
    without an annotation
    are written too, so that they can be coded.
    """
    found = {a: g for a, g in rows.groupby("article_id")}
    for number, article in enumerate(
        ledger.articles.sort_values("article_id").itertuples(index=False), start=1
    ):
        own = found.get(article.article_id)
        labels = (
            []
            if own is None
            else [[int(r.start), int(r.end), f"{r.layer}:{r.label}"] for r in own.itertuples()]
        )
        yield json.dumps(
            {"id": number, "text": article.text, "label": labels, "article_id": article.article_id},
            ensure_ascii=False,
        )


def from_lines(lines: Iterable[str], ledger: Ledger | None = None) -> pd.DataFrame:
    """Read JSON lines of doccano: `label` as [start, end, label], or `entities` with start_offset,
    end_offset, label.

    ledger   where it is given, a document whose text is no longer that of its article is refused
    returns  the columns of `spans`, detail empty; a label without a colon gets the layer "coded"
    raises   ValueError naming the line
    """
    rows, texts = [], _texts(ledger) if ledger is not None else {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            article, text = _document(document)
            given = (
                document.get("label") or document.get("labels") or document.get("entities") or []
            )
            rows += [
                (article, int(start), int(end), *_label(str(label)), "")
                for start, end, label in map(_span, given)
            ]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(
                f"line {number}: not a document with text, label and article_id; export as JSONL"
            ) from None
        if text is not None and texts.get(article, text) != text:
            raise ValueError(
                f"line {number}: its text is not that of {article} any more, so that no offset can"
                " be trusted; export from the same ledger"
            )
    return _checked(pd.DataFrame(rows, columns=COLUMNS), ledger)


def _document(document: dict[str, Any]) -> tuple[str, str | None]:
    """Which article a line is of, and its text; older versions of doccano call them doc_id, meta
    and data."""
    article = (
        document.get("article_id")
        or (document.get("meta") or {}).get("article_id")
        or document.get("id", document.get("doc_id"))
    )
    if article is None:
        raise KeyError("article_id")
    return str(article), document.get("text", document.get("data"))


def _span(given: Any) -> tuple:
    return (
        (given["start_offset"], given["end_offset"], given["label"])
        if isinstance(given, dict)
        else tuple(given)
    )


def _label(words: str) -> tuple[str, str]:
    layer, colon, label = words.partition(":")
    return (layer, label) if colon else ("coded", words)


def _checked(rows: pd.DataFrame, ledger: Ledger | None) -> pd.DataFrame:
    if ledger is not None:
        lengths = dict(
            zip(ledger.articles["article_id"], ledger.articles["text"].str.len(), strict=True)
        )
        for row in rows.itertuples():
            if row.article_id not in lengths:
                raise ValueError(f"{row.article_id}: the ledger has no such article")
            if not 0 <= row.start <= row.end <= lengths[row.article_id]:
                raise ValueError(
                    f"{row.article_id}: {row.start}–{row.end} is no place in its"
                    f" {lengths[row.article_id]} characters; was the text changed?"
                )
    return rows.sort_values(COLUMNS, ignore_index=True)
