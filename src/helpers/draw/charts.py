"""The charts of the reports. Titles carry n; every mark has a direct label; no chart relies on
colour alone."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from helpers.draw.style import COLOURS, HATCHES, INK, LINE, MUTED


def _axes(rows: int, ax: plt.Axes | None, width: float = 7.2) -> plt.Axes:
    return ax or plt.subplots(figsize=(width, 1.1 + 0.36 * max(rows, 1)))[1]


def dots(
    rates: pd.DataFrame,
    *,
    title: str,
    label: str = "outlet",
    unit: str = "per 1,000 words",
    ax: plt.Axes | None = None,
) -> plt.Axes:
    """One dot and, where there is one, its interval per row; the highest rate on top.

    rates  one row to a dot: the label column, rate, low, high; low and high may be missing
    """
    rows = rates.dropna(subset="rate").sort_values("rate", kind="stable").reset_index(drop=True)
    ax = _axes(len(rows), ax)
    known = rows["low"].notna() & rows["high"].notna()
    ax.hlines(rows.index, 0, rows["rate"], color=LINE, linewidth=1)
    ax.hlines(
        rows.index[known], rows["low"][known], rows["high"][known], color=MUTED, linewidth=2.5
    )
    ax.plot(rows["rate"], rows.index, "o", color=COLOURS[1], markersize=7)
    edge = rows["high"].where(known, rows["rate"])
    for i, (rate, right) in enumerate(zip(rows["rate"], edge, strict=True)):
        ax.annotate(
            f"{rate:.1f}",
            (right, i),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=INK,
        )
    ax.set(xlabel=unit, yticks=rows.index, yticklabels=rows[label], ylim=(-0.6, len(rows) - 0.4))
    ax.set_title(title, loc="left", pad=12, x=0)
    ax.set_xlim(left=0, right=max(edge.max() * 1.12, 1e-9) if len(rows) else 1)
    return ax


def stacks(counts: pd.DataFrame, *, title: str, unit: str, ax: plt.Axes | None = None) -> plt.Axes:
    """One bar per row, divided by column, each part labelled with its count.

    counts  rows to bars (index), columns to parts; whole numbers
    """
    rows = counts.iloc[::-1]
    ax = _axes(len(rows), ax)
    left = pd.Series(0, index=rows.index)
    widest = max(rows.sum(axis=1).max(), 1) if len(rows) else 1
    for i, part in enumerate(rows):
        bars = ax.barh(range(len(rows)), rows[part], left=left, label=str(part), **_fill(i))
        labels = [str(v) if v >= widest / 25 else "" for v in rows[part]]
        ax.bar_label(bars, labels=labels, label_type="center", color=INK, fontsize=9, bbox=_plate())
        left = left + rows[part]
    ax.set(xlabel=unit, yticks=range(len(rows)), yticklabels=rows.index)
    ax.set_title(title, loc="left", pad=12)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=9, handlelength=1.6)
    return ax


def shares(naming: pd.DataFrame, *, title: str, ax: plt.Axes | None = None) -> plt.Axes:
    """One bar per row for k of n, with its interval, from 0 to 100 %.

    naming  one row to a bar: label, k, n, low, high (shares from 0 to 1)
    """
    rows = naming.iloc[::-1].reset_index(drop=True)
    ax = _axes(len(rows), ax)
    share = rows["k"] / rows["n"]
    ax.hlines(rows.index, rows["low"], rows["high"], color=MUTED, linewidth=2.5)
    ax.plot(share, rows.index, "o", color=COLOURS[0], markersize=7)
    for i, row in rows.iterrows():
        ax.annotate(f"{row.k} of {row.n}", (1.02, i), va="center", color=INK, annotation_clip=False)
    ax.set(
        xlim=(-0.02, 1.02),
        ylim=(-0.6, len(rows) - 0.4),
        yticks=rows.index,
        yticklabels=rows["label"],
        xlabel="share",
    )
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.set_title(title, loc="left", pad=12)
    return ax


def _fill(i: int) -> dict:
    return {
        "facecolor": COLOURS[i % len(COLOURS)],
        "hatch": HATCHES[i % len(HATCHES)],
        "edgecolor": "white",
        "linewidth": 0.8,
    }


def _plate() -> dict:
    from helpers.draw.style import PAPER

    return {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}
