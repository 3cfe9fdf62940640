"""terms: what an entry matches, which match wins, and what a hit says."""

import pickle
import re
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import terms
from helpers.ledger import Article, Block, Sentence, Voice
from helpers.terms import pattern
from helpers.terms.lexicon import Category, Entry, Lexicon


def found(entries, text, **about):
    """The matched pieces of the text, for entries given as strings or Entry rows."""
    rows = tuple(entry if isinstance(entry, Entry) else Entry(entry) for entry in entries)
    lexicon = Lexicon("test", (Category("all", rows),), **about)
    return [text[hit.start : hit.end] for hit in terms.matcher([lexicon]).find(text)]


@pytest.mark.parametrize(
    ("entry", "text", "matches"),
    [
        (
            "regime",
            "The regime’s guns, the regime's men",
            ["regime", "regime"],
        ),  # a possessive is no part
        ("regime", "a regimen, the regimes", []),
        ("regime*", "a regimen, the regimes", ["regimen", "regimes"]),
        ("REGIME", "Regime REGIME regime", ["Regime", "REGIME", "regime"]),
        ("can", "We can’t, he can", ["can"]),  # an apostrophe inside a word is no border
        ("clock", "at six o’clock", []),
        ("trap", "He spoke of ‘a trap’", ["trap"]),  # but a quotation mark is
        ("don't", "Don’t, don't, don`t", ["Don’t", "don't", "don`t"]),
        ("don*", "don’t be done by a don", ["don’t", "done", "don"]),
        (
            "puppet",
            "the puppet-master and a counter-puppet",
            ["puppet", "puppet"],
        ),  # a hyphen is a border
        ("puppet*", "the puppet-masters", ["puppet"]),  # which the wildcard does not cross
        ("so-called", "the so-called and so‑called, not so called", ["so-called", "so‑called"]),
        (
            "fratricidal war",
            "this fratricidal \n\t war; fratricidal\u00a0war; fratricidal, war",
            None,
        ),
        ("*gate", "Watergate, a gate, the gates", ["Watergate", "gate"]),
        ("w*n", "warn, wn, women, wand", ["warn", "wn", "women"]),
        ("war * ukraine", "war in Ukraine, war Ukraine, war in east Ukraine", ["war in Ukraine"]),
        ("caf", "café, cafe\u0301, caf", ["caf"]),  # a combining accent belongs to its letter
        ("istanbul", "İstanbul, ISTANBUL", ["İstanbul", "ISTANBUL"]),
        ("strasse", "Straße", []),
        ("a.b", "a.b and axb", ["a.b"]),  # no sign is a regular expression
        ("(war", "(war", ["(war"]),
        ("mh17", "MH17 and MH170", ["MH17"]),
    ],
)
def test_an_entry_matches_whole_words_only(entry, text, matches):
    if matches is None:
        matches = re.findall(r"fratricidal\s+war", text)
        assert len(matches) == 2
    assert found([entry], text) == matches


def test_capitals_count_where_the_entry_says_so():
    text = "Turkey roasted a turkey; TURKEY’S army and the people’s Turkey"
    assert found([Entry("Turkey", case=True)], text) == ["Turkey", "Turkey"]
    assert len(found([Entry("Turkey")], text)) == 4


@pytest.mark.parametrize(
    ("entries", "text", "matches"),
    [
        (
            ["puppet*", "puppet government", "government"],
            "a puppet government",
            ["puppet government"],
        ),
        (
            ["the regime", "regime change"],
            "the regime change",
            ["regime change"],
        ),  # longer, though later
        (
            ["a b", "b c d", "a"],
            "a b c d",
            ["a", "b c d"],
        ),  # what the longest leaves free still counts
        (["war", "war crime"], "a war criminal", ["war"]),  # the longer one would end inside a word
        (["war crim*", "war"], "a war criminal", ["war criminal"]),
    ],
)
def test_the_longest_match_wins_inside_a_lexicon(entries, text, matches):
    assert found(entries, text) == matches


def test_nested_counts_a_word_once_for_each_category():
    text = "a puppet government"
    assert found(["puppet*", "puppet government"], text, nested=True) == ["puppet government"]
    assert found(["puppet", "puppet*"], text, nested=True) == ["puppet"]
    apart = terms.build("x", {"a": ["puppet*"], "b": ["puppet government"]}, nested=True)
    assert [hit.category for hit in terms.matcher([apart]).find(text)] == ["a", "b"]


def test_of_equally_long_matches_the_one_spelt_out_wins():
    lexicon = terms.build("x", {"loose": ["terror*"], "exact": ["terrorist"]})
    assert [hit.category for hit in terms.matcher([lexicon]).find("a terrorist, terrorism")] == [
        "exact",
        "loose",
    ]


def test_lexicons_do_not_disturb_each_other():
    one = terms.build("one", {"a": ["puppet government"]})
    two = terms.build("two", {"b": ["government"]})
    hits = terms.matcher([one, two]).find("a puppet government")
    assert [(hit.lexicon, hit.start, hit.end) for hit in hits] == [("one", 2, 19), ("two", 9, 19)]
    with pytest.raises(ValueError, match="two lexicons are called one"):
        terms.matcher([one, terms.build("one", {"a": ["x"]})])


def test_unless_keeps_an_entry_from_counting_inside_a_phrase():
    entry = Entry("regime*", unless=("training regime*", "regime of truth"))
    text = "his training regime; the regime; a regime of truth; training the regime"
    assert found([entry], text) == ["regime", "regime"]
    assert found([entry, "training"], "a training regime") == [
        "training"
    ]  # the phrase itself takes nothing


def test_folding_keeps_every_offset():
    signs = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert all(len(pattern.fold(sign)) == 1 for sign in signs)
    text = "İİİ die Straße: Ⅷ the DICTATOR"
    (hit,) = terms.matcher([terms.build("x", {"a": ["dictator*"]})]).find(text)
    assert text[hit.start : hit.end] == "DICTATOR"


def test_a_matcher_survives_pickling():
    made = terms.matcher([terms.build("x", {"a": ["dictator*", "so-called"]})])
    text = "so-called dictators"
    assert pickle.loads(pickle.dumps(made)).find(text) == made.find(text) != []


# --- against a slow matcher that is right for all to see
# -------------------------------------------------


def is_word(text, place):
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")


def stands_free(text, start, end):
    """No letter goes on at either side, not even past an apostrophe, unless that makes a
    possessive."""
    if is_word(text, start - 1) or (text[start - 1 : start] == "'" and is_word(text, start - 2)):
        return False
    possessive = text[end : end + 2] == "'s" and not is_word(text, end + 2)
    return not is_word(text, end) and (
        possessive or not (text[end : end + 1] == "'" and is_word(text, end + 1))
    )


def spells(entry, piece, text, start):
    """Whether the entry, sign by sign, spells the piece that starts there."""
    if not entry:
        return not piece
    if entry[0] == " ":
        spaces = len(piece) - len(piece.lstrip())
        return spaces > 0 and spells(entry[1:], piece[spaces:], text, start + spaces)
    if entry[0] == "*":
        if spells(entry[1:], piece, text, start):
            return True
        inner = piece[:1] == "'" and is_word(text, start - 1) and is_word(text, start + 1)
        inner = inner and not (text[start + 1] == "s" and not is_word(text, start + 2))
        return (
            bool(piece)
            and (is_word(text, start) or inner)
            and spells(entry, piece[1:], text, start + 1)
        )
    return piece[:1] == entry[0] and spells(entry[1:], piece[1:], text, start + 1)


def by_hand(entries, text, nested):
    """Every piece of the text held against every entry; then the longest, the first, the one spelt
    out."""
    spans = []
    for start in range(len(text)):
        for number, entry in enumerate(entries):
            ends = range(len(text), start, -1)
            good = (
                e
                for e in ends
                if stands_free(text, start, e) and spells(entry, text[start:e], text, start)
            )
            end = next(good, None)
            if end:
                spans.append((start - end, start, -len(entry.replace("*", "")), number, end))
    kept = []
    for _, start, _, number, end in sorted(spans):
        if nested or all(end <= a or b <= start for a, b, _ in kept):
            kept.append((start, end, entries[number]))
    return sorted(kept)


WORDS = st.text("ab'-s", min_size=1, max_size=4).filter(
    lambda word: any(letter in "abs" for letter in word)
)
STARRED = st.one_of(
    WORDS,
    WORDS.map(lambda w: w + "*"),
    WORDS.map(lambda w: "*" + w),
    WORDS.map(lambda w: f"{w}*{w}"),
)
ENTRIES = st.lists(
    st.lists(STARRED, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
)


@settings(max_examples=300)
@given(ENTRIES, st.text("aabbs'- \n,", max_size=30), st.booleans())
def test_hits_equal_those_of_a_slow_matcher(entries, text, nested):
    categories = {entry: [entry] for entry in entries} if nested else {"a": entries}
    lexicon = terms.build("x", categories, nested=nested)
    hits = terms.matcher([lexicon]).find(text)
    assert sorted((hit.start, hit.end, hit.entry) for hit in hits) == by_hand(entries, text, nested)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_gives_matches_that_do_not_overlap(text):
    hits = terms.matcher([terms.build("x", {"a": ["a*", "*b", "a b", "0", "i*"]})]).find(text)
    assert all(one.end <= two.start for one, two in pairwise(hits))
    assert all(pattern.fold(text[hit.start : hit.end]).strip() for hit in hits)


# --- hits
# ------------------------------------------------------------------------------------------------


def article(text):
    return Article(
        "a1", "c", "The Courier", "", "", "", None, "", "en", "article", "a.txt", "", text
    )


def block(number, text, piece, role="body"):
    start = text.index(piece)
    return Block("a1", number, start, start + len(piece), role, "")


TEXT = (
    "Fratricidal\n\nwar, said the dictator. “No puppet,” he said.\n\nSubscribe to Dictator Weekly"
)


def test_hits_stay_in_kept_blocks_and_never_cross_a_border():
    body = "war, said the dictator. “No puppet,” he said."
    rows = [
        block(0, TEXT, "Fratricidal", "title"),
        block(1, TEXT, body),
        block(2, TEXT, "Subscribe to Dictator Weekly", "boilerplate"),
    ]
    start, quote = TEXT.index(body), TEXT.index("“No puppet,”")
    sentences = [Sentence("a1", 0, 0, 0, 11), Sentence("a1", 1, 1, start, start + 23)]
    voices = [
        Voice("a1", 0, 11, "headline", ""),
        Voice("a1", start, quote, "narration", ""),
        Voice("a1", quote, quote + 12, "quote", "Ann Ray"),
        Voice("a1", quote + 12, rows[1].end, "narration", ""),
    ]
    lexicon = terms.build("x", {"a": ["fratricidal war", "dictator*", "puppet*"]})
    hits = terms.hits(article(TEXT), rows, sentences, voices, terms.matcher([lexicon]))
    assert [(h.match, h.entry, h.voice, h.speaker, h.sentence_id, h.negated) for h in hits] == [
        ("dictator", "dictator*", "narration", "", 1, False),
        ("puppet", "puppet*", "quote", "Ann Ray", None, True),
    ]
    assert all(TEXT[hit.start : hit.end] == hit.match for hit in hits)


def test_a_block_that_begins_inside_a_line_begins_a_word():
    text = "in the east.Dictator jokes"
    rows = [block(0, text, "in the east."), block(1, text, "Dictator jokes")]
    lexicon = terms.build("x", {"a": ["east", "dictator", "east.dictator"]})
    hits = terms.hits(article(text), rows, [], [], terms.matcher([lexicon]))
    assert [hit.match for hit in hits] == ["east", "Dictator"]


@pytest.mark.parametrize(
    ("before", "negated"),
    [
        ("he is not a ", True),
        ("he isn't quite the ", True),
        ("never ", True),
        ("without any ", True),
        ("neither hero nor ", True),
        ("hardly a ", True),
        ("a non-", True),
        ("he is not the kind of man who is a ", False),  # too far
        ("no, he is a ", False),  # across a comma
        ("if not (as they say) a ", False),
        ("he is not only a ", False),  # affirms
        ("the knot of a ", False),
        ("", False),
    ],
)
def test_a_negator_reaches_three_tokens(before, negated):
    assert terms.is_negated(before) is negated


def test_a_negator_of_the_sentence_before_does_not_reach():
    text = "He said no. Dictators fall."
    rows = [block(0, text, text)]
    sentences = [Sentence("a1", 0, 0, 0, 11), Sentence("a1", 1, 0, 12, 27)]
    lexicon = terms.build("x", {"a": ["dictator*"]})
    (hit,) = terms.hits(article(text), rows, sentences, [], terms.matcher([lexicon]))
    assert not hit.negated
    (hit,) = terms.hits(article(text), rows, [], [], terms.matcher([lexicon]))
    assert hit.negated  # without sentences the block is the border


# --- the five articles: facts about other people's texts
# ---------------------------------------------------


@pytest.mark.parametrize(
    ("number", "entry", "count"),
    [
        ("000", "dictator*", 1),
        ("001", "dictator*", 0),
        ("002", "dictator*", 0),
        ("003", "dictator*", 0),
        ("004", "dictator*", 0),
        ("000", "fratricidal war", 1),
        ("004", "special military operation", 1),
        ("003", "kiev", 5),
        ("003", "kyiv", 0),
    ],
)
def test_counts_in_the_five_articles_are_those_of_a_plain_search(shared, number, entry, count):
    (path,) = sorted((shared / "articles").glob(f"{number}_*.txt"))
    text = path.read_text(encoding="utf-8")
    assert len(found([entry], text)) == len(re.findall(entry.replace("*", ""), text, re.I)) == count
