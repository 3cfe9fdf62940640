"""Counts: whose voice a word is in, which zeros are shown, which articles are dropped."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import measure
from helpers.measure import collapse, occurrences, spoken, term_counts, words


def table(columns: str, *rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


ARTICLES = table("article_id outlet", ("a", "Gull"), ("b", "Heron"), ("c", "Heron"))
VOICES = table(
    "article_id start end voice speaker",
    ("b", 0, 30, "outlet", ""),
    ("a", 0, 10, "outlet", ""),
    ("a", 20, 30, "outlet", ""),
    ("a", 10, 20, "quote", "Ada Moss"),
)
TOKENS = table(
    "article_id start end norm",
    ("a", 0, 4, "rain"),
    ("a", 8, 14, "again"),  # straddles the border: it starts in the outlet's words
    ("a", 14, 18, "rain"),
    ("a", 20, 24, "fell"),
    ("b", 0, 4, "fell"),
    ("x", 0, 4, "gone"),
)
HITS = table(
    "article_id start end category entry voice",
    ("a", 0, 4, "weather", "rain", "outlet"),
    ("a", 14, 18, "weather", "rain", "quote"),
    ("b", 0, 4, "motion", "fell", "outlet"),
    ("x", 0, 4, "motion", "fell", "outlet"),
)


def test_a_word_belongs_to_the_voice_it_starts_in():
    found = words(TOKENS, VOICES, ARTICLES)
    assert found.to_dict("list") == {
        "article_id": ["a", "a", "b"],
        "outlet": ["Gull", "Gull", "Heron"],
        "voice": ["outlet", "quote", "outlet"],
        "speaker": ["", "Ada Moss", ""],
        "words": [3, 1, 1],
    }


def test_a_missing_speaker_is_an_empty_one():
    voices = VOICES.assign(speaker=None)
    assert words(TOKENS, voices, ARTICLES)["speaker"].tolist() == ["", "", ""]


def test_a_token_outside_every_voice_is_refused_by_name():
    outside = table("article_id start", ("a", 5), ("b", 30))
    with pytest.raises(ValueError, match=r"'b' has no voice at character 30"):
        spoken(outside, VOICES)
    with pytest.raises(ValueError, match="'x'"):
        spoken(TOKENS, VOICES)


def test_no_tokens_make_no_words():
    assert words(TOKENS[:0], VOICES[:0], ARTICLES).empty


def test_columns_that_parquet_reads_as_categories_count_the_same():
    category = {"article_id": "category", "voice": "category", "speaker": "category"}
    assert words(TOKENS, VOICES.astype(category), ARTICLES).equals(words(TOKENS, VOICES, ARTICLES))


def test_every_article_voice_and_category_gets_its_zero():
    grid = occurrences(HITS, ARTICLES)
    assert len(grid) == 3 * 2 * 2
    assert grid["hits"].sum() == 3  # the hit of an article outside the table is not counted
    assert grid.loc[grid["article_id"] == "c", "hits"].eq(0).all()
    assert grid.loc[grid["article_id"] == "c", "outlet"].eq("Heron").all()


def test_entries_stay_in_their_own_category():
    grid = occurrences(HITS, ARTICLES, ["category", "entry"])
    assert set(zip(grid["category"], grid["entry"], strict=True)) == {
        ("weather", "rain"),
        ("motion", "fell"),
    }


def test_voices_and_terms_never_found_can_be_shown():
    terms = table("category entry", ("weather", "snow"), ("weather", "rain"))
    grid = occurrences(
        HITS, ARTICLES, ["voice", "category", "entry"], voices=["headline"], terms=terms
    )
    assert len(grid) == 3 * 3 * 3
    assert grid.loc[grid["entry"].eq("snow") | grid["voice"].eq("headline"), "hits"].sum() == 0


def test_no_hits_at_all_still_give_the_zeros_of_the_lexicon():
    terms = table("category", ("weather",))
    grid = occurrences(HITS[:0], ARTICLES, ["category"], terms=terms)
    assert grid["hits"].tolist() == [0, 0, 0]
    assert occurrences(HITS[:0], ARTICLES, []).hits.tolist() == [0, 0, 0]


def test_counting_by_a_column_of_whole_articles_is_refused():
    with pytest.raises(ValueError, match="outlet"):
        occurrences(HITS.assign(outlet="Gull"), ARTICLES, ["outlet"])


def test_a_grid_too_large_for_memory_is_refused():
    hits = table("article_id speaker entry", *((f"a{i}", f"s{i}", f"e{i}") for i in range(400)))
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(400)], "outlet": "Gull"})
    with pytest.raises(ValueError, match="fewer columns"):
        occurrences(hits, articles, ["speaker", "entry"])


def test_an_article_listed_twice_is_refused():
    with pytest.raises(ValueError, match="'a' is listed twice"):
        words(TOKENS, VOICES, pd.concat([ARTICLES, ARTICLES]))


def test_terms_are_counted_in_the_voices_kept():
    counts = term_counts(TOKENS, VOICES, ARTICLES, ["outlet"])
    assert counts.terms.tolist() == ["again", "fell", "rain"]
    assert counts.matrix.toarray().tolist() == [[1, 1, 1], [0, 1, 0], [0, 0, 0]]
    assert counts.words.tolist() == [3, 1, 0]
    assert counts.articles["article_id"].tolist() == ["a", "b", "c"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 29)), max_size=40))
def test_words_by_voice_and_terms_by_article_add_up_to_the_tokens(places):
    voices = pd.concat(
        [VOICES, table("article_id start end voice speaker", ("c", 0, 30, "headline", ""))]
    )
    tokens = table("article_id start norm", *((a, s, f"w{s % 5}") for a, s in places))
    tokens = tokens if len(tokens) else TOKENS[:0]
    assert words(tokens, voices, ARTICLES)["words"].sum() == len(tokens)
    counts = term_counts(tokens, voices, ARTICLES)
    assert np.array_equal(counts.matrix.sum(axis=1), counts.words)
    assert counts.words.tolist() == [int((tokens["article_id"] == a).sum()) for a in "abc"]


def test_the_earliest_reprint_is_kept_then_the_first_by_name():
    articles = table(
        "article_id outlet published",
        ("d", "Gull", None),
        ("c", "Gull", "2024-05-02"),
        ("b", "Heron", "2024-05-02"),
        ("a", "Heron", "2024-05-03"),
        ("e", "Gull", "2024-05-01"),
    ).assign(published=lambda t: pd.to_datetime(t["published"]))
    groups = table("article_id group", ("a", 1), ("b", 1), ("c", 1), ("d", 1))
    kept, dropped = collapse(articles, groups)
    assert kept["article_id"].tolist() == ["b", "e"]
    assert sorted(dropped["article_id"]) == ["a", "c", "d"]
    assert dropped["reason"].str.contains("near-duplicate of b").all()
    assert collapse(articles, groups, within="outlet").kept["article_id"].tolist() == [
        "c",
        "b",
        "e",
    ]
    assert collapse(articles, groups[:0]).kept.equals(articles)


def test_the_surest_turn_comes_first_not_the_largest():
    months = [f"2031-{m:02d}" for m in range(1, 11)]
    city = pd.DataFrame(
        {
            "article_id": [f"c{i}" for i in range(60)],
            "month": [months[i // 6] for i in range(60)],
            "category": "city",
            "term": ["Kiev"] * 30 + ["Kyiv"] * 18 + ["Kiev"] * 12,
        }
    )
    units = pd.DataFrame(
        {
            "article_id": [f"u{i}" for i in range(10)],
            "month": months,
            "category": "units",
            "term": ["rebels"] * 5 + ["militia"] * 5,
        }
    )
    turns = measure.turning_points(pd.concat([units, city]), draws=500)
    assert turns["category"].tolist() == ["city", "units"]
    assert turns["difference"].abs().is_monotonic_increasing
    assert (turns["q"] >= turns["p"]).all()


def test_a_first_name_is_no_company_and_two_articles_yield_to_three():
    table = pd.DataFrame(
        {
            "target": "Drosan",
            "outlet": ["A", "A", "B"],
            "nodes": [9, 9, 4],
            "term": ["viktar", "regime", "talks"],
            "near": [9, 5, 2],
            "articles": [8, 4, 2],
            "log_dice": [13.0, 11.0, 10.0],
        }
    )
    said = measure.told_company(table, ["Viktar Drosan"])
    assert said == "Closest company of “Drosan”: “regime” (A, 5 times in 4 articles)"
