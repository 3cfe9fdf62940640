"""A headline that stands in a column of its own is counted, and moves no place in the text."""

import pandas as pd
import pytest

from helpers import cli, data

TEXT = (
    "The regime closed the bridge on Monday, and the ferries stayed in the harbour all day.\n\n"
    "“We will open it again,” said Ada Lund, the mayor, who had not been asked before noon."
)


@pytest.fixture
def read(tmp_path):
    def one(name, rows):
        (tmp_path / "news").mkdir(exist_ok=True)
        table = pd.DataFrame(rows)
        if name.endswith(".csv"):
            table.to_csv(tmp_path / "news" / name, index=False)
        else:
            table.to_json(tmp_path / "news" / name, orient="records", lines=True)
        assert cli.main(["annotate", str(tmp_path / "news"), "--out", str(tmp_path / "t")]) == 0
        return data.open(tmp_path / "t", ["data/lexicons/loaded-terms.yml"])

    return one


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_it_is_counted_as_a_headline_and_every_place_is_one_of_the_column(read, name):
    rows = [{"outlet": "North", "title": "Regime shuts bridge", "text": TEXT}]
    news = read(name, rows)
    hits = news.hits.query("term == 'regime'").sort_values("start")
    assert hits["voice"].tolist() == ["narration", "headline"]
    assert TEXT[hits["start"].iloc[0] : hits["end"].iloc[0]] == "regime"
    [text] = news.texts(news.articles["article_id"]).values()
    assert text == f"{TEXT}\n\nRegime shuts bridge"
    assert news.words.query("voice == 'headline'")["words"].sum() == 3


@pytest.mark.parametrize(
    "first", ["Regime shuts bridge", "REGIME SHUTS BRIDGE", "The regime shuts the bridge"]
)
def test_a_text_that_begins_with_it_stays_as_it_is(read, first):
    text = f"{first}\n\n{TEXT}"
    news = read("rows.csv", [{"outlet": "North", "title": "Regime shuts bridge", "text": text}])
    assert list(news.texts(news.articles["article_id"]).values()) == [text]


def test_a_record_that_is_one_headline_is_counted_once(read):
    news = read(
        "rows.csv",
        [{"outlet": "North", "title": "Regime shuts bridge", "text": "Regime shuts bridge"}],
    )
    assert len(news.hits.query("term == 'regime'")) == 1


def test_one_text_under_two_headlines_is_still_told_to_be_one(read):
    rows = [
        {"outlet": o, "title": t, "text": TEXT * 3}
        for o, t in [("A", "Bridge shut"), ("B", "No way over")]
    ]
    news = read("rows.csv", rows)
    assert len(news.reprints()) == 1
