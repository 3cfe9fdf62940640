"""Charts of one story in several articles: the grid of passages, and the order in which each
article tells them."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import Patch, Rectangle

from helpers.draw.style import COLOURS, INK, LINE, MUTED, PAPER
from helpers.draw.words import describe

# Fill, hatch, letter: the letter alone tells the forms apart, in print and without colours.
SIGNS = {
    "verbatim": (COLOURS[0], "", "V", PAPER),
    "truncated": (PAPER, "////", "T", INK),
    "paraphrased": (PAPER, "----", "P", INK),
    "not found": (PAPER, "", "–", MUTED),
}
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
NAME, HEAD = 15, 52  # letters to a line of an outlet's name, of a passage's


def grid(forms: pd.DataFrame, title: str = "", *, ax: plt.Axes | None = None) -> plt.Axes:
    """One cell to a passage and an article: filled with V verbatim, hatched with T truncated, lined
    with P paraphrased, empty not found.

    forms  passages (index, their names) × articles (columns, their names); values of SIGNS

    >>> forms = pd.DataFrame({"A": ["verbatim", "truncated"], "B": ["verbatim", "not found"]},
    ...     index=["the vote", "the count"])
    >>> grid(forms).figure.get_label().split(";")[1]
    ' B: 1 verbatim, 0 truncated, 0 paraphrased, 1 not found'
    """
    rows, columns = forms.shape
    names = [_wrapped(c, NAME) for c in forms]
    ax = ax or plt.subplots(figsize=(4 + 1.05 * columns, 1.5 + 0.42 * rows))[1]
    for y, row in enumerate(forms.itertuples(index=False)):
        for x, form in enumerate(row):
            fill, hatch, letter, ink = SIGNS[form]
            edge = LINE if form == "not found" else COLOURS[0]
            ax.add_patch(
                Rectangle(
                    (x - 0.45, y - 0.4),
                    0.9,
                    0.8,
                    facecolor=fill,
                    hatch=hatch,
                    edgecolor=edge,
                    linewidth=1,
                )
            )
            plate = {"facecolor": fill, "edgecolor": "none", "boxstyle": "round,pad=0.2"}
            ax.text(
                x,
                y,
                letter,
                ha="center",
                va="center",
                color=ink,
                fontsize=9,
                fontweight="bold",
                bbox=plate,
            )
    ax.set(
        xlim=(-0.6, columns - 0.4),
        ylim=(rows - 0.4, -0.6),
        xticks=range(columns),
        yticks=range(rows),
    )
    ax.set_xticklabels(names, fontsize=8.5, color=INK)
    ax.set_yticklabels([_wrapped(str(i), HEAD) for i in forms.index], fontsize=8.5)
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    ax.spines[["bottom"]].set_visible(False)
    _head(ax, title)
    _legend(ax, forms)
    counts = {name: forms[name].value_counts() for name in forms}
    said = [
        f"{name}: " + ", ".join(f"{counts[name].get(sign, 0)} {sign}" for sign in SIGNS)
        for name in forms
    ]
    return describe(ax, f"{title + '. ' if title else ''}Passages by article. {'; '.join(said)}")


def _legend(ax: plt.Axes, forms: pd.DataFrame) -> None:
    there = [f for f in SIGNS if (forms == f).to_numpy().any()]
    signs = [
        Patch(
            facecolor=SIGNS[f][0],
            hatch=SIGNS[f][1],
            edgecolor=LINE if f == "not found" else COLOURS[0],
        )
        for f in there
    ]
    named = [f"{SIGNS[f][2]}  {f}" for f in there]
    ax.legend(
        signs,
        named,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        ncols=len(there),
        frameon=False,
        fontsize=8.5,
        handlelength=1.6,
    )


def slopes(order: pd.DataFrame, title: str = "", *, ax: plt.Axes | None = None) -> plt.Axes:
    """One line to a passage through the places at which the articles tell it: 1 on top is told
    first.

    order  passages (index, their numbers) × articles (columns, their names); missing where an
           article has it not. A line
           is broken by no gap: it runs on to the next article that has the passage

    >>> order = pd.DataFrame({"A": [1, 2], "B": [2, 1]}, index=[1, 2])
    >>> print(slopes(order).figure.get_label())
    Order of the passages in each article. A: 1, 2; B: 2, 1
    """
    columns = order.shape[1]
    deepest = int(order.max().max()) if order.size and order.notna().to_numpy().any() else 1
    ax = ax or plt.subplots(figsize=(1.2 + 1.6 * columns, 1.4 + 0.3 * deepest))[1]
    for n, (name, row) in enumerate(order.iterrows()):
        there = [(x, y) for x, y in enumerate(row) if pd.notna(y)]
        if not there:
            continue
        xs, ys = zip(*there, strict=True)
        ax.plot(
            xs,
            ys,
            color=COLOURS[n % len(COLOURS)],
            linestyle=DASHES[n // len(COLOURS) % len(DASHES)],
            linewidth=1.6,
            zorder=1,
        )
        for x, y in there:
            plate = {
                "facecolor": PAPER,
                "edgecolor": COLOURS[n % len(COLOURS)],
                "boxstyle": "circle,pad=0.18",
                "linewidth": 1.1,
            }
            ax.text(
                x,
                y,
                str(name),
                ha="center",
                va="center",
                fontsize=8,
                color=INK,
                bbox=plate,
                zorder=2,
            )
    ax.set(
        xlim=(-0.4, columns - 0.6),
        ylim=(deepest + 0.6, 0.4),
        xticks=range(columns),
        ylabel="order in the article",
    )
    ax.set_yticks(range(1, deepest + 1))
    ax.set_xticklabels([_wrapped(c, NAME) for c in order], fontsize=8.5, color=INK)
    ax.xaxis.tick_top()
    ax.tick_params(axis="both", length=0)
    ax.spines[["bottom"]].set_visible(False)
    _head(ax, title)
    said = [
        f"{name}: "
        + ", ".join(str(n) for n in order[name].dropna().sort_values(kind="stable").index)
        for name in order
    ]
    about = "Order of the passages in each article"
    return describe(ax, f"{title + '. ' if title else ''}{about}. {'; '.join(said)}")


def _head(ax: plt.Axes, title: str) -> None:
    """The title at the figure's left edge: a grid's own left edge lies far to the right."""
    wide = int(ax.figure.get_figwidth() * 11)
    lines = [line for part in title.splitlines() for line in textwrap.wrap(part, wide)]
    ax.figure.suptitle(
        "\n".join(lines), x=0.01, ha="left", fontsize=11, fontweight="bold", color=INK
    )


def _wrapped(name: str, width: int) -> str:
    lines = textwrap.wrap(str(name), width, break_long_words=True) or [""]
    return "\n".join(lines if len(lines) <= 3 else [*lines[:2], lines[2][: width - 1] + "…"])
