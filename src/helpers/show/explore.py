"""One term, looked at as somebody types it: where it stands, in whose voice, how often, and the
study that would show it again.

Nothing here knows of widgets: `widgets` shows these views as they change.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import draw, ledger, measure, study
from helpers.show import figures, findings, html, reading, tables
from helpers.show.html import Html
from helpers.study.begin import study_file

if TYPE_CHECKING:
    from helpers.data import Corpus

LINES = 200
"""Lines of a concordance that are listed; the rates count all."""


NO_BREAK = "\u00a0"


class Choice(NamedTuple):
    """What is looked at.

    term     words, or several separated by commas, with * as in a lexicon; or an entry of a lexicon
    outlets  none named: all
    voices   none named: all
    """

    term: str
    outlets: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()


class View(NamedTuple):
    """What there is to see of a choice; `problem` says in a sentence why there is nothing."""

    choice: Choice
    problem: str
    hits: pd.DataFrame
    rates: pd.DataFrame
    articles: int


class Explorer:
    """A corpus to look terms up in.

    news    as `data.open` returns it; entries of its lexicons are counted as they count
    draws   resamples of articles for an interval
    seed    of them
    """

    def __init__(self, news: Corpus, *, draws: int = 500, seed: int = 20):
        self.news, self.draws, self.seed = news, draws, seed
        self.outlets = sorted(news.about["outlet"].unique())
        found = set(news.words["voice"].unique())
        self.voices = [voice for voice in ledger.VOICES if voice in found]

    def entries(self) -> list[tuple[str, str]]:
        """Give the entries of lexicons that have hits: what a list calls them, and the entry; the
        commonest first."""
        if not self.news.lexicons:
            return []
        counts = self.news.hits.groupby("entry").size().reset_index(name="n")
        counts = counts.sort_values(["n", "entry"], ascending=[False, True])
        pairs = zip(counts["entry"], counts["n"], strict=True)
        return [(f"{entry} ({n})", entry) for entry, n in pairs]

    def view(self, choice: Choice) -> View:
        """Look a choice up. What cannot be looked up gives a view with a problem, never an
        exception of its own."""
        try:
            outlets = study.chosen(list(choice.outlets), self.outlets, "outlet")
            voices = study.chosen(list(choice.voices), self.voices, "voice")
            found = self.news.find(choice.term)
        except ValueError as error:
            return _nothing(choice, _sentence(error))
        hits = found[found["voice"].isin(voices) & found["outlet"].isin(outlets)]
        if hits.empty:
            narrowed = len(found) or choice.outlets or choice.voices
            where = "in these outlets and voices" if narrowed else "in these articles"
            return _nothing(choice, f"“{choice.term.strip()}” was not found {where}.")
        words = self.news.words
        words = words[words["voice"].isin(voices) & words["outlet"].isin(outlets)]
        rates = measure.rates(hits, words, by="outlet", draws=self.draws, seed=self.seed)
        articles = self.news.about["outlet"].isin(outlets).sum()
        return View(choice, "", hits, rates, int(articles))

    def concordance(self, view: View, window: int = 8) -> pd.DataFrame:
        """Give the lines of a view with before, match and after; at most LINES."""
        if view.hits.empty:
            return pd.DataFrame(columns=["outlet", "voice", "before", "match", "after"])
        lines = self.news.concordance(view.hits, window).head(LINES)
        return lines.reset_index(drop=True)

    def article(self, view: View, line: pd.Series) -> Html:
        """Show the article of a line of the concordance, its place marked."""
        return reading.article(
            self.news.ledger,
            line["article_id"],
            hits=view.hits,
            at=(int(line["start"]), int(line["end"])),
            evidence=self.news.evidence,
        )


def _nothing(choice: Choice, problem: str) -> View:
    return View(choice, problem, pd.DataFrame(), pd.DataFrame(), 0)


def _sentence(error: Exception) -> str:
    line = (str(error).splitlines() or ["nothing can be shown"])[0].removeprefix("search: ")
    return line[:1].upper() + line[1:] + ("" if line.endswith(".") else ".")


def finding(view: View) -> Html:
    """Head a view with what it shows, or with why it shows nothing."""
    if view.problem:
        return Html(f'<p class="note">{html.text(view.problem)}</p>', view.problem)
    where = f"in {view.hits['article_id'].nunique()} of {view.articles:,} articles"
    times = f"{len(view.hits):,} time{'s' if len(view.hits) > 1 else ''}"
    about = f"“{view.choice.term.strip()}” stands {times} {where}"
    words = findings.said(view.rates, about)
    return Html(f"<h2>{html.text(words)}</h2>", words)


def table(view: View) -> Html:
    """Show the hits and rates of a view by outlet."""
    if view.problem:
        return finding(view)
    caption = f"“{view.choice.term.strip()}” by outlet"
    return tables.made(view.rates, caption=caption, name="explored")


def figure(view: View) -> Html:
    """Draw the rates of a view."""
    if view.problem:
        return finding(view)
    axes = draw.dots(view.rates, f"“{view.choice.term.strip()}”")
    return Html(figures.markup(axes.figure), figures.described(axes.figure))


def labels(lines: pd.DataFrame, width: int = 40) -> list[str]:
    """Give the lines of a concordance as lines of text of one form, the term in one column.

    The padding is of spaces that a list in a browser does not draw together.
    """
    outlet, voice = (
        int(lines[name].str.len().max()) if len(lines) else 0 for name in ("outlet", "voice")
    )
    return [
        html.plain(
            f"{row.outlet:<{outlet}} {row.voice:<{voice}}"
            f" {row.before[-width:]:>{width}}▸{row.match}◂{row.after[:width]}"
        ).replace(" ", NO_BREAK)
        for row in lines.itertuples()
    ]


def write_study(
    name: str, choice: Choice, corpus: str, lexicons: Iterable[str], base: Path | None = None
) -> str:
    """Write a choice as a study of its own, and say in a sentence what became of it. A study there
    is left alone.

    name    of the folder in reports/: letters, digits, hyphens
    base    the project's folder
    """
    given = {"term": choice.term, "outlets": list(choice.outlets), "voices": list(choice.voices)}
    content = {
        "title": f"“{choice.term.strip()}”",
        "corpus": corpus,
        "lexicons": list(lexicons),
        "reports": [
            {"notebook": "00-explore", "parameters": {k: v for k, v in given.items() if v}}
        ],
    }
    try:
        study_file(name, _yaml(content), base or study.root())
    except OSError as error:
        return f"reports/{name}/study.yml could not be written: {error.strerror}."
    except ValueError as error:
        return _sentence(error)
    return f"Written: reports/{name}/study.yml. Render it with: framing report {name}"


def _yaml(content: dict) -> str:
    from ruamel.yaml import YAML

    out = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    (
        writer.default_flow_style,
        writer.allow_unicode,
        writer.width,
        writer.sort_base_mapping_type_on_output,
    ) = (
        False,
        True,
        4096,
        False,
    )
    writer.dump(content, out)
    return out.getvalue()
