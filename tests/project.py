"""A copy of the project in a folder of its own, for tests that write into a project."""

import os
import shutil
from pathlib import Path

import rendering

ROOT = Path(__file__).resolve().parents[1]


def copy(folder: Path) -> Path:
    """Copy what a user's project needs: the package, the lexicons, the demo, the notebooks, the
    studies."""
    for name in ("src", "data/lexicons", "data/raw/demo", "data/coded", "notebooks"):
        shutil.copytree(
            ROOT / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints"),
        )
    (folder / "reports/demo").mkdir(parents=True)
    shutil.copyfile(ROOT / "reports/demo/study.yml", folder / "reports/demo/study.yml")
    return folder


def environment(project: Path) -> dict[str, str]:
    """Give the environment in which Python takes the package from a copy."""
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(project / "src"), os.environ.get("PYTHONPATH", "")])
        )
    }


def framing(project: Path, *words, **how):
    """Run the command in a copy of the project; `how` as for `rendering.framing`."""
    return rendering.framing(*words, PYTHONPATH=environment(project)["PYTHONPATH"], **how)
