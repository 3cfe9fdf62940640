"""Notebooks 04-voices and 06-reliability, rendered: their figures, their passages, and what they
say of nothing."""

import json
import re

import pandas as pd
import pytest
from lxml import html

import rendering
from helpers import draw
from helpers.ledger import Ledger
from rendering import runs

NOTEBOOKS = ("04-voices", "06-reliability")
REPORTS = """\
title: Voices
corpus: {corpus}
lexicons: [data/lexicons/loaded-terms.yml]
evidence: {evidence}
reports:
  - notebook: 04-voices
  - notebook: 04-voices
    name: one-outlet
    parameters: {{outlets: [{outlet}], sides: ""}}
  - notebook: 06-reliability
    parameters: {{coded: "{coded}", design: simple}}
  - notebook: 06-reliability
    name: sentences
    parameters: {{unit: sentences, outlets: [{outlet}], sample: 3, sheet: "{sheet}"}}
"""
LONG = "nobody has yet asked the millers what they would want to do with the old weir this spring"
OWN = {
    "North__one": (
        f"Weir to stay\n\n“I think that {LONG},” said Ana Rusk, the councillor, on"
        " Monday.\n\nAccording to a senior official of the council of the lower town and mill,"
        f" {LONG}. She called it “a brazen ultimatum”."
    ),
    "South__two": (
        "A quiet day\n\nThe lake was still and the boats lay in the reeds until the evening came"
        " over the hills."
    ),
}


def render(folder, **values):
    rendering.study(folder, REPORTS.format(**values))
    done = rendering.framing("report", folder / "study.yml")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("render") / "voices-demo"
    sheet = folder / "sheet.csv"
    return render(
        folder,
        corpus="data/raw/demo",
        evidence="sentences",
        outlet="Meridian Wire",
        coded="data/coded/demo-hits.csv",
        sheet=sheet,
    )


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    base = tmp_path_factory.mktemp("render")
    corpus = rendering.corpus(base / "voices-own", **OWN)
    return render(
        base / "study", corpus=corpus, evidence="locations", outlet="South", coded="", sheet=""
    )


def page(folder, name):
    return html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))


def table(folder, name):
    return pd.read_csv(folder / "tables" / f"{name}.csv")


def words_of(tree):
    return " ".join(tree.xpath("//main")[0].text_content().split())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_define_nothing(root, name):
    cells = json.loads((root / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert not any(re.search(r"^\s*(def|class) ", source, re.MULTILINE) for source in code)


@pytest.mark.parametrize("name", ["04-voices", "one-outlet", "06-reliability", "sentences"])
def test_every_linked_figure_leads_to_as_many_passages(demo, name):
    tree = page(demo, name)
    listed = demo / f"{name}.passages.html"
    rows = (
        html.fromstring(listed.read_text(encoding="utf-8")) if listed.is_file() else tree
    ).xpath("//table[contains(@class, 'passages')]/tbody/tr/@id")
    links = [
        (a, n)
        for a in tree.xpath("//main//table//a[@class='n']")
        if (n := behind(a))[:1].isdigit() and counted(a)
    ]
    assert links
    for link, numbers in links:
        spans = [part.partition("-") for part in numbers.split(",")]
        ids = [f"p{n}" for a, _, b in spans for n in range(int(a), int(b or a) + 1)]
        assert (len(ids), set(ids) - set(rows)) == (
            int(link.text.replace(",", "")),
            set(),
        ), html.tostring(next(link.iterancestors("tr")))[:300]


def behind(link):
    """The numbers of the passages a figure leads to, on its page or on one of their own."""
    return link.get("data-show") or link.get("href", "").partition("#p=")[2]


def counted(link):
    """Whether a figure is a number of passages; words and shares lead to passages too."""
    table, cell = next(link.iterancestors("table")), next(link.iterancestors("td", "th"))
    head = table.xpath("./thead/tr/th")[cell.getparent().index(cell)].text_content().strip()
    return (
        head != "words given"
        and "%" not in head
        and table.get("id") not in ("t-quotes", "t-outlets", "t-blocks")
    )


def test_words_given_to_others_add_up(demo, root):
    whose, sides = table(demo, "04-voices.whose"), table(demo, "04-voices.sides")
    given = whose.set_index("outlet")["words"].to_dict()
    assert sides.groupby("outlet")["words"].sum().to_dict() == given
    tokens = Ledger(root / "data/processed/demo").tokens
    assert whose["n"].sum() == len(tokens)


@pytest.mark.parametrize("name", ["types-shares", "kinds-shares", "sides"])
def test_shares_of_an_outlet_make_a_whole(demo, name):
    sums = table(demo, f"04-voices.{name}").groupby("outlet")["share"].sum()
    assert len(sums) == 7 and sums.to_list() == pytest.approx([100] * 7, abs=0.01)


def test_an_interval_holds_its_share(demo):
    rows = table(demo, "04-voices.sides").dropna(subset=["low"])
    assert len(rows) > 20
    assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()


def test_passages_are_the_characters_of_the_articles(demo, root):
    texts = Ledger(root / "data/processed/demo").articles.set_index("article_id")["text"]
    rows = table(demo, "04-voices.passages")
    assert len(rows) > 500
    assert [
        t
        for t, a, s, e in zip(rows.text, rows.article_id, rows.start, rows.end, strict=True)
        if texts[a][s:e] != t
    ] == []


def test_every_figure_has_words_for_those_who_do_not_see_it(demo):
    texts = page(demo, "04-voices").xpath("//figure//img/@alt")
    assert len(texts) == 4
    assert all(re.search(r"\d", text) for text in texts)


def test_scores_agree_with_their_counts(demo):
    rows = table(demo, "06-reliability.quotes")
    assert set(rows["what"]) == {"any kind", "direct", "indirect", "mixed", "insertion"}
    assert rows["share"].to_list() == pytest.approx((100 * rows["k"] / rows["n"]).to_list(), 1e-4)
    right = rows.pivot(index="what", columns="measure", values="k")
    assert (right["precision"] == right["recall"]).all()


def test_the_report_says_how_the_gold_was_made(demo):
    said = words_of(page(demo, "06-reliability"))
    assert "The gold covers 27 of 39 articles" in said and "one coder" in said
    assert "benchmarks/quotes.py" in said and "benchmarks/cleaning.py" in said


def test_mistakes_are_counted_once_and_can_be_read(demo):
    passages = table(demo, "06-reliability.passages")
    mistakes = table(demo, "06-reliability.mistakes")
    counted = mistakes.groupby("mistake")["times"].sum()
    assert counted.to_dict() == passages["mistake"].value_counts().to_dict()


def test_the_coded_sheet_gives_precision_and_agreement(demo):
    assert table(demo, "06-reliability.precision")["n"].sum() == 35
    all_rows = table(demo, "06-reliability.agreement").iloc[0]
    assert (all_rows["category"], all_rows["units"]) == ("all", 35)


def test_a_sheet_is_written_once_and_never_over(demo):
    sheet = pd.read_csv(demo / "sheet.csv", keep_default_na=False)
    assert len(sheet) == 3 and {"coder_a", "coder_b", "sentence"} <= set(sheet)
    before = (demo / "sheet.csv").read_bytes()
    text = (demo / "study.yml").read_text(encoding="utf-8").replace("sample: 3", "sample: 4")
    (demo / "study.yml").write_text(text, encoding="utf-8")
    assert rendering.framing("report", demo / "study.yml", "--only", "sentences").returncode == 0
    assert (demo / "sheet.csv").read_bytes() == before
    assert "it was left as it is" in words_of(page(demo, "sentences"))


def test_without_text_no_eight_words_of_an_article_appear(own):
    theirs = {run for text in OWN.values() for run in runs(text)}
    files = [*own.glob("*.html"), *own.glob("tables/*.csv")]
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        shown = html.fromstring(text).text_content() if path.suffix == ".html" else text
        assert runs(shown) & theirs == set(), path.name
    assert table(own, "04-voices.passages")["kind"].notna().sum() >= 2


def test_one_article_to_an_outlet_is_said_in_words(own):
    assert "Each outlet has one article here" in words_of(page(own, "04-voices"))
    assert set(table(own, "04-voices.whose")["note"]) == {"no interval: one article"}


def test_an_outlet_in_which_nobody_speaks_gives_sentences(own):
    said = words_of(page(own, "one-outlet"))
    for sentence in (
        "Nobody but the outlets speaks",
        "No speaker was found",
        "No passage is introduced by a reporting verb",
        "There is no passage to show",
    ):
        assert sentence in said


def test_a_corpus_without_gold_says_so_and_goes_on(own):
    said = words_of(page(own, "06-reliability"))
    assert "There is no gold for this corpus (2 articles)" in said
    assert "A sample to code by hand" in said and "No sheet has been coded yet" in said


# The pieces


def test_bars_are_as_wide_as_their_shares():
    rows = [("North", "quoted", 40.0), ("North", "reported", 20.0)]
    rows += [("South", "quoted", 10.0), ("South", "reported", 30.0)]
    shares = pd.DataFrame(rows, columns=["outlet", "part", "share"])
    axes = draw.stacks(shares, "Two outlets (n = 2)", of="part")
    widths = [[round(bar.get_width()) for bar in container] for container in axes.containers]
    assert widths == [[10, 40], [30, 20]]  # drawn from the bottom, so that the first row is on top
    assert [label.get_text() for label in axes.get_yticklabels()] == ["South", "North"]
    said = "Two outlets (n = 2). per cent by part. North: quoted 40, reported 20; South: quoted 10,"
    assert axes.figure.get_label() == f"{said} reported 30"
