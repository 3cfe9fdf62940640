"""A person's way: JupyterLab in a browser, Run All, another parameter, another result; and the
fields of 00-explore."""

import pytest

import browsing
import lab
import project

WAIT = 60_000
IDLE = (
    "() => { if (document.querySelector('[data-mime-type$=\\'jupyter.error\\']')) return true;"
    " const p = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map((e) =>"
    " e.textContent); return p.length && p.every((t) => /\\[\\d+\\]/.test(t)); }"
)


@pytest.fixture(scope="module")
def server(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    (folder / "home").mkdir()
    with lab.serving(project.copy(folder / "project"), folder / "home") as address:
        yield address, folder / "project"


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(WAIT)
    yield page
    page.close()


def opened(page, address, name):
    page.goto(address.format(name))
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    page.get_by_text("| Idle").first.wait_for()  # run before, and JupyterLab asks which kernel
    return page


def run_all(page):
    """Menu Run, Run All Cells; wait until every cell has its number."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some((e) =>"
        " e.textContent.includes('*'))"
    )
    page.wait_for_function(IDLE, timeout=WAIT)


def errors(page):
    return page.locator(
        "[data-mime-type='application/vnd.jupyter.error'],"
        " [data-mime-type='application/vnd.jupyter.stderr']"
    ).all_inner_texts()


def test_loaded_terms_runs_and_follows_its_parameters(page, server):
    opened(page, server[0], "02-loaded-terms.ipynb")
    run_all(page)
    assert errors(page) == []
    image = page.locator("img[alt*='per 1,000 words: ']")
    assert image.evaluate("(i) => i.complete && i.naturalWidth") > 300
    before = page.locator(".jp-OutputArea-output .finding").all_inner_texts()
    field = page.locator(".jp-CodeCell .cm-content").first
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type('\nterms = ["regime"]')
    run_all(page)
    assert errors(page) == []
    assert page.locator(".jp-OutputArea-output .finding").all_inner_texts() != before
    [row] = page.locator("#t-terms tbody tr").all_inner_texts()
    assert row.split("\t")[1].strip("*") == "regime"


def test_explore_follows_what_is_typed_and_survives_what_is_wrong(page, server):
    address, folder = server
    opened(page, address, "00-explore.ipynb")
    run_all(page)
    assert errors(page) == []
    found = page.locator(".jupyter-widgets h2").first
    assert "“regime*” stands" in found.inner_text()
    field = page.get_by_placeholder("a word, a phrase")
    field.fill("ceasefire")
    page.locator(".jupyter-widgets h2", has_text="“ceasefire” stands").wait_for()
    lines = page.locator(".framing-lines option")
    lines.filter(has_text="ceasefire◂").first.wait_for(state="attached")
    lines.filter(has_text="regime◂").first.wait_for(state="detached")
    assert lines.count() > 10 and all(
        "▸ceasefire◂" in line.lower() for line in lines.all_inner_texts()
    )
    page.locator(".framing-lines select").select_option(index=0)
    article = page.locator(".jupyter-widgets .reading")
    article.wait_for()
    assert "▶" in article.inner_text() and article.locator("mark.hit").count()
    page.evaluate(browsing.axe())
    violations = page.evaluate(
        "() => axe.run(document.querySelector('.framing-panel'), {resultTypes: ['violations']})"
    )["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in violations] == []
    field.fill("* x")
    page.locator(".jupyter-widgets .note", has_text="begins or ends with a lone *").wait_for()
    field.fill("special military operation")
    page.locator(".jupyter-widgets h2", has_text="“special military operation” stands").wait_for()
    page.get_by_placeholder("a name, for instance").fill("of-mine")
    page.get_by_role("button", name="Write as a study").click()
    page.get_by_text("Written: reports/of-mine/study.yml").wait_for()
    assert "special military operation" in (folder / "reports/of-mine/study.yml").read_text(
        encoding="utf-8"
    )
    assert errors(page) == []
