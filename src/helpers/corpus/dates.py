"""Dates by rule, from datelines and cells: absolute ones only, never relative to another day.

A date needs day, month and year. What could be two days (03/04/2024) or none (30 February) is no
date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

REACH = 200
"""Characters at the start of a line in which a date is looked for: a dateline is short."""

_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro января января",
    "february feb februar février fevrier févr fev febrero febbraio fevereiro февраля",
    "march mar märz maerz mars marzo março marco марта",
    "april apr avril avr abril abr aprile aprile апреля",
    "may mai mayo maggio mag maio мая",
    "june jun juni juin junio giugno giu junho июня",
    "july jul juli juillet juil julio luglio lug julho июля",
    "august aug août aout agosto ago августа",
    "september sept sep septembre septiembre settembre set setembro сентября",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября",
    "november nov novembre noviembre novembro ноября",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro декабря",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_NUMBER, key=lambda name: (-len(name), name)))
_YEAR = r"(?P<y>(?:1[89]|20|21)\d\d)(?!\d)"
_TWO_WAYS = re.compile(
    rf"(?<![\d./-])(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2(?:{_YEAR}|(?P<yy>\d\d)(?!\d))(?![-/.]\d)"
)
_SHAPES = (
    # 2024-03-02, 2024/03/02, 2024.03.02, with or without a time after it
    re.compile(
        r"(?<![\d./-])(?P<y>(?:1[89]|20|21)\d\d)([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d|[-/.]\d)"
    ),
    # July 5, 2025; Mar. 3 2024; July 5th, 2025; Jul-05-2025
    re.compile(
        rf"\b(?P<n>{_NAME})\b\.?[ -]?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| |-){_YEAR}", re.I
    ),
    # 5 July 2025; 5th of July, 2025; 5. Juli 2025; 5 de julio de 2025; 26-FEB-1987
    re.compile(
        r"(?<![\d./:])(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -]?(?:of |de )?"
        rf"(?P<n>{_NAME})\b\.?(?:,? (?:de |del )?|-){_YEAR}",
        re.I,
    ),
    # 25/12/2024 and 12/25/2024: only where one of the two cannot be a month
    re.compile(rf"(?<![\d./-])(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2{_YEAR}(?![-/.]\d)"),
)
_CELLS = (
    # 4 March 24, 04-Mar-24: two digits are a year only where the whole cell is a date
    re.compile(rf"(?P<d>\d{{1,2}})[ -](?P<n>{_NAME})\.?[ -](?P<yy>\d\d)", re.I),
    # 12/31/19
    re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<yy>\d\d)"),
    # 20240304; 2024年3月4日
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(
        r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"
    ),
)
"""Shapes of a cell that is a date and nothing else; in running text they may be other numbers."""

_CHANGED = re.compile(r"\b(?:updated|modified|last|edited|corrected|revised)\b[^|·;]{0,40}$", re.I)


def published(line: str) -> date | None:
    """Give the date that a dateline states.

    line     one line, such as "Published: Tuesday, March 11, 2031 | Updated March 12, 2031"
    returns  the first full date in its first 200 characters, one that is not said to be of a change
             before one that is; None where there is none, or where it could be two days

    >>> published("Published: Tuesday, March 11, 2031 | Updated March 12, 2031")
    datetime.date(2031, 3, 11)
    """
    head = " ".join(line[: REACH * 2].split())[:REACH]
    found = sorted((match.start(), shape, match) for shape, match in _matches(head))
    days = [(bool(_CHANGED.search(head, 0, start)), _day(match)) for start, _, match in found]
    stated = [(changed, day) for changed, day in days if day is not None]
    return min(stated, key=lambda item: item[0])[1] if stated else None


Orders = Mapping[tuple[str, bool], bool]
"""By separator, and whether the year has two digits: whether the day stands before the month."""


def orders(cells: Iterable[object]) -> dict[tuple[str, bool], bool]:
    """Tell from a whole column whether days such as 03/04/2024 have the day or the month first.

    cells    of the column; those that can be one day only tell it of all that are written as they
    returns  nothing for a way of writing of which no cell tells, or of which some speak for each

    >>> orders(["03/04/2024", "25/12/2024"]), orders(["3/4/24"])
    ({('/', False): True}, {})
    """
    votes: dict[tuple[str, bool], set[bool]] = {}
    for cell in cells:
        found = _TWO_WAYS.match(cell.strip()) if isinstance(cell, str) else None
        if found and (int(found["a"]) > 12) != (int(found["b"]) > 12):
            votes.setdefault(_written(found), set()).add(int(found["a"]) > 12)
    return {way: said.pop() for way, said in votes.items() if len(said) == 1}


def settled(cell: object, known: Orders) -> tuple[object, str]:
    """Return a cell as a date where it could be two days and its column tells which; and what is to
    be said of it, "" for nothing. With full stops the day is first: nobody writes 12.25.2024.

    >>> settled("03/04/2024", {("/", False): True})
    (datetime.date(2024, 4, 3), '03/04/2024 read with the day first, as other dates of its column')
    """
    found = _of_two_days(cell)
    if not found:
        return cell, ""
    dotted = found[2] == "."
    first = known.get(_written(found), True if dotted else None)
    if first is None:
        return cell, ""
    a, b = int(found["a"]), int(found["b"])
    try:
        day = date(_year(found.groupdict()), *((b, a) if first else (a, b)))
    except ValueError:
        return cell, ""
    part = "day" if first else "month"
    note = f"{found[0]} read with the {part} first, as other dates of its column"
    return day, "" if dotted else note


def ambiguous(cell: object) -> bool:
    """Whether a cell can be two days, so that its column must tell which.

    >>> ambiguous("03/04/2024"), ambiguous("25/12/2024"), ambiguous("2024-04-03")
    (True, False, False)
    """
    return _of_two_days(cell) is not None


def _of_two_days(cell: object) -> re.Match[str] | None:
    found = _TWO_WAYS.match(cell.strip()) if isinstance(cell, str) else None
    return found if found and _day(found) is None else None


def _written(found: re.Match[str]) -> tuple[str, bool]:
    return found[2], found["yy"] is not None


def _year(parts: Mapping[str, str | None]) -> int:
    """The year; one of two digits lies before 2070."""
    if parts.get("yy"):
        return int(parts["yy"]) + (1900 if int(parts["yy"]) >= 70 else 2000)
    return int(parts["y"] or 0)


def value(cell: object) -> date | None:
    """Give the date of a catalogue's or table's cell: a date, a datetime, or words as `published`
    reads them, and 20240304 and 4 Mar 24.

    A datetime keeps the day of its own time zone. Other numbers are no dates: nobody says from when
    they count.
    """
    if isinstance(cell, datetime):
        return cell.date() if cell == cell else None  # noqa: PLR0124 (pandas' not-a-time)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        cell = str(cell)
    if not isinstance(cell, str):
        return None
    whole = next((m for shape in _CELLS if (m := shape.fullmatch(cell.strip()))), None)
    return _day(whole) if whole else published(cell)


def _matches(head: str):
    for number, shape in enumerate(_SHAPES):
        for match in shape.finditer(head):
            yield number, match


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if "a" in parts:
            return _unambiguous(_year(parts), int(parts["a"]), int(parts["b"]))
        month = int(parts["m"]) if "m" in parts else _NUMBER[parts["n"].lower()]
        return date(_year(parts), month, int(parts["d"]))
    except ValueError:  # 30 February, month 13
        return None


def _unambiguous(year: int, a: int, b: int) -> date | None:
    if a <= 12 and b <= 12 and a != b:
        return None
    day, month = (a, b) if a > 12 else (b, a)
    return date(year, month, day)
