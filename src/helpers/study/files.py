"""Reads study.yml with YAML 1.2 (so that NO and 12:30 stay text) and says everything wrong with it
at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from helpers.study.errors import StudyError
from helpers.study.parameters import Parameter, declared, from_text, settle
from helpers.study.written import place, read, shape

EVIDENCE = ("sentences", "locations")
KEYS = {
    "title": str,
    "description": str,
    "author": str,
    "date": str,
    "corpus": str,
    "lexicons": list,
    "evidence": str,
    "columns": dict,
    "cleaned": bool,
    "reports": list,
}
CLEANED = "cleaned"
"""Key of a study whose texts are articles already, cut out of their pages: little is cut of them.
It goes with the columns, since the tables depend on both."""

NEEDED = ("title", "corpus", "reports")
REPORT_KEYS = {"notebook": str, "name": str, "parameters": dict, "sweep": dict}
SHARED = ("corpus", "lexicons", "evidence")
"""Study keys that every notebook which declares them is given."""


@dataclass(frozen=True)
class Report:
    """One notebook with one set of parameters: one page."""

    name: str
    notebook: Path
    values: dict[str, Any]
    parameters: tuple[Parameter, ...]
    sweep: str = ""
    family: str = ""

    @property
    def changed(self) -> dict[str, Any]:
        """The values that differ from the notebook's defaults."""
        defaults = {p.name: p.default for p in self.parameters}
        return {name: value for name, value in self.values.items() if value != defaults[name]}


@dataclass(frozen=True)
class Study:
    """A validated study: what to read, what to run, where the pages go."""

    name: str
    folder: Path
    file: Path
    title: str
    description: str
    corpus: Path
    lexicons: tuple[Path, ...]
    evidence: str
    columns: dict[str, str]
    reports: tuple[Report, ...] = field(default=())
    author: str = ""
    date: str = ""

    @property
    def called(self) -> str:
        """What `framing report` calls it: the name of its folder in reports/, or the notebook that
        it consists of."""
        return _relative(self.file) if self.file.suffix == ".ipynb" else self.name

    def into(self, folder: Path, evidence: str) -> Study:
        """The same study with its pages in another folder and the other kind of evidence."""
        reports = tuple(
            replace(r, values={**r.values, "evidence": evidence}) if "evidence" in r.values else r
            for r in self.reports
        )
        return replace(self, folder=folder, evidence=evidence, reports=reports)


def root() -> Path:
    """The project's folder; every path in a study or notebook is relative to it.

    >>> (root() / "notebooks").is_dir()
    True
    """
    return Path(__file__).resolve().parents[3]


def find(name: str) -> Path:
    """Give the study.yml of a study named as in reports/, or given as a path to a file or folder.

    Raises StudyError naming the studies there are.

    >>> find("demo").as_posix().endswith("reports/demo/study.yml")
    True
    """
    for path in (
        root() / "reports" / name / "study.yml",
        Path(name) / "study.yml",
        Path(name),
        root() / name,
    ):
        if path.is_file():
            return path
    there = sorted(p.parent.name for p in (root() / "reports").glob("*/study.yml"))
    raise StudyError(
        [
            f"no study {name}: there is no reports/{name}/study.yml; the studies are"
            f" {', '.join(there) or 'none'}"
        ]
    )


def load(path: Path, settings: dict[str, str] | None = None) -> Study:
    """Read and check a study.

    path      a study.yml, or a notebook, which is a study by itself
    settings  values from the command line, as text; each must be a parameter of at least one report
    raises    StudyError with a line, and the line number where one is known, for each problem

    >>> load(find("demo")).title
    'Forty-five days'
    """
    try:
        return _load(path, settings)
    except StudyError:
        raise
    except (
        Exception,
        RecursionError,
    ) as error:  # YAML can hold what no study does: it is still one line
        raise StudyError(
            [
                f"{path}: cannot be read as a study ({type(error).__name__}); data/README.md shows"
                " its keys"
            ]
        ) from None


def _load(path: Path, settings: dict[str, str] | None = None) -> Study:
    if path.suffix == ".ipynb":
        from helpers.study.single import of_notebook

        return of_notebook(path, settings)
    data = read(path)
    problems = shape(data, KEYS, str(path)) + [
        f"{path}: {key} is missing" for key in NEEDED if key not in data
    ]
    missing = {
        key for key in KEYS if not isinstance(data.get(key), KEYS[key])
    }  # and what is there is checked all the same
    given = {key: value for key, value in data.items() if key not in missing}
    settings = dict(settings or {})
    evidence = settings.get("evidence", given.get("evidence", "sentences"))
    study = Study(
        name=path.parent.resolve().name,
        folder=path.parent,
        file=path,
        title=given.get("title", "(missing)"),
        description=given.get("description", ""),
        corpus=_inside(settings.get("corpus", given.get("corpus", "(missing)"))),
        lexicons=tuple(_inside(str(item)) for item in given.get("lexicons", [])),
        evidence=evidence,
        columns={str(k): str(v) for k, v in given.get("columns", {}).items()}
        | ({CLEANED: "true"} if given.get(CLEANED) else {}),
        author=given.get("author", ""),
        date=given.get("date", ""),
    )
    problems += _common(study, data)
    if "reports" in missing:
        raise StudyError(problems)
    return replace(study, reports=_reports(study, data, settings, problems))


def corpus_of(path: Path) -> tuple[str, Path] | None:
    """Give the place in a study.yml where its corpus is named, and the corpus, whatever else is
    wrong with the file.

    >>> corpus_of(find("demo"))[1].name
    'demo'
    """
    try:
        data = read(path)
    except StudyError:
        return None
    name = data.get("corpus")
    return (
        (place(str(path), data, "corpus"), _inside(name))
        if isinstance(name, str) and name.strip(" \0")
        else None
    )


def _inside(name: str) -> Path:
    path = Path(name)
    return path if path.is_absolute() else root() / path


def _reports(
    study: Study, data: dict[str, Any], settings: dict[str, str], found: list[str]
) -> tuple[Report, ...]:
    problems, reports, used = list(found), [], {"evidence", "corpus"} & set(settings)
    for number, item in enumerate(data["reports"]):
        where = f"{study.file}:{data['reports'].lc.item(number)[0] + 1}"
        try:
            for report in _expand(study, item, where, settings, used):
                if report.name.lower() in {r.name.lower() for r in reports}:
                    raise StudyError(
                        [f"{where}: two reports are called {report.name}; give one of them a name"]
                    )
                reports.append(report)
        except StudyError as error:
            problems += error.problems
    problems += [
        f"--set {name}: no notebook of this study has a parameter {name}"
        for name in settings
        if name not in used
    ]
    if not reports and not problems:
        problems.append(f"{study.file}: reports is empty; name at least one notebook")
    if problems:
        raise StudyError(problems)
    return tuple(reports)


def _common(study: Study, data: Any) -> list[str]:
    problems, where = [], str(study.file)
    named = str(data.get("corpus", "x") if isinstance(data, dict) else "x")
    if not study.title.strip() or not named.strip() or "\0" in str(study.corpus):
        problems.append(f"{study.file}: title and corpus must say something")
    if study.evidence not in EVIDENCE:
        problems.append(
            f"{place(where, data, 'evidence')}: evidence is {study.evidence!r}; give"
            f" {' or '.join(EVIDENCE)}"
        )
    for number, path in enumerate(study.lexicons):
        if not path.is_file():
            problems.append(
                f"{place(where, data['lexicons'], number)}: lexicon {path}: there is no such file"
            )
    return problems


def _expand(
    study: Study, item: Any, where: str, settings: dict[str, str], used: set[str]
) -> list[Report]:
    """One report, or one for each value of its sweep."""
    if not isinstance(item, dict) or "notebook" not in item:
        raise StudyError([f"{where}: a report names its notebook: `- notebook: 02-loaded-terms`"])
    problems, reports = shape(item, REPORT_KEYS, str(study.file)), []
    given = {
        key: value for key, value in item.items() if isinstance(value, REPORT_KEYS.get(key, ()))
    }
    try:
        reports = _pages(study, given, where, settings, used) if "notebook" in given else []
    except StudyError as error:
        problems += error.problems
    if problems:
        raise StudyError(problems)
    return reports


def _pages(
    study: Study, item: dict[str, Any], where: str, settings: dict[str, str], used: set[str]
) -> list[Report]:
    notebook = _notebook(item["notebook"], where)
    parameters = declared(notebook)
    given = _given(study, parameters, dict(item.get("parameters", {})), settings, used)
    name = _slug(item.get("name", notebook.stem), where)
    if not (sweep := item.get("sweep")):
        return [Report(name, notebook, settle(parameters, given, where), tuple(parameters))]
    return _sweep(name, notebook, parameters, given, sweep, where)


def _sweep(
    name: str, notebook: Path, parameters: list[Parameter], given: dict, sweep: dict, where: str
) -> list[Report]:
    if (
        len(sweep) != 1
        or not isinstance(next(iter(sweep.values())), list)
        or not next(iter(sweep.values()))
    ):
        raise StudyError(
            [
                f"{where}: a sweep is one parameter with a list of values: `sweep: {{window: [5,"
                " 10]}`"
            ]
        )
    [(swept, values)] = sweep.items()
    return [
        Report(
            _slug(
                f"{name}-{swept}-{'-'.join(map(str, value)) if isinstance(value, list) else value}",
                where,
            ),
            notebook,
            settle(parameters, {**given, swept: _plain(value)}, where),
            tuple(parameters),
            sweep=swept,
            family=name,
        )
        for value in values
    ]


def _given(
    study: Study, parameters: list[Parameter], own: dict, settings: dict[str, str], used: set[str]
) -> dict[str, Any]:
    """What the study, then the report, then the command line say."""
    known = {p.name: p for p in parameters}
    shared = {
        "corpus": _relative(study.corpus),
        "lexicons": [_relative(p) for p in study.lexicons],
        "evidence": study.evidence,
    }
    # a study that names no lexicons leaves each notebook its own
    sound = [name for name in SHARED if name != "lexicons" or study.lexicons]
    if study.evidence not in EVIDENCE:  # what is wrong with it was said of the study
        sound.remove("evidence")
    given = {name: shared[name] for name in sound if name in known} | {
        k: _plain(v) for k, v in own.items()
    }
    for name, text in settings.items():
        if name in known and name not in ("evidence", "corpus"):
            used.add(name)
            given[name] = from_text(known[name], text)
    return given


def _relative(path: Path) -> str:
    """As written in a report: from the project's folder, so that no machine's path is shown."""
    return path.relative_to(root()).as_posix() if path.is_relative_to(root()) else path.as_posix()


MOST = 10_000
"""Values that one parameter may unfold to; aliases inside aliases make millions of a few lines."""


def _plain(value: Any, left: list[int] | None = None) -> Any:
    """ruamel's containers as Python's own, so that they compare and print as literals do.

    raises  StudyError for what unfolds to more than MOST values
    """
    left = [MOST] if left is None else left
    left[0] -= 1
    if left[0] < 0:
        at = getattr(getattr(value, "lc", None), "line", None)
        where = f"line {at + 1}: " if at is not None else ""
        raise StudyError(
            [f"{where}a parameter unfolds to more than {MOST:,} values; write it without aliases"]
        )
    if isinstance(value, list):
        return [_plain(item, left) for item in value]
    if isinstance(value, dict):
        return {str(k): _plain(v, left) for k, v in value.items()}
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()  # `since: 2031-03-01` is a day to YAML, and text to a notebook
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _notebook(name: str, where: str) -> Path:
    path = _inside(name if name.endswith(".ipynb") else f"notebooks/{name}.ipynb")
    if not path.is_file():
        there = sorted(p.stem for p in (root() / "notebooks").glob("*.ipynb"))
        raise StudyError(
            [f"{where}: there is no notebook {name}; notebooks/ has {', '.join(there)}"]
        )
    return path


def _slug(name: str, where: str) -> str:
    """A report's name becomes a file name, so it may hold nothing else than letters, digits,
    hyphens and dots."""
    slug = re.sub(
        "-+", "-", "".join(c if (c.isalnum() and c.isascii()) or c in "-_" else "-" for c in name)
    ).strip("-")
    if not slug or slug.lower() == "index" or len(slug) > 80:
        raise StudyError(
            [f"{where}: {name!r} cannot name a page; use up to 80 letters, digits and hyphens"]
        )
    return slug
