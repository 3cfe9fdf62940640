"""On whose side a speaker stands, as a user's file says it: sides → names or parts of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

UNPLACED = "not placed"
"""A speaker that the file does not list."""

NOBODY = "no speaker found"
"""Words attributed to nobody in particular, or to somebody the rules did not find."""

SHAPE = (
    "write `sides:`, then a line for each side with a list of speakers: `Government: [the ministry,"
    " Ana Rusk]`"
)
POSSESSIVE = re.compile(r"['’]s?(?!\w)")


class SidesError(ValueError):
    """What is wrong with a file of sides: one line for each thing."""


class Sides:
    """Looks up the side of a speaker.

    labels  the sides, in the file's order
    order   the sides, then UNPLACED and NOBODY
    names   part of a name, as `plain` gives it → its side
    """

    def __init__(self, names: Mapping[str, str], labels: list[str]):
        self.labels = labels
        self.order = [*labels, UNPLACED, NOBODY]
        self.names = dict(names)
        parts = sorted(names, key=lambda part: (-len(part), part))
        self._one = (
            re.compile(r"(?<!\w)(?:" + "|".join(map(_pattern, parts)) + r")(?!\w)")
            if parts
            else None
        )

    def of(self, speaker: str) -> str:
        """Give the side of a speaker; NOBODY for an empty name, UNPLACED for one the file does not
        list.

        A part is found as whole words, upper and lower case alike, a possessive left off; `*`
        stands for any
        ending. The longest part found in the name decides; of two that are equally long, the one
        that stands first.
        """
        words = plain(speaker)
        if not words:
            return NOBODY
        found = [match[0] for match in self._one.finditer(words)] if self._one else []
        if not found:
            return UNPLACED
        longest = max(found, key=len)  # max keeps the first of equals
        return self.names.get(longest) or next(
            s for p, s in self.names.items() if _fits(p, longest)
        )


def plain(words: str) -> str:
    """Give a name as it is compared: lower case, possessives off, single spaces.

    >>> plain("Estoval’s  Observers")
    'estoval observers'
    """
    return " ".join(POSSESSIVE.sub("", words).lower().split())


def _pattern(part: str) -> str:
    return re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "")


def _fits(part: str, found: str) -> bool:
    return part.endswith("*") and re.fullmatch(_pattern(part), found) is not None


def load(path: str | Path) -> Sides:
    """Read a file of sides; an empty path gives no sides, so that every speaker is UNPLACED.

    path    YAML: `sides: {side: [speakers or parts of their names]}`
    raises  SidesError with a line for each thing wrong: what was found, what to do
    """
    if not str(path):
        return Sides({}, [])
    data = _mapping(Path(path))
    problems, names = [], {}
    for side, parts in data.items():
        if side in (UNPLACED, NOBODY) or not isinstance(side, str):
            problems.append(
                f"{path}: a side is called {side!r}; give it another name, in quotes if need be"
            )
        elif not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            problems.append(
                f"{path}: {side}: found {parts!r}; give a list of names: [Ana Rusk, the ministry]"
            )
        else:
            problems += _add(str(path), side, parts, names)
    if problems:
        raise SidesError("\n".join(problems))
    return Sides(names, list(data))


def _mapping(path: Path) -> dict[Any, Any]:
    """The sides of the file, as it has them."""
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SidesError(f"{path}: there is no such file; {SHAPE}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SidesError(
            f"{path}: cannot be read ({type(error).__name__}); save it as text in UTF-8"
        ) from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", None) or error).split())[:120]
        raise SidesError(f"{path}{line}: is not YAML: {problem}; {SHAPE}") from None
    found = data.get("sides") if isinstance(data, dict) else None
    if not isinstance(found, dict) or not found:
        keys = ", ".join(map(str, data)) if isinstance(data, dict) else type(data).__name__
        raise SidesError(f"{path}: has no sides (found {keys or 'nothing'}); {SHAPE}")
    return found


def _add(path: str, side: str, parts: list[str], names: dict[str, str]) -> list[str]:
    """Take the parts of one side in; say which are empty or stand on two sides."""
    problems = []
    for part in parts:
        key = plain(part)
        if not key.strip("* "):
            problems.append(f"{path}: {side}: an empty name; write the name, or take the entry out")
        elif names.setdefault(key, side) != side:
            problems.append(
                f"{path}: {part!r} stands on two sides, {names[key]} and {side}; take one out"
            )
    return problems
