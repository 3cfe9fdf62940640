"""One term, looked at: where it stands, in whose voice, how often, and the study that would show it
again.

Nothing here knows of widgets: `explorer` shows these views as they change, a report shows one of
them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import draw, ledger, measure, study, terms
from helpers.ledger import Ledger
from helpers.show import html
from helpers.show import pieces as show
from helpers.show.html import Html
from helpers.study.begin import study_file

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
    how: str = ""


class Explorer:
    """A ledger to look terms up in.

    tables    the ledger
    lexicons  files whose entries are offered and counted as they count; others that the ledger
              holds are not
    draws     resamples of articles for an interval
    seed      of them
    """

    def __init__(
        self, tables: Ledger, lexicons: Iterable[str] = (), *, draws: int = 500, seed: int = 20
    ):
        self.tables, self.draws, self.seed = tables, draws, seed
        names = [lexicon.name for lexicon in terms.loaded_from(lexicons)]
        self.hits = tables.hits[tables.hits["lexicon"].isin(names)]
        self.outlets = sorted(tables.articles["outlet"].unique())
        found = set(tables.voices["voice"].unique())
        self.voices = [voice for voice in ledger.VOICES if voice in found]
        self._words = measure.words(tables.tokens, tables.voices, tables.articles)

    def entries(self) -> list[tuple[str, str]]:
        """Give the entries of lexicons that have hits: what a list calls them, and the entry; the
        commonest first."""
        counts = (
            self.hits.groupby("entry")
            .size()
            .reset_index(name="n")
            .sort_values(["n", "entry"], ascending=[False, True])
        )
        return [
            (f"{entry} ({n})", entry) for entry, n in zip(counts["entry"], counts["n"], strict=True)
        ]

    def view(self, choice: Choice) -> View:
        """Look a choice up. What cannot be looked up gives a view with a problem, never an
        exception of its own."""
        try:
            articles = self._articles(choice)
            heard = study.chosen(list(choice.voices), self.voices, "voice")
            found, how = self._find(choice.term, articles)
        except ValueError as error:
            return _nothing(choice, _sentence(error))
        hits = found[found["voice"].isin(heard)].merge(
            articles[["article_id", "outlet"]], on="article_id"
        )
        if hits.empty:
            where = (
                "in these outlets and voices"
                if len(found) or choice.outlets or choice.voices
                else "in these articles"
            )
            return _nothing(choice, f"“{choice.term.strip()}” was not found {where}.")
        said = self._words[
            self._words["voice"].isin(heard)
            & self._words["article_id"].isin(articles["article_id"])
        ]
        counts = measure.occurrences(hits, articles, by=[])
        rates = measure.counted_rates(counts, said, by=["outlet"], seed=self.seed, draws=self.draws)
        return View(choice, "", hits, rates, len(articles), how)

    def _articles(self, choice: Choice) -> pd.DataFrame:
        wanted = study.chosen(list(choice.outlets), self.outlets, "outlet")
        return self.tables.articles[self.tables.articles["outlet"].isin(wanted)]

    def _find(self, term: str, articles: pd.DataFrame) -> tuple[pd.DataFrame, str]:
        """Hits of the term: those of the lexicon where it is an entry, else a search of its own."""
        wanted = [part.strip() for part in term.split(",") if part.strip()]
        if not wanted:
            raise ValueError(
                "Type a term: a word, a phrase, or several separated by commas; * stands for the"
                " rest of a word."
            )
        if set(wanted) <= set(self.hits["entry"]):
            listed = self.hits[
                self.hits["entry"].isin(wanted)
                & self.hits["article_id"].isin(articles["article_id"])
            ]
            names = ", ".join(sorted(listed["lexicon"].unique()))
            return (
                listed,
                f"as the lexicon {names} counts it" if names else "as a lexicon counts it",
            )
        places = ["blocks", "sentences", "voices"]
        return (
            terms.search(
                terms.targets(wanted), articles, *(getattr(self.tables, name) for name in places)
            ),
            "as typed",
        )

    def concordance(self, view: View, window: int = 8) -> pd.DataFrame:
        """Give the lines of a view: outlet, article_id, start, end, voice, before, match, after; at
        most LINES."""
        columns = ["outlet", "article_id", "start", "end", "voice", "before", "match", "after"]
        if view.hits.empty:
            return pd.DataFrame(columns=columns)
        listed = show.Passages(
            self.tables,
            view.hits[["article_id", "start", "end", "voice"]],
            columns=["voice"],
            window=window,
        )
        rows = listed.rows.head(LINES).copy()
        parts = [
            [re.sub(r"\s+", " ", part) for part in listed.context(r.article_id, r.start, r.end)]
            for r in rows.itertuples()
        ]
        rows[["before", "match", "after"]] = pd.DataFrame(parts, index=rows.index)
        return rows[columns]


def _nothing(choice: Choice, problem: str) -> View:
    hits = pd.DataFrame(columns=[*ledger.Hit._fields, "outlet"])
    return View(
        choice,
        problem,
        hits,
        pd.DataFrame(
            columns=["outlet", "hits", "words", "articles", "rate", "low", "high", "note"]
        ),
        0,
    )


def _sentence(error: Exception) -> str:
    line = (str(error).splitlines() or ["nothing can be shown"])[0].removeprefix("targets: ")
    return line[:1].upper() + line[1:] + ("" if line.endswith(".") else ".")


def finding(view: View) -> Html:
    """Head a view with what it shows, or with why it shows nothing."""
    if view.problem:
        return Html(f'<p class="note">{html.text(view.problem)}</p>', view.problem)
    where = f"in {view.hits['article_id'].nunique()} of {view.articles} articles"
    times = f"{len(view.hits):,} time{'s' if len(view.hits) > 1 else ''}"
    return show.finding(
        f"“{view.choice.term.strip()}” stands {times} {where}:"
        f" {measure.phrases.span_of_rates(view.rates)}"
    )


def _hits(view: View) -> str:
    return f"{len(view.hits):,} hit{'s' if len(view.hits) > 1 else ''}"


def table(view: View, listed: show.Passages | None = None) -> Html:
    """Show the hits and rates of a view by outlet."""
    if view.problem:
        return finding(view)
    own = view.hits[view.hits["voice"].isin(ledger.OWN)]["outlet"].value_counts()
    rows = view.rates[
        ["outlet", "hits", "words", "articles", "rate", "low", "high", "note"]
    ].reset_index(drop=True)
    rows.insert(2, "in its own voice", rows["outlet"].map(own).fillna(0).astype(int))
    rows = rows.rename(columns={"rate": "per 1,000 words", "low": "95 % from", "high": "to"})
    caption = (
        f"“{view.choice.term.strip()}” by outlet ({_hits(view)} {view.how}, {view.articles}"
        " articles)"
    )
    links = {"hits": listed.behind(rows, "outlet")} if listed is not None else None
    return show.table(rows, caption=caption, name="explored", evidence=links)


def figure(view: View) -> Html:
    """Draw the rates of a view."""
    if view.problem:
        return finding(view)
    title = f"“{view.choice.term.strip()}” per 1,000 words\n{_hits(view)}, {view.articles} articles"
    order = view.rates.sort_values("rate", ascending=False).itertuples()
    alt = f"Rates of “{view.choice.term.strip()}” per 1,000 words: " + "; ".join(
        f"{r.outlet} {r.rate:.1f} ({measure.phrases.interval(r.low, r.high)})" for r in order
    )
    return show.figure(draw.dots(view.rates, title=title), alt=alt, name="explored")


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


def fullest(tables: Ledger, view: View, evidence: str = "sentences") -> Html:
    """Show the article of a view that holds most hits, the first by name among equals, to be
    read."""
    if view.hits.empty:
        return finding(view)
    counts = view.hits["article_id"].value_counts()
    first = min(counts.index[counts == counts.max()])
    return show.article(tables, first, hits=view.hits, evidence=evidence)
