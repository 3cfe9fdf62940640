"""Shares of frames as counted, beside those that coded sentences imply."""

import pandas as pd
import pytest

from helpers import data, reliability

BY = ["outlet"]


@pytest.fixture(scope="module")
def news():
    return data.open("data/raw/demo", ["data/lexicons/frames.yml"])


@pytest.fixture(scope="module")
def framed(news):
    return news.hits.assign(frame=news.hits["lexicon"] + ": " + news.hits["category"])


def coded(news, folder, strata, code):
    units = reliability.units(news, "sentences")
    drawn = reliability.draw_sample(
        units, 10_000, by=strata, order=reliability.KEYS["sentences"], seed=1, in_all=True
    )
    sheet = folder / "sheet.csv"
    reliability.write_sheet(drawn, "sentences", str(sheet), by=strata, seed=1)
    cells = pd.read_csv(sheet, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    cells["coder_a"] = [code(row) for row in cells.to_dict("records")]
    cells.to_csv(sheet, index=False, encoding="utf-8-sig")
    return str(sheet)


def test_where_all_is_coded_the_corrected_share_is_the_coders(news, framed, tmp_path):
    conflict = framed[framed["frame"].str.endswith(": conflict")]
    places = set(zip(conflict["article_id"], conflict["sentence_id"], strict=True))
    known = {
        (row.article_id, str(row.start)): (row.article_id, row.sentence_id) in places
        for row in news.sentences.itertuples()
    }
    kept = {place for i, place in enumerate(sorted(p for p in known if known[p])) if i % 2}

    def code(row):
        return "Conflict" if (row["article_id"], row["start"]) in kept else "none"

    sheet = coded(news, tmp_path, BY, code)
    table, words = reliability.frames_beside(news, framed, news.sentences, sheet, [])
    row = table.set_index("frame").loc["frames: conflict"]
    every = len(news.sentences)
    assert list(table["frame"]) == ["frames: conflict"]
    assert row["raw"] == pytest.approx(100 * len(places) / every)
    assert row["corrected"] == pytest.approx(100 * len(kept) / every)
    assert "conflict" in words


def test_a_sample_drawn_by_another_lexicon_corrects_nothing(news, framed, tmp_path):
    sheet = coded(news, tmp_path, ["outlet", "machine"], lambda row: "conflict")
    table, words = reliability.frames_beside(news, framed, news.sentences, sheet, BY)
    assert table.empty
    assert words.startswith("Not corrected: sheet.csv was drawn by what another lexicon found")


def test_without_a_sheet_it_says_that_nothing_is_known(news, framed):
    table, words = reliability.frames_beside(news, framed, news.sentences, "", BY)
    assert table.empty and words.startswith("No sentence was coded by hand")
