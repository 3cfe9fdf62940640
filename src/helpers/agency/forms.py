"""How a word for violence is told in its clause: passive or not, by whom, to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from helpers.agency.clauses import (
    DATED,
    DEMONYM,
    DONE_BY,
    FAR,
    NUMBER,
    SHORT_BE,
    SUPPORT,
    Clause,
    back_over_adverbs,
    can_act,
    doer_after_by,
    is_body,
    is_possessive,
    is_weapon,
    object_follows,
    phrase_at,
    subject_of,
    weapons,
)
from helpers.terms.grammar import (
    ADVERBS,
    AFTER_NOUN,
    BE,
    CONJUNCTIONS,
    CROWD,
    DETERMINERS,
    HAVE,
    MODALS,
    OBJECTS,
    OWNERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAID,
    TIMES,
)


class Reading(NamedTuple):
    """How a word for violence is told: form, and the words (positions) of doer and of what it was
    done to."""

    form: str
    doer: range | None = None
    done_to: range | None = None


def read(clause: Clause, at: int, to: int, kind: str) -> Reading | None:
    """Tell the form of the words at … to (exclusive), whose category in the lexicon is `kind`;
    None: not an act."""
    return _READERS[kind](clause, at, to)


def _participle(clause: Clause, at: int, to: int, *, bare: bool = True) -> Reading | None:
    """A form in -ed. bare: it always takes an object, so that without one it is a passive."""
    k = back_over_adverbs(clause, at)
    before = clause.word(k)
    if before in BE or (before.endswith(("'re", "'s")) and before in SHORT_BE):
        return _passive(clause, k, at, to)
    if before in HAVE or before in MODALS or before in PRONOUNS | {"to"}:
        return _active(clause, at, to)
    if not clause.cut(at) and _before_a_noun(clause, before, to):
        return None
    if object_follows(clause, to):
        return _active(clause, at, to)
    if clause.word(to) == "by" or bare or _joined_to_passive(clause, at):
        return _passive(clause, at, at, to)
    return _active(clause, at, to)


def _before_a_noun(clause: Clause, before: str, to: int) -> bool:
    """Whether the form stands where an adjective would: the wounded, in occupied Brask."""
    return before in DETERMINERS | OWNERS or (before in PREPOSITIONS and object_follows(clause, to))


def _past(clause: Clause, at: int, to: int) -> Reading | None:
    return _participle(clause, at, to, bare=False)


def _joined_to_passive(clause: Clause, at: int) -> bool:
    """Whether an earlier passive is joined to this form by and, or, but: captured in spring and
    retaken in autumn."""
    joint = next(
        (k for k in range(at - 1, max(at - 4, -1), -1) if clause.word(k) in ("and", "or", "but")),
        None,
    )
    return joint is not None and any(
        clause.word(k) in BE for k in range(max(0, joint - FAR), joint)
    )


def _passive(clause: Clause, verb: int, at: int, to: int) -> Reading:
    done_to = subject_of(clause, verb)
    doer = doer_after_by(clause, to)
    if doer is None:
        return Reading("passive", None, done_to)
    return Reading("weapon" if is_weapon(clause, doer) else "by", doer, done_to)


def _active(clause: Clause, at: int, to: int) -> Reading:
    verb = back_over_adverbs(clause, at)
    while clause.word(verb) in HAVE | MODALS | BE | {"to"} or clause.word(verb) in ADVERBS:
        verb -= 1
    doer = subject_of(clause, verb + 1)
    done_to = phrase_at(clause, to)
    weapon = doer is not None and is_weapon(clause, doer)
    return Reading("weapon" if weapon else "active", doer, done_to)


def _noun(clause: Clause, at: int, to: int, *, victim: bool = False) -> Reading:
    if clause.word(at).endswith("ing") and _takes_object(clause, at, to):
        return _active(clause, at, to)
    done_to = _after_noun(clause, to)
    owner = None if victim else _owner(clause, at)
    doer = owner or _done_by(clause, to)
    return Reading("noun, doer named" if doer else "noun", doer, done_to)


def _takes_object(clause: Clause, at: int, to: int) -> bool:
    """Whether a form in -ing is a verb: under fire for killing scores, opposed bombing Syria; not:
    a bombing, killing of."""
    before, word = clause.word(at - 1), clause.word(to)
    if not word or clause.cut(to) or before in DETERMINERS | OWNERS | {""}:
        return False
    named = clause.shown[to][:1].isupper() and not clause.shown[at - 1][:1].isupper()
    return named or word in CROWD | OBJECTS | DETERMINERS | OWNERS or bool(NUMBER.match(word))


def _victim(clause: Clause, at: int, to: int) -> Reading:
    return _noun(clause, at, to, victim=True)


def _owner(clause: Clause, at: int) -> range | None:
    """Whose deed it is, told before the noun: his, the army's, an Ardovian; or who launched,
    carried out, ordered it."""
    for k in range(at - 1, max(at - 6, -1), -1):
        if clause.cut(k + 1):
            return None
        word, shown = clause.word(k), clause.shown[k]
        if (
            word in OWNERS
            or is_possessive(clause, k)
            or word.endswith(("-led", "-backed"))
            or is_body(clause, k)
            or (k > 0 and DEMONYM.match(shown))
        ):
            return range(k, k + 1)
        if SUPPORT.match(word) and clause.word(back_over_adverbs(clause, k)) not in BE:
            return subject_of(clause, k)
        if word in BE | HAVE | MODALS | CONJUNCTIONS | PREPOSITIONS | SAID:
            return None
    return None


def _done_by(clause: Clause, to: int) -> range | None:
    """The doer after a noun: the shelling of the town by the army; an attack carried out by the
    army."""
    for k in range(to, min(to + FAR, len(clause.words))):
        word = clause.word(k)
        if clause.cut(k) or word in BE | HAVE | MODALS | RELATIVES | {
            "and",
            "but",
            "when",
            "while",
            "as",
        }:
            return None
        if word.endswith("ed") and not DONE_BY.match(word):
            return None
        if word == "by":
            phrase = phrase_at(clause, k + 1)
            return (
                phrase
                if phrase and can_act(clause, phrase) and not is_weapon(clause, phrase)
                else None
            )
    return None


def _after_noun(clause: Clause, to: int) -> range | None:
    if clause.cut(to) or clause.word(to) not in AFTER_NOUN:
        return None
    phrase = phrase_at(clause, to + 1)
    dated = phrase and (
        NUMBER.match(clause.word(phrase[0]))
        or DATED.match(clause.word(phrase[0]))
        or clause.word(phrase[-1]) in TIMES
    )
    return None if dated else phrase


def _either(clause: Clause, at: int, to: int) -> Reading:
    """A word that can be noun or verb: a verb after to, a modal or a pronoun, or with an object and
    no article."""
    before, after = clause.word(at - 1), clause.word(to)
    plural = clause.word(at).endswith("s")
    verbal = before in MODALS | PRONOUNS or (
        not plural and (before == "to" or before.endswith("ly"))
    )
    if not clause.cut(at) and verbal:
        return _active(clause, at, to)
    takes = not clause.cut(to) and (
        after in DETERMINERS | OWNERS | OBJECTS or (weapons(before) and object_follows(clause, to))
    )
    opened = before in DETERMINERS | OWNERS | PREPOSITIONS or clause.cut(at)
    return _active(clause, at, to) if takes and not opened else _noun(clause, at, to)


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
