"""The chart of keyness: which words lean to which side, how far, and how surely."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from helpers.draw.style import COLOURS, INK, LINE, MUTED, PAPER
from helpers.draw.words import describe, ends
from helpers.measure.phrases import names

MOST = 80


def leans(
    keys: pd.DataFrame, title: str = "", *, level: float = 0.05, ax: Axes | None = None
) -> Axes:
    """Draw one dot for each word, in a block for each comparison: how far it leans, and the
    interval where there is one.

    keys   from `measure.keyness`: the side, against, term, count, count_there, log_odds, low, high,
           q; in the order wanted
    level  a dot is filled where q is within it, hollow where it is not or nothing was tested
    returns matplotlib axes

    >>> keys = pd.DataFrame({"outlet": ["A"], "against": ["B"], "term": ["mob"], "count": [9],
    ...     "count_there": [1], "log_odds": [1.2], "low": [0.4], "high": [2.1], "q": [0.01]})
    >>> print(leans(keys).figure.get_label())
    log-odds. A: mob 1.20 (0.4 to 2.1)
    """
    keys = keys.head(MOST)
    by = list(keys.columns[: list(keys).index("against")])
    blocks = list(keys.groupby([pd.Index(names(keys, by)), "against"], sort=False))
    height = len(keys) + 1.4 * len(blocks)
    ax = ax or plt.subplots(figsize=(7.2, 1.2 + 0.235 * height))[1]
    places, words, at = [], [], 0.0
    for (one, other), rows in blocks:
        ax.annotate(
            f"{one}, against {other}",
            (0, at),
            xycoords=("axes fraction", "data"),
            xytext=(-4, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            color=INK,
            fontsize=9,
            fontweight="bold",
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )
        for row in rows.itertuples():
            at += 1
            _lean(ax, at, row, level)
            places.append(at)
            words.append(row.term)
        at += 1.4
    ax.axvline(0, color=MUTED, linewidth=1, zorder=0)
    ax.set(
        yticks=places,
        yticklabels=words,
        ylim=(at - 0.4, -0.8),
        xlabel="log-odds (0: used alike; dot filled: q within the level)",
    )
    ax.tick_params(axis="y", labelsize=9)
    ax.margins(x=0.16)
    ax.set_title(title, loc="left", pad=12, x=0)
    said = [
        f"{one}: "
        + ", ".join(f"{r.term} {r.log_odds:.2f} ({ends(r.low, r.high)})" for r in rows.itertuples())
        for (one, _), rows in blocks
    ]
    return describe(ax, f"{title + '. ' if title else ''}log-odds. {'; '.join(said)}")


def _lean(ax: Axes, at: float, row: tuple, level: float) -> None:
    sure = pd.notna(row.q) and row.q <= level
    known = pd.notna(row.low) and pd.notna(row.high)
    ax.hlines(at, 0, row.log_odds, color=LINE, linewidth=1, zorder=0)
    if known:
        ax.hlines(at, row.low, row.high, color=MUTED, linewidth=2)
    fill = COLOURS[0] if sure else PAPER
    ax.plot([row.log_odds], [at], "o", color=COLOURS[0], markerfacecolor=fill, markersize=6)
    edge = max(row.log_odds, row.high) if known else row.log_odds
    ax.annotate(
        f"{row.count} : {row.count_there}",
        (edge, at),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        fontsize=8,
        color=MUTED,
    )
