"""Everything wrong with corpora, studies, lexicons and notebooks, at once."""

from __future__ import annotations

from pathlib import Path

from helpers.report import checkcorpus, checknotebook
from helpers.study import StudyError, load, root


def problems(paths: list[Path]) -> list[str]:
    """Give one line for each thing wrong: where, what, what to do.

    paths  study files, lexicons, notebooks or folders of them, corpora; none: all of the project's
    """
    from helpers.engine.keys import named

    files = [f for path in paths or _own() for f in (_inside(path) or _corpora(path) if path.is_dir() else [path])]
    lines = [line for file in files for line in _of(file)]
    return [line.replace(f"{root()}/", "") for line in lines] if files else [f"{named(p)}: nothing to check there" for p in paths]


def _own() -> list[Path]:
    corpora = [f for f in sorted((root() / "data/raw").glob("*")) if f.is_dir() and checkcorpus.has_articles(f)]
    return [root() / "reports", root() / "data/lexicons", root() / "notebooks", *corpora]


def _corpora(folder: Path) -> list[Path]:
    """The folder, where it is meant for articles; the folders in it, where it is the one that holds corpora."""
    if folder.resolve() == root() / "data/raw":
        return [f for f in sorted(folder.glob("*")) if f.is_dir()]
    return [folder] if checkcorpus.is_corpus(folder) else []


def _inside(folder: Path) -> list[Path]:
    kinds = ("*/study.yml", "study.yml", "*.yml", "*.dic", "*.ipynb")
    return sorted({f for kind in kinds for f in folder.glob(kind) if ".ipynb_checkpoints" not in f.parts})


def _of(file: Path) -> list[str]:
    if not file.exists():
        return [f"{file}: there is no such file"]
    kinds = {".ipynb": checknotebook.problems, "study.yml": _study}
    check = checkcorpus.problems if file.is_dir() else kinds.get(file.name, kinds.get(file.suffix, _lexicon))
    try:
        return check(file)
    except Exception as error:  # one file beyond repair must not hide what is wrong with the others
        return [f"{file}: cannot be read ({type(error).__name__}: {error})".splitlines()[0]]


def _study(file: Path) -> list[str]:
    try:
        load(file)
    except StudyError as error:
        return error.problems
    return []


def _lexicon(file: Path) -> list[str]:
    from helpers import terms
    from helpers.voices import sides

    try:
        if file.name.startswith("sides"):
            sides.load(file)
        elif file.name not in ("aliases.yml", "boilerplate.yml"):
            terms.load(file)
    except ValueError as error:
        return str(error).splitlines()
    return []
