"""Words and evidence for the framing notebook: findings said in sentences, and a drawn few of the
passages behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.ledger import Ledger
from helpers.measure import Compared, spoken
from helpers.measure.phrases import interval, number_of, probability, share
from helpers.show.articles import Articles
from helpers.show.passages import Passages

NAMED = 100
"""Reprints named in the page."""

SPAN = ["article_id", "start", "end"]


class Lines:
    """The passages that a report lists, numbered in the order in which its tables ask for them.

    ledger, evidence, window  as for `Passages`
    limit   passages listed for a figure; where there are more, so many are drawn at random
    seed    of the drawing
    """

    def __init__(self, ledger: Ledger, *, evidence: str, window: int, limit: int, seed: int):
        self.ledger, self.evidence, self.window, self.limit, self.seed = (
            ledger,
            evidence,
            window,
            limit,
            seed,
        )
        self.numbers: dict[tuple, int] = {}
        self.labels: dict[tuple, list[str]] = {}
        self.ids = pd.Index(sorted(set().union(*ledger.holds)))
        self.offered: list[np.ndarray] = []

    def behind(
        self, table: pd.DataFrame, spans: pd.DataFrame, by: Sequence[str], label: str = ""
    ) -> list[list[int]]:
        """Give, for each row of a table, the numbers of the passages listed behind its figure.

        spans  article_id, start, end and the columns of `by`, which `table` has too
        label  what the list calls them; none: the values of `by`
        """
        for column in (
            by if len(table) else ()
        ):  # the groups of a whole corpus are many, those of a table few
            spans = spans[spans[column].isin(table[column].unique())]
        groups = dict(iter(spans.groupby(list(by), sort=False))) if len(spans) else {}
        keys = table[list(by)].itertuples(index=False, name=None) if len(table) else []
        return [
            self._listed(groups[key], label or ", ".join(map(str, key))) if key in groups else []
            for key in keys
        ]

    def between(
        self, table: pd.DataFrame, spans: pd.DataFrame
    ) -> tuple[list[list[int]], list[list[int]]]:
        """Give the passages behind both sides of a comparison.

        table  outlet, against ("the rest", or an outlet), term
        spans  article_id, start, end, outlet, term
        """
        by_term = dict(iter(spans.groupby("term", sort=False))) if len(spans) else {}
        here, there = [], []
        for row in table[["outlet", "against", "term"]].itertuples(index=False):
            own = by_term[row.term]
            side = own["outlet"] == row.outlet
            other = ~side if row.against == "the rest" else own["outlet"] == row.against
            here.append(self._listed(own[side], row.term))
            there.append(self._listed(own[other], row.term))
        return here, there

    def _listed(self, rows: pd.DataFrame, label: str) -> list[int]:
        spans = self._distinct(
            np.stack(
                [self.ids.get_indexer(rows["article_id"]), rows["start"], rows["end"]], axis=1
            ).astype(np.int64)
        )
        self.offered.append(spans)
        drawn = np.random.default_rng([self.seed, len(spans)]).permutation(len(spans))[: self.limit]
        chosen = [(self.ids[a], int(start), int(end)) for a, start, end in spans[np.sort(drawn)]]
        for span in chosen:
            self.numbers.setdefault(span, len(self.numbers) + 1)
            if label not in self.labels.setdefault(span, []):
                self.labels[span].append(label)
        return sorted(self.numbers[span] for span in chosen)

    @staticmethod
    def _distinct(spans: np.ndarray) -> np.ndarray:
        """(spans × 3) article, start, end: sorted, each once."""
        spans = spans[np.lexsort(spans.T[::-1])]
        return (
            spans[np.append(True, (np.diff(spans, axis=0) != 0).any(axis=1))]
            if len(spans)
            else spans
        )

    def passages(self) -> Passages:
        """Give the passages numbered so far."""
        rows = pd.DataFrame(list(self.numbers), columns=SPAN).astype({"start": int, "end": int})
        rows["figure"] = ["; ".join(self.labels[span]) for span in self.numbers]
        voices = self.ledger.of(set(rows["article_id"]), "voices")
        rows["voice"] = spoken(rows, voices)["voice"].tolist() if len(rows) else []
        listed = Passages(
            self.ledger,
            rows,
            columns=["voice", "figure"],
            evidence=self.evidence,
            window=self.window,
        )
        listed.rows["passage"] = [
            self.numbers[span] for span in listed.rows[SPAN].itertuples(index=False, name=None)
        ]
        listed.rows = listed.rows.sort_values("passage", ignore_index=True)
        return listed

    def words(self) -> str:
        """Say how many passages are listed and how many were left out."""
        listed, there = (
            len(self.numbers),
            len(self._distinct(np.concatenate(self.offered))) if self.offered else 0,
        )
        if listed == there:
            return f"All {there:,} passages behind the linked figures are listed."
        return (
            f"{listed:,} of the {there:,} passages behind the linked figures are listed: at most"
            f" {self.limit} to a figure, drawn at random. Set max_passages to list more."
        )


def part_of(some: Sequence[str], articles: pd.DataFrame) -> list[str]:
    """Say which outlets are compared and shown, where not all are; else nothing."""
    there = articles["outlet"].nunique()
    if len(some) == there:
        return []
    mine = int(articles["outlet"].isin(list(some)).sum())
    return [
        f"Compared and shown: the {len(some)} of {there} outlets with the most articles"
        f" ({share(mine, len(articles))} articles); the others are part of the rest. Set"
        " most_outlets for more, or outlets for those you want. The CSV files of frames, company"
        " and agency hold all outlets."
    ]


def reprinted(dropped: pd.DataFrame, *, once: bool) -> str:
    """Say which articles print a text that another prints, and whether they count; from
    `collapse`."""
    if dropped.empty:
        return "No text is printed twice."
    rows = "; ".join(
        f"{r.article_id} ({r.outlet}) prints the text of {r.kept_id}"
        for r in dropped.head(NAMED).itertuples()
    )
    rows += f"; and {len(dropped) - NAMED:,} more, in reprints.csv" if len(dropped) > NAMED else ""
    return (
        f"Reprints are counted {'once' if once else 'as often as they were printed'}: {rows}. The"
        " section on other settings shows what the other way would change."
    )


def leaning_words(led: pd.DataFrame, keys: Compared, level: float) -> str:
    """Head keyness: the words whose q is within the level, or, where nothing was tested, those that
    lean furthest.

    led  rows of the table shown: leans, clear, term
    """
    if led.empty:
        return "There is nothing to compare: it takes two outlets, and a word that is common enough"
    tested = keys.table[keys.table["q"].notna()]
    sure = tested[tested["q"] <= level].sort_values(["q", "term"])
    if len(sure):
        return (
            f"{_sides(sure)} {'lean' if len(sure) > 1 else 'leans'} further than chance would have"
            f" it (q ≤ {level:g})"
        )
    if len(tested):
        return (
            f"No word leans to an outlet beyond what chance could do (q ≤ {level:g}); what follows"
            " describes"
        )
    first = led.groupby(["outlet", "against"], sort=True).head(1)
    return f"Described, not tested: {_sides(first)}"


def _sides(rows: pd.DataFrame) -> str:
    """“said” (Reuters), “offer” (Politico), …: the first six."""
    names = ", ".join(f"“{r.term}” ({r.leans})" for r in rows.head(6).itertuples())
    return names + (f" and {len(rows) - 6} more" if len(rows) > 6 else "")


def tested_words(keys: Compared, level: float) -> list[str]:
    """Say what each comparison can show, and what the tests found."""
    if keys.sides.empty:
        return ["With fewer than two outlets there is nothing to compare."]
    tested = keys.table[keys.table["q"].notna()]
    if tested.empty:
        return [
            *keys.words,
            "Nothing was tested. The table describes these articles and no others.",
        ]
    sure = int((tested["q"] <= level).sum())
    chance = (
        f"An interval that does not hold 0 is of that term alone: of {len(tested):,}, about"
        f" {level * len(tested):.0f} would not hold it by chance."
    )
    return [*keys.words, f"Of {len(tested):,} terms tested, {sure:,} have q ≤ {level:g}. {chance}"]


KEYNESS = {
    "times": "f_a",
    "times there": "f_b",
    "articles": "range_a",
    "articles there": "range_b",
    "log-odds": "delta",
    "from": "delta_low",
    "to": "delta_high",
    "log ratio": "log_ratio",
    "LRC": "lrc",
    "G²": "g2",
    "q": "q",
    "DP": "dp_a",
}
"""Heading → column of the keyness table; rates, %DIFF, odds ratio, BIC and z are in the CSV."""


def keyness_rows(led: pd.DataFrame, sides: pd.DataFrame) -> pd.DataFrame:
    """Give the table of the terms that lean furthest: outlet (and against, where it is not the
    rest), term, KEYNESS, note."""
    single = sides.loc[sides["articles_a"] == 1, "outlet"]
    against = [] if set(led["against"]) <= {"the rest"} else ["against"]
    table = led[["outlet", *against, "term"]].assign(
        **{heading: led[column] for heading, column in KEYNESS.items()}
    )
    told = r"; described, not tested|described, not tested|: %DIFF and odds ratio undefined"
    notes = led["note"].astype(str).str.replace(told, "", regex=True)
    only = [
        note.replace(f"in one article of {o}", "") if o in set(single) else note
        for o, note in zip(led["outlet"], notes, strict=True)
    ]
    return table.assign(note=[note.strip("; ") for note in only])


def compared_rows(sides: pd.DataFrame) -> pd.DataFrame:
    """Give the table of what is compared: articles and words on both sides, the smallest p, whether
    it is tested."""
    names = {
        "outlet": "outlet",
        "against": "against",
        "articles_a": "articles",
        "words_a": "words",
        "articles_b": "articles there",
        "words_b": "words there",
    }
    p = [probability(value) for value in sides["smallest_p"]]
    return (
        sides[list(names)]
        .rename(columns=names)
        .assign(**{"smallest p": p, "tested": sides["tested"].map({True: "yes", False: "no"})})
    )


def leaning_list(led: pd.DataFrame) -> str:
    """List the terms of a chart with their numbers, for readers who do not see it."""
    return "; ".join(
        f"{r.outlet}, {r.term}: {r.delta:.2f} ({interval(r.delta_low, r.delta_high, digits=2)}),"
        f" {r.f_a} against {r.f_b}"
        for r in led.itertuples()
    )


def frame_words(own: pd.DataFrame, files: Sequence) -> str:
    """Head the frames: the commonest of the first lexicon, and where it is most and least common.

    own  outlet, lexicon, category, k, n, share in the voices counted
    """
    if not files:
        return "No lexicon of frames was given"
    first = own[own["lexicon"] == files[0].name]
    if first.empty or not first["k"].sum():
        return f"No frame of {files[0].name} was found"
    total = (
        first.groupby("category", sort=True)[["k", "n"]]
        .sum()
        .sort_values("k", ascending=False, kind="stable")
    )
    name, k, n = total.index[0], *total.iloc[0]
    rows = first[first["category"] == name].sort_values(
        ["share", "outlet"], ascending=[False, True]
    )
    ends = " and ".join(
        f"{r.share:.0f} of 100 in {r.outlet}"
        for r in (rows.iloc[[0, -1]] if len(rows) > 1 else rows).itertuples()
    )
    return (
        f"Signs of {name} are the commonest of the frames: in {share(int(k), int(n))} sentences;"
        f" {ends}"
    )


def by_voice(shares: pd.DataFrame) -> pd.DataFrame:
    """Set the two groups of voices side by side: lexicon, category, and for own and other
    sentences, of, per 100, articles.

    shares  from `per_hundred`, by voice ("own", "other"), lexicon, category; frames that are in
            neither are left out
    """
    found = shares[shares.groupby(["lexicon", "category"])["k"].transform("sum") > 0]
    names = {
        "k": "sentences",
        "n": "of",
        "share": "per 100",
        "low": "from",
        "high": "to",
        "articles_with": "articles with it",
    }
    parts = [
        found[found["voice"] == v]
        .set_index(["lexicon", "category"])[list(names)]
        .rename(columns=lambda c, v=v: f"{v}: {names[c]}")
        for v in ("own", "other")
    ]
    table = pd.concat(parts, axis=1, sort=False).reset_index()
    whole = [c for c in table if c.endswith((": sentences", ": of", ": articles with it"))]
    return table.astype(dict.fromkeys(whole, "Int64"))


def never(shares: pd.DataFrame) -> str:
    """Say which frames no voice carries at all."""
    total = shares.groupby(["lexicon", "category"], sort=False)["k"].sum()
    names = [f"{category} ({lexicon})" for lexicon, category in total[total == 0].index]
    return (
        f"Not found in any voice: {', '.join(names)}."
        if names
        else "Every frame is found somewhere."
    )


def company_words(best: pd.DataFrame, targets: Sequence[str]) -> str:
    """Head the company: the nearest word of each target in the outlet that names it most."""
    if best.empty:
        return "No target has company that recurs" if targets else "No target was named"
    said = []
    for target in targets:
        rows = best[best["target"] == target]
        if len(rows):
            top = rows.sort_values(
                ["nodes", "log_dice", "term"], ascending=[False, False, True]
            ).iloc[0]
            said.append(
                f"“{target}” stands beside “{top.term}” in {top.outlet} ({top.near} near"
                f" {number_of(top.nodes, 'mention')})"
            )
    return "; ".join(said)


def agency_words(acts: pd.DataFrame, whom: pd.DataFrame) -> str:
    """Head agency: how many acts name no doer, and the outlet in which most do; from `per_hundred`,
    with at least ten acts."""
    if acts.empty:
        return "No act of violence was found in these voices"
    words = (
        f"{share(int(acts['unnamed'].sum()), len(acts))} acts of violence are told without naming"
        " who did it"
    )
    enough = whom[whom["n"] >= 10].sort_values(["share", "outlet"], ascending=[False, True])
    if len(enough) < 2:
        return words
    top, low = enough.iloc[0], enough.iloc[-1]
    return f"{words}: {top.k} of {top.n} in {top.outlet}, {low.k} of {low.n} in {low.outlet}"


def under(parts: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """Put tables under one another with their key in a column."""
    rows = [table.assign(**{name: key}) for key, table in parts.items() if len(table)]
    empty = next(iter(parts.values()), pd.DataFrame()).head(0)
    return (
        pd.concat(rows, ignore_index=True)
        if rows
        else empty.assign(**{name: pd.Series(dtype=object)})
    )


ROLES = {
    "is the doer": ("doer", None),
    "is done to": ("done_to", None),
    "done to, doer named": ("done_to", False),
    "done to, nobody named": ("done_to", True),
}
"""Column of the table of parties → which names of an act, and whether its doer is unnamed."""


def role_spans(acts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give, for each column of the table of parties, the acts behind it: article_id, start, end,
    outlet, party."""
    found = {}
    for column, (where, unnamed) in ROLES.items():
        rows = acts if unnamed is None else acts[acts["unnamed"] == unnamed]
        found[column] = (
            rows.assign(party=rows[where])
            .explode("party")
            .dropna(subset=["party"])[[*SPAN, "outlet", "party"]]
        )
    return found


def roles(acts: pd.DataFrame, parties: Sequence[str], outlets: Sequence[str]) -> pd.DataFrame:
    """Count by party and outlet: party, outlet, and the columns of ROLES."""
    rows = pd.MultiIndex.from_product([parties, outlets], names=["party", "outlet"])
    counts = {
        column: part.groupby(["party", "outlet"]).size().reindex(rows, fill_value=0)
        for column, part in role_spans(acts).items()
    }
    return pd.DataFrame(counts, index=rows).reset_index()


KEYNESS_SHOWN = {
    "like": {
        "times": ["articles", "log-odds", "interval", "log ratio", "LRC", "G²", "DP"],
        "times there": ["articles there"],
    },
    "intervals": {"interval": ("from", "to")},
    "without": {
        "from dealing whole articles out to the two sides anew, over the terms of keyness-all.csv": [
            "q"
        ]
    },
}
"""How the keyness table leads to its passages: what is computed of a term leads to its uses in the
outlet."""


def both_sides(basis: Articles, sides: pd.DataFrame, articles: pd.DataFrame) -> dict[str, list]:
    """Give the articles behind the table of what is compared, by its columns.

    sides  outlet, against ("the rest", or an outlet)
    """
    ids = {outlet: set(rows["article_id"]) for outlet, rows in articles.groupby("outlet")}
    rest = [
        ids.get(r.against, set(articles["article_id"]) - ids[r.outlet]) for r in sides.itertuples()
    ]
    here, there = basis.behind(sides, "outlet"), basis.of(rest)
    return {"articles": here, "words": here, "articles there": there, "words there": there}


def nearby(
    lines: Lines,
    best: pd.DataFrame,
    beside: pd.DataFrame,
    sought: pd.DataFrame,
    spoken: pd.DataFrame,
) -> dict[str, list]:
    """Give the passages behind the strengths of company, by column: near the target, the target,
    the term in all."""
    if best.empty:
        return {}
    targets = sought.rename(columns={"category": "target"}).drop(columns="term", errors="ignore")
    return {
        "near": lines.behind(best, beside, ["outlet", "target", "term"]),
        "target found": lines.behind(best, targets, ["outlet", "target"]),
        "in all": lines.behind(best, spoken, ["outlet", "term"]),
    }
