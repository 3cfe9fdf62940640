"""What a sweep comes to: which findings hold for every value of the parameter, and which change."""

from __future__ import annotations

import json
from typing import Any

from helpers.ledger.placing import put
from helpers.render.page import findings, site
from helpers.study import Report, Study


def families(study: Study) -> dict[str, list[Report]]:
    """Give the reports of each sweep, by the name of its page."""
    found: dict[str, list[Report]] = {}
    for report in study.reports:
        if report.sweep:
            found.setdefault(f"sweep-{report.family}-{report.sweep}", []).append(report)
    return found


def write_sweeps(study: Study) -> None:
    """Write a page for each sweep whose reports are all there."""
    for name, reports in families(study).items():
        pages = [study.folder / f"{report.name}.html" for report in reports]
        if all(page.is_file() for page in pages):
            _write(
                study, name, reports, [findings(page.read_text(encoding="utf-8")) for page in pages]
            )


def compare(columns: list[list[str]]) -> list[dict[str, Any]]:
    """Put findings of the same place side by side, and say which are the same in all.

    columns  the findings of each report; reports of one notebook have them in the same order
    """
    longest = max(map(len, columns), default=0)
    rows = [[column[i] if i < len(column) else "–" for column in columns] for i in range(longest)]
    return [{"cells": row, "holds": len(set(row)) == 1} for row in rows]


def summary(study: Study, name: str) -> str:
    """Say in a sentence how many findings of a sweep hold, from its page's reports."""
    pages = [study.folder / f"{r.name}.html" for r in families(study)[name]]
    if not all(page.is_file() for page in pages):
        return "Not every report of the sweep could be rendered"
    rows = compare([findings(page.read_text(encoding="utf-8")) for page in pages])
    same = sum(row["holds"] for row in rows)
    return f"{same} of {len(rows)} findings read the same for all {len(pages)} values"


def _write(study: Study, name: str, reports: list[Report], columns: list[list[str]]) -> None:
    swept = reports[0].sweep
    heads = [
        {"name": r.name, "value": json.dumps(r.values[swept], ensure_ascii=False)} for r in reports
    ]
    rows = compare(columns)
    same = sum(row["holds"] for row in rows)
    title = f"{same} of {len(rows)} findings read the same whatever {swept} is"
    markup = site("sweep.html.j2", study=study, swept=swept, heads=heads, rows=rows, title=title)
    put(study.folder / f"{name}.html", markup)
