"""The annotators' rows beside what people decided by hand: one row for each decision, so that
`measure.shares` gives precision and recall by any column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import segment, study
from helpers.data.corpus import brief
from helpers.measure.phrases import number_of
from helpers.reliability import gold, mistakes, scores

if TYPE_CHECKING:
    from helpers.data import Corpus

SPAN = ["article_id", "start", "end"]
ANY = "any kind"
KINDS = (ANY, "direct", "indirect", "mixed")


class Judged:
    """What the rules found in a corpus, judged by its gold. Each frame has its article's columns.

    articles  articles that the gold covers; empty where the corpus has no gold
    of        how many articles the corpus has
    spans     one row per quotation and insertion in the gold (measure "recall") or found by the
              rules (measure "precision"): what, exact (the same first and last character), near
              (nine words in ten shared)
    words     one row per word inside a quotation, of any kind or of one: what, measure, verdict
    labels    one row per quotation found and per thing said of it: label, verdict
    terms     one row per loaded term: voice in the gold, found_as (the voice by the rules), verdict
    blocks    one row per paragraph or line: role in the gold, found_as, words, verdict
    mistakes  one row per difference: mistake, rule, expected, got

    exact, near and verdict are "right" or "wrong".
    """

    articles: pd.DataFrame
    of: int
    spans: pd.DataFrame
    words: pd.DataFrame
    labels: pd.DataFrame
    terms: pd.DataFrame
    blocks: pd.DataFrame
    mistakes: pd.DataFrame

    def __init__(self, news: Corpus, known: gold.Gold):
        self._news = news
        self.of = len(news.articles)
        self.articles = news.articles[news.articles["article_id"].isin(known.covered)]
        self._words = _words(news, known.covered)
        quotes = self._covered(news.quotes.query("kind != 'interview'"))
        inserted = self._covered(news.marks.query("mark == 'insertion'"))
        loaded = self._covered(news.hits.query("kind == 'loaded'"))
        blocks = self._covered(news.blocks)
        pairs = scores.partners(known.quotes, quotes, self._words)
        both = mistakes.paired(known.hits, loaded)
        self.mistakes = self._known(
            _joined(
                mistakes.of_quotes(known.quotes, quotes, self._words),
                mistakes.of_spans(known.insertions, inserted, "insertion"),
                mistakes.of_hits(both),
                mistakes.of_blocks(known.blocks, blocks, self._words),
            )
        )
        sides = {
            kind: [t if kind == ANY else t[t["kind"] == kind] for t in (known.quotes, quotes)]
            for kind in KINDS
        }
        self.words = self._known(_joined(*(self._each_word(k, *s) for k, s in sides.items())))
        sides["insertion"] = [known.insertions, inserted]
        self.spans = self._told(_joined(*(self._each_span(k, *s) for k, s in sides.items())))
        self.labels = self._told(_labels(pairs, both))
        self.terms = self._told(_terms(both))
        self.blocks = self._told(self._roles(known.blocks, blocks))

    def _covered(self, rows: pd.DataFrame) -> pd.DataFrame:
        ids = set(self.articles["article_id"])
        return rows[rows["article_id"].isin(ids)].reset_index(drop=True)

    def _known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with their article's columns."""
        return rows.merge(self._news.about, on="article_id", how="left", validate="m:1")

    def _told(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with their article's columns, and the mistake at the same place, if there is one."""
        told = self.mistakes[[*SPAN, "mistake", "expected", "got", "rule"]].drop_duplicates(SPAN)
        return self._known(rows.merge(told, on=SPAN, how="left"))

    def _each_span(self, what: str, right: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
        pairs = scores.overlap(right, found, self._words).pairs
        close = pairs[pairs["iou"] >= scores.NEAR]
        sides = {"precision": (found, right, "found"), "recall": (right, found, "gold")}
        parts = []
        for measure, (own, other, side) in sides.items():
            places = set(other[SPAN].itertuples(index=False, name=None))
            exact = [p in places for p in own[SPAN].itertuples(index=False, name=None)]
            near = np.isin(np.arange(len(own)), close[side])
            rows = own[SPAN].assign(
                what=what, measure=measure, exact=_verdict(exact), near=_verdict(near)
            )
            parts.append(rows)
        return _joined(*parts)

    def _each_word(self, what: str, right: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
        held = [scores.holder(self._words, side) >= 0 for side in (right, found)]
        both = held[0] & held[1]
        parts = [
            self._words[side].assign(what=what, measure=measure, verdict=_verdict(both[side]))
            for measure, side in (("precision", held[1]), ("recall", held[0]))
        ]
        return _joined(*parts)

    def _roles(self, right: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
        pairs = scores.overlap(right, found, self._words).pairs
        rows = right.iloc[pairs["gold"]][[*SPAN, "role"]].reset_index(drop=True)
        role = found["role"].to_numpy(object)[pairs["found"]]
        rows = rows.assign(found_as=role, words=pairs["shared"].to_numpy())
        return rows.assign(verdict=_verdict(rows["role"] == rows["found_as"]))


def judged(news: Corpus, corpus: str) -> Judged:
    """Compare what the rules found with what was decided by hand.

    news    as `data.open` returns it
    corpus  its folder; the gold is read from the folder `gold` in it
    raises  ValueError if a table of the gold lacks a column or has an offset that is no number

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> found = judged(news, "data/raw/demo")
    >>> found.of == len(news.articles), len(found.articles) > 0
    (True, True)
    """
    known = gold.read(study.root() / corpus).within(news.articles["article_id"])
    if news.evidence != "sentences":  # names are cut on both sides, or they would differ
        quotes, hits = (
            t.assign(speaker=t["speaker"].map(brief)) for t in (known.quotes, known.hits)
        )
        known = known._replace(quotes=quotes, hits=hits)
    return Judged(news, known)


def _words(news: Corpus, covered: list[str]) -> pd.DataFrame:
    """article_id, start, end of every word of some articles, of what was cut too."""
    texts = news.ledger.of(covered, "articles", ["article_id", "text"])
    pairs = zip(texts["article_id"], texts["text"], strict=True)
    spans = [(name, start, end) for name, text in pairs for start, end in segment.words(text)]
    return pd.DataFrame(spans, columns=SPAN).astype({"start": "int64", "end": "int64"})


def _labels(pairs: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    spoken = both[both["voice"].isin(["quote", "indirect", "interviewee"])]
    spoken = spoken[spoken["voice_found"] != mistakes.MISSED]
    name, found = pairs["speaker"], pairs["speaker_found"]
    right = {
        "kind": pairs["kind"].eq(pairs["kind_found"]),
        "speaker, the same name": mistakes.same_name(name, found),
        "speaker, the name or part of it": mistakes.part_of_name(name, found),
        "kind of speaker": pairs["speaker_type"].eq(pairs["speaker_type_found"]),
        "cue": pairs["cue"].eq(pairs["cue_found"]),
    }
    parts = [
        pairs[SPAN].assign(label=label, verdict=_verdict(same)) for label, same in right.items()
    ]
    same = mistakes.part_of_name(spoken["speaker"], spoken["speaker_found"])
    parts.append(spoken[SPAN].assign(label="speaker of a loaded term", verdict=_verdict(same)))
    return _joined(*parts)


def _terms(both: pd.DataFrame) -> pd.DataFrame:
    rows = both.rename(columns={"voice_found": "found_as", "entry": "term"})
    rows = rows[[*SPAN, "term", "voice", "found_as"]]
    return rows.assign(verdict=_verdict(rows["voice"].astype(str) == rows["found_as"].astype(str)))


def about_gold(found: Judged) -> str:
    """Say which of a corpus's articles the gold covers.

    >>> from types import SimpleNamespace
    >>> about_gold(SimpleNamespace(articles=["a", "b"], of=8)).split(".")[0]
    'The gold covers 2 of 8 articles'
    """
    articles = found.of
    if not len(found.articles):
        return (
            f"There is no gold for this corpus ({number_of(articles, 'article')}): nobody has"
            " decided by hand what is right in it, so how often the rules err here is not known."
            " The sample below is a way to find out."
        )
    return (
        f"The gold covers {len(found.articles)} of {number_of(articles, 'article')}. If it was made"
        " by one coder, its own errors are not known; if the rules were improved with these"
        " articles in sight, expect more errors elsewhere."
    )


def most_common(found: Judged) -> str:
    """Say which mistake is the most common, by which rule.

    >>> from types import SimpleNamespace
    >>> mistakes = pd.DataFrame(
    ...     {"mistake": ["missed", "missed", "cut"], "rule": ["cue", "cue", "dash"]})
    >>> most_common(SimpleNamespace(articles=["a"], mistakes=mistakes))
    'The most common mistake is “missed” by the rule “cue”: 2 of 3'
    """
    if not len(found.articles):
        return "Without gold no mistakes can be listed"
    if not len(found.mistakes):
        return "No mistake was found"
    counts = found.mistakes.groupby(["mistake", "rule"]).size()
    largest = counts[counts == counts.max()]
    mistake, rule = largest.index[0]
    tied = f" (as are {len(largest) - 1} others)" if len(largest) > 1 else ""
    return (
        f"The most common mistake is “{mistake}” by the rule “{rule}”: {counts.max()} of"
        f" {len(found.mistakes)}{tied}"
    )


def _verdict(right: Iterable[bool]) -> list[str]:
    return ["right" if each else "wrong" for each in right]


def _joined(*parts: pd.DataFrame) -> pd.DataFrame:
    full = [part for part in parts if len(part)]
    return pd.concat(full or parts[:1], ignore_index=True)
