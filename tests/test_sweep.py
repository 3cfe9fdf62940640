"""A sweep: one page for each value, and one that says which findings hold."""

from lxml import html

from helpers.render import sweeps


def test_findings_that_read_the_same_hold():
    rows = sweeps.compare([["a", "b", "c"], ["a", "x"]])
    assert [(row["cells"], row["holds"]) for row in rows] == [
        (["a", "a"], True),
        (["b", "x"], False),
        (["c", "–"], False),
    ]


def test_a_sweep_has_a_page_that_compares_its_reports(swept):
    names = ["02-loaded-terms-voices-narration", "02-loaded-terms-voices-quote"]
    assert [(swept / f"{n}.html").is_file() for n in names] == [True, True]
    page = html.fromstring(
        (swept / "sweep-02-loaded-terms-voices.html").read_text(encoding="utf-8")
    )
    verdicts = [th.text_content().split(": ")[1] for th in page.xpath("//tbody/tr/th")]
    assert "changes" in verdicts and "holds" in verdicts
    index = html.fromstring((swept / "index.html").read_text(encoding="utf-8"))
    assert index.xpath("//ul[@class='cards']//a/@href") == ["sweep-02-loaded-terms-voices.html"]
    assert f"{verdicts.count('holds')} of {len(verdicts)} findings" in index.text_content()
