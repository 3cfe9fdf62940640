"""Words that readers mark as loaded: our lexicon alone and the model, each topic left out in turn.

Run: python benchmarks/loaded.py [--write]   (--write: the weights of all topics into the table)
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from helpers.reliability.learning import loss
from helpers.terms import loaded

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT.parent / "shared/dev-sets/loaded-words.jsonl"
TABLE = ROOT / "data/lexicons/loaded-model.csv"
PENALTY = 2.0


class Words(NamedTuple):
    """All words of all sentences: features, whether marked, sentence, topic and label of each."""

    table: np.ndarray
    marked: np.ndarray
    sentence: np.ndarray
    topic: np.ndarray
    label: list[str]
    missed: np.ndarray  # marked words of a sentence that stand nowhere in it


def read(path: Path = SET) -> Words:
    """Read the set; a word is counted once in a sentence, as in benchmarks/terms.py."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tables, marked, sentence, missed = [], [], [], []
    for number, row in enumerate(rows):
        spans, table = loaded.loaded_features(row["text"])
        words = [row["text"][a:b].lower() for a, b in spans]
        gold = {w.lower() for p in row["biased_words"] for w in loaded.WORD.findall(p)}
        once = sorted({word: i for i, word in reversed(list(enumerate(words)))}.values())
        tables.append(table[once])
        marked += [words[i] in gold for i in once]
        sentence += [number] * len(once)
        missed.append(len(gold - set(words)))
    topic = np.array([row["topic"] for row in rows])
    numbers = np.array(sentence)
    return Words(
        np.vstack(tables),
        np.array(marked),
        numbers,
        topic,
        [row["label_bias"] for row in rows],
        np.array(missed),
    )


def fit(table: np.ndarray, marked: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression: the first column is the constant, not penalised."""
    from scipy.optimize import minimize

    target = np.column_stack([~marked, marked]).astype(float)
    features = sparse.csr_array(table[:, 1:])
    found = minimize(
        loss,
        np.zeros(2 * table.shape[1]),
        args=(features, target, PENALTY),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 1000},
    )
    both = found.x.reshape(-1, 2)
    weight = both[:, 1] - both[:, 0]
    return np.concatenate([weight[-1:], weight[:-1]])


def f1(gold: np.ndarray, told: np.ndarray, missed: int = 0) -> float:
    total = gold.sum() + told.sum() + missed
    return float(2 * (gold & told).sum() / total) if total else 0.0


def macro(gold: np.ndarray, told: np.ndarray) -> float:
    return (f1(gold, told) + f1(~gold, ~told)) / 2


def threshold(scores: np.ndarray, measured) -> float:
    choices = np.quantile(scores, np.linspace(0.02, 0.995, 160))
    return float(max(choices, key=lambda at: measured(scores >= at)))


def measure(words: Words) -> dict:
    """Word F1 and sentence macro-F1, each topic told by a model and thresholds of the others."""
    told = np.zeros(len(words.marked), dtype=bool)
    count = len(words.label)
    called = np.zeros(count, dtype=bool)
    chance = np.zeros(len(words.marked))
    biased = np.array([label == "Biased" for label in words.label])
    judged = np.array([label in ("Biased", "Non-biased") for label in words.label])
    of_word = words.topic[words.sentence]
    for topic in np.unique(words.topic):
        own, rest = of_word == topic, of_word != topic
        score = words.table @ fit(words.table[rest], words.marked[rest])
        chance[own] = 1 / (1 + np.exp(-score[own]))
        gold = words.marked[rest]
        told[own] = score[own] >= threshold(score[rest], lambda t, g=gold: f1(g, t))
        top = np.full(count, -np.inf)
        np.maximum.at(top, words.sentence, score)
        train = judged & (words.topic != topic)
        cut = threshold(top[train], lambda t, g=biased[train]: macro(g, t))
        called[words.topic == topic] = top[words.topic == topic] >= cut
    lexicon = words.table[:, loaded.FEATURES.index("in_lexicon")] > 0
    hit = np.zeros(count, dtype=bool)
    hit[words.sentence[lexicon]] = True
    topics = {
        t: (
            f1(
                words.marked[of_word == t],
                lexicon[of_word == t],
                words.missed[words.topic == t].sum(),
            ),
            f1(
                words.marked[of_word == t], told[of_word == t], words.missed[words.topic == t].sum()
            ),
        )
        for t in np.unique(words.topic)
    }
    new = (chance >= loaded.LIKELY) & ~lexicon
    return {
        "candidates": int(new.sum()),
        "candidates marked": float(words.marked[new].mean()),
        "lexicon": f1(words.marked, lexicon, words.missed.sum()),
        "model": f1(words.marked, told, words.missed.sum()),
        "lexicon sentences": macro(biased[judged], hit[judged]),
        "model sentences": macro(biased[judged], called[judged]),
        "topics": topics,
    }


def write(words: Words) -> None:
    """Put the weights of all topics into the table; meanings and sources stay."""
    weights = fit(words.table, words.marked)
    with TABLE.open(encoding="utf-8", newline="") as handle:
        rows = {row["feature"]: row for row in csv.DictReader(handle)}
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(["feature", "weight", "meaning", "source"])
        for name, weight in zip(loaded.FEATURES, weights, strict=True):
            out.writerow([name, f"{weight:.3f}", rows[name]["meaning"], rows[name]["source"]])


def main() -> None:
    words = read()
    if "--write" in sys.argv:
        write(words)
    got = measure(words)
    print(f"{len(words.label)} sentences of {len(got['topics'])} topics, each left out in turn")
    print(f"word F1: lexicon {got['lexicon']:.3f}, model {got['model']:.3f}")
    print(
        f"sentence macro-F1: lexicon {got['lexicon sentences']:.3f},"
        f" model {got['model sentences']:.3f}"
    )
    print(
        f"words in no entry that score {loaded.LIKELY} or more: {got['candidates']}, of which"
        f" {got['candidates marked']:.2f} are marked"
    )
    for topic, (ours, model) in got["topics"].items():
        print(f"{topic:>36} lexicon {ours:.3f} model {model:.3f}")


if __name__ == "__main__":
    main()
