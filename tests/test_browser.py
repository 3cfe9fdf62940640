"""The pages in a real browser: nothing is asked for, no foreign script runs, everybody can read and
work them."""

import itertools

import pytest

import leading
import rendering
from browsing import every_page, opened


def test_pages_ask_for_nothing_and_complain_of_nothing(browser, study):
    for path in every_page(study):
        page = opened(browser, path)
        assert (page.asked, page.said) == ([path.as_uri()], []), path.name
        page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(browser, study, width):
    for path in every_page(study):
        page = opened(browser, path, width)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path.name
        page.close()


def test_a_figure_opens_its_passages(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    figure = page.locator("#t-own-voice a.n").first
    count = int(figure.inner_text().replace(",", ""))
    figure.click()
    page.wait_for_selector("#passages .said:not(:empty)")
    rows = page.locator("table.passages tbody tr:visible")
    assert rows.count() == count
    assert page.locator("#passages .said").inner_text().startswith(f"{count} of ")
    page.locator("#passages").get_by_role("button", name="Show all").click()
    assert page.locator("table.passages tbody tr:visible").count() > count
    page.close()


REPORTS = [
    "01-clean",
    "02-loaded-terms",
    "03-framing",
    "04-voices",
    "05-shared-story",
    "06-reliability",
    "07-time",
]


@pytest.mark.parametrize("name", REPORTS)
def test_a_number_of_every_table_opens_what_is_behind_it(browser, demo, name):
    path = demo / f"{name}.html"
    firsts = {}
    for table, column, _, cell in leading.figures(path):
        for link in cell.xpath(".//a"):
            firsts.setdefault((table, link.get("class"), link.text == "0"), (column, link))
    assert firsts
    for (table, _, _), (column, link) in firsts.items():
        target, _, fragment = link.get("href").partition("#")
        if there := link.get("data-show"):  # a list on the same page, led to by a click
            letter = there[0] if there[0] in "ag" else "p"
            fragment = f"{letter}={there.removeprefix(letter)}"
        page = opened(browser, path.with_name(target) if target else path, fragment=f"#{fragment}")
        shown = page.evaluate(
            "() => [...document.querySelectorAll('table.listed tbody tr')].filter((r) =>"
            " !r.hidden).map((r) => r.id)"
        )
        wanted = leading.behind(path, link)
        assert [i for i in shown if i[0] == wanted[0][0]] == wanted, (table, column)
        assert (
            page.evaluate("() => document.activeElement.id")
            == {"p": "passages", "a": "articles"}[wanted[0][0]]
        )
        page.close()


def test_the_sum_below_the_articles_is_that_of_those_shown(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    link = page.locator("#t-own-voice tbody tr").nth(2).locator("a.n").nth(1)
    words = link.inner_text()
    link.click()
    assert page.locator("table.articles tfoot td[data-h='own voice']").inner_text() == words
    assert (
        page.locator("table.articles caption").inner_text().endswith("articles behind the figure")
    )
    page.close()


def test_arrows_reach_the_figures_that_tab_leaves_out(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    page.locator("#t-own-voice tbody tr").first.locator("a.n").last.focus()
    page.keyboard.press("ArrowRight")
    rate = page.evaluate(
        "() => [document.activeElement.className, document.activeElement.closest('td').dataset.h]"
    )
    assert rate == ["d", "articles with it"]
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.closest('tr').rowIndex") == 2
    page.keyboard.press("Enter")
    page.wait_for_selector("table.passages tbody tr:not([hidden])")
    assert "passages.html" in page.url
    page.close()


def test_a_long_table_is_folded_on_a_narrow_screen_and_opens(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html", 360)
    rows = page.locator("#t-terms tbody tr:visible")
    assert rows.count() == 12
    page.locator("#t-terms + button.more").press("Enter")
    assert rows.count() == page.locator("#t-terms tbody tr").count() > 12
    page.close()


@pytest.mark.parametrize(
    "fragment",
    ["#p=1-100000000", "#p=0", "#p=-", "#p=99999999,,-3", "#g=0", "#g=1,2", "#g=99999", "#a=0-0"],
)
@pytest.mark.parametrize("name", ["02-loaded-terms", "index"])
def test_an_address_that_names_no_passages_hides_none_and_breaks_nothing(
    browser, demo, name, fragment
):
    path = demo / f"{name}.html"
    rows = "table.listed tbody tr"
    plain = opened(browser, path)
    page = opened(browser, path, fragment=fragment)
    shown = f"() => [...document.querySelectorAll('{rows}')].filter(r => !r.hidden).length"
    if fragment != "#g=0":  # the first of the groups, where there are any
        assert page.evaluate(shown) == plain.evaluate(shown)
    assert page.evaluate("() => 1 + 1") == 2
    assert (page.asked, page.said) == ([path.as_uri()], [])
    page.evaluate("h => (location.hash = h)", fragment + ",1-100000000")
    assert (page.evaluate("() => 1 + 1"), page.said) == (2, [])
    plain.close()
    page.close()


def test_passages_are_filtered_by_words(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.passages.html")
    page.get_by_label("Filter by words").fill("regime")
    shown = page.locator("table.passages tbody tr:visible").all_inner_texts()
    assert shown and all("regime" in row.lower() for row in shown)
    page.close()


def test_tables_sort_by_number_and_by_keyboard(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    button = page.locator("#t-own-voice thead button", has_text="hits")
    button.focus()
    for wanted in (False, True):
        page.keyboard.press("Enter")
        cells = [
            int(v.replace(",", ""))
            for v in page.locator("#t-own-voice tbody tr td:nth-child(2)").all_inner_texts()
        ]
        assert cells == sorted(cells, reverse=wanted)
    assert page.locator("#t-own-voice th[aria-sort=descending]").count() == 1
    page.close()


def test_the_keyboard_reaches_contents_tables_and_evidence(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "() => { const e = document.activeElement; return e.closest('.toc') ? 'toc' :"
                " e.matches('.skip') ? 'skip' : e.matches('.scroll') ? 'table' : e.matches('a.n') ?"
                " 'figure' : e.matches('th button') ? 'sort' : '' }"
            )
        )
    assert {"skip", "toc", "table", "figure", "sort"} <= seen
    page.close()


def test_headings_go_down_one_step_at_a_time(browser, demo):
    for path in every_page(demo):
        page = opened(browser, path)
        levels = page.evaluate(
            "() => [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => +h.tagName[1])"
        )
        assert levels[0] == 1 and levels.count(1) == 1, path.name
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), path.name
        page.close()


ATTACKS = {
    "script": "<script>window.ran = 1; alert(1)</script>",
    "handler": "<img src=x onerror='window.ran=1;alert(1)'><body onload=alert(1)>",
    "svg": "<svg onload='window.ran=1'><script>alert(1)</script></svg>",
    "style": "</style><style>body{display:none}</style>",
    "template": "{{ ''.__class__ }} {% raw %} ${7*7} $x$",
    "markdown": "# heading [link](javascript:alert(1)) **bold** `code`",
    "turned": "\u202egnihtemos\u202c and \u2066more\u2069",
    "closing": '"></td></tr></table></main><script>window.ran=1</script>',
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    files = {}
    for name, words in ATTACKS.items():
        body = (
            f"The regime of {words} said on Monday that the dictator {words} had gone.\n\n“We see"
            f" an invasion {words}, and [the dictator {words}] is behind it,” said {words} Ana"
            " Torv.\n"
        )
        files[f"{name}__{name}"] = f"{words} in a title\n\n{body}"
    corpus = rendering.corpus(folder / "in", **files)
    rows = "".join(
        f'{i},"{w.replace(chr(34), chr(34) * 2)}","{w.replace(chr(34), chr(34) * 2)}","The regime'
        ' said on Monday that it would stay for now."\n'
        for i, w in enumerate(ATTACKS.values())
    )
    (corpus / "table.csv").write_text(f"id,outlet,title,text\n{rows}", encoding="utf-8")
    study = (
        f"title: <script>alert(1)</script> {{{{ 7*7 }}}}\ncorpus: {corpus}\nlexicons:"
        " [data/lexicons/loaded-terms.yml]\nreports:\n  - notebook: 01-clean\n  - notebook:"
        " 02-loaded-terms\n"
    )
    file = rendering.study(
        folder / "study",
        study.replace("title: <", "title: '<").replace("}}\ncorpus", "}}'\ncorpus"),
    )
    done = rendering.framing("report", file)
    assert done.returncode == 0, done.stderr
    return folder / "study"


def test_words_of_hostile_articles_run_nothing(browser, hostile):
    for path in every_page(hostile):
        page = opened(browser, path)
        dialogs = []
        page.on("dialog", lambda d, dialogs=dialogs: (dialogs.append(d.message), d.dismiss()))
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.wait_for_timeout(100)
        assert page.evaluate("() => window.ran") is None, path.name
        assert (dialogs, page.said, page.asked) == ([], [], [path.as_uri()]), path.name
        assert page.locator("body").is_visible()
        assert page.evaluate("() => document.querySelectorAll('script, style').length") == 2, (
            path.name
        )
        page.close()


def test_hostile_words_are_shown_as_they_are(browser, hostile):
    page = opened(browser, hostile / "02-loaded-terms.html")
    text = page.locator("main").inner_text()
    assert "<script>window.ran = 1; alert(1)</script>" in text and "⟨U+202E⟩" in text
    page.close()


def test_print_shows_the_report_without_its_tools(browser, demo):
    page = opened(browser, demo / "02-loaded-terms.html")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator("nav.toc").is_visible()
    page.close()


@pytest.mark.parametrize("name", REPORTS)
def test_by_keyboard_alone_from_the_index_to_a_passage_and_back(browser, demo, name):
    page = opened(browser, demo / "index.html")

    def tab_to(wanted, most=200):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"() => document.activeElement.matches({wanted!r})"):
                return
        pytest.fail(f"{wanted} is not reached from {page.url}")

    tab_to(f"a[href='{name}.html']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{name}.html")
    tab_to("td a.n")
    page.keyboard.press("Enter")
    page.wait_for_function("() => ['passages', 'articles'].includes(document.activeElement.id)")
    assert (
        page.evaluate(
            "() => document.activeElement.querySelectorAll('tbody tr:not([hidden])').length"
        )
        > 0
    )
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top") < 900
    page.go_back()
    assert page.url.endswith((f"{name}.html", "index.html"))
    page.close()
