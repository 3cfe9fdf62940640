"""Random and mutated input through everything that reads what others wrote.

    .venv/bin/python benchmarks/fuzz.py [--texts 2000] [--others 300] [--seed 1]

Texts and pages are the demo's, cut, doubled, spliced, sprinkled with what is rare and written in
other encodings, or made of nothing but rare signs and words of reporting. They are read, cleaned,
segmented, voiced, searched for terms and turned into tables. Catalogues, lexicons and study files
are mutated likewise. An input may be refused in the words of the project (a failure of one article,
a ValueError, LexiconError or StudyError); any other exception is counted with the place it was
raised at, as is a row that does not lie in its text. Prints counts, the slowest inputs and their
numbers; `--only NUMBER --keep FILE` writes one of them down. Ends with status 1 where anything but
the project's own words came out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from helpers import corpus, study, terms
from helpers.engine import chain
from helpers.ledger import Block, Sentence, Voice

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "data/raw/demo"
OWN = (ValueError, terms.LexiconError, study.StudyError)
LONGEST = 60  # seconds for one input
RARE = [
    *"\"“”„‟«»‹›‘’‚‛'`´″′()[]{}<>—–-…:;,.!?\n\r\t\x00\x07\x0b\x0c\x1c\x85\xa0\xad",
    *"\u2028\u2029\u200b\u200d\u202e\u2066\ufeff\ufffd\ufffe\ud800\udfff\u0301ﬁİßſǅ𝒜😀ﷺ中和а́",
    "\r\n",
    "\n\n",
    "“““",
    "””",
    "'' ``",
    "[…]",
    "(sic)",
    "&rsquo;",
    "&#0;",
    "â€™",
    "<br>",
    "</p>",
    "<!--",
    "<![CDATA[",
    "<script>",
    "=1+1",
    " said. ",
    ", he said, ",
    " said: “",
    "according to ",
    " told X that ",
    "Mr. Dr. U.S. ",
    "Q: ",
    "A. ",
    "1. ",
    "* ",
    "---",
    "By Ana Torv",
    "2031-02-30",
    "a" * 3000,
    "“" * 200,
    "(" * 200,
    "\u0301" * 300,
    " " * 2000,
    "\n" * 500,
    ". " * 300,
    "A. " * 200,
    "said " * 200,
    "- " * 200,
    "x@y.z ",
    "https://a.b/" + "c/" * 300,
]
SIGNS = ["&a ", "*a", "<<: ", "!!python/object:os.system ", "!!binary ", "? ", "|", ">", "%", "@"]
SIGNS += ["{", "}", "[", "]", ": ", "- ", "#", "'", '"', "\t", "~", "null", "1e999", "0x", ".inf"]
SIGNS += ["*" * 50, "a*b*c", "* *", "(", "\\", "..", "/", "../", "\x00", "\ufeff", ",", ";", "\n"]
ENCODINGS = ["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp1251"]
ENCODINGS += ["iso8859-2", "mac-roman", "cp037", "shift-jis"]

ENDINGS = ("yml", "yml", "yml", "csv", "txt", "dic")


class Input(NamedTuple):
    """One input: its kind, the name and bytes of its file."""

    kind: str
    name: str
    data: bytes


def mutated(
    text: str,
    dice: random.Random,
    rare: list[str],
    others: list[str],
    times: tuple[int, ...] = (1, 1, 2, 3, 5, 12),
) -> str:
    """Change a text in a few places: one of `times`."""
    for _ in range(dice.choice(times)):
        a, b = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        near = min(b, a + dice.choice((1, 5, 50, 500)))
        what = dice.randrange(7)
        if what == 0:
            text = text[:a] + text[near:]
        elif what == 1:
            text = text[:a] + text[a:near] * dice.choice((2, 3, 20)) + text[near:]
        elif what == 2:
            other = dice.choice(others)
            at = dice.randrange(len(other) + 1)
            text = text[:a] + other[at : at + dice.choice((20, 500, 5000))] + text[near:]
        elif what == 3:
            text = text[:a]
        elif what == 4:
            signs = list(text[a:near])
            dice.shuffle(signs)
            text = text[:a] + "".join(signs) + text[near:]
        else:
            for _ in range(dice.choice((1, 3, 30))):
                at = dice.randrange(len(text) + 1)
                text = text[:at] + dice.choice(rare) + text[at:]
    return text


def encoded(text: str, dice: random.Random) -> bytes:
    """Write a text in some encoding; now and then with bytes that are none of it."""
    how = dice.choice(ENCODINGS)
    data = text.encode(
        how, "surrogatepass" if how.startswith("utf") and dice.random() < 0.5 else "replace"
    )
    for _ in range(dice.choice((0,) * 8 + (1, 20))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.randbytes(dice.choice((1, 2, 9))) + data[at:]
    return data


def inputs(texts: int, others: int, seed: int) -> Iterator[Input]:
    """Give every input of a seed, the same each time."""
    dice = random.Random(seed)
    read = {p: p.read_text(encoding="utf-8", errors="replace") for p in sorted(DEMO.rglob("*.*"))}
    plain = [t for p, t in read.items() if p.suffix == ".txt"]
    pages = [t for p, t in read.items() if p.suffix == ".html"]
    words = " ".join(plain).split()
    for _ in range(texts):
        kind = dice.choice(("text", "text", "noise", "page", "csv", "jsonl"))
        if kind == "noise":
            signs = [dice.choice((dice.choice(RARE), f"{dice.choice(words)} ")) for _ in range(400)]
            yield Input(kind, "a.txt", encoded("".join(signs), dice))
            continue
        text = mutated(dice.choice(pages if kind == "page" else plain), dice, RARE, plain + pages)
        if kind == "csv":
            cell = text.replace('"', '""')
            text = f'id,text,published\n1,"{cell}",{text[:20].strip()}\n'
        elif kind == "jsonl":
            text = json.dumps(
                {"id": 1, "text": text, "date": text[:9]}, ensure_ascii=dice.random() < 0.5
            )
        ending = {"text": "txt", "page": "html"}.get(kind, kind)
        yield Input(kind, f"a.{ending}", encoded(text, dice))
    yield from _others(others, dice, read[DEMO / "catalog.csv"])


def _others(count: int, dice: random.Random, catalogue: str) -> Iterator[Input]:
    """Give catalogues, lexicons and study files: changed little, or nothing of them would be
    read."""
    folder = ROOT / "data/lexicons"
    lexicons = [p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.yml"))]
    demo = (ROOT / "reports/demo/study.yml").read_text(encoding="utf-8")
    head, *rows = catalogue.splitlines(keepends=True)
    rows = [re.sub("^[^,]+", f"{name}.txt", row) for name, row in zip("abc", rows, strict=False)]
    for _ in range(count):
        for kind, name, text, signs, all_ in (
            ("catalogue", "catalog.csv", head + "".join(rows), RARE + SIGNS, [catalogue]),
            ("lexicon", f"l.{dice.choice(ENDINGS)}", dice.choice(lexicons), SIGNS + RARE, lexicons),
            ("study", "study.yml", demo, SIGNS + RARE, [demo]),
        ):
            changed = mutated(text, dice, signs, all_, (1, 1, 1, 2, 5))
            data = (
                encoded(changed, dice)
                if dice.random() < 0.3
                else changed.encode("utf-8", "replace")
            )
            yield Input(kind, name, data)


def article(path: Path, matcher: terms.Matcher) -> str:
    """Send the articles of a path through the annotators; say how many were refused."""
    refused = 0
    for one in corpus.read(path):
        if not isinstance(one, corpus.Received):
            refused += 1
            continue
        rows = chain.article_rows(one, ())
        text = rows["articles"][0].text
        for name, kind in (("blocks", Block), ("sentences", Sentence), ("voices", Voice)):
            for row in rows[name]:
                place = kind(*row)
                assert 0 <= place.start <= place.end <= len(text), f"{name} outside the text"
        found = terms.hits(
            rows["articles"][0], rows["blocks"], rows["sentences"], rows["voices"], matcher
        )
        for hit in found:
            stands = text[hit.start : hit.end]
            mended = corpus.normal(stands)
            assert hit.match == (mended.text if mended else stands), "a hit is not its text"
        for name, table in rows.items():
            chain.table(name, table)
        chain.table("hits", found)
    return "refused" if refused else "read"


def lexicon(path: Path) -> str:
    """Load a lexicon and search a text for its entries."""
    loaded = terms.load(path)
    terms.matcher([loaded])
    terms.check(loaded)
    return "read"


def ran(given: Input, folder: Path, matcher: terms.Matcher) -> str:
    """Do with an input what is done with its kind; say whether it was read."""
    for old in folder.iterdir():
        old.unlink()
    (folder / given.name).write_bytes(given.data)
    if given.kind == "study":
        study.load(folder / given.name)
        return "read"
    if given.kind == "lexicon":
        return lexicon(folder / given.name)
    if given.kind == "catalogue":
        for name in "abc":
            text = f"The council met on Monday and agreed on {name}.\n" * 3
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return article(folder, matcher)


class _Long(BaseException):
    """An input took too long; no `except Exception` may take it for its own."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise where something takes longer than a minute."""

    def stop(*_: object) -> None:
        raise _Long(f"longer than {LONGEST} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)


def place(error: BaseException) -> str:
    """Say what was raised, and where in the project."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "helpers/" in f.filename]
    where = f"{frames[-1].filename.split('helpers/')[-1]}:{frames[-1].lineno}" if frames else "?"
    words = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__} at {where}: {words[:100]}"


def tried(given: Input, run: Callable[[Input], str]) -> tuple[str, str]:
    """Give what became of an input, and what was wrong."""
    try:
        with bounded():
            return run(given), ""
    except (Exception, _Long) as error:
        if type(error) in OWN and str(error) and "\x1b" not in str(error):
            return "refused", ""
        return "wrong", place(error)


def main() -> int:
    """Try every input and print what became of them."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--texts", type=int, default=2000)
    options.add_argument("--others", type=int, default=300, help="of each further kind")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int, help="try this one input")
    options.add_argument("--keep", type=Path, help="write the one input here")
    asked = options.parse_args()
    names = ("loaded-terms", "naming", "frames")
    matcher = terms.matcher([terms.load(ROOT / f"data/lexicons/{name}.yml") for name in names])
    counts: Counter[tuple[str, str]] = Counter()
    wrong: dict[str, list[int]] = {}
    took: list[tuple[float, int, str, int]] = []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        # whatever is loaded once is loaded now
        ran(Input("page", "a.html", b"<p>The quay, he said, was shut.</p>"), Path(folder), matcher)
        for number, given in enumerate(inputs(asked.texts, asked.others, asked.seed)):
            if asked.only not in (None, number):
                continue
            if asked.keep:
                asked.keep.write_bytes(given.data)
            start = time.perf_counter()
            what, said = tried(given, lambda one: ran(one, Path(folder), matcher))
            took.append((time.perf_counter() - start, number, given.kind, len(given.data)))
            counts[given.kind, what] += 1
            if said:
                wrong.setdefault(said, []).append(number)
    for (kind, what), count in sorted(counts.items()):
        print(f"{kind:10} {what:8} {count:6,}")
    print("slowest:")
    for seconds, number, kind, size in sorted(took, reverse=True)[:5]:
        print(f"  {seconds:6.2f} s  {kind} of {size:,} bytes, number {number}")
    print(f"{sum(map(len, wrong.values()))} wrong")
    for said, numbers in sorted(wrong.items(), key=lambda item: -len(item[1])):
        print(f"  {len(numbers):4}  {said}  (numbers {', '.join(map(str, numbers[:5]))})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
