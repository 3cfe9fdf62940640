"""An article to read: every word of it, its voices in words as well as by line, and nothing that
runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as tree

import browsing
import rendering
from helpers import engine
from helpers.ledger import KEPT, Ledger
from helpers.show import reading

LEXICONS = ["data/lexicons/loaded-terms.yml"]
TEXT = (
    "Envoys <b>meet</b>\n\nThe regime said on Monday that talks would go on.\n\n“We [the council]"
    " wait for the invasion,” said Ana Torv, a guard at the gate of the old mill.\n\nShare this"
    " article\n"
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("reading")
    source = rendering.corpus(folder / "in", Alpha__one=TEXT)
    return Ledger(engine.annotate([source], [root / LEXICONS[0]], folder / "out").folder)


def page(shown):
    return tree.fromstring(shown.markup)


def said(element):
    """The words of the article in an element: without the labels put before them and the mark of a
    place."""
    for label in element.xpath(".//*[@class='tag' or @class='place']"):
        label.drop_tree()
    return "".join(element.text_content().split())


def test_every_character_of_every_block_is_shown_once_and_in_order(root):
    tables = engine.open_ledger("data/raw/demo", LEXICONS)
    for about in tables.articles.itertuples():
        shown = page(reading.article(tables, about.article_id)).xpath(
            "//p[@class='kept' or @class='cut']"
        )
        assert "".join(map(said, shown)) == "".join(about.text.split()), about.article_id


def test_each_voice_and_speaker_is_told_in_words(tables):
    labels = page(reading.article(tables, "Alpha/one")).xpath(
        "//p//span[starts-with(@class, 'v ')]/span[@class='tag'][1]/text()"
    )
    marked = tables.voices[tables.voices["voice"].map(lambda v: bool(reading.LINES[v][0]))]
    assert labels == [
        f"{v.voice}: {v.speaker}" if v.speaker else v.voice for v in marked.itertuples()
    ]
    assert {"quote: Ana Torv", "insertion: Alpha"} <= set(labels)


def test_a_hit_is_framed_and_names_its_entry(tables):
    marks = page(reading.article(tables, "Alpha/one")).xpath("//p//mark[@class='hit']")
    assert [m.text_content() for m in marks] == list(tables.hits["match"])
    assert [m.getnext().text for m in marks] == [
        f"{h.entry} ({h.category})" for h in tables.hits.itertuples()
    ]


def test_what_was_left_out_says_why(tables):
    cut = tables.blocks[~tables.blocks["role"].isin(KEPT)]
    shown = page(reading.article(tables, "Alpha/one")).xpath(
        "//p[@class='cut']/span[@class='tag']/text()"
    )
    assert len(cut) and shown == [f"left out as {b.role}: {b.reason}" for b in cut.itertuples()]


def test_no_voice_is_told_by_colour_alone():
    lines = {voice: line for voice, (line, _) in reading.LINES.items() if line}
    assert all(
        f".v-{voice}{{text-decoration-style:{line}" in reading.STYLE
        for voice, line in lines.items()
    )
    assert {"quote", "indirect", "insertion", "scare"} <= set(lines) and len(
        {lines[v] for v in ("quote", "indirect", "insertion", "scare")}
    ) == 4


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return sum(
        w * (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4)
        for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
    )


@pytest.mark.parametrize("ground", ["#ffffff", "#111111"])
def test_lines_are_seen_on_jupyterlabs_light_and_dark_ground(ground):
    """WCAG 2.2, 1.4.11: three to one for what is not text."""
    for colour in reading.FALLBACK.values():
        low, high = sorted((luminance(colour), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 3, colour


def test_the_words_of_an_article_are_no_markup(tables):
    shown = page(reading.article(tables, "Alpha/one"))
    assert "<b>meet</b>" in shown.text_content() and shown.xpath("//b[text()='meet']") == []


def test_an_article_that_is_gone_is_a_sentence(tables):
    shown = reading.article(tables, "Alpha/<gone>")
    assert (
        shown.plain.startswith("There is no article Alpha/<gone>")
        and "&lt;gone&gt;" in shown.markup
    )


def test_a_place_is_named_by_its_paragraph_as_the_passages_name_it(tables):
    for hit in tables.hits.itertuples():
        shown = page(reading.article(tables, "Alpha/one", at=(hit.start, hit.end)))
        kept = tables.blocks[tables.blocks["role"].isin(KEPT)]
        paragraph = int((kept["start"] <= hit.start).sum())
        assert f"stands in ¶ {paragraph}," in shown.xpath("//p[@class='about']")[0].text_content()
        assert shown.xpath("//b[@class='place']/following-sibling::mark[1]/text()") == [hit.match]


def test_a_place_that_is_gone_is_said(tables):
    assert (
        "is not in this article any more"
        in reading.article(tables, "Alpha/one", at=(10**6, 10**6 + 1)).markup
    )


def test_without_evidence_no_word_of_the_article_is_shown(tables):
    shown = reading.article(tables, "Alpha/one", evidence="locations")
    table = page(shown).text_content()
    assert "insertion" in table and not [
        w for w in ("regime", "Monday", "Torv", "Envoys") if w in table + shown.plain
    ]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 260), st.integers(1, 60)), max_size=8))
def test_any_overlapping_hits_leave_the_words_as_they_are(tables, spans):
    hits = tables.hits.head(0).copy()
    for i, (start, width) in enumerate(spans):
        hits.loc[i] = {
            "article_id": "Alpha/one",
            "start": start,
            "end": start + width,
            "entry": "e",
            "category": "c",
            "lexicon": "l",
            "match": "",
            "voice": "",
            "speaker": "",
            "negated": False,
            "sentence_id": 0,
        }
    shown = page(reading.article(tables, "Alpha/one", hits=hits)).xpath(
        "//p[@class='kept' or @class='cut']"
    )
    assert "".join(map(said, shown)) == "".join(TEXT.split())


def test_axe_finds_nothing_in_it(root):
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright comes with make test"
    )
    tables = engine.open_ledger("data/raw/demo", LEXICONS)
    busy = tables.voices.groupby("article_id")["voice"].nunique().idxmax()
    with playwright.sync_playwright() as started:
        browser = browsing.launch(started)
        page = browser.new_page()
        page.set_content(
            "<!doctype html><html"
            " lang=en><title>t</title><main><h1>t</h1>"
            f"{reading.article(tables, busy).markup}</main>"
        )
        page.evaluate(browsing.axe())
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")[
            "violations"
        ]
        browser.close()
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
