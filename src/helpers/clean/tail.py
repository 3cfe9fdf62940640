"""What stands below the last paragraph: notes on the author, on the article and on who says so."""

from __future__ import annotations

import re

from helpers.clean.lines import Line
from helpers.clean.run import INSIDE, worth

Verdict = tuple[str, str] | None
NOTE = ("note", "author note")
_GIVEN = re.compile(r"[A-Z][a-zé]+ (?:is|was) (?:a|an|the|our)\b")
BEGUN = 100  # words of prose: nobody is introduced as the author in the first paragraphs
_WORK = re.compile(
    r"\b(?:is|was|works|writes|serves|covers|reports|has"
    r" (?:been|worked|written|covered))\b.{0,80}\b(?:writer|reporter|editor|author|columnist"
    r"|correspondent|journalist"
    r"|professor|fellow|researcher|analyst|director|lecturer|contributor|co-host|host|producer|critic|founder|blogger"
    r"|for (?:the|this)|covering|freelance|novelist|historian|scholar|candidate|student|president"
    r" of|board|member of)\b"
)
_NAME = re.compile(
    r"(?!(?:The|A|An|In|On|At|It|He|She|They|This|That|But|And|If|As|For)\s)(?:Dr\.?|Prof\.?|Professor)?\s*[A-Z][\w.’'-]+(?:\s+(?:[a-z]{2,3}\s+)?[A-Z][\w.’'-]*){1,3}\s*(?:\(|,|is|was|works|writes|covers|has|serves|reports)\b"
)


def signatures(found: list[Line], ruled: list[Verdict]) -> None:
    """Notes on the author below enough prose, wherever they stand; they end the article. Changes
    `ruled`."""
    bylines = " ".join(
        [row.low for row, own in zip(found, ruled, strict=True) if own and own[0] == "byline"][:5]
    )
    prose = 0
    for at, row in enumerate(found):
        if ruled[at] is None and prose >= BEGUN:
            # prose above: the article may be speaking of somebody
            apart = ruled[at - 1] is not None or not found[at - 1].final
            if _signed(row, bylines) or (apart and (_biography(row) or _first_name(row))):
                ruled[at] = NOTE
        if ruled[at] is None and row.final and row.words >= 12:
            prose += row.words


def label(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Mark notes on the author as, or below, the last paragraph; changes `marked`."""
    last = max(
        (at for at, state in enumerate(way) if state == INSIDE and marked[at] is None), default=-1
    )
    if last < 3:
        return
    for at in range(last, min(last + 12, len(found))):
        if marked[at] is None and _biography(found[at]):
            marked[at] = NOTE
    trailing(found, marked, way)


def _first_name(row: Line) -> bool:
    """Below a line with the full name, the note speaks of the author by the first name."""
    return (
        row.words <= 120
        and not row.quoted
        and bool(_GIVEN.match(row.text) and _WORK.search(row.low[:120]))
    )


def _biography(row: Line) -> bool:
    return (
        row.words <= 120
        and row.text[0] not in '“"'
        and bool(_NAME.match(row.text) and _WORK.search(row.low[:220]))
    )


def _signed(row: Line, bylines: str) -> bool:
    """The last paragraph begins with the full name of the author."""
    if not bylines:
        return False
    name = re.split(r"[\s,]+", row.low[:60])[:2]
    return row.words <= 60 and len(name) == 2 and not row.quoted and " ".join(name) in bylines


def trailing(found: list[Line], marked: list[Verdict], way: list[int]) -> None:
    """Short lines that nothing follows are no subheads: names, labels, buttons; changes
    `marked`."""
    prose = [
        at
        for at, state in enumerate(way)
        if state == INSIDE and marked[at] is None and worth(found[at]) > 0
    ]
    for at in range(prose[-1] + 1 if prose else len(found), len(found)):
        short = found[at].words <= 12 and not found[at].quoted and not found[at].bullet
        if way[at] == INSIDE and marked[at] is None and short:
            marked[at] = ("boilerplate", "line below the article")
