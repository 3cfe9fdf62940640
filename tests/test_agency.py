"""terms: who does what to whom, in sentences made up for it, and against the acts coded by hand in
the demo."""

import importlib.util
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import agency, clean, segment, terms
from helpers.ledger import Article


@pytest.fixture(scope="module")
def lexicon(root):
    return terms.load(root / "data/lexicons/violence.yml")


@pytest.fixture(scope="module")
def told(lexicon):
    """Tell the acts of a text: (words, form, doer, done to)."""

    def tell(text):
        article = Article("a", "c", "o", "", "", "", None, "", "en", "article", "", "", text)
        blocks = clean.blocks(article)
        sentences = segment.sentences(article, blocks)
        hits = terms.hits(article, blocks, sentences, [], terms.matcher([lexicon]))
        acts = agency.acts(article, sentences, segment.tokens(article, sentences), hits)
        return [
            (
                text[a.start : a.end],
                a.form,
                cut(text, a.doer_start, a.doer_end),
                cut(text, a.done_to_start, a.done_to_end),
            )
            for a in acts
        ]

    return tell


def cut(text, start, end):
    return "" if start is None else text[start:end]


def padded(sentence):
    """An article of prose around a sentence, so that cleaning takes it for body text."""
    return (
        "A quiet day\n\nThe mayor of Aldon spoke to the council about the harvest on"
        f" Monday.\n\n{sentence} The council listened."
    )


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("Nine millers were killed at the ford.", "passive"),
        ("Nine millers have since been badly wounded.", "passive"),
        ("The mill was taken in May and retaken in June.", "passive"),
        ("Nine millers killed in the flood of fire.", "passive"),
        ("Nine millers were killed by Monday evening.", "passive"),
        ("The mill was destroyed by the river brigade.", "by"),
        ("The mill was hit by rockets.", "weapon"),
        ("Rockets struck the mill at noon.", "weapon"),
        ("The rockets which killed nine millers fell at noon.", "weapon"),
        ("The river brigade shelled the mill for a week.", "active"),
        ("The brigade has killed almost nine hundred sheep.", "active"),
        ("They attack the mill every spring.", "active"),
        ("The shelling of the mill went on.", "noun"),
        ("The attack on the mill was condemned by the bishop.", "noun"),
        ("Wednesday's attack was the worst so far.", "noun"),
        ("The brigade's attack was the worst so far.", "noun, doer named"),
        ("The shelling of the mill by the river brigade went on.", "noun, doer named"),
        ("The brigade launched a new attack.", "noun, doer named"),
        ("The army denied that a Norvish attack had been planned.", "noun, doer named"),
        ("The bishop spoke of the murder of a nurse.", "noun"),
    ],
)
def test_the_form_of_an_act(told, sentence, form):
    assert [row[1] for row in told(padded(sentence))][-1:] == [form]


@pytest.mark.parametrize(
    "sentence",
    [
        "The wounded rest in the school.",
        "She lives in occupied Aldon with her aunt.",
        "He died of a heart attack.",
        "The millers went on strike for a week.",
    ],
)
def test_what_is_no_act(told, sentence):
    assert told(padded(sentence)) == []


def test_doer_and_done_to_are_the_words_of_the_clause(told):
    assert told(padded("In spring the river brigade shelled the old mill."))[0][2:] == (
        "In spring the river brigade",
        "the old mill",
    )
    assert told(padded("The old mill was destroyed by the river brigade."))[0][2:] == (
        "the river brigade",
        "The old mill",
    )
    assert told(padded("The shelling of the old mill in May went on."))[0][3] == "the old mill"


def test_a_compound_that_ends_in_a_verb_is_no_act(told):
    assert told(padded("The road leads into Norvish-occupied country.")) == []


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "was",
                "were",
                "killed",
                "by",
                "the",
                "attack",
                "on",
                "mill",
                "(",
                ")",
                ",",
                ".",
                "—",
                "“",
                "”",
                "of",
                "their",
                "and",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_words_is_read_without_error_and_inside_the_text(told, words):
    text = padded(" ".join(words) + ".")
    for piece, form, doer, done_to in told(text):
        assert form in agency.FORMS
        assert all(part in text for part in (piece, doer, done_to))


def benchmark(root):
    spec = importlib.util.spec_from_file_location("agency", root / "benchmarks/agency.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_measured_figures_are_those_that_the_rules_reach_now(root):
    found = benchmark(root).measured(root)
    written = pd.read_csv(root / "data/lexicons/violence-measured.csv")
    pd.testing.assert_frame_equal(
        found.astype(object).astype(str),
        written.astype({"coded": "Int64"}).astype(object).astype(str).replace("nan", "None"),
    )


def test_coded_acts_stand_where_the_gold_says(root):
    gold = pd.read_csv(root / "data/raw/demo/gold/agency.csv", keep_default_na=False)
    from helpers import engine

    texts = engine.open_ledger(root / "data/raw/demo", []).articles.set_index("article_id")["text"]
    assert [texts[r.article_id][r.start : r.end] for r in gold.itertuples()] == gold[
        "text"
    ].tolist()
    assert len(gold) == 128 and not gold.duplicated(["article_id", "start"]).any()


def test_every_entry_for_violence_does_what_it_says(lexicon):
    assert terms.check(lexicon) == []
    assert set(lexicon.categories) == {
        "participles",
        "past forms",
        "set phrases",
        "verbs",
        "nouns",
        "nouns of victims",
        "nouns or verbs",
    }


def test_names_of_the_house_are_left_out_and_names_of_places_are_not():
    rows = [
        (
            "a1",
            "Aldon Gazette",
            "Ina Holt",
            (
                "Aldon is wet. Aldon is cold. Ask in Aldon. The Gazette says so. Ina Holt, Aldon"
                " Gazette."
            ),
        ),
        (
            "b1",
            "Mirror",
            "",
            (
                "Aldon sleeps. A mirror hangs in Aldon, where Aldon Mill and Aldon Ford are. The"
                " mirror of Aldon is old, says Aldon; Aldon is old."
            ),
        ),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "author", "text"])
    spans = [
        (r.article_id, w.start(), w.group().lower())
        for r in articles.itertuples()
        for w in re.finditer(r"\w+", r.text)
    ]
    reasons = terms.leave_out(
        articles, pd.DataFrame(spans, columns=["article_id", "start", "norm"]), further=["Wet"]
    )
    assert {"gazette", "holt"} <= set(reasons)
    assert not {"aldon", "mirror", "cold"} & set(reasons)
    assert (
        reasons["the"] == "a word of grammar"
        and reasons["wet"] == "on the list of terms to leave out"
    )
