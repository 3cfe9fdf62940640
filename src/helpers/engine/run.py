"""From files to a ledger on disk, made anew only where it is stale."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import ledger
from helpers.engine import hits, keys
from helpers.engine.make import Crew, annotate, is_there
from helpers.engine.parts import Say
from helpers.engine.progress import Tell
from helpers.engine.result import Done, done
from helpers.study import root

SETTLED = "FRAMING_LEDGER"
"""Set by a report run to the ledger it has made fresh and holds, so that its kernels need not look
at every article again."""


def open_ledger(
    corpus: str | Path, lexicons: Iterable[str | Path] = (), columns: dict[str, str] | None = None
) -> ledger.Ledger:
    """Return the ledger of a corpus; its tables, and the hits of lexicons, are made first where
    they are missing or stale.

    corpus    a folder of articles, or of a ledger that `framing annotate` wrote; relative to the
              project
    lexicons  lexicon files whose entries become `hits`; each has a table of its own
    columns   names of columns in the corpus's tables: {"text": "body"}
    raises    ValueError if there is no such folder or a lexicon is broken

    >>> "outlet" in open_ledger("data/raw/demo").read("articles", ["article_id", "outlet"])
    True
    """
    folder = _place(corpus)
    place = ledger_folder(folder)
    if not is_ledger(folder) and os.environ.get(SETTLED) != str(place):
        fresh(folder, columns or {})
    with ledger.locked(place, shared=True):
        found = [hits.find(place, _place(lexicon), Crew()) for lexicon in lexicons]
    return ledger.Ledger(place, found)


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
    """Return the folder of a corpus's ledger: its own where it is one, else the one in
    data/processed."""
    if is_ledger(corpus):
        return corpus
    whole = corpus.resolve()
    if not whole.name:
        raise ValueError(f"{corpus}: not a folder of articles; name one below it")
    own = whole.parent == root() / "data/raw"  # two corpora elsewhere may share their last name
    mark = hashlib.sha256(str(whole).encode()).hexdigest()[:8]
    return root() / "data/processed" / (whole.name if own else f"{whole.name}-{mark}")


def fresh(
    corpus: Path, columns: dict[str, str], say: Say | None = None, tell: Tell | None = None
) -> Done:
    """Make the ledger in data/processed of a folder of articles, unless it is there and nothing
    changed.

    raises  ValueError if there is no such file or folder

    >>> fresh(Path("data/raw/demo"), {}).failed
    0
    """
    if not corpus.exists():
        raise ValueError(
            f"{keys.named(corpus)}: there is no such file or folder; put the articles there, or"
            " name another corpus"
        )
    out = ledger_folder(corpus)
    wanted = keys.key([corpus], columns)
    with ledger.locked(out, shared=True):
        if is_there(out, wanted):
            return done(out, ledger.key(out))
    with ledger.locked(out):
        if is_there(out, wanted):  # another run made it while this one waited
            return done(out, ledger.key(out))
        return annotate([corpus], [], out, columns=columns, key=wanted, say=say, tell=tell)


@contextmanager
def held(
    corpus: Path, columns: dict[str, str], say: Say, tell: Tell | None = None
) -> Iterator[Done]:
    """Hold a corpus's ledger, fresh, so that no other run writes it; as `fresh` otherwise.

    Between making it and holding it another run may have made it from other files: then it is made
    again.

    >>> with held(Path("data/raw/demo"), {}, print) as done:
    ...     done.articles > 0
    True
    """
    while True:
        made = fresh(corpus, columns, say, tell)
        with ledger.locked(made.folder, shared=True):
            if is_there(made.folder, keys.key([corpus], columns)):
                yield made
                return
