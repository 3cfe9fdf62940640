"""The charts of rates and shares. Every mark has a direct label, no chart relies on colour alone,
and each chart brings its own description for readers who do not see it."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.draw.style import COLOURS, HATCHES, INK, LINE, MUTED, PAPER
from helpers.draw.words import compared_by, describe, ends, largest
from helpers.measure.phrases import names

MOST = 25
"""Rows drawn; a chart of more cannot be read, and its table has all."""

DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
CALENDAR = {"day": ("D", "%Y-%m-%d"), "week": ("W-SUN", "%G-W%V")}
CALENDAR |= {"month": ("M", "%Y-%m"), "year": ("Y", "%Y")}
LONGEST = 400
"""Points of time on one axis."""

UNITS = {"rate": "per 1,000 words", "share": "per cent"}


def dots(rates: pd.DataFrame, title: str = "", *, unit: str = "", ax: Axes | None = None) -> Axes:
    """Draw one dot for each row and, where there is one, its interval; the highest on top. Times
    stand in their order, and so do rows of several columns, for the same group's to be together.

    rates  from `measure.rates` or `measure.shares`: the columns compared by, then rate or share,
           low, high; rows without a figure are left out
    title  what was counted, and in what
    unit   of the axis; none: per 1,000 words for rates, per cent for shares
    returns matplotlib axes, to change as you like

    >>> ax = dots(pd.DataFrame({"outlet": ["A"], "rate": [2.5], "low": [1.0], "high": [4.0]}))
    >>> ax.figure.get_label()
    'per 1,000 words: A 2.5 (1.0 to 4.0)'
    """
    figure = "rate" if "rate" in rates else "share"
    by = compared_by(rates)
    rows = largest(rates.dropna(subset=figure), MOST)
    in_order = len(by) > 1 or bool(CALENDAR.keys() & set(by))
    rows = rows[::-1] if in_order else rows.sort_values(figure, kind="stable")
    rows = rows.assign(_name=names(rows, by)).reset_index(drop=True)
    ax = _axes(len(rows), ax)
    known = rows["low"].notna() & rows["high"].notna()
    ax.hlines(rows.index, 0, rows[figure], color=LINE, linewidth=1)
    ax.hlines(
        rows.index[known], rows["low"][known], rows["high"][known], color=MUTED, linewidth=2.5
    )
    ax.plot(rows[figure], rows.index, "o", color=COLOURS[1], markersize=7)
    edge = rows["high"].where(known, rows[figure])
    for i, (value, right) in enumerate(zip(rows[figure], edge, strict=True)):
        _label(ax, f"{value:.1f}", right, i)
    unit = unit or UNITS[figure]
    ax.set(xlabel=unit, yticks=rows.index, yticklabels=rows["_name"], ylim=(-0.6, len(rows) - 0.4))
    ax.set_title(title, loc="left", pad=12, x=0)
    ax.set_xlim(left=0, right=max(edge.max() * 1.12, 1e-9) if len(rows) else 1)
    said = [
        f"{r['_name']} {r[figure]:.1f} ({ends(r['low'], r['high'])})"
        for _, r in rows.iloc[::-1].iterrows()
    ]
    return describe(ax, f"{title + '. ' if title else ''}{unit}: {'; '.join(said)}")


def lines(
    rates: pd.DataFrame,
    title: str = "",
    *,
    x: str = "",
    unit: str = "",
    most: int = 7,
    ax: Axes | None = None,
) -> Axes:
    """Draw one line through time for each outlet, labelled at its end, with its intervals.

    rates  from `measure.rates` or `measure.shares` with a column of time among those compared by
    x      that column; none named: the last one compared by (month, year …)
    most   lines drawn, those of the groups with most words (or most cases)
    returns matplotlib axes. A month without a figure is a gap in the line

    >>> months = pd.DataFrame({"month": ["2031-03", "2031-04"], "rate": [2.0, 3.0],
    ...                        "low": [1.0, 2.0], "high": [3.0, 4.0]})
    >>> lines(months).figure.get_label()
    'per 1,000 words by month: all 2031-03 2.0, 2031-04 3.0'
    """
    figure = "rate" if "rate" in rates else "share"
    by = compared_by(rates)
    x = x or next((c for c in CALENDAR if c in by), by[-1])
    who = [c for c in by if c != x]
    known = rates[rates[x].astype(str) != ""]
    times = _calendar(sorted(known[x].astype(str).unique()), x)
    place = {t: i for i, t in enumerate(times)}
    ax = ax or plt.subplots(figsize=(8.4, 4.2))[1]
    said = []
    whose = pd.Series(names(known, who), known.index, dtype=object)
    size = next((c for c in ("words", "n") if c in known), figure)
    drawn = known[size].groupby(whose).sum().nlargest(most).index
    for n, name in enumerate(name for name in whose.unique() if name in drawn):
        rows = known[whose == name]
        series = pd.Series(np.nan, index=times)
        series[rows[x].astype(str)] = rows[figure].to_numpy()
        colour, dash = COLOURS[n % len(COLOURS)], DASHES[n // len(COLOURS) % len(DASHES)]
        ax.plot(range(len(times)), series, marker="o", color=colour, linestyle=dash, markersize=4)
        ax.vlines(
            [place[t] for t in rows[x].astype(str)],
            rows["low"],
            rows["high"],
            color=colour,
            alpha=0.4,
        )
        there = series.dropna()
        if len(there):
            _label(ax, name, place[there.index[-1]], there.iloc[-1], colour=colour)
        said.append(f"{name} " + ", ".join(f"{t} {v:.1f}" for t, v in there.items()))
    step = max(1, len(times) // 12)
    ax.set_xticks(range(0, len(times), step), times[::step], rotation=0, fontsize=9)
    ax.set_xlim(-0.3, len(times) - 0.7 + 0.22 * max(len(times), 2))
    ax.set_ylim(bottom=0)
    unit = unit or UNITS[figure]
    ax.set_ylabel(unit)
    ax.set_title(title, loc="left", pad=12)
    about = f"{title + '. ' if title else ''}{unit} by {x}: "
    return describe(ax, about + "; ".join(said))


def _calendar(times: list[str], x: str) -> list[str]:
    """All days, weeks, months or years from the first to the last, so that a gap is seen as one."""
    if x not in CALENDAR or len(times) < 2:
        return times
    ends = [f"{t}-1" if x == "week" else t for t in (times[0], times[-1])]
    shape = "%G-W%V-%u" if x == "week" else None
    first, last = (pd.to_datetime(t, format=shape) for t in ends)
    step, name = CALENDAR[x]
    every = pd.period_range(first, last, freq=step)
    named = list(dict.fromkeys(p.start_time.strftime(name) for p in every))
    return named if len(named) <= LONGEST and set(times) <= set(named) else times


def stacks(
    shares: pd.DataFrame, title: str = "", *, of: str = "", value: str = "", ax: Axes | None = None
) -> Axes:
    """Draw one bar for each group, divided by the values of a column, each part labelled.

    shares  from `measure.shares`: the columns compared by, the column divided by, k, n, share
    of      the column divided by; none named: the last one before k
    value   k (counts) or share (per cent); none named: share
    returns matplotlib axes

    >>> table = pd.DataFrame({"outlet": ["A", "A"], "voice": ["quote", "narration"], "k": [1, 3],
    ...                       "n": [4, 4], "share": [25.0, 75.0]})
    >>> stacks(table, value="k").figure.get_label()
    'times by voice. A: quote 1, narration 3'
    """
    value = value or "share"
    *by, last = compared_by(shares)
    of = of or last
    by = [c for c in (*by, last) if c != of]
    shares = largest(shares, MOST, by) if by else shares
    rows = shares.assign(_name=names(shares, by))
    grid = rows.pivot_table(index="_name", columns=of, values=value, sort=False, fill_value=0)
    grid = grid.loc[:, (grid > 0).any()]
    bars = grid.iloc[::-1]
    ax = _axes(len(bars), ax)
    left = np.zeros(len(bars))
    widest = max(grid.sum(axis=1).max(), 1e-9) if len(grid) else 1
    for i, part in enumerate(bars):
        drawn = ax.barh(range(len(bars)), bars[part], left=left, label=str(part), **_fill(i))
        labels = [f"{v:.0f}" if v >= widest / 25 else "" for v in bars[part]]
        ax.bar_label(
            drawn, labels=labels, label_type="center", color=INK, fontsize=9, bbox=_plate()
        )
        left = left + bars[part].to_numpy()
    unit = "times" if value == "k" else "per cent"
    ax.set(xlabel=unit, yticks=range(len(bars)), yticklabels=bars.index)
    ax.set_title(title, loc="left", pad=12)
    if len(grid.columns):
        ax.legend(
            loc="upper left", bbox_to_anchor=(1, 1), frameon=False, fontsize=9, handlelength=1.6
        )
    said = [
        f"{name}: " + ", ".join(f"{part} {v:.0f}" for part, v in row.items() if v)
        for name, row in grid.iterrows()
    ]
    return describe(ax, f"{title + '. ' if title else ''}{unit} by {of}. {'; '.join(said)}")


def squares(
    shares: pd.DataFrame,
    title: str = "",
    *,
    across: str = "",
    value: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a table whose cells are squares: the area is the figure; the number is beside it.

    shares  from `measure.shares` or `measure.rates`: two or more columns compared by, and figures
    across  the column laid out sideways; none named: the last one compared by
    value   share, rate or k; none named: the first of them that is there
    returns matplotlib axes; a missing figure is an empty cell

    >>> table = pd.DataFrame({"outlet": ["A", "A"], "frame": ["war", "peace"], "k": [1, 3],
    ...                       "n": [4, 4], "share": [25.0, 75.0]})
    >>> squares(table).figure.get_label()
    'per cent. A: war 25, peace 75'
    """
    value = value or next(c for c in ("share", "rate", "k") if c in shares)
    by = compared_by(shares)
    across = across or by[-1]
    down = [c for c in by if c != across]
    shares = largest(shares, MOST, down) if down else shares
    rows = shares.assign(_name=names(shares, down))
    grid = rows.pivot_table(index="_name", columns=across, values=value, sort=False)
    size = (max(5.0, 1.8 + 1.1 * grid.shape[1]), 1.7 + 0.46 * max(len(grid), 1))
    ax = ax or plt.subplots(figsize=size)[1]
    top = max(float(grid.max().max()), 1e-9) if grid.size else 1
    for y, (_, row) in enumerate(grid.iterrows()):
        for x, figure in enumerate(row):
            _square(ax, x, y, figure, top)
    ax.set(xticks=range(grid.shape[1]), yticks=range(len(grid)), yticklabels=grid.index)
    heads = [str(c).replace(" ", "\n", 1) for c in grid]
    ax.set_xticks(range(grid.shape[1]), heads, fontsize=9)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.6, max(grid.shape[1], 1) - 0.4), ylim=(max(len(grid), 1) - 0.5, -0.5))
    ax.spines["bottom"].set_visible(False)
    ax.tick_params(axis="x", length=0, colors=INK)
    unit = UNITS.get(value, "times")
    ax.set_xlabel(unit)
    ax.set_title(title, loc="left", pad=34, x=0)
    said = [
        f"{name}: " + ", ".join(f"{c} {v:.0f}" for c, v in row.items() if pd.notna(v))
        for name, row in grid.iterrows()
    ]
    return describe(ax, f"{title + '. ' if title else ''}{unit}. {'; '.join(said)}")


def _square(ax: Axes, x: int, y: int, figure: float, largest: float) -> None:
    if pd.isna(figure):
        ax.annotate("–", (x, y), ha="center", va="center", color=MUTED, fontsize=9)
        return
    ax.scatter(
        [x - 0.18],
        [y],
        s=420 * figure / largest,
        marker="s",
        color=COLOURS[0],
        alpha=0.85,
        linewidths=0,
    )
    words = f"{figure:.1f}" if 0 < figure < 10 and figure % 1 else f"{figure:.0f}"
    ax.annotate(words, (x + 0.2, y), ha="left", va="center", color=INK, fontsize=9)


def _axes(rows: int, ax: Axes | None, width: float = 7.2) -> Axes:
    if ax is None:
        ax = plt.subplots(figsize=(width, 1.1 + 0.36 * max(rows, 1)))[1]
        if not rows:
            plt.close(ax.figure)  # nothing is drawn, so no notebook shows it
    return ax


def _label(ax: Axes, words: str, x: float, y: float, colour: str = INK) -> None:
    ax.annotate(words, (x, y), xytext=(8, 0), textcoords="offset points", va="center", color=colour)


def _fill(i: int) -> dict:
    return {
        "facecolor": COLOURS[i % len(COLOURS)],
        "hatch": HATCHES[i % len(HATCHES)],
        "edgecolor": "white",
        "linewidth": 0.8,
    }


def _plate() -> dict:
    return {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2}
