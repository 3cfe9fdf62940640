"""How often rows of a rule and a cue were right where somebody had read the articles.

data/lexicons/cue-precision.csv counts, on the train split of PolNeAR 1.0 (840 articles of 2015 and
2016), the rows of each kind, rule and cue, those of which half the words are reported speech or
attitude, and those whose mention is the speaker as well. benchmarks/cues.py makes it again.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import NamedTuple

from helpers.study import root

from .closed import CLASSES
from .verbs import reporting

PRIOR = 10
"""As how many rows a rule's own share counts beside those of a cue; few rows say little."""

LEAST = 0.36
"""An attitude that is less sure than this makes no row: more of them were wrong than right."""

NOUNS = frozenset(CLASSES["N"].split())
WORD = re.compile(r"\w+(?:['’]\w+)?")


class Counted(NamedTuple):
    """rows  made on the train split; reported  half their words are; right  the speaker is too."""

    rows: int
    reported: int
    right: int


@cache
def counted() -> dict[tuple[str, str, str, str], Counted]:
    """(kind, rule, source, cue) → counts; a cue of "" stands for all of the rule."""
    path = root() / "data" / "lexicons" / "cue-precision.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["kind"], row["rule"], row["source"], row["cue"]): Counted(
                int(row["rows"]), int(row["reported"]), int(row["right"])
            )
            for row in csv.DictReader(lines)
        }


@lru_cache(maxsize=20_000)
def cue_of(words: str) -> str:
    """What the table calls a cue: its last reporting verb, else its noun, else nothing.

    >>> cue_of("has repeatedly said"), cue_of("the claim that"), cue_of(":")
    ('say', 'claim', '')
    """
    found = [word.replace("’", "'") for word in WORD.findall(words.lower())]
    if found[:1] == ["according"]:
        return "according to"
    for word in reversed(found):
        if word in NOUNS and len(found) > 1 and found[-1] != word and word not in reporting():
            return word
        verb = reporting().get(word)
        if verb:
            return verb.lemma
    return next((word for word in found if word in NOUNS), "")


@lru_cache(maxsize=20_000)
def confidence(kind: str, rule: str, source: str, cue: str) -> float:
    """Share of rows that were right, of this kind, rule and cue, to two digits.

    source  "given" where somebody is mentioned, "none" where nobody is
    cue     as `cue_of` gives it
    """
    all_of = counted().get((kind, rule, source, ""), Counted(0, 0, 0))
    # a rule that made few rows is taken for one that is right half of the time
    share = (all_of.right + PRIOR / 2) / (all_of.rows + PRIOR)
    own = counted().get((kind, rule, source, cue), Counted(0, 0, 0)) if cue else Counted(0, 0, 0)
    return round((own.right + PRIOR * share) / (own.rows + PRIOR), 2)
