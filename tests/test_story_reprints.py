"""Reprints: the same text found again, other text left alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import measure, segment, story
from helpers.story import minhash
from helpers.story.words import Words, shingles, words


def tokens(texts):
    """The tokens table of texts given as words: article id → words parted by spaces."""
    rows = [
        (a, 0, n, n + 1, word) for a, text in texts.items() for n, word in enumerate(text.split())
    ]
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "start", "end", "norm"])


def articles(texts, **more):
    return pd.DataFrame(
        {"article_id": list(texts), "outlet": list(texts), "published": None, **more}
    )


def prose(seed, length=200, vocabulary=3000):
    return " ".join(f"w{n}" for n in np.random.default_rng(seed).integers(0, vocabulary, length))


def changed(text, share, seed=1):
    """A copy with a share of the words replaced."""
    random, parts = np.random.default_rng(seed), text.split()
    for place in random.choice(len(parts), round(share * len(parts)), replace=False):
        parts[place] = f"x{random.integers(0, 10**6)}"
    return " ".join(parts)


def test_resemblance_by_hand():
    # Runs of three, shorter at the end: abc bcd cde de e against abc bcd cdf df f. Two of eight in
    # both.
    found = story.copies(tokens({"one": "a b c d e", "two": "a b c d f"})).iloc[0]
    assert (found["resemblance"], found["contained"]) == (
        pytest.approx(2 / 8),
        pytest.approx(2 / 5),
    )


def test_no_run_of_words_crosses_from_one_article_into_the_next():
    together, alone = words(tokens({"one": "a b c", "two": "d e"})), words(tokens({"two": "d e"}))
    assert shingles(together, 3)[3:].tolist() == shingles(alone, 3).tolist()


def test_exact_near_and_cut_reprints_are_told_from_separate_copy():
    text = prose(0)
    found = story.copies(
        tokens(
            {
                "a": text,
                "b": text,
                "c": changed(text, 0.05),
                "d": " ".join(text.split()[:60]),
                "e": prose(9),
            }
        )
    )
    kinds = {(r.a, r.b): r.kind for r in found.itertuples()}
    assert kinds["a", "b"] == "exact"
    assert kinds["a", "c"] == "near reprint"
    assert kinds["a", "d"] == "cut reprint"
    assert {kinds[x, "e"] for x in "abcd"} == {"separate copy"}


def test_two_short_texts_alike_are_no_reprints_unless_equal():
    short = "the harbour is closed until further notice says the mayor"
    texts = {"a": short, "b": short.replace("mayor", "council"), "c": short}
    found = story.reprints(articles(texts), tokens(texts))
    assert found["article_id"].tolist() == ["a", "c"]
    assert set(found["kind"]) == {"exact"}


def test_groups_feed_the_collapsing_of_reprints():
    text = prose(3)
    texts = {"late": changed(text, 0.05), "early": text, "other": prose(4)}
    table = articles(
        texts,
        published=[
            pd.Timestamp("2031-03-02"),
            pd.Timestamp("2031-03-01"),
            pd.Timestamp("2031-03-03"),
        ],
    )
    collapsed = measure.collapse(
        table.astype({"published": "datetime64[ns]"}), story.reprints(table, tokens(texts))
    )
    assert collapsed.kept["article_id"].tolist() == ["early", "other"]


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(60, 300))
def test_a_copy_with_a_word_in_twenty_changed_is_found(seed, length):
    text = prose(seed, length)
    texts = {"a": text, "b": changed(text, 0.05, seed), "c": prose(seed + 1, length)}
    assert story.reprints(articles(texts), tokens(texts))["article_id"].tolist() == ["a", "b"]


def test_the_seed_fixes_the_signatures():
    given_words = words(tokens({"a": prose(1), "b": prose(2)}))
    marks = shingles(given_words, minhash.SHINGLE)
    one, again, other = (minhash.signatures(given_words, marks, seed=s) for s in (1, 1, 2))
    assert (one == again).all() and not (one == other).all()


def test_signatures_agree_as_often_as_the_texts_resemble():
    text = prose(5, 2000)
    given_words = words(tokens({"a": text, "b": changed(text, 0.1)}))
    marks = shingles(given_words, minhash.SHINGLE)
    signed = minhash.signatures(given_words, marks)
    true = minhash.pairs(given_words)["resemblance"].iloc[0]
    assert abs((signed[0] == signed[1]).mean() - true) < 4 * np.sqrt(true * (1 - true) / 128)


def test_signatures_do_not_depend_on_how_articles_are_portioned(monkeypatch):
    given_words = words(tokens({f"a{n}": prose(n, 50 + n) for n in range(20)}))
    marks = shingles(given_words, minhash.SHINGLE)
    whole = minhash.signatures(given_words, marks)
    monkeypatch.setattr(
        minhash, "portions", lambda starts: [(n, n + 1) for n in range(len(starts) - 1)]
    )
    assert (whole == minhash.signatures(given_words, marks)).all()


def test_a_thousand_copies_are_one_group_and_no_million_pairs():
    text = prose(7)
    texts = {f"a{n:04}": text for n in range(1000)}
    found = minhash.pairs(words(tokens(texts)))
    assert len(found) < 3000
    assert minhash.groups(found)["group"].unique().tolist() == ["a0000"]


def test_nothing_in_nothing_out():
    none = tokens({})
    assert story.reprints(articles({}), none).empty and story.copies(none).empty


def test_rows_of_an_article_that_do_not_stand_together_are_refused():
    table = tokens({"a": "x y", "b": "x y"}).sort_values("start", kind="stable")
    with pytest.raises(ValueError, match="must stand together"):
        words(table)


def test_planted_copies_are_found_among_real_articles(shared):
    """1,000 real articles, a copy of every fifth with a word in twenty changed; the same figure at
    full size is in benchmarks."""
    real = pd.read_parquet(
        shared / "dev-sets/news-10k.parquet", columns=["article_id", "text"]
    ).iloc[::10]
    cut = segment._words()
    texts = {
        a: " ".join(t[s:e].lower() for s, e in cut.span_tokenize(t))
        for a, t in real.itertuples(index=False)
    }
    before = words(tokens(texts))
    planted = [
        a for a, n in zip(before.article_ids, before.sizes(), strict=True) if n >= minhash.SHORTEST
    ][::5]
    after = words(
        tokens(texts | {f"copy of {a}": changed(texts[a], 0.05, n) for n, a in enumerate(planted)})
    )
    known = set(minhash.pairs(before)[["a", "b"]].itertuples(index=False, name=None))
    found = {
        tuple(a.removeprefix("copy of ") for a in pair)
        for pair in minhash.pairs(after)[["a", "b"]].itertuples(index=False, name=None)
    }
    hits = sum((a, a) in found for a in planted)
    wrong = {
        pair
        for pair in found
        if pair[0] != pair[1] and pair not in known and pair[::-1] not in known
    }
    assert hits / len(planted) >= 0.99
    assert hits / (hits + len(wrong)) >= 0.99


def test_words_hold_their_sizes():
    given_words = words(tokens({"a": "x y z", "b": "x"}))
    assert isinstance(given_words, Words) and given_words.sizes().tolist() == [3, 1]
