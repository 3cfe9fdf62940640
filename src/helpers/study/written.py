"""A study.yml as it is written: YAML 1.2, in which NO and 12:30 stay text, each key with its
line."""

from __future__ import annotations

import difflib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from helpers.study import parameters
from helpers.study.errors import StudyError


def read(path: Path) -> dict[str, Any]:
    """Give the mapping that a study.yml holds. Raises StudyError, with the line where one is
    known."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        data = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StudyError([f"{path}: there is no such file"]) from None
    except UnicodeDecodeError:
        raise StudyError([f"{path}: not UTF-8 text; save it as UTF-8"]) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise StudyError([f"{path}:{line}: not YAML: {error.problem}; mend the line"]) from None
    except YAMLError as error:
        raise StudyError([f"{path}: not YAML: {str(error).splitlines()[0]}"]) from None
    if not isinstance(data, dict):
        raise StudyError([f"{path}: a study is a list of `key: value`; data/README.md shows one"])
    for key, value in data.items():
        if isinstance(value, date) and not isinstance(value, datetime):
            data[key] = value.isoformat()
    return data


KINDS = {**parameters.KINDS, dict: "`name: value` lines"}


def shape(data: Any, keys: dict[str, type], where: str) -> list[str]:
    """Give a line for each key that is not among `keys` or whose value is of another kind."""
    problems = []
    for key, value in data.items():
        line = place(where, data, key)
        if key not in keys:
            near = difflib.get_close_matches(str(key), keys, n=1)
            problems.append(
                f"{line}: unknown key {key}; "
                + (f"did you mean {near[0]}?" if near else f"known: {', '.join(keys)}")
            )
        elif not isinstance(value, keys[key]):
            kind = KINDS[keys[key]]
            problems.append(f"{line}: {key} is {value!r}; give {kind}")
    return problems


def place(where: str, data: Any, key: Any) -> str:
    """A key or a number of an item with its place in the file, where that is known."""
    marks = getattr(getattr(data, "lc", None), "data", None) or {}
    return f"{where}:{marks[key][0] + 1}" if key in marks else where
