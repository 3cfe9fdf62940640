"""terms: the lexicons that ship, and that every entry of theirs does what it says."""

import csv
import re
from itertools import pairwise

import pytest

from helpers import terms
from helpers.ledger import Article, Block

KIND = {
    "loaded-terms": "loaded",
    "naming": "naming",
    "frames": "frame",
    "peace-journalism": "frame",
    "policy-frames": "frame",
}
SEMETKO_VALKENBURG = [
    "conflict",
    "human interest",
    "responsibility",
    "morality",
    "economic consequences",
]
BOYDSTUN = [
    "economic",
    "capacity and resources",
    "morality",
    "fairness and equality",
    "legality, constitutionality and jurisprudence",
    "policy prescription and evaluation",
    "crime and punishment",
    "security and defense",
    "health and safety",
    "quality of life",
    "cultural identity",
    "public opinion",
    "political",
    "external regulation and reputation",
    "other",
]
GOLD = [
    "dictator*",
    "regime*",
    "puppet*",
    "terrorist*",
    "separatist*",
    "militant*",
    "thug*",
    "aggression",
    "invasion*",
    "invader*",
    "special military operation",
    "fratricidal war",
    "unprovoked",
    "barbaric",
    "massacre*",
    "puppet government",
    "capitulat*",
    "surrender*",
    "ultimatum*",
    "brazen*",
    "so-called",
    "allegedly",
    "olive branch*",
    "goodwill",
    "concession*",
    "provocation*",
    "hardliner*",
    "warmonger*",
    "liberat*",
    "annex*",
]


@pytest.fixture(scope="module", params=KIND)
def lexicon(request, root):
    path = root / "data" / "lexicons" / f"{request.param}.yml"
    try:
        return terms.load(path)
    except terms.LexiconError as error:
        pytest.fail("\n" + str(error))


def test_every_hit_is_found_and_every_miss_is_not(lexicon):
    assert terms.check(lexicon) == []
    assert all(entry.hits for _, entry in lexicon.entries)


def test_a_lexicon_says_what_it_is(lexicon):
    assert lexicon.kind == KIND[lexicon.name]
    assert lexicon.language == "en"
    assert "BSD-3-Clause" in lexicon.source
    assert lexicon.kind != "frame" or "exploratory" in lexicon.source


def named(root, name):
    return terms.load(root / "data" / "lexicons" / f"{name}.yml")


def test_loaded_terms_are_many_and_hold_those_of_the_gold(root):
    lexicon = named(root, "loaded-terms")
    entries = {entry.entry for _, entry in lexicon.entries}
    assert set(GOLD) <= entries
    assert len(entries) >= 150
    assert len(lexicon.categories) >= 10


def test_a_referent_has_at_least_two_names_to_choose_from(root):
    lexicon = named(root, "naming")
    for name, group in lexicon.categories.items():
        assert len({entry.label for entry in group.entries}) >= 2, name


def test_a_mention_of_a_referent_is_one_choice(root):
    lexicon = named(root, "naming")
    found = terms.matcher([lexicon])
    for _, entry in lexicon.entries:
        for text in (*entry.hits, *entry.misses):
            hits = sorted(found.find(text), key=lambda hit: (hit.category, hit.start))
            for one, two in pairwise(hits):
                assert one.category != two.category or one.end <= two.start, text


@pytest.mark.parametrize(
    ("name", "frames"), [("frames", SEMETKO_VALKENBURG), ("policy-frames", BOYDSTUN[:-1])]
)
def test_the_frames_are_those_of_the_typology(root, name, frames):
    assert list(named(root, name).categories) == frames


@pytest.mark.parametrize("name", ["frames", "peace-journalism", "policy-frames"])
def test_a_frame_has_fifteen_to_forty_entries(root, name):
    sizes = {
        category: len(group.entries) for category, group in named(root, name).categories.items()
    }
    assert all(15 <= size <= 40 for size in sizes.values()), sizes


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("the dictator fled", ["dictator*"]),
        ("the regime’s special military operation", ["regime*", "special military operation"]),
        ("a strict training regime, a regimen", []),
        ("a puppet government and a puppet show", ["puppet government"]),
        ("they surrendered the ball in midfield", []),
        ("concession stands at the stadium", []),
    ],
)
def test_loaded_terms_leave_ordinary_senses_alone(root, text, entries):
    hits = terms.matcher([named(root, "loaded-terms")]).find(text)
    assert [hit.entry for hit in hits] == entries


def gold(root, name):
    with (root / "data" / "raw" / "demo" / "gold" / name).open(
        encoding="utf-8", newline=""
    ) as rows:
        return list(csv.DictReader(rows))


def text_of(root, source):
    raw = (root / "data" / "raw" / "demo" / source).read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def test_hits_in_the_demo_are_those_of_its_gold(root):
    with (root / "data" / "raw" / "demo" / "catalog.csv").open(
        encoding="utf-8", newline=""
    ) as rows:
        sources = {
            row["article_id"]: row["source"]
            for row in csv.DictReader(rows)
            if row["source"].endswith(".txt")
        }
    found = terms.matcher([named(root, "loaded-terms")])
    hits = set()
    for article_id, source in sources.items():
        text = text_of(root, source)
        article = Article(article_id, *[""] * 5, None, "", "en", "", "", "", text)
        blocks = [
            Block(article_id, number, int(row["start"]), int(row["end"]), row["role"], "")
            for number, row in enumerate(gold(root, "blocks.csv"))
            if row["article_id"] == article_id
        ]
        hits |= {
            (article_id, h.start, h.end, h.entry)
            for h in terms.hits(article, blocks, [], [], found)
        }
    rows = [row for row in gold(root, "hits.csv") if row["article_id"] in sources]
    assert len(rows) > 100
    expected = {
        (row["article_id"], int(row["start"]), int(row["end"]), row["entry"]) for row in rows
    }
    assert {hit for hit in hits if hit[3] in GOLD} == expected


def test_each_measured_entry_says_how_many_of_how_many(root):
    lexicon = terms.load(root / "data/lexicons/loaded-terms.yml")
    said = [entry.measured for _, entry in lexicon.entries if entry.measured]
    part = r"(?:used so|marked) (\d+) of (\d+)"
    assert len(said) > 150 and all(re.fullmatch(rf"{part}(?:, {part})?", each) for each in said)
    counts = [tuple(map(int, pair)) for each in said for pair in re.findall(part, each)]
    assert all(k <= n and n > 0 for k, n in counts)


def test_no_measured_entry_is_below_the_bar_that_the_file_states(root):
    lexicon = terms.load(root / "data/lexicons/loaded-terms.yml")
    for _, entry in lexicon.entries:
        used = re.search(r"used so (\d+) of (\d+)", entry.measured)
        marked = re.search(r"marked (\d+) of (\d+)", entry.measured)
        k, n = map(int, marked.groups()) if marked else (0, 0)
        assert n < 10 or k / n >= 0.15, entry.entry
        if used and int(used[1]) / int(used[2]) < 0.5:
            assert n and k / n >= 0.5, entry.entry
