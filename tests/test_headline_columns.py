"""A headline that stands in a column of its own is counted, and moves no place in the text."""

import pandas as pd
import pytest

from helpers import cli, data, engine, study
from helpers.ledger import KEPT, Ledger

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


def test_a_study_may_say_that_its_texts_are_articles_already(tmp_path):
    news = tmp_path / "news" / "North"
    news.mkdir(parents=True)
    lines = [TEXT, "Ferries sail again", "Ferries sail again from noon", "More from the harbour"]
    (news / "one.txt").write_text("\n\n".join(lines), encoding="utf-8")
    kept = {}
    for name, columns in {"as found": {}, "cleaned": {"cleaned": "true"}}.items():
        engine.annotate([tmp_path / "news"], [], tmp_path / name, columns=columns)
        blocks = Ledger(tmp_path / name).read("blocks", ["role"])
        kept[name] = int(blocks["role"].isin(KEPT).sum())
    assert kept["cleaned"] > kept["as found"] >= 2


def test_cleaned_is_a_key_of_a_study(tmp_path):
    (tmp_path / "study.yml").write_text(
        "title: T\ncorpus: data/raw/demo\ncleaned: true\nreports: [{notebook: 01-clean}]\n",
        encoding="utf-8",
    )
    assert study.load(tmp_path / "study.yml").columns == {"cleaned": "true"}


def test_cleaned_is_true_or_false(tmp_path):
    (tmp_path / "study.yml").write_text(
        "title: T\ncorpus: data/raw/demo\ncleaned: maybe\nreports: [{notebook: 01-clean}]\n",
        encoding="utf-8",
    )
    with pytest.raises(study.StudyError, match="cleaned is 'maybe'; give true or false"):
        study.load(tmp_path / "study.yml")
