"""Paths to articles: walk the files, read each by its kind, keep ids unique and say what is an
exact duplicate."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from helpers.corpus import catalogue, columns, files, tables
from helpers.corpus.catalogue import Catalogue
from helpers.corpus.files import Found
from helpers.corpus.making import Pending, pending_file, pending_row, receive
from helpers.corpus.rows import DUPLICATE, Failure, Received, Skipped, Unusable, shown
from helpers.ledger import Article

Outcome = Received | Failure | Skipped
Entry = Pending | Failure | Skipped


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    columns: Mapping[str, str] | None = None,
    name: str | None = None,
) -> Iterator[Outcome]:
    """Read articles from files and folders, in sorted order inside each path.

    paths    files or folders: .txt, .html, .htm, .csv, .tsv, .jsonl, .parquet; catalog.csv in a
             folder given
    columns  article's column → table's column, for tables whose names the synonyms do not know
    name     the corpus' name; else that of the folder
    returns  Received for each article, Failure for each article, row or file that could not be
             used, Skipped
             for each file of another kind. Nothing is held but hashes and ids, so tables may be of
             any length
    raises   ValueError, in one line and before anything is read, for a path that is not there, a
             folder without
             a file of an accepted kind, a broken catalogue, or a mapping to unknown columns

    >>> next(iter(read("data/raw/demo"))).article.outlet
    'Daily Beacon'
    """
    entries = pending(paths, columns=columns, name=name)
    return _unique(receive(entry) if isinstance(entry, Pending) else entry for entry in entries)


def pending(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    columns: Mapping[str, str] | None = None,
    name: str | None = None,
) -> Iterator[Entry]:
    """Give what `read` gives before anything is decoded, so that `receive` can be called elsewhere.

    Takes and raises what `read` does. Ids and texts that came before are not noted: see `identity`.

    >>> from helpers import corpus
    >>> corpus.receive(next(iter(pending("data/raw/demo")))).article.article_id
    'db-hotel'
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not given:
        raise ValueError("no path given; name files or folders of articles")
    asked = _checked(columns)
    return chain.from_iterable([_source(Path(path), asked, name) for path in given])


def _checked(asked: Mapping[str, str] | None) -> dict[str, str]:
    return columns.checked(asked or {})


def _source(path: Path, asked: Mapping[str, str], name: str | None) -> Iterator[Entry]:
    """The outcomes of one path; what is wrong with the path itself is raised at once, not at the
    first article."""
    where = shown(path)
    if not path.exists():
        raise ValueError(f"{where}: no such file or folder; check the path")
    if not path.is_dir():
        if not path.is_file():
            raise ValueError(f"{where}: not a regular file; name a file or a folder")
        found = files.single(path)
        if isinstance(found, Skipped):
            raise ValueError(f"{where}: {found.reason}")
        return _outcomes(
            [found], Catalogue([]), asked, name or files.readable(path.resolve().parent.name)
        )
    entries = list(files.walk(path))
    if not any(isinstance(entry, Found | Failure) for entry in entries):
        kinds = ", ".join(files.ACCEPTED)
        raise ValueError(f"{where}: holds no article; put files of these kinds into it: {kinds}")
    return _outcomes(
        entries, catalogue.load(path), asked, name or files.readable(path.resolve().name)
    )


def _outcomes(
    entries: Iterable[Found | Skipped | Failure],
    known: Catalogue,
    asked: Mapping[str, str],
    name: str,
) -> Iterator[Entry]:
    yield from known.failures
    for entry in entries:
        if isinstance(entry, Found):
            yield from _articles(entry, known, asked, name)
        else:
            yield entry
    yield from known.unused()


def _articles(
    found: Found, known: Catalogue, asked: Mapping[str, str], name: str
) -> Iterator[Entry]:
    try:
        if found.suffix in files.TABLES:
            yield from _table(found, known, asked, name)
        else:
            row = known.of_file(found.source) or known.of_article("", found.article_id)
            yield pending_file(found, row, name)
    except Unusable as error:
        article_id = (
            "" if found.suffix in files.TABLES else row.get("article_id") or found.article_id
        )
        yield Failure(found.source, article_id, error.stage, error.reason)
    except OSError as error:
        yield Failure(found.source, "", "read", f"cannot be read: {files.reason(error)}")


def _table(found: Found, known: Catalogue, asked: Mapping[str, str], name: str) -> Iterator[Entry]:
    whole = known.of_table(found.source)
    _compare(found.path, whole.get("sha256", ""))
    mapped = {**asked, **columns.parse(whole.get("columns", ""))}
    row = None
    for row in tables.rows(found.path, mapped, whole.get("encoding", "")):
        if row.error:
            yield Failure(
                found.source,
                f"{found.source}#{row.number}",
                "row",
                f"{row.place}: {row.error}; mend it",
            )
        else:
            yield pending_row(found, row, known, whole, name)
    if row is None:
        yield Failure(found.source, "", "table", "holds no row; remove it or write it again")


def _compare(path: Path, expected: str) -> None:
    """Raise Unusable where the file is not the one that the catalogue means."""
    if not expected:
        return
    with path.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    if actual != expected.lower():
        raise Unusable(
            "catalogue", f"SHA-256 is {actual[:12]}…, the catalogue says {shown(expected[:12])}…"
        )


class Identity(NamedTuple):
    """What tells articles apart over a whole corpus, as numbers of 64 bits (BLAKE2b).

    article  of its id;  text  of its text;  copy  of its outlet and its bytes as received
    """

    article: int
    text: int
    copy: int


def identity(article: Article) -> Identity:
    """Number an article, so that millions can be compared in little memory.

    >>> first = next(iter(read("data/raw/demo"))).article
    >>> identity(first) == identity(first._replace(title="Another")), len(identity(first))
    (True, 3)
    """
    return Identity(
        hashed(article.article_id),
        hashed(article.text),
        # copies that differ in white space only (one more line, CRLF) are one
        hashed(f"{article.outlet}\0{' '.join(article.text.split())}"),
    )


def hashed(text: str) -> int:
    """A number of 64 bits for a text: of ten million texts two share one once in 400,000
    corpora.

    >>> hashed("x")
    5395104992458594383
    """
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def same_id(source: str, article_id: str, first: str) -> Failure:
    """The failure of an article whose id an article in `first` has.

    >>> same_id("b.txt", "a", "a.txt").reason
    "article_id 'a' is already that of a.txt; give it another"
    """
    reason = (
        f"article_id {shown(article_id, 60)!r} is already that of {shown(first)}; give it another"
    )
    return Failure(source, article_id, "catalogue", reason)


def _unique(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Let the first article of an id through, and note on a text that came before which article had
    it."""
    sources: dict[int, str] = {}
    texts: dict[int, str] = {}
    for outcome in outcomes:
        if not isinstance(outcome, Received):
            yield outcome
            continue
        article, numbers = outcome.article, identity(outcome.article)
        if numbers.article in sources:
            yield same_id(article.source, article.article_id, sources[numbers.article])
            continue
        sources[numbers.article] = article.source
        first = texts.setdefault(numbers.text, article.article_id)
        repeats = first != article.article_id
        yield outcome._replace(notes=(*outcome.notes, DUPLICATE + first)) if repeats else outcome
