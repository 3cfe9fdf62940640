"""What a passage is about, as a set of features: names, numbers, referents of naming choices, acts,
content words."""

from __future__ import annotations

import re
from functools import cache

from helpers.story.acts import BY_PHRASE, BY_WORD, LONGEST, PLACE_BY_WORD

STEM = 6
"""Letters of a word that count once its ending is off: Ardovia and Ardovian, propose and proposal
meet."""

ENDINGS = re.compile(r"(?:'s|s'|')$")
SUFFIXES = re.compile(
    r"(?:ations?|ements?|nesses|ness|ities|ity|ingly|ings?|edly|ies|ied|ers?|ors?|als?|ives?|ly|ed|es|s|e|y)$"
)
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")

STOP_WORDS = """
a about above across after again against ago all almost along already also although always am among
an and another any anybody anyone anything are around as asked at away back be became because become
been before began being below between both but by came can cannot come could did do does doing done
down during each either else even ever every few first for from further gave get gets give given go
goes going gone got had has have having he he'd he'll he's her here hers herself him himself his how
however i i'm if in indeed into is isn't it it's its itself just keep kept know known last later
least less let like likely made make makes making many may me might mine more most much must my
myself near nearly need never next no nobody none nor not nothing now of off often on once one only
onto or other others our ours out over own part per perhaps put quite rather really s said same saw
say saying says see seen she should since so some somebody something still such take taken than that
that's the their them themselves then there there'd there's these they they'd they're thing things
this those though through thus to today together too took toward towards two under until up upon us
use used very was we we'd we're well went were what what's when where whether which while who whom
whose why will with within would yes yesterday yet you your added according reported reporter
reporters reportedly told tell tells stated stating reports mr mrs ms monday tuesday wednesday
thursday friday saturday sunday
"""
STOP = frozenset(STOP_WORDS.split())

ROLE_WORDS = """
admiral adviser advisor aide ambassador captain chairman chairwoman chancellor chief colonel
commander council deputy diplomat foreign general government governor head king lawmaker leader
mayor minister ministry national office official officials premier president presidential prime
prince princess queen secretary security senator senior spokesman spokesperson spokeswoman state
"""
ROLES = frozenset(ROLE_WORDS.split())
"""Words that say who somebody is: they go with names and make no fact by themselves."""

PARTICLES = frozenset({"down", "away", "back", "aside", "out", "off"})
"""Second words of an act that other words may part from the first: turned the offer down."""

COUNTS = (
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
UNITS_OF = {word: n for n, word in enumerate(COUNTS.split(), start=3)}
DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * n for n, word in enumerate(DECADES.split(), start=2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}


FIRST = frozenset(phrase[0] for phrase in BY_PHRASE)


@cache
def stem(norm: str) -> str:
    """Cut a word's ending off, and what is beyond its sixth letter: rough, the same on both sides
    of a comparison."""
    bare = ENDINGS.sub("", norm.replace("’", "'"))
    cut = SUFFIXES.sub("", bare)
    return (cut if len(cut) >= 4 else bare.removesuffix("s") if len(bare) > 3 else bare)[:STEM]


@cache
def number(norm: str) -> str:
    """Give a number as digits where the word is one (45 for forty-five, 15 for 15km), else
    nothing."""
    if found := DIGITS.match(norm):
        return found[0].replace(",", "").removesuffix(".00")
    first, _, last = norm.partition("-")
    if first in TENS and (not last or last in UNITS_OF or last in ("one", "two")):
        return str(TENS[first] + (UNITS_OF.get(last) or {"one": 1, "two": 2}.get(last, 0)))
    if "-" in norm:
        return number("-".join(norm.split("-")[:2])) if norm.count("-") > 1 else ""
    return str(UNITS_OF[norm]) if norm in UNITS_OF else ""


def features(norms: list[str], names: frozenset[str], referents: dict[int, str]) -> list[str]:
    """Give the features of the words of a passage, one or none to a word, in order.

    norms      its tokens' norms
    names      stems that are written with a capital throughout the set
    referents  by place of a token, the feature of what a naming choice there names; "" where it has
               one already
    returns    "n:" names (of several in a row the last, a surname), "d:" numbers, "r:" referents,
               "a:" acts, "t:" titles
               and offices, "w:" other content words; "" for words without content
    """
    out: list[str] = []
    for i, norm in enumerate(norms):
        out.append(
            referents[i] if i in referents and not place(norm) else _feature(norms, i, names)
        )
        if i and out[i].startswith("n:") and out[i - 1].startswith("n:"):
            out[i - 1] = ""
    return _scaled(norms, out)


def _feature(norms: list[str], i: int, names: frozenset[str]) -> str:
    norm = norms[i]
    if where := place(norm):
        return f"n:{where}"
    if act := act_at(norms, i)[0]:
        return f"a:{act}"
    if norm in STOP or len(norm) < 2:
        return ""
    if digits := number(norm):
        return f"d:{digits}"
    if norm in ROLES:
        return f"t:{stem(norm)}"
    root = stem(norm)
    return f"n:{root}" if root in names else f"w:{root}"


def place(norm: str) -> str:
    """Give the country that a name of it, of its people or of its government's seat stands for,
    else nothing."""
    return PLACE_BY_WORD.get(norm.removesuffix("'s").removesuffix("'"), "")


def act_at(norms: list[str], i: int) -> tuple[str, int]:
    """Give the act that the word at place i names, alone or as the first of a phrase, and the place
    of its last word."""
    if norms[i] in FIRST:
        for n in range(2, LONGEST + 1):
            if act := BY_PHRASE.get(tuple(norms[i : i + n])):
                return act, i + n - 1
        for k in range(i + 2, min(i + 6, len(norms))):  # turned the offer down
            if norms[k] in PARTICLES and (act := BY_PHRASE.get((norms[i], norms[k]))):
                return act, k
    return BY_WORD.get(norms[i], ""), i


def _scaled(norms: list[str], found: list[str]) -> list[str]:
    """Join "six hundred" and "$95 billion" into one number."""
    for i in range(1, len(norms)):
        if norms[i] in SCALES and found[i - 1].startswith("d:"):
            found[i], found[i - 1] = f"d:{float(found[i - 1][2:]) * SCALES[norms[i]]:g}", ""
    return found


def weight(feature: str) -> float:
    """How much a feature counts beside its rarity: numbers and names say more than words, acts a
    little less."""
    return {"d": 1.3, "n": 1.0, "r": 0.8, "a": 0.9, "t": 0.4}.get(feature[0], 0.9)
