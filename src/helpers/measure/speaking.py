"""Who is given words, how many, and by which kind of passage. Counts tokens, never sees text."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.ledger import OWN

INTERVIEW = "interview"
"""Kind of a stretch of an interviewee's turn; the other kinds are those of `quotes`."""

PARTS = {
    "own voice": OWN,
    "quoted": ("quote",),
    "reported": ("indirect",),
    "interviewed": ("interviewee",),
    "other": ("interviewer", "scare", "translator"),
}
"""Voices by whose words they are, for shares of an outlet's text; `other` is the outlet's pen at
arm's length."""

GIVEN = ("quoted", "reported", "interviewed")
"""The parts of PARTS that are somebody else's words."""

KINDS = ("direct", "mixed", "indirect", "attitude", INTERVIEW)
TYPES = ("person", "organisation", "document", "anonymous", "unattributed")
ITSELF = "the outlet itself"


def part(voices: pd.Series) -> pd.Series:
    """Give for each voice its name in PARTS."""
    return voices.map({voice: name for name, members in PARTS.items() for voice in members})


def whose(rows: pd.DataFrame, side: Callable[[str], str]) -> pd.Series:
    """Say for each row (hit, words …) on whose side its words are.

    rows     voice, speaker
    side     speaker → side
    returns  ITSELF where the outlet speaks; the speaker's side for quotation, reported speech and
             interviewees;
             the voice's name for the others (scare, interviewer, translator)
    """
    given = rows["voice"].isin(["quote", "indirect", "interviewee"])
    sides = rows["speaker"].fillna("").map(side)
    return sides.where(given, rows["voice"].where(~rows["voice"].isin(OWN), ITSELF))


STANDS = ("asserting", "denying", "conceding", "demanding", "warning", "criticising", "praising")
"""Classes of reporting verbs by which an outlet says more than that somebody spoke."""

TONES = ("neutral", *STANDS, "another")


def tone(group: pd.Series) -> pd.Series:
    """Give for each class of cue how it introduces: neutrally, by a verb that takes a stand (its
    class), or otherwise."""
    neutral = group.isin(["neutral", "according to"])
    return group.where(group.isin(STANDS), "another").where(~neutral, "neutral")
