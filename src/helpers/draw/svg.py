"""A matplotlib figure as SVG that stands inside a page: its colours are the page's, its ids its own."""

from __future__ import annotations

import io
import re

import matplotlib.pyplot as plt

from helpers.draw.style import VARIABLES

HEAD = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)
SIZE = re.compile(r'(<svg [^>]*?)width="([\d.]+)pt" height="([\d.]+)pt"')
FONT = re.compile(r"font(?:-family)?: ([^;\"]*?)'DejaVu Sans'[^;\"]*")
IDS = re.compile(r'(\bid="|xlink:href="#|url\(#)')


def markup(figure: plt.Figure, name: str) -> str:
    """Give the figure as an SVG element and close it.

    name  stands before every id, so that two figures in one page do not share one
    """
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    svg = HEAD.sub("", drawn.getvalue().replace("\r\n", "\n"))
    svg = SIZE.sub(r'\1width="\2pt" height="\3pt" aria-hidden="true" focusable="false"', svg, count=1)
    svg = IDS.sub(lambda m: f"{m[1]}{name}-", svg)
    for colour, variable in VARIABLES.items():
        svg = svg.replace(colour, f"var({variable}, {colour})")
    return FONT.sub(lambda m: f"font: {m[1]}system-ui, 'DejaVu Sans', sans-serif" if m[1] else "font-family: system-ui, sans-serif", svg).strip()
