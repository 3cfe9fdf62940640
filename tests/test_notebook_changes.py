"""A reader changes one line of a notebook, and table, links, CSV and chart follow."""

import csv

import nbformat
import pandas as pd
import pytest
from jupyter_client.manager import start_new_kernel
from lxml import html

import project
import rendering
from helpers import data, measure

LOADED, NAMING = "data/lexicons/loaded-terms.yml", "data/lexicons/naming-demo.yml"
STUDY = "title: Changed\ncorpus: data/raw/demo\nreports:\n"
LEANINGS = {"daily-beacon": "left", "velmir-courier": "left", "meridian-wire": "centre"}


class Change:
    """One change of a notebook: lines that are put for others, and cells that are added."""

    def __init__(self, notebook, table, lines=None, cell="", after=""):
        self.notebook = notebook
        self.table = table
        self.lines = lines or {}
        self.cell = cell
        self.after = after

    def write(self, folder, name):
        """Write the changed notebook beside the others; every line must have been found."""
        notebook = nbformat.read(folder / f"{self.notebook}.ipynb", as_version=4)
        for old, new in self.lines.items():
            cells = [c for c in notebook.cells if c.cell_type == "code" and old in c.source]
            assert len(cells) == 1, old
            cells[0].source = cells[0].source.replace(old, new, 1)
        if self.cell:
            [place] = [i for i, c in enumerate(notebook.cells) if self.after in c.source]
            notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(self.cell, id="mine"))
        nbformat.write(notebook, folder / f"{name}.ipynb")


DAY = "2031-04-01"
DRAWS = 1000
BY = 'by = ["outlet"]'
CHANGES = {
    "by-month": Change("02-loaded-terms", "own-voice", {BY: 'by = ["month"]'}),
    "outlet-and-month": Change(
        "02-loaded-terms",
        "own-voice",
        {
            BY: 'by = ["outlet", "month"]',
            "draw.dots(rates.head(most), ": "draw.lines(rates, ",
        },
    ),
    "before-and-after": Change(
        "02-loaded-terms",
        "own-voice",
        {BY: 'by = ["outlet", "after"]'},
        cell=f'news = news.assign(after=news.articles["published"] >= "{DAY}")',
        after="news = data.open(",
    ),
    "before-and-after-by-hand": Change(
        "02-loaded-terms",
        "own-voice",
        {
            BY: 'by = ["outlet", "after"]',
            "hits = news.hits\n": "hits = news.hits.assign("
            f'after=news.hits["published"] >= "{DAY}")\n',
            "words = news.words\n": "words = news.words.assign("
            f'after=news.words["published"] >= "{DAY}")\n',
        },
    ),
    "by-leaning": Change("02-loaded-terms", "own-voice", {BY: 'by = ["leaning"]'}),
    "leaning-of-voices": Change("04-voices", "whose", {BY: 'by = ["leaning"]'}),
    "leaning-of-words": Change("03-framing", "keyness", {BY: 'by = ["leaning"]'}),
    "one-speaker": Change(
        "04-voices",
        "drosan",
        cell="mine = quotes.query(\"speaker == 'Viktar Drosan' and outlet == 'Velmir Courier'\")\n"
        'show.table(mine[["outlet", "kind", "speaker", "text"]], passages=quotes,'
        ' caption="Drosan", name="drosan")',
        after="*To look at one speaker",
    ),
    "by-lrc": Change(
        "03-framing",
        "mine",
        cell='mine = keys.table.sort_values("lrc", ascending=False)\nshow.table(mine,'
        ' passages=places, caption="By the lower bound", name="mine", digits=2)\n'
        'draw.leans(mine, "By the lower bound", level=level);',
        after="show.finding(keys.table",
    ),
    "figure-of-ones-own": Change(
        "02-loaded-terms",
        "own-voice",
        cell='rates.plot.barh(x="outlet", y="rate");',
        after="draw.dots(rates",
    ),
    "measure-of-ones-own": Change(
        "02-loaded-terms",
        "per-article",
        cell="def per_article(hits, by):\n    grouped = hits.groupby(by, observed=True)\n"
        '    return (grouped.size() / grouped["article_id"].nunique()).reset_index(name="each")'
        '\n\n\nshow.table(per_article(hits, by), passages=hits, caption="Hits per article",'
        ' name="per-article")',
        after="show.matrix(",
    ),
}


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """The folder of a study of all the changed notebooks, in a copy of the project whose catalogue
    has a further column, leaning."""
    folder = project.copy(tmp_path_factory.mktemp("changed") / "project")
    catalogue = folder / "data/raw/demo/catalog.csv"
    head, *rows = catalogue.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},{LEANINGS.get(row.partition('/')[0], 'right')}" for row in rows]
    catalogue.write_text("\n".join([f"{head},leaning", *rows]) + "\n", encoding="utf-8")
    text = STUDY
    for name, change in CHANGES.items():
        change.write(folder / "notebooks", name)
        text += f"  - notebook: {name}\n    parameters: {{draws: {DRAWS}}}\n"
    study = rendering.study(folder / "reports/changed", text)
    done = project.framing(folder, "report", study, timeout=900)  # more than ten notebooks
    assert done.returncode == 0, done.stderr
    return folder / "reports/changed"


def table(folder, name, wanted):
    """The rows of a table's CSV file, and what the page shows of it."""
    with (folder / f"tables/{name}.{wanted}.csv").open(encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    page = html.parse(str(folder / f"{name}.html"), html.HTMLParser(encoding="utf-8")).getroot()
    [shown] = page.xpath(f'//*[@id="t-{wanted}"]')
    return rows, shown, page


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_line_changes_table_links_file_and_chart(changed, name):
    rows, shown, page = table(changed, name, CHANGES[name].table)
    assert rows
    cells = [" ".join(row.text_content().split()) for row in shown.xpath(".//tbody/tr")]
    links = shown.xpath(".//tbody//a[contains(@href, '#')]")
    assert cells and len(links) >= len(cells)
    assert page.xpath("//figure//svg | //figure//img")
    assert not page.xpath('//*[contains(@class, "error")]')


@pytest.mark.parametrize(
    ("name", "columns", "values"),
    [
        ("by-month", ["month"], {"2031-03", "2031-04"}),
        ("outlet-and-month", ["outlet", "month"], {"2031-03", "2031-04"}),
        ("before-and-after", ["outlet", "after"], {"True", "False"}),
        ("before-and-after-by-hand", ["outlet", "after"], {"True", "False"}),
        ("by-leaning", ["leaning"], {"left", "centre", "right"}),
        ("leaning-of-voices", ["leaning"], {"left", "centre", "right"}),
    ],
)
def test_every_table_chart_and_sentence_is_by_what_was_asked(changed, name, columns, values):
    rows, _, page = table(changed, name, CHANGES[name].table)
    assert list(rows[0])[: len(columns)] == columns
    assert values <= {row[columns[-1]] for row in rows}
    images = " ".join(page.xpath("//figure//img/@alt | //figure//svg/@aria-label"))
    assert all(value in images for value in values - {"True", "False"})


def test_both_ways_to_a_column_of_ones_own_give_the_same_figures(changed):
    one, other = (
        table(changed, name, "own-voice")[0]
        for name in ("before-and-after", "before-and-after-by-hand")
    )
    assert one == other


def test_the_months_of_an_outlet_are_lines(changed):
    page = table(changed, "outlet-and-month", "own-voice")[2]
    images = page.xpath("//figure//img/@alt | //figure//svg/@aria-label")
    assert [words for words in images if "by month: " in words and "Beacon 2031-03" in words]


def test_the_words_of_one_speaker_in_one_outlet_are_those(changed):
    rows = table(changed, "one-speaker", "drosan")[0]
    assert {(row["outlet"], row["speaker"]) for row in rows} == {
        ("Velmir Courier", "Viktar Drosan")
    }


def test_keyness_is_ordered_by_another_measure(changed):
    found = [float(row["lrc"]) for row in table(changed, "by-lrc", "mine")[0]]
    assert found == sorted(found, reverse=True) and len(set(found)) > 1


def test_keyness_compares_the_groups_of_a_column(changed):
    rows = table(changed, "leaning-of-words", "keyness")[0]
    assert {row["leaning"] for row in rows} == {"left", "centre", "right", ""}


def test_a_figure_and_a_measure_of_ones_own_stand_in_the_report(changed):
    pages = [
        html.parse(str(changed / f"{name}.html")).getroot()
        for name in ("by-month", "figure-of-ones-own")
    ]
    before, after = (len(page.xpath("//figure//svg | //figure//img")) for page in pages)
    assert after == before + 1
    rows = table(changed, "measure-of-ones-own", "per-article")[0]
    assert list(rows[0]) == ["outlet", "each"] and all(float(row["each"]) > 0 for row in rows)


def test_what_the_tables_call_themselves_is_no_name_for_a_column():
    news = data.open("data/raw/demo", [LOADED])
    with pytest.raises(ValueError, match="have a column of that name"):
        news.assign(voice="loud")
    one = news.assign(early=lambda articles: articles["published"] < "2031-04-01")
    assert one.hits["early"].any() and not one.words["early"].all()


def test_a_column_that_the_articles_lack_is_named_with_those_they_have():
    news = data.open("data/raw/demo", [LOADED])
    with pytest.raises(ValueError, match=r"missing columns \['leaning'\]; found .*'outlet'"):
        measure.rates(news.hits, news.words, by="leaning")


def test_a_column_made_on_the_hits_alone_is_refused():
    news = data.open("data/raw/demo", [LOADED])
    hits = news.hits.assign(after=news.hits["published"] >= "2031-04-01")
    with pytest.raises(ValueError, match="add it to the words too"):
        measure.rates(hits, news.words, by=["outlet", "after"])
    words = news.words.assign(after=news.words["published"] >= "2031-04-01")
    table = measure.rates(hits, words, by=["outlet", "after"])
    assert table["hits"].sum() == len(hits) and set(table["after"]) == {True, False}


def test_two_notebooks_with_other_lexicons_do_not_touch_each_other():
    first = data.open("data/raw/demo", [LOADED])
    before = len(first.hits)
    second = data.open("data/raw/demo", [NAMING])
    again = data.open("data/raw/demo", [LOADED])
    assert set(second.hits["kind"]) == {"naming"} and set(first.hits["kind"]) == {"loaded"}
    assert len(again.hits) == before
    pd.testing.assert_frame_equal(again.hits, first.hits)


class Kernel:
    """A notebook in a kernel of its own, as JupyterLab runs it: cell by cell."""

    def __init__(self, folder, name):
        notebook = nbformat.read(folder / f"notebooks/{name}.ipynb", as_version=4)
        self.cells = [c for c in notebook.cells if c.cell_type == "code"]
        env = project.environment(folder)
        self.manager, self.client = start_new_kernel(cwd=str(folder / "notebooks"), env=env)

    def run(self, source):
        """Run code; give what it printed. An error fails the test."""
        said = []

        def hear(message):
            assert message["msg_type"] != "error", message["content"]["traceback"]
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                said.append(message["content"]["text"])

        self.client.execute_interactive(source, output_hook=hear, timeout=120)
        return "".join(said).strip()

    def run_cells(self, upto):
        """Run the cells from the first to the one with this id."""
        for cell in self.cells:
            self.run(cell.source)
            if cell.id == upto:
                return
        raise AssertionError(f"no cell {upto}")

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def test_a_notebook_that_is_open_keeps_its_hits_while_another_is_run(tmp_path):
    """With one table of hits for a corpus, opening 03 emptied 02."""
    folder = project.copy(tmp_path / "project")
    count = "print(len(loaded), sorted(set(hits['kind'])), int(loaded['own'].sum()))"
    first, second = Kernel(folder, "02-loaded-terms"), Kernel(folder, "03-framing")
    try:
        first.run_cells("cell-07")
        before = first.run(count)
        second.run_cells("cell-12")
        assert second.run("print(sorted(set(news.hits['kind'])))") == "['frame']"
        assert first.run(count) == before and "['loaded', 'naming']" in before
        first.run_cells("cell-07")  # Run All, while the other is still open
        assert first.run(count) == before
        assert int(before.split()[0]) > 100
    finally:
        first.stop()
        second.stop()


def test_where_no_text_may_be_shown_no_frame_holds_any():
    news = data.open("data/raw/demo", [LOADED], evidence="locations")
    assert set(news.hits["sentence"]) == {""} and set(news.quotes["text"]) == {""}
    assert news.quotes["speaker"].str.split().str.len().max() <= 6
    with pytest.raises(ValueError, match="shows no text"):
        news.text(news.articles["article_id"][0])
