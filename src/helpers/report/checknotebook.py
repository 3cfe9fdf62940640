"""What is wrong with a notebook: parameters, outputs that were left in, code that Python cannot read."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from helpers.study import Parameter, StudyError, declared, settle

LEAST = 10  # characters of a comment that says anything


def problems(file: Path) -> list[str]:
    """Give one line for each thing wrong with a notebook, with the line of the file where that is known."""
    try:
        parameters, lines = declared(file), []
    except StudyError as error:
        parameters, lines = [], list(error.problems)
    lines += _defaults(file, parameters)
    try:
        text = file.read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        return lines + [line for number, cell in enumerate(cells, start=1) for line in _cell(file, text, number, cell)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return lines or [f"{file}: not a notebook; save it again"]


def _defaults(file: Path, parameters: list[Parameter]) -> list[str]:
    where = f"{file}: parameters cell"
    silent = [f"{where}: {p.name} has no comment that says what it means; write one behind it" for p in parameters if len(p.meaning) < LEAST]
    try:
        settle(parameters, {p.name: p.default for p in parameters}, where)
    except StudyError as error:
        return silent + error.problems
    return silent


def _cell(file: Path, text: str, number: int, cell: dict) -> list[str]:
    if cell.get("cell_type") != "code":
        return []
    where = f"{file}:{_at(text, cell)}: cell {number}"
    lines = [f"{where}: has outputs; clear them (Edit, Clear Outputs of All Cells), they would go into the history"] if cell.get("outputs") else []
    lines += [f"{where}: {o['ename']}: {str(o.get('evalue', ''))[:120]}" for o in cell.get("outputs", []) if o.get("output_type") == "error"]
    source = "".join(cell.get("source", []))
    if any(line.lstrip().startswith(("%", "!")) for line in source.splitlines()):
        return lines
    try:
        ast.parse(source)
    except SyntaxError as error:
        lines.append(f"{where}, line {error.lineno}: {error.msg}")
    return lines


def _at(text: str, cell: dict) -> int:
    """The line of the file on which a cell says its id; 1 where it has none."""
    place = text.find(json.dumps(str(cell.get("id", "")))) if cell.get("id") else -1
    return text.count("\n", 0, max(place, 0)) + 1
