"""One look for every chart, the same on every machine: the bundled font only, no formulas in
labels."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager

INK, MUTED, LINE, PAPER = "#1d2126", "#5a6068", "#d9d5cc", "#fcfbf8"
COLOURS = ("#1f5f8b", "#b3541e", "#3d7a52", "#7a5195", "#8a6d1a", "#5a6068")
HATCHES = ("", "//", "\\\\", "xx", "--", "||")
"""A second sign beside colour, for print and for readers who do not tell the colours apart."""

NAMES = {INK: "ink", MUTED: "muted", LINE: "line", PAPER: "paper"} | {
    c: f"c{i}" for i, c in enumerate(COLOURS, start=1) if c != MUTED
}
DARK = {"ink": "#e8e6e1", "muted": "#a9adb3", "line": "#3a3f46", "paper": "#15181c"} | dict(
    zip(
        ("c1", "c2", "c3", "c4", "c5"),
        ("#7fb8e0", "#eda06f", "#85c79c", "#c3a3db", "#d9c06a"),
        strict=True,
    )
)
"""What the colours are called in a chart, and what they become on a dark screen; the page's style
sheet has the same."""

RC = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "xtick.major.size": 3,
    "text.parse_math": False,  # an outlet called $x$ is not a formula
    "svg.fonttype": "none",
    "svg.hashsalt": "framing",
    "hatch.linewidth": 0.6,
}


def apply() -> None:
    """Set the style, and keep matplotlib to the fonts it brings along."""
    mpl.rcParams.update(RC)
    bundled = str(Path(mpl.get_data_path()))
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if font.fname.startswith(bundled)]


apply()
