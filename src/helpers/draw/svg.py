"""A matplotlib figure as an SVG image in the colours of the page it stands in, by day and by
night."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt

from helpers.draw.style import DARK, NAMES

HEAD = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)
FINE = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is finer than a screen
OPEN = re.compile(r"(<svg [^>]*>)")
PATH = re.compile(r' d="([^"]*)"')
TENTH = re.compile(
    r"(\.\d)\d+"
)  # of a point: finer than a screen too, and paths are most of a chart
IDLE = re.compile(
    r' id="(?:figure|axes|patch|text|line2d|legend|matplotlib|xtick|ytick|'
    r'[A-Z]\w*Collection)[\w.]*_\d+"|'
    r' transform="rotate\(-0 [^)]*\)"|; stroke-linejoin: miter'
)
NAMED = re.compile(r'id="([a-z]?[0-9a-f]{10,})"')
STYLE = re.compile(r' style="([^"]*)"')
TAG = re.compile(r"<[^>']*>")
FONT = re.compile(r"font(?:-family)?: ([^;\"]*?)'DejaVu Sans'[^;\"]*")


def source(figure: plt.Figure) -> str:
    """Return a figure as the SVG that matplotlib writes."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()


def markup(written: str) -> str:
    """Return an SVG document that is light or dark as its reader's screen is.

    written  from `source`
    """
    svg = FINE.sub(r"\1", " ".join(HEAD.sub("", written).split())).replace("> <", "><")
    for colour, name in NAMES.items():
        svg = svg.replace(colour, f"var(--{name})")
    svg = FONT.sub(
        lambda m: (
            f"font: {m[1]}system-ui, sans-serif" if m[1] else "font-family: system-ui, sans-serif"
        ),
        svg,
    )
    svg = OPEN.sub(
        lambda m: (
            f"{m[1]}<style>{_colours()}</style><rect width='100%' height='100%'"
            " fill='var(--paper)'/>"
        ),
        smaller(svg),
        count=1,
    )
    return svg.strip()


def save(figure: plt.Figure, written: str, place: Path, title: str, about: str) -> list[str]:
    """Write a figure beside a report, for papers, slides and pages of other people.

    written  from `source`
    place    of the files, without their ending
    title    kept in the files with `about`, what the figure shows in words
    returns  the names of the files: SVG, PDF, and PNG on white (150 dots to an inch)
    """
    names = [f"{place.name}.{kind}" for kind in ("svg", "pdf", "png")]
    svg, pdf, png = (place.with_name(name) for name in names)
    svg.write_text(written, encoding="utf-8", newline="\n")
    said = {"Title": title, "Subject": about, "Creator": None, "Producer": None}
    figure.savefig(pdf, format="pdf", metadata=said | {"CreationDate": None})
    said = {"Title": title, "Description": about, "Software": None}
    figure.savefig(png, format="png", metadata=said, dpi=150, facecolor="white")
    return names


def smaller(svg: str) -> str:
    """Give the same drawing in fewer bytes: short paths and ids, a class for each style that is
    used again and again."""
    svg = PATH.sub(
        lambda m: (
            f' d="{re.sub(r" ?([MLHVQCz]) ?", lambda c: c[1], TENTH.sub(lambda t: t[1], m[1]))}"'
        ),
        IDLE.sub("", svg),
    )
    for i, name in enumerate(dict.fromkeys(NAMED.findall(svg))):
        svg = re.sub(rf'(?<=["#]){name}(?=["\\)])', f"i{i}", svg)
    often = [style for style, n in Counter(STYLE.findall(svg)).items() if n > 2]
    classes = {style: f"s{i}" for i, style in enumerate(often)}
    svg = STYLE.sub(lambda m: f' class="{classes[m[1]]}"' if m[1] in classes else m[0], svg)
    rules = "".join(f".{name}{{{style}}}" for style, name in classes.items())
    svg = OPEN.sub(lambda m: f"{m[1]}<style>{rules}</style>", svg, count=1)
    return TAG.sub(lambda m: m[0].replace('"', "'"), svg)


def _colours() -> str:
    light = ";".join(f"--{name}:{colour}" for colour, name in NAMES.items())
    dark = ";".join(f"--{name}:{colour}" for name, colour in DARK.items())
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
