"""Begins a corpus, a study or a notebook: each works at once, and nothing that is there is
touched."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from helpers.corpus.catalogue import NAME as CATALOGUE
from helpers.corpus.files import ACCEPTED, TEXTS, Found, walk
from helpers.corpus.rows import shown
from helpers.ledger import harmless
from helpers.study import StudyError, root
from helpers.study.begin import SAFE, free, study_file

STRANGE = re.compile(
    '[<>:"|?*\\\\\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]'
)
"""What some systems cannot hold in a name, or show backwards."""
TEMPLATE = "notebooks/new-analysis.ipynb"
HEADER = ("source", "outlet", "title", "author", "published", "url", "kind")
STUDY = """\
title: {name}
description: ""               # a sentence for the index
corpus: {corpus}
lexicons: [data/lexicons/loaded-terms.yml, data/lexicons/naming.yml]
evidence: sentences           # or locations: reports free of article text
reports:
  - notebook: 01-clean
  - notebook: 02-loaded-terms
"""


class Made(NamedTuple):
    """What was made, and what to do next."""

    path: Path
    notes: tuple[str, ...]


class _Copy(NamedTuple):
    """A file to copy: where it is, its path as it was given, its path inside the corpus."""

    path: Path
    source: str
    inside: str


def corpus(name: str, given: Iterable[Path], base: Path | None = None) -> Made:
    """Copy articles into data/raw/NAME, all of them or none, with a catalogue to fill in.

    name    letters, digits, hyphens, underscores
    given   files of an accepted kind, or folders of them: the folders inside a folder are outlets
    base    the project's folder
    raises  StudyError for a name that is none; ValueError with a line for each file that is wrong,
            or where the corpus
            is there: then nothing is written
    """
    target = free(base or root(), "data/raw", name)
    listing = _Listing([Path(p) for p in given])
    if listing.problems:
        raise ValueError("\n".join(dict.fromkeys(listing.problems)))
    files = list(listing.files.values())
    for left in target.parent.glob(f".{name}.*.part"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    draft = target.with_name(f".{name}.{os.getpid()}.part")
    try:
        for file in files:
            (draft / file.inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.path, draft / file.inside)
        if not any(file.inside == CATALOGUE for file in files):
            _skeleton(draft / CATALOGUE, files)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    renamed = [
        f"{shown(file.source)}: copied as {file.inside}; a catalogue must call it so"
        for file in files
        if file.inside != file.source
    ]
    n = sum(file.inside != CATALOGUE for file in files)
    said = f"{n} file{'s' if n != 1 else ''} copied; fill in what {CATALOGUE} does not say yet"
    return Made(
        target,
        (
            said,
            *renamed,
            *dict.fromkeys(listing.skipped),
            f"next: framing check data/raw/{name}; framing new study {name} --corpus {name}",
        ),
    )


class _Listing:
    """The files to copy, each once however often it is given; what is passed over; what is
    wrong."""

    def __init__(self, given: list[Path]) -> None:
        self.files: dict[str, _Copy] = {}
        self.problems: list[str] = []
        self.skipped: list[str] = []
        self._real: set[Path] = set()
        for path in given:
            self._given(path)
        if not self.problems and all(file.inside == CATALOGUE for file in self.files.values()):
            self.problems.append(
                f"not one article among {', '.join(map(shown, given))}: files of these kinds are"
                f" read: {', '.join(ACCEPTED)}"
            )

    def _given(self, path: Path) -> None:
        if not path.exists():
            self.problems.append(f"{shown(path, 400)}: there is no such file or folder")
        elif path.is_dir():
            self._folder(path)
        elif path.suffix.lower() not in ACCEPTED or not path.is_file():
            self.problems.append(
                f"{shown(path, 400)}: not a kind of file that is read: {', '.join(ACCEPTED)}"
            )
        else:
            self._take(path.name, path)

    def _folder(self, path: Path) -> None:
        for found in walk(path):
            if isinstance(found, Found):
                self._take(found.source, found.path)
            else:
                self.skipped.append(f"{shown(found.source)}: left out, {found.reason}")
        if (path / CATALOGUE).is_file():
            self._take(CATALOGUE, path / CATALOGUE)

    def _take(self, source: str, file: Path) -> None:
        """Note a file under a name that every system can hold."""
        inside = "/".join(
            STRANGE.sub("-", part).strip(" .") or "file" for part in source.split("/")
        )
        key = unicodedata.normalize("NFC", inside).casefold()  # some systems hold them for one name
        if (real := file.resolve()) in self._real:
            return
        self._real.add(real)
        if key in self.files:
            self.problems.append(
                f"{shown(file, 400)}: {inside} would stand in the corpus twice; rename one of them"
            )
        self.files[key] = _Copy(file, source, inside)


def _skeleton(path: Path, files: list[_Copy]) -> None:
    """A catalogue with a row for each file that holds one article, the outlet filled in where a
    folder names it."""
    texts = [file for file in files if file.inside.lower().endswith(TEXTS)]
    rows = [
        [file.inside, file.source.split("/")[0] if "/" in file.source else "", *[""] * 5]
        for file in sorted(texts, key=lambda f: f.inside)
    ]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(
            [HEADER, *([harmless(cell) for cell in row] for row in rows)]
        )


def study(name: str, corpus: str = "demo", base: Path | None = None) -> Made:
    """Write reports/NAME/study.yml with two reports on a corpus.

    corpus  its name in data/raw, or a folder
    raises  StudyError where the name is none or the corpus is not there; ValueError where the study
            is there already
    """
    base = base or root()
    where = json.dumps(_corpus(corpus, base), ensure_ascii=False)
    return Made(
        study_file(name, STUDY.format(name=name, corpus=where), base),
        (f"next: framing report {name}",),
    )


def _corpus(name: str, base: Path) -> str:
    """A corpus as a study or notebook names it."""
    if SAFE.fullmatch(name) and (base / "data/raw" / name).is_dir():
        return f"data/raw/{name}"
    for path in (Path(name), base / name) if name.strip() else ():
        if path.is_dir() and path.resolve() != base.resolve():
            whole = path.resolve()
            return (
                whole.relative_to(base.resolve()).as_posix()
                if whole.is_relative_to(base.resolve())
                else whole.as_posix()
            )
    there = sorted(p.name for p in (base / "data/raw").glob("[!.]*") if p.is_dir())
    raise StudyError(
        [
            f"{name or 'no name'}: there is no such corpus; data/raw has"
            f" {', '.join(there) or 'none'}; framing new corpus makes one"
        ]
    )


def notebook(
    name: str, corpus: str = "demo", base: Path | None = None, source: str = TEMPLATE
) -> Made:
    """Write notebooks/NAME.ipynb, which runs by Run All and renders by framing report at once.

    source  the notebook that is copied, by its name or relative to the project
    raises  StudyError where the name is none or the corpus is not there; ValueError where the
            notebook is there
            already, or a study has the place of its pages
    """
    base = base or root()
    where = _corpus(corpus, base)
    target = free(base, "notebooks", name, ".ipynb")
    if (base / "reports" / name / "study.yml").exists():
        raise ValueError(
            f"reports/{name} is a study of its own, and the notebook's pages would go there; choose"
            " another name"
        )
    copied = base / (source if source.endswith(".ipynb") else f"notebooks/{source}.ipynb")
    if not copied.is_file():
        there = ", ".join(sorted(p.stem for p in (base / "notebooks").glob("*.ipynb")))
        raise StudyError([f"--from {source}: there is no such notebook; there are {there}"])
    content = json.loads(copied.read_text(encoding="utf-8"))
    cells = content["cells"]
    for cell in cells:  # the copy's own parameters are checked, not those of what was copied
        checked = f'study.check("{copied.stem}"'
        cell["source"] = [s.replace(checked, f'study.check("{name}"') for s in cell["source"]]
    cells[0]["source"] = [f"# {name.replace('-', ' ')}\n", *cells[0]["source"][1:]]
    for cell in cells:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = [
                re.sub(
                    r'^corpus = "[^"]*"',
                    lambda _: f"corpus = {json.dumps(where, ensure_ascii=False)}",
                    line,
                )
                for line in cell["source"]
            ]
    _write(target, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return Made(
        target, (f"next: framing report notebooks/{name}.ipynb, or open it in framing lab",)
    )


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
