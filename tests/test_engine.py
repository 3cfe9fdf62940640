"""From files to a ledger: what is made, when it is made anew, and that one bad article stops
nothing."""

import pytest

from helpers import engine, ledger
from helpers.engine import chain, keys

TEXT = (
    "Envoys meet in Varsk\n\nThe regime said on Monday that talks would go on. “We wait,” said Ana"
    " Torv, a guard at the gate.\n"
)


def annotated_tables():
    """Tables that are made without a lexicon."""
    return sorted(set(ledger.TABLES) - {"hits"})


def annotated(folder, out, **more):
    return engine.annotate([folder], [], out, **more)


@pytest.fixture
def folder(tmp_path):
    for outlet in ("Alpha", "Beta"):
        (tmp_path / "corpus" / outlet).mkdir(parents=True)
        for i in range(4):
            text = (
                f"{TEXT}\nParagraph number {i} of {outlet} says something of its own about the"
                f" talks.\n\nWritten in the house of {outlet} on the bank of the river\n"
            )
            (tmp_path / "corpus" / outlet / f"{i}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "corpus"


def test_every_table_is_written(folder, tmp_path):
    done = annotated(folder, tmp_path / "out")
    assert done.articles == 8 and not done.failures
    assert sorted(p.stem for p in (tmp_path / "out").glob("*.parquet")) == annotated_tables()


def test_the_same_articles_give_the_same_tables(folder, tmp_path):
    for out in ("one", "two"):
        annotated(folder, tmp_path / out)
    assert [
        (tmp_path / "one" / f"{t}.parquet").read_bytes()
        == (tmp_path / "two" / f"{t}.parquet").read_bytes()
        for t in annotated_tables()
    ] == [True] * len(annotated_tables())


def test_one_article_that_makes_a_room_raise_stops_no_other(folder, tmp_path, monkeypatch):
    real = chain.segment.sentences

    def broken(article, blocks):
        if article.article_id == "Alpha/2":
            raise RuntimeError("no\nsentences")
        return real(article, blocks)

    monkeypatch.setattr(chain.segment, "sentences", broken)
    done = annotated(folder, tmp_path / "out")
    assert done.articles == 7
    assert done.failures == (
        ledger.Failed("Alpha/2.txt", "Alpha/2", "annotate", "RuntimeError: no"),
    )


def furniture(out):
    """(article_id, first word) of each block that was cut as a line repeated over the outlet's
    articles."""
    tables = ledger.Ledger(out)
    cut = tables.blocks[tables.blocks["reason"] == "line repeated over the outlet's articles"]
    texts = tables.articles.set_index("article_id")["text"]
    return sorted(
        (row.article_id, texts[row.article_id][row.start : row.end].split()[0])
        for row in cut.itertuples()
    )


def test_lines_that_an_outlet_repeats_are_cut(folder, tmp_path):
    annotated(folder, tmp_path / "out")
    signs = [name for name, word in furniture(tmp_path / "out") if word == "Written"]
    assert signs == [f"{outlet}/{i}" for outlet in ("Alpha", "Beta") for i in range(4)]


def test_exact_copies_count_once(tmp_path):
    (tmp_path / "corpus/Alpha").mkdir(parents=True)
    for i in range(6):
        text = (
            f"{TEXT}\nWritten in the house of Alpha on the bank of the river\n"
            + "The talks went on in the hall.\n" * (i > 3)
        )
        (tmp_path / f"corpus/Alpha/{i}.txt").write_text(text, encoding="utf-8")
    done = annotated(tmp_path / "corpus", tmp_path / "out")
    assert furniture(tmp_path / "out") == []  # four copies and one more are two articles
    assert list(done.notes) == [
        "4 exact duplicates of others, the first: Alpha/1: exact duplicate of Alpha/0"
        " (intake.parquet lists them all)"
    ]


def test_articles_of_unknown_outlet_share_no_house(folder, tmp_path):
    flat = tmp_path / "flat"
    flat.mkdir()
    for i, path in enumerate(sorted(folder.rglob("*.txt"))):
        path.rename(flat / f"{i}.txt")
    done = annotated(flat, tmp_path / "out")
    assert furniture(tmp_path / "out") == []
    assert done.notes == (
        (
            "8 of 8 articles are of unknown outlet: put them in a folder per outlet, or name it in"
            " catalog.csv"
        ),
    )


def test_a_changed_file_changes_the_key(folder):
    before = keys.key([folder], {})
    (folder / "Alpha/0.txt").write_text("other words\n", encoding="utf-8")
    after = keys.key([folder], {})
    assert {k for k in before if before[k] != after[k]} == {"inputs"}


def test_a_missing_corpus_says_where_and_what_to_do():
    with pytest.raises(
        ValueError,
        match=r"data/raw/nowhere: there is no such file or folder; put the articles there",
    ):
        engine.open_ledger("data/raw/nowhere")
