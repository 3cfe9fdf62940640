"""Partitions: the same tables however many processes, machines and interruptions a run had."""

import json
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from helpers import engine, ledger
from helpers.engine import annotated, hits, make, received, repeats
from helpers.engine.parts import Work
from helpers.engine.pools import Died, Here
from ledgers import files

TEXT = (
    "Envoys meet in {0}\n\nThe regime said on Monday that talks in {0} would go on. “We wait,” said"
    " Ana Torv, a guard at the gate of {0}.\n"
)
TOWNS = [
    "Varsk",
    "Oster",
    "Milow",
    "Prenn",
    "Tarvo",
    "Lusk",
    "Brell",
    "Ondar",
    "Zeme",
    "Kallo",
    "Wirt",
]
ARTICLES = 11
TABLES = sorted(annotated.BASE)


@pytest.fixture
def lexicons(tmp_path):
    places = []
    for name, entry in (("one", "regime"), ("two", "guard")):
        places.append(tmp_path / f"{name}.csv")
        places[-1].write_text(f"entry,category\n{entry},a\n", encoding="utf-8")
    return places


@pytest.fixture
def articles(tmp_path):
    """Eleven articles of two outlets in lines of JSON: a copy, an id taken twice, a line that is
    none."""
    rows = []
    for i in range(ARTICLES):
        text = (
            f"{TEXT.format(TOWNS[i])}\nParagraph number {i} says something of its own.\n\nSign up"
            " to the letter and get it each day\n"
        )
        rows.append({"article_id": f"a{i}", "outlet": "Alpha" if i % 2 else "Beta", "text": text})
    rows.insert(5, {**rows[0], "article_id": "copy"})
    rows.insert(9, {**rows[1], "text": "Another text with a taken id, said Ana Torv.\n"})
    lines = [json.dumps(row) for row in rows]
    lines.insert(7, "{broken")
    (tmp_path / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "articles.jsonl"


@pytest.fixture
def small(monkeypatch):
    """Partitions of three articles, done in this process."""
    monkeypatch.setattr(received, "ARTICLES", 3)
    monkeypatch.setattr(make.Crew, "pool", lambda self, work, small: Here())


def rows(folder):
    return {name: ledger.Ledger(folder).read(name).to_dict("list") for name in TABLES}


def test_partitions_hold_what_one_file_holds(articles, lexicons, tmp_path, monkeypatch):
    engine.annotate([articles], lexicons, tmp_path / "whole")
    monkeypatch.setattr(received, "ARTICLES", 3)
    done = engine.annotate([articles], lexicons, tmp_path / "cut")
    assert json.dumps(rows(tmp_path / "cut"), default=str) == json.dumps(
        rows(tmp_path / "whole"), default=str
    )
    names = [hits.table_name(lexicon) for lexicon in lexicons]
    assert all(len(list((tmp_path / "cut/hits" / name).iterdir())) == 5 for name in names)
    assert all((tmp_path / f"whole/hits/{name}.parquet").is_file() for name in names)
    found = [ledger.Ledger(tmp_path / out, names).hits.to_dict("list") for out in ("cut", "whole")]
    assert found[0] == found[1] and set(found[0]["entry"]) == {"regime", "guard"}
    assert done.articles == ARTICLES + 1 and done.failed == 2
    assert [note for note in done.notes] == ["copy: exact duplicate of a0"]
    assert {f.reason.partition(":")[0] for f in done.failures} == {
        "article_id 'a1' is already that of articles.jsonl; give it another",
        "articles.jsonl",
    }


def test_one_process_and_two_write_the_same_bytes(articles, lexicons, tmp_path, monkeypatch):
    monkeypatch.setattr(received, "ARTICLES", 3)
    for n in (1, 2):
        engine.annotate([articles], lexicons, tmp_path / str(n), processes=n)
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert len(files(tmp_path / "1")) == 5 * (len(TABLES) + len(lexicons))


def test_a_large_article_closes_its_partition(articles, lexicons, tmp_path, monkeypatch):
    monkeypatch.setattr(received, "SIZE", 500)
    engine.annotate([articles], lexicons, tmp_path / "out")
    sizes = [pq.read_metadata(p).num_rows for p in ledger.parts(tmp_path / "out", "intake")]
    assert sum(sizes) == ARTICLES + 3 and max(sizes) <= 4 and len(sizes) > 3


def test_nothing_is_done_where_all_is_there(articles, lexicons, tmp_path, small, monkeypatch):
    first = engine.annotate([articles], lexicons, tmp_path / "out")
    monkeypatch.setattr(make, "_made", lambda *_: pytest.fail("it begins again"))
    assert engine.annotate([articles], lexicons, tmp_path / "out") == first


def test_another_lexicon_adds_its_hits_and_changes_no_other_table(
    articles, lexicons, tmp_path, small
):
    engine.annotate([articles], lexicons[:1], tmp_path / "out")
    before = {p: p.stat().st_ino for p in (tmp_path / "out").rglob("*.parquet")}
    engine.annotate([articles], lexicons, tmp_path / "out")
    after = {p: p.stat().st_ino for p in (tmp_path / "out").rglob("*.parquet")}
    assert {p: after[p] for p in before} == before
    assert {p.parent.name for p in after.keys() - before.keys()} == {hits.table_name(lexicons[1])}
    engine.annotate([articles], lexicons, tmp_path / "anew")
    assert files(tmp_path / "out") == files(tmp_path / "anew")


def test_a_lexicon_that_changed_has_a_table_of_its_own(articles, lexicons, tmp_path, small):
    engine.annotate([articles], lexicons, tmp_path / "out")
    old = hits.table_name(lexicons[0])
    lexicons[0].write_text("entry,category\ntalks,a\n", encoding="utf-8")
    engine.annotate([articles], lexicons, tmp_path / "out")
    both = [ledger.Ledger(tmp_path / "out", [n]) for n in (old, hits.table_name(lexicons[0]))]
    assert [set(each.hits["entry"]) for each in both] == [{"regime"}, {"talks"}]


@pytest.mark.parametrize("damage", ["cut short", "emptied", "removed"])
def test_a_damaged_table_is_made_again_and_said(articles, lexicons, tmp_path, damage):
    engine.annotate([articles], lexicons, tmp_path / "out")
    before = files(tmp_path / "out")
    place = tmp_path / "out/voices.parquet"
    if damage == "removed":
        place.unlink()
    else:
        place.write_bytes(b"" if damage == "emptied" else place.read_bytes()[:100])
    said = []
    engine.annotate([articles], lexicons, tmp_path / "out", say=said.append)
    assert files(tmp_path / "out") == before
    assert any("tables were damaged or removed; making them again" in line for line in said)


class Stopped(Exception): ...


def stop_after(monkeypatch, module, name, calls):
    """Make a function raise at its nth call, as a kill would stop the run there."""
    real, count = getattr(module, name), iter(range(calls))

    def stopping(*args, **more):
        if next(count, None) is None:
            raise Stopped
        return real(*args, **more)

    monkeypatch.setattr(module, name, stopping)


STOPS = [
    (received, "put", 2),
    (repeats, "put", 0),
    (annotated, "put", 7),
    (annotated, "put", 19),
    (make, "put_text", 1),
]


@pytest.mark.parametrize(("module", "name", "calls"), STOPS)
def test_a_run_cut_off_goes_on_where_it_stopped(
    articles, lexicons, tmp_path, small, monkeypatch, module, name, calls
):
    engine.annotate([articles], lexicons, tmp_path / "whole")
    with monkeypatch.context() as patch:
        stop_after(patch, module, name, calls)
        with pytest.raises(Stopped):
            engine.annotate([articles], lexicons, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*/part-*")) and ledger.key(tmp_path / "out") == {}
    before = {p.name: p.stat().st_ino for p in (tmp_path / "out/.work/received").glob("part-*")}
    (
        monkeypatch.setattr(received, "_row", lambda made: pytest.fail("received again"))
        if len(before) == 5
        else None
    )
    engine.annotate([articles], lexicons, tmp_path / "out")
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert not (tmp_path / "out/.work").exists()


def test_a_run_cut_off_while_tables_are_moved_is_finished(
    articles, lexicons, tmp_path, small, monkeypatch
):
    engine.annotate([articles], lexicons, tmp_path / "whole")
    with monkeypatch.context() as patch:
        stop_after(patch, shutil, "rmtree", 3)
        with pytest.raises(Stopped):
            engine.annotate([articles], lexicons, tmp_path / "out")
    assert ledger.key(tmp_path / "out") == {} and list((tmp_path / "out").glob("*/part-*"))
    monkeypatch.setattr(make, "_tables", lambda *_: pytest.fail("made again"))
    engine.annotate([articles], lexicons, tmp_path / "out")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_failing_run_leaves_the_tables_there_are(
    articles, lexicons, tmp_path, small, monkeypatch
):
    engine.annotate([articles], lexicons, tmp_path / "out")
    before = files(tmp_path / "out")
    articles.write_text(articles.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(
            pq,
            "write_table",
            lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device")),
        )
        with pytest.raises(
            ValueError,
            match="no space left on its disk; make some and run again: what is done stays",
        ):
            engine.annotate([articles], lexicons, tmp_path / "out")
    assert files(tmp_path / "out") == before
    assert not [p for p in (tmp_path / "out").rglob("*") if p.name.startswith(".part")]
    assert ledger.Ledger(tmp_path / "out").key["result"]["articles"] == ARTICLES + 1


class Fragile(Here):
    """Dies over jobs that hold a certain article, as a process short of memory would."""

    def __init__(self, word):
        self.word = word

    def each(self, function, jobs):
        yield from ((job, self.alone(function, job)) for job in jobs)

    def alone(self, function, job):
        if function is received.receive:
            places = range(len(job[2]))
            texts = [
                (
                    entry.row.cells.get("text", "")
                    if isinstance(entry, received.corpus.Pending)
                    else ""
                )
                for entry in job[2]
            ]
        elif function is annotated.annotate:
            texts = [row["text"] for row in received.rows(job[0], job[1])]
            places = range(len(texts))
        else:
            return function(*job)
        start = 3 if function is received.receive else 2
        dropped, only = (
            (*job[start:], frozenset(), None)[:2] if len(job) != start + 1 else (job[start], None)
        )
        looked = [texts[i] for i in (only if only is not None else places) if i not in dropped]
        return Died() if any(self.word in text for text in looked) else function(*job)


@pytest.mark.parametrize(
    ("dies", "stage"), [(received.receive, "read"), (annotated.annotate, "annotate")]
)
def test_an_article_that_ends_its_process_is_a_failure_and_the_others_are_done(
    articles, lexicons, tmp_path, small, monkeypatch, dies, stage
):
    class Once(Fragile):
        def alone(self, function, job):
            return super().alone(function, job) if function is dies else function(*job)

    monkeypatch.setattr(make.Crew, "pool", lambda self, work, small: Once("number 4 says"))
    done = engine.annotate([articles], lexicons, tmp_path / "out")
    assert done.articles == ARTICLES
    assert [(f.article_id, f.stage) for f in done.failures if "process" in f.reason] == [
        ("a4", stage)
    ]


def test_a_second_run_into_the_same_folder_is_refused(articles, lexicons, tmp_path):
    with (
        make._alone(tmp_path / "out"),
        pytest.raises(ValueError, match="another run is writing its tables here; wait"),
    ):
        engine.annotate([articles], lexicons, tmp_path / "out")


def test_a_killed_run_goes_on(articles, lexicons, tmp_path, shared):
    """kill -9 of the command while its processes annotate; the rerun writes what a run in one go
    writes."""
    corpus = tmp_path / "many.parquet"
    pq.write_table(pq.read_table(shared / "dev-sets/news-10k.parquet").slice(0, 1100), corpus)
    command = [
        sys.executable,
        "-m",
        "helpers.cli",
        "annotate",
        str(corpus),
        "--lexicon",
        str(lexicons[0]),
        "--out",
    ]
    run = subprocess.Popen(
        [*command, str(tmp_path / "out")], stderr=subprocess.DEVNULL, start_new_session=True
    )
    while run.poll() is None and not list((tmp_path / "out/.work/tables/articles").glob("part-*")):
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    kept = {
        p.name: p.stat().st_ino for p in (tmp_path / "out/.work/tables/articles").glob("part-*")
    }
    assert kept
    for out in ("out", "whole"):
        assert (
            subprocess.run(
                [*command, str(tmp_path / out)], capture_output=True, check=False
            ).returncode
            == 0
        )
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert {name: (tmp_path / "out/articles" / name).stat().st_ino for name in kept} == kept


def test_work_says_where_its_partitions_lie(tmp_path):
    work = Work(str(tmp_path), (), "")
    assert [
        str(work.part(kind, 7).relative_to(tmp_path)) for kind in ("received", "lines", "hits")
    ] == [
        "received/part-000007.parquet",
        "lines/part-000007.parquet",
        "tables/hits/part-000007.parquet",
    ]
