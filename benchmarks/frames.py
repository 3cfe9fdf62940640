"""How often frames are told right: by the majority, by lexicons, and learned from coding.

    python benchmarks/frames.py [--shared ../shared] [--seeds 3]

661 headlines on gun violence, each coded by others with one or two of nine frames (Gun Violence
Frame Corpus). Every prediction is made without its headline (ten folds). A prediction is right if
it is one of the headline's frames; "first" asks for the first of them.

Lexicons: frames.yml and policy-frames.yml. Which frame of the nine a category stands for is taken
from the training folds, which favours them; a headline with several gets that of most hits, one
with none the most frequent frame.

The last table learns from some of the headlines, drawn at random, and predicts all others: what
coding more would give. A frame with fewer than 5 headlines among those drawn is not learned.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import reliability, terms
from helpers.ledger import Article, Block
from helpers.reliability import learning
from helpers.study import root

LEXICONS = ("frames", "policy-frames")
SIZES = (50, 100, 200, 300, 400, 500)
DRAWS = 10


def headlines(shared: Path) -> pd.DataFrame:
    """Read the coded headlines: article_id, text, label, second."""
    rows = pd.read_json(shared / "dev-sets" / "frames-headlines.jsonl", lines=True)
    names = {"id": "article_id", "headline": "text", "frame1": "label", "frame2": "second"}
    return rows.rename(columns=names)


def categories(texts: Sequence[str]) -> list[Counter[str]]:
    """Count the hits of each category of the lexicons in each text."""
    made = terms.matcher(
        [terms.load(root() / "data/lexicons" / f"{name}.yml") for name in LEXICONS]
    )
    found = []
    for text in texts:
        article = Article("a", "", "", "", "", "", None, "", "en", "article", "", "", text)
        block = Block("a", 0, 0, len(text), "body", "")
        found.append(Counter(hit.category for hit in terms.hits(article, [block], [], [], made)))
    return found


def by_lexicon(coded: pd.DataFrame, part: np.ndarray) -> list[str]:
    """Predict by lexicons; part is the fold of each row."""
    found, label = categories(list(coded["text"])), coded["label"].to_numpy()
    said = np.empty(len(coded), dtype=object)
    for fold in np.unique(part):
        seen = np.flatnonzero(part != fold)
        means: dict[str, Counter[str]] = {}
        for i in seen:
            for category in found[i]:
                means.setdefault(category, Counter())[label[i]] += 1
        common = Counter(label[seen]).most_common(1)[0][0]
        for i in np.flatnonzero(part == fold):
            known = [c for c, _ in found[i].most_common() if c in means]
            said[i] = means[known[0]].most_common(1)[0][0] if known else common
    return list(said)


def right(rows: pd.DataFrame) -> tuple[float, float]:
    """Give the shares of rows whose prediction is one of their frames, and is the first."""
    first = rows["prediction"] == rows["label"]
    return float((first | (rows["prediction"] == rows["second"])).mean()), float(first.mean())


def curve(coded: pd.DataFrame) -> pd.DataFrame:
    """Give the shares right by how many headlines were coded, averaged over draws."""
    made = []
    for size in SIZES:
        got = []
        for seed in range(DRAWS):
            order = np.random.default_rng(seed).permutation(len(coded))
            some, rest = coded.iloc[order[:size]], coded.iloc[order[size:]]
            count = some["label"].value_counts()
            known = set(count.index[count >= learning.LEAST_UNITS])
            some = some[some["label"].isin(known)]
            some = some.assign(second=some["second"].where(some["second"].isin(known)))
            said = reliability.learn(some).predict(rest["text"])["label"]
            got.append(right(rest.assign(prediction=said)))
        made.append((size, *np.mean(got, axis=0)))
    return pd.DataFrame(made, columns=["coded", "right", "first"])


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--shared", type=Path, default=root().parent / "shared")
    asked.add_argument("--seeds", type=int, default=3, help="deals of folds, from seed 20 on")
    asked.add_argument(
        "--choose", action="store_true", help="choose the penalty inside the training folds too"
    )
    options = asked.parse_args()
    coded = headlines(options.shared)
    common = coded["label"].value_counts().idxmax()
    rows = [("majority", *right(coded.assign(prediction=common)))]
    ways: list[tuple[str, float | tuple[float, ...]]] = [
        (f"learned, penalty {p}", p) for p in (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
    ]
    if options.choose:
        ways.append(("learned, penalty chosen inside", learning.PENALTIES))
    seeds = range(20, 20 + options.seeds)
    parts = []
    for name, penalty in ways:
        told = [reliability.cross_validated(coded, penalty, seed=seed) for seed in seeds]
        parts.append((name, *np.mean([right(each) for each in told], axis=0)))
        if penalty == learning.PENALTY:
            table, fold = reliability.learned_scores(told[0]), told[0]["fold"].to_numpy()
    said = by_lexicon(coded, fold)
    rows += [("lexicons", *right(coded.assign(prediction=said))), *parts]
    print(f"{len(coded)} headlines, ten folds, mean over {len(seeds)} deals (seed 20 on)")
    print(pd.DataFrame(rows, columns=["by", "right", "first"]).round(3).to_string(index=False))
    print(f"\nlearned, penalty {learning.PENALTY}, seed 20, per cent")
    print(table.drop(columns=["articles", "note"]).round(1).to_string(index=False))
    print(f"\nlearned from some, mean of {DRAWS} draws")
    print(curve(coded).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
