"""What each line of an article is: promises that hold for any text, and the rules one by one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import clean
from helpers.clean.lines import key
from helpers.clean.lines import line as line_of
from helpers.clean.phrases import NOTES, phrases
from helpers.clean.rules import RULES, _prose, verdict
from helpers.ledger import KEPT, ROLES, Article

PROSE = (
    "The two governments met again on the island, and neither of them would say in public what had"
    " been offered to the other, though three people who were in the room described the talks as"
    " long and cold."
)
MORE = (
    "Nobody on the quay expected the boat to come back before the evening, and when it did the"
    " harbour master went out with a lamp to count the men, who were as many as had left in the"
    " morning."
)


def article(text, title=""):
    return Article("a", "c", "Outlet", title, "", "", None, "", "en", "article", "a.txt", "", text)


def labels(text, title="", **options):
    return [
        (text[block.start : block.end], block.role)
        for block in clean.blocks(article(text, title), **options)
    ]


def role(text, line, **options):
    return dict(labels(text, **options))[line]


def page(*middle):
    """An article of six paragraphs with lines between the third and the fourth."""
    return "\n\n".join(
        [PROSE, MORE, PROSE + " A.", *middle, MORE + " B.", PROSE + " C.", MORE + " D."]
    )


anything = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    'a.\n\r\u2028\t •©“"A:é0', max_size=400
)


def tiles(text, blocks):
    """Whether blocks are in order, do not overlap and leave only white space between them."""
    at = 0
    for number, block in enumerate(blocks):
        own = text[block.start : block.end]
        if (
            block.block_id != number
            or block.start < at
            or not own
            or own != own.strip()
            or text[at : block.start].strip()
        ):
            return False
        at = block.end
    return not text[at:].strip()


@settings(max_examples=300)
@given(anything, anything)
def test_every_character_but_white_space_is_in_exactly_one_block(text, title):
    blocks = clean.blocks(article(text, title))
    assert tiles(text, blocks)
    assert {block.role for block in blocks} <= set(ROLES)
    assert all(block.reason for block in blocks)


@settings(max_examples=100)
@given(anything, st.lists(anything, max_size=4), st.sets(anything, max_size=3))
def test_main_text_and_repeated_lines_change_roles_and_never_the_tiling(text, main, repeated):
    assert tiles(text, clean.blocks(article(text), repeated=repeated, main=tuple(main)))


@pytest.mark.parametrize(
    "unit", ['"', "(", "a.A", "- ", "a ", "“", "read more\n", "By A B\n", "\u2028x", "<a", "1. "]
)
def test_hostile_text_is_tiled_too(unit):
    text = unit * (200_000 // len(unit))
    assert tiles(text, clean.blocks(article(text)))


def test_one_line_of_a_million_characters_is_one_block():
    text = "a b. " * 200_000
    assert len(clean.blocks(article(text))) == 1


def test_an_empty_text_has_no_blocks():
    assert clean.blocks(article("")) == clean.blocks(article(" \r\n\t\u2028")) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\n\n\n"])
def test_any_line_break_separates_blocks(end):
    assert labels(PROSE + end + MORE) == [(PROSE, "body"), (MORE, "body")]


def test_indentation_is_not_read():
    flat = page("A quiet harbour")
    deep = "\n".join("\t      " + line for line in flat.split("\n"))
    assert labels(flat) == labels(deep)


OPENINGS = (
    *(
        "Photo: ",
        "Image caption: ",
        "File – ",
        "Top photo: ",
        "Courtesy: ",
        "By Ada Berg ",
        "By: ",
        "Text: ",
        "Author ",
    ),
    *(
        "Written by ",
        "Sources: ",
        "https://a.example/",
        "www.a.example",
        "“Reuters ",
        "1 May ",
        "May 1, 2020. ",
        "* ",
        "",
    ),
)
ENDINGS = (
    *(
        " Photo: Ada Berg.",
        ". Photo by Ada Berg.",
        ". Ada Berg/Lund.",
        " (Reuters).",
        ". Image courtesy of Lund.",
        ".",
    ),
    *(". PICTURE: Lund.", " (Photo)", " Getty Images", "?", ". Credit: Ada", ". ada/lund."),
)
WORDS = st.lists(
    st.sampled_from(["the", "boat", "Lund", "of", "1", "by", "monday", "english", "/", "x"]),
    max_size=50,
)


@settings(max_examples=600)
@given(st.sampled_from(OPENINGS), WORDS, st.sampled_from(ENDINGS))
def test_no_rule_applies_to_what_is_plainly_a_paragraph(opening, words, ending):
    text = (opening + " ".join(words) + ending).strip()
    row = line_of(text, 0, len(text))
    assert not _prose(row) or not [
        rule.reason for rule in RULES if row.words <= rule.longest and rule.test(row)
    ]


def test_every_near_miss_is_near():
    """A miss shares a word with its entry, or it would test nothing."""
    for entry, line in NEAR:
        assert set(entry.entry.strip("*:").split()) & set(line.lower().replace(",", "").split()), (
            entry
        )


def test_labels_do_not_depend_on_the_order_of_repeated_lines():
    lines = ["Paper of the isles", "Founded in a storm", "Read by gulls"]
    text = page(*lines)
    keys = clean.line_keys("\n".join(lines))
    assert clean.blocks(article(text), repeated=sorted(keys)) == clean.blocks(
        article(text), repeated=keys
    )


ENTRIES = [(entry, line) for entry in phrases() for line in entry.hits]
NEAR = [(entry, line) for entry in phrases() for line in entry.misses]


@pytest.mark.parametrize(
    "entry, line", ENTRIES, ids=[f"{e.category}: {e.entry}" for e, _ in ENTRIES]
)
def test_a_boilerplate_phrase_marks_its_hits(entry, line):
    found = clean.blocks(article(line))[0]
    assert (found.reason, found.role) == (
        entry.category,
        "note" if entry.category in NOTES else "boilerplate",
    )


@pytest.mark.parametrize("entry, line", NEAR, ids=[f"{e.category}: {e.entry}" for e, _ in NEAR])
def test_a_boilerplate_phrase_leaves_its_misses(entry, line):
    assert role(page(line), line) in KEPT, entry


@pytest.mark.parametrize(
    "line, reason",
    [
        ("* * *", "no words"),
        ("harbour-2031-03-10_boat.jpg", "file name"),
        ("2031-03-10t0000_17313_gulls_over_harbour-scaled", "file name"),
        ("Original: https://harbour.example/a/1", "address of a page"),
        ("Facebook Twitter WhatsApp Copy link", "share bar"),
        ("12 Comments", "login or comment prompt"),
        ("Photo: Ada Lund / Harbour News", "photo credit"),
        ("(Getty Images)", "photo credit"),
        ("English Deutsch Español Русский", "language list"),
        ("10 March 2031", "date line"),
        ("Published March 10, 2031, 9:15 am", "date line"),
        ("By Ada Lund and Per Holm", "byline"),
        ("BY ADA LUND", "byline"),
        ("Ada Lund, harbour correspondent", "byline"),
        ("Home » World » Islands", "section label or trail"),
        ("World | Islands", "section label or trail"),
        ("<a href='x'>the quay</a>", "markup left over"),
        ("Image caption: The quay of the island in the morning", "image caption"),
        (
            "The quay of the island in the morning of the talks. (Ada Lund/Reuters)",
            "image caption with a credit",
        ),
        (
            "The quay of the island in the morning of the talks. Photo: Ada Lund",
            "image caption with a credit",
        ),
    ],
)
def test_a_rule_names_its_line(line, reason):
    block, *credit = clean.blocks(article(line))
    assert block.reason == reason
    assert all(b.reason == "picture credit inside a paragraph" for b in credit)


@pytest.mark.parametrize(
    "line",
    [
        "By the time the boat came in, the harbour master had gone home.",
        "“Sign up for the newsletter or leave,” the clerk of the harbour told the two men.",
        "He said the paper used cookies as money during the siege of the town.",
        "Share prices of the shipping companies fell on the news from the island.",
        "July 5 was the day on which the two governments met on the island.",
        "The minister shared the photo of the harbour with two reporters.",
    ],
)
def test_prose_that_looks_like_a_prompt_stays(line):
    assert role(page(line), line) == "body"


def test_title_doubled_title_deck_and_byline_above_the_first_paragraph():
    title, deck = (
        "Two governments meet on the island again",
        "Nobody says in public what had been offered in the room",
    )
    text = "\n\n".join([title, title, deck, "By Ada Lund", "10 March 2031", page()])
    found = clean.blocks(article(text))
    assert [block.role for block in found[:6]] == [
        "title",
        "boilerplate",
        "deck",
        "byline",
        "dateline",
        "body",
    ]
    assert found[1].reason == "repeats the title"


def test_the_title_in_the_catalogue_is_found_in_the_text():
    title = "Cold talks"
    text = "\n".join(["Harbour News", title, page()])
    assert role(text, title, title="Cold Talks!") == "title"
    assert role(text, "Harbour News", title=title) == "boilerplate"


@pytest.mark.parametrize(
    "line", ["GULLS RETURN TO THE QUAY", "What the talks were for", "Why now?", "“A cold room”"]
)
def test_a_short_line_between_paragraphs_is_a_subhead(line):
    assert role(page(line), line) == "subhead"


@pytest.mark.parametrize(
    "line",
    [
        "Harbour News: What did he say?",
        "“It is over.”",
        "It is over.",
        "• Two boats were lost.",
        "Other news:",
    ],
)
def test_short_lines_that_belong_to_the_text_are_body(line):
    assert role(page(line), line) == "body"


def test_items_of_a_list_that_a_sentence_announces_stay_at_the_end():
    items = [
        f"• boat number {name}"
        for name in ("one", "two", "three", "four", "five", "six", "seven", "eight")
    ]
    text = "\n".join(
        [page(), "The boats that came back before the evening of that day were:", *items]
    )
    assert {role(text, item) for item in items} == {"body"}


def test_links_under_related_end_with_the_next_paragraph():
    links = ["Gulls Seen Over the Northern Quay Again", "Harbour Master Counts His Lamps Twice"]
    text = page("Related", *links)
    assert {role(text, link) for link in links} == {"boilerplate"}
    assert role(text, PROSE + " C.") == "body"


def test_teasers_below_the_article_are_not_the_article():
    def group(n):
        return [
            f"Another story about harbour number {n}",
            f"{MORE} It was quay {n}.",
            "Keep reading",
        ]

    text = "\n\n".join([page(), *group(1), *group(2), *group(3)])
    found = labels(text)
    assert [r for _, r in found[:6]] == ["body"] * 6
    assert {r for _, r in found[6:]} == {"boilerplate"}


def test_a_doubled_headline_below_the_article_begins_another():
    head = "The gulls of the northern quay and their friends"
    text = "\n".join([page(), head, head, MORE + " E."])
    assert role(text, MORE + " E.") == "boilerplate"


def test_what_stands_after_comments_is_not_the_article():
    text = "\n".join(
        [page(), "Comments (2)", "I was there and it was colder than you say, my friend."]
    )
    assert labels(text)[-1][1] == "boilerplate"


def test_a_note_on_the_author_is_a_note_and_the_same_words_in_the_article_are_not():
    note = "Ada Lund is a reporter for Harbour News and the author of two books about islands."
    assert role("\n".join([page(), note]), note) == "note"
    assert role(page(note), note) == "body"


def test_a_promotion_glued_to_the_last_word_is_split_off():
    promotion = "Harbour Phone Nine now on sale in all islands: see prices, colours and more"
    text = "\n".join([page(), PROSE + promotion])
    assert labels(text)[-2:] == [(PROSE, "body"), (promotion, "boilerplate")]


@pytest.mark.parametrize(
    "tail", [" The boat came back", "The boat came back.", "the boat came back in the evening"]
)
def test_a_sentence_after_a_full_stop_is_not_split_off(tail):
    text = "\n".join([page(), PROSE + tail])
    assert labels(text)[-1] == (PROSE + tail, "body")


def test_a_line_repeated_over_the_outlets_articles_is_boilerplate():
    line = "Harbour News has been printed on the quay since the great storm."
    assert role(page(line), line) == "body"
    assert role(page(line), line, repeated=clean.line_keys(line)) == "boilerplate"


@given(st.one_of(anything, st.text("Ab 09_“’é\t\n\r,.", max_size=200)))
def test_line_keys_of_a_text_are_the_keys_of_its_lines(text):
    assert clean.line_keys(text) == {key(line.strip()) for line in text.splitlines()} - {""}


def test_line_keys_ignore_case_figures_marks_and_white_space():
    assert clean.line_keys("  214 Shares \r\n\n***") == clean.line_keys("9 shares!") == {"0 shares"}


def test_lines_broken_in_the_middle_of_sentences_are_kept():
    words = (PROSE + " " + MORE).split()
    text = "\n".join(" ".join(words[at : at + 9]) for at in range(0, len(words), 9))
    assert {role for _, role in labels(text)} == {"body"}


def test_short_texts_without_prose_are_kept():
    assert {role for _, role in labels("Rates unchanged\nBank holds")} <= KEPT


def test_passages_of_trafilatura_decide_for_html():
    text = "\n".join(["News Sport", PROSE, "Gulls seen over the quay", MORE, "Imprint of the page"])
    found = clean.blocks(article(text), main=(PROSE, "Gulls seen over the quay", MORE))
    assert [block.role for block in found] == [
        "boilerplate",
        "body",
        "subhead",
        "body",
        "boilerplate",
    ]
    assert found[-1].reason == "outside the main text (trafilatura)"


def test_passages_match_over_line_breaks_and_marks():
    text = "\n".join(["News", PROSE.replace(", and", " , and"), MORE])
    found = clean.blocks(article(text), main=(PROSE + "\n" + MORE,))
    assert [block.role for block in found] == ["boilerplate", "body", "body"]


def test_describe_fills_only_what_is_empty():
    text = "\n\n".join(
        ["Two governments meet on the island", "By Ada Lund", "10 March 2031", page()]
    )
    given_ = article(text)
    found = clean.describe(given_, clean.blocks(given_))
    assert (found.title, found.author, found.published) == (
        "Two governments meet on the island",
        "Ada Lund",
        date(2031, 3, 10),
    )
    kept = clean.describe(
        given_._replace(author="Per Holm", published=date(2030, 1, 1)), clean.blocks(given_)
    )
    assert (kept.author, kept.published) == ("Per Holm", date(2030, 1, 1))


def test_a_dateline_without_a_year_is_no_date():
    text = "July 5—" + page()
    assert clean.describe(article(text), clean.blocks(article(text))).published is None


def test_a_rule_reads_no_more_than_the_head_of_a_line():
    from helpers.clean.lines import lines

    (row,) = lines("Copyright " + "word " * 100_000)
    assert verdict(row) is None  # a notice has at most sixty words; this is something else
