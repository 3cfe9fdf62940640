"""What stands in a page: articles' words as text and nothing else, tables that can be read by
ear."""

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

import rendering
from helpers import draw
from helpers.show import figures, html, tables

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "$x$",
    "# h",
    "&amp;",
    "a\u202egpj.exe",
    "\x00\x1b[31m",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_text(words):
    tree = lxml_html.fromstring(f"<div>{html.text(words)}</div>")
    assert list(tree) == []
    assert html.TURNERS.get(0x202E) in html.text("\u202e")


@given(st.text(max_size=60))
def test_any_text_reads_back_as_it_was_but_for_what_is_unseen(words):
    shown = words.translate(html.TURNERS | html.UNSEEN)
    assert lxml_html.fromstring(f"<p>{html.text(words)}</p>").text_content().replace(
        "\r", "\n"
    ) == shown.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a b",
        'https://a"onclick=x',
        "",
        "ftp://x",
    ],
)
def test_only_web_addresses_become_links(url):
    assert html.link(url, "words") == "words"


def test_a_web_address_becomes_a_link():
    assert (
        html.link("https://example.org/a?b=1&c=2", "<words>")
        == '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">&lt;words&gt;</a>'
    )


@pytest.mark.parametrize(
    "value, shown",
    [
        (1234, "1,234"),
        (0.05, "0.1"),
        (-2.0, "−2.0"),
        (float("nan"), "–"),
        (None, "–"),
        ("a<b", "a&lt;b"),
        (True, "True"),
    ],
)
def test_numbers_are_shown_as_readers_expect(value, shown):
    assert html.number(value) == shown


@given(st.sets(st.integers(1, 300)))
def test_ranges_name_each_passage_once(numbers):
    spelled = [
        n
        for part in html.ranges(numbers).split(",")
        if part
        for a, _, b in [part.partition("-")]
        for n in range(int(a), int(b or a) + 1)
    ]
    assert spelled == sorted(numbers)


def table(rows, **more):
    return lxml_html.fromstring(tables.made(rows, caption="Rows", name="t", **more).markup)


def test_a_table_has_caption_scopes_and_a_region_for_the_keyboard():
    tree = table(pd.DataFrame({"outlet": ["A", "B"], "hits": [1, 2]}))
    assert (
        tree.get("role") == "region"
        and tree.get("tabindex") == "0"
        and tree.get("aria-label") == "Rows (3 hits) – t"
    )
    assert [th.get("scope") for th in tree.iter("th")] == ["col", "col", "row", "row"]
    assert [td.get("class") for td in tree.iter("td")] == ["num", "num"]


def test_a_figure_in_a_table_leads_to_its_passages():
    shown = html.evidence("3", [1, 2, 7])
    link = lxml_html.fromstring(shown)
    assert (link.text, link.get("href"), link.get("data-show")) == ("3", "#passages", "1-2,7")
    assert html.evidence("0", []) == "0"


def test_a_table_without_caption_gets_one_and_a_figure_without_description_says_so():
    tree = lxml_html.fromstring(tables.made(pd.DataFrame({"a": ["x"]})).markup)
    assert tree.xpath("string(//caption)").startswith("Table by a (1 row")
    axes = pd.DataFrame({"a": [1]}).plot()
    assert figures.WARNING.split(":")[0] in figures.markup(axes.figure)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_of_a_csv_is_a_formula(tmp_path, monkeypatch, cell):
    monkeypatch.setenv("FRAMING_TABLES", str(tmp_path))
    tables.save(pd.DataFrame({cell: [cell], "n": [-1]}), "t")
    head, row = (tmp_path / "t.csv").read_text(encoding="utf-8").split("\n")[:2]
    assert [
        part.strip('"').startswith("'") for part in (head.split(",")[0], row.split(",")[0])
    ] == [True, True]
    assert row.endswith(",-1")


def test_outside_a_report_no_table_is_written(tmp_path, monkeypatch):
    monkeypatch.delenv("FRAMING_TABLES", raising=False)
    monkeypatch.chdir(tmp_path)
    tables.table(pd.DataFrame({"a": [1]}), caption="c", name="t")
    assert list(tmp_path.iterdir()) == []


def figure(title="n = 2", names=("A", "B")):
    rows = pd.DataFrame(
        {
            "outlet": list(names),
            "rate": [1.0, 2.0],
            "low": [0.5, float("nan")],
            "high": [2.0, float("nan")],
        }
    )
    return figures.markup(draw.dots(rows, title=title).figure)


def test_the_same_chart_gives_the_same_bytes():
    assert drawn(figure()) == drawn(figure())


def drawn(shown):
    """The SVG inside a shown figure."""
    return unquote(re.search(r"svg\+xml,([^\"]+)", shown)[1])


def test_a_chart_has_no_clock_no_font_file_and_is_light_or_dark_as_the_screen_is():
    svg = drawn(figure())
    assert (
        "<metadata" not in svg and "DejaVu" not in svg and "#1d2126" not in svg.split("</style>")[1]
    )
    assert "prefers-color-scheme:dark" in svg
    assert 'alt="n = 2. per 1,000 words: B 2.0 (no interval); A 1.0 (0.5 to 2.0)"' in figure()


def test_the_colours_of_charts_are_those_of_the_pages():
    from helpers.draw.style import DARK, NAMES
    from helpers.render.page import style

    light, dark = style().split("prefers-color-scheme:dark")[:2]
    assert [name for colour, name in NAMES.items() if f"--{name}:{colour}" not in light] == []
    assert [name for name, colour in DARK.items() if f"--{name}:{colour}" not in dark] == []


@pytest.mark.parametrize("name", ["$x^2$", "<script>alert(1)</script>", "A & B"])
def test_names_in_a_chart_are_text(name):
    tree = ElementTree.fromstring(drawn(figure(names=(name, "B"))))
    assert [e for e in tree.iter() if e.tag.endswith("script")] == []
    assert any(name in (t.text or "") for t in tree.iter("{http://www.w3.org/2000/svg}text"))


def test_figures_and_tables_can_be_taken_away(demo):
    page = lxml_html.fromstring((demo / "02-loaded-terms.html").read_text(encoding="utf-8"))
    files = page.xpath("//a[@class='file']/@href")
    assert [f for f in files if not (demo / f).is_file()] == []
    kinds = {Path(f).suffix: (demo / f).read_bytes() for f in files}
    assert kinds[".pdf"].startswith(b"%PDF") and kinds[".png"].startswith(b"\x89PNG")
    assert b"<svg" in kinds[".svg"] and b"CreationDate" not in kinds[".pdf"]
    [table] = page.xpath("//table[@id='t-own-voice']")
    shown = [" ".join(td.text_content().split()) for td in table.xpath(".//tbody/tr[1]/*")]
    word = lxml_html.fromstring((demo / "tables/02-loaded-terms.own-voice.html").read_bytes())
    assert [td.text_content() for td in word.xpath("//tbody/tr[1]/td")] == shown
    latex = (demo / "tables/02-loaded-terms.own-voice.tex").read_text(encoding="utf-8")
    assert "Ledger \\& Exchange &" in latex and latex.count("\\\\\n") == 1 + len(
        table.xpath(".//tbody/tr")
    )


def test_the_run_is_described_for_programs(demo):
    crate = json.loads((demo / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    known = {each["@id"]: each for each in crate["@graph"]}
    assert len(known) == len(crate["@graph"])

    def referred(value):
        if isinstance(value, dict):
            yield from [value["@id"]] if list(value) == ["@id"] else []
            for each in value.values():
                yield from referred(each)
        elif isinstance(value, list):
            for each in value:
                yield from referred(each)

    missing = set(referred(crate["@graph"])) - set(known) - {"https://w3id.org/ro/crate/1.1"}
    assert missing == set()
    runs = [each for each in known.values() if each["@type"] == "CreateAction"]
    assert len(runs) == len(list(demo.glob("0*-*.html"))) - len(list(demo.glob("*.passages.html")))
    files = [each["@id"] for each in known.values() if each["@type"] == "File"]
    assert len(files) > 100 and [f for f in files if not (demo / f).is_file()] == []


def test_a_report_says_how_to_cite_it(tmp_path):
    study = rendering.study(
        tmp_path / "cited",
        "title: Words & deeds\nauthor: A. Nemo\ndate: 2031-05-01\ncorpus: data/raw/demo\nreports:\n"
        "  - notebook: new-analysis\n",
    )
    done = rendering.framing("report", study)
    assert done.returncode == 0, done.stderr
    page = lxml_html.fromstring((study.parent / "new-analysis.html").read_text(encoding="utf-8"))
    [text] = page.xpath("//details[summary='To cite this report']/p/text()")
    assert text.startswith("A. Nemo (2031-05-01). How often does each outlet") and (
        "In: Words & deeds. Framing Notebooks 0.1.0" in text
    )
    [bibtex] = page.xpath("//details[summary='To cite this report']//code/text()")
    assert "howpublished = {Words \\& deeds}," in bibtex and "year = {2031}," in bibtex
