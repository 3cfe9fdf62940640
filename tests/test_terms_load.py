"""terms: reading lexicons, saying what is wrong with one, and the formats of other programs."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import terms

HEAD = "name: t\nkind: loaded\nlanguage: en\nsource: made up\ncategories:\n"


def write(folder, content, name="t.yml"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def messages(folder, content, name="t.yml"):
    """What is wrong, without the folder."""
    with pytest.raises(terms.LexiconError) as caught:
        terms.load(write(folder, content, name))
    assert str(caught.value) == "\n".join(caught.value.messages)
    return [message.replace(f"{folder}/", "") for message in caught.value.messages]


def test_a_lexicon_maps_categories_to_entries(tmp_path):
    text = f"""{HEAD}
  rulers:
    label: what rulers are called
    note: by whom is another matter
    entries:
      - {{entry: dictator*, hits: ["The dictators met."], misses: ["Take dictation."], label: dictator}}
      - {{entry: Tsar, case: true, hits: ["Tsar Ivan"], misses: ["tsar"], unless: [Tsar Bomba]}}
  war:
    - entry: fratricidal war
      hits:
        - a fratricidal
          war
"""  # noqa: E501
    lexicon = terms.load(write(tmp_path, text))
    assert (lexicon.name, lexicon.kind, lexicon.language, lexicon.nested) == (
        "t",
        "loaded",
        "en",
        False,
    )
    assert {
        name: [e.entry for e in group.entries] for name, group in lexicon.categories.items()
    } == {
        "rulers": ["dictator*", "Tsar"],
        "war": ["fratricidal war"],
    }
    assert lexicon.categories["rulers"].label == "what rulers are called"
    dictator, tsar = lexicon.categories["rulers"].entries
    assert (dictator.label, dictator.case, tsar.case, tsar.unless, tsar.label) == (
        "dictator",
        False,
        True,
        ("Tsar Bomba",),
        "Tsar",
    )
    assert [entry.line for _, entry in lexicon.entries] == [11, 12, 14]


def test_case_for_a_whole_lexicon(tmp_path):
    head = HEAD.replace("categories", "case: true\ncategories")
    row = "  a:\n    - {entry: Turkey, hits: [in Turkey], misses: [a turkey]}\n"
    lexicon = terms.load(write(tmp_path, head + row))
    assert lexicon.categories["a"].entries[0].case


def test_yaml_is_1_2_so_no_is_a_word(tmp_path):
    lexicon = terms.load(write(tmp_path, HEAD + "  a:\n    - {entry: no, hits: [no way]}\n"))
    assert lexicon.categories["a"].entries[0].entry == "no"


BROKEN = """name: t
kind: loadedd
language: en
sorce: me
categories:
  a:
    - entry: dictator*
      hits: ["the dictator fled", "dictating"]
      misses: ["no Dictators"]
    - entry: x**
      hits: [a]
    - entry: Dictator*
      hits: [dictator]
    - entry: 2014
      hit: [x]
    - entry: lone
  b: []
  c:
    - plain
    - {hits: [x]}
    - {entry: y, hits: [y], unless: ["*"], case: maybe}
  a:
    - {entry: z, hits: z}
"""


def test_everything_wrong_is_said_at_once_with_its_line(tmp_path):
    said = messages(tmp_path, BROKEN)
    expected = [
        (1, "the lexicon has no source"),
        (1, "kind is 'loadedd'. Choose one of loaded, naming, frame, verbs"),
        (4, "unknown key 'sorce'. Did you mean 'source'?"),
        (7, "'dictator*' (a) does not match its hit 'dictating'"),
        (7, "'dictator*' (a) matches its miss 'no Dictators'"),
        (10, "entry 'x**' has **"),
        (12, "entry 'Dictator*' is in line 7 (a) already"),
        (12, "'Dictator*' (a) does not match its hit 'dictator'; found there: dictator*"),
        (14, "entry is a number (2014)"),
        (15, "unknown key 'hit'. Did you mean 'hits'?"),
        (16, "entry 'lone' has no hit"),
        (17, "category 'b' is empty"),
        (19, "an entry is text (plain)"),
        (20, "an entry has no `entry`"),
        (21, "case is text (maybe)"),
        (21, "entry '*' begins or ends with a lone *"),
        (22, "category 'a' is there twice"),
        (23, "hits is text (z)"),
    ]
    assert len(said) == len(expected)
    for message, (line, part) in zip(said, expected, strict=True):
        assert message.startswith(f"t.yml:{line}: ")
        assert part in message
        assert "\n" not in message


@pytest.mark.parametrize(
    ("content", "name", "part"),
    [
        ("categories: [1\nb: 2", "t.yml", "t.yml:2: is not YAML"),
        ("a: 'x\n", "t.yml", "is not YAML"),
        ("\x00", "t.yml", "is not YAML"),
        ("", "t.yml", "t.yml:1: is empty"),
        ("just words", "t.yml", "the lexicon is text (just words)"),
        ("- a\n- b\n", "t.yml", "the lexicon is a list"),
        ("name: t\nkind: loaded\n", "t.yml", "has no categories"),
        ("categories:\n  5\n", "t.yml", "categories is a number (5)"),
        (HEAD + "  ? [a]\n  : [b]\n", "t.yml", "no name of one line"),
        ("[" * 5000, "t.yml", "nested too deeply"),
        (b"\xff\xfe", "t.yml", "is not UTF-8"),
        ("a: &x [b, *x]\n", "t.yml", "has an alias"),
        ("a: [wh?t]\n", "t.yml", "has the wildcard ?"),
        (
            "%\n1\ta\n%\nword\t2\n",
            "t.dic",
            "t.dic:4: 'word' has category '2', which the head does not list",
        ),
        ("word\t1\n", "t.dic", "has 0 lines of %"),
        (
            "word,kind\na,b\n",
            "t.csv",
            "has no column entry and no column category; found word, kind",
        ),
        ("entry,category\na,\n", "t.csv", "t.csv:2: entry 'a' has no category"),
        ("# nothing\n", "t.txt", "holds no entry"),
        ("x", "t.docx", "is no kind of lexicon known here"),
    ],
)
def test_a_file_that_is_no_lexicon_is_one_line(tmp_path, content, name, part):
    said = messages(tmp_path, content, name)
    assert any(part in message for message in said)
    assert all(message.startswith(name) and "\n" not in message for message in said)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(terms.LexiconError, match="cannot be read: No such file"):
        terms.load(tmp_path / "missing.yml")


@settings(max_examples=150)
@given(st.text("abc*: -[]{}\"'\n#&!?|>%\t,1", max_size=60))
def test_any_file_loads_or_says_why(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    for name in ("t.yml", "t.dic", "t.csv", "t.txt"):
        path = write(folder, content, name)
        try:
            lexicon = terms.load(path)
        except terms.LexiconError as error:
            assert error.messages
        else:
            assert lexicon.entries


def test_the_same_entry_in_two_categories_needs_nested(tmp_path):
    rows = "  a:\n    - {entry: war, hits: [war]}\n  b:\n    - {entry: war, hits: [war]}\n"
    assert "is in line 7 (a) already" in messages(tmp_path, HEAD + rows)[0]
    lexicon = terms.load(
        write(tmp_path, HEAD.replace("categories", "nested: true\ncategories") + rows)
    )
    assert [hit.category for hit in terms.matcher([lexicon]).find("a war")] == ["a", "b"]


def test_a_hit_that_a_longer_entry_takes_is_no_hit(tmp_path):
    rows = (
        "  a:\n    - {entry: puppet, hits: [a puppet state]}\n    - {entry: puppet state, hits:"
        " [puppet state]}\n"
    )
    (said,) = messages(tmp_path, HEAD + rows)
    assert "does not match its hit 'a puppet state'; found there: puppet state" in said


# --- formats of other programs
# -----------------------------------------------------------------------------

QUANTEDA = """
conflict:
  arms: [weapon*, "missile*"]
  talk:
    - war of words
    - attack*
peace: truce
"""
LIWC = "%\n1\tconflict\n2\tpeace\n%\nattack*\t1\ntruce\t1\t2\nmore talks\t2\n"


def contents(lexicon):
    return {
        name: [entry.entry for entry in group.entries] for name, group in lexicon.categories.items()
    }


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (
            QUANTEDA,
            "q.yml",
            {
                "conflict.arms": ["weapon*", "missile*"],
                "conflict.talk": ["war of words", "attack*"],
                "peace": ["truce"],
            },
        ),
        (LIWC, "l.dic", {"conflict": ["attack*", "truce"], "peace": ["truce", "more talks"]}),
        (LIWC, "l.txt", {"conflict": ["attack*", "truce"], "peace": ["truce", "more talks"]}),
        (
            "\ufeff# mine\nattack*\n\nTruce\ntruce\n",
            "my list.txt",
            {"my list": ["attack*", "Truce"]},
        ),
        (
            "Category,note,entry\na,,attack*\nb,x,truce\n",
            "t.csv",
            {"a": ["attack*"], "b": ["truce"]},
        ),
        ('entry\tcategory\n"war, again"\ta\n', "t.tsv", {"a": ["war, again"]}),
    ],
)
def test_lexicons_from_elsewhere(tmp_path, content, name, expected):
    lexicon = terms.load(write(tmp_path, content, name))
    assert contents(lexicon) == expected
    assert lexicon.nested  # a word counts in each of its categories
    assert terms.check(lexicon) == []


def test_a_word_in_two_liwc_categories_counts_in_both(tmp_path):
    lexicon = terms.load(write(tmp_path, LIWC, "l.dic"))
    hits = terms.matcher([lexicon]).find("The truce was attacked.")
    assert [(hit.category, hit.start) for hit in hits] == [
        ("conflict", 4),
        ("peace", 4),
        ("conflict", 14),
    ]


def test_what_goes_out_to_quanteda_comes_back(tmp_path):
    lexicon = terms.build(
        "x", {"a b": ["dictator*", "so-called", "no"], "ж.c: #": ['"war"', "true"]}
    )
    back = terms.load(write(tmp_path, terms.to_quanteda(lexicon)))
    assert contents(back) == contents(lexicon)


@pytest.mark.parametrize("name", ["naming", "reporting-verbs", "loaded-terms", "violence"])
def test_a_lexicon_of_ours_finds_the_same_places_after_the_way_through_quanteda(
    name, tmp_path, root
):
    """All but what quanteda's form has no place for: phrases that keep an entry out, capitals,
    shorter entries inside longer ones."""
    ours = terms.load(root / f"data/lexicons/{name}.yml")
    back = terms.load(write(tmp_path, terms.to_quanteda(ours)))
    guarded = {entry.entry.lower() for _, entry in ours.entries if entry.unless or entry.case}
    texts = [
        p.read_text(encoding="utf-8", errors="replace")
        for p in sorted((root / "data/raw/demo").rglob("*.txt"))
    ]
    places = []
    for lexicon in (ours, back):
        find = terms.matcher([replace(lexicon, nested=True)])
        places.append(
            {
                (n, h.start, h.end)
                for n, text in enumerate(texts)
                for h in find.find(text)
                if h.entry.lower() not in guarded
            }
        )
    assert places[0] == places[1] and len(places[0]) > 10


def test_build_refuses_what_cannot_be_read():
    with pytest.raises(terms.LexiconError) as caught:
        terms.build("x", {"a": ["**", "good", " "]})
    assert len(caught.value.messages) == 2
