"""From files to a ledger on disk, made anew only where it is stale."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import ledger
from helpers.engine import keys
from helpers.engine.make import annotate, covers
from helpers.engine.parts import Say
from helpers.engine.progress import Tell
from helpers.engine.result import Done, done
from helpers.study import root

SETTLED = "FRAMING_LEDGER"
"""Set by a report run to the ledger it has made fresh and holds, so that its kernels need not ask
again."""


def open_ledger(
    corpus: str | Path, lexicons: Iterable[str | Path] = (), columns: dict[str, str] | None = None
) -> ledger.Ledger:
    """Give the ledger of a corpus, made first where it is missing or stale.

    corpus    a folder of articles, or of a ledger that `framing annotate` wrote; relative to the
              project
    lexicons  lexicon files whose entries become `hits`
    columns   names of columns in the corpus's tables: {"text": "body"}
    raises    ValueError where there is no such folder or a lexicon is broken
    """
    folder = _place(corpus)
    settled = os.environ.get(SETTLED) == str(ledger_folder(folder))
    if is_ledger(folder) or settled:
        return ledger.Ledger(ledger_folder(folder))
    made = fresh(folder, [_place(p) for p in lexicons], columns or {})
    return ledger.Ledger(made.folder)


def _place(name: str | Path) -> Path:
    path = Path(name)
    return path if path.is_absolute() else root() / path


def is_ledger(folder: Path) -> bool:
    """Say whether a folder holds tables that `framing annotate` wrote, not articles in a table of
    that name."""
    return all(
        (folder / f"{name}.parquet").is_file() or (folder / name).is_dir()
        for name in ("articles", "blocks", "voices")
    )


def ledger_folder(corpus: Path) -> Path:
    """Give the folder of a corpus's ledger: its own where it is one, else the one in
    data/processed."""
    if is_ledger(corpus):
        return corpus
    whole = corpus.resolve()
    if not whole.name:
        raise ValueError(f"{corpus}: not a folder of articles; name one below it")
    own = whole.parent == root() / "data/raw"  # two corpora elsewhere may share their last name
    name = (
        whole.name if own else f"{whole.name}-{hashlib.sha256(str(whole).encode()).hexdigest()[:8]}"
    )
    return root() / "data/processed" / name


def fresh(
    corpus: Path,
    lexicons: list[Path],
    columns: dict[str, str],
    say: Say | None = None,
    tell: Tell | None = None,
) -> Done:
    """Make the ledger in data/processed of a folder of articles, unless it is there and nothing
    changed."""
    if not corpus.exists():
        raise ValueError(
            f"{keys.named(corpus)}: there is no such file or folder; put the articles there, or"
            " name another corpus"
        )
    out = ledger_folder(corpus)
    wanted = keys.key([corpus], lexicons, columns)
    with ledger.locked(out, shared=True):
        if covers(there := ledger.key(out), wanted):
            return done(out, there)
    with ledger.locked(out):
        if covers(there := ledger.key(out), wanted):  # another run made it while this one waited
            return done(out, there)
        return annotate([corpus], lexicons, out, columns=columns, key=wanted, say=say, tell=tell)


@contextmanager
def held(
    corpus: Path, lexicons: list[Path], columns: dict[str, str], say: Say, tell: Tell | None = None
) -> Iterator[Done]:
    """Hold a corpus's ledger, fresh, so that no other run writes it; as `fresh` otherwise.

    Between making it and holding it another run may have made it for other lexicons: then it is
    made again.
    """
    while True:
        made = fresh(corpus, lexicons, columns, say, tell)
        with ledger.locked(made.folder, shared=True):
            if covers(ledger.key(made.folder), keys.key([corpus], lexicons, columns)):
                yield made
                return
