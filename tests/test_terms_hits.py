"""Hits of an article are those of its blocks, each read alone, whatever stands before or after a
block."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpers import terms
from helpers.ledger import Article, Block
from helpers.terms import Category, Entry, Lexicon, match

ENTRIES = (
    Entry("dictator*"),
    Entry("regime", unless=("regime change",)),
    Entry("in the war"),
    Entry("NATO", case=True),
    Entry("*man"),
    Entry("so * called"),
    Entry("a"),
)
MATCHER = terms.matcher(
    [
        Lexicon("longest", (Category("c", ENTRIES),)),
        Lexicon("nested", (Category("c", (Entry("war"), Entry("in"), Entry("m*"))),), nested=True),
    ]
)
PIECES = st.sampled_from(
    [
        *(
            "dictator",
            "regime",
            "’s",
            " change",
            "in",
            "the",
            "war",
            "NATO",
            "nato",
            "so",
            "called",
            "gunman",
            "a",
        ),
        *(" ", " ", " ", "\n", "-", "'", ". ", "_", "\0", "\u0301", "İ", "é", "not "),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(st.integers(0, 60), max_size=5))
def test_hits_of_an_article_are_those_of_its_blocks_read_alone(text, places):
    cuts = [0, *sorted(min(place, len(text)) for place in places), len(text)]
    blocks = [
        Block("a", n, start, end, "body", "") for n, (start, end) in enumerate(pairwise(cuts))
    ]
    article = Article("a", "", "", "", "", "", None, "", "", "", "", "", text)
    alone = [
        (b.start + f.start, b.start + f.end, *f[2:])
        for b in blocks
        for f in MATCHER.find(text[b.start : b.end])
    ]
    assert [hit[1:6] for hit in terms.hits(article, blocks, [], [], MATCHER)] == alone


def test_no_negator_is_passed_over_by_the_quick_look():
    negators = [*match.NEGATORS, "don't", "isn't"]
    assert [word for word in negators if not match._HINT.search(word)] == []
