"""Everything wrong with corpora, studies, lexicons and notebooks, at once."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.cli import checkcorpus, checknotebook
from helpers.study import StudyError, corpus_of, load, root

LEXICONS = "lexicons"  # in a folder of this name, tables and plain lists are lexicons, not articles


def problems(paths: list[Path]) -> list[str]:
    """Give one line for each thing wrong: where, what, what to do.

    paths  study files, lexicons, notebooks or folders of them, corpora; none: all of the project's
    """
    from helpers.engine.keys import named

    given = [
        path
        if path.exists() or path.is_absolute() or not (root() / path).exists()
        else root() / path
        for path in paths
    ]
    files = list(
        dict.fromkeys(
            f
            for path in given or _own()
            for f in ([*_inside(path), *_corpora(path)] if path.is_dir() else [path])
        )
    )
    lines = [line for file in files for line in _of(file)]
    return (
        [line.replace(f"{root()}/", "") for line in lines]
        if files
        else [f"{named(p)}: nothing to check there" for p in paths]
    )


def _own() -> list[Path]:
    corpora = [f for f in _folders(root() / "data/raw") if checkcorpus.has_articles(f)]
    return [root() / "reports", root() / "data/lexicons", root() / "notebooks", *corpora]


def _folders(folder: Path) -> list[Path]:
    """Those whose names begin with a dot are what a killed run left."""
    return [f for f in sorted(folder.glob("[!.]*")) if f.is_dir()]


def _corpora(folder: Path) -> list[Path]:
    """The folder, where it is meant for articles; the folders in it, where it is the one that holds
    corpora."""
    if folder.resolve() == root() / "data/raw":
        return _folders(folder)
    sure = checkcorpus.is_called_corpus(
        folder
    )  # and one that holds a study.yml besides is one all the same
    return [folder] if sure or (not _inside(folder) and checkcorpus.is_corpus(folder)) else []


def _inside(folder: Path) -> list[Path]:
    lists = [f for f in folder.iterdir() if folder.resolve().name == LEXICONS and _listed(f)]
    kinds = ("*/study.yml", "study.yml", "*.yml", "*.dic", "*.ipynb")
    return sorted(
        {
            *lists,
            *(
                f
                for kind in kinds
                for f in folder.glob(kind)
                if ".ipynb_checkpoints" not in f.parts
            ),
        }
    )


def _listed(file: Path) -> bool:
    """Say whether a file in the lexicons' folder is a lexicon too: tables of other things may stand
    beside them."""
    if file.suffix.lower() in (".csv", ".tsv"):
        return bool(
            {"entry", "category"}
            & set(
                re.split(
                    r"[,;\t\s\"]+",
                    file.read_text(encoding="utf-8-sig", errors="replace")
                    .partition("\n")[0]
                    .lower(),
                )
            )
        )
    return file.suffix.lower() in (".yaml", ".txt")


def _of(file: Path) -> list[str]:
    if not file.exists():
        return [f"{file}: there is no such file"]
    kinds = {".ipynb": checknotebook.problems, "study.yml": _study}
    check = (
        checkcorpus.problems
        if file.is_dir()
        else kinds.get(file.name, kinds.get(file.suffix, _lexicon))
    )
    try:
        return check(file)
    except Exception as error:  # one file beyond repair must not hide what is wrong with the others
        return [f"{file}: cannot be read ({type(error).__name__}: {error})".splitlines()[0]]


def _study(file: Path) -> list[str]:
    lines: list[str] = []
    try:
        load(file)
    except StudyError as error:
        lines = error.problems
    if (named := corpus_of(file)) and not named[1].exists():
        lines = [
            *lines,
            f"{named[0]}: corpus {named[1]}: there is no such folder; framing new corpus makes one",
        ]
    return lines


def _lexicon(file: Path) -> list[str]:
    from helpers import terms
    from helpers.voices import sides

    try:
        if file.name.startswith("sides"):
            sides.load(file)
        elif file.name not in ("aliases.yml", "boilerplate.yml"):
            return [f"{line}: left out" for line in terms.load(file).left_out]
    except ValueError as error:
        return str(error).splitlines()
    return []
