"""What `framing new` makes works at once, holds what was given, and never takes the place of
anything."""

import csv
import json
from pathlib import Path

import pytest

import project
import rendering
from helpers import study
from helpers.cli import check, new
from helpers.study import declared

TEXT = (
    "Envoys meet at the mill\n\nThe regime said on Monday that the ceasefire would hold for"
    " now.\n\n“We wait,” said Ana Torv, a guard at the gate of the old mill.\n"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A project with a corpus, a study and a notebook made by the command."""
    folder = tmp_path_factory.mktemp("own")
    copy = project.copy(folder / "project")
    source = rendering.corpus(
        folder / "in", Alpha__one=TEXT, Beta__two=TEXT.replace("Monday", "Sunday")
    )
    for words in (
        ["corpus", "mine", source],
        ["study", "mine", "--corpus", "mine"],
        ["notebook", "my-question", "--corpus", "mine"],
    ):
        done = project.framing(copy, "new", *words)
        assert done.returncode == 0 and Path(done.stdout.strip()).exists(), done.stderr
    return copy


def test_a_new_corpus_holds_the_bytes_and_a_catalogue_to_fill_in(own):
    folder = own / "data/raw/mine"
    assert (folder / "Alpha/one.txt").read_text(encoding="utf-8") == TEXT
    with (folder / "catalog.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [(row["source"], row["outlet"]) for row in rows] == [
        ("Alpha/one.txt", "Alpha"),
        ("Beta/two.txt", "Beta"),
    ]


def test_nothing_is_wrong_with_what_was_made(own):
    assert check.problems([own / "data/raw/mine", own / "notebooks/my-question.ipynb"]) == []
    done = project.framing(own, "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_new_study_renders_at_once(own):
    done = project.framing(own, "report", "mine")
    assert done.returncode == 0, done.stderr
    assert {"01-clean.html", "02-loaded-terms.html", "index.html"} <= {
        p.name for p in (own / "reports/mine").iterdir()
    }


def test_a_new_notebook_renders_at_once_and_its_parameters_are_checked(own):
    notebook = own / "notebooks/my-question.ipynb"
    done = project.framing(own, "report", notebook, "--set", "window=999")
    assert done.returncode == 2 and "give a value from 1 to 60" in done.stderr
    done = project.framing(own, "report", notebook, "--set", "terms=mill")
    page = (own / "reports/my-question/my-question.html").read_text(encoding="utf-8")
    assert (
        done.returncode == 0 and "mill in the outlets&#x27; own voice: 4 uses in all: from" in page
    )
    assert (
        "<h1" in page
        and "my question" in page
        and "framing report notebooks/my-question.ipynb" in page
    )


def test_a_notebook_is_copied_to_be_changed_and_checks_its_own_parameters(own):
    done = project.framing(own, "new", "notebook", "by-month", "--from", "02-loaded-terms")
    assert done.returncode == 0, done.stderr
    text = (own / "notebooks/by-month.ipynb").read_text(encoding="utf-8")
    assert "by month" in text and 'study.check(\\"by-month\\", globals())' in text
    done = project.framing(own, "new", "notebook", "other", "--from", "nowhere")
    assert done.returncode == 2 and "there is no such notebook; there are 00-explore" in done.stderr
    assert not (own / "notebooks/other.ipynb").exists()


def test_nothing_that_is_there_is_touched(own):
    before = {p: p.read_bytes() for p in own.rglob("*") if p.is_file()}
    for words in (
        ["corpus", "mine", own / "data/raw/demo"],
        ["study", "mine"],
        ["notebook", "my-question"],
        ["notebook", "01-clean"],
    ):
        done = project.framing(own, "new", *words)
        assert done.returncode == 1 and "is there already" in done.stderr
    assert {
        p: p.read_bytes() for p in own.rglob("*") if p.is_file() and "__pycache__" not in p.parts
    } == {p: b for p, b in before.items() if "__pycache__" not in p.parts}


@pytest.mark.parametrize("name", ["../out", "", "a/b", ".hidden", "-x", "a b", "x" * 99, "ü"])
def test_a_name_that_is_no_name_is_refused(tmp_path, name):
    source = rendering.corpus(tmp_path / "in", one=TEXT)
    with pytest.raises(ValueError, match="cannot be a name"):
        new.corpus(name, [source], base=tmp_path / "project")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_everything_wrong_with_the_files_is_said_and_nothing_is_left(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"x")
    with pytest.raises(
        ValueError, match=r"a\.mp4: not a kind of file(.|\n)*b\.txt: there is no such file"
    ):
        new.corpus("x", [tmp_path / "a.mp4", tmp_path / "b.txt"], base=tmp_path / "project")
    assert list((tmp_path / "project/data/raw").iterdir()) == []


def test_two_files_of_one_name_are_refused(tmp_path):
    for folder in ("p", "q"):
        rendering.corpus(tmp_path / folder, one=TEXT)
    with pytest.raises(ValueError, match=r"one\.txt would stand in the corpus twice"):
        new.corpus("x", [tmp_path / "p/one.txt", tmp_path / "q/one.txt"], base=tmp_path / "project")


def test_a_catalogue_that_comes_along_is_kept_and_names_are_made_safe(tmp_path):
    source = rendering.corpus(tmp_path / "in", **{"Alpha__what? *now*": TEXT})
    (source / "catalog.csv").write_text("article_id,outlet\nx,Alpha\n", encoding="utf-8")
    made = new.corpus("x", [source], base=tmp_path / "project")
    assert sorted(p.relative_to(made.path).as_posix() for p in made.path.rglob("*.*")) == [
        "Alpha/what- -now-.txt",
        "catalog.csv",
    ]
    assert (made.path / "catalog.csv").read_text(encoding="utf-8").startswith("article_id")


def test_an_outlet_keeps_its_name_and_what_is_copied_under_another_name_is_said(tmp_path):
    source = rendering.corpus(tmp_path / "in", **{"Who? & L'Écho__bei uns": TEXT})
    made = new.corpus("x", [source], base=tmp_path / "project")
    with (made.path / "catalog.csv").open(encoding="utf-8", newline="") as handle:
        [row] = csv.DictReader(handle)
    assert (row["source"], row["outlet"]) == ("Who- & L'Écho/bei uns.txt", "Who? & L'Écho")
    assert any(
        note.startswith("Who? & L'Écho/bei uns.txt: copied as Who- & ") for note in made.notes
    )
    assert check.problems([made.path]) == []


def test_a_file_given_twice_is_copied_once(tmp_path, monkeypatch):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    monkeypatch.chdir(tmp_path)
    made = new.corpus(
        "x", [source, Path("in"), Path("./in/Alpha/one.txt")], base=tmp_path / "project"
    )
    assert [p.relative_to(made.path).as_posix() for p in made.path.rglob("*.txt")] == [
        "Alpha/one.txt"
    ]


def test_names_that_some_systems_hold_for_one_are_refused(tmp_path):
    source = rendering.corpus(tmp_path / "in", One=TEXT, one=TEXT)
    with pytest.raises(ValueError, match="would stand in the corpus twice"):
        new.corpus("x", [source], base=tmp_path / "project")


def test_names_that_turn_a_line_or_are_no_text_become_plain(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("\u202etxt.exe\u202c.txt", "line\nbreak.txt", "bytes\udcff.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    made = new.corpus("x", [folder], base=tmp_path / "project")
    names = [p.name for p in made.path.glob("*.txt")]
    assert len(names) == 3 and not [
        n for n in names if set(n) & set("\u202e\u202c\n\\") or not n.isprintable()
    ]
    assert not [note for note in made.notes if "\n" in note]


def test_a_full_disk_leaves_nothing_half_written(tmp_path, root, monkeypatch):
    """Each kind is begun and the writing of its file fails."""
    project_copy = tmp_path / "project"
    (project_copy / "notebooks").mkdir(parents=True)
    (project_copy / "notebooks/new-analysis.ipynb").write_bytes(
        (root / "notebooks/new-analysis.ipynb").read_bytes()
    )
    (project_copy / "data/raw/demo").mkdir(parents=True)
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    before = sorted(p for p in project_copy.rglob("*") if p.is_file())

    def full(*_, **__):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(new.shutil, "copyfile", full)
    monkeypatch.setattr(Path, "write_text", full)
    for begin in (
        lambda: new.corpus("x", [source], base=project_copy),
        lambda: new.study("x", base=project_copy),
        lambda: new.notebook("x", base=project_copy),
    ):
        with pytest.raises(OSError, match="No space left"):
            begin()
    assert sorted(p for p in project_copy.rglob("*") if p.is_file()) == before
    assert [p.name for p in (project_copy / "data/raw").iterdir()] == ["demo"] and list(
        (project_copy / "reports").iterdir()
    ) == []


def test_what_a_killed_run_left_is_taken_away_by_the_next(tmp_path):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    rendering.corpus(tmp_path / "project/data/raw/.x.1.part", half="a")
    new.corpus("x", [source], base=tmp_path / "project")
    assert [p.name for p in (tmp_path / "project/data/raw").iterdir()] == ["x"]


def test_a_notebook_whose_pages_would_go_to_a_study_is_refused(own):
    done = project.framing(own, "new", "notebook", "mine")
    assert (
        done.returncode == 1
        and "reports/mine is a study of its own" in done.stderr
        and not (own / "notebooks/mine.ipynb").exists()
    )


@pytest.mark.parametrize(
    "words",
    [
        ["corpus", "a b", "x"],
        ["study", "a b"],
        ["notebook", "ü"],
        ["study", "x", "--corpus", "nowhere"],
        ["notebook", "x", "--corpus", ""],
    ],
)
def test_a_call_that_is_wrong_ends_with_two_and_one_line(own, words):
    done = project.framing(own, "new", *words)
    assert (done.returncode, done.stdout) == (2, "") and len(done.stderr.splitlines()) == 1, (
        done.stderr
    )


def test_a_notebook_is_found_from_anywhere_and_quiet_is_quiet(own, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = project.framing(own, "new", "notebook", "from-afar", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    done = project.framing(own, "report", "notebooks/from-afar.ipynb", "--set", "window=999")
    assert done.returncode == 2 and "give a value from 1 to 60" in done.stderr


def test_a_link_out_of_the_folder_is_left_out_and_said(tmp_path):
    source = rendering.corpus(tmp_path / "in", one=TEXT)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (source / "two.txt").symlink_to(tmp_path / "secret.txt")
    made = new.corpus("x", [source], base=tmp_path / "project")
    assert any(note.startswith("two.txt: left out") for note in made.notes)
    assert sorted(p.name for p in made.path.iterdir()) == ["catalog.csv", "one.txt"]


def test_a_corpus_that_is_not_there_is_said_with_those_that_are(tmp_path):
    (tmp_path / "data/raw/demo").mkdir(parents=True)
    with pytest.raises(ValueError, match="nowhere: there is no such corpus; data/raw has demo"):
        new.study("x", "nowhere", base=tmp_path)


def test_the_template_has_few_cells_and_is_the_start_of_a_notebook(root, tmp_path):
    template = json.loads((root / "notebooks/new-analysis.ipynb").read_text(encoding="utf-8"))
    assert len(template["cells"]) <= 15
    (tmp_path / 'data/raw/it\'s "mine"').mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/new-analysis.ipynb").write_text(json.dumps(template), encoding="utf-8")
    made = new.notebook("mine", str(tmp_path / 'data/raw/it\'s "mine"'), base=tmp_path)
    given, start = (
        {p.name: p.default for p in declared(f)}
        for f in (made.path, root / "notebooks/new-analysis.ipynb")
    )
    assert given == start | {"corpus": 'data/raw/it\'s "mine"'}


def test_a_notebook_by_itself_needs_a_corpus(tmp_path, root):
    content = json.loads((root / "notebooks/new-analysis.ipynb").read_text(encoding="utf-8"))
    next(c for c in content["cells"] if "parameters" in c["metadata"].get("tags", []))["source"] = [
        "x = 1  # a number\n"
    ]
    (tmp_path / "n.ipynb").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(study.StudyError, match="has no parameter corpus"):
        study.load(tmp_path / "n.ipynb")
