"""The cases in ../shared that failed on the first build, each with its right value; and inputs of
our own of the same kinds."""

import json
import shutil

import openpyxl
import pytest

from helpers import clean, corpus, data, segment, terms, voices
from helpers.engine import chain
from helpers.ledger import Article, Ledger

LOADED = "data/lexicons/loaded-terms.yml"


def opened(tmp_path, source):
    """A corpus from a copy of a case, so that nothing is written beside it."""
    place = tmp_path / "corpus"
    if source.is_dir():
        shutil.copytree(source, place)
    else:
        place.mkdir()
        shutil.copy(source, place)
    return data.open(place, [LOADED])


@pytest.fixture
def case(tmp_path, shared):
    """Opens a case by its name: text/22-duplicates."""
    return lambda name: opened(tmp_path, shared / "cases" / name)


def of(news, table, article):
    rows = getattr(news, table)
    return rows[rows["article_id"] == article]


def voiced(news, article):
    """(voice, speaker, text) of each stretch of an article."""
    rows = news.ledger.read("voices")
    text = news.text(article)
    return [
        (r.voice, r.speaker, text[r.start : r.end].strip())
        for r in rows[rows["article_id"] == article].itertuples()
    ]


def test_22_a_story_stored_three_times_stays(case):
    news = case("text/22-duplicates")
    assert (news.blocks["role"] == "body").sum() == 12
    assert (news.hits["term"] == "terrorist").sum() == 6


@pytest.mark.parametrize(
    "name", ["hyph", "indent", "partly", "wrapped72", "wrapped72-crlf", "oneline"]
)
def test_13_wrapped_lines_are_paragraphs(case, name):
    news = case(f"text/13-linebreaks/{name}.txt")
    rows = news.blocks.set_index("role")["text"]
    assert rows["title"] == "Talks stall again" and rows["byline"] == "By Kim Tan"
    assert len(news.blocks) == 6 - (name == "hyph")
    quotes = news.quotes.query("kind == 'direct'")
    assert quotes["speaker"].tolist() == ["Ada Lund"]
    found = news.find("breakaway")
    assert len(found) == 1 and found["voice"].iloc[0] == "indirect"
    text = news.text(name)
    place = text[found["start"].iloc[0] : found["end"].iloc[0]]
    assert place.replace("-", "").replace("\n", "") == "breakaway"


def test_07_what_nobody_sees_changes_no_count(case):
    news = case("text/07-invisible-chars")
    columns = ["voice", "speaker", "term", "match"]
    dirty, plain = (
        of(news, "hits", name)[columns].to_numpy().tolist() for name in ("a", "b-clean")
    )
    assert dirty == plain and len(plain) == 8
    columns = ["kind", "speaker", "cue", "rule", "words"]
    dirty, plain = (
        of(news, "quotes", name)[columns].to_numpy().tolist() for name in ("a", "b-clean")
    )
    assert dirty == plain and len(plain) == 5
    hit = of(news, "hits", "a").iloc[0]
    assert news.text("a")[hit["start"] : hit["end"]] == "dic\u00adta\u00adtor"
    assert len(of(news, "words", "a")) == len(of(news, "words", "b-clean"))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("cp1252", "cp1252"), ("entities", "utf-8"), ("macroman", "mac-roman"),
        ("mixed", "cp1252"), ("mojibake", "utf-8"), ("mojibake1252", "utf-8"),
        ("utf16le-bom", "utf-16"), ("utf16le-nobom", "utf-16-le"), ("utf8-bom", "utf-8-sig"),
    ],
)  # fmt: skip
def test_08_curly_quotes_are_quotation_marks_in_every_encoding(case, name, encoding):
    news = case(f"text/08-encodings/{name}.txt")
    assert news.intake["encoding"].tolist() == [encoding]
    quotes = news.quotes.query("kind == 'direct'")
    assert len(quotes) == 1 and quotes["speaker"].tolist() == ["José Núñez"]
    said = news.intake["note"].iloc[0]
    assert ("damaged" in said) == (name in ("entities", "mixed", "mojibake", "mojibake1252"))


def test_08_letters_tell_their_encoding(case):
    news = case("text/08-encodings")
    encodings = news.intake.set_index("article_id")["encoding"]
    assert encodings["cp1251"] == "cp1251" and encodings["latin2"] == "cp1250"
    assert news.text("latin2").startswith("Premiér odmítl návrh")


@pytest.mark.parametrize(
    ("name", "language", "author"),
    [("04-german", "de", "Karla Winter"), ("05-french", "fr", "Lucie Marchand")],
)
def test_04_05_english_rules_do_not_touch_other_languages(case, name, language, author):
    news = case(f"text/{name}")
    row = news.articles.iloc[0]
    assert (row["language"], row["author"]) == (language, author)
    assert "boilerplate" not in set(news.blocks["role"])
    assert news.quotes.empty and not (news.hits["voice"] != "").any()
    assert "articles in other languages" in repr(news)


def test_25_the_text_tells_the_language(case):
    news = case("text/25-language-declared")
    assert news.articles["language"].tolist() == ["es"]
    assert "declares the language en" in news.intake["note"].iloc[0]


def test_09_dates_of_a_column(case):
    news = case("text/09-csv-dialects/dates.csv")
    days = news.articles.set_index("article_id")["day"].to_dict()
    right = dict.fromkeys(["d2", "d3", "d4", "d6", "d7", "d9", "d10", "d11", "d12"], "2024-03-04")
    right |= {"d0": "2024-04-03", "d1": "2024-12-25", "d8": "", "d5": "", "d20": ""}
    right |= {"d13": "2019-12-31", "d24": "2024-03-04"}
    assert {name: days[name] for name in right} == right
    note = news.intake.set_index("article_id")["note"]["d0"]
    assert note.startswith("03/04/2024 read with the day first, as other dates of its column")


@pytest.mark.parametrize(
    ("name", "outlets", "titles"),
    [
        ("semi", ["Küstenpost"] * 2, ["“Fortress” opens", "Station"]),
        ("cr", ["Post"] * 2, ["A", "B"]),
        ("mysql", ["Post"] * 2, ['Mayor: "no"', "Plain"]),
        ("sepline", ["Post"], ["A"]),
        ("unicode", ["Post"], ["A"]),
        ("allthenews", ["Harbour Times", "Tarn Post"], None),
        ("stray", ["Post"] * 3, ["Size", "Quote, odd", "Fine"]),
    ],
)
def test_09_csv_of_every_dialect(case, name, outlets, titles):
    news = case(f"text/09-csv-dialects/{name}.csv")
    assert news.articles["outlet"].tolist() == outlets
    if titles:
        assert news.ledger.articles["title"].tolist() == titles
    if name == "semi":
        assert news.articles["day"].tolist() == ["2017-01-09", "2016-12-31"]
    if name == "stray":
        assert news.failures["reason"].str.startswith("stray.csv:4").tolist() == [True]


@pytest.mark.parametrize(
    ("name", "outlet", "author"),
    [
        ("trafilatura", "Harbour Times", "Ida Moss"),
        ("newsapi", "Harbour Times", "Ida Moss"),
        ("newsplease", "harbourtimes.example", "Ida Moss, Ben Orr"),
        ("newspaper4k", "Harbour Times", "Ida Moss"),
        ("guardian", "g.example", "Ida Moss"),
    ],
)
def test_10_records_as_others_write_them(case, name, outlet, author):
    news = case(f"text/10-json-shapes/{name}.jsonl")
    rows = news.ledger.articles
    assert rows["outlet"].tolist() == [outlet] * 2 and rows["author"].tolist() == [author] * 2
    assert news.articles["day"].tolist() == ["2024-03-04"] * 2
    assert rows["title"].tolist() == ["Lighthouse to fall"] * 2


def test_10_empty_records_are_named(case):
    news = case("text/10-json-shapes/nulls.jsonl")
    assert news.articles["article_id"].tolist() == ["1", "3"]
    assert len(news.failures) == 6


@pytest.mark.parametrize(
    ("name", "entries", "left"),
    [
        ("tabs", 7, 0), ("bom", 2, 0), ("latin1", 3, 0), ("spaces", 3, 0),
        ("emoticons", 3, 1), ("third-percent", 3, 0),
    ],
)  # fmt: skip
def test_11_dictionaries_load(shared, name, entries, left):
    lexicon = terms.load(shared / f"cases/text/11-liwc-dic/{name}.dic")
    assert (len(lexicon.entries), len(lexicon.left_out)) == (entries, left)


def test_11_conditions_are_named_and_the_rest_loads(tmp_path):
    file = tmp_path / "x.dic"
    file.write_text("%\r\n1\tPos\r\n125\tAffect\r\n%\r\nlike\t(02 134)125/464 1\r\nkind of\t1\r\n")
    lexicon = terms.load(file)
    assert [entry.entry for _, entry in lexicon.entries] == ["like", "kind of"]
    assert lexicon.left_out == (f"{file}:5: 'like' has the condition (02 134)125/464",)


def test_12_a_word_is_one_hit_in_its_category(shared):
    lexicon = terms.load(shared / "cases/text/12-quanteda-yaml/ok.yml")
    found = terms.matcher([lexicon]).find("the farm tax, and taxes in Yorkshire")
    assert [hit.entry for hit in found] == ["farm*", "tax", "tax*", "*shire"]
    nested = terms.load(shared / "cases/text/12-quanteda-yaml/nested.yml")
    assert len(nested.left_out) == 4 and "economy.taxes" in nested.categories


def test_16_a_page_s_posts_and_captions(case):
    news = case("text/16-html-captions-pull")
    said = voiced(news, "a")
    assert ("quote", "Ann Pugh", "The dam is a crime. We will stop it. #NoDam") in said
    captions = news.blocks[news.blocks["role"] == "caption"]["text"]
    assert captions.str.startswith("Angry protesters").tolist() == [True]
    assert news.articles["outlet"].tolist() == ["River Post"]


def test_17_a_live_blog_s_title_is_its_heading(case):
    title = case("text/17-liveblog").ledger.articles["title"].iloc[0]
    assert title == "Storm Ada live: thousands without power as floods hit coast"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("18-transcript/qa.txt", 3), ("18-transcript/bold.html", 3),
        ("19-interview-forms/a-qa-colon.txt", 3), ("19-interview-forms/b-names.txt", 3),
        ("19-interview-forms/e-bold-md.txt", 3), ("19-interview-forms/f-plain-questions.txt", 3),
    ],
)  # fmt: skip
def test_18_19_questions_and_answers(case, name, asked):
    news = case(f"text/{name}")
    said = voiced(news, news.articles["article_id"].iloc[0])
    assert len([row for row in said if row[0] == "interviewer"]) == asked
    answers = [row for row in said if row[0] == "interviewee"]
    assert len(answers) == asked and all(row[1].endswith("Lang") for row in answers)


def test_18_a_transcript(case):
    said = voiced(case("text/18-transcript/npr.txt"), "npr")
    turns = [(voice, speaker) for voice, speaker, text in said if ": " in text[:40]]
    assert turns == [
        ("interviewer", "Ida Moss"), ("interviewee", "Unidentified Protesters"),
        ("interviewer", "Ida Moss"), ("interviewee", "Ann Pugh"), ("interviewer", "Ida Moss"),
        ("interviewee", "Jon Vale"), ("interviewer", "Steve Inkeep"),
    ]  # fmt: skip
    assert ("interviewer", "Steve Inkeep", "STEVE INKEEP, HOST:") in said
    assert not any("SOUNDBITE" in text for *_, text in said)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("a", "ABBY GOODNIGHT, THOMAS KAPPEL, ROBERT PEARL"), ("b", "Toby Byrne, Ruby Kirby"),
        ("c", "Dana Whitlock, Ben Orr"), ("e", "Dana Whitlock"), ("f", "Dana Whitlock"),
        ("g", "FRANCE 24 with AFP"), ("h", "Dana Whitlock"),
    ],
)  # fmt: skip
def test_23_all_authors_and_no_deck(case, name, author):
    news = case(f"text/23-bylines-datelines/{name}.txt")
    row = news.ledger.articles.iloc[0]
    assert (row["author"], row["deck"]) == (author, "")


MARKS = [
    ("01-odd-quote-count", "Tom Beale", '"We are not finished,"'),
    ("06-mixed-nested", "Bob Lunt", '"The minister called it “a farce” and then he walked out,"'),
    (
        "06-mixed-nested",
        "Mary Osei",
        "“They told us “stay calm” over the speaker while the brutal truth was hidden,”",
    ),
    ("28-postposed-said", "Ada Lund", "“It was a massacre,”"),
    ("28-postposed-said", "the spokeswoman for the group", "“They came at night,”"),
    ("34-embedded-post", "Ann Pugh", None),
    ("36-unclosed-then-next-speaker", "Edith Rowan", '"a brutal farce and went home.'),
    ("36-unclosed-then-next-speaker", "Tom Beale", '"We are not finished,"'),
    ("37-multi-paragraph-single", "Ann Pugh", "‘And we will not forget it.’"),
    (
        "37-multi-paragraph-single",
        "Ann Pugh",
        "‘They lied to us. This brutal regime will lie again.",
    ),
]


@pytest.mark.parametrize(("name", "speaker", "words"), MARKS)
def test_marks_and_who_speaks(case, name, speaker, words):
    said = voiced(case(f"text/{name}"), "a")
    quotes = [row for row in said if row[0] == "quote"]
    assert any(row[1] == speaker and words in (None, row[2]) for row in quotes), quotes


def test_35_inches_are_no_quotation(case):
    news = case("text/35-inch-marks")
    assert "quote" not in {row[0] for row in voiced(news, "a")} and news.marks.empty


def test_01_36_a_mark_that_is_never_closed_is_flagged(case):
    marks = case("text/36-unclosed-then-next-speaker").marks
    assert marks["mark"].tolist() == ["unbalanced"]


def test_28_30_who_says_what_is_reported(case, tmp_path):
    news = case("text/28-postposed-said")
    assert ("indirect", "Jan Reed", "Nine ships burned") in voiced(news, "a")
    shutil.rmtree(tmp_path / "corpus")
    news = case("text/30-subject-with-irregular-verb")
    assert ("indirect", "the mayor", "the vote was a farce") in voiced(news, "a")


def test_31_what_follows_a_question_is_no_content(case):
    said = voiced(case("text/31-adverbial-as-content"), "a")
    assert [row[1:] for row in said if row[0] != "narration"][1:] == [
        ("Ilse Brandt", "“publish the report.”"),
        ("Ilse Brandt", "“drain the swamp.”"),
        ("Ilse Brandt", "“What happens if it breaks?”"),
    ]


def rows(text):
    article = Article("a", "", "X", "", "", "", None, "", "en", "article", "", "", text)
    blocks = clean.blocks(article, main=())
    found = voices.annotate(article, blocks, segment.sentences(article, blocks)).quotes
    return [(q.kind, q.speaker, text[q.start : q.end]) for q in found]


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "part"),
    [
        (
            "Lane says Doyle promised to continue supporting Marsh and said she would stand up to"
            " the attacks.",
            "indirect",
            "Lane",
            "she would stand up",
        ),
        (
            "The difference now, he told me on Friday, is that he is the anchor of a straight news"
            " program.",
            "indirect",
            "",
            "is that he is the anchor",
        ),
        (
            "Over and over, Melanie said yes, yes, yes. The crowd laughed.",
            "indirect",
            "Melanie",
            "yes, yes, yes",
        ),
        ('He called Schiff "a corrupt politician".', "direct", "", '"a corrupt politician"'),
        (
            "Agencies quoted Peskov as saying the talks were over.",
            "indirect",
            "Dmitry Peskov",
            "the talks were over",
        ),
        (
            "Marsh lashed out on Twitter, saying:\n\nThe deal is dead and nobody will bring it"
            " back.",
            "direct",
            "Marsh",
            "The deal is dead and nobody",
        ),
    ],
)
def test_sentences_that_failed(text, kind, speaker, part):
    assert any(k == kind and s == speaker and w.startswith(part) for k, s, w in rows(text))


@pytest.mark.parametrize(
    "text",
    [
        "Though he has heralded plans to go after a loophole dear to bankers as proof of courage,"
        " experts doubt him.",
        "She added to his catalog of inflammatory statements. He pleaded guilty to fraud.",
        "Only days ago, the government agreed to a bridge.",
    ],
)
def test_no_reported_speech_in_adverbials_and_objects(text):
    assert [row for row in rows(text) if row[0] != "attitude"] == []


@pytest.mark.parametrize("name", ["cp1252.csv", "utf8bom.csv"])
def test_29_german_excel(case, name):
    news = case(f"tables/29-german-excel/{name}")
    assert news.articles["outlet"].tolist() == ["Tölzer Kurier"] * 2 + ["NRW heute"]
    assert news.articles["day"].tolist() == ["2031-03-05", "2031-03-12", "2031-04-01"]


def test_30_a_german_catalogue_and_its_lexicons(case, shared):
    news = case("tables/30-german-catalogue/src")
    assert news.articles["outlet"].tolist() == ["Tölzer Kurier", "Tölzer Kurier", "Zürich heute"]
    assert news.articles["day"].tolist()[:2] == ["2031-03-05", "2031-03-06"]
    for name in ("lex", "lex-comma-cp1252", "lex-semi-utf8"):
        lexicon = terms.load(shared / f"cases/tables/30-german-catalogue/{name}.csv")
        assert len(lexicon.entries) == 2


# inputs of our own


def test_a_list_in_a_json_file_and_an_excel_sheet_are_tables(tmp_path):
    words = "The harbour council said on Monday that the tower would be torn down by spring."
    record = {"id": "j1", "title": "Tower", "body": words, "publisher": "Post", "leaning": "left"}
    (tmp_path / "a.json").write_text(json.dumps({"status": "ok", "articles": [record]}))
    book = openpyxl.Workbook()
    book.active.append(["ID", "Medium", "Überschrift", "Datum", "Text", "leaning"])
    book.active.append([7.0, "Bote", "Turm", "05.03.2031", words.replace("tower", "mill"), "right"])
    book.save(tmp_path / "b.xlsx")
    news = data.open(tmp_path, [])
    assert news.articles[["article_id", "outlet", "leaning"]].to_numpy().tolist() == [
        ["j1", "Post", "left"],
        ["7", "Bote", "right"],
    ]
    assert news.articles["day"].tolist() == ["", "2031-03-05"]


def test_pictures_saved_with_a_page_are_left_out(tmp_path):
    (tmp_path / "Post").mkdir()
    page = "<html><body><article><h1>Weir to stay</h1><p>The weir will stay where it is, the"
    page += " council decided on Monday after nine hours of talks.</p></article></body></html>"
    (tmp_path / "Post/Story.html").write_text(page)
    (tmp_path / "Post/Story_files").mkdir()
    (tmp_path / "Post/Story_files/ad.html").write_text("<p>Buy a boat today.</p>")
    found = list(corpus.read([tmp_path]))
    assert [type(one).__name__ for one in found] == ["Received", "Skipped"]


def test_places_of_a_mended_text_are_those_received(tmp_path):
    text = "Weir to stay\n\nThe dic\u00adta\u00adtor said the re\u00adgime was\nbru\u00adtal."
    (tmp_path / "Post").mkdir()
    (tmp_path / "Post/a.txt").write_text(text)
    news = data.open(tmp_path, [LOADED])
    ledger: Ledger = news.ledger
    body = ledger.blocks[ledger.blocks["role"] == "body"].iloc[0]
    spans = ledger.voices[ledger.voices["start"] >= body["start"]].sort_values("start")
    assert (spans["end"].to_numpy()[:-1] == spans["start"].to_numpy()[1:]).all()
    assert spans["end"].iloc[-1] == body["end"] == len(text)
    assert set(news.hits["match"]) >= {"dictator"}


def test_a_post_signed_by_an_address_that_cleaning_cuts_has_its_poster():
    address = "pic.twitter.com/Ab1 — Ann Pugh (@annpugh) March 3, 2024"
    post = "The new dam is a crime against the river, and we will stop it."
    text = (
        "The council met on Monday to talk about the dam and the money that it costs the town.\n\n"
        f"{post}\n\n{address}\n\n"
        "The talks went on for hours before the mayor left the hall without a word to anybody."
    )
    row = Article("a", "c", "River Post", "", "", "", None, "", "en", "article", "a", "", text)
    made = chain.article_rows(corpus.Received(row, None, "utf-8", ()), frozenset())
    assert ("Ann Pugh", "embedded post") in [(q.speaker, q.rule) for q in made["quotes"]]
