"""Which passage of one article answers to which passage of another, how strongly, and by which
rule."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq
from scipy.sparse import csr_array, vstack

from helpers.story.acts import PLACES
from helpers.story.features import stem, weight
from helpers.story.units import Unit

SAME = 0.9
"""Share of the words of two quotations that stand in both, in order, from which they are the same
words."""

PART = 0.75
"""Share of the shorter quotation's words that the longer one has, in order, from which it is part
of it."""

ALIKE = 0.8
"""The same for clauses: verbatim from here on."""

LONG = 5
"""Words in common from which a passage is known again by its words alone."""

CROWD = 200
"""Passages with the same two words in a row beyond which those words say nothing."""

CLOSE = 0.38
"""Least score of two passages in other words. Chosen on sets s1 and s3 of the demo: .34 finds more
and lays more together
that only sounds alike; .46 misses more and errs no less."""

NEARLY = 0.8
"""Share of the best score, of either passage in the other's article, that a pair must reach."""

FAINT = 0.2
"""Likeness below which two passages count as not alike at all."""

STRIP = 1000
"""Passages compared with all others at once: an article of 20,000 words has two thousand."""

SHARED = 2
"""Features that two passages in other words must share."""


class Link(NamedTuple):
    """Two passages, by their places in the list of units; score from 0 to 1; the rule in words."""

    a: int
    b: int
    score: float
    rule: str


class Scale(NamedTuple):
    """columns  feature → column; weights  (features,) rarity times kind."""

    columns: dict[str, int]
    weights: np.ndarray


def scale(units: list[Unit]) -> Scale:
    """Weigh features by how few sentences of the set have them: ln((1 + n) / (1 + k)), times
    `features.weight`."""
    contexts = {(u.article_id, u.sentence_id): u.context | u.features for u in units}
    many = Counter(f for context in contexts.values() for f in context)
    names = sorted({f for u in units for f in u.features | u.context})
    rarity = [np.log((1 + len(contexts)) / (1 + many[f])) * weight(f) for f in names]
    return Scale({f: i for i, f in enumerate(names)}, np.array(rarity))


def links(units: list[Unit], likeness: csr_array, *, close: float = CLOSE) -> list[Link]:
    """Link the passages of different articles, strongest first.

    likeness  as `likenesses` gives it
    close     least likeness of two passages in other words

    Words first: quotations, and other passages, with the same words in the same order. Then
    passages in other words:
    those that share enough of what is rare in the set, each near the other's best in its article.
    """
    worded = worded_links(units)
    taken = {(link.a, units[link.b].article_id) for link in worded} | {
        (link.b, units[link.a].article_id) for link in worded
    }
    article = np.array([u.article_id for u in units])
    near = [
        x
        for x in _mutual(likeness, article, close)
        if not {(x[0], article[x[1]]), (x[1], article[x[0]])} & taken
    ]
    return sorted(
        worded + [loose(units, *pair) for pair in near], key=lambda x: (-x.score, x.a, x.b)
    )


def common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Give the number of words that stand in both in the same order (longest common subsequence;
    rapidfuzz)."""
    return LCSseq.similarity(a, b)


def worded_links(units: list[Unit]) -> list[Link]:
    """Links between passages that have words in the same order in common: found by pairs of words,
    then measured."""
    where: dict[tuple[str, str], list[int]] = {}
    for i, unit in enumerate(units):
        for pair in set(zip(unit.words, unit.words[1:], strict=False)):
            where.setdefault(pair, []).append(i)
    pairs: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        if len(places) <= CROWD:
            pairs.update(
                (i, j)
                for n, i in enumerate(places)
                for j in places[n + 1 :]
                if units[i].article_id != units[j].article_id
            )
    wanted = sorted(
        p
        for p, n in pairs.items()
        if n >= min(2, len(units[p[0]].words) - 1, len(units[p[1]].words) - 1)
    )
    return [
        link
        for i, j in wanted
        if (link := (_same_words if _spoken(units, i, j) else _same_clause)(units, i, j))
    ]


def _spoken(units: list[Unit], i: int, j: int) -> bool:
    return units[i].kind == units[j].kind == "quotation"


def _same_clause(units: list[Unit], i: int, j: int) -> Link | None:
    """Passages of which at least one is the outlet's own: the same words but for one in five."""
    a, b = units[i].words, units[j].words
    both, most = common(a, b), max(len(a), len(b))
    if both < LONG or both / most < ALIKE:
        return None
    return Link(i, j, round(0.95 * both / most, 3), f"the same words: {both} of {most}")


def _same_words(units: list[Unit], i: int, j: int) -> Link | None:
    a, b = units[i], units[j]
    both = common(a.words, b.words)
    least, most = sorted((len(a.words), len(b.words)))
    if least < 2 or both / least < PART or not _telling(a, b, both):
        return None
    if both / most >= SAME:
        return Link(i, j, 1.0, f"quotation, the same words: {both} of {most}")
    return Link(
        i,
        j,
        round(0.9 * both / least, 3),
        f"quotation, part of it: {both} of {least} words in order",
    )


def _telling(a: Unit, b: Unit, both: int) -> bool:
    """Short fragments must stand in the other as one run, and be of four words, or hold content, if
    only by who speaks."""
    if both >= LONG + 1:
        return True
    short, long = (a, b) if len(a.words) <= len(b.words) else (b, a)
    run = any(
        long.words[k : k + len(short.words)] == short.words
        for k in range(len(long.words) - len(short.words) + 1)
    )
    return run and (len(short.words) >= 4 or len(short.features & long.features) >= 2)


def likenesses(units: list[Unit]) -> csr_array:
    """Give how much any two passages of different articles are about the same: three quarters they
    themselves, one their sentences.

    returns  (units × units), from FAINT to 1; nothing where it is less, where they share fewer than
             SHARED features, or
             only names and offices
    """
    measured = scale(units)
    inner, facts, context = (
        _matrix(units, measured, field) for field in ("features", "facts", "context")
    )
    article = np.unique([u.article_id for u in units], return_inverse=True)[1]
    strips = [slice(low, low + STRIP) for low in range(0, len(units), STRIP)]
    made = []
    for strip in strips:
        about = 0.75 * _cosine(inner, measured.weights, strip) + 0.25 * _cosine(
            context, measured.weights, strip
        )
        enough = ((inner[strip] @ inner.T).toarray() >= SHARED) & (
            (facts[strip] @ facts.T).toarray() > 0
        )
        apart = article[strip][:, None] != article[None, :]
        made.append(csr_array(np.where(enough & apart & (about >= FAINT), about, 0.0)))
    return csr_array(vstack(made))


def loose(units: list[Unit], i: int, j: int, score: float) -> Link:
    """Make the link of two passages in other words; its rule names what they share."""
    both = sorted(units[i].features & units[j].features, key=lambda f: (-weight(f), f))
    named = sorted({_shown(f, units[i].words) for f in both[:7]} - {""})
    return Link(
        i, j, round(min(0.89, float(score)), 3), "in other words: both have " + ", ".join(named)
    )


def _shown(feature: str, words: tuple[str, ...]) -> str:
    """A feature as a reader knows it: the word it was made from, a name with its capital, an act by
    its verb."""
    kind, name = feature[0], feature[2:]
    if kind == "a":
        return f"“{name}”"
    word = next(
        (w for w in words if stem(w) == name),
        "the same speaker" if kind == "n" and name not in PLACES else name,
    )
    if word == "the same speaker":
        return word
    return word.removesuffix("'s").capitalize() if kind == "n" else word


def _matrix(units: list[Unit], measured: Scale, field: str) -> csr_array:
    cells = [
        (i, measured.columns[f]) for i, u in enumerate(units) for f in sorted(_field(u, field))
    ]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return csr_array(
        (np.ones(len(cells)), (rows, columns)), shape=(len(units), len(measured.columns))
    )


def _field(unit: Unit, field: str) -> frozenset[str]:
    """Features of a unit: all, those of its sentence, or the facts alone, without names and
    offices."""
    return (
        frozenset(f for f in unit.features if f[0] not in "nt")
        if field == "facts"
        else getattr(unit, field)
    )


def _cosine(matrix: csr_array, weights: np.ndarray, strip: slice) -> np.ndarray:
    """Weight of the shared features over the root of the product of both weights, for a strip of
    rows."""
    weighed = csr_array(matrix.multiply(weights[None, :]))
    own = np.sqrt(np.maximum(weighed.sum(axis=1), 1e-9))
    return (weighed[strip] @ matrix.T).toarray() / own[strip, None] / own[None, :]


def _mutual(total: csr_array, article: np.ndarray, close: float) -> list[tuple[int, int, float]]:
    """Pairs, with their likeness, of which each comes near the other's best in its article."""
    place = np.unique(article, return_inverse=True)[1]
    cells = total.tocoo()
    best = np.zeros((total.shape[0], place.max() + 1))
    np.maximum.at(best, (cells.row, place[cells.col]), cells.data)
    rival = np.maximum(best[cells.row, place[cells.col]], best[cells.col, place[cells.row]])
    keep = (cells.row < cells.col) & (cells.data >= close) & (cells.data >= NEARLY * rival)
    return sorted(
        zip(
            cells.row[keep].tolist(),
            cells.col[keep].tolist(),
            cells.data[keep].tolist(),
            strict=True,
        )
    )
