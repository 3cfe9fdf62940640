"""`framing check` says everything wrong at once, each with its place."""

import json

import pytest

import rendering
from helpers.cli import check

TEXT = (
    "Envoys meet at the mill\n\nThe regime said on Monday that the ceasefire would hold for now.\n"
)


def lines(*paths):
    return check.problems(list(paths))


@pytest.fixture
def corpus(tmp_path):
    return rendering.corpus(
        tmp_path / "raw/mine", Alpha__one=TEXT, Beta__two=TEXT.replace("Monday", "Sunday")
    )


def test_a_sound_corpus_has_nothing_wrong(corpus):
    (corpus / "catalog.csv").write_text(
        "source,outlet,published\nAlpha/one.txt,Alpha,2031-03-02\n", encoding="utf-8"
    )
    assert lines(corpus) == []


def test_rows_files_and_tables_are_said_with_their_lines_at_once(corpus):
    (corpus / "catalog.csv").write_text(
        "source,outlet,published\nAlpha/one.txt,Alpha,soon\nAlpha/gone.txt,Alpha,\nx,y\n",
        encoding="utf-8",
    )
    (corpus / "Alpha/picture.txt").write_bytes(bytes(range(256)) * 20)
    (corpus / "table.csv").write_text(
        f'id,text\n1,"{TEXT.splitlines()[2]}"\n2,\n', encoding="utf-8"
    )
    found = lines(corpus)
    assert [
        line.split("catalog.csv:")[1].split(":")[0] for line in found if "catalog.csv:" in line
    ] == ["2", "3", "4"]
    assert any("Alpha/picture.txt: " in line and "binary" in line for line in found)
    assert any(f"{corpus / 'table.csv'}:3: empty" in line for line in found)


def test_a_broken_catalogue_does_not_hide_a_broken_file(corpus):
    (corpus / "catalog.csv").write_text("source,outlett\nx,y\n", encoding="utf-8")
    (corpus / "Alpha/empty.txt").write_text(" ", encoding="utf-8")
    found = lines(corpus)
    assert (
        "catalog.csv" in found[0]
        and "looks like 'outlet'" in found[0]
        and any("empty" in line for line in found[1:])
    )


def test_a_folder_without_an_article_says_so(tmp_path):
    (tmp_path / "raw/none").mkdir(parents=True)
    assert (
        len(lines(tmp_path / "raw/none")) == 1
        and "holds no article" in lines(tmp_path / "raw/none")[0]
    )


def notebook(root, path, change):
    content = json.loads((root / "notebooks/new-analysis.ipynb").read_text(encoding="utf-8"))
    change({cell["id"]: cell for cell in content["cells"]})
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return path


def test_everything_wrong_with_a_notebook_is_said_with_its_line(root, tmp_path):
    def spoil(cells):
        cells["parameters"]["source"] = [
            'corpus = "x"\n',
            "window = 99  # words shown on either side (1 to 60)\n",
            "a = b\n",
            "c = 1 + x\n",
        ]
        cells["cell-04"]["source"] = ["x = (1,\n", "y = = 2\n"]
        cells["cell-05"]["outputs"] = [
            {"output_type": "error", "ename": "KeyError", "evalue": "rate", "traceback": []}
        ]

    path = notebook(root, tmp_path / "n.ipynb", spoil)
    found = lines(path)
    text = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in found if "parameters cell, line 3: a is computed" in line] and [
        line for line in found if "line 4: c is computed" in line
    ]
    [syntax] = [line for line in found if "cell 4, line" in line]
    assert '"cell-04"' in text[int(syntax.split(":")[1]) - 1]
    [outputs, error] = [line for line in found if ": cell 5" in line]
    assert "clear them" in outputs and error.endswith("KeyError: rate")


def test_bounds_and_silent_parameters_are_said_together(root, tmp_path):
    def spoil(cells):
        cells["parameters"]["source"] = [
            'corpus = "x"\n',
            "window = 99  # words shown on either side (1 to 60)\n",
        ]

    found = lines(notebook(root, tmp_path / "n.ipynb", spoil))
    assert [line.split("parameters cell: ")[1] for line in found] == [
        "corpus has no comment that says what it means; write one behind it",
        "window is 99; give a value from 1 to 60",
    ]


def test_what_is_wrong_in_the_parameters_cell_hides_nothing_else_and_has_its_line(root, tmp_path):
    def spoil(cells):
        cells["parameters"]["source"] = [
            'corpus = open("x")\n',
            "window = 99  # words shown on either side (1 to 60)\n",
        ]

    path = notebook(root, tmp_path / "n.ipynb", spoil)
    computed, bounds = lines(path)
    assert "corpus is computed" in computed and "window is 99" in bounds
    text = path.read_text(encoding="utf-8").splitlines()
    assert all(
        '"id": "parameters"' in text[int(line.split(":")[1]) - 1] for line in (computed, bounds)
    )


def test_everything_wrong_with_a_study_is_said_at_once_with_its_lines(tmp_path):
    text = """titel: x
corpus: no/such/corpus
lexicons: [no/such/lexicon.yml]
evidence: maybe
reports:
  - notebook: 99-none
  - notebook: 02-loaded-terms
    parameter: {}
    parameters: {windo: 3, window: 999}
  - notebook: 02-loaded-terms
"""
    found = lines(rendering.study(tmp_path, text))
    said = sorted(
        (line.split("study.yml")[1].split(" ", 1)[0], line.split("study.yml")[1].split(" ", 1)[1])
        for line in found
    )
    assert [(place, words.split(";")[0][:44]) for place, words in said] == [
        (":", "title is missing"),
        (":1:", "unknown key titel"),
        (":2:", "corpus no/such/corpus: there is no such fold"),
        (":3:", "lexicon no/such/lexicon.yml: there is no suc"),
        (":4:", "evidence is 'maybe'"),
        (":6:", "there is no notebook 99-none"),
        (":7:", "the notebook has no parameter windo"),
        (":7:", "window is 999"),
        (":8:", "unknown key parameter"),
    ]


def test_a_missing_key_hides_no_other_and_a_wrong_kind_neither(tmp_path):
    found = lines(
        rendering.study(tmp_path, "corpus: [1]\nlexicons: x\nreports:\n  - notebook: 3\n  - 4\n")
    )
    assert [line.split("study.yml:")[1][:22].strip() for line in found] == [
        "1: corpus is [1]; give",
        "2: lexicons is 'x'; gi",
        "title is missing",
        "4: notebook is 3; give",
        "5: a report names its",
    ]


def test_lists_and_tables_in_the_lexicons_folder_are_lexicons_but_not_every_table(tmp_path):
    folder = tmp_path / "lexicons"
    folder.mkdir()
    for name, text in {
        "a.csv": "entry,category\nmill,x\n* y,x\n",
        "b.txt": "mill\n* y\n",
        "c.csv": "rate,n\n1,2\n",
        "d.dic": "%\n1 x\n%\nmill\t2\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert [line.rpartition("/")[2].split(" ")[0] for line in lines(folder)] == [
        "a.csv:3:",
        "b.txt:2:",
        "d.dic:4:",
    ]


def test_a_corpus_with_a_study_in_it_is_still_checked_as_a_corpus(corpus):
    (corpus / "study.yml").write_text("title: [\n", encoding="utf-8")
    (corpus / "Alpha/empty.txt").write_text(" ", encoding="utf-8")
    assert sorted(line.rpartition("/")[2].split(":")[0] for line in lines(corpus)) == [
        "empty.txt",
        "study.yml",
    ]


def test_a_path_is_looked_for_in_the_project_too(tmp_path, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(tmp_path)
    assert lines(Path("notebooks/02-loaded-terms.ipynb")) == []
    assert lines(Path("notebooks/99-none.ipynb")) == [
        "notebooks/99-none.ipynb: there is no such file"
    ]


def test_magics_are_no_errors(root, tmp_path):
    assert (
        lines(
            notebook(
                root,
                tmp_path / "n.ipynb",
                lambda cells: cells["cell-05"].update(source=["%matplotlib inline\n", "!ls\n"]),
            )
        )
        == []
    )


def test_what_is_no_notebook_is_a_line(tmp_path):
    for number, words in enumerate(["", "[]", '{"cells": 3}', '{"cells": [3]}', "\0"]):
        (tmp_path / f"{number}.ipynb").write_text(words, encoding="utf-8")
        assert len(lines(tmp_path / f"{number}.ipynb")) >= 1, words


def test_the_projects_own_files_are_sound():
    assert check.problems([]) == []
