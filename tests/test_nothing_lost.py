"""Tables replace only what a ledger wrote: nothing that a user put somewhere is lost."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import cli, engine, ledger

TEXT = "Envoys meet in Varsk\n\nThe regime said on Monday that talks would go on.\n"


def contents(folder):
    """Every file below a folder with its bytes, our locks aside."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not p.name.endswith(".lock")
    }


@pytest.fixture
def news(tmp_path):
    """A folder with articles in a folder of a table's name, and a table of articles."""
    folder = tmp_path / "news"
    for name in ("articles", "hits"):
        (folder / name / "Herald").mkdir(parents=True)
        (folder / name / "Herald/one.txt").write_text(TEXT, encoding="utf-8")
    rows = pa.table({"outlet": ["Herald"], "text": [TEXT]})
    pq.write_table(rows, folder / "articles.parquet")
    return folder


@pytest.mark.parametrize("given", ["articles", "articles.parquet", "hits"])
def test_sources_that_bear_a_tables_name_stay(news, monkeypatch, capsys, given):
    monkeypatch.chdir(news)
    before = contents(news)
    status = cli.main(["annotate", given, "--out", "."])
    said = capsys.readouterr().err
    assert status == 2 and "no ledger says that it wrote it" in said
    assert len(said.strip().splitlines()) == 1
    assert contents(news) == before


@pytest.mark.parametrize("own", ["quotes/notes.txt", ".work/draft.txt", "tokens.parquet"])
def test_what_a_user_has_in_a_folder_stays(news, tmp_path, capsys, own):
    thesis = tmp_path / "thesis"
    (thesis / own).parent.mkdir(parents=True, exist_ok=True)
    (thesis / own).write_text("mine", encoding="utf-8")
    before = contents(thesis)
    assert cli.main(["annotate", str(news / "hits"), "--out", str(thesis)]) == 2
    assert own.split("/")[0] in capsys.readouterr().err
    assert contents(thesis) == before


def test_files_of_other_names_stay_beside_the_tables(news, tmp_path):
    out = tmp_path / "out"
    (out / "notes").mkdir(parents=True)
    (out / "notes/mine.txt").write_text("mine", encoding="utf-8")
    engine.annotate([news / "hits"], [], out)
    engine.annotate([news / "articles"], [], out)  # made anew, from other articles
    assert (out / "notes/mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_ledger_says_what_it_wrote_and_only_that_is_replaced(news, tmp_path):
    out = tmp_path / "out"
    engine.annotate([news / "hits"], [], out)
    files = json.loads((out / ledger.KEY).read_text(encoding="utf-8"))["files"]
    assert {*(p.name for p in out.glob("*.parquet")), "hits"} == set(files)
    (out / "quotes").mkdir()
    (out / "quotes/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(engine.Occupied, match="quotes: is there already"):
        engine.annotate([news / "articles"], [], out)
    assert (out / "quotes/mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("words", ["my accounts", '{"accounts": 3}'])
def test_a_file_called_ledger_json_that_is_no_ledgers_stays(news, tmp_path, words):
    out = tmp_path / "out"
    out.mkdir()
    (out / ledger.KEY).write_text(words, encoding="utf-8")
    with pytest.raises(engine.Occupied):
        engine.annotate([news / "hits"], [], out)
    assert (out / ledger.KEY).read_text(encoding="utf-8") == words


def test_what_a_user_has_inside_the_folder_of_a_table_stays(news, tmp_path, capsys):
    out = tmp_path / "tables"
    words = ["annotate", str(news), "--out", str(out)]
    assert cli.main(words) == 0
    own = out / "hits" / "coded" / "mine.csv"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    assert cli.main(words) == 2
    said = capsys.readouterr().err
    assert own.read_text(encoding="utf-8") == "mine"
    assert f"{own}: is there already" in said


def test_a_name_that_is_empty_is_no_folder(news, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["annotate", str(news), "--out", ""])
    assert ended.value.code == 2
    assert "the name is empty; give a folder" in capsys.readouterr().err


def test_tables_do_not_go_beside_the_file_that_is_read(news, capsys):
    file = sorted(p for p in news.rglob("*.txt"))[0]
    before = contents(file.parent)
    assert cli.main(["annotate", str(file), "--out", str(file.parent)]) == 2
    assert "in the folder of the articles" in capsys.readouterr().err
    assert contents(file.parent) == before


def test_files_that_were_passed_over_are_said_even_quietly(news, tmp_path, capsys):
    (news / "hits" / "Herald" / "link.txt").symlink_to("gone.txt")
    assert cli.main(["annotate", str(news), "--out", str(tmp_path / "t"), "--quiet"]) == 0
    assert "1 skipped (intake.parquet says why)" in capsys.readouterr().out


def test_a_folder_that_cannot_be_made_is_one_line(news, tmp_path, capsys):
    (tmp_path / "dangling").symlink_to("nowhere")
    assert cli.main(["annotate", str(news), "--out", str(tmp_path / "dangling")]) != 0
    assert "no folder can be made there; give another --out" in capsys.readouterr().err


@pytest.mark.parametrize(
    "table, said",
    [
        ("text,text\nOne text is here.,Another is there.\n", "2 columns are named text"),
        ("text,title\n\u200b\ufeff,unseen\nA text is here.,seen\n", "empty: not a character"),
    ],
)
def test_no_cell_is_dropped_in_silence(tmp_path, capsys, table, said):
    (tmp_path / "news").mkdir()
    (tmp_path / "news/rows.csv").write_text(table, encoding="utf-8")
    assert cli.main(["annotate", str(tmp_path / "news"), "--out", str(tmp_path / "t")]) == 1
    assert said in capsys.readouterr().err
