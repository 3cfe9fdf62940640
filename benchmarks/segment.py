"""Speed of segment on news-10k, and how many hard cases of sentence splitting it gets right.

Run: python benchmarks/segment.py [articles]
"""

from __future__ import annotations

import gc
import re
import sys
import time
from itertools import islice
from pathlib import Path

import nupunkt

from helpers import corpus, ledger, segment
from helpers.ledger import Article, Block

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "dev-sets" / "news-10k.parquet"


def main(count: int) -> None:
    right, plain, cases = hard_cases()
    print(f"hard cases (tests/segment_cases.txt): {right} of {cases} right; nupunkt alone {plain}")
    splitting = cutting = columns = words = sentences = tokens = articles = 0
    for outcome in islice(corpus.read(NEWS), count):
        if not isinstance(outcome, corpus.Received):
            continue
        article, blocks = outcome.article, lines(outcome.article.text)
        start = time.process_time()
        rows = segment.sentences(article, blocks)
        middle = time.process_time()
        cut = segment.tokens(article, rows)
        end = time.process_time()
        ledger.token_table([(article.article_id, segment.token_columns(article, rows))])
        last = time.process_time()
        if (
            not articles
        ):  # the first one loads the models; what they hold is not searched for garbage again
            gc.freeze()
        else:
            splitting += middle - start
            cutting += end - middle
            columns += last - end
        articles += 1
        words += len(article.text.split())
        sentences += len(rows)
        tokens += len(cut)
    print(f"{articles:,} articles, {words:,} words, {sentences:,} sentences, {tokens:,} tokens")
    timed = {"sentences": splitting, "tokens as rows": cutting, "as Arrow columns": columns}
    for name, seconds in timed.items():
        print(
            f"{name:16} {words / seconds / 1e6:.2f} M words/s, {1000 * seconds / articles:.2f} ms"
            " an article"
        )


def lines(text: str) -> list[Block]:
    """Every line of a text as a body block."""
    found = re.finditer(r"[^\n]*\S[^\n]*", text)
    return [Block("", number, *match.span(), "body", "") for number, match in enumerate(found)]


def hard_cases() -> tuple[int, int, int]:
    """Cases that segment gets right, that nupunkt gets right alone, and all."""
    rows = (ROOT / "tests" / "segment_cases.txt").read_text(encoding="utf-8").splitlines()
    rows = [row for row in rows if not row.startswith("#")]
    ours = alone = 0
    for row in rows:
        text, wanted = re.sub(r"\|(?=\S)| \|", "", row), [part.strip() for part in row.split("|")]
        article = Article("", "", "", "", "", "", None, "", "", "", "", "", text)
        found = segment.sentences(article, [Block("", 0, 0, len(text), "body", "")])
        ours += [text[each.start : each.end] for each in found] == wanted
        alone += [each.strip() for each in nupunkt.sent_tokenize(text)] == wanted
    return ours, alone, len(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
