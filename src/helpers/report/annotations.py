"""Annotations to and from other tools: W3C Web Annotation, and the JSON lines that doccano and INCEpTION read.

In between stands one table: article_id, start, end, layer, label, detail, the offsets those of the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, unquote

import pandas as pd

from helpers.ledger import Ledger

COLUMNS = ["article_id", "start", "end", "layer", "label", "detail"]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ARTICLE = "urn:framing:article:"
AROUND = 32  # characters of prefix and suffix, by which another tool finds a passage whose offsets have moved

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
        parts.append(rows.set_axis(["article_id", "start", "end", "label", "detail"], axis=1).assign(layer=layer))
    table = pd.concat(parts or [pd.DataFrame(columns=COLUMNS)])[COLUMNS]
    return table.sort_values(["article_id", "start", "end", "layer", "label", "detail"], ignore_index=True)


def to_web(rows: pd.DataFrame, ledger: Ledger, *, evidence: str = "sentences") -> dict[str, Any]:
    """Write annotations as a page of the W3C Web Annotation Data Model (JSON-LD).

    rows      as `spans` gives them
    ledger    where the texts are
    evidence  with "locations" only positions are written, no words of an article
    returns   what json.dumps writes; positions are Unicode code points, as the model counts them
    """
    texts = dict(zip(ledger.articles["article_id"], ledger.articles["text"], strict=True)) if evidence == "sentences" else {}
    items = [_item(number, row, texts.get(row.article_id)) for number, row in enumerate(rows.itertuples(index=False), start=1)]
    return {"@context": CONTEXT, "id": "urn:framing:annotations", "type": "AnnotationPage", "startIndex": 0, "items": items}


def _item(number: int, row: Any, text: str | None) -> dict[str, Any]:
    selector: dict[str, Any] = {"type": "TextPositionSelector", "start": int(row.start), "end": int(row.end)}
    if text is not None:
        words = {"exact": text[row.start : row.end], "prefix": text[max(0, row.start - AROUND) : row.start], "suffix": text[row.end : row.end + AROUND]}
        selector = {**selector, "refinedBy": {"type": "TextQuoteSelector", **words}}
    body = [{"type": "TextualBody", "purpose": "tagging", "value": row.label}]
    body += [{"type": "TextualBody", "purpose": "describing", "value": row.detail}] if row.detail else []
    about = {"id": f"urn:framing:annotation:{number}", "type": "Annotation", "motivation": "classifying"}
    return about | {"framing:layer": row.layer, "body": body, "target": {"source": ARTICLE + quote(row.article_id, safe=""), "selector": selector}}


def from_web(page: dict[str, Any], ledger: Ledger | None = None) -> pd.DataFrame:
    """Read annotations of the W3C model, one page or a list of them; those of other tools too.

    page     JSON: an AnnotationPage, an AnnotationCollection whose first page is in it, or an Annotation
    ledger   against which places are checked, where it is given
    returns  the columns of `spans`; an annotation without a layer gets the layer "web"
    raises   ValueError naming the first annotation that has no position, or whose place the article does not have
    """
    if not isinstance(page, dict):
        raise ValueError("not a Web Annotation: the file should hold one JSON object")
    items = page.get("items") or (page.get("first") or {}).get("items") or ([page] if page.get("type") == "Annotation" else [])
    rows = [_row(item, number) for number, item in enumerate(items, start=1)]
    return _checked(pd.DataFrame(rows, columns=COLUMNS), ledger)


def _row(item: dict[str, Any], number: int) -> tuple:
    try:
        target, bodies = item["target"], item.get("body") or []
        position = next(s for s in _selectors(target["selector"]) if s.get("type") == "TextPositionSelector")
        bodies = bodies if isinstance(bodies, list) else [bodies]
        by = {b.get("purpose", "tagging"): str(b.get("value", "")) for b in reversed(bodies)}
        source = str(target["source"])
        article = unquote(source.removeprefix(ARTICLE)) if source.startswith(ARTICLE) else source
        return article, int(position["start"]), int(position["end"]), str(item.get("framing:layer", "web")), by.get("tagging", ""), by.get("describing", "")
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        raise ValueError(f"annotation {number}: has no source with a TextPositionSelector (start, end); export it with positions") from None


def _selectors(given: Any) -> Iterator[dict[str, Any]]:
    """A selector, those of a list, and what refines them."""
    for one in given if isinstance(given, list) else [given]:
        yield one
        if "refinedBy" in one:
            yield from _selectors(one["refinedBy"])


def to_lines(rows: pd.DataFrame, ledger: Ledger) -> Iterator[str]:
    """Write annotations as JSON lines, a document to a line: what doccano imports for sequence labelling.

    A label is `layer:label`; a label has no place for the detail, which is left out. Documents without an annotation
    are written too, so that they can be coded.
    """
    found = {a: g for a, g in rows.groupby("article_id")}
    for number, article in enumerate(ledger.articles.sort_values("article_id").itertuples(index=False), start=1):
        own = found.get(article.article_id)
        labels = [] if own is None else [[int(r.start), int(r.end), f"{r.layer}:{r.label}"] for r in own.itertuples()]
        yield json.dumps({"id": number, "text": article.text, "label": labels, "article_id": article.article_id}, ensure_ascii=False)


def from_lines(lines: Iterable[str], ledger: Ledger | None = None) -> pd.DataFrame:
    """Read JSON lines of doccano: `label` as [start, end, label], or `entities` with start_offset, end_offset, label.

    returns  the columns of `spans`, detail empty; a label without a colon gets the layer "coded"
    raises   ValueError naming the line
    """
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            article = str(document.get("article_id") or document.get("meta", {}).get("article_id") or document["id"])
            given = document.get("label", document.get("labels", []))
            given = given or [(e["start_offset"], e["end_offset"], e["label"]) for e in document.get("entities", [])]
            rows += [(article, int(start), int(end), *_label(str(label)), "") for start, end, label in given]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ValueError(f"line {number}: not a document with text, label and article_id; export as JSONL") from None
    return _checked(pd.DataFrame(rows, columns=COLUMNS), ledger)


def _label(words: str) -> tuple[str, str]:
    layer, colon, label = words.partition(":")
    return (layer, label) if colon else ("coded", words)


def _checked(rows: pd.DataFrame, ledger: Ledger | None) -> pd.DataFrame:
    if ledger is not None:
        lengths = dict(zip(ledger.articles["article_id"], ledger.articles["text"].str.len(), strict=True))
        for row in rows.itertuples():
            if row.article_id not in lengths:
                raise ValueError(f"{row.article_id}: the ledger has no such article")
            if not 0 <= row.start <= row.end <= lengths[row.article_id]:
                raise ValueError(f"{row.article_id}: {row.start}–{row.end} is no place in its {lengths[row.article_id]} characters; was the text changed?")
    return rows.sort_values(COLUMNS, ignore_index=True)
