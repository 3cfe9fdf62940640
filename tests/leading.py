"""Follows a figure of a report to what stands behind it, as the page's script does, without a
browser."""

import re
from functools import cache
from pathlib import Path

from lxml import html

NUMBER = re.compile(r"^[−-]?[\d,.]+(?: (?:to|of) [−-]?[\d,.]+)?$")


@cache
def page(path: Path):
    """Give a page as a tree."""
    return html.fromstring(path.read_text(encoding="utf-8"))


def reports(folder: Path) -> list[Path]:
    """Give the pages of a study's reports, without its index and its lists of passages."""
    return [
        p
        for p in sorted(folder.glob("*.html"))
        if p.stem != "index" and not p.stem.endswith(".passages")
    ]


def figures(path: Path):
    """Give each cell of a report's tables that holds a number, with its table's id, column and
    heading cell."""
    for table in page(path).xpath("//main//table[@id]"):
        heads = table.xpath("./thead/tr/th")
        for row in table.xpath("./tbody/tr"):
            for head, cell in zip(heads, row.xpath("./th|./td"), strict=True):
                if cell.tag == "td" and NUMBER.match(cell.text_content().strip()):
                    yield table.get("id"), head.text_content().strip(), head, cell


def behind(path: Path, link) -> list[str]:
    """Give the ids of the rows that a figure leads to."""
    target, _, fragment = link.get("href").partition("#")
    there = path.with_name(target) if target else path
    letter, ranges = fragment[0], fragment[2:]
    if shown := link.get("data-show"):
        letter, ranges = (shown[0], shown[1:]) if shown[0] in "ag" else ("p", shown)
    if letter == "g":
        ranges = (
            page(there).get_element_by_id("passages").get("data-groups").split(";")[int(ranges)]
        )
        letter = "p"
    spans = [part.partition("-") for part in ranges.split(",")]
    return [f"{letter}{n}" for a, _, b in spans for n in range(int(a), int(b or a) + 1)]


def listed(path: Path) -> dict[str, list[str]]:
    """Give the rows of a report's lists of passages and articles: id → its cells."""
    own = path.with_suffix(".passages.html")
    rows = page(own if own.is_file() else path).xpath(
        "//table[contains(@class, 'listed')]/tbody/tr"
    )
    return {row.get("id"): [cell.text_content() for cell in row] for row in rows}
