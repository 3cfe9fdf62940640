"""Begins a study: the name is checked, nothing that is there is touched."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from helpers.study.errors import StudyError

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def free(base: Path, folder: str, name: str, suffix: str = "") -> Path:
    """Return the path of something to be made, its folder there already.

    raises  StudyError if the name is not allowed (letters, digits, hyphens); ValueError if it is
            taken
    """
    if not SAFE.fullmatch(name):
        example = {"data/raw": "my-corpus", "reports": "my-study"}.get(folder, "my-notebook")
        raise StudyError(
            [
                f"{name!r} cannot be a name: use up to 60 letters (a to z), digits, hyphens and"
                f" underscores, for instance {example}"
            ]
        )
    target = base / folder / f"{name}{suffix}"
    if target.exists() or target.is_symlink():
        raise ValueError(
            f"{folder}/{name}{suffix}: is there already and was left as it is; choose another name,"
            " or remove it yourself"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def study_file(name: str, text: str, base: Path) -> Path:
    """Write reports/NAME/study.yml: the folder with the file in it, or neither.

    raises  StudyError for a name that is none; ValueError where reports/NAME is there; OSError
    """
    folder = free(base, "reports", name)
    draft = folder.with_name(f".{name}.{os.getpid()}.part")
    try:
        draft.mkdir()
        (draft / "study.yml").write_text(text, encoding="utf-8", newline="\n")
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder / "study.yml"
