"""The company of targets in a whole ledger: what stands near them is counted partition by partition, and scored at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.ledger import Ledger
from helpers.measure.checks import coded
from helpers.measure.collocates import _marked, _near, _node_spans, scored
from helpers.measure.counts import TermCounts, _span_of

TOKENS = ("article_id", "sentence_id", "start", "end", "norm")
SPANS = ("article_id", "start", "end", "voice")


class Near(NamedTuple):
    """What stands near the targets of a corpus.

    company  window → target, outlet, nodes, then the columns of `collocates`: as `company` gives them for each target
    around   target, article_id, start, end, term, outlet: the words near a target within the first window, each once
    """

    company: dict[int, pd.DataFrame]
    around: pd.DataFrame


def near(
    ledger: Ledger, counts: TermCounts, nodes: pd.DataFrame, heard: Iterable[str], windows: Sequence[int], **settings
) -> Near:
    """Find the collocates of targets for each outlet, as `company` does, without all tokens in memory.

    counts    of the articles looked at, in the voices heard (`Tally.counts`): what is compared with
    nodes     article_id, start, end, category (the target): occurrences in the voices heard
    heard     voices whose words are the company
    windows   tokens to each side; the first is that of `around`
    settings  least_count, leave_out of `collocates`
    """
    articles = counts.articles
    inside = nodes[nodes["article_id"].isin(articles["article_id"])]
    sums = _Sums(counts, windows)
    for part in ledger.each(set(inside["article_id"]), tokens=TOKENS, voices=SPANS):
        wanted = part.voices["voice"].isin(list(heard)).to_numpy()
        rows = part.tokens[wanted[_span_of(part.tokens, part.voices.assign(speaker=""))]]
        rows = rows.astype({"article_id": object}).sort_values(["article_id", "start"], ignore_index=True)
        here = inside[inside["article_id"].isin(rows["article_id"].unique())]
        for target, mine in here.groupby("category", sort=True):
            sums.add(target, rows, mine)
    targets = sorted(set(inside["category"]))
    return Near({w: sums.scored(targets, w, settings) for w in windows}, sums.around())


class _Sums:
    """Partial results by target: they add up over the parts."""

    def __init__(self, counts: TermCounts, windows: Sequence[int]):
        self.counts, self.windows = counts, windows
        self.outlet_of = counts.articles.set_index("article_id")["outlet"].astype(object)
        self.terms = pd.Index(counts.terms)
        self.near: dict[tuple, list[pd.DataFrame]] = defaultdict(list)
        self.nodes: dict[str, list[pd.DataFrame]] = defaultdict(list)
        self.spans: dict[tuple, int] = defaultdict(int)
        self.told: list[pd.DataFrame] = []

    def add(self, target: str, rows: pd.DataFrame, nodes: pd.DataFrame) -> None:
        """Count what is near a target in the words of some articles."""
        spans = _node_spans(rows, nodes)
        is_node = _marked(len(rows), spans)
        keys = pd.DataFrame({
            "article_id": rows["article_id"], "term": coded(rows["norm"], self.terms.get_indexer),
            "outlet": rows["article_id"].map(self.outlet_of),
        })  # fmt: skip
        self.nodes[target].append(keys[is_node].groupby(["outlet", "term"], sort=False).size().rename("nodes").reset_index())
        for outlet, k in keys["outlet"].iloc[spans[:, 0]].value_counts().items():
            self.spans[target, outlet] += int(k)
        for window in self.windows:
            here = _near(rows, spans, window) & ~is_node
            found = keys[here].groupby(["outlet", "term"], sort=False)["article_id"].agg(["size", "nunique"])
            self.near[target, window].append(found.set_axis(["near", "articles"], axis=1).reset_index())
            if window == self.windows[0]:
                told = rows.loc[here, ["article_id", "start", "end"]].assign(term=self.terms.to_numpy(object)[keys["term"][here]])
                self.told.append(told.assign(outlet=keys["outlet"][here], target=target))

    def around(self) -> pd.DataFrame:
        columns = ["target", "article_id", "start", "end", "term", "outlet"]
        if not self.told:
            return pd.DataFrame(columns=columns)
        return pd.concat(self.told)[columns].sort_values(["target", "article_id", "start"], kind="stable", ignore_index=True)

    def scored(self, targets: Sequence[str], window: int, settings: Mapping) -> pd.DataFrame:
        """Give the tables of all targets under one another."""
        parts = [self._one(target, outlet, rows, settings) for target in targets for outlet, rows in self._by_outlet(target, window)]
        parts = [part for part in parts if len(part)]
        empty = scored(_EMPTY, {"nodes": 0, "window_words": 0, "words": 0}).assign(outlet="", nodes=0, target=pd.Series(dtype=object))
        table = pd.concat(parts, ignore_index=True) if parts else empty
        first = ["outlet", "nodes"]
        return table[[*first, *(c for c in table if c not in (*first, "target")), "target"]]

    def _by_outlet(self, target: str, window: int) -> Iterable[tuple[str, pd.DataFrame]]:
        found = pd.concat(self.near[target, window]).groupby(["outlet", "term"], sort=True).sum().reset_index()
        return found.groupby("outlet", sort=True)

    def _one(self, target: str, outlet: str, rows: pd.DataFrame, settings: Mapping) -> pd.DataFrame:
        totals = self._totals(outlet)
        nodes = pd.concat(self.nodes[target])
        nodes = nodes[nodes["outlet"] == outlet].groupby("term")["nodes"].sum()
        places = rows["term"].to_numpy()
        count = totals[places] - nodes.reindex(places, fill_value=0).to_numpy()
        table = pd.DataFrame({"term": self.terms[places], "near": rows["near"].to_numpy(), "count": count, "articles": rows["articles"].to_numpy()})
        sizes = {"nodes": self.spans[target, outlet], "window_words": int(table["near"].sum()), "words": int(totals.sum() - nodes.sum())}
        return scored(table, sizes, **settings).assign(outlet=outlet, nodes=sizes["nodes"], target=target)

    def _totals(self, outlet: str) -> np.ndarray:
        mine = (self.counts.articles["outlet"] == outlet).to_numpy()
        return np.asarray(self.counts.matrix[mine].sum(axis=0)).ravel()


_EMPTY = pd.DataFrame({"term": pd.Series(dtype=object), "near": pd.Series(dtype=int), "count": pd.Series(dtype=int), "articles": pd.Series(dtype=int)})
