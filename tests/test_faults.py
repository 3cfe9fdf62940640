"""Runs that are cut off, run out of time, or run at once: pages are old or new, and whole."""

import json
import os
import signal
import stat
import subprocess
import sys
import time

import pytest
from lxml import html

import rendering

TEXT = (
    "Envoys meet\n\nThe regime said on Monday that talks would go on in {place}, and nobody at the"
    " gate of the mill believed it.\n"
)
STUDY = (
    "title: T\ncorpus: {corpus}\nlexicons: [data/lexicons/loaded-terms.yml]\nreports:\n  -"
    " notebook: 01-clean\n  - notebook: 02-loaded-terms\n"
)


@pytest.fixture
def study(tmp_path):
    texts = {
        f"{outlet}__{i}": TEXT.format(place=f"{outlet} and {town}")
        for outlet in ("Alpha", "Beta")
        for i, town in enumerate(("Varsk", "Orlo", "Tenn"))
    }
    corpus = rendering.corpus(tmp_path / f"faults-{tmp_path.name}", **texts)
    return rendering.study(tmp_path / "study", STUDY.format(corpus=corpus))


def whole(folder):
    """Pages by name; asserts that each is whole, and that nothing half-written lies beside them."""
    pages = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.html")}
    assert [name for name, text in pages.items() if not text.rstrip().endswith("</html>")] == []
    return pages


def start(study, **env):
    command = [sys.executable, "-m", "helpers.cli", "report", str(study), "--quiet"]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env=os.environ | env,
    )


def until(happened):
    """Wait for what comes sooner or later, and give it."""
    for _ in range(2400):
        if found := happened():
            return found
        time.sleep(0.05)
    pytest.fail("it did not come")


@pytest.mark.parametrize("after", [0.3, 1.5, 3.0])
def test_a_run_killed_leaves_whole_pages_and_the_next_one_finishes(study, after):
    process = start(study)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    whole(study.parent)
    done = rendering.framing("report", study)
    assert done.returncode == 0, done.stderr
    assert {"01-clean.html", "02-loaded-terms.html", "index.html"} <= set(whole(study.parent))
    assert [p.name for p in study.parent.rglob("*") if p.name.endswith(".part")] == []


def test_two_runs_at_once_do_not_mix(study):
    both = [start(study), start(study)]
    said = [p.communicate(timeout=200)[1].decode() for p in both]
    assert [p.returncode for p in both] == [0, 0], said
    pages = whole(study.parent)
    assert len(html.fromstring(pages["index.html"]).xpath("//ul[@class='cards']/li")) == 2


def test_two_studies_with_other_lexicons_on_one_corpus_do_not_mix(study, tmp_path):
    other = rendering.study(
        tmp_path / "other",
        study.read_text(encoding="utf-8").replace("loaded-terms.yml", "peace-journalism.yml"),
    )
    both = [start(study), start(other)]
    said = [p.communicate(timeout=200)[1].decode() for p in both]
    assert [p.returncode for p in both] == [0, 0], said
    assert "Loaded terms: of 6," in " ".join(
        html.fromstring(whole(study.parent)["02-loaded-terms.html"]).text_content().split()
    )


def test_a_cell_without_end_is_stopped_and_the_page_stays(study, root):
    nb = json.loads((root / "notebooks/01-clean.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = ["while True:\n", "    pass\n"]
    (study.parent / "endless.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    study.write_text(
        study.read_text(encoding="utf-8").replace("01-clean", str(study.parent / "endless.ipynb")),
        encoding="utf-8",
    )
    (study.parent / "endless.html").write_text("the page before", encoding="utf-8")
    done = rendering.framing("report", study, "--timeout", "20")
    assert (
        done.returncode == 1
        and "took longer than 20 s" in done.stderr
        and "Traceback" not in done.stderr
    )
    assert (study.parent / "endless.html").read_text(encoding="utf-8") == "the page before"
    assert (study.parent / "02-loaded-terms.html").is_file()


def own_folders(root, process):
    """What a run holds of its own among the drafts."""
    return list((root / "data/processed/.work").glob(f"{process.pid}-*"))


def keys_of_kernels(folder):
    return [p for p in folder.rglob("*.json") if "hmac" in p.read_text(encoding="utf-8")]


def test_what_a_killed_run_leaves_lies_in_its_own_folder_and_goes_at_the_next_start(
    study, tmp_path, root
):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    env = {"TMPDIR": str(temporary), "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")}
    process = start(study, **env)
    [folder] = until(lambda: own_folders(root, process))
    assert until(lambda: keys_of_kernels(folder))
    assert list(folder.glob("pymp-*"))  # what the pools talk through
    assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert folder.is_dir()
    assert list(temporary.iterdir()) == [] and not (tmp_path / "jupyter").exists()
    done = rendering.framing("report", study, **env)
    assert done.returncode == 0, done.stderr
    assert not folder.exists()
    assert list(temporary.iterdir()) == [] and not (tmp_path / "jupyter").exists()


def test_a_run_that_starts_leaves_the_folder_of_another_alone_and_removes_its_own(study, root):
    first = start(study)
    [folder] = until(lambda: own_folders(root, first))
    second = start(study)
    until(lambda: own_folders(root, second))  # the second has swept
    assert folder.is_dir()
    assert [p.communicate(timeout=200)[1] for p in (first, second)] == [b"", b""]
    assert own_folders(root, first) == own_folders(root, second) == []


def test_a_folder_too_deep_for_sockets_keeps_them_in_the_temporary_one_and_leaves_none(
    tmp_path,
):
    script = (
        "import sys, tempfile, pathlib; from helpers.render import private;"
        "private.root = lambda: pathlib.Path(sys.argv[1])\n"
        "with private.private() as folder: print(folder, tempfile.gettempdir())"
    )
    temporary = tmp_path / "t"
    temporary.mkdir()
    deep = tmp_path / ("deep" * 20)
    done = rendering.finished(
        [sys.executable, "-c", script, str(deep)], env=os.environ | {"TMPDIR": str(temporary)}
    )
    assert done.returncode == 0, done.stderr
    folder, said = done.stdout.split()
    assert folder == said and folder.startswith(str(temporary))
    assert list(deep.rglob("*-*")) == [] and list(temporary.glob("*/*-*")) == []
