"""How well and how fast `story` finds reprints, articles on one event, and shared passages.

    python benchmarks/story.py            # demo gold, and planted copies in
    ../shared/dev-sets/news-10k.parquet
    python benchmarks/story.py scale      # candidates for 1,000 to 100,000 articles made of
    resampled sentences

Planted: a copy of every tenth article of SHORTEST words or more, one word in twenty replaced by a
word of another
article. Goals: recall and precision .99; candidates for 10,000 articles in under 60 s on two cores;
growth near linear.

A pair found that holds a copy is right where both come from one article, or where the two articles
they come from
are one text by a measure that the finder does not use: their words, as a whole, are alike by 80 %
(Indel ratio of
rapidfuzz). `strict` counts these natural reprints as wrong.
"""

import resource
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
from rapidfuzz.distance import Indel

from helpers import engine, reliability, segment, story, terms
from helpers.story import minhash
from helpers.story.sameevent import COMMON
from helpers.story.words import Words, words

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared/dev-sets"
LEXICONS = [ROOT / "data/lexicons/loaded-terms.yml", ROOT / "data/lexicons/naming-demo.yml"]
SHARE, EVERY, ALIKE = 0.05, 10, 0.8
SENTENCES = 25  # to a resampled article


def demo() -> None:
    ledger = engine.open_ledger(ROOT / "data/raw/demo", LEXICONS)
    naming = [x.name for x in map(terms.load, LEXICONS) if x.kind == "naming"]
    tables = {
        name: getattr(ledger, name)
        for name in ("articles", "blocks", "tokens", "quotes", "marks", "hits")
    }
    tables["hits"] = tables["hits"][tables["hits"]["lexicon"].isin(naming)]
    known = reliability.facts(ROOT / "data/raw/demo")
    for label, sets in (
        ("seen while the rules were made", ["s1", "s3"]),
        ("held out", ["s2", "s4"]),
    ):
        scores, crossed = reliability.judge(known[known["set_id"].isin(sets)], tables)
        print(
            f"demo gold, sets {label}: {scores['right'].sum()} of {scores['found'].sum()} "
            f"pairs right "
            f"({scores['right'].sum() / scores['found'].sum():.3f}), {scores['hit'].sum()} of "
            f"{scores['gold'].sum()} found "
            f"({scores['hit'].sum() / scores['gold'].sum():.3f}), {scores['unjudged'].sum()} pairs "
            f"not in the gold"
        )
        print(scores.round(1).to_string(index=False))
        print(_by_form(crossed).round(3).to_string(), end="\n\n")
    _events(ledger)


def _by_form(crossed: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of each form, from the crossing of gold (down) and found (across)."""
    right = pd.Series(np.diag(crossed), index=crossed.index)
    found, gold = crossed.sum(axis=0), crossed.sum(axis=1)
    return crossed.assign(precision=right / found, recall=right / gold)


def _events(ledger: object) -> None:
    sets = story.sets(ledger.articles, story.events(ledger.articles, ledger.tokens, ledger.quotes))
    gold = pd.read_csv(ROOT / "data/raw/demo/gold/sets.csv")
    gold["found"] = gold["article_id"].map(sets.set_index("article_id")["set"])
    together = gold.groupby("set_id")["found"].agg(lambda s: s.value_counts().iloc[0])
    print(
        f"same event: {together.sum()} of {len(gold)} articles of the gold's sets found together\n"
    )


def real() -> tuple[list[str], list[list[str]]]:
    rows = pd.read_parquet(SHARED / "news-10k.parquet", columns=["article_id", "text"])
    cut = segment._words()
    return rows["article_id"].tolist(), [
        [t[s:e].lower() for s, e in cut.span_tokenize(t)] for t in rows["text"]
    ]


def tokens(ids: list[str], texts: list[list[str]]) -> pd.DataFrame:
    norms = pd.Series([w for text in texts for w in text], dtype="str")
    return pd.DataFrame(
        {
            "article_id": np.repeat(np.array(ids, dtype=object), [len(t) for t in texts]),
            "norm": norms,
        }
    )


def planted(ids: list[str], texts: list[list[str]]) -> None:
    random = np.random.default_rng(20)
    chosen = [n for n, text in enumerate(texts) if len(text) >= minhash.SHORTEST][::EVERY]
    copies = [_changed(texts[n], texts, random) for n in chosen]
    table = tokens(ids + [f"copy of {ids[n]}" for n in chosen], texts + copies)
    start = perf_counter()
    given = words(table)
    found = minhash.pairs(given)
    seconds = perf_counter() - start
    place = {name: n for n, name in enumerate(ids)}
    pairs = [
        (a, b, place[_bare(a)], place[_bare(b)])
        for a, b in found[["a", "b"]].itertuples(index=False)
        if a != _bare(a) or b != _bare(b)
    ]
    own = sum(i == j for *_, i, j in pairs)
    natural = sum(
        i != j and Indel.normalized_similarity(texts[i], texts[j]) >= ALIKE for *_, i, j in pairs
    )
    print(
        f"planted copies: {own} of {len(chosen)} found (recall {own / len(chosen):.4f}); "
        f"of {len(pairs)} pairs that hold a copy "
        f"{own} are planted and {natural} natural reprints "
        f"(precision {(own + natural) / len(pairs):.4f}; strict {own / len(pairs):.4f})"
    )
    print(
        f"{len(given.article_ids):,} articles, {len(given.hashes):,} words: {seconds:.1f} s from"
        " tokens to verified pairs\n"
    )


def real_events() -> None:
    """Articles on one event among the 10,000, by names, numbers and dates (no quotations were
    looked for)."""
    rows = pd.read_parquet(SHARED / "news-10k.parquet", columns=["article_id", "text", "date"])
    cut = segment._words()
    spans = [list(cut.span_tokenize(t)) for t in rows["text"]]
    table = tokens(
        rows["article_id"].tolist(),
        [[t[s:e].lower() for s, e in p] for t, p in zip(rows["text"], spans, strict=True)],
    )
    table["start"], table["sentence_id"] = [s for p in spans for s, _ in p], 0
    none = pd.DataFrame({"article_id": [], "start": [], "end": [], "kind": []})
    start = perf_counter()
    pairs = story.events(
        rows.assign(published=pd.to_datetime(rows["date"], errors="coerce")), table, none
    )
    print(
        f"same event: {len(rows):,} articles, {len(table):,} words in {perf_counter() - start:.1f}"
        f" s, {len(pairs):,} pairs\n"
    )


def _bare(name: str) -> str:
    return name.removeprefix("copy of ")


def _changed(text: list[str], texts: list[list[str]], random: np.random.Generator) -> list[str]:
    out = list(text)
    for at in random.choice(len(out), max(1, round(SHARE * len(out))), replace=False):
        other = texts[random.integers(len(texts))] or [""]
        out[at] = other[random.integers(len(other))]
    return out


def scale(
    texts: list[list[str]], sizes: tuple[int, ...] = (1_000, 3_000, 10_000, 30_000, 100_000)
) -> None:
    """Articles of sentences drawn from all articles, one in a hundred a copy of the one before
    it."""
    hashes = words(tokens([str(n) for n in range(len(texts))], texts))
    sentences = [
        slice(s, min(s + 24, e))
        for s, e in zip(hashes.starts[:-1], hashes.starts[1:], strict=True)
        for s in range(s, e, 24)
    ]
    for size in sizes:
        random = np.random.default_rng(size)
        drawn = random.integers(len(sentences), size=(size, SENTENCES))
        drawn[99::100] = drawn[98::100][: len(drawn[99::100])]
        parts = [np.concatenate([hashes.hashes[sentences[k]] for k in row]) for row in drawn]
        starts = np.append(0, np.cumsum([len(p) for p in parts]))
        given = Words(
            np.array([f"a{n:06}" for n in range(size)], dtype=object), starts, np.concatenate(parts)
        )
        start = perf_counter()
        marks = minhash.shingles(given, minhash.SHINGLE)
        pairs = minhash.candidates(minhash.signatures(given, marks))
        middle = perf_counter()
        found = minhash.pairs(given)
        end = perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>7,} articles, {len(given.hashes):>11,} words: "
            f"candidates {middle - start:6.2f} s ({len(pairs):,}), "
            f"with verification {end - middle:6.2f} s ({len(found):,} pairs), peak {peak:,.0f} MB"
        )


def events_scale(sizes: tuple[int, ...] = (1_000, 3_000, 10_000, 30_000, 100_000)) -> None:
    """Articles over as many days as a tenth of their number, names and numbers drawn from a Zipf
    distribution."""
    for size in sizes:
        articles, table, quotes = _invented(size)
        start = perf_counter()
        pairs = story.events(articles, table, quotes)
        print(
            f"{size:>7,} articles, {len(table):>11,} words: same event"
            f" {perf_counter() - start:6.2f} s ({len(pairs):,} pairs; names of more than {COMMON}"
            " articles passed over)"
        )


def _invented(size: int, names: int = 40) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    random = np.random.default_rng(size)
    ids = np.array([f"a{n:06}" for n in range(size)], dtype=object)
    drawn = random.zipf(1.3, size=size * names) % 200_000
    spelled = pd.Series([f"N{n}x" for n in drawn])
    text = ["x " + " ".join(spelled.iloc[k * names : (k + 1) * names]) for k in range(size)]
    lengths = np.array(
        [[2, *(len(w) + 1 for w in spelled.iloc[k * names : (k + 1) * names])] for k in range(size)]
    )
    starts = np.cumsum(np.insert(lengths, 0, 0, axis=1)[:, :-1], axis=1)
    norms = np.insert(
        spelled.str.lower().to_numpy(dtype=object).reshape(size, names), 0, "x", axis=1
    )
    days = pd.to_datetime("2031-01-01") + pd.to_timedelta(
        random.integers(0, max(1, size // 10), size), unit="D"
    )
    table = pd.DataFrame(
        {
            "article_id": np.repeat(ids, names + 1),
            "sentence_id": 0,
            "start": starts.ravel(),
            "norm": norms.ravel(),
        }
    )
    none = pd.DataFrame({"article_id": [], "start": [], "end": [], "kind": []})
    return pd.DataFrame({"article_id": ids, "text": text, "published": days}), table, none


def main() -> None:
    if sys.argv[1:] == ["scale"]:
        scale(real()[1])
        events_scale()
        return
    demo()
    if SHARED.is_dir():
        planted(*real())
        real_events()


if __name__ == "__main__":
    main()
