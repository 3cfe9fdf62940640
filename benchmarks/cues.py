"""How precise each rule and cue of the package `voices` is; makes data/lexicons/cue-precision.csv.

    python benchmarks/cues.py [--write]

Every row that the rules make on quotes-train.jsonl (PolNeAR 1.0, 840 articles, in
../shared/dev-sets), doubtful
ones too, is counted by kind, rule, whether a source is given, and cue. Reported: half of its words
lie in
reported content; right: in the content of one attribution whose source shares a word with the
row's mention, or
neither has one. Cues with fewer than FEW rows of a rule are counted in its line without a cue only.
Prints the cues whose precision as speech or as attitude is lowest; --write writes the table.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict

from helpers import voices
from helpers.study import root
from helpers.voices.confidence import cue_of
from quotes import SETS, TOKEN, article, judged, paragraphs

FEW = 4
COLUMNS = ("kind", "rule", "source", "cue", "rows", "reported", "right")


def count(rows) -> dict[tuple[str, str, str, str], list[int]]:
    """(kind, rule, source, cue) → rows, reported, right; with cue "" for all of a rule."""
    counts: dict = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        one = article(row["id"], row["text"], row["publisher"])
        tokens = [found.span() for found in TOKEN.finditer(row["text"])]
        made = voices.annotate(one, paragraphs(row["id"], row["text"]), [], doubtful=True).quotes
        for quote, _, _, reported, right in judged(row, tokens, made):
            source = "none" if quote.speaker_start is None else "given"
            for cue in {"", cue_of(quote.cue)}:
                cell = counts[quote.kind, quote.rule, source, cue]
                cell[0] += 1
                cell[1] += reported
                cell[2] += right
    return counts


def write(counts) -> None:
    """Write the table, rules in alphabetical order, each with its cues behind it."""
    path = root() / "data" / "lexicons" / "cue-precision.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for key, cell in sorted(counts.items()):
            if not key[3] or cell[0] >= FEW:
                table.writerow((*key, *cell))


def show(counts) -> None:
    """Print each cue's precision as speech and as attitude, lowest first."""
    cues: dict = defaultdict(lambda: [0, 0, 0])
    for (kind, _, _, cue), cell in counts.items():
        if cue:
            own = cues["attitude" if kind == "attitude" else "speech", cue]
            for place in range(3):
                own[place] += cell[place]
    for what in ("speech", "attitude"):
        own = sorted((c[1] / c[0], cue, c) for (w, cue), c in cues.items() if w == what)
        print(f"{what}: cue, rows, reported, right")
        for share, cue, (n, _, right) in own:
            if n >= FEW:
                print(f"  {cue:16} {n:5} {share:.2f} {right / n:.2f}")


def main() -> None:
    """Count, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with (SETS / "quotes-train.jsonl").open(encoding="utf-8") as lines:
        counts = count([json.loads(text) for text in lines])
    if options.write:
        write(counts)
    show(counts)


if __name__ == "__main__":
    main()
