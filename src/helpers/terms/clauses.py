"""The sentence around a word for violence, read by rule: passive or not, by whom, to whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from helpers.ledger import Token
from helpers.terms.grammar import (
    ADVERBS,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    MODALS,
    OBJECTS,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)

FAR = 12  # words looked at on either side: farther off another clause has begun
BREAK = re.compile(r"[,;:()\[\]{}–—…!?]|\.\s|--|\s-\s")
HARD = re.compile(r"[;:()\[\]–—!?]|\.\s|--|\s-\s")
WEAPON = re.compile(
    r"(rocket|missile|drone|shell|bomb|bullet|mine|grenade|torpedo|howitzer|shrapnel|mortar|air-?strike|strike|attack|"
    r"blast|explosion|shelling|bombing|bombardment|gunfire|fire|raid|salvo|barrage|war|fighting|offensive|violence|debris|artillery)(s|es)?$"
)
DEMONYM = re.compile(r"[A-Z]\w+(ian|ians|an|ish|ese|ch|li|qi|ni)(?:-\w+)?$")
TIMES = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "today", "tonight", "yesterday", "now", "then", "noon", "dawn", "dusk", "night", "midnight", "morning", "evening", "day", "week", "month", "year", "spring", "summer", "autumn", "winter", "accident", "mistake", "law", "means", "land", "sea", "air", "way", "hand", "default", "definition", "name", "far", "time"]
)
DATED = re.compile(
    r"(monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|yesterday|week|month|year|night|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|last|century|day)'?s?$"
)
OPENERS = frozenset(["that", "when", "as", "after", "before", "while", "where", "if", "because", "since", "until", "although", "though", "said", "says", "say", "reported", "reports", "claimed", "how"])
SUPPORT = re.compile(r"(launch|conduct|mount|stag|commit|wag|perpetrat|lead|led)(e|es|ed|ing)?$|carr(y|ies|ied|ying)$|order(s|ed|ing)?$")
DONE_BY = re.compile(r"(carried|out|launched|conducted|staged|committed|perpetrated|mounted|waged|ordered|led)$")
SAID = frozenset(["said", "says", "say", "reported", "reports", "claimed", "denied", "denies", "counted", "condemned", "called", "blamed", "described"])
AFTER_NOUN = frozenset(["of", "on", "against", "at", "upon", "into"])
NUMBER = re.compile(r"\d[\d.,]*$")


class Reading(NamedTuple):
    """How a word for violence is told: form, and the words (positions) of doer and of what it was done to."""

    form: str
    doer: range | None = None
    done_to: range | None = None


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
        gaps = [text[a:b] for a, b in zip([starts[0], *ends], [*starts, max(end, ends[-1])], strict=True)]
        return cls([t.norm for t in tokens], [text[t.start : t.end] for t in tokens], starts, ends, gaps)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def cut(self, i: int, pattern: re.Pattern[str] = BREAK) -> bool:
        """Whether punctuation stands between word i − 1 and word i."""
        return not 0 < i < len(self.words) or bool(pattern.search(self.gaps[i]))


def read(clause: Clause, at: int, to: int, kind: str) -> Reading | None:
    """Tell the form of the words at … to (exclusive), whose category in the lexicon is `kind`; None: not an act."""
    return _READERS[kind](clause, at, to)


def _participle(clause: Clause, at: int, to: int, *, bare: bool = True) -> Reading | None:
    """A form in -ed. bare: it always takes an object, so that without one it is a passive."""
    k = _back_over_adverbs(clause, at)
    before = clause.word(k)
    if before in BE or (before.endswith(("'re", "'s")) and before in _SHORT_BE):
        return _passive(clause, k, at, to)
    if before in HAVE or before in MODALS or before in PRONOUNS | {"to"}:
        return _active(clause, at, to)
    if not clause.cut(at) and _before_a_noun(clause, before, to):
        return None
    if _object_follows(clause, to):
        return _active(clause, at, to)
    if clause.word(to) == "by" or bare or _joined_to_passive(clause, at):
        return _passive(clause, at, at, to)
    return _active(clause, at, to)


def _before_a_noun(clause: Clause, before: str, to: int) -> bool:
    """Whether the form stands where an adjective would: the wounded, in occupied Brask."""
    return before in DETERMINERS | OWNERS or (before in PREPOSITIONS and _object_follows(clause, to))


_SHORT_BE = frozenset(["they're", "we're", "you're", "he's", "she's", "it's", "who's"])


def _past(clause: Clause, at: int, to: int) -> Reading | None:
    return _participle(clause, at, to, bare=False)


def _back_over_adverbs(clause: Clause, at: int) -> int:
    k = at - 1
    while k > at - 6 and k >= 0 and (clause.word(k) in ADVERBS or clause.word(k).endswith("ly")) and not clause.cut(k + 1, HARD):
        k -= 1
    return k


def _object_follows(clause: Clause, to: int) -> bool:
    """Whether what follows can be an object: a noun phrase with no preposition, conjunction or mark before it."""
    word = clause.word(to)
    if not word or clause.cut(to):
        return False
    if word == "at" and clause.word(to + 1) in ("least", "most"):
        return True
    free = PREPOSITIONS | CONJUNCTIONS | ADVERBS | BE | HAVE | MODALS | {"to", "when", "yesterday", "today", "overnight", "in", "dead"}
    return word not in free and not word.endswith("ly") and not DATED.match(word)


def _joined_to_passive(clause: Clause, at: int) -> bool:
    """Whether an earlier passive is joined to this form by and, or, but: captured in spring and retaken in autumn."""
    joint = next((k for k in range(at - 1, max(at - 4, -1), -1) if clause.word(k) in ("and", "or", "but")), None)
    return joint is not None and any(clause.word(k) in BE for k in range(max(0, joint - FAR), joint))


def _passive(clause: Clause, verb: int, at: int, to: int) -> Reading:
    done_to = _subject(clause, verb)
    doer = _by(clause, to)
    if doer is None:
        return Reading("passive", None, done_to)
    return Reading("weapon" if _is_weapon(clause, doer) else "by", doer, done_to)


def _by(clause: Clause, to: int) -> range | None:
    """The noun phrase after "by", where it can be a doer: no time, no means."""
    for k in range(to, min(to + FAR, len(clause.words))):
        word = clause.word(k)
        if (clause.cut(k) and k > to) or word in RELATIVES | {"when", "while", "because", "after", "before", "and", "held"} or word.endswith("ed"):
            return None
        if clause.word(k) == "by":
            phrase = _phrase(clause, k + 1)
            return phrase if phrase and _can_act(clause, phrase) else None
    return None


def _can_act(clause: Clause, phrase: range) -> bool:
    first, last = clause.word(phrase[0]), clause.word(phrase[-1])
    return not (NUMBER.match(first) or first in TIMES or last in TIMES or first.endswith("ing"))


def _phrase(clause: Clause, at: int) -> range | None:
    """A noun phrase from here: up to a mark, a preposition other than of, a verb's helper or a conjunction."""
    stop = BE | HAVE | MODALS | (PREPOSITIONS - {"of"}) | RELATIVES | (CONJUNCTIONS - {"and"}) | {"to"}
    if clause.cut(at) and at:
        return None
    to = at
    while to < min(at + 8, len(clause.words)) and clause.word(to) not in stop and not (to > at and clause.cut(to)):
        to += 1
    return range(at, to) if to > at else None


def _subject(clause: Clause, verb: int) -> range | None:
    """The words before a verb, back to where its clause begins; past a relative pronoun, the words it stands for."""
    low = max(0, verb - 2 * FAR)
    start = next((k for k in range(verb - 1, low - 1, -1) if (clause.cut(k + 1, HARD) and k + 1 < verb) or clause.word(k) in OPENERS), None)
    begin = low if start is None else start + 1
    if start is not None and clause.word(start) == "that" and not clause.cut(start) and begin == verb:
        begin = max(low, start - 4)
    words = range(begin, verb)
    words = range(words.start, next((k for k in words if k > words.start and clause.word(k) in RELATIVES), words.stop))
    return words or None


def _head(clause: Clause, words: range) -> int:
    """The head of a noun phrase: its last word before a preposition or a mark."""
    for k in words:
        if k > words.start and (clause.word(k) in PREPOSITIONS or clause.cut(k)):
            return k - 1
    return words[-1]


def _is_weapon(clause: Clause, words: range) -> bool:
    near = [k for k in (_head(clause, words), words[-1])]
    return any(WEAPON.match(clause.word(k)) for k in near)


def _active(clause: Clause, at: int, to: int) -> Reading:
    verb = _back_over_adverbs(clause, at)
    while clause.word(verb) in HAVE | MODALS | BE | {"to"} or clause.word(verb) in ADVERBS:
        verb -= 1
    doer = _subject(clause, verb + 1)
    done_to = _phrase(clause, to)
    weapon = doer is not None and _is_weapon(clause, doer)
    return Reading("weapon" if weapon else "active", doer, done_to)


def _noun(clause: Clause, at: int, to: int, *, victim: bool = False) -> Reading:
    done_to = _after_noun(clause, to)
    owner = None if victim else _owner(clause, at)
    doer = owner or _done_by(clause, to)
    return Reading("noun, doer named" if doer else "noun", doer, done_to)


def _victim(clause: Clause, at: int, to: int) -> Reading:
    return _noun(clause, at, to, victim=True)


def _owner(clause: Clause, at: int) -> range | None:
    """Whose deed it is, told before the noun: his, the army's, an Ardovian; or who launched, carried out, ordered it."""
    for k in range(at - 1, max(at - 6, -1), -1):
        if clause.cut(k + 1):
            return None
        word, shown = clause.word(k), clause.shown[k]
        if word in OWNERS or _is_possessive(clause, k) or (k > 0 and DEMONYM.match(shown)):
            return range(k, k + 1)
        if SUPPORT.match(word) and clause.word(_back_over_adverbs(clause, k)) not in BE:
            return _subject(clause, k)
        if word in BE | HAVE | MODALS | CONJUNCTIONS | PREPOSITIONS | SAID:
            return None
    return None


def _is_possessive(clause: Clause, k: int) -> bool:
    word = clause.word(k)
    owned = word.endswith("'s") or (word.endswith("s") and clause.gaps[k + 1][:1] in ("'", "’"))
    return owned and not DATED.match(word) and word not in _SHORT_BE | {"that's", "there's", "let's", "what's"}


def _done_by(clause: Clause, to: int) -> range | None:
    """The doer after a noun: the shelling of the town by the army; an attack carried out by the army."""
    for k in range(to, min(to + FAR, len(clause.words))):
        word = clause.word(k)
        if clause.cut(k) or word in BE | HAVE | MODALS | RELATIVES | {"and", "but", "when", "while", "as"}:
            return None
        if word.endswith("ed") and not DONE_BY.match(word):
            return None
        if word == "by":
            phrase = _phrase(clause, k + 1)
            return phrase if phrase and _can_act(clause, phrase) and not _is_weapon(clause, phrase) else None
    return None


def _after_noun(clause: Clause, to: int) -> range | None:
    if clause.cut(to) or clause.word(to) not in AFTER_NOUN:
        return None
    phrase = _phrase(clause, to + 1)
    dated = phrase and (NUMBER.match(clause.word(phrase[0])) or DATED.match(clause.word(phrase[0])) or clause.word(phrase[-1]) in TIMES)
    return None if dated else phrase


def _either(clause: Clause, at: int, to: int) -> Reading:
    """A word that can be noun or verb: a verb after to, a modal or a pronoun, or with an object and no article."""
    before, after = clause.word(at - 1), clause.word(to)
    plural = clause.word(at).endswith("s")
    if not clause.cut(at) and (before in MODALS | PRONOUNS or (before == "to" and not plural)):
        return _active(clause, at, to)
    takes = not clause.cut(to) and (after in DETERMINERS | OWNERS | OBJECTS or (_weapons(before) and _object_follows(clause, to)))
    opened = before in DETERMINERS | OWNERS | PREPOSITIONS or clause.cut(at)
    return _active(clause, at, to) if takes and not opened else _noun(clause, at, to)


def _weapons(word: str) -> bool:
    return word.endswith("s") and bool(WEAPON.match(word))


_READERS: dict[str, Callable[[Clause, int, int], Reading | None]] = {
    "participles": _participle,
    "past forms": _past,
    "set phrases": lambda clause, at, to: _passive(clause, at, at, to),
    "verbs": _active,
    "nouns": _noun,
    "nouns of victims": _victim,
    "nouns or verbs": _either,
}
"""What a category of the lexicon can be → how it is read."""
