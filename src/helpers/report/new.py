"""Begins a corpus, a study or a notebook: each works at once, and nothing that is there is touched."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from helpers.corpus.catalogue import NAME as CATALOGUE
from helpers.corpus.files import ACCEPTED, TEXTS, Found, walk
from helpers.study import root

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
STRANGE = re.compile(r"[^\w .,()+-]")
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


def corpus(name: str, given: Iterable[Path], base: Path | None = None) -> Made:
    """Copy articles into data/raw/NAME, all of them or none, with a catalogue to fill in.

    name    letters, digits, hyphens, underscores
    given   files of an accepted kind, or folders of them: the folders inside a folder are outlets
    base    the project's folder
    raises  ValueError with a line for each thing wrong: then nothing is written
    """
    target = _free(base or root(), "data/raw", name)
    files, skipped = _listed([Path(p) for p in given])
    draft = target.with_name(f".{name}.{os.getpid()}.part")
    try:
        for inside, file in files.items():
            (draft / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, draft / inside)
        if CATALOGUE not in files:
            _skeleton(draft / CATALOGUE, list(files))
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    n = sum(inside != CATALOGUE for inside in files)
    said = f"{n} file{'s' if n != 1 else ''} copied; fill in what {CATALOGUE} does not say yet"
    return Made(target, (said, *skipped, f"next: framing check data/raw/{name}; framing new study {name} --corpus {name}"))


def _free(base: Path, folder: str, name: str, suffix: str = "") -> Path:
    if not SAFE.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a name: use letters, digits, hyphens and underscores, for instance my-{Path(folder).name}")
    target = base / folder / f"{name}{suffix}"
    if target.exists() or target.is_symlink():
        raise ValueError(f"{folder}/{name}{suffix}: is there already and was left as it is; choose another name, or remove it yourself")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _listed(given: list[Path]) -> tuple[dict[str, Path], list[str]]:
    """The files to copy by their path inside the corpus, and what is passed over."""
    files: dict[str, Path] = {}
    problems, skipped = [], []
    for path in given:
        if not path.exists():
            problems.append(f"{path}: there is no such file or folder")
        elif path.is_dir():
            _folder(path, files, problems, skipped)
        elif path.suffix.lower() not in ACCEPTED or not path.is_file():
            problems.append(f"{path}: not a kind of file that is read: {', '.join(ACCEPTED)}")
        else:
            _take(files, path.name, path, problems)
    if not problems and not any(inside != CATALOGUE for inside in files):
        problems.append(f"not one article among {', '.join(map(str, given))}: files of these kinds are read: {', '.join(ACCEPTED)}")
    if problems:
        raise ValueError("\n".join(problems))
    return files, skipped


def _folder(path: Path, files: dict[str, Path], problems: list[str], skipped: list[str]) -> None:
    for found in walk(path):
        if isinstance(found, Found):
            _take(files, found.source, found.path, problems)
        else:
            skipped.append(f"{found.source}: left out, {found.reason}")
    if (path / CATALOGUE).is_file():
        _take(files, CATALOGUE, path / CATALOGUE, problems)


def _take(files: dict[str, Path], inside: str, file: Path, problems: list[str]) -> None:
    """Note a file under a name that every system can hold."""
    safe = "/".join(STRANGE.sub("-", part).strip(" .") or "file" for part in inside.split("/"))
    if safe in files and files[safe] != file:
        problems.append(f"{file}: {safe} would stand in the corpus twice; rename one of them")
    files[safe] = file


def _skeleton(path: Path, sources: list[str]) -> None:
    """A catalogue with a row for each file that holds one article, the outlet filled in where a folder names it."""
    rows = [[source, source.split("/")[0] if "/" in source else "", *[""] * 5] for source in sorted(sources) if source.lower().endswith(TEXTS)]
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([HEADER, *rows])


def study(name: str, corpus: str = "demo", base: Path | None = None) -> Made:
    """Write reports/NAME/study.yml with two reports on a corpus.

    corpus  its name in data/raw, or a folder
    raises  ValueError where the study is there already or the corpus is not
    """
    base = base or root()
    where = _corpus(corpus, base)
    folder = _free(base, "reports", name)
    folder.mkdir()
    _write(folder / "study.yml", STUDY.format(name=name, corpus=json.dumps(where, ensure_ascii=False)))
    return Made(folder / "study.yml", (f"next: framing report {name}",))


def _corpus(name: str, base: Path) -> str:
    """A corpus as a study or notebook names it."""
    if SAFE.fullmatch(name) and (base / "data/raw" / name).is_dir():
        return f"data/raw/{name}"
    for path in (Path(name), base / name):
        if path.is_dir():
            whole = path.resolve()
            return whole.relative_to(base.resolve()).as_posix() if whole.is_relative_to(base.resolve()) else whole.as_posix()
    there = sorted(p.name for p in (base / "data/raw").glob("*") if p.is_dir())
    raise ValueError(f"{name}: there is no such corpus; data/raw has {', '.join(there) or 'none'}; framing new corpus makes one")


def notebook(name: str, corpus: str = "demo", base: Path | None = None) -> Made:
    """Write notebooks/NAME.ipynb, which runs by Run All and renders by framing report at once.

    raises  ValueError where the notebook is there already or the corpus is not
    """
    base = base or root()
    where = _corpus(corpus, base)
    target = _free(base, "notebooks", name, ".ipynb")
    content = json.loads((base / TEMPLATE).read_text(encoding="utf-8"))
    cells = content["cells"]
    cells[0]["source"] = [f"# {name.replace('-', ' ')}\n", *cells[0]["source"][1:]]
    for cell in cells:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = [re.sub(r'^corpus = "[^"]*"', lambda _: f"corpus = {json.dumps(where, ensure_ascii=False)}", line) for line in cell["source"]]
    _write(target, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return Made(target, (f"next: framing report notebooks/{name}.ipynb, or open it in framing lab",))


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
