"""Passages laid side by side, against the demo's facts traced by hand, and on two articles that
retell one agency's story."""

import pandas as pd
import pytest

from helpers import reliability, story, terms
from helpers.reliability import shared_facts as gold
from storytables import tables

SEEN, UNSEEN = ["s1", "s3"], ["s2", "s4"]  # the rules were made with the first two in sight


@pytest.fixture(scope="module")
def judged(root):
    from helpers.engine import open_ledger

    lexicons = [root / "data/lexicons/loaded-terms.yml", root / "data/lexicons/naming-demo.yml"]
    ledger = open_ledger(root / "data/raw/demo", lexicons)
    naming = [x.name for x in map(terms.load, lexicons) if x.kind == "naming"]
    made = {
        name: getattr(ledger, name)
        for name in ("articles", "blocks", "tokens", "quotes", "marks", "hits")
    }
    made["hits"] = made["hits"][made["hits"]["lexicon"].isin(naming)]
    scores, crossed = reliability.judge(reliability.facts(root / "data/raw/demo"), made)
    return scores.set_index("set"), crossed


@pytest.mark.parametrize("sets", [SEEN, UNSEEN])
def test_most_pairs_laid_together_hold_one_fact_and_most_facts_are_found(judged, sets):
    scores = judged[0].loc[sets]
    assert scores["right"].sum() / scores["found"].sum() >= 0.8
    assert scores["hit"].sum() / scores["gold"].sum() >= 0.6


def test_what_the_gold_has_not_is_seldom_said_to_be_there(judged):
    crossed = judged[1]
    assert crossed.loc["not found", "not found"] / crossed.loc["not found"].sum() >= 0.95


def facts(*rows):
    return pd.DataFrame(rows, columns=["fact_id", "article_id", "start", "end", "form"]).astype(
        {"start": "Int64", "end": "Int64"}
    )


def found(*rows):
    return pd.DataFrame(rows, columns=["passage", "article_id", "start", "end"]).assign(
        form="verbatim"
    )


# Fact f stands in a, b and c; fact g in a and b. Laid together: f of a and b; f of c with g of b;
# and two that nobody judged.
FACTS = facts(
    ("f", "a", 0, 10, "verbatim"),
    ("f", "b", 0, 10, "verbatim"),
    ("f", "c", 0, 10, "paraphrased"),
    ("g", "a", 20, 30, "verbatim"),
    ("g", "b", 20, 30, "verbatim"),
    ("g", "c", None, None, "not found"),
)
FOUND = found(
    (1, "a", 0, 6),
    (1, "b", 2, 12),
    (2, "c", 0, 10),
    (2, "b", 20, 30),
    (3, "a", 50, 60),
    (3, "b", 50, 60),
)


def test_pairs_are_counted_by_hand():
    # gold: ab, ac, bc of f and ab of g. Judged: passages 1 (right) and 2 (wrong); passage 3 is not
    # in the gold.
    assert gold.pairs(FOUND, FACTS) == {"gold": 4, "found": 2, "right": 1, "hit": 1, "unjudged": 1}


def test_forms_are_those_of_passages_with_the_fact_elsewhere():
    table = gold.forms(FOUND, FACTS).set_index(["fact_id", "article_id"])["found"]
    assert table["f", "a"] == table["f", "b"] == "verbatim"
    assert table["f", "c"] == "not found"  # it stands with another fact
    assert table["g", "c"] == "verbatim"  # laid with g in b, and the gold says that c has it not


@pytest.fixture(scope="module")
def retold(shared, root):
    """001 and 003 of the five articles, which retell one agency's story."""
    places = {"one": "001_b310c964025fb84c.txt", "three": "003_6b1bc2d7a16ee61d.txt"}
    both = {
        name: (shared / "articles" / file).read_text(encoding="utf-8")
        for name, file in places.items()
    }
    made = tables(both, lexicons=[root / "data/lexicons/naming.yml"])
    return story.shared(made), made


def passages_at(found, article_id, spans):
    """Passages that hold the middle of one of the spans."""
    rows = found.table.dropna(subset="start")
    rows = rows[rows["article_id"] == article_id]
    middles = [sum(span) // 2 for span in spans]
    return {r.passage for r in rows.itertuples() if any(r.start <= at < r.end for at in middles)}


@pytest.mark.parametrize(
    "one, three",
    [
        pytest.param([(412, 593)], [(947, 1081)], id="the proposal"),
        pytest.param([(595, 643)], [(785, 828)], id="the rejection"),
        pytest.param(
            [(645, 730), (1416, 1469)], [(868, 944), (1733, 1812)], id="no talk without Ukraine"
        ),
        pytest.param([(1088, 1196)], [(1367, 1412)], id="the call with Sullivan"),
        pytest.param([(1722, 1765)], [(1165, 1215)], id="the anonymous official's quotation"),
    ],
)
def test_the_two_articles_meet(retold, one, three):
    found = retold[0]
    assert passages_at(found, "one", one) & passages_at(found, "three", three)


def test_the_denial_is_found_in_one_article_only(retold):
    found, made = retold
    alone = story.alone(found, made)
    denials = alone[alone["act"].str.contains("deny")]
    assert set(denials["article_id"]) == {"one"}
    assert ((denials["start"] <= 2030) & (denials["end"] > 2030)).any()  # both capitals
    assert ((denials["start"] <= 2350) & (denials["end"] > 2350)).any()  # the spokesman


def test_the_two_have_other_words_for_the_refusal(retold):
    found, made = retold
    ways = story.wordings(found, made)
    refused = ways[ways["act"] == "refuse"]
    assert {"turned down", "rejection"} <= set(refused["words"])
