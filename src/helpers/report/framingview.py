"""Evidence for many figures at once: a drawn few of the passages behind each, numbered as they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.ledger import Ledger
from helpers.measure import spoken
from helpers.report.passages import Passages

SPAN = ["article_id", "start", "end"]


class Lines:
    """The passages that a report lists, numbered in the order in which its tables ask for them.

    ledger, evidence, window  as for `Passages`
    limit   passages listed for a figure; where there are more, so many are drawn at random
    seed    of the drawing
    """

    def __init__(self, ledger: Ledger, *, evidence: str, window: int, limit: int, seed: int):
        self.ledger, self.evidence, self.window, self.limit, self.seed = ledger, evidence, window, limit, seed
        self.numbers: dict[tuple, int] = {}
        self.labels: dict[tuple, list[str]] = {}
        self.offered: set[tuple] = set()

    def behind(self, table: pd.DataFrame, spans: pd.DataFrame, by: Sequence[str], label: str = "") -> list[list[int]]:
        """Give, for each row of a table, the numbers of the passages listed behind its figure.

        spans  article_id, start, end and the columns of `by`, which `table` has too
        label  what the list calls them; none: the values of `by`
        """
        groups = dict(iter(spans.sort_values(SPAN, kind="stable").groupby(list(by), sort=False))) if len(spans) else {}
        found = []
        for key in table[list(by)].itertuples(index=False, name=None):
            rows = groups.get(key)
            found.append([] if rows is None else self._listed(rows[SPAN], label or ", ".join(map(str, key))))
        return found

    def _listed(self, rows: pd.DataFrame, label: str) -> list[int]:
        spans = list(dict.fromkeys(rows.itertuples(index=False, name=None)))
        self.offered.update(spans)
        drawn = np.random.default_rng([self.seed, len(spans)]).permutation(len(spans))[: self.limit]
        chosen = [spans[i] for i in sorted(drawn)]
        for span in chosen:
            self.numbers.setdefault(span, len(self.numbers) + 1)
            if label not in self.labels.setdefault(span, []):
                self.labels[span].append(label)
        return sorted(self.numbers[span] for span in chosen)

    def passages(self) -> Passages:
        """Give the passages numbered so far."""
        rows = pd.DataFrame(list(self.numbers), columns=SPAN).astype({"start": int, "end": int})
        rows["figure"] = ["; ".join(self.labels[span]) for span in self.numbers]
        rows["voice"] = spoken(rows, self.ledger.voices)["voice"].tolist() if len(rows) else []
        listed = Passages(self.ledger, rows, columns=["voice", "figure"], evidence=self.evidence, window=self.window)
        spans = listed.rows[SPAN].itertuples(index=False, name=None)
        listed.rows["passage"] = [self.numbers[span] for span in spans]
        listed.rows = listed.rows.sort_values("passage", ignore_index=True)
        return listed

    def words(self) -> str:
        """Say how many passages are listed and how many were left out."""
        shown, there = len(self.numbers), len(self.offered)
        if shown == there:
            return f"All {there:,} passages behind the figures are listed."
        return f"{shown:,} of the {there:,} passages behind the figures are listed: at most {self.limit} to a figure, drawn at random. Set max_passages to list more."
