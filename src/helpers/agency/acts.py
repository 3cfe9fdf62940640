"""Who does what to whom: of each word for violence, whether the sentence says who did it, and how
it is left out.

Rules over words and punctuation, no parser: they see the form (a passive, a noun), not the meaning.
What they are
worth is measured on hand-coded acts in benchmarks/agency.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from helpers.agency.clauses import Clause
from helpers.agency.forms import Reading, read
from helpers.ledger import Article, Hit, Sentence, Token

FORMS = {
    "active": "the doer is the subject",
    "by": "passive, the doer named after “by”",
    "noun, doer named": "a noun with its doer",
    "weapon": "a weapon or an event is the doer",
    "passive": "passive, nobody named",
    "noun": "a noun, nobody named",
}
"""Form → what it means, from the doer named to nobody named."""

UNNAMED = ("weapon", "passive", "noun")
"""Forms that name no person, people or army as the doer."""


class Act(NamedTuple):
    """A word for violence, and how its sentence tells of it. Offsets as everywhere; None where
    nothing was found."""

    article_id: str
    start: int
    end: int
    sentence_id: int
    voice: str
    entry: str
    form: str
    doer_start: int | None
    doer_end: int | None
    done_to_start: int | None
    done_to_end: int | None


def acts(
    article: Article, sentences: Sequence[Sentence], tokens: Sequence[Token], hits: Sequence[Hit]
) -> list[Act]:
    """Tell the form of each act of violence in an article.

    sentences, tokens  of the article
    hits     of the lexicon of violence (data/lexicons/violence.yml), whose categories say what a
             word can be
    returns  one row for each hit that is an act; words that stand before a noun ("the wounded men")
             are none

    >>> from helpers import clean, corpus, segment, terms
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> kept = clean.blocks(article)
    >>> cut = segment.sentences(article, kept)
    >>> violence = terms.matcher([terms.load("data/lexicons/violence.yml")])
    >>> hits = terms.hits(article, kept, cut, [], violence)
    >>> [act.form for act in acts(article, cut, segment.tokens(article, cut), hits)]
    ['noun, doer named']
    """
    words: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        words[token.sentence_id].append(token)
    ends = {sentence.sentence_id: sentence.end for sentence in sentences}
    clauses: dict[int, Clause] = {}
    rows = []
    for hit in sorted(hits, key=lambda h: (h.start, h.end)):
        if not (own := words.get(hit.sentence_id)):
            continue
        clause = clauses.get(hit.sentence_id)
        if clause is None:
            clause = clauses[hit.sentence_id] = Clause.of(article.text, own, ends[hit.sentence_id])
        at = bisect_left(clause.starts, hit.start)
        to = max(bisect_left(clause.starts, hit.end), at + 1)
        inside = (
            at > 0 and hit.start < clause.ends[at - 1]
        )  # the second half of a compound: an Ardovian-occupied town
        found = None if inside or at == len(clause.words) else read(clause, at, to, hit.category)
        if found:
            rows.append(_act(hit, clause, found))
    return rows


def _act(hit: Hit, clause: Clause, found: Reading) -> Act:
    doer, done_to = (_span(clause, words) for words in (found.doer, found.done_to))
    return Act(
        hit.article_id,
        hit.start,
        hit.end,
        hit.sentence_id,
        hit.voice,
        hit.entry,
        found.form,
        *doer,
        *done_to,
    )


def _span(clause: Clause, words: range | None) -> tuple[int | None, int | None]:
    return (clause.starts[words[0]], clause.ends[words[-1]]) if words else (None, None)
