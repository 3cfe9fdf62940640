"""Kept blocks to sentences, sentences to tokens, with exact offsets.

Sentences are nupunkt's, mended where it misses. Tokens are words: NLTK's RegexpTokenizer with one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from helpers.ledger import KEPT, Article, Block, Sentence, Token

# Vowel signs and accents that \w leaves out, soft hyphens and joiners: they stand inside a word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a51\u0abc-\u0acd"
    "\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)

WORD = (
    r"[^\W\d](?:\.[^\W\d])+\.?(?![\w{m}])(?:[-‐‑'][\w{m}]+)*"  # U.S., a.m., U.S.-led: letters with inner dots
    r"|Ph\.D\.?(?!\w)"
    r"|\d+(?:[.,:]\d+)*[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # 1,000.5, 10:30, 5th, 30-day
    r"|\w[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # word, don't, cease-fire
).replace("{m}", _MARKS)
"""What a token is: a word, a number, or an abbreviation. Punctuation, signs and symbols are no tokens.

Matched on a copy of the text in which curly apostrophes are straight and underscores are spaces.
"""

LONGEST = 1000
"""Characters without white space that nupunkt is given at a time: beyond that it takes quadratic time."""

_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST}}}")
_PIECE = re.compile(rf"\S{{{LONGEST},}}|(?:\s+|\S{{1,{LONGEST - 1}}}(?!\S))+")
_CLOSING = re.compile(r"[\"'”“’»)\]}]+(?=\s|$)")
_GLUED = re.compile(r"(?<![^\W_])([^\W\d_]*[a-zà-ÿ]{2})[.!?][”\"’')\]]*(?=[A-Z][a-z])(?!(?:Com|Org|Net)\b)")
_ASKED = re.compile(
    r"(?:[^\W\d_]+\.?[ \t]){1,5}(?:said|says|asked|asks|told|wrote|added|replied|answered|wondered|shouted|cried"
    r"|exclaimed|demanded|continued|joked|recalled)(?=[.,;:]|$)"
)
_CAPITAL = re.compile(r"(?:[A-Z][^\s]*[ \t]){1,4}[a-z]")


def sentences(article: Article, blocks: Iterable[Block]) -> list[Sentence]:
    """Split the kept blocks of an article into sentences.

    article  the article
    blocks   its blocks; those of other roles than KEPT are left out
    returns  sentences in the order of the text, numbered from 0. None crosses a block, none begins or ends with
             white space, and together they hold every character of the kept blocks that is not white space

    Method: nupunkt (Punkt, Kiss & Strunk 2006, with a model of its own). Mended: a closing mark belongs to the
    sentence before it; sentences glued without a space are parted; a question or cry in quotation marks and the
    reporting clause after it ("Is it over?" Mr Reed asked.) are one.
    """
    text, article_id = article.text, article.article_id
    rows: list[Sentence] = []
    for block in blocks:
        if block.role in KEPT:
            for start, end in _spans(text[block.start : block.end]):
                rows.append(
                    Sentence(article_id, len(rows), block.block_id, start + block.start, end + block.start)
                )
    return rows


def tokens(article: Article, sentences: Iterable[Sentence]) -> list[Token]:
    """Cut sentences into tokens, which are words in the sense of WORD.

    article    the article
    sentences  its sentences
    returns    tokens in the order of the text; `norm` is the word in lower case with straight apostrophes

    Method: NLTK's RegexpTokenizer.span_tokenize.
    """
    plain = article.text.replace("’", "'").replace("ʼ", "'").replace("_", " ")
    lower = plain.lower()
    if len(lower) != len(plain):  # İ becomes two characters, and every offset after it would be off
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in plain)
    article_id, span_tokenize, new = article.article_id, _words().span_tokenize, Token._make
    return [
        new((article_id, number, first + start, first + end, lower[first + start : first + end]))
        for _, number, _, first, last in sentences
        for start, end in span_tokenize(plain[first:last])
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a block's text as (start, end), white space trimmed."""
    found = _punkt(text, 0) if not _LONG.search(text) else _by_pieces(text)
    cuts = _mended(text, [start for start, _ in found])
    ends = [*cuts[1:], len(text)]
    spans = [_trimmed(text, start, end) for start, end in zip(cuts, ends, strict=True)]
    return [(start, end) for start, end in spans if start < end]


def _punkt(text: str, offset: int) -> list[tuple[int, int]]:
    return [(start + offset, end + offset) for start, end in _splitter().span_tokenize(text)]


def _by_pieces(text: str) -> list[tuple[int, int]]:
    """The sentences of a text that holds overlong runs without white space: each run is cut in pieces."""
    spans: list[tuple[int, int]] = []
    for match in _PIECE.finditer(text):
        for start in range(match.start(), match.end(), LONGEST) if _LONG.match(match[0]) else [match.start()]:
            end = min(start + LONGEST, match.end()) if _LONG.match(match[0]) else match.end()
            spans += _punkt(text[start:end], start)
    return spans


def _mended(text: str, starts: list[int]) -> list[int]:
    """Starts of sentences after the mends that `sentences` names."""
    cuts = [0]
    for start in starts[1:]:
        closing = _CLOSING.match(text, start)
        if closing and not text[start - 1].isspace():
            start = closing.end()
        if start < len(text) and not _continues(text, cuts[-1], start):
            cuts.append(start)
    glued = [match.end() for match in _GLUED.finditer(text) if match[1].lower() not in _abbreviations()]
    return sorted({*cuts, *glued}) if glued else cuts


def _continues(text: str, before: int, start: int) -> bool:
    """Whether what starts here is the reporting clause of a question or cry in quotation marks."""
    last = text[before:start].rstrip()[-2:]
    if len(last) < 2 or last[0] not in "?!" or last[1] not in "”\"’'":
        return False
    return bool(_CAPITAL.match(text, start) and _ASKED.match(text, start))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


@cache
def _splitter():
    import nupunkt

    return nupunkt.load("default")


@cache
def _abbreviations() -> frozenset[str]:
    return _splitter().abbreviations


@cache
def _words():
    from nltk.tokenize.regexp import RegexpTokenizer

    class Words(RegexpTokenizer):
        """NLTK compiles patterns with `regex` under a limit of seconds, for patterns from outside. This pattern is
        ours and linear: the stdlib's `re` is four times as fast and never gives up on a busy machine."""

        def _check_regexp(self) -> None:
            self._regexp = self._regexp or re.compile(self._pattern, self._flags)

    return Words(WORD)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the words in any text, by the pattern of `tokens`."""
    return _words().span_tokenize(text.replace("’", "'").replace("ʼ", "'").replace("_", " "))
