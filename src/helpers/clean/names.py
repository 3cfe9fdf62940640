"""Names of authors in a line: whether it holds nothing else, and which they are."""

from __future__ import annotations

import re

_WORD = r"[A-ZÀ-Þ][\w’'.-]*"
_PARTICLE = r"(?:de|del|der|den|van|von|di|da|la|le|el|al|bin|ten|ter|dos)"
_NAME = rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,3}}"
_AND = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y|e|with)\s+|\s*&\s*|\s*;\s*)"
_NAMES = re.compile(rf"{_NAME}(?:{_AND}{_NAME}){{0,7}}")
_BY = re.compile(
    r"(?:(?:written|posted|story|analysis|report|words|text|interview)\s+)?"
    r"(?:by|authors?|text|words|von|par|por|door|di|av|автор)\s*:?\s+",
    re.I,
)
FOREIGN_BY = re.compile(
    rf"(?:Von|Par|Por|Door|Di|Av|Autor|Auteur|Автор):?\s+{_NAME}(?:{_AND}{_NAME}){{0,4}}$"
)
_REST = re.compile(
    r"\s*(?:[|•·—–]|\s[-]\s|\d|@|\b(?:published|updated|posted|on)\b"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.I,
)
_PLACE = re.compile(rf"\s+(?:in|at|reporting from)\s+{_WORD}(?:\s+{_WORD}){{0,2}}$")
_ROLE = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){0,3}(?:editor|correspondent|reporter|writer|columnist|producer|bureau"
    r"|analyst|critic|staff|desk|fellow)s?(?:\s+(?:in|at|for)\s.*)?$",
    re.I,
)
_AGENCY = frozenset(
    [
        "associated press",
        "ap",
        "reuters",
        "afp",
        "dpa",
        "agence france-presse",
        "bloomberg",
        "upi",
        "interfax",
        "tass",
    ]
)
_NOT_PEOPLE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "why",
        "how",
        "what",
        "when",
        "who",
        "from",
        "after",
        "over",
    ]
)


def only_names(line: str) -> bool:
    """Whether a line holds names of people and nothing else.

    >>> only_names("ABBY GOOD, THOMAS KAP and ROB PEARL"), only_names("A Plan for the Weir")
    (True, False)
    """
    if not _NAMES.fullmatch(line.strip()):
        return False
    return not _NOT_PEOPLE & {word.lower() for word in line.split()} - {"and", "with"}


def role(line: str) -> bool:
    """Whether a line says what an author is: Political Editor, Staff Writers."""
    return bool(_ROLE.fullmatch(line.strip()))


def authors(line: str) -> str:
    """The names in a byline, parted by commas.

    >>> authors("By Toby Byrne, Ruby Kirby | Staff Writers")
    'Toby Byrne, Ruby Kirby'
    >>> authors("by Dana Orr, Associated Press"), authors("Text by: FRANCE 24 with AFP")
    ('Dana Orr', 'FRANCE 24 with AFP')
    """
    words = re.sub(r"\(?\b[A-Z]{2,8}/|[()]", "", " ".join(line.split())[:300]).strip()
    plain = _BY.sub("", words, count=1) if _BY.match(words) else words
    found = []
    for part in re.split(_AND, _REST.sub("", plain).strip(" .|,")):
        name = _PLACE.sub("", part).strip()
        known = name.lower() in _AGENCY or role(name)
        if _NAMES.fullmatch(name) and not known:
            found.append(name)
    rest = re.sub(r"\s*(?:[|•·]|,\s).*$", "", plain).strip(" .|")
    return ", ".join(dict.fromkeys(found)) or rest
