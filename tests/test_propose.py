"""Candidates for a lexicon: what is in it already is not proposed, and nothing is accepted but by
hand."""

import csv

import pandas as pd
import pytest

from helpers import data, measure, study, terms
from helpers.terms import LexiconError

LEXICON = terms.build("own", {"a": ["regime*", "strike", "puppet government"]})
COUNTS = pd.DataFrame(
    {
        "term": ["regimes", "struck", "strikes", "mill", "mills", "rare", "council"],
        "count": [9, 4, 5, 7, 3, 1, 6],
        "articles": [3, 2, 2, 4, 1, 1, 2],
    }
)


@pytest.mark.parametrize(
    "word, forms",
    [
        (
            "strike",
            ("stricken", "strikes", "striking", "struck"),
        ),  # as any grammar of English has them
        ("struck", ("stricken", "strike", "strikes", "striking")),
        ("Children", ("child",)),
        ("regime", ("regimes",)),
        ("blorfle", ()),
        ("a b", ()),
        ("", ()),
        ("x" * 99, ()),
        ("Kyïv", ()),
    ],
)
def test_forms_of_words(word, forms):
    assert terms.word_forms(word) == forms


def test_what_an_entry_finds_is_not_proposed():
    assert terms.unlisted(["regimes", "council", "struck", "strike", "council"], [LEXICON]) == [
        "council",
        "struck",
    ]


def test_candidates_are_common_unlisted_and_say_why():
    found = terms.candidates(
        COUNTS,
        {"leans to Alpha": ["council", "regimes", "rare"], "near mill": ["council"]},
        [LEXICON],
        least=3,
    )
    assert list(found["entry"]) == ["council", "strikes", "struck"]
    assert list(found["why"]) == [
        "leans to Alpha; near mill",
        "form of an entry",
        "form of an entry",
    ]
    assert list(found["count"]) == [6, 5, 4] and set(found["category"]) == {""}


def test_forms_that_the_articles_have_stand_beside_a_candidate():
    found = terms.candidates(COUNTS, {"near x": ["mill"]}, [LEXICON]).set_index("entry")
    assert found.at["mill", "forms"] == "mills"


def test_places_are_those_of_the_words():
    tokens = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "start": [0, 9, 4],
            "end": [4, 13, 8],
            "norm": ["mill", "other", "mill"],
        }
    )
    found = pd.DataFrame({"entry": ["mill"]})
    assert terms.places(found, tokens).to_dict("list") == {
        "article_id": ["a", "b"],
        "start": [0, 4],
        "end": [4, 8],
        "entry": ["mill", "mill"],
    }


def sheet(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("entry", "category", "why"), *rows])
    return path


def test_only_rows_with_a_category_become_entries(tmp_path):
    made = terms.accept(
        sheet(
            tmp_path / "s.csv",
            ("mill", "places", "x"),
            ("council", "", "y"),
            ("miller*", "people", ""),
        ),
        tmp_path / "mine.csv",
    )
    assert [(category, entry.entry) for category, entry in made.entries] == [
        ("places", "mill"),
        ("people", "miller*"),
    ]
    assert terms.load(tmp_path / "mine.csv").entries == made.entries


@pytest.mark.parametrize(
    "rows, words",
    [
        ([("mill", "", "")], "no row has a category"),
        ([("* x", "a", "")], "begins or ends with a lone"),
        ([], "no row has a category"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(tmp_path, rows, words):
    with pytest.raises(LexiconError, match=words):
        terms.accept(sheet(tmp_path / "s.csv", *rows), tmp_path / "mine.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["s.csv"]


def test_a_lexicon_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "mine.csv").write_text("entry,category\nx,y\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="is there already"):
        terms.accept(sheet(tmp_path / "s.csv", ("mill", "a", "")), tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "entry,category\nx,y\n"


@pytest.fixture(scope="module")
def news():
    return data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])


def test_candidates_from_the_demo_are_words_of_it_in_no_entry(news):
    found = news.candidates(news.find("ceasefire"), most=20)
    counts = news.ledger.tokens["norm"].value_counts()
    assert (
        0 < len(found) <= 20
        and (found["count"] == counts.reindex(found["entry"]).to_numpy()).all()
        and (found["count"] >= 3).all()
    )
    assert terms.unlisted(found["entry"], news.lexicons) == list(found["entry"])


def test_names_stand_last_and_reporting_verbs_are_no_candidates(news):
    found = news.candidates(news.find("ceasefire"), most=1000)
    names = found["why"].str.endswith("; a name?")
    assert names.is_monotonic_increasing and {"ardovia", "casmeria"} & set(
        found.loc[names, "entry"]
    )
    verbs = terms.matcher([terms.load(study.root() / "data/lexicons/reporting-verbs.yml")])
    assert (news.ledger.tokens["norm"] == "said").sum() > 100 and [
        w for w in found["entry"] if verbs.find(w)
    ] == []


def test_what_is_near_no_more_often_than_elsewhere_is_not_proposed_for_it(news):
    hits = news.find("ceasefire")
    found = news.candidates(hits, most=1000)
    near = measure.collocates(news.ledger.tokens, hits).set_index("term")
    said = found[found["why"].str.contains("near ceasefire")]["entry"]
    assert (
        len(said) > 3
        and (near.loc[said, "log_ratio"] >= 1).all()
        and (near.loc[said, "articles"] >= 2).all()
    )


def test_word_forms_need_neither_a_download_nor_scikit_learn():
    import sys

    terms.word_forms("strike")
    assert not [name for name in sys.modules if name.split(".")[0] in ("sklearn", "spacy")]
