"""Charts of the framing notebook: which terms lean where, and how common frames are. Axes only;
nothing is computed."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from helpers.draw.style import COLOURS, INK, LINE, MUTED, PAPER


def leans(
    rows: pd.DataFrame, *, title: str, level: float = 0.05, ax: plt.Axes | None = None
) -> plt.Axes:
    """One dot to a term, in a block for each comparison: how far it leans, and the interval where
    there is one.

    rows   outlet, against, term, f_a, f_b, delta, delta_low, delta_high, q; in the order wanted
    level  a dot is filled where q is within it, hollow where it is not or nothing was tested
    """
    blocks = list(rows.groupby(["outlet", "against"], sort=False))
    height = len(rows) + 1.4 * len(blocks)
    ax = ax or plt.subplots(figsize=(7.2, 1.2 + 0.235 * height))[1]
    places, names, at = [], [], 0.0
    for (outlet, against), part in blocks:
        ax.annotate(
            f"{outlet}, against {against}",
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
        for row in part.itertuples():
            at += 1
            _lean(ax, at, row, level)
            places.append(at)
            names.append(row.term)
        at += 1.4
    ax.axvline(0, color=MUTED, linewidth=1, zorder=0)
    ax.set(
        yticks=places,
        yticklabels=names,
        ylim=(at - 0.4, -0.8),
        xlabel="log-odds (0: used alike; dot filled: q within the level)",
    )
    ax.tick_params(axis="y", labelsize=9)
    ax.margins(x=0.16)
    ax.set_title(title, loc="left", pad=12, x=0)
    return ax


def _lean(ax: plt.Axes, at: float, row, level: float) -> None:
    sure = pd.notna(row.q) and row.q <= level
    known = pd.notna(row.delta_low) and pd.notna(row.delta_high)
    ax.hlines(at, 0, row.delta, color=LINE, linewidth=1, zorder=0)
    if known:
        ax.hlines(at, row.delta_low, row.delta_high, color=MUTED, linewidth=2)
    ax.plot(
        [row.delta],
        [at],
        "o",
        color=COLOURS[0],
        markerfacecolor=COLOURS[0] if sure else PAPER,
        markersize=6,
    )
    edge = max(row.delta, row.delta_high) if known else row.delta
    ax.annotate(
        f"{row.f_a} : {row.f_b}",
        (edge, at),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        fontsize=8,
        color=MUTED,
    )


def squares(shares: pd.DataFrame, *, title: str, unit: str, ax: plt.Axes | None = None) -> plt.Axes:
    """A table whose cells are squares: the area is the share, the number stands beside it.

    shares  rows and columns to show, per cent; a missing value is an empty cell
    """
    ax = (
        ax
        or plt.subplots(figsize=(max(5.0, 1.8 + 1.1 * shares.shape[1]), 1.7 + 0.46 * len(shares)))[
            1
        ]
    )
    largest = max(float(shares.max().max()), 1e-9)
    for y, (_, row) in enumerate(shares.iterrows()):
        for x, value in enumerate(row):
            if pd.isna(value):
                ax.annotate("–", (x, y), ha="center", va="center", color=MUTED, fontsize=9)
                continue
            ax.scatter(
                [x - 0.18],
                [y],
                s=420 * value / largest,
                marker="s",
                color=COLOURS[0],
                alpha=0.85,
                linewidths=0,
            )
            ax.annotate(
                f"{value:.1f}" if 0 < value < 10 else f"{value:.0f}",
                (x + 0.2, y),
                ha="left",
                va="center",
                color=INK,
                fontsize=9,
            )
    ax.set(xticks=range(shares.shape[1]), yticks=range(len(shares)), yticklabels=shares.index)
    ax.set_xticks(
        range(shares.shape[1]), [str(c).replace(" ", "\n", 1) for c in shares], fontsize=9
    )
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.6, shares.shape[1] - 0.4), ylim=(len(shares) - 0.5, -0.5))
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0, colors=INK)
    ax.set_xlabel(unit)
    ax.set_title(title, loc="left", pad=34, x=0)
    return ax
