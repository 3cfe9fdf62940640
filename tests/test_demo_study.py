"""The demo study, rendered: its pages, its tables, and that they agree with each other and with the
articles."""

import csv
import json
import re

import pandas as pd
import pytest
from lxml import html

import rendering
from helpers.ledger import Ledger


def page(folder, name):
    return html.fromstring((folder / f"{name}.html").read_text(encoding="utf-8"))


def pages(folder):
    return sorted(p for p in folder.glob("*.html"))


def reports(root):
    from helpers.study import load

    return [r.name for r in load(root / "reports/demo/study.yml").reports]


def test_there_is_a_page_for_each_report_and_an_index(demo, root):
    assert sorted(p.stem for p in pages(demo) if not p.stem.endswith(".passages")) == sorted(
        [*reports(root), "index"]
    )


def test_the_index_leads_to_every_report_and_says_what_it_found(demo, root):
    index = page(demo, "index")
    links = {a.get("href") for a in index.xpath("//ul[@class='cards']//a")}
    assert links == {f"{name}.html" for name in reports(root)}
    said = [" ".join(p.text_content().split()) for p in index.xpath("//ul[@class='cards']/li/p[1]")]
    assert len(said) == len(links) and all(len(words) > 20 for words in said)
    assert "Velmir Courier (" in index.text_content()


def test_no_page_asks_for_anything_from_outside(demo):
    for path in pages(demo):
        text = path.read_text(encoding="utf-8")
        tree = html.fromstring(text)
        assert "default-src 'none'" in tree.xpath(
            "string(//meta[@http-equiv='Content-Security-Policy']/@content)"
        )
        assert (
            tree.xpath(
                "//link | //iframe | //object | //*[@src and not(starts-with(@src, 'data:'))]"
            )
            == []
        )


def test_no_page_holds_a_path_or_a_clock(demo, root):
    for path in pages(demo):
        text = path.read_text(encoding="utf-8")
        assert str(root) not in text and str(demo) not in text
        assert not re.search(r"0x[0-9a-f]{8}|ipykernel_\d", text)


def test_every_link_inside_a_page_has_its_target(demo):
    for path in pages(demo):
        tree = page(demo, path.stem)
        ids = set(tree.xpath("//@id"))
        assert [h for h in tree.xpath("//a/@href") if h.startswith("#") and h[1:] not in ids] == []
        local = [h for h in tree.xpath("//a/@href") if not h.startswith(("#", "http"))]
        assert [h for h in local if not (demo / h.split("#")[0]).is_file()] == []


def test_ids_are_unique_within_a_page(demo):
    for path in pages(demo):
        ids = page(demo, path.stem).xpath("//@id")
        assert sorted(ids) == sorted(set(ids))


def test_every_figure_counted_from_passages_leads_to_as_many(demo):
    listed = set(
        page(demo, "02-loaded-terms.passages").xpath(
            "//table[contains(@class, 'passages')]/tbody/tr/@id"
        )
    )
    links = page(demo, "02-loaded-terms").xpath(
        "//table//a[@class='n'][contains(@href, '02-loaded-terms.passages.html#p=')]"
    )
    assert len(links) > 20
    for link in links:
        ids = [
            f"p{n}"
            for part in link.get("href").split("=")[1].split(",")
            for a, _, b in [part.partition("-")]
            for n in range(int(a), int(b or a) + 1)
        ]
        assert len(ids) == int(link.text.replace(",", ""))
        assert set(ids) <= listed


def test_passages_in_the_csv_are_the_characters_of_the_articles(demo, root):
    rows = pd.read_csv(demo / "tables/02-loaded-terms.passages.csv")
    texts = Ledger(root / "data/processed/demo").articles.set_index("article_id")["text"]
    assert len(rows) > 100
    assert [
        t
        for t, a, s, e in zip(rows.text, rows.article_id, rows.start, rows.end, strict=True)
        if texts[a][s:e] != t
    ] == []


def test_rates_in_the_csv_are_hits_over_words(demo):
    rates = pd.read_csv(demo / "tables/02-loaded-terms.own-voice.csv")
    assert rates["rate"].to_list() == pytest.approx(
        (1000 * rates["hits"] / rates["words"]).to_list(), rel=1e-5
    )
    assert len(rates) == 7


def test_each_report_prints_its_command_its_parameters_and_its_inputs(demo, root):
    for name in reports(root):
        tree = page(demo, name)
        assert f"--only {name}" in tree.xpath("string(//footer//code)")
        rows = [r.text_content().split()[0] for r in tree.xpath("//footer//table[1]/tbody/tr/th")]
        assert "corpus" in rows and "evidence" in rows
        assert "requirements.lock" in tree.xpath("string(//footer)")


def test_tables_are_named_by_their_report_and_readable_as_csv(demo, root):
    files = sorted((demo / "tables").glob("*.csv"))
    assert {f.name.split(".")[0] for f in files} == set(reports(root))
    for file in files:
        rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}


def test_a_second_run_renders_nothing(demo):
    before = {p: p.stat().st_mtime_ns for p in demo.rglob("*.html")}
    done = rendering.framing("report", demo / "study.yml")
    assert done.returncode == 0 and "rendering" not in done.stderr
    assert {p: p.stat().st_mtime_ns for p in demo.rglob("*.html")} == before


def test_notebooks_are_committed_without_outputs_and_define_nothing(root):
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [
            "".join(c["source"])
            for c in cells
            if c["cell_type"] == "code" and "parameters" not in c["metadata"].get("tags", [])
        ]
        assert [c for c in cells if c.get("outputs") or c.get("execution_count")] == [], path.name
        assert [c for c in code if re.search(r"^\s*(def|class) ", c, re.MULTILINE)] == [], path.name
