"""The five articles of ../shared/articles: places and names decided by hand, no text."""

import pytest

from helpers import clean, corpus, voices

# article, first offset, end, speaker: every quotation of three words or more
QUOTATIONS = [
    ("000", 970, 1390, "Alexander Lukashenko"),
    ("000", 1498, 1686, "Keith Kellogg"),
    ("001", 733, 976, "Reuters"),
    ("001", 1317, 1504, "Reuters"),
    ("001", 1722, 1765, "one of the sources"),
    ("001", 2071, 2191, "an unnamed U.S. official"),
    ("001", 2676, 2803, "the Times"),
    ("001", 2824, 2988, "the Times"),
    ("001", 3300, 3445, "Leonid Ragozin"),
    ("001", 3462, 3616, "Leonid Ragozin"),
    ("001", 5314, 5564, "Reuters"),
    ("001", 5832, 6078, "Matthew Miller"),
    ("001", 6092, 6338, "Matthew Miller"),
    ("002", 1032, 1048, "Dmitry Peskov"),
    ("002", 1192, 1396, "Dmitry Peskov"),
    ("002", 1862, 1944, "Marco Rubio"),
    ("002", 3343, 3401, "a senior Russian source"),
    ("002", 3682, 3815, "a senior Russian source"),
    ("002", 4480, 4741, "Konstantin Kosachev"),
    ("002", 4827, 4944, "Vladimir Putin"),
    ("002", 4966, 5026, "Vladimir Putin"),
    ("003", 1165, 1215, "an unnamed senior Russian official"),
    ("003", 3001, 3233, "Avril Haines"),
    ("003", 3341, 3466, "William Burns"),
    ("004", 403, 441, "Alexander Lukashenko"),
    ("004", 505, 554, "Alexander Lukashenko"),
    ("004", 621, 671, "Alexander Lukashenko"),
    ("004", 676, 709, "Alexander Lukashenko"),
    ("004", 4154, 4259, "Alexander Lukashenko"),
    ("004", 4450, 4521, "Donald Trump"),
]


@pytest.fixture(scope="module")
def found(shared):
    """Article number → (article, annotated)."""
    received = [
        row.article
        for row in corpus.read([shared / "articles"])
        if isinstance(row, corpus.Received)
    ]
    named = [article for article in received if article.article_id[:3].isdigit()]
    return {
        article.article_id[:3]: (article, voices.annotate(article, clean.blocks(article), []))
        for article in named
    }


def voice_at(annotated, place):
    return next(row for row in annotated.voices if row.start <= place < row.end)


def places(article, term):
    at = article.text.find(term)
    while at >= 0:
        yield at
        at = article.text.find(term, at + 1)


@pytest.mark.parametrize("number, start, end, speaker", QUOTATIONS)
def test_every_quotation_has_its_speaker(found, number, start, end, speaker):
    article, annotated = found[number]
    row = next(quote for quote in annotated.quotes if quote.start <= start < quote.end)
    assert row.speaker == speaker
    assert row.end >= end
    assert row.kind == ("direct" if (row.start, row.end) == (start, end) else "mixed")
    assert {voice_at(annotated, place).voice for place in range(start, end)} <= {
        "quote",
        "insertion",
    }
    assert article.text[start] in '“"'


def test_the_mismatched_bracket_is_an_insertion_of_the_outlet(found):
    article, annotated = found["000"]
    mark = next(row for row in annotated.marks if row.rule == "mismatched brackets")
    assert (mark.start, mark.end, mark.mark) == (1349, 1367, "insertion")
    assert voice_at(annotated, 1355) == (
        article.article_id,
        1349,
        1367,
        "insertion",
        article.outlet,
    )


def test_each_loaded_term_is_in_its_voice(found):
    article, annotated = found["000"]
    assert {voice_at(annotated, place).voice for place in places(article, "dictator")} == {
        "insertion"
    }
    war = [voice_at(annotated, place) for place in places(article, "fratricidal war")]
    assert [(row.voice, row.speaker) for row in war] == [("quote", "Alexander Lukashenko")]
    article, annotated = found["004"]
    operation = [
        voice_at(annotated, place) for place in places(article, "special military operation")
    ]
    assert [(row.voice, row.speaker) for row in operation] == [("indirect", "Alexander Lukashenko")]


def test_the_interview_has_its_turns(found):
    _, annotated = found["004"]
    asking = {row.speaker for row in annotated.voices if row.voice == "interviewer"}
    assert asking == {"Svoboda"}
    answers = [(row.start, row.speaker) for row in annotated.voices if row.voice == "interviewee"]
    assert {name for start, name in answers if start < 2676} == {"Vladimir Vasilyev"}
    assert {name for start, name in answers if start > 3034} == {"Vladimir Zarikhin"}
    assert (
        voice_at(annotated, 2700).voice == "narration"
    )  # the paragraph that introduces the second guest


def test_the_translators_notes_are_the_translators(found):
    _, annotated = found["004"]
    notes = [(row.start, row.end) for row in annotated.voices if row.voice == "translator"]
    assert notes == [(2551, 2674), (5140, 5162), (5400, 5539), (5701, 5761)]


def test_dashes_that_open_news_items_are_no_turns(found):
    article, annotated = found["001"]
    openings = list(places(article, "\n— "))
    assert len(openings) == 4
    assert {voice_at(annotated, place + 1).voice for place in openings} == {"narration"}
    assert not {row.voice for row in annotated.voices} & {"interviewer", "interviewee"}


def test_a_mark_that_closes_what_never_opened_is_flagged(found, shared):
    path = next(path for path in (shared / "articles").iterdir() if path.name.startswith("001"))
    article, _ = found["001"]
    assert article.text == path.read_text(encoding="utf-8")
    at = article.text.index("Population challenges")
    from helpers.ledger import Block

    end = article.text.index("\n", at)
    annotated = voices.annotate(
        article, [Block(article.article_id, 0, at, end, "body", "line")], []
    )
    assert ("unbalanced", "never opened") in {(mark.mark, mark.rule) for mark in annotated.marks}
