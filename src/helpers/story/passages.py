"""Shared passages: links gathered into rows that hold at most one passage of each article, and what
each did with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from helpers.story.align import ALIKE, PART, SAME, Link, common, likenesses, links, loose
from helpers.story.texts import texts
from helpers.story.units import Unit, units

FORMS = ("verbatim", "truncated", "paraphrased", "not found")

JOIN = 0.42
"""Mean likeness to the passages of a group from which a passage of a further article joins it."""

COLUMNS = [
    "passage",
    "article_id",
    "kind",
    "form",
    "lead",
    "start",
    "end",
    "score",
    "rule",
    "speaker",
    "anonymous",
]


class Passage(NamedTuple):
    """A passage that at least two articles have.

    lead   the version to which the others are compared
    parts  by article, its units that answer to the lead, in order; several where it breaks a
           quotation up
    links  the strongest link of each unit, by where it stands: (article_id, start, end)
    """

    lead: Unit
    parts: dict[str, list[Unit]]
    links: dict[tuple[str, int, int], Link]


class Shared(NamedTuple):
    """table     a row to each passage and article, as `shared` describes it
    passages  passage 1 first
    units     every unit of every article
    """

    table: pd.DataFrame
    passages: list[Passage]
    units: list[Unit]


def shared(tables: dict[str, pd.DataFrame]) -> Shared:
    """Find the passages that the articles of a set share, and what each article did with them.

    tables   articles (in the order in which they are shown, best by date), blocks, tokens, quotes,
             hits, marks: as the
             ledger has them, of the set's articles only; hits of naming choices only
    returns  `table`, in COLUMNS: `passage` counts from 1, those that most articles have first; kind
             is quotation or fact;
             form is one of FORMS; the lead is a quotation's fullest version, a fact's most
             repeated, then its first, and the
             others are compared to it; start and end are missing where it was not found, and an
             article that breaks
             a passage up has a row to each part; score (0 to 1) and rule are those of the strongest
             link to another article

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> shared(tables).table["kind"].unique().tolist()
    ['fact', 'quotation']
    """
    found = all_units(tables)
    order = {a: i for i, a in enumerate(tables["articles"]["article_id"])}
    made = [_passage(found, members, best, order) for members, best in _groups(found)]
    made.sort(key=lambda p: (-len(p.parts), order[p.lead.article_id], p.lead.start))
    rows = [
        (n, *row) for n, passage in enumerate(made, start=1) for row in _rows(passage, list(order))
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).astype(
        {"start": "Int64", "end": "Int64", "score": float}
    )
    return Shared(table, made, found)


def all_units(tables: dict[str, pd.DataFrame]) -> list[Unit]:
    """Give the units of every article of a set, in the order of its articles; tables as in
    `shared`."""
    quotes, blocks = (
        {k: g for k, g in tables[n].groupby("article_id", sort=False)} for n in ("quotes", "blocks")
    )
    no_quote, no_block = tables["quotes"].iloc[:0], tables["blocks"].iloc[:0]
    made = texts(tables["articles"], tables["tokens"], tables["hits"], tables["marks"])
    return [
        u
        for t in made
        for u in units(t, quotes.get(t.article_id, no_quote), blocks.get(t.article_id, no_block))
    ]


def _groups(found: list[Unit]) -> list[tuple[list[int], dict[int, Link]]]:
    """Link the passages of the articles' bodies, gather them, and let articles join that come near
    all of a group."""
    body = [i for i, u in enumerate(found) if u.kind != "heading"]
    inside = [found[i] for i in body]
    if len({u.article_id for u in inside}) < 2:
        return []
    likeness = likenesses(inside)
    made = clusters(inside, links(inside, likeness))
    join(inside, made, likeness)
    return [
        ([body[i] for i in sorted(members)], {body[i]: x for i, x in best.items()})
        for members, best in made
    ]


def clusters(found: list[Unit], linked: list[Link]) -> list[tuple[list[int], dict[int, Link]]]:
    """Gather links into groups, strongest first.

    returns  for each group its members and, for each member, its strongest link; one passage of an
             article to a group,
             but for parts of a quotation and neighbouring sentences
    """
    group = {i: i for i in range(len(found))}
    members: dict[int, list[int]] = {i: [i] for i in group}
    best: dict[int, Link] = {}
    pairs = {(x.a, x.b) for x in linked}
    for link in linked:
        one, other = group[link.a], group[link.b]
        if one == other or not _may_join(found, members[one], members[other], pairs):
            continue
        for i in members[other]:
            group[i] = one
        members[one] += members.pop(other)
        for i in (link.a, link.b):
            best.setdefault(i, link)
    return [(sorted(m), best) for m in members.values() if len(m) > 1]


def _may_join(
    found: list[Unit], one: list[int], other: list[int], pairs: set[tuple[int, int]]
) -> bool:
    """Say whether two groups may be one: all of one are linked to the longest quotation of the
    other, or a third of the
    pairs between them are (a chain of likenesses is no group); for two passages of one article see
    `_parts_of_one`."""
    if not all(
        _parts_of_one(found[i], found[j])
        for i in one
        for j in other
        if found[i].article_id == found[j].article_id
    ):
        return False
    longest = max(
        one + other, key=lambda i: (found[i].kind == "quotation", len(found[i].words), -i)
    )
    rest = other if longest in one else one
    if found[longest].kind == "quotation" and all(
        (min(i, longest), max(i, longest)) in pairs for i in rest
    ):
        return True
    hits = sum((min(i, j), max(i, j)) in pairs for i in one for j in other)
    return 3 * hits >= len(one) * len(other)


def _parts_of_one(a: Unit, b: Unit) -> bool:
    """Say whether two passages of one article may stand in one row: parts of a quotation, or in
    neighbouring sentences."""
    return a.kind == b.kind == "quotation" or (
        a.kind == b.kind and abs(a.sentence_id - b.sentence_id) <= 1
    )


def join(
    found: list[Unit],
    made: list[tuple[list[int], dict[int, Link]]],
    likeness: csr_array,
    *,
    enough: float = JOIN,
) -> None:
    """Add to the groups passages of further articles that are on average like their members,
    strongest first."""
    free = np.ones(len(found), dtype=bool)
    free[[i for members, _ in made for i in members]] = False
    article = np.array([u.article_id for u in found])
    columns = likeness.tocsc()
    means = [
        (columns[:, members].sum(axis=1) / len(members), n) for n, (members, _) in enumerate(made)
    ]
    wanted = sorted(
        (-mean[i], n, int(i)) for mean, n in means for i in np.flatnonzero(free & (mean >= enough))
    )
    for _, n, i in wanted:
        members, best = made[n]
        if free[i] and article[i] not in article[members]:
            nearest = max(members, key=lambda m: (likeness[i, m], -m))
            best.setdefault(i, loose(found, *sorted((i, nearest)), likeness[i, nearest]))
            members.append(i)
            free[i] = False


def _passage(
    found: list[Unit], members: list[int], best: dict[int, Link], order: dict[str, int]
) -> Passage:
    chosen = sorted((found[i] for i in members), key=lambda u: (order[u.article_id], u.start))
    parts: dict[str, list[Unit]] = {}
    for unit in chosen:
        parts.setdefault(unit.article_id, []).append(unit)
    return Passage(fullest(chosen), parts, {where(found[i]): best[i] for i in members})


def where(unit: Unit) -> tuple[str, int, int]:
    """Give a unit's place: article_id, start, end."""
    return unit.article_id, unit.start, unit.end


def fullest(chosen: list[Unit]) -> Unit:
    """Give the version that others are compared to: of quotations the longest; of facts the most
    repeated; then the first."""

    def rank(unit: Unit) -> tuple:
        if unit.kind == "quotation":
            return True, unit.quoted >= 1.0, len(unit.words)
        return False, sum(form([other], unit) == "verbatim" for other in chosen)

    top = max(rank(u) for u in chosen)
    return next(u for u in chosen if rank(u) == top)


def form(parts: list[Unit], lead: Unit) -> str:
    """Say what an article did with a passage: one of FORMS.

    parts  the article's units that answer to the lead, in order
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


def _rows(passage: Passage, article_ids: list[str]) -> list[tuple]:
    kind = "quotation" if passage.lead.kind == "quotation" else "fact"
    out: list[tuple] = []
    for article_id in article_ids:
        parts = passage.parts.get(article_id, [])
        head = (article_id, kind, form(parts, passage.lead), passage.lead in parts)
        if not parts:
            out.append((*head, None, None, np.nan, "", "", False))
        for unit in parts:
            link = passage.links[where(unit)]
            out.append(
                (*head, unit.start, unit.end, link.score, link.rule, unit.speaker, unit.anonymous)
            )
    return out
