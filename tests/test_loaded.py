"""Words that no lexicon has: features, the table of their weights, scores."""

import csv

import pandas as pd
import pytest

from helpers import data, terms
from helpers.terms import loaded

SENTENCES = pd.DataFrame(
    {
        "article_id": ["a", "b"],
        "start": [10, 0],
        "text": [
            "The reckless minister spoke on Monday.",
            "An utterly shameful betrayal, he said.",
        ],
    }
)


def test_the_table_documents_each_feature_once(root):
    with (root / "data/lexicons/loaded-model.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["feature"] for row in rows] == loaded.FEATURES
    assert all(row["meaning"] and row["source"] for row in rows)


def test_words_keep_their_place_in_the_article():
    told = terms.loaded_scores(SENTENCES)
    texts = SENTENCES.set_index("article_id")
    for row in told.itertuples():
        at = texts.loc[row.article_id, "start"]
        assert texts.loc[row.article_id, "text"][row.start - at : row.end - at] == row.word
    assert told["score"].between(0, 1).all()


def test_scores_are_the_same_twice():
    pd.testing.assert_frame_equal(terms.loaded_scores(SENTENCES), terms.loaded_scores(SENTENCES))


def test_a_judging_word_scores_above_a_plain_one():
    score = terms.loaded_scores(SENTENCES).set_index("word")["score"]
    assert score["reckless"] > score["minister"]
    assert score["shameful"] > score["said"]


def test_a_sentence_without_words_has_no_rows():
    empty = terms.loaded_scores(pd.DataFrame({"article_id": ["a"], "text": ["… !"]}))
    assert list(empty.columns) == ["article_id", "start", "end", "word", "score"]
    assert empty.empty


@pytest.mark.parametrize(
    ("text", "word", "feature"),
    [
        ("He was not cruel.", "cruel", "negated"),
        ("A “reckless” plan.", "reckless", "quoted"),
        ("A very odd plan.", "odd", "after_intensifier"),
        ("She smiled brazenly.", "brazenly", "manner"),
        ("The foulest deal.", "foulest", "superlative"),
        ("The dictator fled.", "dictator", "in_lexicon"),
        ("WRONG again.", "WRONG", "all_capitals"),
    ],
)
def test_a_feature_is_seen(text, word, feature):
    spans, table = loaded.loaded_features(text)
    [row] = [i for i, (a, b) in enumerate(spans) if text[a:b] == word]
    assert table[row, loaded.FEATURES.index(feature)] == 1


def scored(*texts):
    return terms.loaded_scores(
        pd.DataFrame({"article_id": list("abc")[: len(texts)], "text": texts})
    )


def test_candidates_are_likely_words_in_no_entry_with_their_uses():
    scores = scored(
        "A shameful plan, a dictator’s plan.", "That shameful vote.", "Shameful’s no word for it."
    )
    found, uses = terms.loaded_candidates(scores, [terms.build("x", {"a": ["dictator*"]})], least=2)
    assert found[["entry", "count", "articles"]].values.tolist() == [["shameful", 3, 3]]
    assert uses["start"].tolist() == [2, 5, 0] and set(found["category"]) == {""}
    assert found["score"][0] == pytest.approx(uses["score"].mean())
    none, _ = terms.loaded_candidates(scores, [terms.build("x", {"a": ["shameful*"]})], least=2)
    assert none.empty


def test_names_and_rare_words_are_no_candidates():
    scores = scored("The Shameful won.", "We met Shameful.", "A cruel, brazen, brazen plan.")
    assert terms.loaded_candidates(scores, [], least=2)[0]["entry"].tolist() == ["brazen"]


def test_candidates_of_a_corpus_are_its_own_voice_and_no_entry():
    news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    found, uses = news.loaded_candidates(least=2)
    assert len(found) and (found["score"] >= loaded.LIKELY).all()
    assert uses.groupby("entry").size().to_dict() == found.set_index("entry")["count"].to_dict()
    assert terms.unlisted(found["entry"], news.lexicons) == list(found["entry"])
    texts = news.texts(uses["article_id"])
    printed = [texts[u.article_id][u.start : u.end].lower() for u in uses.itertuples()]
    assert all(word.startswith(entry) for word, entry in zip(printed, uses["entry"], strict=True))
    places = news.places(found["entry"])  # in the own voice
    assert set(uses["start"]) <= set(places["start"]) and "outlet" in uses


def test_a_table_of_terms_says_how_precise_each_was_found_to_be():
    news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    table = news.with_measured(pd.DataFrame({"term": ["dictator", "olive branch", "none such"]}))
    assert table["measured"].tolist() == ["used so 20 of 20, marked 2 of 9", "", ""]


def test_places_are_given_their_sentence_once():
    news = data.open("data/raw/demo", [])
    two = news.sentences.iloc[[3, 9]]
    places = pd.concat([two, two.assign(start=two["start"] + 2)])[["article_id", "start"]]
    found = news.sentences_at(places)
    assert sorted(found["text"]) == sorted(two["text"])


def test_topics_left_out_are_told_as_well_as_before(shared, root, monkeypatch):
    monkeypatch.syspath_prepend(root / "benchmarks")
    import loaded as benchmark

    got = benchmark.measure(benchmark.read(shared / "dev-sets/loaded-words.jsonl"))
    assert got["model"] >= 0.369
    assert got["model sentences"] >= 0.673
