"""The command line: one clear line for each thing wrong, the exit status, and nothing lost."""

import json
import re

import pytest

import rendering
from helpers import cli
from helpers.ledger import TABLES, Ledger

TEXT = (
    "Envoys meet\n\nThe regime said on Monday that talks would go on.\n\n“We wait,” said Ana Torv,"
    " a guard at the gate of the old mill.\n"
)
STUDY = (
    "title: T\ncorpus: {corpus}\nlexicons: [data/lexicons/loaded-terms.yml]\nreports:\n  -"
    " notebook: {notebook}\n"
)


def run(capsys, *words):
    status = cli.main([str(w) for w in words])
    out, err = capsys.readouterr()
    return status, out, err


def test_annotate_writes_every_table_with_the_columns_of_the_codebook(tmp_path, capsys):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    status, out, _ = run(capsys, "annotate", source, "--out", tmp_path / "out")
    assert (status, out.split(":")[0]) == (0, "1 article, no failures")
    found = Ledger(tmp_path / "out", [p.stem for p in (tmp_path / "out/hits").iterdir()])
    assert {t: list(found.read(t).columns) for t in TABLES} == {
        t: list(row._fields) for t, row in TABLES.items()
    }
    assert list(found.hits["match"]) == ["regime"]


def test_quiet_says_nothing_on_standard_error(tmp_path, capsys):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    assert run(capsys, "annotate", source, "--out", tmp_path / "out", "--quiet")[2] == ""


def test_a_bad_file_is_named_and_the_others_are_annotated(tmp_path, capsys):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT, Alpha__empty=" \n")
    (source / "Alpha/picture.txt").write_bytes(bytes(range(256)) * 20)
    (source / "Alpha/film.mp4").write_bytes(b"x")
    status, out, err = run(capsys, "annotate", source, "--out", tmp_path / "out")
    assert (status, out.split(":")[0]) == (
        1,
        "1 article, 2 failures, 1 skipped (intake.parquet says why)",
    )
    lines = {
        line.split(": ")[1]: line
        for line in err.splitlines()
        if line.startswith(("framing: ", "note: "))
    }
    assert "empty" in lines["Alpha/empty.txt"] and "binary" in lines["Alpha/picture.txt"]
    assert "skipped" in lines["Alpha/film.mp4"]


@pytest.mark.parametrize(
    "words, status, said",
    [
        (["annotate", "nowhere", "--out", "x"], 1, "nowhere"),
        (["report", "nowhere"], 2, "no study nowhere"),
        (["report", "demo", "--set", "window"], 2, "write --set name=value"),
        (
            ["report", "demo", "--set", "windo=3"],
            2,
            "no notebook of this study has a parameter windo",
        ),
        (["report", "demo", "--set", "window=999"], 2, "give a value from 1 to 60"),
        (["report", "demo", "--only", "09"], 2, "no such report; there are 01-clean"),
        (["report", "demo", "--articles", "nowhere"], 1, "nowhere: there is no such folder"),
    ],
)
def test_a_wrong_word_gives_one_line_and_its_status(
    capsys, tmp_path, monkeypatch, words, status, said
):
    monkeypatch.chdir(tmp_path)
    found, _, err = run(capsys, *words)
    assert found == status and said in err
    assert "Traceback" not in err and all(line.startswith("framing: ") for line in err.splitlines())
    assert list(tmp_path.iterdir()) == []


def test_unknown_words_are_wrong_usage():
    with pytest.raises(SystemExit) as caught:
        cli.main(["reprot"])
    assert caught.value.code == 2


def test_a_broken_lexicon_is_said_whole_and_nothing_is_written(tmp_path, capsys):
    source = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    (tmp_path / "l.yml").write_text(
        "name: l\nkind: loaded\ncategories:\n  a:\n    - entry: ''\n    - entri: x\n",
        encoding="utf-8",
    )
    status, _, err = run(
        capsys, "annotate", source, "--out", tmp_path / "out", "--lexicon", tmp_path / "l.yml"
    )
    assert (
        status == 1
        and "l.yml:1: the lexicon has no source" in err
        and "l.yml:6: an entry has the unknown key" in err
    )
    assert not (tmp_path / "out").exists()


def raising(root, folder, source):
    """A notebook whose last cell is the source given."""
    nb = json.loads((root / "notebooks/01-clean.ipynb").read_text(encoding="utf-8"))
    nb["cells"] = [
        nb["cells"][0],
        next(c for c in nb["cells"] if c["metadata"].get("tags") == ["parameters"]),
    ]
    nb["cells"].append(
        {
            "cell_type": "code",
            "id": "last",
            "metadata": {},
            "source": [source],
            "outputs": [],
            "execution_count": None,
        }
    )
    nb["cells"].append(
        {
            "cell_type": "code",
            "id": "after",
            "metadata": {},
            "source": ["1"],
            "outputs": [],
            "execution_count": None,
        }
    )
    folder.mkdir(exist_ok=True)
    (folder / "n.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    return folder / "n.ipynb"


def error_kept(path, source):
    """The traceback that stands below a cell of a notebook kept."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    [cell] = [c for c in notebook["cells"] if "".join(c["source"]) == source]
    [error] = [o for o in cell["outputs"] if o["output_type"] == "error"]
    return "\n".join(error["traceback"])


@pytest.mark.parametrize(
    "source, said, kept",
    [
        ("raise ValueError('no such thing')", "cell 3: ValueError: no such thing", True),
        ("raise ValueError('one\\ntwo')", "cell 3: ValueError: one (kept", True),
        ("import sys; sys.exit(0)", "cell 3: SystemExit: 0", True),
        ("import sys; sys.exit('enough')", "cell 3: SystemExit: enough", True),
        ("import os; os.kill(os.getpid(), 9)", "cell 3: DeadKernel: the kernel died in it", True),
        ("import matplotlib.pyplot as plt; plt.plot([1]); plt.show()", "no alternative text", True),
        ("object()", "changes from run to run", True),
    ],
)
def test_a_failing_notebook_leaves_the_page_as_it_was(tmp_path, root, source, said, kept):
    corpus = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    notebook = raising(root, tmp_path / "nb", source)
    file = rendering.study(tmp_path / "study", STUDY.format(corpus=corpus, notebook=notebook))
    (tmp_path / "study/n.html").write_text("the page before", encoding="utf-8")
    done = rendering.framing("report", file)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "study/n.html").read_text(encoding="utf-8") == "the page before"
    assert (tmp_path / "study/failed/n.ipynb").is_file() == kept
    [line] = [line for line in done.stderr.splitlines() if line.startswith("framing: ")]
    assert line.startswith("framing: n: ") and line.endswith("study/failed/n.ipynb)")
    if said.startswith("cell 3: "):
        assert said.split(": ")[1] in error_kept(tmp_path / "study/failed/n.ipynb", source)


def test_a_failed_report_of_a_sweep_names_its_notebook_and_the_cell_as_its_author_counts(
    tmp_path, root
):
    corpus = rendering.corpus(tmp_path / "in", Alpha__one=TEXT)
    notebook = raising(root, tmp_path / "nb", "1 / 0")
    text = STUDY.format(corpus=corpus, notebook=notebook)
    file = rendering.study(tmp_path / "study", f"{text}    sweep: {{most: [10, 20]}}\n")
    done = rendering.framing("report", file)
    said = re.findall(r"n\.ipynb, cell (\d+): ZeroDivisionError", done.stderr)
    assert said == ["3", "3"], done.stderr


def test_hostile_articles_stay_words(tmp_path):
    """Markup, templates and Markdown in titles, outlets and text show as what they are."""
    bad = "<script>document.title='x'</script> {{ 7*7 }} # h **b** $x$ [a](javascript:alert(1))"
    text = (
        f"{bad}\n\nThe regime <img src=x onerror=alert(1)> said {bad} on Monday, and the dictator"
        " went on about it at length.\n"
    )
    corpus = rendering.corpus(
        tmp_path / "in",
        **{"Alpha <b> & $y$__one": text, "Beta__two": text.replace("Monday", "Sunday")},
    )
    file = rendering.study(
        tmp_path / "study",
        STUDY.format(corpus=corpus, notebook="02-loaded-terms") + "  - notebook: 01-clean\n",
    )
    done = rendering.framing("report", file)
    assert done.returncode == 0, done.stderr
    from lxml import html

    for page in (tmp_path / "study").glob("*.html"):
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        assert len(tree.xpath("//script")) == 1
        assert (
            tree.xpath(
                "//img[not(starts-with(@src, 'data:image/svg+xml,'))] | //*[@onerror] |"
                " //main//b[not(parent::p[@class='from'])] |"
                " //a[starts-with(@href, 'javascript')]"
            )
            == []
        )
    shown = html.fromstring(
        (tmp_path / "study/02-loaded-terms.html").read_text(encoding="utf-8")
    ).text_content()
    assert "<script>document.title" in shown and "{{ 7*7 }}" in shown and "$y$" in shown
