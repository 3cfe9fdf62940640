"""Looking a term up: counts, sentences for what cannot be shown, and a study that shows the same
again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as tree

import browsing
import rendering
from helpers import data, engine, study
from helpers.show import explore, widgets
from helpers.show.explore import Choice

LEXICONS = ["data/lexicons/loaded-terms.yml"]


@pytest.fixture(scope="module")
def looking():
    return explore.Explorer(data.open("data/raw/demo", LEXICONS), draws=100)


@pytest.fixture
def panel(looking):
    return widgets.Panel(looking, Choice("regime*"), "data/raw/demo", tuple(LEXICONS))


def test_an_entry_is_counted_as_its_lexicon_counts_it(looking):
    view = looking.view(Choice("regime*"))
    hits = looking.news.hits
    assert len(view.hits) == (hits["entry"] == "regime*").sum() > 0
    assert set(view.hits["lexicon"]) == {"loaded-terms"}


def test_what_is_typed_is_counted_in_every_kept_block(looking):
    view = looking.view(Choice("Ceasefire"))
    tokens = looking.news.ledger.tokens["norm"]
    assert len(view.hits) == tokens.isin(["ceasefire", "ceasefire's"]).sum() > 0
    assert view.rates["hits"].sum() == len(view.hits) and view.rates["words"].sum() == len(tokens)


def test_outlets_and_voices_narrow_the_view(looking):
    view = looking.view(Choice("the", ("Meridian Wire",), ("quote",)))
    assert set(view.hits["outlet"]) == {"Meridian Wire"} and set(view.hits["voice"]) == {"quote"}
    assert len(view.hits) < len(looking.view(Choice("the", ("Meridian Wire",))).hits)


@pytest.mark.parametrize(
    "choice, words",
    [
        (Choice("* x"), "begins or ends with a lone *"),
        (Choice("re**"), "has **"),
        (Choice("?"), "has no letter"),
        (Choice(""), "Type a term"),
        (Choice(" , "), "Type a term"),
        (Choice("x" * 300), "has 300 characters"),
        (Choice("zzyzx"), "“zzyzx” was not found in these articles."),
        (Choice("regime*", ("Nobody",)), "No outlet 'Nobody'"),
        (Choice("regime*", (), ("nobody",)), "No voice 'nobody'"),
    ],
)
def test_what_cannot_be_shown_is_a_sentence(looking, choice, words):
    view = looking.view(choice)
    assert words in view.problem and view.problem.endswith(".")
    for shown in (
        explore.finding(view),
        explore.table(view),
        explore.figure(view),
    ):
        assert tree.fromstring(shown.markup).text_content() == view.problem
    assert looking.concordance(view).empty


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_no_text_that_can_be_typed_raises(looking, term):
    view = looking.view(Choice(term, ("Meridian Wire",)))
    assert bool(view.problem) == view.hits.empty


def test_the_concordance_is_of_the_text(looking):
    view = looking.view(Choice("regime*"))
    texts = looking.news.ledger.articles.set_index("article_id")["text"]
    lines = looking.concordance(view)
    assert len(lines) == len(view.hits)
    assert all(
        " ".join(texts[r.article_id][r.start : r.end].split()) == r.match
        for r in lines.itertuples()
    )
    assert all(
        f"{r.before}{r.match}{r.after}" in re.sub(r"\s+", " ", texts[r.article_id])
        for r in lines.itertuples()
    )


def test_fields_change_what_is_seen(panel):
    first = panel.finding.value
    panel.term.value = "ceasefire"
    assert panel.finding.value != first and "“ceasefire” stands" in panel.finding.value
    assert (
        "<img" in panel.chart.value
        and 'src="data:image/svg+xml' in panel.chart.value
        and panel.rates.value.startswith("<div")
    )
    assert all("▸ceasefire◂" in label.lower() for label, _ in panel.lines.options)
    panel.entry.value = "dictator*"
    assert panel.term.value == "dictator*" and "“dictator*” stands" in panel.finding.value


def test_the_finding_gives_the_range_and_whether_intervals_overlap_and_ranks_nobody(looking):
    view = looking.view(Choice("regime*"))
    # a rate that rests on one article is passed by
    sure = view.rates[view.rates["articles_with"] > 1]["rate"]
    low, high = sure.min(), sure.max()
    words = explore.finding(view).plain
    assert (
        f"from {low:.1f} (" in words
        and f"to {high:.1f} (" in words
        and "overlap" in words
        and "most" not in words
    )


def test_a_long_concordance_says_how_much_of_it_is_listed(panel):
    panel.term.value = "the"
    hits = len(panel.found.hits)
    assert (
        hits > explore.LINES == len(panel.lines.options)
        and f"the first {explore.LINES} of {hits:,} lines" in panel.head.value
    )
    assert f"stands {hits:,} times" in panel.finding.value
    panel.term.value = "zzyzx"
    assert "no line" in panel.head.value


def test_one_hit_is_said_in_the_singular(looking):
    words = looking.news.ledger.tokens["norm"].value_counts()
    view = looking.view(
        Choice(next(w for w in words[words == 1].index if w.isalpha() and len(w) > 7))
    )
    assert (
        len(view.hits) == 1
        and "stands 1 time in 1 of" in explore.finding(view).plain
        and "(1 hit, " in explore.table(view).markup
    )


def test_the_term_stands_in_one_column_and_nothing_turns_a_line(looking):
    lines = looking.concordance(looking.view(Choice("regime*, ceasefire")))
    assert len({label.index("▸") for label in explore.labels(lines)}) == 1
    turned = lines.head(1).assign(before="all \u202eis\u202c well ", outlet="A\u2066lpha")
    assert not set(explore.labels(turned)[0]) & set("\u202e\u202c\u2066 \n")


def test_a_line_opens_its_article(panel):
    panel.lines.value = 1
    line = panel.shown.iloc[1]
    page = tree.fromstring(panel.article.value)
    assert line["match"] in [m.text_content() for m in page.xpath("//mark[@class='hit']")]
    assert (
        page.xpath("//b[@class='place']/following-sibling::mark[1]")[0].text_content()
        == line["match"]
    )


def test_what_is_wrong_leaves_the_fields_working(panel):
    panel.term.value = "** *"
    assert "lone *" in panel.finding.value and (
        panel.rates.value,
        panel.chart.value,
        len(panel.lines.options),
    ) == ("", "", 0)
    panel.term.value = "regime*"
    assert "stands" in panel.finding.value and "data:image" in panel.chart.value


def test_tables_deleted_under_it_are_a_sentence(tmp_path, root):
    source = rendering.corpus(
        tmp_path / "in",
        Alpha__one="Envoys meet\n\nThe regime said on Monday that talks would go on.\n",
    )
    folder = engine.annotate([source], [root / LEXICONS[0]], tmp_path / "out").folder
    looking = explore.Explorer(data.open(folder, LEXICONS), draws=100)
    panel = widgets.Panel(looking, Choice("regime"), "x", ())
    (folder / "quotes.parquet").unlink()
    panel.lines.value = 0
    assert "This could not be shown" in panel.said.value and "no such table" in panel.said.value


def test_the_written_study_shows_the_same_choice(looking, tmp_path, root):
    choice = Choice("NO, 12:30, “don't” #x", ("Ledger & Exchange",), ("quote",))
    said = explore.write_study("mine", choice, "data/raw/demo", LEXICONS, base=tmp_path)
    assert said.startswith("Written: reports/mine/study.yml")
    made = study.load(tmp_path / "reports/mine/study.yml")
    values = made.reports[0].values
    assert (values["term"], values["outlets"], values["voices"]) == (
        choice.term,
        list(choice.outlets),
        list(choice.voices),
    )
    assert made.corpus == root / "data/raw/demo" and values["lexicons"] == LEXICONS


def test_a_study_that_is_there_is_left_alone_and_a_bad_name_refused(tmp_path):
    (tmp_path / "reports/mine").mkdir(parents=True)
    assert "was left as it is" in explore.write_study("mine", Choice("x"), "c", [], base=tmp_path)
    for name in ("", "../out", "a b", "/x"):
        assert "cannot be a name" in explore.write_study(name, Choice("x"), "c", [], base=tmp_path)
    assert [p.name for p in tmp_path.rglob("*")] == ["reports", "mine"]


def test_no_word_of_an_article_its_outlet_or_the_field_is_markup(tmp_path, root):
    evil = "<img src=x onerror=alert(1)>"
    text = (
        f"Envoys meet\n\nThe regime {evil} said on Monday that \u202etalks\u202c"
        " </script><script>alert(1)</script> would go on.\n"
    )
    source = rendering.corpus(tmp_path / "in", **{f"{evil}__one": text})
    folder = engine.annotate([source], [root / LEXICONS[0]], tmp_path / "out").folder
    looking = explore.Explorer(data.open(folder, LEXICONS), draws=100)
    panel = widgets.Panel(looking, Choice("regime*"), "x", ())
    panel.lines.value = 0
    seen = [
        panel.finding.value,
        panel.rates.value,
        panel.chart.value,
        panel.head.value,
        panel.article.value,
    ]
    panel.term.value = evil
    panel.name.value = evil
    panel.button.click()
    for markup in [*seen, panel.finding.value, panel.said.value]:
        page = tree.fromstring(f"<div>{markup}</div>")
        assert (
            not page.xpath("//script | //img[not(starts-with(@src, 'data:'))] | //@onerror")
            and "\u202e" not in markup
        )
    assert (
        evil in tree.fromstring(seen[1]).text_content()
        and evil in tree.fromstring(seen[4]).text_content()
        and "cannot be a name" in panel.said.value
    )


def test_where_nobody_sits_there_is_a_sentence_and_no_widget(looking, monkeypatch, capsys):
    monkeypatch.setenv("FRAMING_TABLES", "x")
    widgets.explorer(looking.news, "x")
    assert "Open this notebook in JupyterLab" in capsys.readouterr().out


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explore") / "study"
    reports = (
        "  - notebook: 00-explore\n  - notebook: 00-explore\n    name: places\n    parameters:"
        " {evidence: locations}\n"
    )
    file = rendering.study(
        folder,
        "title: T\ncorpus: data/raw/demo\nlexicons:"
        f" [data/lexicons/loaded-terms.yml]\nreports:\n{reports}",
    )
    done = rendering.framing("report", file)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def rendered(pages):
    return {p.stem: tree.fromstring(p.read_text(encoding="utf-8")) for p in pages.glob("*.html")}


def test_a_report_of_it_is_whole_without_widgets(rendered):
    page = rendered["00-explore"].get_element_by_id("main")
    words = page.text_content()
    assert (
        not [w for w in ("Output(", "VBox(", "widget") if w in words]
        and len(rendered["00-explore"].xpath("//script")) == 1
    )
    assert (
        page.xpath("//figure/img[contains(@alt, 'per 1,000 words')]")
        and page.xpath("//table[@id='t-explored']")
        and page.xpath("//div[@class='reading']")
    )


def test_a_broken_term_is_one_line_and_no_report(tmp_path):
    text = "title: T\ncorpus: data/raw/demo\nreports:\n  - notebook: 00-explore\n"
    file = rendering.study(tmp_path / "study", text)
    done = rendering.framing("report", file, "--set", "term=* x")
    assert done.returncode == 1 and "begins or ends with a lone *" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_by_place_holds_no_sentence(rendered, looking):
    words = " ".join(rendered["places"].text_content().split())
    sentences = looking.news.ledger.sentences.merge(
        looking.news.ledger.articles[["article_id", "text"]], on="article_id"
    )
    long = [
        " ".join(r.text[r.start : r.end].split())
        for r in sentences.itertuples()
        if r.end - r.start > 60
    ]
    assert len(long) > 300 and [s for s in long if s in words] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_reads_on_a_narrow_screen_in_light_and_dark(pages, scheme):
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright comes with make test"
    )
    with playwright.sync_playwright() as started:
        browser = browsing.launch(started)
        page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)
        page.goto((pages / "00-explore.html").as_uri())
        page.evaluate(browsing.axe())
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")[
            "violations"
        ]
        wider = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        browser.close()
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == [] and wider == 0
