"""Words that tell an outlet's house style, not its view of the subject: titles before names, how it
says that somebody spoke, weekdays, party and state after a name, one of two spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable

TITLES = """
capt col dr gen gov hon lt maj messrs mr mrs ms prof rep reps rev sen sens sgt
"""
SAYING = "add added adding adds said say saying says tell telling tells told"
DAYS = """
monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday
saturdays sunday sundays
"""
SHORT = "e.g etc i.e u.k u.s u.s.a vs"
STATES = """
ala ariz ark calif colo conn del fla ga ind kan ky la mass md mich minn miss mont neb nev okla ore
pa tenn tex va vt wash wis wyo
"""
PLAIN = frozenset(f"{TITLES} {SAYING} {DAYS} {SHORT} {STATES}".split())
PARTY = re.compile(r"[dri]-[a-z]{2,6}")

SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|able$|ite|al$)"), "or"),  # honour, favourite
    (re.compile(r"(?<=[a-z]{3})is(?=e$|es$|ed$|ing$|ation|er$|ers$)"), "iz"),  # organise
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|es$|ed$|ing$)"), "yz"),  # analyse
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=$|s$)"), "er"),  # centre
    (re.compile(r"(?<=[a-z]{2})enc(?=e$|es$)"), "ens"),  # defence
    (re.compile(r"(?<=[aeiou])ll(?=ed$|ing$|er$|ers$)"), "l"),  # travelled
    (re.compile(r"(?<=[a-z]{3})ogue(?=$|s$)"), "og"),  # dialogue
    (re.compile(r"(?<=gra)mme(?=$|s$)"), "m"),  # programme
    (re.compile(r"(?<=[a-z]{2})-(?=[a-z]{3})"), ""),  # co-operate
)
"""How one spelling of a word becomes the other."""

OTHER_WORDS = frozenset(["filled", "filling", "pulled", "pulling", "ruled", "ruling"])
"""Words that the rules above turn into words of another meaning: filled is not filed."""


def house_style(words: Iterable[str]) -> list[str]:
    """Return those words that tell a house style; a spelling is one where both stand in the corpus.

    words  in lower case, each once: those of the corpus

    >>> house_style(["mr", "d-calif", "talks", "talked", "criticised", "criticized", "advise"])
    ['criticised', 'criticized', 'd-calif', 'mr']
    """
    known = set(words)
    found = {word for word in known if word.rstrip(".") in PLAIN or PARTY.match(word)}
    for word in known - OTHER_WORDS:
        for spelled, other in SPELLINGS:
            twin = spelled.sub(other, word, count=1)
            if twin != word and twin in known:
                found |= {word, twin}
    return sorted(found)
