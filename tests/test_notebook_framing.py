"""Notebook 03-framing, rendered: its figures against a count by hand, its passages, and what it
refuses to say."""

import json
import re
import shutil

import pandas as pd
import pytest
from lxml import html

import rendering
from helpers.engine import hits
from helpers.engine.run import ledger_folder
from helpers.ledger import KEPT, OWN, Ledger
from leading import behind
from rendering import runs

FRAMES = (
    "[data/lexicons/frames.yml, data/lexicons/peace-journalism.yml,"
    " data/lexicons/policy-frames.yml]"
)
REPORTS = """\
title: Framing
corpus: {corpus}
lexicons: {frames}
evidence: {evidence}
reports:
  - {{notebook: 03-framing, parameters: {{draws: 2000, min_count: {least}}}}}
  - {{notebook: 03-framing, name: one, parameters: {{outlets: ["{one}"], draws: 200}}}}
  - {{notebook: 03-framing, name: nobody, parameters: {{voices: [translator],
      targets: [], parties: [], min_count: 1000, draws: 200}}}}
  - {{notebook: 03-framing, name: two, parameters: {{compare: ["{one}", "{two}"],
      reprints: each, draws: 200, min_count: {least}}}}}
"""
LONG = "nobody has yet asked the millers what they would want to do with the old weir this spring"
OWN_CORPUS = {
    "North__one": (
        "Weir to stay\n\nThe miller said the mill would stay. The mill was shelled in May."
        f" {LONG.capitalize()}.\n\nThe mill is old."
    ),
    "South__two": (
        "Weir to go\n\nThe mill must go, the council said, and the mill will go in May. In the end"
        f" {LONG}.\n\nThe council met."
    ),
}


def render(folder, **values):
    rendering.study(folder, REPORTS.format(frames=FRAMES, **values))
    done = rendering.framing("report", folder / "study.yml")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory, root):
    base = tmp_path_factory.mktemp("render")
    corpus = (
        base / "framing-demo"
    )  # a ledger of its own: other tests render the demo with other lexicons
    shutil.copytree(root / "data/raw/demo", corpus, ignore=shutil.ignore_patterns("gold"))
    return render(
        base / "study",
        corpus=corpus,
        evidence="sentences",
        least=5,
        one="Velmir Courier",
        two="The Tolhava Chronicle",
    )


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    base = tmp_path_factory.mktemp("render")
    corpus = rendering.corpus(base / "framing-own", **OWN_CORPUS)
    return render(
        base / "study", corpus=corpus, evidence="locations", least=2, one="North", two="South"
    )


@pytest.fixture(scope="module")
def tables(demo, root):
    names = ("frames", "peace-journalism", "policy-frames")
    lexicons = [root / "data/lexicons" / f"{name}.yml" for name in names]
    folder = ledger_folder(demo.parent / "framing-demo")
    return Ledger(folder, [hits.table_name(lexicon) for lexicon in lexicons])


def page(folder, name):
    return html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))


def table(folder, name, report="03-framing"):
    return pd.read_csv(
        folder / "tables" / f"{report}.{name}.csv", keep_default_na=False, na_values=[""]
    )


def words_of(tree):
    return " ".join(tree.xpath("//main")[0].text_content().split())


def test_the_notebook_defines_nothing(root):
    cells = json.loads((root / "notebooks/03-framing.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [
        "".join(c["source"])
        for c in cells
        if c["cell_type"] == "code" and "parameters" not in c["metadata"].get("tags", [])
    ]
    assert code and not any(re.search(r"^\s*def ", source, re.M) for source in code)
    assert all(c.get("outputs", []) == [] for c in cells)


def own_words(tables, outlet, dropped):
    """Lower-cased words in the outlet's own voice, counted the plain way."""
    articles = tables.articles[
        (tables.articles["outlet"] == outlet) & ~tables.articles["article_id"].isin(dropped)
    ]
    found = []
    for article in articles["article_id"]:
        spans = [
            (v.start, v.end)
            for v in tables.voices[tables.voices["article_id"] == article].itertuples()
            if v.voice in OWN
        ]
        found += [
            t.norm
            for t in tables.tokens[tables.tokens["article_id"] == article].itertuples()
            if any(s <= t.start < e for s, e in spans)
        ]
    return found


REPRINTS = ("db-kalder", "le-estoval-plan")


@pytest.mark.parametrize("outlet", ["Velmir Courier", "Meridian Wire", "Ledger & Exchange"])
def test_times_and_words_are_those_of_a_count_by_hand(demo, tables, outlet):
    words = own_words(tables, outlet, REPRINTS)
    rows = table(demo, "keyness")
    rows = rows[rows["outlet"] == outlet]
    assert len(rows) and dict(zip(rows["term"], rows["count"], strict=True)) == {
        r.term: words.count(r.term) for r in rows.itertuples()
    }
    sides = table(demo, "sides").set_index("outlet")
    assert sides.loc[outlet, "words_a"] == len(words)


def test_reprints_are_named_and_counted_once(demo):
    said = words_of(page(demo, "03-framing"))
    assert all(name in said for name in REPRINTS)
    assert set(table(demo, "reprints")["article_id"]) == set(REPRINTS)
    assert table(demo, "sides")["articles_a"].sum() == 37
    assert table(demo, "sides", "two")["articles_a"].tolist() == [5]


def test_too_few_articles_are_described_and_not_tested(demo):
    rows = table(demo, "keyness-all")
    assert rows.loc[rows["outlet"] == "Daily Beacon", ["p", "q", "low"]].isna().all(axis=None)
    assert rows.loc[rows["outlet"] == "Meridian Wire", "q"].notna().all()
    said = words_of(page(demo, "03-framing"))
    assert (
        "Daily Beacon against the rest: 4 articles against 33 articles" in said
        and "Not tested: 4 articles on one side, and 5 are needed on each." in said
    )


def test_a_figure_leads_to_passages_of_its_term_and_side(demo):
    tree = page(demo, "03-framing")
    places = table(demo, "passages").set_index("passage")
    heads = [h.text_content().strip() for h in tree.xpath("//table[@id='t-keyness']//thead//th")]
    rows = tree.xpath("//table[@id='t-keyness']//tbody/tr")
    seen = 0
    for row in rows:
        cells = dict(zip(heads, row.xpath("./th|./td"), strict=True))
        for column, same in (("times", True), ("times there", False)):
            for link in cells[column].xpath(".//a[@class='n']"):
                for number in behind(demo / "03-framing.html", link):
                    there = places.loc[int(number.removeprefix("p"))]
                    assert there["text"].lower().replace("’", "'") == cells["term"].text_content()
                    assert (there["outlet"] == cells["outlet"].text_content()) == same
                    seen += 1
    assert seen > 100


def test_the_page_says_how_many_passages_it_lists(demo):
    caption = page(demo, "03-framing.passages").xpath("//table[contains(@class, 'passages')]")[0]
    [shown] = re.findall(r"Passages behind the figures \(([\d,]+)\)", caption.text_content())
    assert int(shown.replace(",", "")) == len(table(demo, "passages")) > 500


def test_frames_are_marked_exploratory_and_their_shares_are_of_sentences(demo, tables):
    assert "Exploratory: these lexicons are lists of words, not yet validated" in words_of(
        page(demo, "03-framing")
    )
    rows = table(demo, "frames-all").set_index(["outlet", "frame"])
    outlet = "Velmir Courier"
    articles = tables.articles.loc[tables.articles["outlet"] == outlet, "article_id"]
    hits = tables.hits[
        tables.hits["article_id"].isin(articles)
        & tables.hits["voice"].isin(OWN)
        & (tables.hits["category"] == "human interest")
    ]
    assert (
        rows.loc[(outlet, "frames: human interest"), "k"]
        == len(hits.drop_duplicates(["article_id", "sentence_id"]))
        > 0
    )


def test_the_forms_of_the_acts_add_up(demo):
    rows = table(demo, "agency").pivot(index="outlet", columns="form", values="k")
    forms = ["active", "by", "noun, doer named", "weapon", "passive", "noun"]
    unnamed = table(demo, "agency-unnamed").set_index("outlet").loc[rows.index]
    assert set(rows) == set(forms) and (rows.sum(axis=1) == unnamed["n"]).all()
    assert (rows[["weapon", "passive", "noun"]].sum(axis=1) == unnamed["k"]).all()


def test_every_chart_has_words_and_its_n(demo):
    images = page(demo, "03-framing").xpath("//figure//img | //figure[@role='img']")
    assert len(images) == 3
    assert all(len(i.get("alt") or i.get("aria-label")) > 80 for i in images)


@pytest.mark.parametrize("name", ["one", "nobody"])
def test_with_nothing_to_compare_it_says_so(demo, name):
    said = words_of(page(demo, name))
    assert "There is nothing to compare: it takes two outlets" in said
    assert "Traceback" not in said


def test_two_outlets_show_what_leans_to_either(demo):
    rows = table(demo, "keyness", "two")
    assert set(rows["against"]) == {"The Tolhava Chronicle"}
    assert (rows["log_odds"] > 0).any() and (rows["log_odds"] < 0).any()


def test_without_sentences_no_eight_words_of_an_article_are_shown(own):
    articles = Ledger(ledger_folder(own.parent / "framing-own")).articles
    theirs = {run for text in articles["text"] for run in runs(text)}
    paths = [*own.glob("*.html"), *own.glob("tables/*.csv")]
    assert len(paths) > 20 and runs(LONG) & theirs
    for path in paths:
        text = path.read_text(encoding="utf-8")
        shown = html.fromstring(text).text_content() if path.suffix == ".html" else text
        assert runs(shown) & theirs == set(), path.name


def test_one_article_to_an_outlet_is_never_tested(own):
    rows = table(own, "keyness-all")
    assert len(rows) and rows[["p", "q", "low"]].isna().all(axis=None)
    said = words_of(page(own, "03-framing"))
    assert "one article cannot stand for an outlet" in said and "Nothing was tested." in said


def test_the_act_of_the_small_corpus_is_told(own):
    rows = table(own, "agency").set_index(["outlet", "form"])["k"]
    assert rows["North", "passive"] == 1 and "South" not in rows.index.get_level_values("outlet")


def test_what_stands_in_no_kept_block_is_not_counted(demo, tables):
    blocks = tables.blocks[tables.blocks["role"].isin(KEPT)]
    kept = {
        a: list(zip(g["start"], g["end"], strict=True)) for a, g in blocks.groupby("article_id")
    }
    rows = table(demo, "passages")
    assert len(rows) and all(
        any(s <= r.start and r.end <= e for s, e in kept[r.article_id]) for r in rows.itertuples()
    )
