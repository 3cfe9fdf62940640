"""Figures: any matplotlib figure that a cell leaves open is shown as SVG that follows the page's
colours, with its description for readers who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from helpers.show import html, notebook
from helpers.show.html import Html

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WARNING = (
    "This figure has no description for readers who do not see it:"
    ' give one with show.figure(axes, alt="…").'
)


def figure(axes: Axes, alt: str = "") -> None:
    """Show a chart with a description of your own; the functions of `draw` bring theirs along.

    axes  matplotlib axes
    alt   what the chart shows, with its numbers; none: the description that it has already

    Example: show.figure(rates.plot.barh(x="outlet", y="rate"), alt="Rates by outlet: …")

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> import pandas as pd
    >>> figure(pd.Series([1, 2]).plot.bar(), alt="Two bars: 1 and 2")
    Two bars: 1 and 2
    """
    if alt.strip():
        axes.figure.set_label(alt)
    notebook.display(Html(markup(axes.figure), described(axes.figure)))


def described(drawn: Figure) -> str:
    """Return a figure's description: its own, or what its titles and labels say."""
    if str(drawn.get_label() or "").strip():
        return str(drawn.get_label())
    words = [drawn.get_suptitle()]
    words += [part for ax in drawn.axes for part in (ax.get_title(loc="left"), ax.get_title())]
    words += [part for ax in drawn.axes for part in (ax.get_xlabel(), ax.get_ylabel())]
    said = "; ".join(dict.fromkeys(" ".join(w.split()) for w in words if w.strip()))
    return f"A figure without a description. {said}".strip()


def markup(drawn: Figure) -> str:
    """Return a figure as HTML, and close it."""
    import matplotlib.pyplot as plt

    from helpers.draw import svg

    alt = described(drawn)
    warning = "" if str(drawn.get_label() or "").strip() else f'<p class="note">{WARNING}</p>'
    titles = [drawn.get_suptitle()]
    titles += [ax.get_title(loc="left") or ax.get_title() for ax in drawn.axes]
    title = next((" ".join(t.split()) for t in titles if t.strip()), "figure")
    name = notebook.fresh_name(title)
    width, height = (round(inches * 96) for inches in drawn.get_size_inches())
    written = svg.source(drawn)
    files = _files(drawn, written, name, title, alt)
    plt.close(drawn)
    data = quote(svg.markup(written), safe=" =:/;,()'!*<>{}")
    image = (
        f'<img alt="{html.text(alt)}" width="{width}" height="{height}"'
        f' src="data:image/svg+xml,{data}">'
    )
    label = html.text(f"Chart: {html.short(title, 100)}")
    return (
        f'<figure id="f-{name}" style="--w:{width}px" role="region" tabindex="0"'
        f' aria-label="{label}">{image}</figure>{files}{warning}'
    )


def _files(drawn: Figure, written: str, name: str, title: str, alt: str) -> str:
    """In a report, the figure as files of its own, and links to them."""
    from helpers.draw import svg

    if (folder := notebook.figures_folder()) is None:
        return ""
    made = svg.save(drawn, written, folder / name, title, alt)
    links = " · ".join(
        f'<a class="file" href="figures/{file}">{file.rpartition(".")[2].upper()}</a>'
        for file in made
    )
    return f'<p class="from">This figure: {links}</p>'


def install() -> None:
    """Let cells show their open figures through `markup`, and in a report their DataFrames through
    `tables.frame`; outside a notebook nothing happens."""
    formatter = notebook.formatters()
    if formatter is None:
        return
    from matplotlib.figure import Figure

    import helpers.draw  # noqa: F401 — sets the look of every chart

    # The inline backend removes every formatter for figures each time it starts; the method stays.
    Figure._repr_html_ = markup
    _without_images()
    if notebook.tables_folder() is not None:
        import pandas as pd

        from helpers.show import tables

        formatter.for_type(pd.DataFrame, tables.frame)
        formatter.for_type(pd.Series, lambda column: tables.frame(column.to_frame()))


def _without_images() -> None:
    """Keep the inline backend from drawing each figure a second time as PNG."""
    from IPython import get_ipython

    try:
        from matplotlib_inline.config import InlineBackend
    except ImportError:  # another backend shows figures in its own way
        return
    InlineBackend.instance(parent=get_ipython()).figure_formats = set()
