"""Tables of articles: columns by their many names, broken rows named, the others received, memory
bounded."""

import hashlib
import json
from datetime import date, datetime
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers import corpus
from helpers.corpus import Failure, Received
from helpers.corpus.columns import SYNONYMS

WORDS = "The two sides met in Korvan on Monday and agreed to meet again."


def read(path, content, **kwargs):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(corpus.read(path, **kwargs))


def articles(outcomes):
    return [each.article for each in outcomes if isinstance(each, Received)]


def reasons(outcomes):
    return [each.reason for each in outcomes if isinstance(each, Failure)]


def test_a_csv_with_other_peoples_names(tmp_path):
    rows = (
        f'Doc-ID,Headline,Source,Body,Publish Date,Link\n7,Talks,Herald,"{WORDS}\r\n""Yes,"" she'
        ' said.",2024-03-02,u\n'
    )
    [each] = read(tmp_path / "t.csv", rows)
    text = f'{WORDS}\r\n"Yes," she said.'
    assert each.article[:4] == ("7", tmp_path.name, "Herald", "Talks")
    assert (each.article.text, each.article.published, each.article.url) == (
        text,
        date(2024, 3, 2),
        "u",
    )
    assert each.article.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (each.main, each.encoding, each.article.source) == ((), "utf-8", "t.csv")


@pytest.mark.parametrize(
    ("name", "mark"), [("t.tsv", "\t"), ("t.csv", ";"), ("t.csv", "\t"), ("t.csv", "|")]
)
def test_other_delimiters(tmp_path, name, mark):
    found = articles(read(tmp_path / name, f"id{mark}text\n1{mark}{WORDS}\n"))
    assert [(each.article_id, each.text) for each in found] == [("1", WORDS)]


def test_rows_without_an_id_are_numbered(tmp_path):
    found = articles(read(tmp_path / "t.csv", f"id,text\n,{WORDS}\n9,{WORDS}2\n"))
    assert [each.article_id for each in found] == ["t.csv#1", "9"]
    found = articles(
        read(tmp_path / "u.jsonl", f'{{"text": "{WORDS}"}}\n\n{{"text": "{WORDS}!"}}\n')
    )
    assert [each.article_id for each in found] == ["u.jsonl#1", "u.jsonl#3"]


def test_a_mapping_goes_before_the_synonyms(tmp_path):
    path = tmp_path / "t.csv"
    [each] = articles(
        read(path, f"text,mine,head\nno,{WORDS},Talks\n", columns={"text": "mine", "title": "head"})
    )
    assert (each.text, each.title) == (WORDS, "Talks")


def test_a_mapping_to_a_column_that_is_not_there_names_those_that_are(tmp_path):
    [reason] = reasons(
        read(tmp_path / "t.csv", f"text,head\n{WORDS},Talks\n", columns={"title": "topic"})
    )
    assert "topic" in reason
    assert "text, head" in reason


def test_a_table_without_text_names_its_columns(tmp_path):
    for name, content in (("t.csv", "name,age\nx,1\n"), ("t.jsonl", '{"name": "x", "age": 1}\n')):
        [reason] = reasons(read(tmp_path / name, content))
        assert "name, age" in reason
        assert "text=body" in reason


def test_unknown_columns_of_an_article_are_refused_at_once(tmp_path):
    with pytest.raises(ValueError, match=r"headline.*known are article_id"):
        corpus.read(tmp_path, columns={"headline": "title"})
    with pytest.raises(ValueError, match="not both"):
        corpus.read(tmp_path, columns={"text": "a", "html": "b"})


def test_text_goes_before_html_unless_html_is_asked_for(tmp_path):
    rows = [
        {
            "id": 1,
            "text": WORDS,
            "html": f"<html><body><p>{WORDS}</p><p>More of it.</p></body></html>",
        }
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    [plain] = corpus.read(tmp_path / "t.parquet")
    [page] = corpus.read(tmp_path / "t.parquet", columns={"html": "html"})
    assert (plain.article.text, plain.main) == (WORDS, ())
    assert "More of it." in page.article.text
    assert page.main is not None
    assert page.article.sha256 == hashlib.sha256(rows[0]["html"].encode()).hexdigest()


def test_broken_rows_of_a_csv_are_named_and_the_others_come(tmp_path):
    rows = (
        f'id,text\n1,{WORDS}1\n2,{WORDS},extra\n3\n\n4,"{WORDS}4"\n5,"a "quoted"'
        f' word"\n6,{WORDS}6\n'
    )
    outcomes = read(tmp_path / "t.csv", rows)
    assert [each.article_id for each in articles(outcomes)] == ["1", "4", "6"]
    assert [reason.split(": ")[0] for reason in reasons(outcomes)] == [
        "t.csv:3",
        "t.csv:4",
        "t.csv:7",
    ]


def test_a_quotation_mark_never_closed_costs_its_own_row_only(tmp_path):
    rows = "id,text\n" + "".join(f"{n},{chr(34) * (n == 2)}{WORDS}{n}\n" for n in range(1, 6))
    outcomes = read(tmp_path / "t.csv", rows)
    assert [each.article_id for each in articles(outcomes)] == ["1", "3", "4", "5"]
    assert reasons(outcomes)[0].startswith("t.csv:3: ")


def test_marks_never_closed_in_every_row_do_not_take_quadratic_time(tmp_path):
    rows = "id,text\n" + '"\n""\n' * 20_000
    outcomes = read(tmp_path / "t.csv", rows)
    assert outcomes
    assert all(isinstance(each, Failure) for each in outcomes)


def test_broken_rows_of_json_lines_are_named_and_the_others_come(tmp_path):
    lines = [
        json.dumps({"id": 1, "text": WORDS}).encode(),
        b'{"id": 2, "text": "cut sh',
        b"[1, 2]",
        b'{"id": 4, "text": "\xff\xfe"}',
        b'{"id": 5, "text": "half a character \\ud800"}',
        b'{"id": 6, "text": ""}',
        b'{"id": 7, "text": null}',
        b'{"id": 8, "text": 12}',
        b'{"id": 9}',
        b"[" * 100_000,
        json.dumps(
            {"id": 11, "text": WORDS + "!", "title": None, "authors": ["A. Reed", "B. Cole"]}
        ).encode(),
    ]
    outcomes = read(tmp_path / "t.jsonl", b"\n".join(lines))
    assert [each.article_id for each in articles(outcomes)] == ["1", "11"]
    assert articles(outcomes)[1].author == "A. Reed, B. Cole"
    assert [reason.split(":")[1] for reason in reasons(outcomes)] == [str(n) for n in range(2, 11)]
    assert all("\n" not in reason for reason in reasons(outcomes))


def test_a_file_of_other_objects_is_given_up_after_a_hundred(tmp_path):
    outcomes = read(tmp_path / "t.jsonl", '{"name": "x", "age": 1}\n' * 5_000)
    assert len(outcomes) == 101
    assert "columns found: name, age" in outcomes[-1].reason


def test_a_column_that_objects_leave_out_is_empty_there_and_missed_if_it_is_nowhere(tmp_path):
    lines = f'{{"id": 1, "text": "{WORDS}"}}\n{{"id": 2, "text": "{WORDS}2", "top": "Talks"}}\n'
    outcomes = read(tmp_path / "t.jsonl", lines, columns={"title": "top"})
    assert [each.title for each in articles(outcomes)] == ["", "Talks"]
    outcomes = read(tmp_path / "t.jsonl", lines, columns={"title": "topp"})
    assert len(articles(outcomes)) == 2
    assert "topp" in reasons(outcomes)[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_tables(tmp_path, encoding):
    words = WORDS + " “Café”"
    [each] = read(tmp_path / "t.csv", f"id,text\n1,{words}\n".encode(encoding))
    assert (each.article.text, each.encoding) == (words, encoding)


def test_a_binary_table_fails_once(tmp_path):
    assert "NUL" in reasons(read(tmp_path / "t.csv", b"id,text\n1,a\0b\n"))[0]


def test_parquet_with_dates_lists_bytes_and_nulls(tmp_path):
    table = pa.table(
        {
            "id": [1, None, 3, 4],
            "text": pa.array([WORDS.encode(), (WORDS + "2").encode(), None, b"\0\1"], pa.binary()),
            "authors": [["A. Reed"], None, None, None],
            "date": pa.array(
                [datetime(2024, 3, 2, 23), None, None, None], pa.timestamp("ns", tz="UTC")
            ),
            "outlet": pa.array(["Herald", "Herald", None, None]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    outcomes = list(corpus.read(tmp_path / "t.parquet"))
    first, second = articles(outcomes)
    assert (first.article_id, first.author, first.published) == ("1", "A. Reed", date(2024, 3, 2))
    assert (first.outlet, first.text) == ("Herald", WORDS)
    assert (second.article_id, second.published) == ("t.parquet#2", None)
    assert [each.article_id for each in outcomes if isinstance(each, Failure)] == ["3", "4"]


def test_parquet_cut_short_fails_in_one_line(tmp_path):
    pq.write_table(pa.table({"text": [WORDS] * 1000}), tmp_path / "t.parquet")
    data = (tmp_path / "t.parquet").read_bytes()
    for size in (0, 3, len(data) // 2, len(data) - 1):
        [reason] = reasons(read(tmp_path / "cut.parquet", data[:size]))
        assert "Parquet" in reason
        assert "\n" not in reason


def test_parquet_with_a_page_that_is_damaged_fails_and_does_not_stop_the_others(tmp_path):
    pq.write_table(pa.table({"text": [f"{WORDS}{n}" for n in range(3000)]}), tmp_path / "a.parquet")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[100:400] = b"\xff" * 300
    (tmp_path / "a.parquet").write_bytes(data)
    (tmp_path / "b.txt").write_text(WORDS)
    outcomes = list(corpus.read(tmp_path))
    assert any(isinstance(each, Failure) and each.source == "a.parquet" for each in outcomes)
    assert outcomes[-1].article.article_id == "b"


def test_a_parquet_file_is_never_held_whole(tmp_path):
    random = Random(7)
    with pq.ParquetWriter(tmp_path / "t.parquet", pa.schema({"text": pa.string()})) as writer:
        for _ in range(10):
            writer.write_table(
                pa.table({"text": [random.randbytes(5_000).hex() for _ in range(400)]})
            )
    before, most, count = pa.total_allocated_bytes(), 0, 0
    for _ in corpus.read(tmp_path / "t.parquet"):
        most, count = max(most, pa.total_allocated_bytes() - before), count + 1
    assert count == 4_000
    assert most < (tmp_path / "t.parquet").stat().st_size / 2


def test_a_cell_longer_than_the_csv_modules_limit_is_read(tmp_path):
    [each] = articles(read(tmp_path / "t.csv", f"id,text\n1,{'word ' * 60_000}\n"))
    assert len(each.text) == 300_000


def test_a_date_that_is_none_is_left_empty_and_said(tmp_path):
    [each] = read(tmp_path / "t.csv", f"id,text,date,outlet\n1,{WORDS},03/04/2024,Herald\n")
    assert each.article.published is None
    assert each.notes == ("published is no full date: '03/04/2024'; left empty",)


def test_a_byte_that_windows_1252_leaves_undefined_stays_what_it_is_in_a_table_too(tmp_path):
    text = "The café opened on Mon\udc81day, they said."
    data = f'id,text\na,"{text}"\n'.encode("cp1252", "surrogateescape")
    [row] = read(tmp_path / "t.csv", data)
    assert row.article.text == "The café opened on Mon\x81day, they said."


def test_the_lines_of_a_cell_that_is_too_long_are_one_failure_and_the_rows_after_it_are_read(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(corpus.tables._Records, "LONGEST", 50)
    lines = "One, two, and three.\n" * 60 + "Four."
    found = read(tmp_path / "t.csv", f'id,text\na,"{lines}"\nb,{WORDS}\n')
    assert [a.text for a in articles(found)] == [WORDS]
    [reason] = reasons(found)
    assert reason.startswith(
        "t.csv:2: a quotation mark is not closed in 50 lines; 60 broken lines follow it"
    )


def test_the_codebook_lists_the_names_of_columns_that_are_recognised(root):
    page = (root / "data/README.md").read_text(encoding="utf-8")
    for column, names in SYNONYMS.items():
        assert f"| {column} | {', '.join(names)} |" in page
