"""Furniture inside a line: related headlines, player controls, picture credits that stand in the
middle of a paragraph, so that the sentence around them is whole without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.ledger import KEPT, Block

REACH = 1200
"""Characters before a mark of related headlines in which they may begin."""

# A name, then the same person's full name, to whose last word a headline is glued: a list of
# related headlines that a page shows when the name is pointed at. It ends with MORE.
_FULL = r"(?:[A-Z(\"“][\w.'’()\"”-]* ){0,6}(?P=name)"
_TWICE = rf"(?<![\w'’])(?P<name>[A-Z][\w'’-]+),? (?=(?P<full>{_FULL})"
_RELATED_GLUED = re.compile(_TWICE + r"[A-Z0-9‘“'\"])")
_RELATED = re.compile(_TWICE + r"(?![\w]))")
_MORE = re.compile(r"(?<![\w])MORE(?![\w])")
_GLUED = re.compile(r"(?<=[a-z])[A-Z0-9]")

_TIME = r"(?: \d?\d:\d\d)?"
_CREDIT = r"(?:[A-Z][\w.'’-]*(?:/| (?=[A-Z])|(?= )|(?=$))){1,6}"

PLAYER, CREDIT, GALLERY, RELATED, NOTICE, EMBED = (
    "player control inside a paragraph",
    "picture credit inside a paragraph",
    "gallery control inside a paragraph",
    "related headlines inside a sentence",
    "notice inside a paragraph",
    "address of an embedded post",
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        PLAYER,
        re.compile(
            r"JUST WATCHED (?P<title>.{2,160}?) ?Replay More Videos (?:\.\.\.|…) ?MUST WATCH"
            rf"(?: (?P=title))?{_TIME}"
        ),
    ),
    (PLAYER, re.compile(r"Media playback is (?:un|not )?supported on (?:this|your) device")),
    (PLAYER, re.compile(r"(?<![\w])(?:Media|Video|Image) caption(?= [A-Z“\"'(]|$)")),
    (CREDIT, re.compile(rf"(?<![\w])Image copyright {_CREDIT}?(?=Image caption|\s*$| )")),
    (
        CREDIT,
        re.compile(
            r"(?:Enlarge this image )?(?<![\w])toggle caption (?P<credit>.{3,90}?)"
            r"(?: (?P=credit)|$)"
        ),
    ),
    (CREDIT, re.compile(r"Enlarge this image(?= )")),
    (CREDIT, re.compile(r"\((?:AP|AFP|Reuters|Getty|EPA|Associated Press)[ /][^()]{2,90}\)")),
    (
        CREDIT,
        re.compile(
            r"\((?:[A-Z][\w.'’-]+ ){1,4}[A-Z]?[\w.'’-]*/(?:AP|AFP|Reuters|Getty)[^()]{0,40}\)"
        ),
    ),
    (CREDIT, re.compile(r"(?<![\w])FILE(?: PHOTO)? ?(?:[-–—]+|:)(?= )")),
    (
        CREDIT,
        re.compile(r"REUTERS/[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?(?:/(?:File|Pool)(?: Photo)?)?"),
    ),
    (
        CREDIT,
        re.compile(
            r"\| (?:[A-Z][\w.'’-]+ ){1,3}[A-Z]?[\w.'’-]*/(?:AP|AFP|Getty|Reuters|EPA)[\w ]{0,20}$"
        ),
    ),
    (CREDIT, re.compile(r"(?<![\w])Photograph: (?:[A-Z][\w.'’-]+ ?){1,3}/[A-Z][\w ./]{1,40}$")),
    (  # with the gallery's title, which every picture repeats before its own caption
        GALLERY,
        re.compile(
            r"(?:(?:Hide|Show) Caption ?)?(?<![\w])\d{1,3} of \d{1,3}(?: Photos?:)+ [^–]{3,160} –"
            r"(?= )"
        ),
    ),
    (
        GALLERY,
        re.compile(r"(?:(?:Hide|Show) Caption ?)?(?<![\w])\d{1,3} of \d{1,3}(?= Photos?:| [A-Z])"),
    ),
    (GALLERY, re.compile(r"(?:Hide|Show) Caption(?= \d|$)")),
    (GALLERY, re.compile(r"Slideshow \( ?\d{1,3} Images? ?\)")),
    (
        CREDIT,
        re.compile(r"\| (?:[A-Z][\w ]{0,30}; ?)?(?:Getty|AP|AFP|Reuters)(?: Images| Photo)?$"),
    ),
    (PLAYER, re.compile(r"(?<![\w])(?:Listen|Watch) · \d{1,2}:\d\d(?: \d{1,2}:\d\d)?")),
    (NOTICE, re.compile(r"^Loading ?(?:\.{2,5}|…)$")),
    (NOTICE, re.compile(r"^Story highlights(?= [A-Z])")),
    (
        NOTICE,
        re.compile(
            r"^(?:Don['’]t|Can['’]t|Cannot) see the (?:graphic|chart|map|table|video)\b.{0,40}"
            r"\bhere\.?$"
        ),
    ),
    (GALLERY, re.compile(r"Facebook Twitter Pinterest(?= |$)")),
    (
        NOTICE,
        re.compile(r"(?<![\w])(?:ADVERTISEMENT|Story continues below(?: advertisement)?)(?![\w])"),
    ),
    (NOTICE, re.compile(r"^.{10,140} Read more$")),
    (NOTICE, re.compile(r"^Follow [A-Z@].{2,70} on (?:Twitter|Facebook|Instagram|X)\b.{0,40}$")),
    (NOTICE, re.compile(r"^(?:Go deeper|Story highlights|Special (?:for|to) [A-Z].{2,40}):?$")),
    (NOTICE, re.compile(r"^\(?(?:GRAPHIC|FACTBOX|TIMELINE|TAKE-A-LOOK)-[A-Z].{5,120}$")),
    (
        NOTICE,
        re.compile(
            r"^(?:STORY|ANALYSIS|PROFILE|MORE|RELATED|VIDEO|PHOTOS?|GALLERY|READ MORE|WATCH|COLUMN"
            r"|TIMELINE): ?[A-Z'\"“‘].{5,110}[^.\s]$"
        ),
    ),
    (
        NOTICE,
        re.compile(
            r"^(?:This (?:report|story|article|post) (?:was|has been) (?:last )?updated\b.{0,60}"
            r"|Updated at \d.{0,40})$"
        ),
    ),
    (NOTICE, re.compile(r"^(?:Read|See|Click|Watch)\b[^.]{3,80}\bhere\.?$")),
    (NOTICE, re.compile(r"^(?:[A-Z][\w.'’-]+ ){2,4}(?:reported|contributed) from [A-Z].{2,40}\.$")),
    (NOTICE, re.compile(r"\[[nNlL]{1,2}[A-Z0-9]{6,12}\]")),
    (
        EMBED,
        re.compile(
            r"pic\.twitter\.com/\w+(?: ?[—–-] .{1,50}? \(@\w{1,20}\) [A-Z][a-z]+ \d{1,2}, \d{4})?"
        ),
    ),
)
"""What furniture looks like inside a line, each with the reason that its block gets. A pattern is
tried only where one of its marks stands, and none looks further than a few hundred characters."""

_MARKS = (
    "JUST WATCHED|Media |Video caption|Image c|toggle caption|Enlarge this|/|FILE|Caption| of "
    "|Slideshow|Pinterest|ADVERTISEMENT|Story continues|[n|[l|[N|[L|pic.twitter|MORE|Read more"
    "|STORY|ANALYSIS|PROFILE|RELATED|VIDEO|PHOTO|GALLERY|WATCH|COLUMN|TIMELINE|updated|Updated"
    "|Getty| AP| AFP|Reuters|Listen ·|Watch ·|Loading"
    "|here| from |Follow |Go deeper|Story highlights|Special |GRAPHIC|FACTBOX|TAKE-A-LOOK"
)
_ANY = re.compile("|".join(re.escape(part) for part in _MARKS.split("|")))


class Span(NamedTuple):
    """A stretch of a text that is furniture, and why."""

    start: int
    end: int
    reason: str


def furniture(text: str, start: int, end: int) -> list[Span]:
    """Find the furniture inside one line of an article.

    text        the article's text
    start, end  of the line, which is kept
    returns     spans in order that do not overlap; a line that would lose all its words is left to
                the rules for whole lines

    >>> line = "Sen. Ann Coe Ann CoeHouse votes on farm bill Coe: No deal MORE (R) said no."
    >>> [line[s.start:s.end] for s in furniture(line, 0, len(line))]
    ['Ann CoeHouse votes on farm bill Coe: No deal MORE']
    """
    line = text[start:end]
    if not _ANY.search(line):
        return []
    found = [*_related(line), *_patterned(line), *_galleries(line)]
    found.sort(key=lambda span: (span[0], -span[1]))
    spans: list[Span] = []
    for low, high, reason in found:
        if spans and low < spans[-1].end - start:
            continue
        spans.append(Span(start + low, start + low + len(line[low:high].rstrip()), reason))
    return spans


def _patterned(line: str) -> Iterator[tuple[int, int, str]]:
    for reason, pattern in PATTERNS:
        for match in pattern.finditer(line):
            if match.end() > match.start():
                yield match.start(), match.end(), reason


def _related(line: str) -> Iterator[tuple[int, int, str]]:
    """Runs of related headlines: from the second, full name to MORE."""
    last = 0
    for more in _MORE.finditer(line):
        low = max(last, more.start() - REACH)
        last = more.end()
        start = _beginning(line, low, more.start())
        if start is not None:
            yield start, more.end(), RELATED


def _beginning(line: str, low: int, high: int) -> int | None:
    """Where the related headlines before a MORE begin; None where nothing shows that there are
    any."""
    match = _RELATED_GLUED.search(line, low, high) or _plain_name(line, low, high)
    if match:
        return match.start("full")
    glued = _GLUED.search(line, low, high)
    if glued is None:
        return None
    # the name to which the headline is glued is written a second time
    words = list(re.finditer(r"\S+", line[low : glued.start()]))
    at = len(words) - 1
    while at > 0 and words[at - 1].group()[:1].isupper() and len(words) - at < 4:
        at -= 1
    return low + words[at].start() if words else None


def _plain_name(line: str, low: int, high: int) -> re.Match[str] | None:
    """A name written twice with nothing glued to it: of "Joe Biden Joe Biden Parnas" the second
    starts after the first surname, not after the first name."""
    match = _RELATED.search(line, low, high)
    if match is None:
        return None
    after = _RELATED.match(line, match.start("full"), high)
    return after or match


def _galleries(line: str) -> Iterator[tuple[int, int, str]]:
    """The gallery's title, which every caption of it repeats: "Photos: Crisis in Norland"."""
    titles = [m for m in re.finditer(r"Photos?: ", line)]
    if len(titles) < 3:
        return
    rests = [line[m.end() : m.end() + 120].split(" ") for m in titles]
    pairs = Counter(tuple(rest[:2]) for rest in rests)
    common, count = pairs.most_common(1)[0]
    if count < 3:
        return
    alike = [rest for rest in rests if tuple(rest[:2]) == common]
    length = 0
    while all(len(rest) > length and rest[length] == alike[0][length] for rest in alike):
        length += 1
    title = "Photos?: " + re.escape(" ".join(alike[0][:length]))
    for match in re.finditer(title, line):
        yield match.start(), match.end(), GALLERY


def cut_inside(text: str, rows: Iterable[Block]) -> list[Block]:
    """Cut the furniture out of kept blocks: each stretch becomes a block of its own, of role
    boilerplate.

    text     the article's text
    rows     its blocks in order
    returns  blocks in order, numbered anew; a stretch is cut with the white space around it left to
             its neighbours
    """
    made: list[Block] = []
    for row in rows:
        cuts = furniture(text, row.start, row.end) if row.role in KEPT else []
        at = row.start
        for cut in cuts:
            _piece(made, text, row, at, cut.start)
            made.append(
                row._replace(start=cut.start, end=cut.end, role="boilerplate", reason=cut.reason)
            )
            at = cut.end
        _piece(made, text, row, at, row.end)
    return [row._replace(block_id=i) for i, row in enumerate(made)]


def _piece(made: list[Block], text: str, row: Block, start: int, end: int) -> None:
    """A kept stretch between two cuts, without the white space at its ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        made.append(row._replace(start=start, end=end))


def reading(text: str, rows: Iterable[Block]) -> tuple[str, list[Block]]:
    """Give what annotators read: the text with the furniture inside its lines blanked out, of the
    same length, and the blocks whole again, so that a sentence runs across what was cut.

    text     the article's text
    rows     blocks from `cut_inside`
    returns  text of the same length; blocks, those of one line joined, with the number of the first

    >>> from helpers import clean, corpus
    >>> article = next(iter(corpus.read("data/raw/demo"))).article
    >>> text, rows = reading(article.text, clean.blocks(article))
    >>> len(text) == len(article.text)
    True
    """
    joined: list[Block] = []
    chars: list[str] | None = None
    cut: Block | None = None
    for row in rows:
        if row.reason in REASONS:
            chars = list(text) if chars is None else chars
            chars[row.start : row.end] = " " * (row.end - row.start)
            cut = row
            continue
        before = joined[-1] if joined else None
        inside = (
            cut is not None
            and before is not None
            and before.role == row.role
            and before.reason == row.reason
            and "\n" not in text[before.end : row.start]
        )
        if inside:
            joined[-1] = before._replace(end=row.end)
        else:
            joined.append(row)
        cut = None
    return ("".join(chars) if chars else text), joined


REASONS = frozenset((PLAYER, CREDIT, GALLERY, RELATED, NOTICE, EMBED))
