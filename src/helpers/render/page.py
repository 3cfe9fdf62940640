"""A notebook that has run, as one HTML page that opens offline and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from helpers.render.run import NotebookFailed, fast_imports
from helpers.show.html import TURNERS, UNSEEN

TEMPLATES = Path(__file__).resolve().parent / "template"
FOLDER = TEMPLATES / "framing"
ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
ADDRESS = re.compile(r"<[\w.]{1,80}[^<>\n]{0,120} at 0x[0-9a-f]{6,}>|ipykernel_\d+/\d+\.py")
"""What Python prints of an object without words of its own. An article may quote an address."""
LEAD = re.compile(r'<a class="([nd])" href="#(?:passages|articles)" data-show="([ag]?[\d,-]*)">')
LISTED = '<section id="passages" tabindex="-1"'
WORTH = (
    8  # letters of a list of passages from which on it is named by a number where it stands again
)
FILE = re.compile(r'<a class="file" href="(tables|figures)/')
PARAMETERS = ("parameters", "injected-parameters")


class Page(NamedTuple):
    """A page and what the study's index says of it."""

    html: str
    title: str
    finding: str
    passages: str = ""


@cache
def style() -> str:
    """Give the one style sheet of all pages."""
    return (FOLDER / "style.css").read_text(encoding="utf-8").strip()


@cache
def script() -> str:
    """Give the one script of all pages."""
    return (FOLDER / "page.js").read_text(encoding="utf-8").strip()


def policy() -> str:
    """Give the Content-Security-Policy: nothing is fetched, and the only script that runs is the
    one above."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src"
        f" 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def convert(notebook: Any, about: dict[str, Any], fragment: str = "") -> Page:
    """Turn an executed notebook into a page.

    about     name, label, study, reports, command, parameters, provenance, tables, cite (a
              function of the title): what stands around the notebook
    fragment  the passages, where the notebook left them for a page of their own
    raises  NotebookFailed where an image has no alternative text or a memory address would stand in
            the page
    """
    _shown(notebook)
    context = about | {
        "style": style(),
        "script": script(),
        "policy": policy(),
        "code": _code(notebook),
    }
    draft = _export(
        notebook, context | {"toc": [], "finding": "", "title": about["name"], "cited": {}}
    )
    title, headings = _headings(draft)
    finding = next(iter(findings(draft)), "")
    toc = headings if len(headings) > 2 else []
    title = title or about["name"]
    cited = dict(zip(("text", "bibtex"), about["cite"](title), strict=True))
    page = _export(
        notebook, context | {"toc": toc, "finding": finding, "title": title, "cited": cited}
    )
    _check(page)
    page, fragment = grouped(page, fragment)
    page = FILE.sub(lambda m: f"{m[0]}{about['name']}.", page)
    if not fragment:
        return Page(page, title, finding)
    there = f"{about['name']}.passages.html"
    lead = LEAD.sub(lambda m: f'<a class="{m[1]}" href="{there}{_hash(m[2])}">', page)
    return Page(lead, title, finding, passages(about, title, fragment))


def _hash(shown: str) -> str:
    """#p=1-2,7 for passages, #a=1-5 for articles, #g=3 for a list of passages that the page keeps
    under that number."""
    return f"#{shown[0]}={shown[1:]}" if shown[:1] in ("a", "g") else shown and f"#p={shown}"


def grouped(page: str, fragment: str) -> tuple[str, str]:
    """Keep a long list of passages once, beside the passages, when figures after the first lead to
    the same ones."""
    shown = [m[2] for m in LEAD.finditer(page) if len(m[2]) >= WORTH and not m[2].startswith("a")]
    lists = {
        each: i
        for i, each in enumerate(dict.fromkeys(each for each in shown if shown.count(each) > 1))
    }
    first: set[str] = set()

    def number(m: re.Match) -> str:
        if m[2] not in lists or (m[1] == "n" and m[2] not in first):
            first.add(m[2])
            return m[0]
        return m[0].replace(f'"{m[2]}"', f'"g{lists[m[2]]}"')

    page = LEAD.sub(number, page)
    kept = f'{LISTED} data-groups="{";".join(lists)}"'
    return (
        (page.replace(LISTED, kept, 1), fragment.replace(LISTED, kept, 1))
        if lists
        else (page, fragment)
    )


def passages(about: dict[str, Any], title: str, fragment: str) -> str:
    """Give the page of a report's passages."""
    return site(
        "passages.html.j2", study=about["study"], name=about["name"], title=title, fragment=fragment
    )


def site(template: str, **values: Any) -> str:
    """Fill a template that stands outside nbconvert; every value in it is escaped unless it is
    markup of our own."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["inert"] = inert
    text = (FOLDER / template).read_text(encoding="utf-8")
    return (
        environment.from_string(text).render(
            style=style(), script=script(), policy=policy(), **values
        )
        + "\n"
    )


def _export(notebook: Any, framing: dict[str, Any]) -> str:
    from nbconvert.exporters import TemplateExporter

    # HTMLExporter would parse the page again to put a placeholder where alternative text is
    # missing; here that fails.
    body, _ = TemplateExporter.from_notebook_node(
        _exporter(), notebook, resources={"framing": framing}
    )
    return "\n".join(line.rstrip() for line in body.splitlines()) + "\n"


@cache
def _exporter() -> Any:
    fast_imports()
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="framing", extra_template_basedirs=[str(TEMPLATES)])
    exporter.environment.filters["plain_anchors"] = lambda markup: ANCHOR.sub("", markup)
    exporter.environment.filters["clean_html"] = clean_html
    exporter.environment.filters["inert"] = inert
    return exporter


def inert(words: Any) -> str:
    """Give words without control characters and without those that turn the direction of the
    text."""
    return str(words).translate(TURNERS | UNSEEN)


def clean_html(markup: str) -> str:
    """Keep what Markdown can make and nothing that runs: a notebook may put an article's words into
    Markdown."""
    import bleach

    tags = {
        *bleach.sanitizer.ALLOWED_TAGS,
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "hr",
    }
    return bleach.clean(
        ANCHOR.sub("", markup),
        tags=tags,
        attributes={"a": ["href"], "h2": ["id"], "h3": ["id"]},
        protocols={"http", "https"},
    )


MERE = re.compile(r"<(?:Axes|Figure|matplotlib\.|seaborn\.)|None$")
"""What Python says of a chart that is shown already, or of nothing."""


def _shown(notebook: Any) -> None:
    """Drop outputs that only name an object of matplotlib."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not _mere(o)]


def _mere(output: Any) -> bool:
    data = output.get("data", {})
    return list(data) == ["text/plain"] and bool(MERE.match(data["text/plain"].lstrip("[(")))


def _code(notebook: Any) -> list[str]:
    """The cells a reader may check, without the parameters, which have a table of their own."""
    return [
        c.source
        for c in notebook.cells
        if c.cell_type == "code" and not set(PARAMETERS) & set(c.metadata.get("tags", []))
    ]


def _headings(page: str) -> tuple[str, list[tuple[str, str, list[tuple[str, str]]]]]:
    """The title, and the id and words of each section's heading, with those of its findings."""
    from lxml import html

    main = html.fromstring(page).get_element_by_id("main")
    title = next((h.text_content().strip() for h in main.iter("h1")), "")
    sections: list[tuple[str, str, list[tuple[str, str]]]] = []
    for heading in main.iter("h2", "h3"):
        words = " ".join(heading.text_content().split())
        if not heading.get("id"):
            continue
        if heading.tag == "h2":
            sections.append((heading.get("id"), words, []))
        elif sections and "finding" in (heading.get("class") or ""):
            sections[-1][2].append((heading.get("id"), words))
    return title, sections


def findings(page: str) -> list[str]:
    """Return what a page found: its sentences of class finding, in order."""
    from lxml import html

    tree = html.fromstring(page)
    return [" ".join(h.text_content().split()) for h in tree.find_class("finding")]


def _check(page: str) -> None:
    from lxml import html

    tree = html.fromstring(page)
    for image in tree.iter("img"):
        if (
            not (image.get("alt") or "").strip()
            or image.get("alt") == "No description has been provided for this image"
        ):
            raise NotebookFailed(
                'a figure has no alternative text; show it with show.figure(axes, alt="…",'
                ' name="…")'
            )
    if found := ADDRESS.search(tree.text_content()):
        raise NotebookFailed(
            f"the page would hold {found[0]}, which changes from run to run; show the value instead"
            " of the object"
        )
