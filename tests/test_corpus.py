"""Files and folders to articles: what is received, what is passed over, what fails and how it is
said."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import date
from itertools import islice

import pytest

from helpers import corpus
from helpers.corpus import Failure, Received, Skipped

WORDS = "The two sides met in Korvan on Monday and agreed to meet again."


def write(folder, **files):
    """Write files: the one named a__b_txt is a/b.txt."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def received(*args, **kwargs):
    return {
        each.article.article_id: each
        for each in corpus.read(*args, **kwargs)
        if isinstance(each, Received)
    }


def failures(*args, **kwargs):
    return [each for each in corpus.read(*args, **kwargs) if isinstance(each, Failure)]


def skipped(*args, **kwargs):
    return {
        each.source: each.reason
        for each in corpus.read(*args, **kwargs)
        if isinstance(each, Skipped)
    }


def test_a_text_is_received_as_it_was(tmp_path):
    data = f"  {WORDS}\r\n\r\nEnd.\n".encode()
    [each] = corpus.read(write(tmp_path / "talks", herald__one_txt=data))
    article = each.article
    assert article.text.encode() == data
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert article[:3] == ("herald/one", "talks", "herald")
    assert (article.source, article.kind, article.language) == ("herald/one.txt", "article", "en")
    assert (article.title, article.published, article.url) == ("", None, "")
    assert (each.main, each.encoding, each.notes) == (None, "utf-8", ())


def test_files_come_sorted_from_nested_folders_and_the_first_folder_is_the_outlet(tmp_path):
    write(tmp_path, b__x__two_txt=WORDS + "2", a__one_txt=WORDS + "1", z_txt=WORDS + "3")
    found = received(tmp_path)
    assert list(found) == ["a/one", "b/x/two", "z"]
    assert [each.article.outlet for each in found.values()] == ["a", "b", corpus.UNKNOWN_OUTLET]
    assert found["z"].notes == (corpus.NO_OUTLET,)
    assert {each.article.corpus for each in found.values()} == {tmp_path.name}
    assert {each.article.corpus for each in received(tmp_path, name="mine").values()} == {"mine"}


def test_the_same_name_with_two_suffixes_keeps_its_suffix(tmp_path):
    write(tmp_path, one_txt=WORDS, two_txt=WORDS, one_html=f"<p>{WORDS}</p>")
    assert sorted(received(tmp_path)) == ["one.html", "one.txt", "two"]


def test_other_kinds_are_named_and_ours_passed_over(tmp_path):
    write(
        tmp_path,
        one_txt=WORDS,
        photo_jpg=b"x",
        README_md="x",
        gold__quotes_csv="x",
        a__README_txt="x",
    )
    write(tmp_path, LICENSE_="x", deep__catalog_csv="source\n")
    (tmp_path / ".hidden.txt").write_text(WORDS)
    (tmp_path / "catalog.csv").write_text("source\none.txt\n")
    outcomes = list(corpus.read(tmp_path))
    assert [each.source for each in outcomes if isinstance(each, Skipped)] == [
        "LICENSE.",
        "deep/catalog.csv",
        "photo.jpg",
    ]
    assert len(outcomes) == 4
    assert ".parquet" in skipped(tmp_path)["photo.jpg"]


def test_files_and_folders_may_be_given_together(tmp_path):
    write(tmp_path, a__one_txt=WORDS, b__two_txt=WORDS + "2")
    found = received([tmp_path / "a", str(tmp_path / "b" / "two.txt")])
    assert list(found) == ["one", "two"]
    assert found["two"].article.corpus == "b"


@pytest.mark.parametrize("make", ["missing", "empty", "only others", "other file", "pipe"])
def test_a_path_without_articles_is_one_line_before_anything_is_read(tmp_path, make):
    path = tmp_path / "here"
    if make in ("empty", "only others"):
        path.mkdir()
    if make == "only others":
        write(path, photo_jpg=b"x", README_txt="x")
    if make == "other file":
        path = tmp_path / "photo.jpg"
        path.write_bytes(b"x")
    if make == "pipe":
        path = tmp_path / "pipe.txt"
        os.mkfifo(path)
    with pytest.raises(ValueError, match=str(path.name)) as caught:
        corpus.read(path)
    assert "\n" not in str(caught.value)


def test_no_path_at_all_is_refused():
    with pytest.raises(ValueError, match="no path"):
        corpus.read([])


def test_broken_files_fail_each_in_one_line_and_the_others_come(tmp_path):
    write(
        tmp_path,
        a_txt=b"",
        b_txt=b" \n\t",
        c_txt=b"\x00\x01\x02",
        d_html=b"<html><script>x</script></html>",
        e_txt=WORDS,
        f_parquet=b"PAR1 cut short",
        g_csv="name,age\nx,1\n",
        h_csv="",
        i_jsonl="",
    )
    outcomes = list(corpus.read(tmp_path))
    assert [each.article.article_id for each in outcomes if isinstance(each, Received)] == ["e"]
    broken = [each for each in outcomes if isinstance(each, Failure)]
    assert [each.source[0] for each in broken] == list("abcdfghi")
    assert [each.stage for each in broken] == [
        "decode",
        "decode",
        "decode",
        "page",
        "table",
        "table",
        "table",
        "table",
    ]
    assert all(
        "\n" not in each.reason and (";" in each.reason or "," in each.reason) for each in broken
    )


def test_an_exact_duplicate_is_kept_and_said(tmp_path):
    found = received(write(tmp_path, a__one_txt=WORDS, b__two_txt=WORDS, c__three_txt=WORDS + "!"))
    assert found["b/two"].notes == (corpus.DUPLICATE + "a/one",)
    assert found["a/one"].notes == found["c/three"].notes == ()


def test_an_id_that_is_taken_fails_and_the_first_stays(tmp_path):
    write(tmp_path, a__x_txt=WORDS + "1", b__x_txt=WORDS + "2")
    outcomes = list(corpus.read([tmp_path / "a", tmp_path / "b"]))
    assert [type(each).__name__ for each in outcomes] == ["Received", "Failure"]
    assert outcomes[0].article.text.endswith("1")
    assert "'x' is already that of x.txt" in outcomes[1].reason


def test_odd_names_are_data(tmp_path):
    names = [
        "new\nline.txt",
        "emoji 🕊.txt",
        "a'b\"c;d,e.txt",
        "x" * 250 + ".txt",
        "<script>.txt",
        "..txt.txt",
        "İ.TXT",
    ]
    for number, name in enumerate(names):
        (tmp_path / name).write_text(WORDS + str(number), encoding="utf-8")
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(WORDS, encoding="utf-8")
    found = [each.article for each in corpus.read(tmp_path) if isinstance(each, Received)]
    assert len(found) == len(names)  # all but the hidden one, and the one in Latin-1
    assert all("\n" not in article.article_id and article.article_id.encode() for article in found)
    assert {"new\nline.txt", "caf\\xe9.txt"} <= {article.source for article in found}


def test_links_are_not_followed_out_of_the_folder_or_in_circles(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(inside, one_txt=WORDS)
    write(outside, secret_txt=WORDS + " secret")
    (inside / "two.txt").symlink_to(inside / "one.txt")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    (inside / "nothing.txt").symlink_to(inside / "none.txt")
    (inside / "self.txt").symlink_to(inside / "self.txt")
    assert sorted(received(inside)) == ["one", "two"]
    assert sorted(skipped(inside)) == ["circle", "folder", "leak.txt", "nothing.txt", "self.txt"]


def test_what_is_no_regular_file_is_skipped(tmp_path):
    write(tmp_path, one_txt=WORDS)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "two.txt").write_text(WORDS)
    assert list(skipped(tmp_path)) == ["pipe.txt"]
    assert sorted(received(tmp_path)) == ["folder.txt/two", "one"]


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Sides meet in Korvan</title>
<meta name="author" content="Ada Reed"><link rel="canonical" href="https://herald.example/korvan-talks">
<meta property="article:published_time" content="2031-03-11T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Sides meet in Korvan</h1>
<p>The two sides met in Korvan on Monday and agreed to meet again within a month, officials said.</p>
<p>Nobody had expected the talks to last for more than an hour, but they went on until the evening.</p>
<p>A second round is to be held in the same town, and both sides have said that they will come.</p>
</article><footer>All rights reserved</footer><script>alert("x")</script></body></html>"""  # noqa: E501


def test_a_page_gives_its_visible_text_the_passages_of_the_article_and_its_head(tmp_path):
    [each] = corpus.read(write(tmp_path, herald__korvan_html=PAGE))
    article = each.article
    assert (article.title, article.author, article.published) == (
        "Sides meet in Korvan",
        "Ada Reed",
        date(2031, 3, 11),
    )
    assert (article.url, article.language, article.outlet) == (
        "https://herald.example/korvan-talks",
        "en",
        "herald",
    )
    assert "All rights reserved" in article.text
    assert "alert" not in article.text
    assert sum(passage.startswith(("The two", "Nobody", "A second")) for passage in each.main) == 3
    assert not any("rights" in passage or "Sport" in passage for passage in each.main)
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()


def test_the_catalogue_goes_before_the_head_of_a_page(tmp_path):
    write(
        tmp_path,
        korvan_html=PAGE,
        catalog_csv="source,outlet,title,published\nkorvan.html,Herald,Mine,2030-01-02\n",
    )
    [each] = corpus.read(tmp_path)
    assert each.article[2:4] == ("Herald", "Mine")
    assert (each.article.published, each.article.author) == (date(2030, 1, 2), "Ada Reed")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "words " * 20,
        "<p>words" + "<b>" * 50_000,
        "<table>" * 3_000 + "words words words words",
        "<" * 100_000 + "words",
        "&#0;&#xD800;&#x110000;" + "words " * 20,
        "<html lang=" * 10_000 + "words " * 20,
        "<?xml version='1.0' encoding='nonsense'?><p>" + "words " * 20,
        "<meta charset=" * 5_000 + "<p>" + "words " * 20,
    ],
)
def test_a_hostile_page_is_received_or_fails_in_one_line(tmp_path, page):
    [each] = corpus.read(write(tmp_path, a__page_html=page, b__fine_txt=WORDS) / "a")
    assert isinstance(each, Received | Failure)
    if isinstance(each, Received):
        assert each.article.text.encode()
    else:
        assert "\n" not in each.reason


def test_script_in_a_title_is_only_text(tmp_path):
    write(tmp_path, a_txt=WORDS, catalog_csv='source,title\na.txt,"<script>alert(1)</script>"\n')
    assert received(tmp_path)["a"].article.title == "<script>alert(1)</script>"


def test_a_page_has_the_same_date_whatever_day_it_is(tmp_path):
    """The page's date lies in 2031: a search that ends today would not find it."""
    [each] = corpus.read(write(tmp_path, a_html=PAGE))
    assert each.article.published == date(2031, 3, 11)
    assert time.gmtime().tm_year < 2031


def test_language_is_told_offline_in_silence_and_not_for_scraps(capfd):
    assert corpus.language(WORDS) == "en"
    assert (
        corpus.language("Die beiden Seiten trafen sich am Montag und\nwollen sich wieder treffen.")
        == "de"
    )
    assert (
        corpus.language("Стороны встретились в понедельник и договорились встретиться снова.")
        == "ru"
    )
    assert corpus.language("Too short") == corpus.language("") == corpus.language(" \n" * 500) == ""
    assert capfd.readouterr() == ("", "")


def test_the_room_is_imported_without_its_heavy_packages():
    code = (
        "import sys, helpers.corpus; print([name for name in ('trafilatura', 'pyarrow', 'pandas',"
        " 'fasttext', 'inscriptis', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_five_articles_are_received_as_they_are(shared):
    found = received(shared / "articles")
    assert len(found) == 5
    for path in (shared / "articles").glob("*.txt"):
        assert found[path.stem].article.text.encode() == path.read_bytes()
        assert found[path.stem].article.language == "en"


@pytest.mark.parametrize(
    ("name", "columns", "count"),
    [
        ("cleaning.parquet", {"text": "raw_text"}, 200),
        ("news-10k.parquet", None, 10_000),
        ("quotes-train.jsonl", None, 840),
        ("quotes-dev.jsonl", None, 84),
        ("loaded-words.jsonl", None, 1_700),
    ],
)
def test_every_row_of_the_development_sets_is_received(shared, name, columns, count):
    outcomes = list(corpus.read(shared / "dev-sets" / name, columns=columns))
    assert [type(each) for each in outcomes] == [Received] * count
    assert all(each.article.language for each in outcomes)


def test_pages_of_the_development_set_give_their_passages_and_their_date(shared):
    outcomes = corpus.read(shared / "dev-sets" / "cleaning.parquet", columns={"html": "html"})
    some = list(islice(outcomes, 60))
    assert [type(each) for each in some] == [Received] * 60
    assert sum(bool(each.main) for each in some) >= 58
    assert sum(each.article.published is not None for each in some) >= 55
