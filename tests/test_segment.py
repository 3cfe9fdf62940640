"""Sentences and tokens: exact offsets, nothing lost, hard cases."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import segment
from helpers.ledger import Article, Block, Sentence, Token
from helpers.segment import cutting, splitting


def article(text: str) -> Article:
    return Article("a", "c", "o", "", "", "", None, "", "en", "article", "a.txt", "", text)


def block(start: int, end: int, role: str = "body", number: int = 0) -> Block:
    return Block("a", number, start, end, role, "")


def split(text: str) -> list[str]:
    rows = segment.sentences(article(text), [block(0, len(text))])
    return [text[row.start : row.end] for row in rows]


def cut(text: str) -> list[str]:
    rows = segment.tokens(article(text), [Sentence("a", 0, 0, 0, len(text))])
    return [text[row.start : row.end] for row in rows]


def cases(root) -> list[str]:
    lines = (root / "tests" / "segment_cases.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_hard_cases_are_split_where_a_reader_would(root):
    wrong = {}
    for line in cases(root):
        text = re.sub(r"\|(?=\S)| \|", "", line)
        expected = [part.strip() for part in line.split("|")]
        if split(text) != expected:
            wrong[text] = split(text)
    assert wrong == {}


def test_there_are_at_least_fifty_hard_cases(root):
    assert len(cases(root)) >= 50


PIECES = st.sampled_from(
    [
        *"aAé.!?”“\"'’()[]„…,- \n\t\u00a0İ5",
        "Mr.",
        "U.S.",
        "said",
        "The",
        ". The",
        ".” ",
        "?” Al said.",
        "„A.“ B",
        "Rs. 5",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


@given(TEXTS | st.text(max_size=80))
def test_sentences_hold_every_visible_character_once_and_in_order(text):
    rows = segment.sentences(article(text), [block(0, len(text))])
    edges = [edge for row in rows for edge in (row.start, row.end)]
    assert edges == sorted(edges)
    covered = {i for row in rows for i in range(row.start, row.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered
    assert all(text[row.start : row.end].strip() == text[row.start : row.end] != "" for row in rows)


@given(TEXTS, TEXTS, TEXTS)
def test_no_sentence_crosses_a_block_and_dropped_blocks_have_none(first, cut_out, last):
    text = f"{first}\n{cut_out}\n{last}"
    middle, end = len(first) + 1, len(first) + 1 + len(cut_out)
    blocks = [
        block(0, len(first)),
        block(middle, end, "boilerplate", 1),
        block(end + 1, len(text), "caption", 2),
    ]
    rows = segment.sentences(article(text), blocks)
    bounds = {b.block_id: b for b in blocks}
    assert all(bounds[r.block_id].start <= r.start < r.end <= bounds[r.block_id].end for r in rows)
    assert 1 not in {row.block_id for row in rows}
    assert [row.sentence_id for row in rows] == list(range(len(rows)))


@given(TEXTS | st.text(max_size=80))
def test_tokens_lie_inside_their_sentence_and_hold_no_white_space(text):
    source = article(text)
    rows = segment.sentences(source, [block(0, len(text))])
    words = segment.tokens(source, rows)
    assert all(
        rows[w.sentence_id].start <= w.start < w.end <= rows[w.sentence_id].end for w in words
    )
    assert all(not re.search(r"\s", text[w.start : w.end]) for w in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


WORDS = st.sampled_from(
    [
        *(
            "council",
            "civil",
            "mix",
            "month",
            "etc",
            "naïve",
            "cease-fire",
            "don’t",
            "café",
            "said:",
            "--",
            "10.5",
        ),
        *("it", "co-ed", "mid-jan", "Reed", "Brig", "Nobody", "said,", "U.S", "Sen"),
        *(
            "The",
            "He",
            "Mr.",
            "Gen.",
            "U.S.",
            "No.",
            "p.m.",
            "J.",
            "IV",
            "(ret.)",
            "Ph.D.",
            "ph.d.",
            "İzmir",
            "ΟΔΟΣ",
        ),
    ]
)
ENDS = st.sampled_from(
    [
        " ",
        ". ",
        ", ",
        "? ",
        "! ",
        ".” ",
        "?” ",
        ".' ",
        ".\n",
        ". “",
        "... ",
        ". . . ",
        ".",
        "\n",
        "-",
        "'",
        "_",
    ]
)
PLAIN = st.lists(st.tuples(WORDS, ENDS).map("".join), max_size=14).map("".join)


@given(TEXTS | PLAIN)
def test_what_is_cut_without_asking_nupunkt_is_what_nupunkt_would_cut(text):
    asked = [(start, end) for start, end in splitting._asked(text, 0, len(text)) if start < end]
    assert splitting._spans(text) == asked


@given(TEXTS | PLAIN | st.text(max_size=80))
def test_tokens_as_columns_are_the_tokens_as_rows(text):
    source = article(text)
    rows = segment.sentences(source, [block(0, len(text))])
    found = segment.token_columns(source, rows)
    columns = zip(
        found.sentence_id.tolist(),
        found.start.tolist(),
        found.end.tolist(),
        found.norm,
        strict=True,
    )
    assert [Token("a", *row) for row in columns] == segment.tokens(source, rows)


def test_lower_case_makes_no_letter_into_a_mark_or_a_digit():
    """Columns are cut in the lower-case text, rows in the text as it stands."""
    kinds = [
        re.compile(kind) for kind in (r"\w", r"\d", r"\s", f"[{cutting._MARKS}]", r"[-‐‑'.,:]")
    ]
    changed = [
        (sign, small)
        for sign, small in ((sign, sign.lower()) for sign in map(chr, range(0x110000)))
        if small != sign
        and len(small) == 1
        and any(bool(k.match(sign)) != bool(k.match(small)) for k in kinds)
    ]
    assert changed == []


@given(st.text(max_size=80))
def test_every_letter_and_digit_is_in_a_token(text):
    inside = {i for start, end in segment.words(text) for i in range(start, end)}
    assert {
        i for i, c in enumerate(text) if c.isalnum() and c != "ʼ"
    } <= inside  # a letter that is read as an apostrophe


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They won't, don’t and can't.", ["They", "won't", "don’t", "and", "can't"]),
        ("The U.S.-led force", ["The", "U.S.-led", "force"]),
        ("at 5 a.m. in the U.N.’s hall", ["at", "5", "a.m.", "in", "the", "U.N.’s", "hall"]),
        ("1,000.50 of 30-day, 10:30, 5th", ["1,000.50", "of", "30-day", "10:30", "5th"]),
        ("a cease-fire — not peace", ["a", "cease-fire", "not", "peace"]),
        ("a Ph.D. by J.K. Lane", ["a", "Ph.D.", "by", "J.K.", "Lane"]),
        ("$3.88, 5 %", ["3.88", "5"]),
        ("the workers’ ‘party’", ["the", "workers", "party"]),
        ("__bold__ snake_case", ["bold", "snake", "case"]),
        ("agreed...then. x", ["agreed", "then", "x"]),
        ("cafe\u0301 na\u00efve", ["cafe\u0301", "na\u00efve"]),
        ("5,000, and 6.", ["5,000", "and", "6"]),
        ("“”…—()!?", []),
    ],
)
def test_what_a_word_is(text, words):
    assert cut(text) == words


def test_norm_is_lower_case_with_straight_apostrophes_and_keeps_offsets_after_a_letter_that_grows():
    text = "İzmir DON’T Fall"
    rows = segment.tokens(article(text), [Sentence("a", 7, 0, 0, len(text))])
    assert [(row.start, row.end, row.sentence_id) for row in rows] == [
        (0, 5, 7),
        (6, 11, 7),
        (12, 16, 7),
    ]
    assert [row.norm for row in rows][1:] == ["don't", "fall"]


def test_our_way_of_compiling_gives_the_words_that_nltk_gives():
    from nltk.tokenize.regexp import RegexpTokenizer

    text = (
        "The U.S.-led talks, at 5 a.m., didn't end: 1,000 left; Mr O'Neill's cease-fire held for"
        " 30-odd days."
    )
    assert list(segment.words(text)) == list(RegexpTokenizer(segment.WORD).span_tokenize(text))


@pytest.mark.parametrize(
    "unit", ['"', "(", "?)", '."', ". ", "! ", "A. ", "a.", "“", "a", ".)\n", "aa.Aa", "?” A said "]
)
def test_a_hostile_text_is_covered_whole(unit):
    text = (unit * 30_000)[:30_000]
    rows = segment.sentences(article(text), [block(0, len(text))])
    covered = sum(len("".join(text[row.start : row.end].split())) for row in rows)
    assert covered == len("".join(text.split()))


def test_the_five_articles_are_covered(shared):
    for path in sorted((shared / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        rows = segment.sentences(article(text), [block(0, len(text))])
        words = segment.tokens(article(text), rows)
        assert "".join(text[r.start : r.end] for r in rows).translate(WHITE) == text.translate(
            WHITE
        )
        assert len(words) == pytest.approx(len(text.split()), rel=0.1)


WHITE = dict.fromkeys(map(ord, " \t\n\r\u00a0"))


@pytest.mark.parametrize("long", [f"{'a' * 1000}. Coastal towns", f"„A{'a' * 999}.  \n\n A. A. A."])
def test_white_space_after_a_very_long_word_is_no_sentence(long):
    rows = segment.sentences(article(long), [block(0, len(long))])
    assert all(row.start < row.end for row in rows)
    found = segment.token_columns(article(long), rows)
    places = [(row.start, row.end) for row in segment.tokens(article(long), rows)]
    assert places == list(zip(found.start.tolist(), found.end.tolist(), strict=True))
