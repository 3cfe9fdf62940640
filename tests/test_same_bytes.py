"""The same study gives the same bytes: in another folder, home, time zone, language, year and hash
order."""

import os
import platform
import re
import shutil
import sys

import pytest

import rendering

PARTS = (
    "src",
    "notebooks",
    "data/lexicons",
    "data/raw/demo",
    "data/coded",
    "requirements.lock",
    "pyproject.toml",
)


def bytes_of(folder):
    """Every page and table by name; raises where there are none."""
    found = {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in [*folder.glob("*.html"), *folder.glob("*.json"), *folder.glob("*/*.*")]
        if p.parent.name not in ("full", "failed")
    }
    assert len(found) > 10
    return found


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, root):
    """The demo study rendered by a copy of the project under everything that may differ between
    machines."""
    base = tmp_path_factory.mktemp("an other place")
    project, home = base / "project", base / "home"
    for part in PARTS:
        source = root / part
        (project / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, project / part)
    (project / "reports/demo").mkdir(parents=True)
    shutil.copy2(root / "reports/demo/study.yml", project / "reports/demo/study.yml")
    (home / ".ipython/profile_default/startup").mkdir(parents=True)
    (home / ".ipython/profile_default/startup/00.py").write_text(
        "raise SystemExit('start-up of a home folder')\n", encoding="utf-8"
    )
    (home / ".config/matplotlib").mkdir(parents=True)
    (home / ".config/matplotlib/matplotlibrc").write_text(
        "font.size: 40\naxes.facecolor: red\n", encoding="utf-8"
    )
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(project / "src"),
        "COLUMNS": "40",
        "OMP_NUM_THREADS": "2",
    }
    clock = [found, "2033-05-06 07:08:09"] if (found := shutil.which("faketime")) else []
    command = [*clock, sys.executable, "-m", "helpers.cli", "report", "demo"]
    done = rendering.finished(
        command,
        cwd=home,
        env=env,
    )
    assert done.returncode == 0, done.stderr
    return project / "reports/demo"


def test_another_place_and_time_give_the_same_bytes(elsewhere, demo):
    there, here = bytes_of(elsewhere), bytes_of(demo)
    assert sorted(there) == sorted(here)
    assert [name for name in here if here[name] != there[name]] == []


def made_here(folder):
    """Whether committed pages come from this Python and these libraries on this kind of machine."""
    page = next(
        p
        for p in sorted(folder.glob("*.html"))
        if p.name != "index.html" and "passages" not in p.name
    ).read_text(encoding="utf-8")
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td><code>([^<]+)</code>', page))
    from importlib import metadata

    same = all(
        rows.get(name) == metadata.version(name)
        for name in ("matplotlib", "pandas", "numpy", "nbconvert")
    )
    return (
        same
        and rows.get("Python") == platform.python_version()
        and (platform.system(), platform.machine()) == ("Linux", "x86_64")
    )


@pytest.mark.parametrize("study", ["demo", "ceasefire"])
def test_committed_reports_are_what_is_rendered_now(study, root, request):
    """On the platform they were made on, byte for byte; elsewhere their tables."""
    fresh, committed = bytes_of(request.getfixturevalue(study)), bytes_of(root / "reports" / study)
    assert sorted(committed) == sorted(fresh)
    compared = [
        name for name in fresh if made_here(root / "reports" / study) or name.endswith(".csv")
    ]
    assert compared and [name for name in compared if fresh[name] != committed[name]] == []
