"""The parameters a notebook declares, and the strict check of the values it is given.

A parameters cell holds one literal to a line, and a comment that says what it means and what it may
be:

    window = 12        # words shown on either side of a term (1 to 60)
    evidence = "sentences"   # what a report may print (one of sentences, locations)
    outlets = []       # none named: all of them
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import re
import tokenize
from pathlib import Path
from typing import Any, NamedTuple

from helpers.study.errors import StudyError

RANGE = re.compile(r"\((-?\d{1,15}(?:\.\d{1,15})?) to (-?\d{1,15}(?:\.\d{1,15})?)\)")
CHOICES = re.compile(r"\(one of ([^()]+)\)")
KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
}


class Parameter(NamedTuple):
    """A name a notebook may be given, its default, what it means, and the values allowed."""

    name: str
    default: Any
    meaning: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def declared(notebook: Path) -> list[Parameter]:
    """Give the parameters of a notebook in the order of its parameters cell.

    Raises StudyError where the notebook cannot be read, has no parameters cell, or the cell
    holds anything but names set to literals (derived defaults would go stale when one is set).

    >>> declared(Path("notebooks/02-loaded-terms.ipynb"))[0].name
    'corpus'
    """
    found, problems = inspected(notebook)
    if problems:
        raise StudyError(problems)
    return found


def inspected(notebook: Path) -> tuple[list[Parameter], list[str]]:
    """Give the parameters of a notebook that can be read, and a line for each thing wrong with its
    parameters cell.

    Raises StudyError where there is no notebook or no parameters cell.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise StudyError(
            [f"{notebook}: there is no such notebook; `ls notebooks` shows those there are"]
        ) from None
    except json.JSONDecodeError as error:
        raise StudyError(
            [
                f"{notebook}:{error.lineno}: not a notebook (no readable JSON with cells); save it"
                " again"
            ]
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StudyError(
            [f"{notebook}: not a notebook (no readable JSON with cells); save it again"]
        ) from None
    try:
        tagged = [
            "".join(cell["source"])
            for cell in cells
            if "parameters" in cell.get("metadata", {}).get("tags", [])
        ]
        if len(tagged) == 1:
            return _from_source(tagged[0], notebook)
    except Exception as error:  # whatever a damaged notebook holds, it is one line
        raise StudyError(
            [
                f"{notebook}: its cells cannot be read ({type(error).__name__}); save it again in"
                " JupyterLab"
            ]
        ) from None
    if tagged:
        words = f"{len(tagged)} cells are tagged parameters; only one may be, untag the others"
        raise StudyError([f"{notebook}: {words}"])
    words = "no cell is tagged parameters; tag the first code cell in JupyterLab"
    raise StudyError([f"{notebook}: {words}"])


def _from_source(source: str, notebook: Path) -> tuple[list[Parameter], list[str]]:
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [], [f"{notebook}: parameters cell, line {error.lineno}: {error.msg}"]
    comments = _comments(source)
    found, problems = [], []
    for node in tree.body:
        try:
            found.append(_parameter(node, comments, notebook))
        except StudyError as error:
            problems += error.problems
    return found, problems


def _parameter(node: ast.stmt, comments: dict[int, str], notebook: Path) -> Parameter:
    where = f"{notebook}: parameters cell, line {node.lineno}"
    if not (
        isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
    ):
        raise StudyError(
            [f"{where}: only `name = literal` may stand here; move the rest to the next cell"]
        )
    try:
        default = ast.literal_eval(node.value)
    except ValueError:
        raise StudyError(
            [
                f"{where}: {node.targets[0].id} is computed; give a literal and derive in the next"
                " cell"
            ]
        ) from None
    meaning = comments.get(node.end_lineno or node.lineno, "")
    bounds, choices = RANGE.search(meaning), CHOICES.search(meaning)
    low, high = (float(bounds[1]), float(bounds[2])) if bounds else (None, None)
    named = tuple(part.strip() for part in choices[1].split(",")) if choices else ()
    return Parameter(node.targets[0].id, default, meaning, low, high, named)


def _comments(source: str) -> dict[int, str]:
    """Comment by line number, without its mark."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT}


def settle(parameters: list[Parameter], given: dict[str, Any], where: str) -> dict[str, Any]:
    """Give every parameter its value: the given one where it is allowed, else the default.

    parameters  as `declared` gives them
    given       values by name; text from the command line must have gone through `from_text`
    where       stands at the head of each error line
    raises      StudyError with a line for each unknown name, wrong type, value out of range

    >>> known = declared(Path("notebooks/02-loaded-terms.ipynb"))
    >>> settle(known, {"most": 3}, "02-loaded-terms")["most"]
    3
    """
    known = {p.name: p for p in parameters}
    given = {name: _whole(known.get(name), value) for name, value in given.items()}
    problems = [_unknown(name, known, where) for name in given if name not in known]
    for name, value in given.items():
        if name in known and (wrong := _wrong(known[name], value)):
            problems.append(f"{where}: {name} is {value!r}; {wrong}")
    if problems:
        raise StudyError(problems)
    return {p.name: given.get(p.name, p.default) for p in parameters}


def check(name: str, values: dict[str, Any], base: Path | None = None) -> None:
    """Check the parameters of a running notebook, and put text in its right form: with plain
    papermill, `-p terms war` is one term and `-p by month` one column.

    name    of the notebook, whose parameters cell says what is allowed: 02-loaded-terms
    values  globals() of the notebook; parameters are changed in it
    base    the project's folder
    raises  StudyError with a line for each value that is not allowed

    Example: study.check("02-loaded-terms", globals())

    >>> values = {"by": "month", "terms": ["war"]}
    >>> check("02-loaded-terms", values)
    >>> values["by"]
    ['month']
    """
    from helpers.study.files import root

    parameters = declared((base or root()) / "notebooks" / f"{name}.ipynb")
    given = {}
    for parameter in parameters:
        value = values.get(parameter.name, parameter.default)
        is_text = isinstance(value, str) and not isinstance(parameter.default, str)
        given[parameter.name] = from_text(parameter, value) if is_text else value
    values |= settle(parameters, given, name)


def _unknown(name: str, known: dict[str, Parameter], where: str) -> str:
    near = difflib.get_close_matches(str(name), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}"
    return f"{where}: the notebook has no parameter {name}; {hint}"


def _wrong(parameter: Parameter, value: Any) -> str:
    """Say what a value should have been, or nothing where it is right."""
    kind = type(parameter.default)
    if not _same_kind(kind, value):
        return f"give {KINDS.get(kind, kind.__name__)}"
    if isinstance(value, list) and not all(isinstance(item, str | int | float) for item in value):
        return "give a list of plain values"
    if parameter.choices and any(v not in parameter.choices for v in _each(value)):
        return f"give one of {', '.join(parameter.choices)}"
    if parameter.low is not None and not all(
        parameter.low <= v <= parameter.high for v in _each(value)
    ):
        return f"give a value from {parameter.low:g} to {parameter.high:g}"
    return ""


def _whole(parameter: Parameter | None, value: Any) -> Any:
    """One plain value where a list is asked for is a list of one: `by: month`."""
    wants_list = parameter is not None and isinstance(parameter.default, list)
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return [value] if wants_list and plain else value


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same_kind(kind: type, value: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind


def _listed(text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return text


def from_text(parameter: Parameter, text: str) -> Any:
    """Read a value from the command line as the parameter's type; text that does not fit comes back
    as text.

    Lists are separated by commas, or written as in YAML: `--set outlets=Reuters,Politico`.
    """
    kind = type(parameter.default)
    if kind is list and text.startswith("["):
        return _listed(text)
    if kind is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    try:
        return kind(text) if kind in (int, float) else text
    except ValueError:
        return text
