"""Furniture inside paragraphs: it is cut, the sentence around it stays whole; and texts that were
given as articles lose next to nothing."""

import pytest

from helpers import clean, engine
from helpers.clean import inside
from helpers.ledger import KEPT, Article, Ledger


def article(text, title=""):
    return Article("a", "c", "North", title, "", "", None, "", "en", "article", "s", "", text)


def cut(line):
    return [line[s.start : s.end] for s in inside.furniture(line, 0, len(line))]


@pytest.mark.parametrize(
    "line, furniture",
    [
        (
            "Sen. Ada Lund Ada Maria LundPanel votes on quay Lund: no deal yet MORE (Ind.) left.",
            ["Ada Maria LundPanel votes on quay Lund: no deal yet MORE"],
        ),
        (
            "The mayor, Per Holm Per (Pelle) Holm2031 race opens Poll: Holm ahead MORE’s aide, and"
            " Ada Lund Ada LundQuay reopens MORE agreed.",
            ["Per (Pelle) Holm2031 race opens Poll: Holm ahead MORE", "Ada LundQuay reopens MORE"],
        ),
        (
            "JUST WATCHED Boats leave Replay More Videos ... MUST WATCH Boats leave 02:10"
            " They went.",
            ["JUST WATCHED Boats leave Replay More Videos ... MUST WATCH Boats leave 02:10"],
        ),
        (
            "The quay is shut. Hide Caption 10 of 44 Photos: Photos: Quay in crisis Quay in crisis,"
            " seen by our teams. – NORTH QUAY: Boats leave.",
            [
                "Hide Caption 10 of 44 Photos: Photos: Quay in crisis Quay in crisis, seen by our"
                " teams. –"
            ],
        ),
        ("A bridge on the outskirts, May 2031. | Getty", ["| Getty"]),
        ("Who spoke on the quay Listen · 2:48 2:48", ["Listen · 2:48 2:48"]),
        ("Loading...", ["Loading..."]),
        ("Loading the boats took...", []),
        ("Story highlights The quay is shut", ["Story highlights"]),
        ("Don't see the graphic above? Click here.", ["Don't see the graphic above? Click here."]),
        (
            "Image copyright Getty Images Image caption The quay was shut.",
            ["Image copyright Getty Images", "Image caption"],
        ),
        (
            "Enlarge this image toggle caption Ada Lund/AP Ada Lund/AP The harbour at dawn.",
            ["Enlarge this image toggle caption Ada Lund/AP Ada Lund/AP"],
        ),
        ("The boats stayed. (AP Photo/Ada Lund, File)", ["(AP Photo/Ada Lund, File)"]),
        (
            "Media playback is unsupported on your device",
            ["Media playback is unsupported on your device"],
        ),
        (
            "STORY: Why the harbour was closed in spring",
            ["STORY: Why the harbour was closed in spring"],
        ),
        ("There is MORE to say of the harbour, she said.", []),
        ("He wanted more of it and got 12 of 30 votes.", []),
        ("She read the file, and the media caption was wrong.", []),
        ("Ada Lund and Per Holm met, and more followed.", []),
    ],
)
def test_what_a_page_put_into_a_sentence_is_found_and_nothing_else(line, furniture):
    assert cut(line) == furniture


def test_the_title_of_a_gallery_is_cut_and_its_captions_stay():
    captions = ["A woman walks by.", "Boats burn at night.", "Two men carry a net."]
    line = " ".join(
        f"Hide Caption {i} of 3 Photos: Fire in Norland {c}" for i, c in enumerate(captions, 1)
    )
    text = f"The fire began on Monday and went on for days.\n\n{line}\n"
    rows = clean.blocks(article(text))
    kept = [b for b in rows if b.role in KEPT]
    assert [text[b.start : b.end] for b in kept[1:]] == captions


def test_a_sentence_runs_across_what_was_cut_and_counts_none_of_it(tmp_path):
    line = (
        "The mayor, Ada Lund Ada LundQuay votes on war Lund: regime must go MORE (Ind.), said the"
        " quay would open."
    )
    (tmp_path / "in/North").mkdir(parents=True)
    (tmp_path / "in/North/one.txt").write_text(
        f"Quay to open\n\n{line}\n\nIt was shut in spring, when a ship had struck the wall of it.\n"
    )
    lexicon = tmp_path / "own.txt"
    lexicon.write_text("regime\nquay\n")
    made = engine.annotate([tmp_path / "in"], [lexicon], tmp_path / "out")
    tables = Ledger(made.folder)
    words = set(tables.tokens["norm"])
    assert not words & {"lundquay", "votes", "regime", "more"} and {"lund", "ind"} <= words
    text = tables.articles["text"][0]
    whole = [text[s.start : s.end] for s in tables.sentences.itertuples()]
    assert any(s.startswith("The mayor") and s.endswith("would open.") for s in whole)
    held = [(v.start, v.end) for v in tables.voices.itertuples()]
    at = text.index("votes")
    assert not any(start <= at < end for start, end in held)
    assert set(tables.hits["entry"]) == {"quay"} if len(tables.hits) else True


LISTED = (
    "The band said where it would play this summer.\n\nThe dates of the tour:\n\nJune 9 – Lakeside"
    " Hall, West Harbour\nJune 12 – Old Mill, Selby\nJune 14 – Pier Stage, Norland\n"
)


@pytest.mark.parametrize(
    "text",
    [
        LISTED,
        "Judge blocks release of harbour plans as lawmakers weigh a ban",
        "* Trending\n\nGood morning! Here is what you need to know.\n\n1. The quay opens\n\n"
        "2. The boats leave\n",
        "Subscribe",
    ],
)
def test_a_text_given_as_an_article_keeps_its_lists_headlines_and_short_lines(text):
    rows = clean.blocks(article(text), main=())
    lost = [text[b.start : b.end] for b in rows if b.role not in KEPT]
    assert lost == []


def test_a_text_given_as_an_article_loses_what_is_surely_none_of_it():
    more = "Facebook Twitter WhatsApp Copy link\n\n© 2031 Harbour News. All rights reserved.\n"
    text = f"{LISTED}\n{more}"
    rows = clean.blocks(article(text), main=())
    assert [b.reason for b in rows if b.role not in KEPT] == ["share bar", "copyright"]


def test_a_sign_up_box_in_one_paragraph_is_cut_and_a_paragraph_on_one_is_not():
    box = (
        "2031 Results Who is winning? We will tell you. The latest results sent straight to your"
        " inbox. Sign Up Loading By signing up you agree to receive email newsletters or alerts"
        " from THE HERALD. You can unsubscribe at any time. This site has a Privacy Policy and"
        " Terms of Service that apply to all of it."
    )
    told = (
        "The minister said that the newsletters of his office, which went straight to your inbox"
        " in the years before the war whether anybody had asked for them or not, would be sent"
        " from now on to those alone who had written to the office and asked for them by letter."
    )
    from helpers.clean.lines import lines
    from helpers.clean.rules import verdict

    assert verdict(lines(box)[0])[0] == "boilerplate"
    assert verdict(lines(told)[0]) is None
