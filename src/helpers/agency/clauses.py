"""A sentence as its words and what stands between them, and the phrases around a place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from helpers.ledger import Token
from helpers.terms.grammar import (
    ADVERBS,
    BE,
    BODIES,
    CONJUNCTIONS,
    HAVE,
    MODALS,
    NUMERALS,
    OBJECTS,
    OPENERS,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
)

FAR = 12  # words looked at on either side: farther off another clause has begun
BREAK = re.compile(r"[,;:()\[\]{}–—…!?]|\.\s|--|\s-\s")
HARD = re.compile(r"[;:()\[\]–—!?]|\.\s|--|\s-\s")
WEAPON = re.compile(
    r"(rocket|missile|drone|shell|bomb|bullet|mine|grenade|torpedo|howitzer|shrapnel|mortar|air-?strike|strike|attack|"
    r"blast|explosion|shelling|bombing|bombardment|gunfire|fire|raid|salvo|barrage|war|fighting|offensive|violence|debris|artillery)(s|es)?$"
)
DEMONYM = re.compile(r"[A-Z]\w+(ian|ians|an|ish|ese|ch|li|qi|ni)(?:-\w+)?$")
DATED = re.compile(
    r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|yesterday|week|month|year|night|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|last|century|day)'?s?$"
)
SUPPORT = re.compile(
    r"commit(s|ted|ting)?$|(launch|conduct|mount|stag|wag|perpetrat|lead|led)(e|es|ed|ing)?$|carr(y|ies|ied|ying)$|order(s|ed|ing)?$"
)
DONE_BY = re.compile(
    r"(carried|out|launched|conducted|staged|committed|perpetrated|mounted|waged|ordered|led)$"
)
NUMBER = re.compile(r"\d[\d.,]*$")
SHORT_BE = frozenset(["they're", "we're", "you're", "he's", "she's", "it's", "who's"])


class Clause(NamedTuple):
    """A sentence's words: lower-cased, as they stand, their places, and what stands between them.

    gaps  gaps[i] is the text between word i − 1 and word i; the last is what follows the last word
    """

    words: list[str]
    shown: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], end: int) -> Clause:
        """Build from the tokens of one sentence; `end` is where the sentence ends."""
        starts, ends = [t.start for t in tokens], [t.end for t in tokens]
        gaps = [
            text[a:b]
            for a, b in zip([starts[0], *ends], [*starts, max(end, ends[-1])], strict=True)
        ]
        return cls(
            [t.norm for t in tokens], [text[t.start : t.end] for t in tokens], starts, ends, gaps
        )

    def word(self, i: int) -> str:
        """The word i in lower case; "" outside the sentence."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def cut(self, i: int, pattern: re.Pattern[str] = BREAK) -> bool:
        """Whether punctuation stands between word i − 1 and word i."""
        return not 0 < i < len(self.words) or bool(pattern.search(self.gaps[i]))


def back_over_adverbs(clause: Clause, at: int) -> int:
    """The place of the first word before `at` that is no adverb: was (reportedly, then) killed."""
    k = at - 1
    while (
        k > at - 6
        and k >= 0
        and (clause.word(k) in ADVERBS or clause.word(k).endswith("ly"))
        and not clause.cut(k + 1, HARD)
    ):
        k -= 1
    return k


def object_follows(clause: Clause, to: int) -> bool:
    """Whether what follows can be an object: a noun phrase with no preposition, conjunction or mark
    before it."""
    word = clause.word(to)
    if not word or clause.cut(to):
        return False
    if word in OBJECTS | {"all", "both"} or (
        word in ("at", "almost", "nearly", "about", "over", "around")
        and counted(clause.word(to + 1))
    ):
        return True
    free = (
        PREPOSITIONS
        | CONJUNCTIONS
        | ADVERBS
        | BE
        | HAVE
        | MODALS
        | {"to", "when", "yesterday", "today", "overnight", "in", "dead"}
    )
    return word not in free and not word.endswith("ly") and not DATED.match(word)


def counted(word: str) -> bool:
    """Whether a word begins a number: at least 31, almost 3,000, over a hundred."""
    return bool(NUMBER.match(word)) or word in NUMERALS


def doer_after_by(clause: Clause, to: int) -> range | None:
    """The noun phrase after "by", where it can be a doer: no time, no means."""
    for k in range(to, min(to + FAR, len(clause.words))):
        word = clause.word(k)
        if (
            (clause.cut(k) and k > to)
            or word in RELATIVES | {"when", "while", "because", "after", "before", "and", "held"}
            or word.endswith("ed")
        ):
            return None
        if clause.word(k) == "by":
            phrase = phrase_at(clause, k + 1)
            return phrase if phrase and can_act(clause, phrase) else None
    return None


def can_act(clause: Clause, phrase: range) -> bool:
    """Whether a phrase after "by" can be a doer: by the army, not by noon, by 9,000 or by shelling
    it."""
    first, last = clause.word(phrase[0]), clause.word(phrase[-1])
    return not (NUMBER.match(first) or first in TIMES or last in TIMES or first.endswith("ing"))


def phrase_at(clause: Clause, at: int) -> range | None:
    """A noun phrase from here: up to a mark, a preposition other than of, a verb's helper or a
    conjunction."""
    stop = (
        BE | HAVE | MODALS | (PREPOSITIONS - {"of"}) | RELATIVES | (CONJUNCTIONS - {"and"}) | {"to"}
    )
    if clause.cut(at) and at:
        return None
    to = at
    while (
        to < min(at + 8, len(clause.words))
        and clause.word(to) not in stop
        and not (to > at and clause.cut(to))
    ):
        to += 1
    return range(at, to) if to > at else None


def subject_of(clause: Clause, verb: int) -> range | None:
    """The words before a verb, back to where its clause begins; past a relative pronoun, the words
    it stands for."""
    low = max(0, verb - 2 * FAR)
    start = next(
        (
            k
            for k in range(verb - 1, low - 1, -1)
            if (clause.cut(k + 1, HARD) and k + 1 < verb) or clause.word(k) in OPENERS
        ),
        None,
    )
    begin = low if start is None else start + 1
    if (
        start is not None
        and clause.word(start) == "that"
        and not clause.cut(start)
        and begin == verb
    ):
        begin = max(low, start - 4)
    words = range(begin, verb)
    words = range(
        words.start,
        next((k for k in words if k > words.start and clause.word(k) in RELATIVES), words.stop),
    )
    return words or None


def head(clause: Clause, words: range) -> int:
    """The head of a noun phrase: its last word before a preposition or a mark."""
    for k in words:
        if k > words.start and (clause.word(k) in PREPOSITIONS or clause.cut(k)):
            return k - 1
    return words[-1]


def is_weapon(clause: Clause, words: range) -> bool:
    """Whether a phrase names a weapon or an event: three rockets, the attack on the ford."""
    near = [k for k in (head(clause, words), words[-1])]
    return any(WEAPON.match(clause.word(k)) for k in near)


def weapons(word: str) -> bool:
    """Whether a word names weapons, more than one."""
    return word.endswith("s") and bool(WEAPON.match(word))


def is_body(clause: Clause, k: int) -> bool:
    """Whether the word k names an army, alliance or state by its letters: U.S., NATO."""
    return (clause.word(k) in BODIES and clause.shown[k][:2].isupper()) or clause.shown[k] in (
        "Houthi",
        "Hamas",
        "Taliban",
        "Saudi",
    )


def is_possessive(clause: Clause, k: int) -> bool:
    """Whether the word k owns the next: the army's, but not Wednesday's or it's."""
    word = clause.word(k)
    owned = word.endswith("'s") or (word.endswith("s") and clause.gaps[k + 1][:1] in ("'", "’"))
    return (
        owned
        and not DATED.match(word)
        and word not in SHORT_BE | {"that's", "there's", "let's", "what's"}
    )
