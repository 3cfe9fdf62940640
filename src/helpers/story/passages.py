"""Shared passages: links gathered into rows that hold at most one passage of each article, and what each did with it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.story.align import ALIKE, PART, SAME, Link, common, links
from helpers.story.units import Unit, texts, units

FORMS = ("verbatim", "truncated", "paraphrased", "not found")

COLUMNS = ["passage", "article_id", "kind", "form", "lead", "start", "end", "score", "rule", "speaker", "anonymous"]


def all_units(tables: dict[str, pd.DataFrame]) -> list[Unit]:
    """Give the units of every article of a set.

    tables  articles, tokens, quotes, hits, marks, as the ledger has them, of the set's articles only
    """
    quotes = {k: g for k, g in tables["quotes"].groupby("article_id", sort=False)}
    nothing = tables["quotes"].iloc[:0]
    made = texts(tables["articles"], tables["tokens"], tables["hits"], tables["marks"])
    return [u for text in made for u in units(text, quotes.get(text.article_id, nothing))]


def passages(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Find the passages that articles share, and what each article did with them.

    tables   articles, tokens, quotes, hits, marks, as the ledger has them, of the set's articles only
    returns  a row to each passage and article, in COLUMNS: `passage` counts from 1, those that most articles have first;
             kind is quotation or fact; form is one of FORMS; the lead is the fullest version, to which the others are
             compared; start and end are missing where it was not found; score (0 to 1) and rule are those of the
             strongest link to another article's version
    """
    found = all_units(tables)
    made = clusters(found, links(found))
    order = {a: i for i, a in enumerate(tables["articles"]["article_id"])}
    rows = [row for members, strongest in made for row in [_row(found, members, strongest, order)]]
    rows.sort(key=lambda cells: (-len({c["article_id"] for c in cells if c["form"] != "not found"}), _position(cells)))
    flat = [{"passage": n, **cell} for n, cells in enumerate(rows, start=1) for cell in cells]
    table = pd.DataFrame(flat, columns=COLUMNS)
    return table.astype({"start": "Int64", "end": "Int64"})


def _position(cells: list[dict]) -> tuple:
    lead = next(i for i, c in enumerate(cells) if c["lead"])  # the set's order, then the place in the text
    return lead, cells[lead]["start"]


def clusters(found: list[Unit], linked: list[Link]) -> list[tuple[list[int], dict[int, Link]]]:
    """Gather links into groups, strongest first, with at most one passage of each article in a group.

    returns  for each group its members and, for each member, its strongest link
    """
    group = {i: i for i in range(len(found))}
    members: dict[int, list[int]] = {i: [i] for i in group}
    best: dict[int, Link] = {}
    score = {(x.a, x.b): x.score for x in linked}
    for link in linked:
        one, other = group[link.a], group[link.b]
        if one == other:
            continue
        if not _may_join(found, members[one], members[other], score):
            continue
        for i in members[other]:
            group[i] = one
        members[one] += members.pop(other)
        for i in (link.a, link.b):
            best.setdefault(i, link)
    return [(sorted(m), best) for m in members.values() if len(m) > 1]


def _may_join(found: list[Unit], one: list[int], other: list[int], score: dict[tuple[int, int], float]) -> bool:
    """Say whether two groups may be one: two passages of one article only where both are parts of one quotation."""
    twice = {found[i].article_id for i in one} & {found[i].article_id for i in other}
    if any(found[i].kind != "quotation" for i in one + other if found[i].article_id in twice):
        return False
    return _close(one, other, score)


def _close(one: list[int], other: list[int], score: dict[tuple[int, int], float]) -> bool:
    """Say whether at least a third of the pairs between two groups are linked: a chain of likenesses is no group."""
    hits = sum((min(i, j), max(i, j)) in score for i in one for j in other)
    return 3 * hits >= len(one) * len(other)


def _row(found: list[Unit], members: list[int], best: dict[int, Link], order: dict[str, int]) -> list[dict]:
    chosen = [found[i] for i in members]
    lead = fullest(chosen)
    kind = "quotation" if lead.kind == "quotation" else "fact"
    cells = []
    for article_id in sorted(order, key=order.get):
        there = [(u, best[i]) for u, i in zip(chosen, members, strict=True) if u.article_id == article_id]
        parts = [u for u, _ in there]
        cell = {"article_id": article_id, "kind": kind, "form": form(parts, lead), "lead": lead in parts, "start": None, "end": None}
        cells += [cell | _place(unit, link) for unit, link in there] or [cell | NOWHERE]
    return cells


NOWHERE = {"score": np.nan, "rule": "", "speaker": "", "anonymous": False}


def _place(unit: Unit, link: Link) -> dict:
    return {"start": unit.start, "end": unit.end, "score": link.score, "rule": link.rule, "speaker": unit.speaker, "anonymous": unit.anonymous}


def fullest(chosen: list[Unit]) -> Unit:
    """Give the version that others are compared to: a quotation before a report of it, then the one that most repeat, then the longest."""
    def rank(unit: Unit) -> tuple:
        echoed = sum(form([other], unit) == "verbatim" for other in chosen)
        return unit.kind == "quotation" and unit.quoted >= 1.0, unit.kind != "quotation" and echoed, len(unit.words)

    top = max(rank(u) for u in chosen)
    return next(u for u in chosen if rank(u) == top)


def form(parts: list[Unit], lead: Unit) -> str:
    """Say what an article did with a passage: verbatim, truncated (a quotation of which a part is left), paraphrased, not found.

    parts  the article's passages that answer to the lead, in order; several where it breaks a quotation up
    """
    if not parts:
        return "not found"
    if lead in parts:
        return "verbatim"
    words = tuple(w for part in parts for w in part.words)
    both = common(words, lead.words)
    own, whole = both / max(len(words), 1), both / max(len(lead.words), 1)
    if lead.kind != "quotation":
        return "verbatim" if min(own, whole) >= ALIKE else "paraphrased"
    if own >= PART and all(p.kind == "quotation" and p.quoted >= 0.5 for p in parts):
        return "verbatim" if whole >= SAME else "truncated"
    return "verbatim" if min(own, whole) >= SAME else "paraphrased"
