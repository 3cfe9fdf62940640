"""catalog.csv: what it adds, what it checks, and what is said where it is wrong."""

import hashlib
from datetime import date

import pytest

from helpers import corpus
from helpers.corpus import Failure, Received

WORDS = "The two sides met in Korvan on Monday and agreed to meet again."
HASH = hashlib.sha256(WORDS.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "herald").mkdir()
    (tmp_path / "herald" / "one.txt").write_text(WORDS)
    return tmp_path


def read(folder, catalogue, encoding="utf-8"):
    (folder / "catalog.csv").write_bytes(catalogue.encode(encoding))
    return list(corpus.read(folder))


def test_every_column_arrives(folder):
    header = "source,article_id,outlet,title,deck,author,published,url,language,kind,sha256"
    cells = f'herald/one.txt,h1,The Herald,"Talks, again",Deck,A. Reed,2024-03-02,http://x.example,EN,interview,{HASH.upper()}'
    [each] = read(folder, f"{header}\n{cells}\n")
    assert each.article[:6] == ("h1", folder.name, "The Herald", "Talks, again", "Deck", "A. Reed")
    assert each.article[6:11] == (
        date(2024, 3, 2),
        "http://x.example",
        "en",
        "interview",
        "herald/one.txt",
    )


@pytest.mark.parametrize(
    "catalogue",
    [
        "source,outlet\nherald/one.txt,H\n",
        "source,outlet\n./herald/one.txt,H\n",
        "source,outlet\nherald\\one.txt,H\n",
        "article_id,outlet\nherald/one,H\n",
        "Source , Outlet\nherald/one.txt, H \n\n,\n",
        "\ufeffsource,outlet\r\nherald/one.txt,H\r\n",
    ],
)
def test_a_row_finds_its_file_by_path_or_by_id(folder, catalogue):
    [each] = read(folder, catalogue)
    assert (each.article.article_id, each.article.outlet) == ("herald/one", "H")


def test_a_catalogue_from_a_spreadsheet_in_cp1252(folder):
    [each] = read(folder, "source,outlet\nherald/one.txt,Café\n", "cp1252")
    assert each.article.outlet == "Café"


def test_what_the_catalogue_leaves_empty_is_inferred(folder):
    [each] = read(folder, "source,outlet,language,kind\nherald/one.txt,,,\n")
    assert (each.article.outlet, each.article.language, each.article.kind) == (
        "herald",
        "en",
        "article",
    )


@pytest.mark.parametrize(
    ("catalogue", "words"),
    [
        (
            "source,outlett,year\nx,y,z\n",
            "column 'outlett' looks like 'outlet'; write it so",
        ),
        ("source,source\nx,y\n", "stands twice"),
        ("outlet\nx\n", "needs a column source or article_id"),
        ("", "cannot be read"),
        ('source,outlet\n"x,y\n', "cannot be read"),
        ("source\0,outlet\n", "cannot be read"),
    ],
)
def test_a_broken_catalogue_is_one_line_before_anything_is_read(folder, catalogue, words):
    (folder / "catalog.csv").write_text(catalogue)
    with pytest.raises(ValueError, match=words) as caught:
        corpus.read(folder)
    assert "catalog.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("herald/none.txt,,,", "catalog.csv:3 names herald/none.txt, which is not in the folder"),
        ("../../etc/passwd,,,", "which is not in the folder"),
        (",elsewhere,,", "names elsewhere, which is not in the folder"),
        (",,2024-01-01,", "names neither source nor article_id"),
        ("herald/one.txt,,,", "same source and article_id"),
        ("herald/two.txt,,soon,", "'soon'; write it like 2024-03-02"),
        ("herald/two.txt,,,klingon", "unknown encoding 'klingon'"),
        ("herald/two.txt,", "has 2 cells where the header has 4"),
    ],
)
def test_a_broken_row_fails_in_one_line_and_the_others_come(folder, row, words):
    outcomes = read(folder, f"source,article_id,published,encoding\nherald/one.txt,,,\n{row}\n")
    [failure] = [each for each in outcomes if isinstance(each, Failure)]
    assert words in failure.reason
    assert failure.stage == "catalogue"
    assert [each.article.article_id for each in outcomes if isinstance(each, Received)] == [
        "herald/one"
    ]


def test_a_file_that_is_not_the_one_meant_fails(folder):
    [failure] = read(folder, f"source,sha256\nherald/one.txt,{'0' * 64}\n")
    assert (failure.source, failure.stage) == ("herald/one.txt", "catalogue")
    assert HASH[:12] in failure.reason
    assert "000000000000" in failure.reason


def test_two_files_of_one_id_the_first_stays(folder):
    (folder / "two.txt").write_text(WORDS + "2")
    first, second = read(folder, "source,article_id\nherald/one.txt,x\ntwo.txt,x\n")
    assert first.article.source == "herald/one.txt"
    assert (second.source, second.article_id) == ("two.txt", "x")
    assert "herald/one.txt" in second.reason


def test_the_declared_encoding_is_tried_before_the_guess(folder):
    (folder / "two.txt").write_bytes("Стороны встретились в Корване".encode("cp1251"))
    outcomes = read(folder, "source,encoding\ntwo.txt,windows-1251\n")
    [each] = [each for each in outcomes if each.article.source == "two.txt"]
    assert (each.encoding, each.article.text) == ("cp1251", "Стороны встретились в Корване")


def test_a_row_may_describe_a_table_and_another_an_article_in_it(folder):
    (folder / "t.csv").write_text(f"nr,words,paper\n1,{WORDS}1,\n2,{WORDS}2,Post\n")
    outcomes = read(
        folder,
        "source,article_id,outlet,kind,columns\n"
        't.csv,,Herald,,"text=words; outlet=paper; article_id=nr"\nt.csv,2,,opinion,\n',
    )
    first, second = (each.article for each in outcomes if each.article.source == "t.csv")
    assert (first.article_id, first.outlet, first.kind) == ("1", "Herald", "article")
    assert (second.article_id, second.outlet, second.kind) == ("2", "Post", "opinion")


@pytest.mark.parametrize("columns", ["text", "=x", "words=text", "text=a; html=b"])
def test_a_mapping_that_cannot_be_read_fails(folder, columns):
    outcomes = read(folder, f"source,columns\nherald/one.txt,{columns}\n")
    assert [
        each.reason.startswith("catalog.csv:2 columns")
        for each in outcomes
        if isinstance(each, Failure)
    ] == [True]


def test_a_mapping_of_the_catalogue_to_a_column_that_is_not_there(folder):
    (folder / "t.csv").write_text(f"nr,words\n1,{WORDS}1\n")
    outcomes = read(folder, "source,columns\nt.csv,text=body\n")
    assert [each.reason for each in outcomes if isinstance(each, Failure)] == [
        "no column body; columns found: nr, words"
    ]


def test_further_columns_of_a_catalogue_are_kept_with_the_article(folder):
    [each] = read(folder, "source,outlet,Leaning,rank\nherald/one.txt,Herald,left,\n")
    assert each.article.docvars == '{"Leaning": "left"}'
