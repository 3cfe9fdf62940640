"""How long keyness takes and how much memory it needs.

    python benchmarks/measure.py [ARTICLES TERMS PERMUTATIONS]

Words are drawn from a Zipf distribution, 600 to an article. Goal: 10,000 articles, 50,000 terms and
1,000 permutations in under 60 s on two cores and under 2 GB.
"""

import resource
import sys
from time import perf_counter

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.measure import Settings, TermCounts, keyness, versus

WORDS = 600


def corpus(articles: int, terms: int, seed: int = 0) -> TermCounts:
    """Random articles of WORDS words each; every term occurs in at least two."""
    rng = np.random.default_rng(seed)
    chance = 1 / np.arange(3, terms + 3)
    drawn = rng.choice(terms, size=articles * WORDS, p=chance / chance.sum())
    rows = np.repeat(np.arange(articles), WORDS)
    rare = rng.integers(0, articles, size=(terms, 2)).ravel()
    rows, drawn = (
        np.concatenate([rows, rare]),
        np.concatenate([drawn, np.repeat(np.arange(terms), 2)]),
    )
    shape = (articles, terms)
    matrix = sparse.coo_array(
        (np.ones(len(rows), dtype=np.int64), (rows, drawn)), shape=shape
    ).tocsr()
    table = pd.DataFrame(
        {"article_id": [f"a{i:06}" for i in range(articles)], "outlet": np.arange(articles) % 5}
    )
    names = np.array([f"t{i:06}" for i in range(terms)], dtype=object)
    return TermCounts(
        matrix, table.astype({"outlet": str}), names, np.bincount(rows, minlength=articles)
    )


def main() -> None:
    articles, terms, draws = (
        (int(v) for v in sys.argv[1:]) if len(sys.argv) == 4 else (10_000, 50_000, 1_000)
    )
    counts = corpus(articles, terms)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = perf_counter()
    found = keyness(counts, versus(counts.articles, "0"), Settings(least_count=1, draws=draws))
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{articles:,} articles, {counts.matrix.nnz:,} counts, {len(found.table):,} terms,"
        f" {draws:,} permutations"
    )
    print(f"keyness {seconds:.1f} s, peak {peak:,.0f} MB ({before:,.0f} MB before)")


if __name__ == "__main__":
    main()
