"""Sentences to tokens: words in the sense of WORD, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.ledger import Article, Sentence, Token

# Vowel signs and accents that \w leaves out, soft hyphens and joiners: they stand inside a word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a3c-\u0a51\u0abc-\u0acd"
    "\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c3e-\u0c56\u0cbc-\u0cd6\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)

WORD = (
    # U.S., a.m., U.S.-led: letters with inner dots
    r"[^\W\d](?:\.[^\W\d])+\.?(?![\w{m}])(?:[-‐‑'][\w{m}]+)*"
    r"|Ph\.D\.?(?!\w)"
    r"|\d+(?:[.,:]\d+)*[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # 1,000.5, 10:30, 5th, 30-day
    r"|\w[\w{m}]*(?:[-‐‑'][\w{m}]+)*"  # word, don't, cease-fire
).replace("{m}", _MARKS)
"""What a token is: a word, a number, or an abbreviation. Punctuation, signs and symbols are no
tokens.

Matched on a copy of the text in which curly apostrophes are straight and underscores are spaces.
"""

# As WORD; words that a space follows, which are most, are tried first.
_SPLIT = re.compile(rf"(\w+(?= )|{WORD})")


class TokenColumns(NamedTuple):
    """The tokens of one article as columns of one length; offsets and numbers are int64."""

    sentence_id: np.ndarray
    start: np.ndarray
    end: np.ndarray
    norm: list[str]


def tokens(article: Article, sentences: Iterable[Sentence]) -> list[Token]:
    """Cut sentences into tokens, which are words in the sense of WORD.

    article    the article
    sentences  its sentences
    returns    tokens in the order of the text; `norm` is the word in lower case with straight
               apostrophes

    Method: NLTK's RegexpTokenizer.span_tokenize.

    >>> from helpers import clean, corpus, segment
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> kept = clean.blocks(article)
    >>> cut = segment.sentences(article, kept)
    >>> [token.norm for token in tokens(article, cut)[:3]]
    ['room', '412', "tyrant's"]
    """
    plain = _plain(article.text)
    lower = plain.lower()
    if len(lower) != len(
        plain
    ):  # İ becomes two characters in lower case and moves the offsets after it
        return _grown(article.article_id, plain, sentences)
    article_id, span_tokenize, new = article.article_id, _words().span_tokenize, tuple.__new__
    return [
        new(
            Token,
            (article_id, number, first + start, first + end, lower[first + start : first + end]),
        )
        for _, number, _, first, last, *_ in sentences
        for start, end in span_tokenize(plain[first:last])
    ]


def token_columns(article: Article, sentences: Iterable[Sentence]) -> TokenColumns:
    """Cut sentences into the tokens of `tokens`, as columns: for many articles, rows of single
    tokens cost too much.

    article    the article
    sentences  its sentences
    returns    sentence_id, start, end, norm in the order of the text

    Method: as `tokens`. The sentences are joined by line breaks, which no word holds or looks
    across, and split at
    once; lengths then give the places.

    >>> from helpers import clean, corpus, segment
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> kept = clean.blocks(article)
    >>> cut = segment.sentences(article, kept)
    >>> token_columns(article, cut).norm[:2]
    ['room', '412']
    """
    sentences = list(sentences)
    plain = _plain(article.text)
    lower = plain.lower()
    if (
        not sentences or len(lower) != len(plain) or "ph.d" in lower
    ):  # Ph.D. is one word, ph.d. is two
        return _columns_of(tokens(article, sentences))
    _, numbers, _, firsts, lasts, *_ = zip(*sentences, strict=True)
    parts = _SPLIT.split(
        "\n".join([lower[first:last] for first, last in zip(firsts, lasts, strict=True)])
    )
    places = np.fromiter(map(len, parts), np.int64, len(parts)).cumsum()
    starts, ends = places[:-1:2], places[1::2]
    lengths = np.array(lasts) - np.array(firsts) + 1  # with the line break
    begins = lengths.cumsum() - lengths
    own = begins.searchsorted(starts, side="right") - 1  # the sentence of each word
    shift = (np.array(firsts) - begins)[own]
    return TokenColumns(np.array(numbers)[own], starts + shift, ends + shift, parts[1::2])


def _columns_of(rows: list[Token]) -> TokenColumns:
    numbers, starts, ends = (
        np.array([row[field] for row in rows], np.int64) for field in (1, 2, 3)
    )
    return TokenColumns(numbers, starts, ends, [row.norm for row in rows])


def _grown(article_id: str, plain: str, sentences: Iterable[Sentence]) -> list[Token]:
    """As `tokens`, each word put into lower case for itself."""
    return [
        Token(
            article_id,
            each.sentence_id,
            each.start + start,
            each.start + end,
            piece[start:end].lower(),
        )
        for each, piece in ((each, plain[each.start : each.end]) for each in sentences)
        for start, end in _words().span_tokenize(piece)
    ]


@cache
def _words():
    from nltk.tokenize.regexp import RegexpTokenizer

    class Words(RegexpTokenizer):
        """NLTK compiles patterns with `regex` under a limit of seconds, for patterns from outside.
        This pattern is
        ours and linear: the stdlib's `re` is four times as fast and never gives up on a busy
        machine."""

        def _check_regexp(self) -> None:
            self._regexp = self._regexp or re.compile(self._pattern, self._flags)

    return Words(WORD)


def words(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the words in any text, by the pattern of `tokens`.

    >>> [("It isn’t over.")[start:end] for start, end in words("It isn’t over.")]
    ['It', 'isn’t', 'over']
    """
    return _words().span_tokenize(_plain(text))


def _plain(text: str) -> str:
    """The text as WORD is matched on it, of the same length."""
    return text.replace("’", "'").replace("ʼ", "'").replace("_", " ")
