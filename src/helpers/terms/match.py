"""Where the entries of lexicons stand in a text, and in whose voice."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, zip_longest
from operator import attrgetter, itemgetter
from typing import NamedTuple

from helpers.corpus import Normal, normal
from helpers.ledger import KEPT, Article, Block, Hit, Sentence, Voice

from . import pattern
from .lexicon import Entry, Lexicon

NEGATORS = frozenset({"not", "no", "never", "without", "neither", "nor", "hardly", "cannot", "non"})
FOCUS = frozenset({"only", "just", "merely", "simply"})  # after "not" they negate nothing
LOOK_BACK = 100  # characters before a hit that are read for a negator
MOST_BEGINS = 20_000  # beginnings of matches that a matcher remembers
REACH = 3  # tokens before a hit among which a negator counts

_HINT = re.compile("n(?:o|ever|either|'t)|without|hardly")  # every negator holds one of these
_BREAK = re.compile(r"[,;:()\[\]{}–—]")
_TOKEN = re.compile(r"[\w']+")
_START = attrgetter("start")
_PLACE = itemgetter(0, 1, 2)


class Found(NamedTuple):
    """An entry of a lexicon in a text: start and end (exclusive) in characters."""

    start: int
    end: int
    lexicon: str
    category: str
    entry: str


class _Term(NamedTuple):
    """A pattern to look for. Where `spares` is set, a match keeps its owner from counting inside
    it.

    lexicon  number of the lexicon
    owner    number of the entry among all entries
    letters  how many of its characters are spelt out
    """

    lexicon: int
    owner: int
    category: str
    entry: Entry
    spelling: str
    letters: int
    spares: bool


_Candidate = tuple[int, int, _Term]  # start, end


class Matcher:
    """Finds the entries of lexicons; made by `matcher`, picklable.

    Matches of different lexicons are independent. Inside one lexicon the longest match wins over
    whatever it
    overlaps; of equally long ones the first in the text, then the one with more letters spelt out,
    then the
    first in the lexicon. `nested: true` counts them all.
    """

    def __init__(self, lexicons: Sequence[Lexicon]):
        self.lexicons = tuple(lexicons)
        self._terms = list(_terms(self.lexicons))
        self._patterns: list[re.Pattern[str] | None] = [None] * len(self._terms)
        self._heads: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self._terms):
            self._heads[pattern.head(term.spelling)].append(number)
        self._begins: dict[str, list[int]] = {}
        self._finder = pattern.finder([term.spelling for term in self._terms])

    def __reduce__(self):
        return matcher, (self.lexicons,)

    def find(self, text: str) -> list[Found]:
        """Every entry that counts in the text, sorted by start, lexicon and end."""
        joined, ends = pattern.join([text])
        found = self._find(joined, pattern.fold(joined), ends)
        return [each._replace(start=each.start - 1, end=each.end - 1) for each in found]

    def _find(self, text: str, folded: str, ends: Sequence[int]) -> list[Found]:
        """As `find` in a text that `pattern.join` made; no match crosses one of its ends."""
        candidates = self._candidates(text, folded, ends)
        if not candidates:
            return []
        kept = []
        for number in sorted({term.lexicon for _, _, term in candidates}):
            lexicon = self.lexicons[number]
            mine = _unspared([c for c in candidates if c[2].lexicon == number])
            groups: dict[str, list[_Candidate]] = defaultdict(list)
            for candidate in mine:  # nested: tax and tax* in one category find one word once
                groups[candidate[2].category if lexicon.nested else ""].append(candidate)
            kept += [
                (s, number, e, Found(s, e, lexicon.name, t.category, t.entry.entry))
                for group in groups.values()
                for s, e, t in _longest(group, len(text))
            ]
        return [found for _, _, _, found in sorted(kept, key=_PLACE)]

    def _candidates(self, text: str, folded: str, ends: Sequence[int]) -> list[_Candidate]:
        candidates = []
        straight = ""
        for place in self._finder.finditer(folded):
            start = place.end()
            end = ends[bisect_left(ends, start)]
            for number in self._filed(folded[start : start + pattern.HEAD]):
                term = self._terms[number]
                if term.entry.case and not straight:
                    straight = pattern.straighten(text)
                match = self._pattern(number).match(
                    straight if term.entry.case else folded, start, end
                )
                if match:
                    candidates.append((start, match.end(), term))
        return candidates

    def _filed(self, begin: str) -> list[int]:
        """Numbers of the terms that may match where the text goes on with these HEAD characters
        (fewer at its end)."""
        found = self._begins.get(begin)
        if found is None:
            found = [
                number
                for length in range(len(begin) + 1)
                for number in self._heads.get(begin[:length], ())
            ]
            if len(self._begins) < MOST_BEGINS:
                self._begins[begin] = found
        return found

    def _pattern(self, number: int) -> re.Pattern[str]:
        """Compiled when first needed: most entries of a lexicon are in no text of a small
        corpus."""
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

    >>> from helpers import terms
    >>> matcher([terms.targets(["war"])]) is matcher([terms.targets(["war"])])
    True
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
    returns            a hit has the voice, speaker and sentence of its first character; `match` is
                       the text
                       as it stands; `negated` as `is_negated` tells. A match never crosses a
                       block's border.

    >>> from helpers import clean, corpus, segment, terms
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> kept = clean.blocks(article)
    >>> found = matcher([terms.targets(["invasion"])])
    >>> [hit.match for hit in hits(article, kept, segment.sentences(article, kept), [], found)]
    ['invasion']
    """
    kept = [block for block in blocks if block.role in KEPT]
    received = [article.text[block.start : block.end] for block in kept]
    normals = [normal(text) for text in received]
    texts = [n.text if n else text for n, text in zip(normals, received, strict=True)]
    joined, ends = pattern.join(texts)
    folded = pattern.fold(joined)
    rows = []
    for found in matcher._find(joined, folded, ends):
        number = bisect_left(ends, found.start)
        begin = ends[number] - len(texts[number])  # of the block, in the joined text
        place = _Place(kept[number].start, begin, normals[number])
        start = place.start(found.start)
        voice, sentence = _at(voices, start), _at(sentences, start)
        since = max(
            found.start - LOOK_BACK,
            place.back(sentence.start) if sentence else 0,
            begin,
        )
        rows.append(
            Hit(
                article.article_id,
                start,
                place.end(found.end),
                *found[2:],  # lexicon, category, entry
                joined[found.start : found.end],
                voice.voice if voice else "",
                voice.speaker if voice else "",
                is_negated(folded[since : found.start]),
                sentence.sentence_id if sentence else None,
            )
        )
    return rows


class _Place(NamedTuple):
    """The way from the joined text of the blocks to the article's, in one block.

    first  where the block begins in the article's text; begin: in the joined text
    """

    first: int
    begin: int
    normal: Normal | None

    def start(self, place: int) -> int:
        at = place - self.begin
        return self.first + (self.normal.starts[at] if self.normal else at)

    def end(self, place: int) -> int:
        at = place - self.begin
        return self.first + (self.normal.ends[at - 1] if self.normal else at)

    def back(self, place: int) -> int:
        at = max(place - self.first, 0)
        return self.begin + (bisect_left(self.normal.starts, at) if self.normal else at)


def _at(rows: Sequence, place: int):
    """The row that spans a place, or None; rows are sorted by start."""
    number = bisect_right(rows, place, key=_START) - 1
    return rows[number] if number >= 0 and place < rows[number].end else None


def is_negated(before: str) -> bool:
    """Whether a negator is among the three tokens before a hit.

    before  the folded text of the sentence up to the hit

    Negators: not, -n't, no, never, without, neither, nor, hardly, cannot, non-. A comma, semicolon,
    colon,
    dash or bracket in between ends their reach; "not only", "not just", "not merely" and "not
    simply" negate
    nothing. A rule of thumb for readers to check, not a parse: "not that he is a dictator" escapes
    it.

    >>> is_negated("it is not an "), is_negated("it is not only an ")
    (True, False)
    """
    before = before[-LOOK_BACK:]
    if not _HINT.search(before):
        return False
    tokens = [token.strip("'") for token in _TOKEN.findall(_BREAK.split(before)[-1])[-REACH:]]
    return any(
        (token in NEGATORS or token.endswith("n't")) and following not in FOCUS
        for token, following in zip_longest(tokens, tokens[1:])
    )


def _terms(lexicons: Sequence[Lexicon]) -> Iterator[_Term]:
    entries = [(number, *row) for number, lexicon in enumerate(lexicons) for row in lexicon.entries]
    for owner, (number, category, entry) in enumerate(entries):
        for spelling, spares in [
            (entry.entry, False),
            *((phrase, True) for phrase in entry.unless),
        ]:
            yield _Term(
                number, owner, category, entry, spelling, len(spelling.replace("*", "")), spares
            )


def _unspared(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates that stand in none of their entry's `unless` phrases; without these
    phrases."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end, term in candidates:
        if term.spares:
            spans[term.owner].append((start, end))
    if not spans:
        return candidates
    starts = {owner: [start for start, _ in rows] for owner, rows in spans.items()}
    reach = {
        owner: list(accumulate((end for _, end in rows), max)) for owner, rows in spans.items()
    }
    return [
        (start, end, term)
        for start, end, term in candidates
        if not term.spares
        and not _covered(start, end, starts.get(term.owner, []), reach.get(term.owner, []))
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
    return start - end, start, -term.letters, term.owner
