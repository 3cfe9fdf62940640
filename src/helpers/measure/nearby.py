"""The company of targets in a whole ledger: what stands near them is counted partition by
partition, and scored at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.ledger import Ledger
from helpers.measure.checks import coded
from helpers.measure.collocates import _marked, _near, _node_spans, scored
from helpers.measure.counts import TermCounts, _span_of

TOKENS = ("article_id", "sentence_id", "start", "end", "norm")
SPANS = ("article_id", "start", "end", "voice")


class Near(NamedTuple):
    """What stands near the targets of a corpus.

    company  window → target, outlet, nodes, then the columns of `collocates`: as `company` gives
             them for each target
    around   target, article_id, start, end, term, outlet: the words near a target within the first
             window, each once
    """

    company: dict[int, pd.DataFrame]
    around: pd.DataFrame


def near(
    ledger: Ledger,
    counts: TermCounts,
    nodes: pd.DataFrame,
    heard: Iterable[str],
    windows: Sequence[int],
    targets: Sequence[str],
    **settings,
) -> Near:
    """Find the collocates of targets for each outlet, as `company` does, without all tokens in
    memory.

    counts    of the articles looked at, in the voices heard (`Tally.counts`): what is compared with
    nodes     article_id, start, end, category (the target): occurrences in the voices heard
    heard     voices whose words are the company
    windows   tokens to each side; the first is that of `around`
    targets   whose company: the tables follow their order
    settings  least_count, leave_out of `collocates`

    >>> from helpers import data, measure
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> counts = measure.tally(news.ledger, news.articles, ["narration"]).counts(news.articles)
    >>> nodes = news.hits.query("voice == 'narration'").assign(category="loaded")
    >>> found = near(news.ledger, counts, nodes, ["narration"], [3, 5], ["loaded"])
    >>> list(found.company), found.around["target"].unique().tolist()
    ([3, 5], ['loaded'])
    """
    articles = counts.articles
    inside = nodes[nodes["article_id"].isin(articles["article_id"])]
    sums = _Sums(counts, windows)
    for part in ledger.each(set(inside["article_id"]), tokens=TOKENS, voices=SPANS):
        wanted = part.voices["voice"].isin(list(heard)).to_numpy()
        rows = _beside(
            part.tokens, inside[inside["article_id"].isin(part.tokens["article_id"].cat.categories)]
        )
        rows = rows[wanted[_span_of(rows, part.voices.assign(speaker=""))]]
        rows = rows.astype({"article_id": object}).sort_values(
            ["article_id", "start"], ignore_index=True
        )
        here = inside[inside["article_id"].isin(rows["article_id"].unique())]
        for target, mine in here.groupby("category", sort=True):
            sums.add(target, rows, mine)
    there = [t for t in dict.fromkeys(targets) if t in set(inside["category"])]
    return Near({w: sums.scored(there, w, settings) for w in windows}, sums.around())


def _beside(tokens: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The tokens of the sentences that a node stands in: no window reaches further."""
    codes = tokens["article_id"].cat.codes.to_numpy()
    order = np.lexsort((tokens["start"].to_numpy(), codes))
    tokens, codes = tokens.iloc[order], codes[order]
    spans, sentence = _node_spans(tokens, nodes), tokens["sentence_id"].to_numpy()
    runs = np.cumsum((np.diff(codes, prepend=-1) != 0) | (np.diff(sentence, prepend=-1) != 0))
    return tokens[np.isin(runs, runs[_marked(len(tokens), spans)])]


def places(
    ledger: Ledger, articles: pd.DataFrame, terms: Iterable[str], heard: Iterable[str]
) -> pd.DataFrame:
    """Find where some terms stand in the voices heard: article_id, start, end, term, outlet.

    articles  article_id, outlet

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> found = places(news.ledger, news.articles, ["the"], ["headline", "narration"])
    >>> list(found), found["term"].unique().tolist()
    (['article_id', 'start', 'end', 'term', 'outlet'], ['the'])
    """
    wanted, kept = set(terms), list(heard)
    parts = [
        pd.DataFrame({"article_id": [], "start": [], "end": [], "term": []}).astype(
            {"start": int, "end": int, "article_id": object, "term": object}
        )
    ]
    for part in ledger.each(articles["article_id"] if wanted else [], tokens=TOKENS, voices=SPANS):
        rows = part.tokens[part.tokens["norm"].isin(wanted)]
        voice = part.voices["voice"].isin(kept).to_numpy()
        rows = rows[voice[_span_of(rows, part.voices.assign(speaker=""))]]
        parts.append(
            rows[["article_id", "start", "end", "norm"]]
            .astype({"article_id": object, "norm": object})
            .rename(columns={"norm": "term"})
        )
    return pd.concat(parts, ignore_index=True).merge(
        articles[["article_id", "outlet"]], on="article_id"
    )


class _Sums:
    """Partial results by target: they add up over the parts."""

    def __init__(self, counts: TermCounts, windows: Sequence[int]):
        self.counts, self.windows = counts, windows
        self.outlet_of = counts.articles.set_index("article_id")["outlet"].astype(object)
        self.terms = pd.Index(counts.terms)
        codes, names = pd.factorize(counts.articles["outlet"].astype(object), sort=True)
        one = sparse.csr_array(
            (np.ones(len(codes), np.int64), (codes, np.arange(len(codes)))),
            shape=(len(names), len(codes)),
        )
        self.outlets, self.totals = pd.Index(names), sparse.csr_array(one @ counts.matrix)
        self.sizes = np.asarray(self.totals.sum(axis=1)).ravel()
        self.near: dict[tuple, list[pd.DataFrame]] = defaultdict(list)
        self.nodes: dict[str, list[pd.DataFrame]] = defaultdict(list)
        self.spans: dict[tuple, int] = defaultdict(int)
        self.told: list[pd.DataFrame] = []

    def add(self, target: str, rows: pd.DataFrame, nodes: pd.DataFrame) -> None:
        """Count what is near a target in the words of some articles."""
        spans = _node_spans(rows, nodes)
        is_node = _marked(len(rows), spans)
        keys = pd.DataFrame(
            {
                "article_id": rows["article_id"],
                "term": coded(rows["norm"], self.terms.get_indexer),
                "outlet": rows["article_id"].map(self.outlet_of),
            }
        )
        self.nodes[target].append(
            keys[is_node]
            .groupby(["outlet", "term"], sort=False)
            .size()
            .rename("nodes")
            .reset_index()
        )
        for outlet, k in keys["outlet"].iloc[spans[:, 0]].value_counts().items():
            self.spans[target, outlet] += int(k)
        for window in self.windows:
            here = _near(rows, spans, window) & ~is_node
            found = (
                keys[here]
                .groupby(["outlet", "term"], sort=False)["article_id"]
                .agg(["size", "nunique"])
            )
            self.near[target, window].append(
                found.set_axis(["near", "articles"], axis=1).reset_index()
            )
            if window == self.windows[0]:
                told = rows.loc[here, ["article_id", "start", "end"]].assign(
                    term=self.terms.to_numpy(object)[keys["term"][here]]
                )
                self.told.append(told.assign(outlet=keys["outlet"][here], target=target))

    def around(self) -> pd.DataFrame:
        columns = ["target", "article_id", "start", "end", "term", "outlet"]
        if not self.told:
            return pd.DataFrame(columns=columns)
        return pd.concat(self.told)[columns].sort_values(
            ["target", "article_id", "start"], kind="stable", ignore_index=True
        )

    def scored(self, targets: Sequence[str], window: int, settings: Mapping) -> pd.DataFrame:
        """Give the tables of all targets under one another."""
        parts = [self._one(target, window, settings) for target in targets]
        table = pd.concat([part for part in parts if len(part)] or [_empty()], ignore_index=True)
        first = ["outlet", "nodes"]
        return table[[*first, *(c for c in table if c not in (*first, "target")), "target"]]

    def _one(self, target: str, window: int, settings: Mapping) -> pd.DataFrame:
        keys = ["outlet", "term"]
        found = pd.concat(self.near[target, window]).groupby(keys, sort=True).sum().reset_index()
        nodes = pd.concat(self.nodes[target]).groupby(keys, sort=True)["nodes"].sum()
        inside = nodes.reindex(pd.MultiIndex.from_frame(found[keys]), fill_value=0).to_numpy()
        outlet = self.outlets.get_indexer(found["outlet"])
        count = np.asarray(self.totals[outlet, found["term"].to_numpy()]).ravel() - inside
        sizes = {
            "nodes": found["outlet"].map({o: self.spans[target, o] for o in self.outlets}),
            "window_words": found.groupby("outlet")["near"].transform("sum"),
            "words": self.sizes[outlet]
            - found["outlet"].map(nodes.groupby("outlet").sum()).to_numpy(),
        }
        table = found.assign(term=self.terms.to_numpy(object)[found["term"]], count=count)
        table = scored(
            table.assign(nodes=sizes["nodes"])[
                ["outlet", "nodes", "term", "near", "count", "articles"]
            ],
            sizes,
            **settings,
        )
        return table.assign(target=target)


@cache
def _empty() -> pd.DataFrame:
    """What `scored` gives of no rows; made only where nothing was found, since scoring imports
    scipy.stats."""
    none = pd.Series(dtype=object)
    rows = {"outlet": none, "nodes": 0, "term": none, "near": 0, "count": 0, "articles": 0}
    sizes = {"nodes": 0, "window_words": 0, "words": 0}
    return scored(pd.DataFrame(rows, index=[]), sizes).assign(target=none)
