"""A study's reports as an RO-Crate: what was run on what, and what came of it, for programs.

Follows RO-Crate 1.1 and the Process Run Crate profile 0.5 (Workflow Run RO-Crate, Leo et al. 2024,
doi:10.1371/journal.pone.0309210).
"""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any

from helpers import __version__
from helpers.ledger import key, put_text
from helpers.render.provenance import digest, provenance
from helpers.study import Report, Study

NAME = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
KINDS = {
    ".html": "text/html",
    ".csv": "text/csv",
    ".tex": "application/x-tex",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".png": "image/png",
}


def write_crate(study: Study, ledger: Path) -> None:
    """Write ro-crate-metadata.json beside the reports of a study.

    ledger  the folder of the tables that the reports were made from
    """
    made = key(ledger)
    files = {report.name: _files(study.folder, report.name) for report in study.reports}
    inputs = {
        "@id": f"#articles-{digest(made.get('inputs', {}))[:12]}",
        "@type": "Dataset",
        "name": f"{len(made.get('inputs', {}))} files of articles",
        "identifier": digest(made.get("inputs", {})),
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": study.title,
        "description": study.description or study.title,
        "conformsTo": {"@id": PROFILE},
        "hasPart": [{"@id": name} for names in files.values() for name in names],
        "mentions": [{"@id": f"#run-{name}"} for name in files],
    }
    root |= {"datePublished": study.date} if study.date else {}
    root |= {"author": {"@id": "#author"}} if study.author else {}
    author = {"@id": "#author", "@type": "Person", "name": study.author}
    graph = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        root,
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        inputs,
        *([author] if study.author else []),
    ]
    for report in study.reports:
        graph += _run(study, report, made, inputs, files[report.name])
    text = json.dumps(
        {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph},
        ensure_ascii=False,
        indent=1,
    )
    put_text(study.folder / NAME, text + "\n")


def _files(folder: Path, name: str) -> list[str]:
    """A report's page, its passages, tables and figures, from the study's folder."""
    found = [folder / f"{name}.html", folder / f"{name}.passages.html"]
    found += [
        p for kind in ("tables", "figures") for p in sorted((folder / kind).glob(f"{name}.*"))
    ]
    return [p.relative_to(folder).as_posix() for p in found if p.is_file()]


def _run(
    study: Study, report: Report, made: dict[str, Any], inputs: dict, files: list[str]
) -> list[dict[str, Any]]:
    """The notebook, its run with the parameters that differ from its defaults, and its files."""
    notebook = f"#notebook-{report.notebook.stem}-{report.name}"
    parts = dict(provenance(report, made))
    given = [
        {
            "@id": f"#{report.name}-{name}",
            "@type": "PropertyValue",
            "name": name,
            "value": json.dumps(value, ensure_ascii=False),
        }
        for name, value in report.changed.items()
    ]
    objects = [{"@id": inputs["@id"]}, *({"@id": each["@id"]} for each in given)]
    return [
        {
            "@id": notebook,
            "@type": "SoftwareApplication",
            "name": f"{report.notebook.name} of Framing Notebooks",
            "version": __version__,
            "identifier": parts[f"notebook {report.notebook.name}"],
            "softwareRequirements": f"Python {platform.python_version()}",
        },
        {
            "@id": f"#run-{report.name}",
            "@type": "CreateAction",
            "name": f"{report.name} of {study.title}",
            "instrument": {"@id": notebook},
            "object": objects,
            "result": [{"@id": name} for name in files],
        },
        *given,
        *(
            {"@id": name, "@type": "File", "encodingFormat": KINDS.get(Path(name).suffix, "")}
            for name in files
        ),
    ]
