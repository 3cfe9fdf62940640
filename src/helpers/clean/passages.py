"""Which lines of an HTML page's visible text are the passages that trafilatura took for the
article."""

from __future__ import annotations

from helpers.clean.lines import WORD, Line
from helpers.clean.run import AFTER, BEFORE, GAP, INSIDE

GRAM = 4  # runs of four words, as shingles are counted
SHARE = 0.6  # of a line's runs that must be in the main text: footnote marks and links break some


def inside(found: list[Line], main: tuple[str, ...]) -> list[int]:
    """The state of each line: INSIDE where the main text holds it, BEFORE, GAP or AFTER
    elsewhere."""
    grams, whole = set(), set()
    for passage in main:
        for part in passage.splitlines():
            words = tuple(WORD.findall(part.lower()))
            whole.add(words)
            grams.update(zip(*(words[at:] for at in range(GRAM)), strict=False))
    held = [_held(row, grams, whole) for row in found]
    first = next((at for at, yes in enumerate(held) if yes), len(held))
    last = len(held) - next((at for at, yes in enumerate(reversed(held)) if yes), len(held))
    return [
        INSIDE if yes else BEFORE if at < first else GAP if at < last else AFTER
        for at, yes in enumerate(held)
    ]


def _held(row: Line, grams: set[tuple[str, ...]], whole: set[tuple[str, ...]]) -> bool:
    words = tuple(WORD.findall(row.text.lower()))
    if words in whole:
        return bool(words)
    runs = list(zip(*(words[at:] for at in range(GRAM)), strict=False))
    return bool(runs) and sum(run in grams for run in runs) >= SHARE * len(runs)
