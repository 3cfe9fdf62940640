"""Hits of one lexicon in the tables of a ledger: a table of their own, made when first asked for
and never changed, so that two notebooks with other lexicons do not disturb each other."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import ledger
from helpers.engine.keys import sha256
from helpers.engine.ownership import MADE
from helpers.engine.parts import MADE_FROM, TABLES, Work, there
from helpers.engine.progress import Tell

if TYPE_CHECKING:
    from helpers.engine.make import Crew

FOLDER = "hits"


def base(key: dict[str, Any]) -> dict[str, Any]:
    """Return what the tables of a ledger were made from, without what came of it."""
    return {name: value for name, value in key.items() if name not in MADE}


def table_name(lexicon: Path) -> str:
    """Return the name of a lexicon's table of hits: its file's name and the first 8 digits of its
    SHA-256."""
    plain = re.sub(r"[^a-z0-9]+", "-", lexicon.stem.lower()).strip("-") or "lexicon"
    return f"{plain}-{sha256(lexicon)[:8]}"


def find(out: Path, lexicon: Path, crew: Crew, tell: Tell | None = None) -> str:
    """Return the name of the table of a lexicon's hits; made first where it is not there.

    out      folder of a ledger whose tables are there
    lexicon  a lexicon file
    raises   terms.LexiconError if the lexicon is broken
    """
    from helpers import terms
    from helpers.engine.stages import Stages

    name = table_name(lexicon)
    stamp = _stamp(out, lexicon)
    if _is_there(out / FOLDER, name, stamp):
        return name
    terms.load(lexicon)  # says what is wrong with it before any work
    work = out / FOLDER / f".{name}.{uuid.uuid4().hex}"
    try:
        (work / "lexicons").mkdir(parents=True)
        shutil.copyfile(lexicon, work / "lexicons" / lexicon.name)
        job = Work(str(work.resolve()), (f"lexicons/{lexicon.name}",), stamp)
        with crew.pool(job, small=len(ledger.parts(out, "articles")) == 1) as pool:
            Stages(job, pool, tell).hits(out)
        _publish(work / TABLES / FOLDER, out / FOLDER, name, stamp)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return name


def _stamp(out: Path, lexicon: Path) -> str:
    made_from = json.dumps([base(ledger.key(out)), sha256(lexicon)], sort_keys=True)
    return hashlib.sha256(made_from.encode()).hexdigest()


def _is_there(folder: Path, name: str, stamp: str) -> bool:
    """Say whether a table of hits is there, whole, and made from these tables and this lexicon."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        places = ledger.parts(folder, name)
        return all(
            (pq.read_schema(p).metadata or {}).get(MADE_FROM) == stamp.encode() for p in places
        )
    except (FileNotFoundError, pa.ArrowException, OSError):
        return False


def _publish(made: Path, folder: Path, name: str, stamp: str) -> None:
    """Put a table in its place in one step; where another run was faster, its table stays."""
    alone = there(made) == 1
    final = folder / (f"{name}.parquet" if alone else name)
    while not _is_there(folder, name, stamp):
        old = folder / f".old.{uuid.uuid4().hex}"
        for place in (folder / f"{name}.parquet", folder / name):
            if place.exists():  # made from other tables, or damaged
                place.rename(old)
                shutil.rmtree(old) if old.is_dir() else old.unlink()
        try:
            (next(made.glob("part-*.parquet")) if alone else made).rename(final)
        except OSError:
            if not final.exists():
                raise
