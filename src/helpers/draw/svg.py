"""A matplotlib figure as an SVG image in the colours of the page it stands in, by day and by night."""

from __future__ import annotations

import io
import re

import matplotlib.pyplot as plt

from helpers.draw.style import DARK, NAMES

HEAD = re.compile(r"^.*?(?=<svg)|<metadata>.*?</metadata>", re.DOTALL)
FINE = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is finer than a screen
OPEN = re.compile(r"(<svg [^>]*>)")
FONT = re.compile(r"font(?:-family)?: ([^;\"]*?)'DejaVu Sans'[^;\"]*")


def markup(figure: plt.Figure) -> str:
    """Give the figure as an SVG document that is light or dark as its reader's screen is, and close it."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    svg = FINE.sub(r"\1", " ".join(HEAD.sub("", drawn.getvalue()).split())).replace("> <", "><")
    for colour, name in NAMES.items():
        svg = svg.replace(colour, f"var(--{name})")
    svg = OPEN.sub(lambda m: f'{m[1]}<style>{_colours()}</style><rect width="100%" height="100%" fill="var(--paper)"/>', svg, count=1)
    return FONT.sub(lambda m: f"font: {m[1]}system-ui, sans-serif" if m[1] else "font-family: system-ui, sans-serif", svg).strip()


def _colours() -> str:
    light = ";".join(f"--{name}:{colour}" for colour, name in NAMES.items())
    dark = ";".join(f"--{name}:{colour}" for name, colour in DARK.items())
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
