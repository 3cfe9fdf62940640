"""What a report was made from: parameters with their meanings, inputs by hash, versions, and the
command to repeat it."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from importlib import metadata
from typing import Any

from helpers import __version__
from helpers.show import html
from helpers.study import Report, Study, root

LIBRARIES = ("matplotlib", "nbconvert", "numpy", "pandas", "papermill", "pyarrow", "scipy")


def digest(value: Any) -> str:
    """Hash any plain value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def provenance(report: Report, key: dict[str, Any]) -> list[tuple[str, str]]:
    """Give what went in, by name.

    key  what the ledger was made from, as `helpers.engine.keys.key` gives it
    """
    files = key.get("inputs", {})
    rows = [(f"articles ({len(files)} files)", digest(files))]
    own = report.values.get("lexicons", [])  # the ledger may hold the hits of further ones
    rows += [
        (name, value) for name, value in sorted(key.get("lexicons", {}).items()) if name in own
    ]
    rows.append((f"notebook {report.notebook.name}", _hash(report.notebook.read_bytes())))
    rows.append(("code of the annotators", key.get("code", "")))
    lock = root() / "requirements.lock"
    rows.append(("requirements.lock", _hash(lock.read_bytes()) if lock.is_file() else "not there"))
    versions = key.get("versions", {}) | {name: metadata.version(name) for name in LIBRARIES}
    rows.append(("Python", platform.python_version()))
    return rows + sorted(versions.items())


def parameters(report: Report) -> list[dict[str, str]]:
    """Give each parameter with its value and meaning, in the notebook's order."""
    return [
        {
            "name": p.name,
            "value": json.dumps(report.values[p.name], ensure_ascii=False),
            "meaning": p.meaning,
        }
        for p in report.parameters
    ]


def command(study: Study, report: Report, settings: dict[str, str]) -> str:
    """Give the command that renders this report again."""
    sets = [
        part for name, value in sorted(settings.items()) for part in ("--set", f"{name}={value}")
    ]
    return shlex.join(
        [
            "framing",
            "report",
            study.called,
            *([] if study.called.endswith(".ipynb") else ["--only", report.name]),
            *sets,
        ]
    )


def citation(study: Study, title: str, version: str) -> tuple[str, str]:
    """Give how to cite a report: as text and as BibTeX.

    title    of the report
    version  of what it was made from: the beginning of its digest
    """
    by = study.author or "Unknown author"
    made = f"Framing Notebooks {__version__}, report made from {version}"
    text = f"{by} ({study.date or 'no date'}). {title} In: {study.title}. {made}."
    year = {"year": study.date[:4]} if study.date[:4].isdigit() else {}
    fields = {"author": by, "title": title, "howpublished": study.title, **year, "note": made}
    lines = ",\n".join(f"  {name} = {{{html.latex(value)}}}" for name, value in fields.items())
    return text, f"@misc{{{html.slug(study.name)}-{version},\n{lines}\n}}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
