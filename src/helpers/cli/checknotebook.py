"""What is wrong with a notebook: parameters, outputs that were left in, code that Python cannot
read."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from helpers.study import Parameter, StudyError, settle
from helpers.study.parameters import inspected

LEAST = 10  # characters of a comment that says anything


def problems(file: Path) -> list[str]:
    """Give one line for each thing wrong with a notebook, with the line of the file where that is
    known."""
    try:
        parameters, lines = inspected(file)
    except StudyError as error:
        parameters, lines = [], list(error.problems)
    lines += _defaults(file, parameters)
    try:
        text = file.read_text(encoding="utf-8")
        cells = json.loads(text)["cells"]
        lines = [_placed(line, file, text, cells) for line in lines]
        return lines + [
            line
            for number, cell in enumerate(cells, start=1)
            for line in _cell(file, text, number, cell)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return lines or [f"{file}: not a notebook; save it again"]


def _placed(line: str, file: Path, text: str, cells: list[dict]) -> str:
    """A line on the parameters cell, with the line of the file."""
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    return (
        line.replace(
            f"{file}: parameters cell", f"{file}:{_at(text, tagged[0])}: parameters cell", 1
        )
        if tagged
        else line
    )


def _defaults(file: Path, parameters: list[Parameter]) -> list[str]:
    where = f"{file}: parameters cell"
    silent = [
        f"{where}: {p.name} has no comment that says what it means; write one behind it"
        for p in parameters
        if len(p.meaning) < LEAST
    ]
    try:
        settle(parameters, {p.name: p.default for p in parameters}, where)
    except StudyError as error:
        return silent + error.problems
    return silent


def _cell(file: Path, text: str, number: int, cell: dict) -> list[str]:
    if cell.get("cell_type") != "code":
        return []
    where = f"{file}:{_at(text, cell)}: cell {number}"
    lines = (
        [
            f"{where}: has outputs; clear them (Edit, Clear Outputs of All Cells), they would go"
            " into the history"
        ]
        if cell.get("outputs")
        else []
    )
    lines += [
        f"{where}: {o['ename']}: {str(o.get('evalue', ''))[:120]}"
        for o in cell.get("outputs", [])
        if o.get("output_type") == "error"
    ]
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
    place = (
        re.search(rf'"id":\s*{re.escape(json.dumps(str(cell["id"])))}', text)
        if cell.get("id")
        else None
    )
    return text.count("\n", 0, place.start()) + 1 if place else 1
