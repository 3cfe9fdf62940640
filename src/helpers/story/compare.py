"""What each article did with a shared passage: words dropped, brackets put in, other words, place
and weight."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

import numpy as np
import pandas as pd
from rapidfuzz.distance import LCSseq

from helpers.story.acts import MODAL, TELLING
from helpers.story.features import act_at, stem
from helpers.story.passages import Passage, Shared, form
from helpers.story.units import GAP, Unit
from helpers.voices.verbs import reporting

KEPT_RUNS = ["passage", "article_id", "lead_id", "start", "end", "kept", "words"]
BRACKETS = ["passage", "article_id", "start", "end", "also_in", "not_in"]
WORDINGS = ["passage", "act", "article_id", "start", "end", "words", "voice", "speaker"]
ALONE = ["article_id", "act", "start", "end", "voice", "speaker", "speaker_type"]


def truncations(found: Shared) -> pd.DataFrame:
    """Give, for each quotation of which an article kept a part, the fullest version as runs of
    words kept and dropped.

    returns  passage, article_id (who shortened), lead_id (whose words they are), start and end of
             the run in the lead's
             text, kept, words (their number); a quotation that nobody shortened is in no row

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> truncations(found)["kept"].dtype
    dtype('bool')
    """
    rows = []
    for n, passage in enumerate(found.passages, start=1):
        for article_id, parts in passage.parts.items():
            if form(parts, passage.lead) == "truncated":
                rows += [
                    (n, article_id, passage.lead.article_id, *run)
                    for run in _runs(passage.lead, parts)
                ]
    return pd.DataFrame(rows, columns=KEPT_RUNS)


def _runs(lead: Unit, parts: list[Unit]) -> list[tuple[int, int, bool, int]]:
    """Runs of the lead's words that the parts keep or drop (longest common subsequence of words;
    rapidfuzz)."""
    words = tuple(w for part in parts for w in part.words)
    runs = []
    for step in LCSseq.opcodes(lead.words, words):
        for low, high in _unbroken(lead, step.src_start, step.src_end):
            runs.append(
                (lead.spans[low][0], lead.spans[high - 1][1], step.tag == "equal", high - low)
            )
    return runs


def _unbroken(lead: Unit, low: int, high: int) -> list[tuple[int, int]]:
    """Cut a run of words where other words stand between: a reporting clause, a bracketed
    insertion."""
    edges = [i for i in range(low + 1, high) if lead.spans[i][0] - lead.spans[i - 1][1] > GAP]
    return [(a, b) for a, b in zip([low, *edges], [*edges, high], strict=True) if a < b]


def brackets(found: Shared, marks: pd.DataFrame) -> pd.DataFrame:
    """Give the bracketed insertions inside shared quotations.

    marks    article_id, start, end, mark
    returns  passage, article_id, start, end, and the other articles that carry the quotation:
             `also_in` those with brackets
             of their own in it, `not_in` those without; ids joined by commas

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> len(brackets(found, tables["marks"]))
    1
    """
    inside = marks[marks["mark"] == "insertion"].sort_values(["article_id", "start"])
    by_article = {
        a: list(zip(g["start"], g["end"], strict=True)) for a, g in inside.groupby("article_id")
    }
    rows = []
    for n, passage in enumerate(found.passages, start=1):
        held = {
            a: [
                (s, e)
                for s, e in by_article.get(a, [])
                if any(u.start <= s and e <= u.end for u in parts)
            ]
            for a, parts in passage.parts.items()
        }
        if passage.lead.kind == "quotation":
            rows += [(n, a, s, e, *_others(held, a)) for a, spans in held.items() for s, e in spans]
    return pd.DataFrame(rows, columns=BRACKETS)


def _others(held: dict[str, list], article_id: str) -> tuple[str, str]:
    other = [a for a in held if a != article_id]
    return ", ".join(a for a in other if held[a]), ", ".join(a for a in other if not held[a])


def wordings(found: Shared, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the words that differ for one act or one referent, passage by passage, with their
    voices.

    tables   tokens, hits (of naming choices), quotes, voices of the set's articles
    returns  passage, act ("refuse", …; "reporting verb"; "name of …" for a naming choice),
             article_id, start, end, words,
             voice, speaker. A row to each article that has the passage and a word for the act;
             articles without one
             have a row with no place and no words. Acts for which all use the same words are in no
             row

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> sorted(wordings(found, tables)["act"].unique())
    ['kill', 'land', 'refuse', 'reporting verb', 'watch']
    """
    said = _Said(tables)
    rows: list[tuple] = []
    for n, passage in enumerate(found.passages, start=1):
        told = {a: said.of(a, parts) for a, parts in passage.parts.items()}
        for act in sorted({act for words in told.values() for act in words}):
            ways = {a: words.get(act, []) for a, words in told.items()}
            if _differ(ways.values()):
                rows += [
                    (n, act, a, *place)
                    for a, places in ways.items()
                    for place in places or [(None, None, "", "", "")]
                ]
    return pd.DataFrame(rows, columns=WORDINGS).astype({"start": "Int64", "end": "Int64"})


def _differ(ways: Iterable[list[tuple]]) -> bool:
    """Say whether the words differ: two articles have words for it, and not the same; or a stand is
    told by some only."""
    there = [frozenset(words.lower() for _, _, words, _, _ in places) for places in ways if places]
    return len(there) > 1 and len(set(there)) > 1


WORD = re.compile(r"[\w'’-]+")
NEGATED = re.compile(r"\b(?:wo|would)n['’]t")
NEUTRAL = frozenset({"say", "tell", "add", "according to"})
"""Reporting verbs that tell nothing of an outlet's stand: said beside told is no finding."""


def told_wordings(rows: pd.DataFrame, most: int = 3) -> list[str]:
    """Say in words what stands beside what: acts that take a stand (refuse, deny, demand …) first,
    then those of most passages.

    rows  from `wordings`, with `label`, the article's short name
    most  acts told
    returns  one piece of a sentence for each act: “died” (Beacon) beside “killing” (Wire). Forms of
             one word (killed, killing) and neutral reporting verbs (said, told) are no difference

    >>> rows = pd.DataFrame({"passage": 1, "act": "kill", "label": ["Beacon", "Wire"],
    ...                      "words": ["killing", "died"]})
    >>> told_wordings(rows)
    ['“killing” (Beacon) beside “died” (Wire)']
    >>> told_wordings(rows.assign(label="Beacon"))
    []
    >>> told_wordings(rows.assign(words=["won't", 'would "not"']))
    []
    """
    stems = [_stems(words) for words in rows["words"]]
    neutral = [
        act == "reporting verb" and _lemma(words) in NEUTRAL
        for act, words in zip(rows["act"], rows["words"], strict=True)
    ]
    rows = rows.assign(stems=stems)[~np.array(neutral, dtype=bool)]
    each = rows.drop_duplicates(["passage", "act", "stems"])
    each = each.drop_duplicates(["passage", "act", "label"])  # an article beside itself is no find
    each = each[each.groupby(["passage", "act"])["stems"].transform("size") > 1]
    passages = each.groupby("act")["passage"].nunique()
    told = []
    for act in sorted(passages.index, key=lambda a: (a not in TELLING, -passages[a], a))[:most]:
        first = each[each["act"] == act]
        first = first[first["passage"] == first["passage"].iloc[0]].head(2)
        words = zip(first["words"], first["label"], strict=True)
        told.append(" beside ".join(f"“{w}” ({label})" for w, label in words))
    return told


def _stems(words: str) -> str:
    """The stems of an act's words, without marks and tense: “won't” and “would "not"” are one."""
    plain = NEGATED.sub("not", words.lower())
    return " ".join(stem(w) for w in WORD.findall(plain) if w not in MODAL)


def _lemma(words: str) -> str:
    verb = reporting().get(words.lower().split()[-1] if words else "")
    return verb.lemma if verb else words.lower()


class _Said:
    """Words for acts, reporting verbs and names inside passages."""

    def __init__(self, tables: dict[str, pd.DataFrame]):
        self.texts = dict(
            zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True)
        )
        self.tokens, self.hits, self.quotes, self.voices = (
            {a: g.sort_values("start") for a, g in tables[name].groupby("article_id")}
            for name in ("tokens", "hits", "quotes", "voices")
        )

    def of(self, article_id: str, parts: list[Unit]) -> dict[str, list[tuple]]:
        """Places by act in an article's parts of a passage: (start, end, words, voice, speaker)."""
        out: dict[str, list[tuple]] = {}
        for part in parts:
            for act, start, end in [
                *self._acts(article_id, part),
                *self._names(article_id, part),
                *self._cues(article_id, part),
            ]:
                place = (
                    start,
                    end,
                    self.texts[article_id][start:end],
                    *self.voice(article_id, start),
                )
                if place not in out.setdefault(act, []):
                    out[act].append(place)
        return out

    def _acts(self, article_id: str, part: Unit) -> list[tuple[str, int, int]]:
        rows = _within(self.tokens.get(article_id), part)
        norms, starts, ends = rows["norm"].tolist(), rows["start"].tolist(), rows["end"].tolist()
        acts = ((*act_at(norms, i), i) for i in range(len(norms)))
        return [(act, starts[i], ends[last]) for act, last, i in acts if act]

    def _names(self, article_id: str, part: Unit) -> list[tuple[str, int, int]]:
        rows = _within(self.hits.get(article_id), part)
        return [(f"name: {r.category}", r.start, r.end) for r in rows.itertuples(index=False)]

    def _cues(self, article_id: str, part: Unit) -> list[tuple[str, int, int]]:
        rows = self.quotes.get(article_id)
        if part.kind != "quotation" or rows is None:
            return []
        inside = rows[
            (rows["start"] < part.end) & (rows["end"] > part.start) & rows["cue_start"].notna()
        ]
        return [
            ("reporting verb", int(r.cue_start), int(r.cue_end))
            for r in inside.itertuples(index=False)
        ]

    def voice(self, article_id: str, at: int) -> tuple[str, str]:
        """Voice and speaker of a character."""
        return voice_at(self.voices.get(article_id), at)


def voice_at(rows: pd.DataFrame | None, at: int) -> tuple[str, str]:
    """Give the voice and the speaker of a character; empty where it is in no kept block.

    rows  one article's rows of the voices table, by start
    """
    n = bisect_right(rows["start"].tolist(), at) - 1 if rows is not None else -1
    if n < 0 or at >= rows["end"].iloc[n]:
        return "", ""
    return rows["voice"].iloc[n], rows["speaker"].iloc[n]


def _within(rows: pd.DataFrame | None, part: Unit) -> pd.DataFrame:
    if rows is None:
        return pd.DataFrame({"norm": [], "category": [], "start": [], "end": []})
    return rows[(rows["start"] >= part.start) & (rows["end"] <= part.end)]


def places(found: Shared, tokens: pd.DataFrame) -> pd.DataFrame:
    """Say where in each article its shared passages stand, and how much of it they take.

    tokens   article_id, start, end of the set's articles
    returns  passage, article_id, start, order (1 is the first shared passage of the article),
             words, share (of the
             article's words, 0 to 1), position (share of its words that come before, 0 to 1),
             heading (a title, deck or
             caption has three of the passage's features, or all), place ("headline" where it has,
             else "lead" in the first
             tenth, at least 40 words and at most 100, else "body")

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> places(found, tables["tokens"])["place"].isin(["headline", "lead", "body"]).all()
    np.True_
    """
    starts = {a: sorted(g["start"]) for a, g in tokens.groupby("article_id")}
    heads = [u for u in found.units if u.kind == "heading"]
    rows = []
    for n, passage in enumerate(found.passages, start=1):
        for article_id, parts in passage.parts.items():
            words, before = (
                sum(len(u.words) for u in parts),
                bisect_right(starts[article_id], parts[0].start - 1),
            )
            heading = any(_heads(u, parts) for u in heads if u.article_id == article_id)
            total = len(starts[article_id])
            place = (
                "headline"
                if heading
                else "lead"
                if before < min(max(40, total / 10), 100)
                else "body"
            )
            rows.append(
                (
                    n,
                    article_id,
                    parts[0].start,
                    words,
                    words / total,
                    before / total,
                    heading,
                    place,
                )
            )
    columns = ["passage", "article_id", "start", "words", "share", "position", "heading", "place"]
    table = pd.DataFrame(rows, columns=columns).sort_values(["article_id", "start"], kind="stable")
    table.insert(3, "order", table.groupby("article_id").cumcount() + 1)
    return table.sort_values(["passage", "order"], kind="stable", ignore_index=True)


def _heads(heading: Unit, parts: list[Unit]) -> bool:
    """Say whether a heading tells what the passage tells: half of what the heading is about, an act
    or number among it."""
    about = frozenset().union(*(u.features for u in parts))
    both = heading.features & about
    return (
        len(both) >= 3
        and 2 * len(both) >= len(heading.features)
        and any(f[0] in "adr" for f in both)
    )


def alone(found: Shared, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Give the stands that only one article tells of: denials, refusals, demands and the like
    without a counterpart.

    tables   tokens, voices, quotes of the set's articles
    returns  article_id, act, start and end of the clause or quotation, voice and speaker of its
             first word, speaker_type
             of the quotation it belongs to; in the order of the articles. That another article has
             no counterpart means
             that none was found: it may tell it in words that share too little, or may be too
             short

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> list(alone(found, tables))[:3], len(alone(found, tables))
    (['article_id', 'act', 'start'], 7)
    """
    shared = {
        (u.article_id, u.start, u.end)
        for p in found.passages
        for parts in p.parts.values()
        for u in parts
    }
    inside = _Inside(found.passages)
    voices = {a: g.sort_values("start") for a, g in tables["voices"].groupby("article_id")}
    quotes = {a: g for a, g in tables["quotes"].groupby("article_id")}
    rows = []
    for unit in found.units:
        words = list(unit.words)
        acts = sorted(
            {
                act
                for i, word in enumerate(words)
                if word not in MODAL and (act := act_at(words, i)[0]) in TELLING
            }
        )
        if (
            acts
            and unit.kind != "heading"
            and (unit.article_id, unit.start, unit.end) not in shared
            and not inside.covers(unit)
        ):
            kind = _speaker_type(quotes.get(unit.article_id), unit)
            rows.append(
                (
                    unit.article_id,
                    ", ".join(acts),
                    unit.start,
                    unit.end,
                    *voice_at(voices.get(unit.article_id), unit.start),
                    kind,
                )
            )
    return pd.DataFrame(rows, columns=ALONE)


class _Inside:
    """Where shared passages lie, to tell what is part of one."""

    def __init__(self, passages: list[Passage]):
        self.spans: dict[str, list[tuple[int, int]]] = {}
        for passage in passages:
            for article_id, parts in passage.parts.items():
                self.spans.setdefault(article_id, []).extend((u.start, u.end) for u in parts)

    def covers(self, unit: Unit) -> bool:
        """Say whether half of a unit lies in a shared passage."""
        return any(
            2 * (min(unit.end, e) - max(unit.start, s)) >= unit.end - unit.start
            for s, e in self.spans.get(unit.article_id, [])
        )


def _speaker_type(rows: pd.DataFrame | None, unit: Unit) -> str:
    if rows is None:
        return ""
    inside = rows[(rows["start"] < unit.end) & (rows["end"] > unit.start)]
    return inside["speaker_type"].iloc[0] if len(inside) else ""
