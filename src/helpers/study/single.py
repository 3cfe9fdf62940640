"""One notebook by itself as a study: what it is given stands in its own parameters cell, and
nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.study.errors import StudyError
from helpers.study.files import Report, Study, _inside, _slug, root
from helpers.study.parameters import declared, from_text, settle


def of_notebook(path: Path, settings: dict[str, str] | None = None) -> Study:
    """Make a study of a notebook and its defaults.

    path      a notebook whose parameters name a corpus; its pages go to reports/<its name>/, or
              beside it where it
              stands outside the project
    settings  values from the command line, as text
    raises    StudyError where the parameters are wrong, or a study of that name has its own
              study.yml
    """
    path = path.resolve()
    parameters = declared(path)
    known = {p.name: p for p in parameters}
    if "corpus" not in known:
        raise StudyError(
            [
                f"{path.name}: has no parameter corpus; a notebook that is rendered by itself names"
                " its articles"
            ]
        )
    given = {
        name: from_text(known[name], text) if name in known else text
        for name, text in (settings or {}).items()
    }
    values = settle(parameters, given, path.name)
    name = _slug(path.stem, path.name)
    folder = root() / "reports" / name if path.is_relative_to(root()) else path.parent / name
    if (folder / "study.yml").is_file():
        raise StudyError(
            [f"reports/{name} has a study.yml of its own: render that with framing report {name}"]
        )
    lexicons = tuple(_inside(str(file)) for file in values.get("lexicons", []))
    missing = [
        f"{path.name}: lexicon {file}: there is no such file"
        for file in lexicons
        if not file.is_file()
    ]
    if missing:
        raise StudyError(missing)
    report = Report(name, path, values, tuple(parameters))
    evidence = values.get("evidence", "sentences")
    return Study(
        name,
        folder,
        path,
        _title(path),
        "",
        _inside(values["corpus"]),
        lexicons,
        evidence,
        {},
        (report,),
    )


def _title(path: Path) -> str:
    """The first heading of the notebook, else its name."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = (
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
    )
    return next((line[2:].strip() for line in lines if line.startswith("# ")), path.stem)
