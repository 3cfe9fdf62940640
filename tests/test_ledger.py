"""Tables on disk: what is written comes back, and a half-written ledger is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import engine, ledger
from ledgers import put

HIT = ledger.Hit("a", 0, 3, "l", "c", "e*", "eee", "narration", "", False, None)
ARTICLE = ledger.Article(
    "a",
    "c",
    "O",
    "",
    "",
    "",
    date(2031, 3, 4),
    "",
    "en",
    "article",
    "a.txt",
    "0" * 64,
    "text\r\n\u2028=1+1 🙂",
)


def test_every_table_has_a_schema_in_the_order_of_its_row():
    assert {name: ledger.schema(name).names for name in ledger.TABLES} == {
        name: list(row._fields) for name, row in ledger.TABLES.items()
    }


def test_rows_come_back_as_they_went_in(tmp_path):
    read = put(tmp_path, articles=[ARTICLE], hits=[HIT, HIT._replace(sentence_id=4)])
    assert read.articles.iloc[0].to_dict() == ARTICLE._asdict()
    assert read.hits["sentence_id"].isna().tolist() == [True, False]


SMALL = st.integers(0, 9)


@given(st.lists(st.tuples(st.text(), SMALL, SMALL, st.text(), st.text(), SMALL)))
def test_any_text_survives_arrow(rows):
    assert [tuple(r.values()) for r in ledger.arrow("voices", rows).to_pylist()] == rows


COLUMNS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.text()), max_size=5
)


@given(st.lists(st.tuples(st.text(), COLUMNS), max_size=5))
def test_columns_of_tokens_make_the_table_that_their_rows_make(articles):
    rows = [(name, *token) for name, tokens in articles for token in tokens]
    parts = [
        (name, tuple(list(column) for column in zip(*tokens, strict=True)) or ([], [], [], []))
        for name, tokens in articles
    ]
    assert ledger.token_table(parts).equals(ledger.arrow("tokens", rows))


def test_a_table_may_be_a_folder_of_partitions(tmp_path):
    import pyarrow.parquet as pq

    (tmp_path / "voices").mkdir()
    for i in range(3):
        rows = [ledger.Voice("a", i, i + 1, "quote", "")]
        pq.write_table(ledger.arrow("voices", rows), tmp_path / f"voices/{i}.parquet")
    assert sorted(ledger.Ledger(tmp_path).voices["start"]) == [0, 1, 2]


def test_hits_are_those_of_the_lexicons_asked_for(tmp_path):
    import pyarrow.parquet as pq

    (tmp_path / "hits/many").mkdir(parents=True)
    pq.write_table(ledger.arrow("hits", [HIT]), tmp_path / "hits/one.parquet")
    for i in (1, 2):
        rows = [HIT._replace(start=i)]
        pq.write_table(ledger.arrow("hits", rows), tmp_path / f"hits/many/part-{i}.parquet")
    assert list(ledger.Ledger(tmp_path, ["one"]).hits["start"]) == [0]
    assert sorted(ledger.Ledger(tmp_path, ["one", "many"]).hits["start"]) == [0, 1, 2]
    assert ledger.Ledger(tmp_path).hits.empty


def test_a_table_of_an_older_version_is_an_error_not_an_empty_column(tmp_path):
    import pyarrow.parquet as pq

    old = ledger.arrow("sentences", []).drop_columns(["voice"])
    pq.write_table(old, tmp_path / "sentences.parquet")
    with pytest.raises(ValueError, match=r"sentences.parquet: lacks the column voice"):
        _ = ledger.Ledger(tmp_path).sentences


def test_columns_and_rows_can_be_asked_for(tmp_path):
    import pyarrow.compute as pc

    found = put(tmp_path, hits=[HIT, HIT._replace(voice="quote")]).read(
        "hits", ["start", "voice"], pc.field("voice") == "quote"
    )
    assert found.to_dict("list") == {"start": [0], "voice": ["quote"]}


def test_a_missing_table_says_how_to_make_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="framing annotate"):
        _ = ledger.Ledger(tmp_path).quotes


def test_hits_of_some_articles_are_those_of_the_ledgers_own_lexicons(root):
    """Other lexicons of the corpus have tables beside them, made by other notebooks."""
    engine.open_ledger(root / "data/raw/demo", [root / "data/lexicons/loaded-terms.yml"])
    own = engine.open_ledger(root / "data/raw/demo", [root / "data/lexicons/naming-demo.yml"])
    some = own.of(["mw-kalder-bridge"], "hits", ["article_id", "lexicon"])
    assert set(some["lexicon"]) == {"naming-demo"} and set(some["article_id"]) == {
        "mw-kalder-bridge"
    }
    with pytest.raises(ValueError, match="a table for each lexicon"):
        next(own.each(hits=["entry"]))
