"""Every public function has an example, and every example in a docstring is true."""

import doctest
import importlib
import inspect
from pathlib import Path

import pytest

PACKAGES = Path(__file__).resolve().parents[1] / "src/helpers"
FACES = sorted(path.parent.name for path in PACKAGES.glob("*/__init__.py"))
MODULES = sorted(
    ".".join(path.relative_to(PACKAGES).with_suffix("").parts)
    for path in PACKAGES.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("face", [face for face in FACES if face not in ("cli", "render")])
def test_every_function_of_a_face_has_an_example(face):
    package = importlib.import_module(f"helpers.{face}")
    functions = {n: getattr(package, n) for n in package.__all__}
    functions = {n: f for n, f in functions.items() if inspect.isfunction(f)}
    assert functions and [n for n, f in functions.items() if ">>> " not in f.__doc__] == []


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name, root, monkeypatch):
    monkeypatch.chdir(root)
    result = doctest.testmod(importlib.import_module(f"helpers.{name}"))
    assert result.attempted > 0 and result.failed == 0
