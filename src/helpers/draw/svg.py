"""A matplotlib figure as an SVG image in the colours of the page it stands in, by day and by
night."""

from __future__ import annotations

import io
import re
from collections import Counter

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


def markup(figure: plt.Figure) -> str:
    """Give the figure as an SVG document that is light or dark as its reader's screen is, and close
    it."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    svg = FINE.sub(r"\1", " ".join(HEAD.sub("", drawn.getvalue()).split())).replace("> <", "><")
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
