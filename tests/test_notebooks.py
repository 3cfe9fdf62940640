"""Every notebook runs as JupyterLab runs it and as papermill runs it, with nothing but its
defaults."""

import json
import sys
from pathlib import Path

import pytest

import rendering
from helpers.study import declared

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_parameter_says_what_it_means(path):
    assert [p.name for p in declared(path) if len(p.meaning) < 10] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_defaults_are_within_their_own_bounds(path):
    from helpers.study import settle

    parameters = declared(path)
    defaults = {p.name: p.default for p in parameters}
    assert settle(parameters, defaults, path.stem) == defaults


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_by_plain_papermill_from_any_folder(path, tmp_path):
    out = tmp_path / "out.ipynb"
    command = [
        sys.executable,
        "-m",
        "papermill",
        str(path),
        str(out),
        "-p",
        "corpus",
        "data/raw/demo",
        "--no-progress-bar",
    ]
    done = rendering.finished(
        command,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    cells = [
        c for c in json.loads(out.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"
    ]
    assert [c for c in cells if c["execution_count"] is None] == []
    assert (
        sum(
            o["output_type"] in ("execute_result", "display_data")
            for c in cells
            for o in c["outputs"]
        )
        >= 5
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.ipynb"]
