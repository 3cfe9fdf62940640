"""Renders studies for tests, as a user does: by the command, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest


def finished(command, timeout=300, **how):
    """Run a command; give the finished process with its output as text.

    The output goes to files: a pipe would stay open in processes that a stopped command leaves
    behind, and reading it would never end.
    """
    with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as err:
        try:
            done = subprocess.run(
                command, stdout=out, stderr=err, timeout=timeout, check=False, **how
            )
        except subprocess.TimeoutExpired:
            err.seek(0)
            pytest.fail(f"{command} took longer than {timeout} s: {err.read()[-2000:]}")
        out.seek(0)
        err.seek(0)
        done.stdout, done.stderr = out.read(), err.read()
    return done


def framing(*words, timeout=300, **env):
    """Run the framing command; give the finished process with its output as text."""
    command = [sys.executable, "-m", "helpers.cli", *map(str, words)]
    return finished(command, timeout, env=os.environ | env)


def study(folder: Path, text: str) -> Path:
    """Write a study file into a folder made for it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yml").write_text(text, encoding="utf-8")
    return folder / "study.yml"


def corpus(folder: Path, **articles: str) -> Path:
    """Write articles by name; `Alpha__one` goes to Alpha/one.txt."""
    for name, text in articles.items():
        file = folder / f"{name.replace('__', '/')}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def runs(text: str, n: int = 8) -> set[tuple[str, ...]]:
    """Give every run of n words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}
