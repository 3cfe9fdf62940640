"""Runs that are cut off, run out of time, or run at once: pages are old or new, and whole."""

import json
import os
import signal
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


def start(study):
    command = [sys.executable, "-m", "helpers.cli", "report", str(study), "--quiet"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


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
