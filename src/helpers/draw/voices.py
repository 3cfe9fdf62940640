"""Charts of who speaks: shares that add up to a whole, one bar to an outlet."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd

from helpers.draw.charts import _axes, _fill, _plate
from helpers.draw.style import INK


def wholes(shares: pd.DataFrame, *, title: str, unit: str, ax: plt.Axes | None = None) -> plt.Axes:
    """One bar per row, divided by column, each part wide enough labelled with its percentage.

    shares  rows to bars (index), columns to parts; per cent, each row adding up to 100 or less
    """
    rows = shares.iloc[::-1]
    ax = _axes(len(rows), ax)
    left = pd.Series(0.0, index=rows.index)
    for i, part in enumerate(rows):
        bars = ax.barh(range(len(rows)), rows[part], left=left, label=str(part), **_fill(i))
        labels = [f"{v:.0f}" if v >= 5 else "" for v in rows[part]]
        ax.bar_label(bars, labels=labels, label_type="center", color=INK, fontsize=9, bbox=_plate())
        left = left + rows[part]
    ax.set(xlabel=unit, yticks=range(len(rows)), yticklabels=rows.index, xlim=(0, 100))
    ax.set_title(title, loc="left", pad=12)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=9, handlelength=1.6)
    return ax
