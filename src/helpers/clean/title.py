"""Which line above the first paragraph is the article's title."""

from __future__ import annotations

import re

from helpers.clean.lines import WORD, Line, key, lines, says
from helpers.clean.run import INSIDE
from helpers.ledger import Article

REACH = 60  # lines above the first paragraph that are looked at
NEAR = 15  # lines: a title that says nothing of what the article says must stand this near
OPENING = 6  # paragraphs that a title is compared with
_STOP = re.compile(r"[a-z]{4}\. ")  # two sentences are no heading; "Gen." and "St." are no end
Verdict = tuple[str, str] | None


TOP = 8  # lines at the top of a text in which its title may stand
LONGEST = 60  # words: what is longer is no title but the text once more
SAME = 0.7  # share of a title's words that a line of its text has which is that title


def with_title(article: Article, main: tuple[str, ...] | None) -> Article:
    """Return an article whose headline is counted: where a table has it in a column of its own, and
    the text does not begin with it, it follows the text after an empty line.

    main  empty where the text is a row of a table, see `clean.blocks`; other texts stay as they are

    It follows, so that every place in the text is still one of the column.

    >>> from helpers import corpus
    >>> one = next(iter(corpus.read("data/raw/demo"))).article
    >>> row = one._replace(title="Bridge shut", text="The bridge was closed at noon.")
    >>> with_title(row, ()).text
    'The bridge was closed at noon.\\n\\nBridge shut'
    """
    known, words = key(article.title), set(_words(article.title))
    if main != () or not known or not words or len(article.title.split()) > LONGEST:
        return article
    top = lines(article.text[: TOP * 400])[:TOP]
    if any(says(row, known) or _same_words(row, words) for row in top):
        return article
    return article._replace(text=f"{article.text}\n\n{article.title}")


def _same_words(row: Line, words: set[str]) -> bool:
    own = _words(row.text)
    return len(own) <= 2 * len(words) and len(words & set(own)) >= SAME * len(words)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def find(
    found: list[Line], ruled: list[Verdict], way: list[int], first: int, title: str
) -> int | None:
    """The number of the title's line, or None.

    found   the lines
    ruled   verdicts of the rules of single lines
    way     the state of each line
    first   number of the first paragraph
    title   the title where the catalogue gives it: then only a line that repeats it is the title
    """
    known = key(title)
    if known:
        own = (
            at
            for at, row in enumerate(found)
            if says(row, known) and (at <= first or way[at] == INSIDE)
        )
        return next(own, None)
    above = [at for at in range(max(0, first - REACH), first) if _candidate(found[at], ruled[at])]
    if not above:
        return None
    prose = {
        word
        for at in range(first, min(first + OPENING, len(found)))
        for word in _content(found[at])
    }
    best = _alike(found, above, prose, first)
    if best is None:
        best = next(
            (at for at in reversed(above) if first - at <= NEAR and found[at].words >= 3), None
        )
    return None if best is None else _upper(found, ruled, above, best, prose)


def _candidate(row: Line, verdict: Verdict) -> bool:
    explained = verdict is not None and (
        verdict[1] != "section label or trail" or row.low.startswith("home")
    )
    masthead = row.words <= 3 and row.text.isupper()
    return not explained and not masthead and _heading(row)


def _heading(row: Line) -> bool:
    fits = 2 <= row.words <= 30 and len(row.text) > 10 and not row.bullet
    return fits and row.text[-1] not in ".,;:(" and not _STOP.search(row.text)


def _content(row: Line) -> list[str]:
    return [word for word in WORD.findall(row.low) if len(word) > 3]


def _alike(found: list[Line], above: list[int], prose: set[str], first: int) -> int | None:
    """The heading that says what the first paragraphs say; of two alike the upper, as the lower is
    the deck."""
    best, points = None, 0.1
    seen = [found[at].low for at in above]
    for at, low in zip(above, seen, strict=True):
        own = _content(found[at])
        shared = sum(word in prose for word in own)
        doubled = 0.3 if seen.count(low) > 1 else 0.0
        value = shared / (len(own) + 2) + doubled - 0.01 * (first - at)
        if shared and value > points:
            best, points = at, value + 0.1
    return best


def _upper(
    found: list[Line], ruled: list[Verdict], above: list[int], best: int, prose: set[str]
) -> int:
    """Of headings that stand together and speak of the same, the upper is the title and the lower
    the deck."""
    at = best - 1
    if at not in above or ruled[at] is not None or found[at].low == found[best].low:
        return best
    shared = sum(word in prose for word in _content(found[at]))
    alone = sum(verdict is None for verdict in ruled[:at]) <= 2
    return at if shared >= 2 or (alone and found[best].words >= 8) else best
