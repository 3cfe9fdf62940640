"""The demo corpus and its gold: what the articles hold, and that the gold addresses them."""

import csv
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from helpers import terms
from helpers.ledger import KEPT, ROLES, VOICES

DEMO = Path(__file__).resolve().parents[1] / "data/raw/demo"
LEXICONS = Path(__file__).resolve().parents[1] / "data/lexicons"
FILES = sorted(path for path in DEMO.glob("*/*") if path.parent.name != "gold")
ENTRIES = (
    """
dictator*, regime*, puppet*, terrorist*, separatist*, militant*, thug*, aggression, invasion*,
invader*, unprovoked, barbaric, massacre*, capitulat*, surrender*, ultimatum*, brazen*, so-called,
allegedly, goodwill, concession*, provocation*, hardliner*, warmonger*, liberat*, annex*,
special military operation, fratricidal war, puppet government, olive branch*
""".replace("\n", " ")
    .strip()
    .split(", ")
)


def decoded(path: Path) -> str:
    """The text of a file with its line ends kept."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def table(name: str) -> list[dict]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATALOGUE = table("catalog.csv")
SOURCES = {row["article_id"]: row["source"] for row in CATALOGUE}
GOLD = {
    name: table(f"gold/{name}.csv")
    for name in ("blocks", "quotes", "insertions", "hits", "facts", "sets")
}


def text_of(article_id: str) -> str:
    return decoded(DEMO / SOURCES.get(article_id, f"{article_id}.txt"))


def spans(rows: list[dict]) -> dict[str, list[tuple[int, int]]]:
    found = defaultdict(list)
    for row in rows:
        found[row["article_id"]].append((int(row["start"]), int(row["end"])))
    return {article: sorted(pairs) for article, pairs in found.items()}


def words(article_id: str) -> list[str]:
    kept = (
        row["text"]
        for row in GOLD["blocks"]
        if row["article_id"] == article_id and row["role"] in KEPT
    )
    return " ".join(kept).split()


# The articles


def test_seven_outlets_of_five_articles_or_more():
    counts = Counter(path.parent.name for path in FILES if path.suffix in (".txt", ".html"))
    assert len(counts) == 7
    assert min(counts.values()) >= 5


def test_the_story_runs_over_two_months():
    dates = sorted(path.name[:10] for path in FILES if path.name.startswith("2031"))
    assert (dates[0], dates[-1]) == ("2031-03-04", "2031-04-29")


@pytest.mark.parametrize("article_id", sorted({row["article_id"] for row in GOLD["blocks"]}))
def test_an_article_is_300_to_900_words_long(article_id):
    assert 300 <= len(words(article_id)) <= 900


def test_the_catalogue_has_no_id_twice_and_names_files_that_exist():
    assert max(Counter(SOURCES.values()).values()) == 1
    assert len(SOURCES) == len(CATALOGUE)
    assert all((DEMO / source).is_file() for source in SOURCES.values())


def test_the_catalogue_leaves_cells_and_files_to_inference():
    gaps = [
        row for row in CATALOGUE if not all(row[key] for key in ("title", "author", "published"))
    ]
    assert len(gaps) >= 10
    left_out = {path.parent.name for path in FILES} - {
        Path(source).parts[0] for source in SOURCES.values()
    }
    assert left_out == {"lanthorn-briefing"}


def test_addresses_are_reserved_ones():
    everything = "\n".join(decoded(path) for path in DEMO.rglob("*") if path.is_file())
    hosts = re.findall(r"(?:https?://|@)([\w.-]+)", everything)
    assert hosts
    assert {host.rsplit(".", 1)[-1] for host in hosts} <= {"example", "invalid"}


def test_one_file_stands_byte_for_byte_in_two_outlets_folders():
    by_hash = defaultdict(list)
    for path in FILES:
        by_hash[sha256(path.read_bytes()).hexdigest()].append(path.parent.name)
    twice = [outlets for outlets in by_hash.values() if len(outlets) > 1]
    assert [sorted(outlets) for outlets in twice] == [["ledger-exchange", "meridian-wire"]]


def test_one_reprint_differs_in_some_words_and_in_its_headline():
    wire, reprint = words("mw-kalder-bridge"), words("db-kalder")
    assert 0.92 < SequenceMatcher(None, wire, reprint, autojunk=False).ratio() < 0.98
    titles = [
        row["text"]
        for row in GOLD["blocks"]
        if row["role"] == "title" and "kalder" in row["article_id"]
    ]
    assert len(set(titles)) == 2


def test_one_file_is_cp1252_and_not_utf8():
    wrong = []
    for path in FILES:
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            wrong.append(path)
    assert [path.name for path in wrong] == ["2031-04-02-cafe.txt"]
    assert "Zoë" in wrong[0].read_bytes().decode("cp1252")


def test_one_file_ends_its_lines_as_windows_does():
    assert [path.name for path in FILES if b"\r\n" in path.read_bytes()] == [
        "2031-03-27-market-provocation.txt"
    ]


def test_pages_and_a_table_stand_among_the_text_files():
    kinds = Counter(path.suffix for path in FILES)
    assert kinds[".html"] == 3
    assert kinds[".csv"] == 1
    assert len(table("ledger-exchange/briefs.csv")) == 3


# What makes scrapes hard


def blocks_of(role: str) -> list[str]:
    return [row["text"] for row in GOLD["blocks"] if row["role"] == role]


@pytest.mark.parametrize(
    ("what", "pattern", "least"),
    [
        ("share bar", r"^Share this story|^Share on|shares$|Gift this article", 10),
        ("cookie prompt", r"cookies", 4),
        ("newsletter prompt", r"^Subscribe|weekly letter|You receive this letter", 5),
        ("comments and login", r"Log in|Sign in|Comments|responses", 5),
        ("teaser", r"^READ MORE: |^Related: |^Read more$|^Recommended$|read on", 15),
        (
            "photo credit or file name",
            r"^Photo:|^Picture:|\.jpg$|-scaled$|^\(Photo|^Lead picture",
            8,
        ),
        ("disclaimer", r"may differ from|not investment advice|not necessarily those", 5),
        ("copyright", r"^©|^\(c\)", 15),
        ("glued promotion", r"^PLAY BEACON BINGO|^WIN a week", 2),
    ],
)
def test_boilerplate_of_every_kind_occurs(what, pattern, least):
    found = [text for text in blocks_of("boilerplate") if re.search(pattern, text)]
    assert len(found) >= least, what


def test_teasers_hold_loaded_terms_that_must_not_be_counted():
    found = [
        text
        for text in blocks_of("boilerplate")
        if re.search(r"massacre|terrorist|puppet", text, re.I)
    ]
    assert len(found) >= 12


def test_headlines_are_doubled():
    titles = {(row["article_id"], row["text"]) for row in GOLD["blocks"] if row["role"] == "title"}
    doubled = [
        row["article_id"]
        for row in GOLD["blocks"]
        if row["role"] == "boilerplate" and (row["article_id"], row["text"]) in titles
    ]
    assert len(doubled) >= 6


def test_lines_are_repeated_over_all_articles_of_an_outlet():
    by_outlet = defaultdict(list)
    for path in FILES:
        if path.suffix == ".txt":
            by_outlet[path.parent.name].append(
                {line.strip() for line in decoded(path).splitlines()} - {""}
            )
    repeating = [outlet for outlet, lines in by_outlet.items() if set.intersection(*lines)]
    assert {"meridian-wire", "velmir-courier", "daily-beacon", "lanthorn-briefing"} <= set(
        repeating
    )


def test_a_promotion_touches_the_last_word_of_an_article():
    glued = [
        (before["role"], after["role"])
        for before, after in pairwise(GOLD["blocks"])
        if before["article_id"] == after["article_id"] and before["end"] == after["start"]
    ]
    assert glued == [("body", "boilerplate")] * 2


@pytest.mark.parametrize(
    ("article_id", "pattern", "least"),
    [
        ("vc-interview", r"(?m)^— ", 7),
        ("vc-interview", r'(?m)^"Courier": ', 7),
        ("ue-week-1", r"(?m)^— ", 4),
        ("lanthorn-briefing/2031-03-18-five-questions", r"(?m)^Q: ", 6),
        ("lanthorn-briefing/2031-03-18-five-questions", r"(?m)^A: ", 6),
        ("db-cafe", r"(?m)^Beacon: ", 8),
        ("db-translated", r"\[translator’s note: |\(note: ", 5),
        ("vc-interview", r"\(note: |\[translator's note: ", 3),
        ("ue-week-1", r"according toThe ", 1),
        ("ue-back-channel", r"\{[^{}\[\]]+\]", 1),
    ],
)
def test_turns_items_and_notes_occur(article_id, pattern, least):
    assert len(re.findall(pattern, text_of(article_id))) >= least


def test_outlets_have_their_own_marks():
    by_outlet = Counter()
    for path in FILES:
        if path.suffix == ".txt":
            by_outlet.update(
                {(path.parent.name, mark): n for mark, n in Counter(decoded(path)).items()}
            )
    assert by_outlet["meridian-wire", '"'] == 0 < by_outlet["meridian-wire", "“"]
    assert by_outlet["velmir-courier", "“"] == 0 < by_outlet["velmir-courier", '"']
    assert by_outlet["ledger-exchange", "‘"] > by_outlet["ledger-exchange", "“"]
    assert min(by_outlet["unarmed-eye", mark] for mark in '"“') > 10


def test_quotations_continue_over_paragraphs():
    opened = [row for row in GOLD["quotes"] if row["kind"] == "direct" and row["text"][0] in '“"']
    unclosed = [row for row in opened if row["text"][-1] not in '”"']
    assert len(unclosed) >= 4


def test_marks_close_what_never_opened():
    texts = [row["text"] for row in GOLD["quotes"] if row["kind"] == "direct"]
    assert [text for text in texts if text[0] not in '“"‘'] == ["a fig leaf for a naked emperor”"]


def test_both_spellings_of_capital_and_president_are_chosen():
    every = " ".join(decoded(path) for path in FILES)
    assert min(every.count(name) for name in ("Tolhava", "Tolgava", "Havelky", "Gavelki")) >= 10


# The gold


@pytest.mark.parametrize("name", ["blocks", "quotes", "insertions", "hits", "facts"])
def test_offsets_address_the_text(name):
    rows = [row for row in GOLD[name] if row["start"]]
    wrong = [
        row
        for row in rows
        if text_of(row["article_id"])[int(row["start"]) : int(row["end"])] != row["text"]
    ]
    assert rows
    assert wrong == []


def test_gold_covers_twenty_articles():
    assert len({row["article_id"] for row in GOLD["blocks"]}) >= 20


def test_blocks_leave_only_white_space_between_them():
    for article_id, pairs in spans(GOLD["blocks"]).items():
        text, last = text_of(article_id), 0
        for start, end in pairs:
            assert start >= last
            assert not text[last:start].strip()
            last = end
        assert not text[last:].strip()


def test_roles_voices_kinds_and_forms_are_the_known_ones():
    assert {row["role"] for row in GOLD["blocks"]} <= set(ROLES)
    assert {row["voice"] for row in GOLD["hits"]} == set(VOICES)
    assert {row["kind"] for row in GOLD["quotes"]} == {"direct", "indirect", "mixed"}
    types = {"person", "organisation", "anonymous", "document", "unattributed"}
    assert {row["speaker_type"] for row in GOLD["quotes"]} == types
    assert {row["form"] for row in GOLD["facts"]} == {
        "verbatim",
        "truncated",
        "paraphrased",
        "not found",
    }


def test_quotes_do_not_overlap_and_stand_in_kept_blocks():
    kept = spans([row for row in GOLD["blocks"] if row["role"] in KEPT])
    for article_id, pairs in spans(GOLD["quotes"]).items():
        assert all(first[1] <= second[0] for first, second in pairwise(pairs))
        for start, end in pairs:
            assert any(left <= start and end <= right for left, right in kept[article_id])


def test_a_speaker_is_missing_only_where_nobody_is_named():
    for row in GOLD["quotes"]:
        assert bool(row["speaker"]) == (row["speaker_type"] != "unattributed")


def test_every_term_is_annotated_150_times_together_at_least():
    counts = Counter(row["entry"] for row in GOLD["hits"])
    assert set(counts) == set(ENTRIES)
    assert counts.total() >= 150


def test_every_occurrence_in_kept_text_is_annotated():
    expected = set()
    whole = [entry if entry.endswith("*") else entry + "!" for entry in ENTRIES]
    stems = [re.escape(entry[:-1]) + (r"\w*" if entry[-1] == "*" else r"\b") for entry in whole]
    pattern = re.compile(r"\b(?:" + "|".join(sorted(stems, key=len, reverse=True)) + ")", re.I)
    for row in GOLD["blocks"]:
        if row["role"] in KEPT:
            for match in pattern.finditer(row["text"]):
                expected.add((row["article_id"], int(row["start"]) + match.start(), match.group()))
    assert {(row["article_id"], int(row["start"]), row["text"]) for row in GOLD["hits"]} == expected


def test_hits_in_quotation_marks_agree_with_the_quotes():
    direct = spans([row for row in GOLD["quotes"] if row["kind"] == "direct"])
    outlets = [row for row in GOLD["hits"] if row["voice"] in ("narration", "headline", "caption")]
    inside = [
        row
        for row in outlets
        for start, end in direct.get(row["article_id"], [])
        if start <= int(row["start"]) < end
    ]
    assert inside == []


def test_insertions_belong_to_the_outlet():
    brackets = spans(GOLD["insertions"])
    found = [row for row in GOLD["hits"] if row["voice"] == "insertion"]
    assert len(GOLD["insertions"]) >= 8
    assert {row["speaker"] for row in found} <= {row["outlet"] for row in CATALOGUE}
    for row in found:
        assert any(start < int(row["start"]) < end for start, end in brackets[row["article_id"]])


def test_the_loaded_terms_lexicon_holds_every_annotated_entry():
    entries = {entry.entry for _, entry in terms.load(LEXICONS / "loaded-terms.yml").entries}
    assert set(ENTRIES) <= entries


def test_naming_entries_hold_against_their_hits_and_misses_and_occur():
    lexicon = terms.load(LEXICONS / "naming-demo.yml")
    assert lexicon.kind == "naming"
    assert terms.check(lexicon) == []
    matcher = terms.matcher([lexicon])
    found = {hit.entry for path in FILES for hit in matcher.find(decoded(path))}
    assert found == {entry.entry for _, entry in lexicon.entries}


# Shared facts


def test_facts_cover_every_article_of_their_set_once():
    sets = defaultdict(set)
    for row in GOLD["sets"]:
        sets[row["set_id"]].add(row["article_id"])
    by_fact = defaultdict(list)
    for row in GOLD["facts"]:
        by_fact[row["fact_id"]].append(row["article_id"])
    assert len(sets) >= 3
    assert len(by_fact) >= 25
    for fact_id, articles in by_fact.items():
        assert sorted(articles) == sorted(sets[fact_id[:2]])


def forms(fact_start: str) -> dict[str, str]:
    rows = [row for row in GOLD["facts"] if row["fact"].startswith(fact_start)]
    assert len({row["fact_id"] for row in rows}) == 1
    return {row["article_id"]: row["form"] for row in rows}


@pytest.mark.parametrize(
    ("fact", "reports_it", "leaves_it_out"),
    [
        ("Rensk, for Ardovia, denies", "mw-backchannel", "tc-over-our-heads"),
        ("an official of the Federated States denies", "tc-over-our-heads", "vc-hotel"),
        ("Ardovia’s Defence Ministry denies", "vc-market", "tc-mill-street"),
        ("Estoval’s observers", "tc-mill-street", "vc-market"),
    ],
)
def test_a_fact_is_left_out_by_one_outlet(fact, reports_it, leaves_it_out):
    found = forms(fact)
    assert found[reports_it] != "not found"
    assert found[leaves_it_out] == "not found"


def test_a_statement_is_quoted_in_full_by_one_and_cut_by_another():
    found = forms("quotation of a senior Ardovian official")
    assert found["mw-backchannel"] == "verbatim"
    assert found["ue-week-1"] == found["vc-hotel"] == "truncated"
