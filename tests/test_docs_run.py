"""Every command and every Python line of the documentation runs, in a copy of the project."""

import os
import re
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import project
import rendering

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "data/README.md",
    *sorted(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"`((?:\.venv/bin/)?framing [^`]*)`")


def blocks(page, kind):
    return [
        words
        for language, words in BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
        if language == kind
    ]


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    made = {}

    def of(page):
        if page not in made:
            made[page] = project.copy(tmp_path_factory.mktemp("docs") / "project")
            for name in (
                "Makefile",
                "pyproject.toml",
                *sorted(p.name for p in ROOT.glob("*.lock")),
            ):
                shutil.copyfile(ROOT / name, made[page] / name)
        return made[page]

    return of


def run(command, folder):
    """Run a documented command as it stands; of make only that the goal is there, since it would
    set up an environment."""
    program, *words = shlex.split(command)
    program = program.removeprefix(".venv/bin/")
    if program == "make":
        return rendering.finished(["make", "--dry-run", *words], 60, cwd=folder)
    module = {"framing": "helpers.cli", "papermill": "papermill"}
    assert program in module, f"{command}: the tests do not know how to run {program}"
    return rendering.finished(
        [sys.executable, "-m", module[program], *words],
        cwd=folder,
        env=project.environment(folder),
    )


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "sh")])
def test_every_command_in_a_block_runs(page, copies):
    """The lines of a block one after the other, two blocks at a time: a reader takes them in any
    order.

    Plain papermill goes last and alone: it does not try again where two kernels that start at once
    choose one port.
    """
    folder, plain = (
        copies(page),
        [block for block in blocks(page, "sh") if block.startswith("papermill")],
    )
    with ThreadPoolExecutor(2) as pool:
        wrong = list(
            pool.map(
                lambda block: first_failure(block, folder),
                [b for b in blocks(page, "sh") if b not in plain],
            )
        )
    assert [
        words for words in [*wrong, *(first_failure(block, folder) for block in plain)] if words
    ] == []


def first_failure(block, folder):
    for command in (
        line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")
    ):
        done = run(command, folder)
        if done.returncode != 0:
            return f"{command}\n{done.stderr[-2000:]}"
    return ""


def recipes(environment):
    """The environment of a reader who put docs/recipes on Python's path, as the page says."""
    path = os.pathsep.join([environment["PYTHONPATH"], str(ROOT / "docs/recipes")])
    return environment | {"PYTHONPATH": path}


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p, "python")])
def test_every_line_of_python_runs(page, copies):
    folder = copies(page)
    if page == "docs/faq.md" and not (folder / "out/voices.parquet").is_file():
        done = run("framing annotate data/raw/demo --out out", folder)
        assert done.returncode == 0, done.stderr
    done = rendering.finished(
        [sys.executable, "-c", "\n".join(blocks(page, "python"))],
        cwd=folder,
        env=recipes(project.environment(folder)),
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_methods_page_has_every_method_that_the_code_names():
    """Each "Method:" line of the packages names its authors; so does the page that derives them."""
    page = (ROOT / "docs/methods.md").read_text(encoding="utf-8")
    wanted = [
        "Monroe",
        "Hesterberg",
        "Lijffijt",
        "Phipson",
        "Chung",
        "Benjamini",
        "Dunning",
        "Hardie",
        "Evert",
        "Gries",
        "Wilson",
        "Krippendorff",
        "Hayes",
        "Rychlý",
        "Church",
        "Broder",
        "Hastie",
        "Manning",
    ]
    code = "\n".join(
        p.read_text(encoding="utf-8")
        for package in ("measure", "story", "reliability")
        for p in (ROOT / "src/helpers" / package).glob("*.py")
    )
    assert [name for name in wanted if name not in code] == [] and [
        name for name in wanted if name not in page
    ] == []
    assert page.count("annot tell you") >= 11


def test_the_words_of_framing_named_in_passing_are_words_it_knows():
    from helpers.cli.main import _parser

    known = next(a for a in _parser()._actions if a.choices).choices
    named = {
        (page, shlex.split(words)[1])
        for page in PAGES
        for words in TYPED.findall((ROOT / page).read_text(encoding="utf-8"))
    }
    assert len(named) > 3 and [pair for pair in sorted(named) if pair[1] not in known] == []


def test_every_link_to_a_file_leads_to_one():
    wrong = []
    for page in PAGES:
        for target in re.findall(
            r"\]\(([^)#:]+)(?:#[\w-]*)?\)", (ROOT / page).read_text(encoding="utf-8")
        ):
            if not ((ROOT / page).parent / target).exists() and not target.endswith(
                (".png", ".html")
            ):
                wrong.append(f"{page}: {target}")
    assert wrong == []


@pytest.mark.parametrize("page", [p for p in PAGES if p.startswith("docs/")])
def test_functions_that_the_pages_name_are_there(page):
    import annotations

    from helpers import agency, data, engine, ledger, measure, show, story, terms

    packages = {
        "agency": agency,
        "engine": engine,
        "ledger": ledger,
        "measure": measure,
        "story": story,
        "terms": terms,
        "annotations": annotations,
        "data": data,
        "show": show,
    }
    named = re.findall(
        rf"\b({'|'.join(packages)})\.([a-zA-Z_]+)", (ROOT / page).read_text(encoding="utf-8")
    )
    assert (
        named
        and [
            f"{package}.{name}"
            for package, name in named
            if name not in ("yml", "ipynb", "py") and not hasattr(packages[package], name)
        ]
        == []
    )
