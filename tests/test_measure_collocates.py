"""Collocates and association against published and NLTK's own numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from helpers.measure import association, collocates, company
from helpers.reliability import average_precision


def test_nltk_and_manning_and_schuetze():
    pairs = association([8, 150], [15_828, 12_593], [4_675, 932], 14_307_668)
    assert pairs["t"][0] == pytest.approx(0.999932, abs=6e-7)  # new companies
    assert pairs["chi2"][0] == pytest.approx(1.548869, abs=6e-7)
    assert pairs["g2"][1] == pytest.approx(1291.319, abs=6e-4)


def test_church_and_hanks_1990():
    assert association(8, 1105, 44, 15_000_000)["pmi"][0] == pytest.approx(11.3, abs=0.05)


def test_log_dice_is_at_most_fourteen():
    assert association([7, 7], [7, 14], [7, 7], 1000)["log_dice"].tolist() == pytest.approx(
        [14, 13.41503750]
    )


def test_krenn(shared):
    """Average precision of a ranking of 5,102 candidate pairs by the measures of Krenn's data."""
    rows = pd.read_csv(shared / "reference" / "krenn-ppv.csv")
    label = rows["is.colloc"]
    found = {
        name: average_precision(rows[name], label)
        for name in ("log.like", "Fisher", "t.score", "chisq", "MI", "freq")
    }
    published = {
        "log.like": 0.2891,
        "Fisher": 0.2890,
        "t.score": 0.2862,
        "chisq": 0.2333,
        "MI": 0.2102,
        "freq": 0.188,
    }
    assert len(rows) == 5102
    assert found == pytest.approx(published, abs=1e-4)
    assert average_precision(np.zeros(len(rows)), label) == pytest.approx(
        0.111, abs=5e-4
    )  # no ranking at all


def test_average_precision_by_hand():
    assert average_precision([9, 8, 7, 6], [True, False, True, False]) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert average_precision([1, 1, 1, 1], [True, False, True, False]) == 0.5
    with pytest.raises(ValueError, match="true row"):
        average_precision([1], [False])


PAIRS = st.tuples(*[st.integers(1, 300)] * 3, st.integers(1, 5000)).map(
    lambda c: (c[0], c[0] + c[1], c[0] + c[2], c[0] + c[1] + c[2] + c[3])
)


@given(PAIRS)
def test_association_is_nltks(pair):
    f_xy, f_x, f_y, n = pair
    ours = association(*pair).iloc[0]
    marginals = (f_xy, (f_x, f_y), n)
    theirs = {
        "pmi": BigramAssocMeasures.pmi(*marginals),
        "t": BigramAssocMeasures.student_t(*marginals),
        "chi2": BigramAssocMeasures.chi_sq(*marginals),
        "g2": np.sign(f_xy * n - f_x * f_y) * BigramAssocMeasures.likelihood_ratio(*marginals),
    }
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value, rel=1e-6, abs=1e-6)
    swapped = association(f_xy, f_y, f_x, n).iloc[0]
    for name in ("expected", "pmi", "log_dice", "g2", "t", "chi2"):
        assert swapped[name] == pytest.approx(ours[name], rel=1e-9, abs=1e-9)


def test_impossible_counts_are_refused_and_a_thing_that_is_everywhere_has_no_chi2():
    for bad in ((0, 1, 1, 9), (3, 2, 4, 9), (3, 4, 2, 9)):
        with pytest.raises(ValueError, match="f_xy"):
            association(*bad)
    with np.errstate(all="raise"):
        row = association(4, 9, 4, 9).iloc[0]
    assert row[["chi2", "g2", "log_ratio"]].isna().all()
    assert row["pmi"] == 0


def text(*sentences: str, article: str = "a", first: int = 0) -> pd.DataFrame:
    """Tokens of sentences of plain words, one blank between them."""
    rows, at = [], first
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            rows.append((article, number, at, at + len(word), word))
            at += len(word) + 1
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "start", "end", "norm"])


def places(tokens: pd.DataFrame, *norms: str) -> pd.DataFrame:
    return tokens.loc[tokens["norm"].isin(norms), ["article_id", "start", "end"]]


def near(tokens: pd.DataFrame, nodes: pd.DataFrame, **settings) -> dict[str, int]:
    found = collocates(tokens, nodes, least_count=1, **settings)
    return dict(zip(found["term"], found["near"], strict=True))


def test_a_window_counts_tokens_to_both_sides():
    tokens = text("one two three truce four five six")
    assert near(tokens, places(tokens, "truce"), window=2) == {
        "two": 1,
        "three": 1,
        "four": 1,
        "five": 1,
    }


def test_a_window_stops_at_the_sentence_and_at_the_article():
    tokens = pd.concat([text("far away", "old truce"), text("not here", article="b")])
    assert near(tokens, places(tokens, "truce")) == {"old": 1}


def test_a_token_near_two_nodes_counts_once_and_a_node_is_no_collocate():
    tokens = text("truce or truce now")
    assert near(tokens, places(tokens, "truce")) == {"or": 1, "now": 1}


def test_a_node_of_several_words_is_passed_over_as_one():
    tokens = text("a frail cease fire held on")
    node = pd.DataFrame({"article_id": ["a"], "start": [8], "end": [18]})
    assert near(tokens, node, window=1) == {"frail": 1, "held": 1}
    part = node.assign(start=10, end=11)  # inside "cease": the whole token is the node
    assert near(tokens, part, window=1) == {"frail": 1, "fire": 1}


def test_the_order_of_rows_and_repeated_hits_do_not_matter():
    tokens = text("one two truce three", "truce two one")
    nodes = places(tokens, "truce")
    mixed = collocates(
        tokens.sample(frac=1, random_state=3), pd.concat([nodes, nodes]), least_count=1
    )
    assert mixed.equals(collocates(tokens, nodes, least_count=1))
    assert mixed.attrs == {"nodes": 2, "window_words": 5, "words": 5}


def test_counts_make_the_four_cells():
    tokens = text("brittle truce holds", "brittle truce ends", "brittle glass and more glass")
    found = collocates(tokens, places(tokens, "truce"), window=1, least_count=2).set_index("term")
    assert found.index.tolist() == ["brittle"]
    row = found.loc["brittle"]
    assert row[["near", "count", "articles"]].tolist() == [2, 3, 1]
    assert row["expected"] == pytest.approx(4 * 3 / 9)  # 4 tokens near, 3 of the 9 that are no node
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 * 2 / (2 + 3)))
    assert row["log_ratio"] == pytest.approx(np.log2((2 / 4) / (1 / 5)))


@pytest.mark.parametrize(
    "sentences", [("truce",), ("truce truce",), ("no target here",), ("old truce",)]
)
def test_nothing_near_gives_an_empty_table_and_no_warning(sentences):
    tokens = text(*sentences)
    found = collocates(tokens, places(tokens, "truce"), least_count=2)
    assert found.empty
    assert "log_dice" in found.columns
    assert collocates(tokens[:0], places(tokens, "truce")).empty


def test_where_every_word_is_near_there_is_nothing_to_compare_with():
    tokens = text("old truce old")
    row = collocates(tokens, places(tokens, "truce")).iloc[0]
    assert row["note"] == "every word is near the target: nothing elsewhere to compare with"
    assert np.isnan(row["g2"])


def test_a_node_outside_the_tokens_is_passed_over():
    tokens = text("one two three")
    nodes = pd.DataFrame({"article_id": ["a", "x", "a"], "start": [90, 0, 3], "end": [95, 3, 4]})
    assert (
        collocates(tokens, nodes, least_count=1).attrs["nodes"] == 0
    )  # beyond, elsewhere, on a blank


def test_words_left_out_are_not_shown_but_keep_their_place():
    tokens = text("frail the truce")
    assert near(tokens, places(tokens, "truce"), window=1, leave_out=["the"]) == {}
    with pytest.raises(ValueError, match="window"):
        collocates(tokens, places(tokens, "truce"), window=0)


def test_company_is_counted_outlet_by_outlet():
    tokens = pd.concat(
        [text("frail truce"), text("firm truce", article="b"), text("no word", article="c")]
    )
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["Gull", "Heron", "Tern"]})
    found = company(tokens, places(tokens, "truce"), articles, least_count=1)
    assert found[["outlet", "nodes", "term"]].to_numpy().tolist() == [
        ["Gull", 1, "frail"],
        ["Heron", 1, "firm"],
    ]


@given(
    st.lists(st.lists(st.sampled_from("abct"), min_size=1, max_size=9), min_size=1, max_size=6),
    st.integers(1, 4),
)
def test_windows_are_those_of_a_plain_loop(sentences, window):
    tokens = text(*(" ".join(s) for s in sentences))
    by_hand: dict[str, int] = {}
    for s in sentences:
        targets = [i for i, w in enumerate(s) if w == "t"]
        for i, w in enumerate(s):
            if w != "t" and any(abs(i - t) <= window for t in targets):
                by_hand[w] = by_hand.get(w, 0) + 1
    assert near(tokens, places(tokens, "t"), window=window) == by_hand
