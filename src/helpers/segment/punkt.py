"""nupunkt with a model mended for news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_REAL = frozenset(
    re.findall(
        r"\w+",
        "adj adm adv ala alas alt amb approx apr apt ariz ark assn assoc asst atty aug ave bldg"
        " blvd brig bros calif capt cmdr cmdt col colo comdr comm conn corp cpl dec del dem dept"
        " det dir dist div drs eng esq est etc exec feb fig fla fri gen gov govs govt hon inc ind"
        " insp inst intl jan jul jun kan kans lib lieut ltd maj mar mass messrs mfg mgr mich min"
        " minn miss mlle mme mon mont mrs msgr mtn nat natl neb nev nov oct okla ont ore penn pfc"
        " plc pres prof prop pte pty pvt quot ref rep reps ret rev sat sec sen sens sep sept sgt"
        " spc ste subst sun supp supt tel tenn tex thu thur thurs tue tues univ ven viz vol vols"
        " wash wed wis wyo",
    )
)
"""Abbreviations of three letters and more. nupunkt's model, learnt from scanned law reports, takes
2,800 other
words and names of that length for abbreviations (month, Iowa, John) and would not end a sentence
after them."""


LONGEST = 1000
"""Characters without white space that nupunkt is given at a time: beyond that it takes quadratic
time."""

_LONG = re.compile(rf"(?<!\S)\S{{{LONGEST}}}")
_PIECE = re.compile(rf"\S{{{LONGEST},}}|(?:\s+|\S{{1,{LONGEST - 1}}}(?!\S))+")


def starts(text: str) -> list[int]:
    """Where nupunkt begins a sentence in a block's text."""
    return [start for piece, at in _pieces(text) for start in _starts(piece, at)]


def has_long(text: str) -> bool:
    """Whether a run without white space is too long for nupunkt."""
    return len(text) >= LONGEST and bool(_LONG.search(text))


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The text as nupunkt is given it, with the place of each piece: overlong runs are cut."""
    if not has_long(text):
        yield text, 0
        return
    for match in _PIECE.finditer(text):
        step = LONGEST if _LONG.match(match[0]) else len(match[0])
        for start in range(match.start(), match.end(), step):
            yield text[start : min(start + step, match.end())], start


def _starts(text: str, offset: int) -> list[int]:
    return [start + offset for start, _ in splitter().span_tokenize(text)]


@cache
def unsure_words() -> frozenset[str]:
    """Words in lower case after which a full stop may not end a sentence: abbreviations, first
    words of collocations."""
    parameters = splitter().parameters
    return frozenset(parameters.abbrev_types) | {first for first, _ in parameters.collocations}


@cache
def splitter():
    """nupunkt's tokenizer, its list of abbreviations cut down to real ones."""
    from nupunkt.models import load_default_model

    made = load_default_model()
    made.EXCL_QUEST_LOWERCASE_CONTINUES = True  # "Jump! to the top", a name with a mark of its own
    known = made.parameters.abbrev_types
    known -= {word for word in known if word.isalpha() and len(word) > 2 and word not in _REAL} | {
        "so",
        "me",
        "am",
    }
    made.clear_decision_cache()
    return made
