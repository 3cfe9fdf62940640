"""From files to a ledger on disk, made anew only where it is stale."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain as joined
from pathlib import Path
from typing import Any, NamedTuple

from helpers import ledger
from helpers.engine import keys
from helpers.study import root

Progress = Callable[[str], None]
SETTLED = "FRAMING_LEDGER"
"""Set by a report run to the ledger it has made fresh and holds, so that its kernels need not ask again."""


class Done(NamedTuple):
    """What an annotation came to."""

    folder: Path
    articles: int
    failures: tuple[ledger.Failed, ...]
    notes: tuple[str, ...]


def open_ledger(corpus: str | Path, lexicons: Iterable[str | Path] = (), columns: dict[str, str] | None = None) -> ledger.Ledger:
    """Give the ledger of a corpus, made first where it is missing or stale.

    corpus    a folder of articles, or of a ledger that `framing annotate` wrote; relative to the project
    lexicons  lexicon files whose entries become `hits`
    columns   names of columns in the corpus's tables: {"text": "body"}
    raises    ValueError where there is no such folder or a lexicon is broken
    """
    folder = _place(corpus)
    settled = os.environ.get(SETTLED) == str(ledger_folder(folder))
    if is_ledger(folder) or settled:
        return ledger.Ledger(ledger_folder(folder))
    done = fresh(folder, [_place(p) for p in lexicons], columns or {})
    return ledger.Ledger(done.folder)


def _place(name: str | Path) -> Path:
    path = Path(name)
    return path if path.is_absolute() else root() / path


def is_ledger(folder: Path) -> bool:
    """Say whether a folder holds tables that `framing annotate` wrote, not articles."""
    return (folder / "articles.parquet").exists() or ((folder / "articles").is_dir() and (folder / ledger.KEY).exists())


def ledger_folder(corpus: Path) -> Path:
    """Give the folder of a corpus's ledger: its own where it is one, else the one in data/processed."""
    if is_ledger(corpus):
        return corpus
    whole = corpus.resolve()
    if not whole.name:
        raise ValueError(f"{corpus}: not a folder of articles; name one below it")
    own = whole.parent == root() / "data/raw"  # two corpora elsewhere may share their last name
    name = whole.name if own else f"{whole.name}-{hashlib.sha256(str(whole).encode()).hexdigest()[:8]}"
    return root() / "data/processed" / name


def fresh(corpus: Path, lexicons: list[Path], columns: dict[str, str], say: Progress | None = None) -> Done:
    """Make the ledger in data/processed of a folder of articles, unless it is there and nothing changed."""
    if not corpus.exists():
        raise ValueError(f"{keys.named(corpus)}: there is no such file or folder; put the articles there, or name another corpus")
    out = ledger_folder(corpus)
    wanted = keys.key([corpus], lexicons, columns)
    with ledger.locked(out, shared=True):
        if _covers(there := ledger.key(out), wanted):
            return _done(out, there)
    with ledger.locked(out):
        if _covers(there := ledger.key(out), wanted):  # another run made it while this one waited
            return _done(out, there)
        return annotate([corpus], lexicons, out, columns=columns, key=wanted, say=say)


@contextmanager
def held(corpus: Path, lexicons: list[Path], columns: dict[str, str], say: Progress) -> Iterator[Done]:
    """Hold a corpus's ledger, fresh, so that no other run writes it; as `fresh` otherwise.

    Between making it and holding it another run may have made it for other lexicons: then it is made again.
    """
    while True:
        done = fresh(corpus, lexicons, columns, say)
        with ledger.locked(done.folder, shared=True):
            if _covers(ledger.key(done.folder), keys.key([corpus], lexicons, columns)):
                yield done
                return


def _covers(there: dict, wanted: dict) -> bool:
    """Say whether a ledger was made from what is wanted; hits of further lexicons do no harm."""
    same = all(there.get(name) == value for name, value in wanted.items() if name != "lexicons")
    return same and wanted["lexicons"].items() <= there["lexicons"].items()


def annotate(
    paths: list[Path],
    lexicons: list[Path],
    out: Path,
    *,
    columns: dict[str, str] | None = None,
    key: dict[str, Any] | None = None,
    say: Progress | None = None,
) -> Done:
    """Read articles, send them through the rooms, and write every table into a folder.

    paths   files or folders in any accepted format
    raises  ValueError where a path is missing or a lexicon is broken; a single bad article is a row of `failures`
    """
    from helpers import corpus, terms

    _writable(out, paths)
    say = say or (lambda line: None)
    matcher = terms.matcher([terms.load(path) for path in lexicons])
    articles = corpus.read(paths, columns=columns or None)  # raises here where a path is wrong
    say(f"reading {', '.join(keys.named(p) for p in paths)}")
    found = list(articles)
    received = [item for item in found if isinstance(item, corpus.Received)]
    rows = _annotated(received, matcher, say)
    intake = [_intake(item, corpus) for item in found]
    failures = [ledger.Failed(*item) for item in found if isinstance(item, corpus.Failure)]
    rows["failures"] = failures + rows["failures"]
    rows["intake"] = intake
    counts = {"articles": len(rows["articles"]), "failures": rows["failures"], "notes": _loud(received, found, corpus)}
    tables = {name: ledger.arrow(name, rows[name]) for name in ledger.TABLES}
    ledger.write(out, tables, (key or keys.key(paths, lexicons, columns or {})) | {"result": counts})
    return _done(out, ledger.key(out))


def _writable(out: Path, paths: list[Path]) -> None:
    """Refuse a place for tables that would spoil something, before any work is done."""
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out}: a file; --out takes a folder for the tables")
    if any(path.is_dir() and out.resolve() == path.resolve() for path in paths):
        raise ValueError(f"{out}: the folder of the articles; give the tables another, or they are read as articles next time")


def _annotated(received: list, matcher: Any, say: Progress) -> dict[str, list[tuple]]:
    from helpers.engine.chain import repeated_lines, safe_rows

    repeated = repeated_lines(received)
    gc.freeze()  # what is loaded by now stays; without this the collector walks the language models again and again
    rows: dict[str, list[tuple]] = {name: [] for name in ledger.TABLES}
    for number, item in enumerate(received, start=1):
        part = safe_rows(item, matcher, repeated.get(item.article.outlet, frozenset()))
        for name, more in part.items():
            rows[name] += more
        if number % 100 == 0 or number == len(received):
            say(f"annotated {number} of {len(received)} articles")
    return rows


def _intake(item: Any, corpus: Any) -> ledger.Intake:
    """What became of one file or row, in one row."""
    if isinstance(item, corpus.Received):
        return ledger.Intake(item.article.source, item.article.article_id, "read", item.encoding, "; ".join(item.notes))
    if isinstance(item, corpus.Failure):
        return ledger.Intake(item.source, item.article_id, "failed", "", item.reason)
    return ledger.Intake(item.source, "", "skipped", "", item.reason)


def _loud(received: list, found: list, corpus: Any) -> list[str]:
    """The lines a user must see: articles of unknown outlet, exact copies, files passed over."""
    unknown = sum(item.article.outlet == "unknown outlet" for item in received)
    lines = [f"{i.article.source}: not UTF-8, read as {i.encoding}" for i in received if not i.encoding.startswith("utf-8")]
    if unknown:
        lines.append(f"{unknown} of {len(received)} articles are of unknown outlet: put them in a folder per outlet, or name it in catalog.csv")
    copies = [f"{i.article.article_id}: {n}" for i in received for n in i.notes if n.startswith("exact duplicate")]
    skipped = [f"{item.source}: skipped, {item.reason}" for item in found if isinstance(item, corpus.Skipped)]
    return list(joined(lines, copies, skipped))


def _done(out: Path, key: dict) -> Done:
    result = key["result"]
    return Done(out, result["articles"], tuple(ledger.Failed(*f) for f in result["failures"]), tuple(result["notes"]))
