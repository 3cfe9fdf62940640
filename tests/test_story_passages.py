"""Shared passages: what is one, what is none, and what each article did with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import data, story
from helpers.story import features, units
from helpers.story.texts import texts as texts_of
from storytables import tables, words_of

SAID = (
    "“The harbour stays shut until the last crane has been inspected, and nobody will sail before"
    " that,”"
)
WIRE = f"""Port council keeps harbour shut after crane collapse

The port of Selby Quay rejected a plan to reopen its harbour on 3 March, the council said.

{SAID} harbour master Ada Quill told reporters.

The collapse killed 14 dockers and injured 30 others, hospital doctors said.

The union of dockers denied that its members had been warned.
"""
DAILY = """Harbour stays shut

The council of Selby Quay turned down a plan to reopen the harbour on March 3.

“The harbour stays shut until the last crane has been inspected,” said Ada Quill, the harbour master.

Fourteen dockers died when the crane came down, and thirty were hurt, doctors at the hospital said.

Tickets for the summer fair go on sale this week at the bakery in Mill Lane.
"""  # noqa: E501


@pytest.fixture(scope="module")
def pair():
    both = {"wire": WIRE, "daily": DAILY}
    made = tables(both)
    return made, story.shared(made), both


def test_a_quotation_of_which_a_part_is_left_is_truncated(pair):
    _made, found, both = pair
    table = words_of(found, both)
    quotation = table[table["kind"] == "quotation"].set_index("article_id")
    assert quotation["form"].to_dict() == {"wire": "verbatim", "daily": "truncated"}
    assert (
        quotation.loc["wire", "words"].startswith("“The harbour") and quotation.loc["wire", "lead"]
    )
    assert "part of it: 11 of 11 words" in quotation.loc["daily", "rule"]


def test_a_fact_in_other_words_is_found_by_its_number_name_and_act(pair):
    _, found, both = pair
    table = words_of(found, both)
    facts = table[table["kind"] == "fact"]
    killed = facts[facts["words"].str.contains("dockers and|Fourteen dockers")]
    assert killed["passage"].nunique() == 1 and len(killed) == 2
    refused = facts[facts["words"].str.contains("rejected|turned down")]
    assert refused["passage"].nunique() == 1 and len(refused) == 2


def test_what_one_article_only_has_stands_in_no_passage_but_is_named_as_a_stand(pair):
    made, found, both = pair
    table = words_of(found, both)
    assert not table["words"].str.contains("union|Tickets").any()
    alone = story.alone(found, made)
    assert alone["article_id"].tolist() == ["wire"] and alone["act"].tolist() == ["deny"]
    assert "denied" in WIRE[alone["start"].iloc[0] : alone["end"].iloc[0]]


def test_other_words_for_one_act_stand_side_by_side_with_their_voices(pair):
    made, found, _ = pair
    ways = story.wordings(found, made)
    refused = ways[ways["act"] == "refuse"].set_index("article_id")
    assert refused["words"].to_dict() == {"wire": "rejected", "daily": "turned down"}
    assert refused.loc["daily", "voice"] == "narration"


def test_runs_of_a_shortened_quotation_hold_all_its_words_once(pair):
    _, found, both = pair
    runs = story.truncations(found)
    lead = next(p.lead for p in found.passages if p.lead.kind == "quotation")
    assert runs["words"].sum() == len(lead.words) == 17
    assert runs[runs["kept"]]["words"].sum() == 11
    dropped = runs[~runs["kept"]].iloc[0]
    assert both["wire"][dropped["start"] : dropped["end"]] == "and nobody will sail before that"


def test_the_headline_the_lead_and_the_body_are_told_apart(pair):
    made, found, _both = pair
    place = story.places(found, made["tokens"])
    assert set(place.loc[place["heading"], "article_id"]) <= {"wire", "daily"}
    assert place["share"].between(0, 1).all() and place["position"].between(0, 1).all()
    for _, rows in place.groupby("article_id"):
        assert rows.sort_values("start")["order"].tolist() == list(range(1, len(rows) + 1))


def test_the_grid_has_a_cell_for_every_article(pair):
    made, found, _ = pair
    names = story.labels(made["articles"])
    grid = story.told(found, names)
    assert list(grid) == ["wire", "daily"] and grid.isin(story.FORMS).all().all()


@pytest.mark.parametrize(
    "other, form",
    [
        ("“We will not pay a crown for it,” Ada Quill said.", "verbatim"),
        ("Ada Quill said: “We will not pay a crown for it.”", "verbatim"),
        ("“We will not pay [the builders] a crown for it,” Ada Quill said.", "verbatim"),
        ("“We will not pay,” Ada Quill said, “a crown for it.”", "verbatim"),
        ("“We will not pay,” Ada Quill said.", "truncated"),
    ],
)
def test_what_became_of_a_quotation(other, form):
    lead = "“We will not pay a crown for it,” Ada Quill said."
    found = story.shared(tables({"one": f"The bill\n\n{lead}\n", "two": f"The bill\n\n{other}\n"}))
    cells = found.table.drop_duplicates("article_id").set_index("article_id")["form"]
    assert cells.to_dict() == {"one": "verbatim", "two": form}


@pytest.mark.parametrize(
    "one, two",
    [
        (
            "“We will not pay for the bridge,” Ada Quill said.",
            "“I like gardening on Sundays,” Ada Quill said.",
        ),
        (
            "Mayor Ada Quill opened the fair in Selby Quay.",
            "Mayor Ada Quill spoke of pensions in Selby Quay.",
        ),
        ("He said “yes”.", "She said “yes” too."),
    ],
)
def test_a_name_in_common_makes_no_shared_passage(one, two):
    filler = "The river rose by a metre overnight, and the ferries stopped."
    found = story.shared(
        tables(
            {
                "one": f"News\n\n{one}\n\n{filler}\n",
                "two": f"News\n\n{two}\n\nA cat won a prize for its tail.\n",
            }
        )
    )
    assert found.passages == []


def test_brackets_in_one_version_only_are_listed():
    plain = "“The council took the money and the whole town knows it by now,” Tom Reave said."
    marked = (
        "“The council [of thieves] took the money and the whole town knows it by now,” Tom Reave"
        " said."
    )
    both = {"plain": f"Money\n\n{plain}\n", "marked": f"Money\n\n{marked}\n"}
    made = tables(both)
    put = story.brackets(story.shared(made), made["marks"])
    assert put[["article_id", "also_in", "not_in"]].values.tolist() == [["marked", "", "plain"]]
    assert both["marked"][put["start"].iloc[0] : put["end"].iloc[0]] == "[of thieves]"


def test_two_halves_of_a_quotation_in_two_paragraphs_are_one_passage():
    whole = (
        "“The lamp went out over the pier. After that nobody in the town saw a reason to ring us"
        " again,” a clerk said."
    )
    halves = (
        "“The lamp went out over the pier,” a clerk said.\n\nBoats came home early, and the men on"
        " the quay tied them up and went to the inn to wait for news.\n\n“After that nobody in the"
        " town saw a reason to ring us again,” the clerk added."
    )
    found = story.shared(tables({"whole": f"Pier\n\n{whole}\n", "halves": f"Pier\n\n{halves}\n"}))
    rows = found.table[found.table["kind"] == "quotation"]
    assert rows["passage"].unique().tolist() == [1]
    assert rows.groupby("article_id").size().to_dict() == {"whole": 1, "halves": 2}
    assert set(rows["form"]) == {"verbatim"}


@pytest.mark.parametrize(
    "texts, sentence",
    [
        ({"a": WIRE}, "one article"),
        ({"a": WIRE, "b": WIRE}, "same words from first to last"),
        (
            {"a": "Fair\n\nThe fair was sunny.\n", "b": "Tax\n\nA tax on salt is planned.\n"},
            "share no passage",
        ),
        ({}, "No set of articles"),
    ],
)
def test_a_set_that_leaves_nothing_to_compare_is_told_in_one_sentence(texts, sentence):
    made = tables(texts)
    copies = story.copies(made["tokens"])
    kept = story.distinct(made["articles"], copies)
    inside = {
        name: rows[rows["article_id"].isin(kept["article_id"])] for name, rows in made.items()
    }
    assert sentence in story.obstacle(made["articles"], kept, story.shared(inside))


def test_the_name_of_a_passage_is_six_words_at_most_and_stops_where_others_come_between():
    broken = (
        "“We will not,” Ada Quill of the harbour office told a crowd of dockers, “pay a crown for"
        " it.”"
    )
    made = tables({"one": f"The bill\n\n{broken}\n", "two": f"The bill\n\n{broken}\n"})
    assert story.heads(story.shared(made), made["articles"])[1] == "1 “We will not …”"


def test_a_set_with_shared_passages_has_no_obstacle(pair):
    made, found, _ = pair
    assert story.obstacle(made["articles"], made["articles"], found) == ""


def test_an_article_of_twenty_thousand_words_is_compared_and_its_length_is_said():
    vocabulary = [
        "river",
        "mountain",
        "school",
        "window",
        "garden",
        "letter",
        "winter",
        "market",
        "bridge",
        "teacher",
        "engine",
        "harvest",
        "silver",
        "paper",
    ]
    filler = "\n\n".join(
        " ".join(vocabulary[(k * 7 + n * n) % 14] for n in range(20)).capitalize() + "."
        for k in range(1000)
    )
    made = tables({"long": WIRE + "\n" + filler, "short": DAILY})
    found = story.shared(made)
    assert any(p.lead.kind == "quotation" for p in found.passages)
    notes = story.limits(made["articles"], made["tokens"]).set_index("article_id")["note"]
    assert (
        "only be its length" in notes["long"]
        and "of the longest article's length" in notes["short"]
    )


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(WIRE.split() + DAILY.split() + ["“", "”", "[", "]", "\n\n"]), max_size=80
    ),
    st.integers(0, 80),
)
def test_any_text_gives_passages_inside_it_each_once_and_each_row_a_lead(parts, cut):
    both = {"a": " ".join(parts), "b": " ".join(parts[cut:] + parts[:cut])}
    found = story.shared(tables(both))
    there = found.table.dropna(subset="start")
    assert all(0 <= r.start < r.end <= len(both[r.article_id]) for r in there.itertuples())
    assert not there.duplicated(["passage", "article_id", "start", "end"]).any()
    assert found.table.groupby("passage")["lead"].any().all()


def test_clauses_and_quotations_cover_every_word_once_outside_direct_speech(pair):
    made, _, _both = pair
    for text in texts_of(made["articles"], made["tokens"], made["hits"], made["marks"]):
        quotes = made["quotes"][made["quotes"]["article_id"] == text.article_id]
        blocks = made["blocks"][made["blocks"]["article_id"] == text.article_id]
        spans = [span for u in units.units(text, quotes, blocks) for span in u.spans]
        assert sorted(spans) == list(zip(text.starts, text.ends, strict=True))


@pytest.mark.parametrize(
    "word, digits",
    [
        ("forty-five", "45"),
        ("15km", "15"),
        ("1,000", "1000"),
        ("forty-five-day", "45"),
        ("eleven", "11"),
        ("forth", ""),
        ("tension", ""),
    ],
)
def test_numbers_in_words_and_figures_are_one(word, digits):
    assert features.number(word) == digits


@pytest.mark.parametrize(
    "one, other",
    [
        ("Ardovia", "Ardovian"),
        ("propose", "proposed"),
        ("negotiate", "negotiations"),
        ("adviser", "advisor"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert features.stem(one.lower()) == features.stem(other.lower())


@pytest.mark.parametrize(
    "one, other", [("reject", "reflect"), ("bread", "break"), ("north", "nation")]
)
def test_other_words_keep_other_stems(one, other):
    assert features.stem(one) != features.stem(other)


def test_words_between_the_parts_of_an_act_do_not_hide_it():
    assert features.act_at(["the", "envoy", "turned", "the", "offer", "down", "again"], 2) == (
        "refuse",
        5,
    )
    assert features.act_at(["the", "envoy", "turned", "the", "offer", "into", "gold"], 2) == ("", 2)


def test_an_event_is_chosen_by_its_words_and_doubtful_passages_stand_apart(root):
    news = data.open(root / "data/raw/demo")
    every = news.event()
    some = news.event(words=["ceasefire"])
    having = news.search(["ceasefire"])["article_id"].unique()
    held = some.sets["article_id"].isin(having).groupby(some.sets["set"]).mean()
    assert 0 < len(held) < every.sets["set"].nunique() and held.min() >= 0.5
    assert news.event(words=["zyzzyva"]).in_words.startswith("No set of articles")
    sure = every.passages.groupby("passage")["sure"].first()
    best = every.passages[every.passages["score"] >= 0.53].groupby("passage")["article_id"]
    assert sorted(sure.index[sure]) == sorted(best.nunique().loc[lambda n: n > 1].index)
    assert len(every.grid) == sure.sum() < len(sure)
