"""What a notebook shows of a corpus: how much there is, what was cut, and what needs a look."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pandas as pd

from helpers.data.about import told_alike
from helpers.data.recurring import bursts
from helpers.ledger import KEPT

if TYPE_CHECKING:
    from helpers.data.corpus import Corpus

MOST = 12
UNKNOWN = "unknown outlet"


def bundle(corpus: Corpus) -> dict[str, str]:
    """Return a corpus as HTML and as text."""
    facts = [*_facts(corpus), *[("needs a look", line) for line in looks(corpus)]]
    cells = "".join(f"<dt>{html.escape(n)}</dt><dd>{html.escape(v)}</dd>" for n, v in facts)
    plain = "\n".join(f"{name}: {value}" for name, value in facts)
    return {"text/html": f'<dl class="facts">{cells}</dl>', "text/plain": plain}


def _facts(corpus: Corpus) -> list[tuple[str, str]]:
    articles = corpus.articles
    counts = (
        articles["outlet"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    some = ", ".join(f"{name} {n:,}" for name, n in counts.head(MOST).items())
    more = f", and {len(counts) - MOST} more" if len(counts) > MOST else ""
    of = f" of {corpus.total:,}" if len(articles) < corpus.total else ""
    return [
        ("articles", f"{len(articles):,}{of}, {articles['words'].sum():,} words"),
        ("outlets", f"{len(counts)}: {some}{more}" if len(counts) else "none"),
        ("dates", _dates(articles["published"])),
        ("cut as no part of the article", _cut(corpus)),
    ]


def _dates(published: pd.Series) -> str:
    known = published.dropna()
    if known.empty:
        return "none is known"
    missing = len(published) - len(known)
    span = f"{known.min():%Y-%m-%d} to {known.max():%Y-%m-%d}"
    return span + (f"; {missing:,} without a date" if missing else "")


def _cut(corpus: Corpus) -> str:
    rows = corpus._rows("blocks", ["article_id", "start", "end", "role"])
    size = rows["end"] - rows["start"]
    total, cut = int(size.sum()), int(size[~rows["role"].isin(KEPT)].sum())
    return f"{100 * cut / total:.1f} % of the characters received" if total else "nothing"


def looks(corpus: Corpus) -> list[str]:
    """Return a line for each thing that a reader should look at before believing a figure."""
    articles, lines = corpus.articles, []
    if articles.empty:
        return ["no article is left: check outlets, since and until"]
    if len(articles) > 1 and articles["outlet"].is_unique:
        lines.append(
            "Each outlet has one article here: the figures describe these articles, not the"
            " outlets' habits"
        )
    if unknown := int((articles["outlet"] == UNKNOWN).sum()):
        lines.append(f"{unknown:,} articles of unknown outlet: name it in catalog.csv")
    if said := told_alike(articles["outlet"]):
        lines.append(said)
    other = articles[~articles["language"].isin(["en", ""])]["language"].value_counts()
    if len(other):
        named = ", ".join(f"{name} {n:,}" for name, n in other.head(4).items())
        lines.append(
            f"{other.sum():,} articles in other languages ({named}): neither voiced nor counted,"
            " since the rules are English; the column language of a catalogue decides"
        )
    english = articles["language"].isin(["en", ""])
    if empty := int(((articles["words"] == 0) & english).sum()):
        lines.append(f"{empty:,} articles have no word left after cleaning: see notebook 01")
    lines += [
        f"lexicon {lexicon.name}: {len(lexicon.left_out)} entries have no meaning here and are left"
        f" out, the first: {lexicon.left_out[0].rpartition('/')[2]}"
        for lexicon in corpus.lexicons
        if lexicon.left_out
    ]
    found = bursts(corpus)
    lines += found[:4] + ([f"and {len(found) - 4} more like that"] if len(found) > 4 else [])
    if failed := len(corpus.failures):
        lines.append(
            f"{failed:,} files or articles could not be read or annotated: see notebook 01"
        )
    return lines
