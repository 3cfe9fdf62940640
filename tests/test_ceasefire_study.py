"""The five articles: what issue by issue must be seen in them. Facts about them only; none of their
sentences."""

import re
from collections import Counter

import pytest
from lxml import html

from helpers.engine import hits
from helpers.ledger import KEPT, Ledger
from rendering import runs

OUTLETS = [
    "Executive Intelligence Review",
    "Global Research",
    "Responsible Statecraft",
    "Reuters",
    "Toutiao (translated)",
]


@pytest.fixture(scope="module")
def tables(ceasefire, root):
    folder = root / "data/processed/ceasefire"
    names = ("loaded-terms", "naming", "frames", "peace-journalism", "policy-frames")
    lexicons = [root / "data/lexicons" / f"{name}.yml" for name in names]
    return Ledger(folder, [hits.table_name(lexicon) for lexicon in lexicons])


def voices_of(tables, match):
    rows = tables.hits[
        (tables.hits["match"].str.lower() == match) & (tables.hits["lexicon"] == "loaded-terms")
    ]
    return sorted(zip(rows["article_id"], rows["voice"], rows["speaker"], strict=True))


def test_dictator_is_the_outlet_s_insertion(tables):
    assert voices_of(tables, "dictator") == [
        ("eir-lukashenko", "insertion", "Executive Intelligence Review")
    ]


def test_fratricidal_war_is_quoted_from_lukashenko(tables):
    assert [(a, v, s.split()[-1]) for a, v, s in voices_of(tables, "fratricidal war")] == [
        ("eir-lukashenko", "quote", "Lukashenko")
    ]


def test_special_military_operation_is_reported_speech(tables):
    assert [
        (a, v, s.split()[-1]) for a, v, s in voices_of(tables, "special military operation")
    ] == [("toutiao-secret-diplomacy", "indirect", "Lukashenko")]


def test_no_hit_stands_in_a_block_that_was_cut(tables):
    blocks = tables.blocks[tables.blocks["role"].isin(KEPT)]
    kept = {
        a: list(zip(g["start"], g["end"], strict=True)) for a, g in blocks.groupby("article_id")
    }
    outside = [
        h
        for h in tables.hits.itertuples()
        if not any(s <= h.start and h.end <= e for s, e in kept[h.article_id])
    ]
    assert len(tables.hits) > 50 and outside == []


def test_the_teasers_of_the_newsletter_hold_terms_that_are_not_counted(tables):
    text = tables.articles.set_index("article_id").loc["rs-diplomacy-watch", "text"]
    end = max(
        b.end
        for b in tables.blocks.itertuples()
        if b.article_id == "rs-diplomacy-watch" and b.role in KEPT
    )
    assert re.search(r"invasion", text[end:])
    assert tables.hits.loc[tables.hits["article_id"] == "rs-diplomacy-watch", "end"].max() <= end


def test_the_promotion_is_cut_from_the_last_word_it_was_glued_to(tables):
    last = (
        tables.blocks[tables.blocks["article_id"] == "reuters-cautious-russia"]
        .sort_values("start")
        .tail(2)
    )
    assert list(last["role"]) == ["body", "boilerplate"]
    assert last["end"].iloc[0] == last["start"].iloc[1]


def test_outlets_are_as_the_catalogue_says(tables):
    assert sorted(tables.articles["outlet"]) == OUTLETS


def test_the_edition_without_text_holds_no_eight_words_of_an_article(ceasefire, tables):
    titles = {run for title in tables.articles["title"] for run in runs(title)}
    theirs = {run for text in tables.articles["text"] for run in runs(text)} - titles
    for path in [*ceasefire.glob("*.html"), *ceasefire.glob("tables/*.csv")]:
        text = path.read_text(encoding="utf-8")
        shown = html.fromstring(text).text_content() if path.suffix == ".html" else text
        assert Counter(runs(shown) & theirs) == Counter(), path.name


def test_the_full_edition_shows_the_passages(ceasefire):
    pages = [
        html.fromstring(p.read_text(encoding="utf-8"))
        for p in (ceasefire / "full").glob("02-loaded-terms*.html")
    ]
    terms = [m.text_content().lower() for tree in pages for m in tree.xpath("//mark")]
    assert {"dictator", "fratricidal war", "special military operation"} <= set(terms)


def test_one_article_per_outlet_gives_no_interval(ceasefire):
    tree = html.fromstring((ceasefire / "02-loaded-terms.html").read_text(encoding="utf-8"))
    rows = [
        [td.text_content() for td in tr.xpath("td")]
        for tr in tree.xpath("//table[@id='t-own-voice']/tbody/tr")
    ]
    assert [row[4] for row in rows] == ["–"] * 5
    assert {row[-1] for row in rows} <= {
        "no interval: one article",
        "no rate: fewer than 200 words",
    }
