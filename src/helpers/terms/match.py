"""Where the entries of lexicons stand in a text, and in whose voice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, zip_longest
from typing import NamedTuple

from helpers.ledger import KEPT, Article, Block, Hit, Sentence, Voice

from . import pattern
from .lexicon import Entry, Lexicon

NEGATORS = frozenset({"not", "no", "never", "without", "neither", "nor", "hardly", "cannot", "non"})
FOCUS = frozenset({"only", "just", "merely", "simply"})  # after "not" they negate nothing
LOOK_BACK = 100  # characters before a hit that are read for a negator
REACH = 3  # tokens before a hit among which a negator counts

_BREAK = re.compile(r"[,;:()\[\]{}–—]")
_TOKEN = re.compile(r"[\w']+")


class Found(NamedTuple):
    """An entry of a lexicon in a text: start and end (exclusive) in characters."""

    start: int
    end: int
    lexicon: str
    category: str
    entry: str


class _Term(NamedTuple):
    """A pattern to look for. Where `spares` is set, a match keeps its owner from counting inside it.

    lexicon  number of the lexicon
    owner    number of the entry among all entries
    """

    lexicon: int
    owner: int
    category: str
    entry: Entry
    spelling: str
    spares: bool


_Candidate = tuple[int, int, _Term]  # start, end


class Matcher:
    """Finds the entries of lexicons; made by `matcher`, picklable.

    Matches of different lexicons are independent. Inside one lexicon the longest match wins over whatever it
    overlaps; of equally long ones the first in the text, then the one with more letters spelt out, then the
    first in the lexicon. `nested: true` counts them all.
    """

    def __init__(self, lexicons: Sequence[Lexicon]):
        self.lexicons = tuple(lexicons)
        self._terms = list(_terms(self.lexicons))
        self._patterns: list[re.Pattern[str] | None] = [None] * len(self._terms)
        self._heads: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self._terms):
            self._heads[pattern.head(term.spelling)].append(number)
        self._finder = pattern.finder([term.spelling for term in self._terms])

    def __reduce__(self):
        return matcher, (self.lexicons,)

    def find(self, text: str) -> list[Found]:
        """Every entry that counts in the text, sorted by start, lexicon and end."""
        return self._find(text, pattern.fold(text))

    def _find(self, text: str, folded: str) -> list[Found]:
        candidates = self._candidates(text, folded)
        if not candidates:
            return []
        kept = []
        for number, lexicon in enumerate(self.lexicons):
            mine = _unspared([c for c in candidates if c[2].lexicon == number])
            mine = mine if lexicon.nested else _longest(mine, len(text))
            kept += [(s, number, e, Found(s, e, lexicon.name, t.category, t.entry.entry)) for s, e, t in mine]
        return [found for _, _, _, found in sorted(kept, key=lambda row: row[:3])]

    def _candidates(self, text: str, folded: str) -> list[_Candidate]:
        candidates = []
        straight = ""
        for place in self._finder.finditer(folded):
            start = place.start()
            for number in self._at(folded, start):
                term = self._terms[number]
                if term.entry.case and not straight:
                    straight = pattern.straighten(text)
                match = self._pattern(number).match(straight if term.entry.case else folded, start)
                if match:
                    candidates.append((start, match.end(), term))
        return candidates

    def _at(self, folded: str, start: int) -> Iterator[int]:
        for length in range(min(pattern.HEAD, len(folded) - start) + 1):
            yield from self._heads.get(folded[start : start + length], ())

    def _pattern(self, number: int) -> re.Pattern[str]:
        """Compiled when first needed: most entries of a lexicon are in no text of a small corpus."""
        found = self._patterns[number]
        if found is None:
            term = self._terms[number]
            found = self._patterns[number] = pattern.compiled(term.spelling, term.entry.case)
        return found


@lru_cache(maxsize=16)
def _matcher(lexicons: tuple[Lexicon, ...]) -> Matcher:
    return Matcher(lexicons)


def matcher(lexicons: Iterable[Lexicon]) -> Matcher:
    """A matcher for lexicons with different names; building is cached.

    raises  ValueError where two lexicons have one name, because hits could not be told apart
    """
    lexicons = tuple(lexicons)
    names = [lexicon.name for lexicon in lexicons]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two lexicons are called {', '.join(twice)}: give each its own `name`")
    return _matcher(lexicons)


def hits(
    article: Article,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    voices: Sequence[Voice],
    matcher: Matcher,
) -> list[Hit]:
    """Every hit in the article's kept blocks, in the order of the text.

    sentences, voices  of the article, sorted by start
    returns            a hit has the voice, speaker and sentence of its first character; `match` is the text
                       as it stands; `negated` as `is_negated` tells. A match never crosses a block's border.
    """
    voice_at = _lookup(voices)
    sentence_at = _lookup(sentences)
    rows = []
    for block in blocks:
        if block.role not in KEPT:
            continue
        text = article.text[block.start : block.end]
        folded = pattern.fold(text)
        for found in matcher._find(text, folded):
            start = block.start + found.start
            voice, sentence = voice_at(start), sentence_at(start)
            since = max(found.start - LOOK_BACK, sentence.start - block.start if sentence else 0, 0)
            rows.append(
                Hit(
                    article.article_id,
                    start,
                    block.start + found.end,
                    *found[2:],  # lexicon, category, entry
                    text[found.start : found.end],
                    voice.voice if voice else "",
                    voice.speaker if voice else "",
                    is_negated(folded[since : found.start]),
                    sentence.sentence_id if sentence else None,
                )
            )
    return rows


def _lookup(rows: Sequence) -> Callable:
    """A function from a place to the row that spans it, or None; rows are sorted by start."""
    starts = [row.start for row in rows]

    def at(place: int):
        number = bisect_right(starts, place) - 1
        return rows[number] if number >= 0 and place < rows[number].end else None

    return at


def is_negated(before: str) -> bool:
    """Whether a negator is among the three tokens before a hit.

    before  the folded text of the sentence up to the hit

    Negators: not, -n't, no, never, without, neither, nor, hardly, cannot, non-. A comma, semicolon, colon,
    dash or bracket in between ends their reach; "not only", "not just", "not merely" and "not simply" negate
    nothing. A rule of thumb for readers to check, not a parse: "not that he is a dictator" escapes it.
    """
    tokens = [token.strip("'") for token in _TOKEN.findall(_BREAK.split(before[-LOOK_BACK:])[-1])[-REACH:]]
    return any(
        (token in NEGATORS or token.endswith("n't")) and following not in FOCUS
        for token, following in zip_longest(tokens, tokens[1:])
    )


def _terms(lexicons: Sequence[Lexicon]) -> Iterator[_Term]:
    entries = [(number, *row) for number, lexicon in enumerate(lexicons) for row in lexicon.entries]
    for owner, (number, category, entry) in enumerate(entries):
        yield _Term(number, owner, category, entry, entry.entry, False)
        for phrase in entry.unless:
            yield _Term(number, owner, category, entry, phrase, True)


def _unspared(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates that stand in none of their entry's `unless` phrases; without these phrases."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end, term in candidates:
        if term.spares:
            spans[term.owner].append((start, end))
    if not spans:
        return candidates
    starts = {owner: [start for start, _ in rows] for owner, rows in spans.items()}
    reach = {owner: list(accumulate((end for _, end in rows), max)) for owner, rows in spans.items()}
    return [
        (start, end, term)
        for start, end, term in candidates
        if not term.spares and not _covered(start, end, starts.get(term.owner, []), reach.get(term.owner, []))
    ]


def _covered(start: int, end: int, starts: list[int], reach: list[int]) -> bool:
    """Whether a span that begins at or before start ends at or after end."""
    at = bisect_right(starts, start) - 1
    return at >= 0 and reach[at] >= end


def _longest(candidates: list[_Candidate], length: int) -> list[_Candidate]:
    """The longest candidates that do not overlap."""
    if len(candidates) < 2:
        return candidates
    taken = bytearray(length)
    kept = []
    for start, end, term in sorted(candidates, key=_rank):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, term))
    return kept


def _rank(candidate: _Candidate) -> tuple[int, int, int, int]:
    start, end, term = candidate
    return start - end, start, -len(term.spelling.replace("*", "")), term.owner
