"""Renders studies for tests, as a user does: by the command, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path


def framing(*words, **env):
    """Run the command; give the finished process with its output as text."""
    command = [sys.executable, "-m", "helpers.cli", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=300, env=os.environ | env, check=False
    )


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
