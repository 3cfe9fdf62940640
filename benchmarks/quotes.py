"""How well the package `voices` finds quotations, speakers and voices, and how fast.

    python benchmarks/quotes.py [--set dev|train] [--limit N] [--chain] [--speed]

Sets: PolNeAR 1.0 (quotes-dev.jsonl, quotes-train.jsonl) and news-10k.parquet in ../shared/dev-sets.
A content token is a word of TOKEN that lies wholly inside a content span.

- content: token precision, recall, F1. Predicted: tokens inside any row of `quotes`; gold: tokens
  inside any
  gold content. Micro: over all tokens of the set; macro: mean of the articles' F1.
- naive: the same for "quoted text, and sentences with a verb of saying", the set's published
  baseline of .72
  (micro): .71 here with the twenty forms of SAY, .67 with the forms of "say" alone, .73 with all
  our verbs.
- direct: PolNeAR cuts one quotation into its sentences; gold spans of type direct with nothing but
  white space
  between them are joined again. Predicted: rows of kind direct or mixed, and the stretches of voice
  quote (with
  insertions) inside them. Found: one of these, or the union of those that lie at least half inside,
  has an
  intersection over union of tokens with the gold of .9 or more; exact: the same tokens.
- speaker: the finder is called on the gold contents. overlap: share of gold attributions with a
  source whose
  predicted mention shares a token with the gold source; F1: mean token F1 of the two spans. The
  first content span
  of an attribution counts, joined with those that follow it directly. Baseline: the capitalised
  word nearest to the
  content (.33 in the set's description, which does not say over which contents).
- attribution: a row is right if half its tokens lie in the content of one gold attribution whose
  source shares a
  token with the row's mention (or neither has a source); a gold attribution is found if the rows
  with its source hold
  half its tokens. By kind: of rows for precision, of gold for recall.
- other cues: recall of gold attributions whose cue holds no form of SAYING.
- confidence: rows by their `confidence` in steps of .1, and how many of them are right.
- voice: accuracy over tokens of "in quotation marks of a direct or mixed attribution, or not", gold
  against
  voices quote and insertion.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from helpers import voices
from helpers.ledger import Article, Block

SETS = Path(__file__).resolve().parents[1].parent / "shared" / "dev-sets"
TOKEN = re.compile(r"\w+(?:[’'-]\w+)*")
SAY = re.compile(
    r"\b(?:said|says|say|told|tells|added|according"
    r" to|wrote|asked|argued|claimed|noted|reported|announced|"
    r"suggested|called|believes?|thinks?|wants?|hopes?)\b",
    re.IGNORECASE,
)
SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|according|wr(?:ite|ites|ote|itten|iting)"
    r"|(?:add|ask|argu|claim|not|report|announc|suggest|call|believ|think|want|hop|insist|explain"
    r"|tweet|declar|state|warn|repl|respond|acknowledg|admit|assert|contend|describ|mention|conclud"
    r"|den|reveal|confirm|predict)(?:e|y|s|es|ies|ed|ied|ing)?|thought)\b",
    re.IGNORECASE,
)
MARKED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|''[^\n]*?''")


def article(name: str, text: str, outlet: str = "") -> Article:
    """A bare article around a text."""
    return Article(name, "bench", outlet, "", "", "", None, "", "en", "article", "", "", text)


def paragraphs(name: str, text: str) -> list[Block]:
    """Each line a block of the body."""
    return [
        Block(name, number, found.start(), found.end(), "body", "line")
        for number, found in enumerate(re.finditer(r"\S(?:[^\n]*\S)?", text))
    ]


def chained(row: Article) -> list[Block]:
    """Blocks of the real chain."""
    from helpers import clean

    return clean.blocks(row)


def inside(tokens, spans) -> set[int]:
    """Numbers of the tokens that lie in any of the spans."""
    found, at = set(), 0
    for start, end in sorted(spans):
        while at and tokens[at - 1][0] >= start:
            at -= 1
        while at < len(tokens) and tokens[at][0] < start:
            at += 1
        place = at
        while place < len(tokens) and tokens[place][1] <= end:
            found.add(place)
            place += 1
    return found


def naive(text: str) -> list[tuple[int, int]]:
    """Quoted text, and sentences with a form of say."""
    spans = [found.span() for found in MARKED.finditer(text)]
    for found in re.finditer(r"[^.!?\n]+(?:[.!?](?!\s)[^.!?\n]*)*[.!?]*[”\"']*", text):
        if SAY.search(found[0]):
            spans.append(found.span())
    return spans


def f1(hit: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of counts; all 1 where there is nothing to find and nothing was
    found."""
    if not predicted and not gold:
        return 1.0, 1.0, 1.0
    p, r = hit / predicted if predicted else 0.0, hit / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


class Count:
    """Adds up hits article by article."""

    def __init__(self) -> None:
        self.hit = self.predicted = self.gold = 0
        self.each: list[float] = []

    def add(self, predicted: set[int], gold: set[int]) -> None:
        hit = len(predicted & gold)
        self.hit, self.predicted, self.gold = (
            self.hit + hit,
            self.predicted + len(predicted),
            self.gold + len(gold),
        )
        self.each.append(f1(hit, len(predicted), len(gold))[2])

    def line(self, name: str) -> str:
        p, r, f = f1(self.hit, self.predicted, self.gold)
        macro = sum(self.each) / max(len(self.each), 1)
        return f"{name:28} micro P {p:.3f} R {r:.3f} F1 {f:.3f}   macro F1 {macro:.3f}"


def measure(rows, blocks_of) -> dict:
    """All figures over the rows of a set."""
    content, base = Count(), Count()
    direct = {"found": 0, "exact": 0, "all": 0}
    speaker: dict[str, list] = {}
    voice = [0, 0]
    counts = Attributions()
    for row in rows:
        one = article(row["id"], row["text"], row["publisher"])
        blocks = blocks_of(one)
        tokens = [found.span() for found in TOKEN.finditer(row["text"])]
        result = voices.annotate(one, blocks, [])
        gold = [(s["start"], s["end"]) for a in row["attributions"] for s in a["content"]]
        content.add(inside(tokens, [(q.start, q.end) for q in result.quotes]), inside(tokens, gold))
        base.add(inside(tokens, naive(row["text"])), inside(tokens, gold))
        _direct(row, tokens, result, direct)
        _voice(row, tokens, result, voice)
        _speaker(row, tokens, one, blocks, speaker)
        counts.add(row, tokens, result.quotes)
    return {
        "content": content,
        "naive": base,
        "direct": direct,
        "speaker": speaker,
        "voice": voice,
        "attributions": counts,
    }


def judged(row: dict, tokens, quotes) -> list[tuple]:
    """Each row of quotes with whether its content is reported, and whether its source is right
    too."""
    gold = _gold(row, tokens)
    everything = set().union(*(content for content, *_ in gold)) if gold else set()
    found = []
    for quote in quotes:
        words = inside(tokens, [(quote.start, quote.end)])
        if words:
            mention = _mention(tokens, quote)
            content = len(words & everything) >= len(words) / 2
            right = any(
                len(words & held) >= len(words) / 2 and _same(mention, source)
                for held, source, _ in gold
            )
            found.append((quote, words, mention, content, right))
    return found


def _gold(row: dict, tokens) -> list[tuple]:
    """Content, source and the attribution itself of each gold attribution with content."""
    return [
        (
            inside(tokens, [(s["start"], s["end"]) for s in a["content"]]),
            inside(tokens, [(s["start"], s["end"]) for s in a["source"]]),
            a,
        )
        for a in row["attributions"]
        if a["content"]
    ]


def _mention(tokens, quote) -> set[int]:
    if quote.speaker_start is None:
        return set()
    return inside(tokens, [(quote.speaker_start, quote.speaker_end)])


def _same(mention: set[int], source: set[int]) -> bool:
    return bool(mention & source) or not (mention or source)


class Attributions:
    """Counts attributions found and rows that are right, by kind, cue and confidence."""

    def __init__(self) -> None:
        self.rows: Counter = Counter()
        self.right: Counter = Counter()
        self.gold: Counter = Counter()
        self.found: Counter = Counter()
        self.steps: dict[int, list[int]] = {}

    def add(self, row: dict, tokens, quotes) -> None:
        rows = judged(row, tokens, quotes)
        for quote, *_, right in rows:
            for kind in ("all", quote.kind):
                self.rows[kind] += 1
                self.right[kind] += right
            confidence = getattr(quote, "confidence", None)
            if confidence is not None:
                step = self.steps.setdefault(min(int(confidence * 10), 9), [0, 0, 0.0])
                step[0] += 1
                step[1] += right
                step[2] += confidence
        for content, source, a in _gold(row, tokens):
            if not content:
                continue
            held = set().union(*(w for _, w, m, *_ in rows if _same(m, source) and w & content))
            found = len(held & content) >= len(content) / 2
            cue = " ".join(row["text"][s["start"] : s["end"]] for s in a["cue"])
            other = [] if SAYING.search(cue) else ["other cues"]
            for kind in ("all", a["quote_type"], *other):
                self.gold[kind] += 1
                self.found[kind] += found

    def lines(self) -> list[str]:
        """The table, a line for each kind."""
        out = []
        for kind in ("all", "direct", "mixed", "indirect", "attitude", "other cues"):
            n, g = self.rows[kind], self.gold[kind]
            p, r = self.right[kind] / n if n else 0, self.found[kind] / g if g else 0
            f = 2 * p * r / (p + r) if p + r else 0
            out.append(
                f"{'attribution, ' + kind:28} P {p:.3f} R {r:.3f} F1 {f:.3f}   rows {n} gold {g}"
            )
        for step, (n, right, total) in sorted(self.steps.items()):
            out.append(
                f"{f'confidence {step / 10:.1f} to {step / 10 + 0.1:.1f}':28} mean"
                f" {total / n:.3f}   right {right / n:.3f}   n {n}"
            )
        return out


def _direct(row, tokens, result, direct) -> None:
    pieces = [(q.start, q.end) for q in result.quotes if q.kind in ("direct", "mixed")]
    pieces += _joined(
        row["text"], [(v.start, v.end) for v in result.voices if v.voice in ("quote", "insertion")]
    )
    spoken = [inside(tokens, [piece]) for piece in sorted(set(pieces))]
    spans = [
        (s["start"], s["end"])
        for a in row["attributions"]
        if a["quote_type"] == "direct"
        for s in a["content"]
    ]
    for span in _joined(row["text"], spans):
        gold = inside(tokens, [span])
        if not gold:
            continue
        near = [s for s in spoken if s & gold]
        union = set().union(*(s for s in near if len(s & gold) >= len(s) / 2)) if near else set()
        direct["all"] += 1
        best = max([len(gold & s) / len(gold | s) for s in [*near, union]], default=0)
        direct["found"] += best >= 0.9
        direct["exact"] += best == 1


def _joined(text: str, spans) -> list[tuple[int, int]]:
    """Spans with nothing but white space between them made one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and (
            start <= kept[-1][1]
            or ("\n" not in text[kept[-1][1] : start] and not text[kept[-1][1] : start].strip())
        ):
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _voice(row, tokens, result, voice) -> None:
    marked = [found.span() for found in MARKED.finditer(row["text"])]
    spoken = [
        (s["start"], s["end"])
        for a in row["attributions"]
        if a["quote_type"] in ("direct", "mixed")
        for s in a["content"]
    ]
    gold = inside(tokens, marked) & inside(tokens, spoken)
    gold |= inside(
        tokens,
        [
            (s["start"], s["end"])
            for a in row["attributions"]
            if a["quote_type"] == "direct"
            for s in a["content"]
        ],
    )
    ours = inside(
        tokens, [(v.start, v.end) for v in result.voices if v.voice in ("quote", "insertion")]
    )
    voice[0] += len(tokens) - len(gold ^ ours)
    voice[1] += len(tokens)


def _speaker(row, tokens, one, blocks, speaker) -> None:
    wanted = [a for a in row["attributions"] if a["content"] and a["source"]]
    for kind in ("direct", "mixed", "indirect"):
        own = [a for a in wanted if a["quote_type"] == kind]
        spans = _apart(
            [_joined(row["text"], [(s["start"], s["end"]) for s in a["content"]])[0] for a in own]
        )
        found = voices.speakers_of(one, blocks, spans)
        for a in own:
            start, end = _joined(row["text"], [(s["start"], s["end"]) for s in a["content"]])[0]
            hit = next((q for q in found if q.start >= start and q.start < end), None)
            mention = (
                (hit.speaker_start, hit.speaker_end)
                if hit and hit.speaker_start is not None
                else (0, 0)
            )
            gold = inside(tokens, [(s["start"], s["end"]) for s in a["source"]])
            for name, span in (("ours", mention), ("nearest", _nearest(row["text"], start, end))):
                got = inside(tokens, [span])
                speaker.setdefault((kind, name), []).append(
                    (bool(got & gold), f1(len(got & gold), len(got), len(gold))[2])
                )


def _apart(spans):
    kept = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _nearest(text: str, start: int, end: int) -> tuple[int, int]:
    """The capitalised word nearest to a span."""
    before = [m.span() for m in re.finditer(r"\b[A-Z]\w+", text[max(0, start - 200) : start])]
    after = re.search(r"\b[A-Z]\w+", text[end : end + 200])
    left = (
        (before[-1][0] + max(0, start - 200), before[-1][1] + max(0, start - 200))
        if before
        else None
    )
    right = (after.start() + end, after.end() + end) if after else None
    ways = [(start - left[1], left)] if left else []
    ways += [(right[0] - end, right)] if right else []
    return min(ways)[1] if ways else (0, 0)


def show(figures: dict) -> None:
    """Print the table."""
    print(figures["content"].line("content, ours"))
    print(figures["naive"].line("content, naive"))
    d = figures["direct"]
    print(
        f"{'direct spans':28} IoU ≥ .9 {d['found'] / d['all']:.3f}   exact"
        f" {d['exact'] / d['all']:.3f}   n {d['all']}"
    )
    for (kind, name), pairs in sorted(figures["speaker"].items()):
        overlap, mean = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        print(
            f"{'speaker, ' + kind + ', ' + name:28} overlap {overlap:.3f}   token F1 {mean:.3f}   n"
            f" {len(pairs)}"
        )
    for name in ("ours", "nearest"):
        both = figures["speaker"][("direct", name)] + figures["speaker"][("mixed", name)]
        overlap, mean = (sum(column) / len(both) for column in zip(*both, strict=True))
        print(
            f"{'speaker, both, ' + name:28} overlap {overlap:.3f}   token F1 {mean:.3f}   n"
            f" {len(both)}"
        )
    for text in figures["attributions"].lines():
        print(text)
    print(f"{'voice of a word':28} accuracy {figures['voice'][0] / figures['voice'][1]:.3f}")


def speed(limit: int | None) -> None:
    """Words a second of processor time of `annotate` alone, and exceptions, on news-10k."""
    import pandas as pd

    table = pd.read_parquet(
        SETS / "news-10k.parquet", columns=["article_id", "text", "outlet"]
    ).head(limit or 10_000)
    words, taken, failed = 0, 0.0, 0
    for name, text, outlet in table.itertuples(index=False):
        one = article(str(name), text, outlet)
        blocks = paragraphs(str(name), text)
        words += len(text.split())
        began = time.process_time()
        try:
            voices.annotate(one, blocks, [])
        except Exception as error:
            failed += 1
            print(f"{name}: {error!r}", file=sys.stderr)
        taken += time.process_time() - began
    print(
        f"{len(table)} articles, {words} words, {words / taken:,.0f} words/s, {failed} exceptions"
    )


def main() -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", default="dev", choices=("dev", "train"))
    parser.add_argument("--limit", type=int)
    parser.add_argument(
        "--chain", action="store_true", help="blocks of the real chain, not one a line"
    )
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.speed:
        speed(options.limit)
        return
    with (SETS / f"quotes-{options.set}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(text) for text in lines][: options.limit]
    blocks_of = chained if options.chain else lambda one: paragraphs(one.article_id, one.text)
    show(measure(rows, blocks_of))


if __name__ == "__main__":
    main()
