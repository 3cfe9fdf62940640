"""Names that a notebook was given, against the names that its corpus has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def chosen(wanted: list[str], there: Iterable[str], what: str) -> list[str]:
    """Give the names wanted, or all there are where none is named; sorted.

    what    the noun for the error line: outlet, voice, term
    raises  ValueError naming those that are not there and what is

    >>> chosen([], ["Wire", "Beacon"], "outlet"), chosen(["Wire"], ["Wire", "Beacon"], "outlet")
    (['Beacon', 'Wire'], ['Wire'])
    """
    known = sorted(set(there))
    if strange := [name for name in wanted if name not in known]:
        near = difflib.get_close_matches(strange[0], known, n=1)
        hint = (
            f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known[:12]) or 'none'}"
        )
        raise ValueError(f"no {what} {strange[0]!r} in this corpus; {hint}")
    return sorted(wanted) if wanted else known


def voices(wanted: list[str], known: Iterable[str], own: Iterable[str]) -> list[str]:
    """Give the voices wanted, in the order of `known`; `own` stands for all in which an outlet
    itself speaks.

    >>> voices(["own"], ["narration", "quote", "headline"], ["headline", "narration"])
    ['narration', 'headline']
    """
    spelled = [voice for name in wanted for voice in (own if name == "own" else [name])]
    picked = chosen(sorted(set(spelled)), known, "voice")
    return [voice for voice in known if voice in picked]


def terms(wanted: list[str], entries: Iterable[str]) -> list[str]:
    """Give the entries of a lexicon that are meant by the terms wanted; all where none is named.

    A term names its entry with or without wildcards: `dictator` means `dictator*`.

    >>> terms(["dictator"], ["dictator*", "war"]), terms([], ["war"])
    (['dictator*'], ['war'])
    """
    known = sorted(set(entries))
    bare = {entry.replace("*", "").lower(): entry for entry in known}
    return chosen([bare.get(term.replace("*", "").lower(), term) for term in wanted], known, "term")
