"""Kept blocks to sentences, with exact offsets.

Most sentences end where nobody doubts it: a word of lower-case letters, a full stop, white space, a
word with a
capital. These are cut here, and nupunkt is asked about the pieces in between that hold anything
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from helpers.ledger import KEPT, Article, Block, Sentence

from .mending import STARTERS, TITLES, mended
from .punkt import has_long, starts, unsure_words

# A mark that may end a sentence. Group 1, the marks that close the sentence, is set where it looks
# like a sure end;
# passed over are marks where neither nupunkt nor the mends ever cut. What begins the next sentence
# must not look
# like the number of a list (A. IV.) to nupunkt, which takes it for one at the start of what it is
# given.
_STOP = re.compile(
    r"""
    [.?!…]
    (?!(?<=(?:Mrs|Sen|Rep|Gov|Gen)\.)(?<!\S(?:Mrs|Sen|Rep|Gov|Gen)\.)[ ]
        (?!(?:STARTERS)(?!\w))[A-Z])  # title, name
    (?:
        (?<=[a-z]{2}[.?!])((?<=\.)["'”’)\]]*|)\s+(?=[“‘"][A-Z]|[A-Z][a-z]*[\s,'’])
      | (?!(?!(?<=[a-zà-ÿ]{2}.)[A-Z])[\w.,-])  # inside a number or an abbreviation
        (?!["'”’»)\]}*]*\s*\Z)                 # the last of the text
        (?!(?:(?<=\s(?:Mr|Ms|Dr)\.)|(?<=\s(?:Mrs|Sen|Rep|Gov|Gen)\.))[ ][A-Z])
        (?!(?<=\sU\.S\.)[ ][a-z])
    )
    """.replace("STARTERS", "|".join(sorted(STARTERS))),
    re.VERBOSE,
)
_FARTHEST = 30  # characters looked back for the white space before a word


def sentences(article: Article, blocks: Iterable[Block]) -> list[Sentence]:
    """Split the kept blocks of an article into sentences.

    article  the article
    blocks   its blocks; those of other roles than KEPT are left out
    returns  sentences in the order of the text, numbered from 0. None crosses a block, none begins
             or ends with
             white space, and together they hold every character of the kept blocks that is not
             white space

    Method: nupunkt (Punkt, Kiss & Strunk 2006, with a model of its own). Mended: a closing mark
    belongs to the
    sentence before it; a title stays with its name; sentences glued without a space are parted; a
    question or cry
    in quotation marks and the reporting clause after it ("Is it over?" Mr Reed asked.) are one. The
    model and the
    mends are for English: elsewhere "5. Juli" is cut in two.

    >>> from helpers import clean, corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> first = sentences(article, clean.blocks(article))[0]
    >>> article.text[first.start : first.start + 8]
    'ROOM 412'
    """
    text, article_id = article.text, article.article_id
    rows: list[Sentence] = []
    for _, block_id, first, last, role, _ in blocks:
        if role in KEPT:
            for start, end in _spans(text[first:last]):
                rows.append(Sentence(article_id, len(rows), block_id, first + start, first + end))
    return rows


def _spans(text: str) -> list[tuple[int, int]]:
    """Sentences of a block's text as (start, end), white space trimmed."""
    if "„" in text or has_long(
        text
    ):  # the mend for German marks and the cutting of long runs need the whole
        return _filled(_asked(text, 0, len(text)))
    spans: list[tuple[int, int]] = []
    first, doubt = 0, False
    for stop in _STOP.finditer(text):
        if stop.lastindex and _is_sure(text, stop.start()):
            end = stop.end(1)
            if doubt:
                spans += _asked(text, first, end)
            else:  # but for the first of a text, a sentence begins behind white space
                spans.append((first, end) if first else _trimmed(text, first, end))
            first, doubt = stop.end(), False
        else:
            doubt = True
    spans += _asked(text, first, len(text)) if doubt else [_trimmed(text, first, len(text))]
    return _filled(spans)


def _filled(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans but for those that held nothing but white space."""
    return [(start, end) for start, end in spans if start < end]


def _is_sure(text: str, stop: int) -> bool:
    """Whether the mark ends a sentence for nupunkt, whatever follows: the word before it is no
    abbreviation, and it
    stands inside a line, where it cannot be the number of a list (mix. civil.)."""
    space = text.rfind(" ", max(0, stop - _FARTHEST), stop)
    word = text[space + 1 : stop]
    inside = space > 0 and not text[space - 1].isspace()
    parts = word.split("-")  # nupunkt, too, looks at the last part of a compound
    plain = word[1:].islower() and all(map(str.isalpha, parts))
    return inside and plain and parts[-1].lower() not in _unsure()


@cache
def _unsure() -> frozenset[str]:
    return unsure_words() | frozenset(map(str.lower, TITLES))


def _asked(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """The sentences between two places, by nupunkt and the mends."""
    found = [first + start for start in starts(text[first:last])[1:]]
    cuts = mended(text, [first, *found], last)
    return [_trimmed(text, start, end) for start, end in zip(cuts, [*cuts[1:], last], strict=True)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
