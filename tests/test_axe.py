"""Everybody can read and work the pages: axe-core finds nothing."""

import pytest

import browsing
from browsing import every_page, opened

# The two schemes differ in colours only: dark is asked what depends on colour, light everything.
RULES = {"light": "", "dark": "runOnly: ['color-contrast', 'link-in-text-block']"}


@pytest.mark.parametrize(
    ("study", "width", "scheme"),
    [
        ("demo", 360, "light"),
        ("demo", 1280, "light"),
        ("demo", 1280, "dark"),
        ("ceasefire", 360, "light"),
        ("swept", 1280, "light"),
        ("swept", 360, "dark"),
    ],
    indirect=["study"],
)
def test_axe_finds_nothing_and_leaves_nothing_open(browser, study, width, scheme):
    script, found = browsing.axe(), {}
    assert len(every_page(study)) > 3
    for path in sorted(
        study.glob("*.html")
    ):  # a full edition has the kinds of pages that the demo has
        page = opened(browser, path, width, scheme)
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => (d.open = true))")
        # Rows of a list are alike: the first hundred stand for all, or one page would take a
        # minute.
        page.evaluate(
            "() => document.querySelectorAll('table.listed tbody"
            " tr:nth-child(n+101)').forEach((row) => row.remove())"
        )
        # The page's own policy lets no other script in; the debugger may still evaluate one.
        page.evaluate(script)
        result = page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations', 'incomplete'],"
            f" {RULES[scheme]}}})"
        )
        for kind in ("violations", "incomplete"):
            for rule in result[kind]:
                found[f"{path.name}: {kind}: {rule['id']}"] = [
                    n["html"][:120] for n in rule["nodes"][:2]
                ]
        page.close()
    assert found == {}
