"""What every test may ask for."""

import os
from pathlib import Path

import pytest

import rendering

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared with the five articles and the development sets; not part of the
    repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is not there, and in CI it must be")
        pytest.skip(
            "../shared is not there: the five articles and the development sets belong to others"
        )
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory, root) -> Path:
    """The folder of the demo study, rendered once for all tests, outside the repository."""
    folder = tmp_path_factory.mktemp("render") / "demo"
    rendering.study(folder, (root / "reports/demo/study.yml").read_text(encoding="utf-8"))
    done = rendering.framing("report", folder / "study.yml")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def ceasefire(tmp_path_factory, root, shared) -> Path:
    """The folder of the study of the five articles, rendered without and (in full/) with their
    text."""
    folder = tmp_path_factory.mktemp("render") / "ceasefire"
    text = (root / "reports/ceasefire/study.yml").read_text(encoding="utf-8")
    rendering.study(folder, text)
    done = rendering.framing("report", folder / "study.yml", "--articles", shared / "articles")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def swept(tmp_path_factory) -> Path:
    """The folder of a study with a sweep: a page for each value, and one that compares them."""
    folder = tmp_path_factory.mktemp("render") / "swept"
    text = (
        "title: Swept\ncorpus: data/raw/demo\nlexicons:"
        " [data/lexicons/loaded-terms.yml]\nreports:\n  - notebook: 02-loaded-terms\n"
    )
    rendering.study(folder, f"{text}    sweep: {{voices: [[narration], [quote]]}}\n")
    done = rendering.framing("report", folder / "study.yml")
    assert done.returncode == 0, done.stderr
    return folder
