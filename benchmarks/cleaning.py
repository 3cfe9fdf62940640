"""How well the rules find the article in a page as plain text: word 4-gram shingles against the
gold by hand.

Precision is the share of the kept shingles (with their counts) that the gold text has, recall the
share of the
gold's shingles that were kept; both are averaged over the documents, and F1 is taken of the two
averages.
Rules were written looking at 120 of the 200 pages (by the hash of their id); the other 80 are
reported apart.

Run: python benchmarks/cleaning.py [--shared ../shared] [--demo data/raw/demo]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import clean
from helpers.ledger import KEPT, Article

ROOT = Path(__file__).resolve().parents[1]
LOOKED_AT = 120
TOKEN = re.compile(r"\w+")
BODY = frozenset({"deck", "subhead", "body"})


def article(text: str, title: str = "", name: str = "a") -> Article:
    return Article(name, "", "", title, "", "", None, "", "en", "article", "", "", text)


def kept(text: str, roles: frozenset[str]) -> str:
    found = clean.blocks(article(text))
    return "\n".join(text[block.start : block.end] for block in found if block.role in roles)


def passages(text: str, page: str) -> str:
    """Deck, subheads and body of an HTML page, with trafilatura's main text given."""
    main = tuple(trafilated(page).split("\n"))
    found = clean.blocks(article(text), main=main)
    return "\n".join(text[block.start : block.end] for block in found if block.role in BODY)


def trafilated(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False, fast=True) or ""


def visible(page: str) -> str:
    import inscriptis

    return inscriptis.get_text(page)


def shingles(text: str, size: int = 4) -> Counter:
    words = TOKEN.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))


def measured(predicted: list[str], gold: list[str]) -> pd.DataFrame:
    rows = []
    for own, true in zip(predicted, gold, strict=True):
        a, b = shingles(own), shingles(true)
        both = (a & b).total()
        rows.append((both / a.total() if own.strip() else 0.0, both / b.total()))
    return pd.DataFrame(rows, columns=["precision", "recall"])


def line(name: str, rows: pd.DataFrame) -> str:
    parts = []
    for part in (rows, rows[:LOOKED_AT], rows[LOOKED_AT:]):
        p, r = part.mean()
        parts.append(f"{p:.3f} {r:.3f} {2 * p * r / (p + r):.3f}")
    return f"{name:<42} " + "   ".join(parts)


def pages(shared: Path) -> None:
    table = pd.read_parquet(shared / "dev-sets" / "cleaning.parquet")
    order = [hashlib.sha256(name.encode()).hexdigest() for name in table["id"]]
    table = table.assign(order=order).sort_values("order").reset_index(drop=True)
    texts, gold = list(table["raw_text"]), list(table["gold_text"])
    print(
        f"{len(texts)} pages: precision, recall, F1\n{'':<42} all                 looked at (120)  "
        "   held out (80)"
    )
    long = ["\n".join(row for row in text.splitlines() if len(row.strip()) >= 80) for text in texts]
    systems = {
        "keep everything": texts,
        "keep lines of 80 characters or more": long,
        "ours: deck, subheads and body": [kept(text, BODY) for text in texts],
        "ours: all kept roles": [kept(text, KEPT) for text in texts],
        "trafilatura on the HTML": [trafilated(page) for page in table["html"]],
        "ours with trafilatura's passages, on HTML": [
            passages(visible(page), page) for page in table["html"]
        ],
    }
    for name, predicted in systems.items():
        print(line(name, measured(predicted, gold)))


def demo(folder: Path) -> None:
    """Roles of the demo's blocks against the gold, the outlet's repeated lines given and not
    given."""
    from helpers import corpus

    gold: dict[str, list[dict]] = {}
    with (folder / "gold" / "blocks.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            gold.setdefault(row["article_id"], []).append(row)
    received = [one for one in corpus.read([folder]) if getattr(one, "article", None) is not None]
    for name, share in (("without", 2.0), ("with", 0.5)):
        counts = Counter()
        for one in received:
            if one.article.article_id in gold:
                counts.update(
                    _against(one, gold[one.article.article_id], _repeated(received, one, share))
                )
        print(
            f"demo, {name} repeated lines: {counts['right']} of {counts['blocks']} block roles as"
            f" in the gold, {counts['lost']} kept words lost, {counts['wrong']} words kept wrongly,"
            f" of {counts['words']}"
        )


def _repeated(received, one, share: float) -> frozenset[str]:
    same = [other.article.text for other in received if other.article.outlet == one.article.outlet]
    counts = Counter(key for text in same for key in clean.line_keys(text))
    return frozenset(key for key, count in counts.items() if count >= max(3, share * len(same)))


def _against(one, rows: list[dict], repeated: frozenset[str]) -> Counter:
    text, found = one.article.text, clean.blocks(one.article, repeated=repeated, main=one.main)
    ours = [""] * len(text)
    for block in found:
        ours[block.start : block.end] = [block.role] * (block.end - block.start)
    counts = Counter(blocks=len(rows))
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        counts["right"] += Counter(ours[start:end]).most_common(1)[0][0] == row["role"]
        for word in TOKEN.finditer(text, start, end):
            a, b = ours[word.start()] in KEPT, row["role"] in KEPT
            counts.update(words=1, lost=b and not a, wrong=a and not b)
    return counts


def speed(shared: Path) -> None:
    table = pd.read_parquet(shared / "dev-sets" / "news-10k.parquet")
    rows = [
        article(text, title)
        for text, title in zip(table["text"], table["title"].fillna(""), strict=True)
    ]
    words = sum(len(row.text.split()) for row in rows)
    start = time.process_time()
    for row in rows:
        clean.blocks(row)
    took = time.process_time() - start
    print(
        f"speed: {len(rows)} articles in {took:.1f} s, {1000 * took * 600 / words:.2f} ms for 600"
        " words"
    )
    for unit in ('"', "(", "a ", "a.A", "\n", "a\n"):
        text = unit * (1_000_000 // len(unit))
        start = time.process_time()
        clean.blocks(article(text))
        print(f"  1 MB of {unit!r}: {time.process_time() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--demo", type=Path, default=ROOT / "data" / "raw" / "demo")
    given = parser.parse_args()
    pages(given.shared)
    demo(given.demo)
    speed(given.shared)


if __name__ == "__main__":
    main()
