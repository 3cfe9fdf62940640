"""By which reporting verb, of which class, words are introduced; read off the cue of a
quotation."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .verbs import reporting

WORD = re.compile(r"\w+(?:['’]\w+)?")
NOT = frozenset({"not", "never", "cannot", "no", "nor", "neither", "without"})
ACCORDING = "according to"
OTHER = "other words"
NO_CUE = "no cue"


class Introduced(NamedTuple):
    """How words are introduced.

    group    class of the reporting verb (neutral, asserting, denying …); "according to"; "other
             words" where no
             reporting verb is in the cue; "no cue" where there is none
    verb     the verb as the lexicon calls it; the cue itself where the lexicon has none of its
             words
    negated  the cue says that somebody did not say so; a verb of denying is not negated by itself
    """

    group: str
    verb: str
    negated: bool


@cache
def introduced(cue: str) -> Introduced:
    """Read a cue such as "has repeatedly said" or "refused to confirm".

    Of several reporting verbs the first that is not neutral counts, else the last: to refuse to say
    is to refuse.

    >>> introduced("did not say")
    Introduced(group='neutral', verb='say', negated=True)
    """
    words = [word.replace("’", "'") for word in WORD.findall(cue.lower())]
    if not words:
        return Introduced(NO_CUE, "", False)
    negated = any(word in NOT or word.endswith("n't") for word in words)
    verbs = [reporting()[word] for word in words if word in reporting()]
    coloured = [verb for verb in verbs if verb.group != "neutral"]
    if verbs:
        verb = coloured[0] if coloured else verbs[-1]
        return Introduced(verb.group, verb.lemma, negated)
    if words[:2] == ["according", "to"]:
        return Introduced(ACCORDING, ACCORDING, negated)
    return Introduced(OTHER, " ".join(words), negated)
