"""Where nupunkt's sentences begin too early, too late or not at all, and where they should
begin."""

from __future__ import annotations

import re

from .punkt import splitter

_CLOSING = re.compile(r"[\"'”’»)\]}]+(?:\s+|$)|[”’»)\]}]+\s*")
TITLES = re.findall(
    r"\w+",
    "Adm Amb Brig Capt Cmdr Col Cpl Dr Fr Ft Gen Gov Govs Hon Lt Maj Messrs Mr Mrs Ms Msgr Mt Pres"
    " Prof Rep Reps Rev Sen Sens Sgt St Supt Ven",
)
_TITLE = re.compile(rf"\b(?:{'|'.join(TITLES)})\.$")
_IN_PARENTHESES = re.compile(r"\([^\W\d_]{1,5}\.\)$")  # Gen. (ret.) Cole
# After "St." these begin a new sentence; a name does not.
STARTERS = frozenset(
    re.findall(
        r"\w+",
        "A After An And As At But For He Her His I If In It Its No On Our She So That The Their"
        " There These They This We What When While Why You",
    )
)
_ABBREVIATED = frozenset(
    re.findall(
        r"\w+",
        "al approx art ca cf ch co corp dept dr ed eds eg est ext fig figs ft gen gov ie inc jr ltd"
        " mr mrs ms mt pp prof pt rep rev sec sen sr st tel viz vol vols vs",
    )
)
"""Lower-case words that may stand before a capital without ending a sentence."""

# After a lower-case word: said no. The council …
_ENDED = re.compile(r"\.(?<=[a-zà-ÿ]{2}\.)[”’)\]]*\s+(?=[“‘\"(]?[A-Z])")
# Glued: they agreed.The council …
_GLUED = re.compile(
    r"[.!?](?<=[a-zà-ÿ]{2}[.!?])[”\"’')\]]*(?=[“‘(]?[A-Z][a-z])(?!(?:Com|Org|Net)\b)"
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_GERMAN = re.compile(r"[.!?]“\s+(?=[„A-ZÄÖÜ])")
_ASKED = re.compile(
    r"(?:[^\W\d_]+\.?["
    r" \t]){1,5}(?:said|says|asked|asks|told|wrote|added|replied|answered|wondered|shouted|cried"
    r"|exclaimed|demanded|continued|joked|recalled)(?=[.,;:]|$)"
)


def mended(text: str, starts: list[int], last: int) -> list[int]:
    """Starts of sentences after the mends that `sentences` names.

    starts  where nupunkt begins one in a piece of the text, the first of them where the piece
            begins
    last    where the piece ends; what follows is read too, to see who asked
    """
    cuts = starts[:1]
    for start in map(lambda found: _past_closing(text, found), starts[1:]):
        if cuts[-1] < start < last and not _continues(text, cuts[-1], start):
            cuts.append(start)
    missed = _missed(text, set(cuts), cuts[0], last)
    return sorted({*cuts, *missed}) if missed else cuts


def _missed(text: str, seen: set[int], first: int, last: int) -> list[int]:
    """Starts of sentences between two places that nupunkt does not see."""
    ends = [
        match.end()
        for match in _ENDED.finditer(text, first, last)
        if match.end() not in seen and _ends(text, match, False)
    ]
    ends += [
        match.end() for match in _GLUED.finditer(text, first, last) if _ends(text, match, True)
    ]
    if "„" in text:
        ends += [match.end() for match in _GERMAN.finditer(text, first, last)]
    return ends


def _ends(text: str, match: re.Match[str], glued: bool) -> bool:
    """Whether the word before the full stop is no abbreviation. Before a space it must be a
    lower-case word."""
    before = text[max(0, match.start() - 30) : match.start()]
    word = _LAST_WORD.search(before)[0]
    if word in _ABBREVIATED or before.endswith(f"({word}"):
        return False
    return word.islower() or (glued and word.lower() not in splitter().parameters.abbrev_types)


def _past_closing(text: str, start: int) -> int:
    """Where a sentence starts when the marks that close the one before it are left to that one."""
    closing = _CLOSING.match(text, start)
    if not closing or (text[start - 1].isspace() and text[start] in "\"'"):
        return start
    return closing.end()


def _continues(text: str, before: int, start: int) -> bool:
    """Whether what starts here belongs to the sentence that starts at `before`."""
    end = start
    while end > before and text[end - 1].isspace():
        end -= 1
    if text[start] in ",;:" or (text[start].islower() and text[end - 1] in ")]}"):  # (R-Ohio), who
        return True
    last = text[max(before, end - 12) : end]
    if last[-2:-1] in ("?", "!") and last[-1] in "”\"’'":
        return bool(_ASKED.match(text, start))
    if _IN_PARENTHESES.search(last):
        return True
    if not last.endswith("."):
        return False
    if last.endswith("Rs."):
        return text[start].isdigit()
    word = re.match(r"\w+", text[start : start + 20])
    return bool(word and word[0][0].isupper() and _TITLE.search(last) and word[0] not in STARTERS)
