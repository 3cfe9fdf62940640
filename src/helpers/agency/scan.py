"""Terms and acts of violence looked for in a whole ledger, a partition at a time."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.agency.acts import Act, acts
from helpers.corpus import normal
from helpers.ledger import KEPT, Article, Block, Hit, Ledger, Sentence, Token, Voice
from helpers.terms.lexicon import Lexicon
from helpers.terms.match import Matcher, hits, matcher

TABLES = {"blocks": Block, "sentences": Sentence, "voices": Voice, "tokens": Token}


class Scanned(NamedTuple):
    """What was found in a ledger.

    hits  the columns of hits; their `lexicon` tells the lexicons apart
    acts  the columns of `Act`
    """

    hits: pd.DataFrame
    acts: pd.DataFrame


def scan(
    ledger: Ledger,
    articles: pd.DataFrame,
    lexicons: Iterable[Lexicon],
    violence: Lexicon | None = None,
) -> Scanned:
    """Find the entries of lexicons in articles of a ledger, and tell the form of each act of
    violence.

    articles  article_id: those to look at; the rows follow their order
    lexicons  with names of their own
    violence  data/lexicons/violence.yml, or one with its categories; its hits are in `acts` only

    >>> from helpers import data, terms
    >>> news = data.open("data/raw/demo")
    >>> violence = terms.load("data/lexicons/violence.yml")
    >>> found = scan(news.ledger, news.articles, [terms.targets(["ceasefire"])], violence)
    >>> found.hits["category"].unique().tolist(), "form" in found.acts
    (['ceasefire'], True)
    """
    wanted = list(lexicons)
    find = matcher([*wanted, *([violence] if violence else [])])
    found: dict[str, tuple[list[Hit], list[Act]]] = {}
    for part in ledger.each(
        articles["article_id"],
        articles=["article_id", "text"],
        **{name: kind._fields for name, kind in TABLES.items()},
    ):
        found |= _scanned(part, find, violence.name if violence else "")
    order = [found[a] for a in articles["article_id"] if a in found]
    rows = pd.DataFrame([hit for hits, _ in order for hit in hits], columns=list(Hit._fields))
    told = pd.DataFrame([act for _, acts in order for act in acts], columns=list(Act._fields))
    return Scanned(
        rows,
        told.astype(
            dict.fromkeys(["doer_start", "doer_end", "done_to_start", "done_to_end"], "Int64")
        ),
    )


def _scanned(
    part: SimpleNamespace, find: Matcher, violence: str
) -> dict[str, tuple[list[Hit], list[Act]]]:
    rows = {name: _Rows(getattr(part, name), kind) for name, kind in TABLES.items()}
    found = {}
    for article_id, text in zip(part.articles["article_id"], part.articles["text"], strict=True):
        article = Article(
            **(dict.fromkeys(Article._fields, "") | {"article_id": article_id, "text": text})
        )
        blocks = [
            b
            for b in rows["blocks"].of(article_id)
            if b.role in KEPT and find.find(_normal(text[b.start : b.end]))
        ]
        if not blocks:  # most articles: their other rows need not be made
            continue
        sentences = rows["sentences"].of(article_id)
        mine = hits(article, blocks, sentences, rows["voices"].of(article_id), find)
        deeds = [hit for hit in mine if hit.lexicon == violence]
        told = (
            acts(
                article,
                sentences,
                rows["tokens"].of(article_id, {h.sentence_id for h in deeds}),
                deeds,
            )
            if deeds
            else []
        )
        found[article_id] = ([hit for hit in mine if hit.lexicon != violence], told)
    return found


def _normal(text: str) -> str:
    found = normal(text)
    return found.text if found else text


class _Rows:
    """The rows of a table by article, made only where they are asked for."""

    def __init__(self, table: pd.DataFrame, kind: type):
        ids = table["article_id"].astype("category").cat
        self.kind, self.ids = kind, {a: i for i, a in enumerate(ids.categories)}
        order = np.lexsort((table["start"].to_numpy(), ids.codes.to_numpy()))
        self.edges = np.searchsorted(ids.codes.to_numpy()[order], np.arange(len(self.ids) + 1))
        rest = table[[c for c in kind._fields if c != "article_id"]]
        self.columns = {c: _plain(rest[c])[order] for c in rest}

    def of(self, article_id: str, sentences: set[int] | None = None) -> list:
        """Give an article's rows by start; only those of some sentences, where they are named."""
        if (number := self.ids.get(article_id)) is None:
            return []
        here = np.arange(*self.edges[number : number + 2])
        if sentences is not None:
            here = here[np.isin(self.columns["sentence_id"][here], list(sentences))]
        columns = (self.columns[c][here].tolist() for c in self.columns)
        return [self.kind(article_id, *row) for row in zip(*columns, strict=True)]


def _plain(column: pd.Series) -> np.ndarray:
    """Values by row: words as they are, however they were read."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = np.append(column.cat.categories.to_numpy(object), None)
        return names[column.cat.codes.to_numpy()]
    return column.to_numpy(object) if column.dtype.kind not in "iub" else column.to_numpy()
