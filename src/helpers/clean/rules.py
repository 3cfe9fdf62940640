"""What a single line is, judged by itself: a table of rules, the first that applies decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from helpers.clean.lines import HEAD, Line
from helpers.clean.names import FOREIGN_BY
from helpers.clean.phrases import NOTES, phrase

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE_WORD = re.compile(
    rf"(?:{MONTHS}|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|\d+(?:st|nd|rd|th)?|[ap]m"
    r"|[ap]\.m|utc|gmt|[ecmp]?[sed]t|ist|cet|bst|published|updated|posted|last|modified|on|at|date|first|of|and|the"
    r"|min|mins|minutes?|hours?|days?|weeks?|months?|ago|read|reading|time|local|edited|created|originally)\b",
)
_HAS_DATE = re.compile(
    rf"\b{MONTHS}\b\.?\s+\d|\d\s+(?:of\s+)?{MONTHS}\b|\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|\b\d+"
    r" (?:min|hour|day|week|month)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
_BYLINE = re.compile(
    r"(?:(?:written|posted|story|analysis|report|words|reviewed|edited|text)"
    r" by|by|author|authors|writer|text(?=:)"
    r"|words(?=:)|from our correspondent)(?:\s*:\s*|\s+)\S"
)
_NAMED = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s+(?:[a-z]{1,3}\s+)?[A-ZÀ-Þ]")
_POST = re.compile(
    r"[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:[a-z]{2,3}\s+)?[A-ZÀ-Þ][\w.’'-]*){1,3}"
    r"(?:,\s.{0,40}\b(?:editor|correspondent|reporter|fellow|columnist|writer|staff|contributor|analyst|critic)s?\b"
    r"|\sin\s(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,3}(?:,|$|\sand\s))"
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|mp4|mp3|pdf)$", re.I)
_SLUG = re.compile(r"[\w.%-]{20,}$")
_ADDRESS = re.compile(r"(?:[\w ]{1,24}:\s*)?(?:https?://|www\.)\S+$", re.I)
_MAIL = re.compile(r"\S+@\S+\.\w+$")
_CREDIT_START = re.compile(
    r"[(\[]?(?:photo|image|picture|illustration|photograph|credit|source|graphic|video|foto|photos|images|credits|courtesy|ap"
    r" photo)"
    r"(?:\s+(?:by|via|from|of|credit|source|courtesy|illustration))?\s*[:/|©]|[(\[]?(?:photo|image|illustration|photograph|pictures?|video|graphic)s?"
    r" (?:by|provided|supplied|courtesy)\s"
    r"|[(\[](?:ap|reuters|afp|getty|courtesy|credit)\b"
)
_MARKUP = re.compile(r"</?[a-z]+[^<>]*>|\{\{?[a-z_ ]+\}", re.I)
_POSTED = re.compile(r"[—–-]\s.{1,60}\(@\w+\)\s")
_AGENCY = re.compile(
    r"getty images|shutterstock|/ ?reuters\b|reuters ?/|/ ?ap\b|\bap photo|ap ?/|/ ?afp\b|afp"
    r" ?/|via (?:ap|reuters|getty|afp|epa)\b"
    r"|\bepa-efe|nurphoto|istock|unsplash|pixabay|/the new york"
    r" times|/bloomberg|wikimedia|handout|usa today sports|imagn"
    r"|[(\[](?:photo|image|credit|picture|photograph|courtesy|source|illustration|graphic)\b|file"
    r" photo|\bphoto by\b"
)
_AGENCIES = (
    *(
        "/",
        "(",
        "[",
        "via ",
        "photo",
        "getty",
        "shutterstock",
        "epa-efe",
        "istock",
        "unsplash",
        "pixabay",
    ),
    *("wikimedia", "handout", "usa today", "imagn"),
)
_CAPTION_START = re.compile(
    r"(?:image|photo|picture)?\s*caption\s*:|(?:top |lead )?(?:photo|image|picture)(?:"
    r" credit)?\s*:|file ?(?:photo)?\s*[-–—:]|\[?pictured\s*[:;]|caption\b"
)
_CREDITED = re.compile(
    r"[.!?)”\"]\s+(?:(?:[Pp]ictures?|[Pp]hotos?|[Pp]hotographs?|[Ii]mages?|[Cc]redit|PICTURE|PHOTO)\s?[:/]\s?[^.:]{2,50}"
    r"|(?:Photograph|Photo|Image|Picture)s? (?:courtesy of|by) [^.]{2,50}\.?"
    r"|(?:[A-ZÀ-Þ][\w.’'-]*\s){0,3}[A-ZÀ-Þ][\w.’'-]*\s?/\s?[A-ZÀ-Þ][\w.’' -]{1,30})$"
)
_LANGUAGES = re.compile(
    r"\b(?:english|français|french|deutsch|german|español|spanish|italiano|italian|русский|russian|русск\w*|українська|ukrainian"
    r"|polski|polish|português|portuguese|中文|chinese|العربية|arabic|türkçe|turkish|日本語|japanese|한국어|korean|हिन्दी|hindi"
    r"|nederlands|dutch|svenska|ελληνικά|עברית|فارسی|persian|čeština|română|magyar|srpski|suomi|dansk|norsk)(?!\w)"
)
_BUTTONS = (
    "facebook twitter whatsapp linkedin email e-mail mail print share tweet copy pinterest reddit"
    " telegram flipboard save messenger sms tumblr instagram youtube tiktok threads bluesky"
    " mastodon vk viber pin rss bookmark gift pocket x"
)
_SHARE = frozenset(_BUTTONS.split())
_FILLERS = (
    "link url line post this article story on via icon the google news follow to a and comment"
    " comments"
)
_SHARE_FILLERS = frozenset(_FILLERS.split()) | {""}
_COMMENTS = re.compile(r"(?:(?:view|see|load|show|read|hide|all|\(?\d+\)?)\s+){1,3}comments?\b")
_FULL_DATE = re.compile(
    rf"\b{MONTHS}\b\.?\s+\d{{1,2}},?\s+\d{{4}}|\b\d{{1,2}}\s+{MONTHS}\b\.?,?\s+\d{{4}}"
)
_PIPE = re.compile(r"\s[|»›>•·/→]+\s")
_LETTER = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?$")


_STAGE = re.compile(
    r"[(\[](?:SOUNDBITE|APPLAUSE|LAUGHTER|MUSIC|CROSSTALK)\b[^)\]]*[)\]]$|Heard on [A-Z]"
)


class Rule(NamedTuple):
    """A rule: the reason shown to readers, the role it gives, the most words a line may have, the
    test of a line."""

    reason: str
    role: str
    longest: int
    test: Callable[[Line], bool]


def _no_words(line: Line) -> bool:
    return not _LETTER.search(line.text, 0, HEAD)


def _file_name(line: Line) -> bool:
    own = line.text
    if own.find(" ", 0, HEAD) >= 0:
        return False
    slug = (
        _SLUG.match(own)
        and own.count("-") + own.count("_") >= 3
        and any(letter.isdigit() for letter in own)
    )
    return bool(slug or _FILE.match(own))


def _markup(line: Line) -> bool:
    return line.text[0] in "<{" and bool(_MARKUP.match(line.text))


def _address(line: Line) -> bool:
    return bool(_ADDRESS.match(line.text) or (line.words < 4 and _MAIL.search(line.text[:HEAD])))


def _share_words(line: Line) -> bool:
    shares = False
    for part in line.low.split():
        word = part.strip(".,:;!()[]|/•*+")
        if word in _SHARE:
            shares = True
        elif word not in _SHARE_FILLERS:
            return False
    return shares


def _number(line: Line) -> bool:
    return not any(letter.isalpha() for letter in line.text)


def _comments(line: Line) -> bool:
    return bool(_COMMENTS.match(line.low))


def _name_and_date(line: Line) -> bool:
    """A name and a full date on one line, as bylines often are."""
    return (
        line.words <= 9
        and line.lower <= 0.34
        and line.text[-1] not in ".?:"
        and bool(_FULL_DATE.search(line.low))
    )


def _languages(line: Line) -> bool:
    return not line.final and len(_LANGUAGES.findall(line.low)) * 2 >= max(4, line.words)


def _trail(line: Line) -> bool:
    """Breadcrumbs and section labels: short parts between bars or arrows."""
    if line.final or not _PIPE.search(line.text):
        return False
    parts = _PIPE.split(line.text)
    return len(parts) > 2 or max(part.count(" ") for part in parts) < 3


def _byline(line: Line) -> bool:
    short = line.words <= 14 and not line.final and not line.quoted
    if short and (_POST.match(line.text) or FOREIGN_BY.match(line.text)):
        return True
    if not _BYLINE.match(line.low) or (line.final and line.text[-1] in "!?;:"):
        return False
    opening = _BYLINE.match(line.low).end() - 1
    return (
        bool(_NAMED.match(line.text, opening) or line.text[opening:].isupper())
        and line.lower <= 0.5
    )


def _date(line: Line) -> bool:
    if line.words > 8 and line.lower > 0.5:
        return False
    if "day" not in line.low and not _DIGIT.search(line.low):
        return False  # the patterns hold one of these; looking for them is quicker
    if not (_HAS_DATE.search(line.low) or _CLOCK.match(line.low)):
        return False
    rest = _DATE_WORD.sub("", line.low)
    return sum(letter.isalpha() for letter in rest) <= 2  # a mark may follow


def _credit(line: Line) -> bool:
    if line.final and not line.text.endswith((")", "]", ".")):
        return False
    if _CREDIT_START.match(line.low):
        return True
    return line.words <= 8 and not line.final and _names_agency(line.low)


def _caption(line: Line) -> bool:
    return line.words > 6 and bool(_CAPTION_START.match(line.low))


def _credited(line: Line) -> bool:
    """The credit stands at the end: an agency's name in brackets or at the end, or a name after the
    last sentence."""
    tail = line.text[-90:]
    if not tail.endswith((")", "]")) and line.final and not tail.endswith("."):
        return False
    if (not line.final or tail.endswith((")", "]"))) and _names_agency(tail.lower()):
        return True
    return line.words >= 6 and _may_credit(tail) and bool(_CREDITED.search(tail))


def _names_agency(low: str) -> bool:
    """Whether _AGENCY is found; first, as that is quicker, whether any of what it cannot do without
    is there."""
    return any(map(low.__contains__, _AGENCIES)) and bool(_AGENCY.search(low))


def _may_credit(tail: str) -> bool:
    """Whether the end of a line holds what a credit cannot do without; quicker than the pattern."""
    return (
        "/" in tail
        or "hoto" in tail
        or "icture" in tail
        or "mage" in tail
        or "redit" in tail
        or "PHOTO" in tail
        or "PICTURE" in tail
    )


RULES = (
    Rule("no words", "boilerplate", 90, _no_words),
    Rule("file name", "boilerplate", 90, _file_name),
    Rule("markup left over", "boilerplate", 90, _markup),
    Rule("address of a page", "boilerplate", 40, _address),
    Rule("share bar", "boilerplate", 14, _share_words),
    Rule("login or comment prompt", "boilerplate", 8, _comments),
    Rule("image caption", "caption", 90, _caption),
    Rule("photo credit", "boilerplate", 18, _credit),
    Rule("language list", "boilerplate", 60, _languages),
    Rule("date line", "dateline", 22, _date),
    Rule("number", "boilerplate", 6, _number),
    Rule("byline", "byline", 25, _byline),
    Rule(
        "signature of an embedded post",
        "boilerplate",
        14,
        lambda line: bool(_POSTED.match(line.text)),
    ),
    Rule("stage direction", "boilerplate", 30, lambda line: bool(_STAGE.match(line.text))),
    Rule("name and date", "byline", 9, _name_and_date),
    Rule("image caption with a credit", "caption", 90, _credited),
    Rule("section label or trail", "boilerplate", 25, _trail),
)


_FOR = [
    [rule for rule in RULES if words <= rule.longest]
    for words in range(max(rule.longest for rule in RULES) + 1)
]
"""Number of words → the rules that may apply to a line of so many."""


_LABELS = (
    *("image", "photo", "picture", "top ", "lead ", "file", "caption"),  # image caption
    *(
        "illustration",
        "credit",
        "source",
        "graphic",
        "video",
        "foto",
        "courtesy",
        "ap photo",
    ),  # photo credit
    *(
        "written",
        "posted",
        "story",
        "analysis",
        "report",
        "words",
        "reviewed",
        "edited",
        "text",
    ),  # byline
    *("by", "author", "writer", "from our"),
)
"""How a line of more than 14 words begins that is a caption, a credit or a byline by a rule,
brackets apart."""


def _prose(line: Line) -> bool:
    """Whether a line is so plainly a paragraph that no rule can apply, which spares most lines a
    dozen tests."""
    own, low = line.text, line.low
    return (
        line.words > 14
        and line.final
        and line.lower > 0.5
        and not line.bullet
        and (own[0].isalpha() or (own[0] in '“"‘' and own[1].isalpha()))
        and own[-1] not in ")]"
        and not low.startswith(_LABELS)
        and " " in own[:HEAD]
        and not (line.words <= 40 and ("://" in low or "www." in low))
        and not _may_credit(own[-90:])
    )


def verdict(line: Line) -> tuple[str, str] | None:
    """Role and reason that a line has by itself, or None when its neighbours must decide."""
    if line.words < len(_FOR) and not _prose(line):
        for rule in _FOR[line.words]:
            if rule.test(line):
                return rule.role, rule.reason
    found = phrase(line)
    if found:
        return ("note" if found.category in NOTES else "boilerplate"), found.category
    return None
