"""What every test may ask for."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

import browsing
import rendering

ROOT = Path(__file__).resolve().parents[1]

# A first call loads models, and a busy machine is slow: how fast something is, no test asks.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


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


def once(factory, name: str, text: str, *words) -> Path:
    """The folder of a study that is rendered once for all tests, whichever process asks first."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "rendered" / name
    with FileLock(base / f"{name}.lock"):
        if not (folder / "done").exists():
            rendering.study(folder / name, text)
            done = rendering.framing("report", folder / name / "study.yml", *words)
            assert done.returncode == 0, done.stderr
            (folder / "done").touch()
    return folder / name


@pytest.fixture(scope="session")
def demo(tmp_path_factory, root) -> Path:
    """The folder of the demo study, outside the repository."""
    text = (root / "reports/demo/study.yml").read_text(encoding="utf-8")
    return once(tmp_path_factory, "demo", text)


@pytest.fixture(scope="session")
def ceasefire(tmp_path_factory, root, shared) -> Path:
    """The folder of the study of the five articles, without and (in full/) with their text."""
    text = (root / "reports/ceasefire/study.yml").read_text(encoding="utf-8")
    return once(tmp_path_factory, "ceasefire", text, "--articles", shared / "articles")


@pytest.fixture(scope="session")
def swept(tmp_path_factory) -> Path:
    """The folder of a study with a sweep: a page for each value, and one that compares them."""
    text = (
        "title: Swept\ncorpus: data/raw/demo\nlexicons:"
        " [data/lexicons/loaded-terms.yml]\nreports:\n  - notebook: 02-loaded-terms\n"
        "    sweep: {voices: [[narration], [quote]]}\n"
    )
    return once(tmp_path_factory, "swept", text)


@pytest.fixture(params=["demo", "ceasefire", "swept"])
def study(request) -> Path:
    """Every kind of page there is: with sentences, with locations only and in full, and of a
    sweep."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; the tests skip where playwright is not installed."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright comes with make test"
    )
    with playwright.sync_playwright() as started:
        chromium = browsing.launch(started)
        yield chromium
        chromium.close()
