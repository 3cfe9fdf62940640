"""The widgets of 00-explore: fields on one side, what is found on the other; and what stands there
without a reader."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from helpers.show import explore, html, notebook
from helpers.show.explore import Choice, Explorer
from helpers.show.html import Html

if TYPE_CHECKING:
    from helpers.data import Corpus

PAUSE = 0.3  # seconds without a key before what was typed is looked up
STYLE = (
    ".framing-panel h2{font-size:1.15rem;line-height:1.3;margin:.3em 0}.framing-panel"
    " table{border-collapse:collapse;font-size:.85em}.framing-panel th,.framing-panel"
    " td{padding:.2em .6em;text-align:left;line-height:1.3;border-bottom:1px solid}.framing-panel"
    " .num{text-align:right}.framing-panel .hint{line-height:1.4}.framing-panel"
    " caption{text-align:left;font-weight:600}.framing-panel"
    " img{max-width:100%;height:auto}.framing-lines select{font-family:monospace}"
)
STATIC = (
    "Open this notebook in JupyterLab to type a term and see the rates, the chart and the"
    " concordance follow. What stands below is one choice of term, outlets and voices."
)


def _head(listed: int, hits: int) -> str:
    """Say how many lines stand below, and that there are more where there are."""
    if not hits:
        return "<p><b>Concordance</b>: no line.</p>"
    several = (
        f"the first {listed:,} of {hits:,} lines, by article"
        if listed < hits
        else "one line"
        if hits == 1
        else f"all {hits:,} lines"
    )
    return f"<p><b>Concordance</b>: {several}. Choose one to read its article below.</p>"


def somebody_is_there() -> bool:
    """Say whether a person sits before the notebook: papermill and framing report answer no
    questions, JupyterLab does."""
    if os.environ.get("FRAMING_TABLES"):
        return False
    try:
        from IPython import get_ipython

        return bool(getattr(getattr(get_ipython(), "kernel", None), "_allow_stdin", False))
    except ImportError:
        return False


def explorer(
    news: Corpus,
    term: str,
    outlets: Iterable[str] = (),
    voices: Iterable[str] = (),
    *,
    lexicons: Iterable[str] = (),
    corpus: str = "",
    draws: int = 500,
    seed: int = 20,
) -> None:
    """Show fields to type a term in, with what is found; where nobody can use them, a sentence that
    says what they would be.

    news              as `data.open` returns it
    term              to begin with; outlets and voices: none named, all
    corpus, lexicons  as the study that the button writes names them
    draws             resamples of articles for an interval; seed: of them

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> explorer(news, "war")  # doctest: +ELLIPSIS
    Open this notebook in JupyterLab to type a term and see ...
    """
    if not somebody_is_there():
        notebook.display(Html(f'<p class="note">{STATIC}</p>', STATIC))
        return
    from IPython.display import display

    choice = Choice(term, tuple(outlets), tuple(voices))
    display(Panel(Explorer(news, draws=draws, seed=seed), choice, corpus, tuple(lexicons)).box)


class Panel:
    """The widgets and what they do. `box` holds them all."""

    def __init__(self, looking: Explorer, choice: Choice, corpus: str, lexicons: tuple[str, ...]):
        self.looking, self.corpus, self.lexicons = looking, corpus, lexicons
        self._timer: asyncio.TimerHandle | None = None
        self._fields(choice)
        self._views()
        self.box = self._box()
        for field in (self.term, self.outlets, self.voices):
            field.observe(self._soon, "value")
        self.entry.observe(self._take, "value")
        self.lines.observe(self._open, "value")
        self.button.on_click(lambda _: self._write())
        self.update()

    def _fields(self, choice: Choice) -> None:
        import ipywidgets as w

        wide = w.Layout(width="98%")
        self.term = w.Text(
            value=choice.term,
            description="Term",
            placeholder="a word, a phrase, regime*",
            layout=wide,
        )
        self.entry = w.Dropdown(
            options=[("…", ""), *self.looking.entries()], description="or an entry", layout=wide
        )
        self.outlets = w.SelectMultiple(
            options=self.looking.outlets,
            value=choice.outlets,
            description="Outlets",
            rows=6,
            layout=wide,
        )
        self.voices = w.SelectMultiple(
            options=self.looking.voices,
            value=choice.voices,
            description="Voices",
            rows=max(2, min(10, len(self.looking.voices))),
            layout=wide,
        )
        self.name = w.Text(
            value="", description="Study", placeholder="a name, for instance my-study", layout=wide
        )
        self.button = w.Button(description="Write as a study", layout=w.Layout(width="auto"))

    def _views(self) -> None:
        import ipywidgets as w

        self.said, self.finding, self.rates, self.chart = (w.HTML() for _ in range(4))
        self.head = w.HTML()
        self.lines = w.Select(
            options=[],
            rows=10,
            description="Lines",
            style={"description_width": "3rem"},
            layout=w.Layout(width="98%"),
        )
        self.lines.add_class("framing-lines")
        self.article = w.HTML()
        self.found: Any = None
        self.shown: Any = None

    def _box(self) -> Any:
        import ipywidgets as w

        hint = w.HTML(
            f'<style>{STYLE}</style><p class="hint">None chosen: all. Choose several with Ctrl or'
            " ⌘. The cells below this panel show the parameters, not what you choose here.</p>"
        )
        fields = w.VBox(
            [
                self.term,
                self.entry,
                self.outlets,
                self.voices,
                hint,
                self.name,
                self.button,
                self.said,
            ],
            layout=w.Layout(width="32%", min_width="18rem"),
        )
        seen = w.VBox([self.finding, self.rates, self.chart], layout=w.Layout(width="66%"))
        whole = w.VBox(
            [
                w.HBox([fields, seen], layout=w.Layout(flex_flow="row wrap")),
                self.head,
                self.lines,
                self.article,
            ]
        )
        whole.add_class("framing-panel")
        return whole

    def choice(self) -> Choice:
        """Give what the fields say."""
        return Choice(self.term.value, tuple(self.outlets.value), tuple(self.voices.value))

    def _soon(self, _: Any) -> None:
        """Look up after a pause in the typing, so that no half word is."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.update()
            return
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_later(PAUSE, self.update)

    def _take(self, change: Any) -> None:
        if change["new"]:
            self.term.value = change["new"]

    def update(self) -> None:
        """Show what the fields say."""
        self._safely(self._update)

    def _update(self) -> None:
        self.found = self.looking.view(self.choice())
        self.finding.value = explore.finding(self.found).markup
        self.rates.value = "" if self.found.problem else explore.table(self.found).markup
        self.chart.value = "" if self.found.problem else explore.figure(self.found).markup
        self.shown = self.looking.concordance(self.found)
        self.article.value = ""
        self.lines.options = [
            (line, number) for number, line in enumerate(explore.labels(self.shown))
        ]
        self.head.value = _head(len(self.shown), len(self.found.hits))
        self.lines.value = None

    def _open(self, change: Any) -> None:
        if change["new"] is not None and self.shown is not None and change["new"] < len(self.shown):
            self._safely(lambda: self._read(change["new"]))

    def _read(self, number: int) -> None:
        shown = self.looking.article(self.found, self.shown.iloc[number])
        self.article.value = shown.markup

    def _write(self) -> None:
        self._safely(
            lambda: self._say(
                explore.write_study(
                    self.name.value.strip(), self.choice(), self.corpus, self.lexicons
                )
            )
        )

    def _safely(self, act: Callable[[], None]) -> None:
        """Do it; what goes wrong is said in a sentence, since a widget has no place for a
        traceback."""
        self._say("")
        try:
            act()
        except Exception as error:  # whatever it is: the fields must go on working
            words = (str(error).splitlines() or [""])[0] or type(error).__name__
            self._say(f"This could not be shown: {words}")

    def _say(self, words: str) -> None:
        self.said.value = f'<p role="status">{html.text(words)}</p>'
