"""One event in several articles, as plain DataFrames: what they share, cut, add and leave out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from helpers import story, study
from helpers.measure.phrases import number_of

if TYPE_CHECKING:
    from helpers.data.corpus import Corpus

TABLES = ("blocks", "tokens", "quotes", "voices", "marks", "hits")
"""Tables of the ledger from which shared passages are found."""

TRUST = 0.53
"""Score of a pair of passages below which about half are wrong, by the facts traced by hand."""

MOST_WORDS = 7
"""Words shown of one wording: reports free of article text show no run of eight."""


class Event:
    """Articles on one event, laid side by side.

    sets       the sets of articles that may be on one event: set, article_id, outlet, published …
    members    the articles of this one, by date; `label` is the short name of each
    limits     what bears on what an article could carry: words, kind, date, note
    copies     pairs of articles: the words they share, and whether one prints the other
    passages   one row per passage and article: passage, label, kind, form, lead, score, rule,
               place, sure (two of its versions score TRUST or more)
    obstacle   a sentence if there is nothing to compare; else ""
    """

    def __init__(
        self,
        corpus: Corpus,
        wanted: Sequence[str],
        number: int,
        days: int,
        words: Sequence[str] = (),
    ):
        self._corpus = corpus
        everything = corpus.ledger.of(corpus.about["article_id"], "articles")
        everything["outlet"] = everything["article_id"].map(
            corpus.about.set_index("article_id")["outlet"]
        )
        self._all = everything
        pairs = story.events(everything, corpus.ledger.tokens, corpus.ledger.quotes, days=days)
        found = _several_first(story.sets(everything, pairs, days=days), everything)
        if words:
            found = _with_words(found, corpus.search(list(words)), words)
        about = corpus.articles[["article_id", "outlet", "published", "title"]]
        self.sets = found.merge(about, on="article_id")
        ids = (
            study.chosen(list(wanted), everything["article_id"], "article")
            if wanted
            else list(found.loc[found["set"] == number, "article_id"])
        )
        rows = everything[everything["article_id"].isin(ids)]
        self._members = rows.sort_values(["published", "article_id"], ignore_index=True)
        self.labels = story.labels(self._members)

    @cached_property
    def members(self) -> pd.DataFrame:
        ids = self._members["article_id"]
        return (
            self._corpus.articles.set_index("article_id")
            .loc[ids]
            .reset_index()
            .assign(label=ids.map(self.labels).to_numpy())
        )

    @cached_property
    def _tokens(self) -> pd.DataFrame:
        return self._corpus.ledger.of(self._members["article_id"], "tokens")

    @cached_property
    def limits(self) -> pd.DataFrame:
        return self._labelled(story.limits(self._members, self._tokens))

    @cached_property
    def copies(self) -> pd.DataFrame:
        return story.copies(self._tokens)

    @cached_property
    def kept(self) -> pd.DataFrame:
        """The articles compared: those whose words are another's are left out."""
        return story.distinct(self._members, self.copies)

    @cached_property
    def _part(self) -> dict[str, pd.DataFrame]:
        ids = set(self.kept["article_id"])
        part = {name: self._rows(name) for name in TABLES}
        part = {name: rows[rows["article_id"].isin(ids)] for name, rows in part.items()}
        return part | {"articles": self.kept}

    def _rows(self, name: str) -> pd.DataFrame:
        if name != "hits":
            return self._corpus.ledger.of(self.kept["article_id"], name)
        naming = [lexicon.name for lexicon in self._corpus.lexicons if lexicon.kind == "naming"]
        hits = self._corpus.ledger.hits
        return hits[hits["lexicon"].isin(naming)]

    @cached_property
    def _shared(self) -> story.Shared:
        return story.shared(self._part)

    @cached_property
    def obstacle(self) -> str:
        return story.obstacle(self._members, self.kept, self._shared)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """One row per passage and article that has it."""
        rows = self._shared.table.dropna(subset="start").astype({"start": int, "end": int})
        return self._about(rows.assign(sure=rows["passage"].isin(self._sure)))

    @cached_property
    def _sure(self) -> frozenset[int]:
        """The passages of which two articles have a version that scores enough."""
        rows = self._shared.table.dropna(subset="start")
        held = rows[rows["score"] >= TRUST].groupby("passage")["article_id"].nunique()
        return frozenset(held.index[held > 1])

    @cached_property
    def in_words(self) -> str:
        """A sentence on what the articles share, or on why there is nothing to compare."""
        if self.obstacle:
            return self.obstacle
        articles = number_of(len(self.kept), "article")
        if not self._sure:
            return f"No passage is surely the same in two of {articles}"
        everywhere = int((self.grid != "not found").all(axis=1).sum())
        stand = "stands" if len(self._sure) == 1 else "stand"
        return (
            f"{number_of(len(self._sure), 'passage')} surely {stand} in at least two of {articles},"
            f" {everywhere} of them in all"
        )

    def _told(self) -> pd.DataFrame:
        wide = story.told(self._shared, self.labels)
        return wide[wide.index.isin(self._sure)]

    @cached_property
    def grid(self) -> pd.DataFrame:
        """What each article did with each passage that is sure: verbatim, truncated, paraphrased,
        not found; a row per passage, named by its head, a column per article."""
        wide = self._told()
        if len(wide):
            heads = story.heads(self._shared, self.kept)[wide.index]
            names = heads if self._corpus.evidence == "sentences" else [f"{n}." for n in wide.index]
            wide = wide.set_axis(list(names))
        return wide

    @cached_property
    def told(self) -> pd.DataFrame:
        """`grid` as one row per passage and article: passage, label, form."""
        wide = self._told()
        long = wide.rename_axis("passage").reset_index().melt("passage", None, "label", "form")
        return long.sort_values(["passage", "label"], ignore_index=True)

    @cached_property
    def truncations(self) -> pd.DataFrame:
        """Quotations that an article shortened: how many words it kept of the fullest version, and
        which it dropped."""
        runs = story.truncations(self._shared)
        keys = ["passage", "lead_id", "article_id"]
        rows = []
        for key, group in runs.groupby(keys, sort=True):
            kept = int(group.loc[group["kept"], "words"].sum())
            gone = group[~group["kept"]].sort_values("start")
            rows.append((*key, kept, int(group["words"].sum()), self._words(key[1], gone)))
        table = pd.DataFrame(rows, columns=[*keys, "kept", "of_words", "dropped"])
        table["fullest_in"] = table["lead_id"].map(self.labels)
        order = ["passage", "label", "fullest_in", "kept", "of_words", "dropped"]
        return self._labelled(table)[order]

    def _words(self, article_id: str, runs: pd.DataFrame) -> str:
        if self._corpus.evidence != "sentences":
            return "; ".join(f"{r.words} words at {r.start:,}–{r.end:,}" for r in runs.itertuples())
        text = self._corpus.text(article_id)
        return " […] ".join(" ".join(text[r.start : r.end].split()) for r in runs.itertuples())

    @cached_property
    def insertions(self) -> pd.DataFrame:
        """Words in brackets inside a shared quotation: the outlet's in somebody's mouth."""
        rows = story.brackets(self._shared, self._part["marks"])
        return self._about(rows.rename(columns={"also_in": "also_in", "not_in": "without_it_in"}))

    @cached_property
    def wordings(self) -> pd.DataFrame:
        """Words that differ for one act or one name: passage, act, label, words, voice, sure."""
        rows = story.wordings(self._shared, self._part)
        brief = [" ".join(str(w).split()[:MOST_WORDS]) for w in rows["words"]]
        rows = self._labelled(rows.assign(words=brief, sure=rows["passage"].isin(self._sure)))
        return rows[rows["words"] != ""].reset_index(drop=True)

    @cached_property
    def alone(self) -> pd.DataFrame:
        """Denials, refusals and demands that only one article tells of."""
        return self._about(story.alone(self._shared, self._part))

    @cached_property
    def places(self) -> pd.DataFrame:
        """Where each shared passage stands: order, place (headline, lead, body), words, and in per
        cent of the article's words its share and how many come before it."""
        rows = story.places(self._shared, self._part["tokens"])
        rows = rows.assign(share=100 * rows["share"], position=100 * rows["position"])
        return self._labelled(rows)

    @cached_property
    def order(self) -> pd.DataFrame:
        """The order in which each article tells the twelve passages that most of them have."""
        widely = self._told().index[:12]
        rows = self.places[self.places["passage"].isin(widely)]
        rows = rows.drop_duplicates(["passage", "label"])
        ranked = rows.assign(order=rows.groupby("label")["start"].rank().astype(int))
        wide = ranked.pivot(index="passage", columns="label", values="order")
        return wide.reindex(columns=[n for n in self.labels if n in wide])

    def _about(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with their article's label, its columns, and their own words."""
        return self._corpus._known(self._corpus._text(self._labelled(rows)))

    def _labelled(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(label=rows["article_id"].map(self.labels))


def _with_words(sets: pd.DataFrame, hits: pd.DataFrame, words: Sequence[str]) -> pd.DataFrame:
    """The sets of which at least half of the articles have every one of some words, numbered
    anew."""
    terms = hits.groupby("article_id")["term"].nunique()
    having = sets["article_id"].isin(terms.index[terms == len(set(words))])
    share = having.groupby(sets["set"]).transform("mean")
    kept = sets[share >= 0.5]
    number = {name: i for i, name in enumerate(kept["set"].unique(), 1)}
    return kept.assign(set=kept["set"].map(number))


def _several_first(sets: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Number the sets anew: those of several outlets come before those of one, which compare
    nothing."""
    outlet = sets["article_id"].map(articles.set_index("article_id")["outlet"])
    alone = outlet.groupby(sets["set"]).nunique().eq(1)
    order = alone.reset_index(name="alone").sort_values(["alone", "set"], kind="stable")["set"]
    number = {name: i for i, name in enumerate(order, 1)}
    return sets.assign(set=sets["set"].map(number)).sort_values("set", kind="stable")
