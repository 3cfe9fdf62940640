"""Coding a sheet in JupyterLab: what is asked, what is saved, what happens when it cannot be."""

import csv

import pandas as pd
import pytest

from helpers.reliability import Coding, read_sheet, write_sheet
from helpers.reliability.answering import Desk, passage

ROWS = pd.DataFrame(
    {
        "article_id": ["=a", "b", "c"],
        "start": [0, 5, 9],
        "end": [4, 9, 13],
        "outlet": "N",
        "sentence": ["The <b>vote</b> is over.", "It rained, “heavily”.", "=SUM(A1) fell."],
    }
)


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "mine.csv"
    write_sheet(ROWS, "sentences", str(path))
    return path


def saved(path, column="coder_a"):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_each_answer_is_in_the_file_at_once_and_the_next_row_is_asked_for(sheet):
    coding = Coding(sheet)
    assert coding.progress == "0 of 3 rows coded" and coding.row["article_id"] == "=a"
    coding.answer("yes")
    assert saved(sheet) == ["yes", "", ""] and coding.row["article_id"] == "b"
    coding.answer("unsure")
    assert saved(sheet) == ["yes", "unsure", ""] and coding.progress == "2 of 3 rows coded"
    coding.answer("no")
    assert coding.done and [p.name for p in sheet.parent.glob("*.part")] == []


def test_coding_goes_on_where_it_stopped_and_a_row_can_be_answered_anew(sheet):
    Coding(sheet).answer("yes")
    again = Coding(sheet)
    assert again.row["article_id"] == "b"
    again.back()
    again.answer("no")
    assert saved(sheet) == ["no", "", ""] and again.row["article_id"] == "b"


def test_what_is_coded_here_is_read_like_any_sheet_and_other_cells_stay(sheet):
    before = [saved(sheet, column) for column in ("id", "article_id", "sentence")]
    coding = Coding(sheet, "coder_b")
    coding.answer("yes")
    assert [saved(sheet, column) for column in ("id", "article_id", "sentence")] == before
    back = read_sheet(str(sheet), ROWS, "sentences", ["yes", "no", "unsure"])
    assert back.rows["coder_b"].tolist() == ["yes", None, None]


def test_two_coders_in_one_file_do_not_undo_each_other(sheet):
    first, second = Coding(sheet, "coder_a"), Coding(sheet, "coder_b")
    first.answer("yes")
    second.answer("no")
    first.answer("no")
    assert saved(sheet) == ["yes", "no", ""] and saved(sheet, "coder_b") == ["no", "", ""]


def test_a_sheet_that_somebody_sorted_meanwhile_is_not_written_to(sheet):
    coding = Coding(sheet)
    lines = sheet.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    sheet.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8-sig")
    before = sheet.read_bytes()
    with pytest.raises(ValueError, match="changed by somebody else"):
        coding.answer("yes")
    assert sheet.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "coder", "words"),
    [
        ("gone.csv", "coder_a", "no such coded sheet"),
        ("mine.csv", "coder_c", "no column 'coder_c'"),
        ("mine.xlsx", "coder_a", "only a CSV sheet"),
    ],
)
def test_what_cannot_be_coded_is_said(sheet, name, coder, words):
    with pytest.raises(ValueError, match=words):
        Coding(sheet.with_name(name), coder)
    with pytest.raises(ValueError, match="none of the codes"):
        Coding(sheet).answer("maybe")


def test_a_passage_is_text_and_its_word_is_marked():
    made = passage({"sentence": "<script>x</script> A regime & co.", "match": "regime"})
    assert "<script>" not in made and "&lt;script&gt;" in made
    assert "A <mark>regime</mark> &amp; co." in made


def test_keys_and_buttons_answer_and_go_back(sheet):
    desk = Desk(Coding(sheet))
    desk.field.value = "y"
    assert saved(sheet) == ["yes", "", ""] and desk.field.value == ""
    assert "1 of 3 rows coded" in desk.progress.value and "rained" in desk.passage.value
    desk.buttons[1].click()
    desk.field.value = "q"  # no key
    assert saved(sheet) == ["yes", "no", ""]
    desk.field.value = "z"
    desk.field.value = "U"
    assert saved(sheet) == ["yes", "unsure", ""]
    desk.buttons[0].click()
    assert "Every row is coded" in desk.passage.value
    sheet.unlink()
    desk.backward.click()
    desk.buttons[0].click()
    assert "Not saved" in desk.progress.value


def test_in_a_real_kernel_the_tool_shows_and_saves(sheet, root):
    import nbformat
    from nbclient import NotebookClient

    cells = [
        f"from helpers.reliability import coder\ncoder({str(sheet)!r})",
        "from helpers.reliability.answering import Coding, Desk\n"
        f"desk = Desk(Coding({str(sheet)!r}, 'coder_b'))\ndesk.field.value = 'n'",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(root)}}).execute()
    shown = [set(output.get("data", {})) for output in book.cells[0].outputs]
    assert any("application/vnd.jupyter.widget-view+json" in kinds for kinds in shown)
    assert saved(sheet, "coder_b") == ["no", "", ""]
