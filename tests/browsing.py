"""A headless Chromium from Debian, with axe-core, and no way out to any network."""

import os
import shutil
from importlib import resources

import pytest

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright):
    """Start the browser; skip where there is none, and fail there in CI."""
    program = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if program is None:
        words = (
            "no chromium on this machine: the pages are not tested in a browser (Debian: apt-get"
            " install chromium)"
        )
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


def axe() -> str:
    """Give axe-core's script, as its Python package carries it."""
    folder = resources.files("axe_playwright_python")
    return next(f for f in folder.iterdir() if f.name == "axe.min.js").read_text(encoding="utf-8")


def opened(browser, path, width=1280, scheme="light", fragment=""):
    """Open a page; what it asks for and what it says on the console is kept on it."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.asked, page.said = [], []
    page.on("request", lambda r: page.asked.append(r.url))
    page.on("console", lambda m: page.said.append(m.text))
    page.on("pageerror", lambda e: page.said.append(str(e)))
    page.goto(path.as_uri() + fragment)
    return page


def every_page(folder):
    return sorted([*folder.glob("*.html"), *folder.glob("full/*.html")])
