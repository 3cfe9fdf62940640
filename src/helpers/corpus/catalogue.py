"""catalog.csv: what is known about the files of a corpus, one row for each file or article."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path

from helpers.corpus import columns, dates, decode
from helpers.corpus.rows import Failure, Unusable, line, shown
from helpers.ledger import unguarded

NAME = "catalog.csv"
COLUMNS = (
    "source",
    "article_id",
    "outlet",
    "title",
    "deck",
    "author",
    "published",
    "url",
    "language",
    "kind",
    "sha256",
    "encoding",
    "columns",
)


ALIKE = 0.8
"""How alike a further column's name may be to a known one; above it a slip of the pen is meant."""


class Catalogue:
    """The rows of a catalogue, found by file and by article.

    A row that names a source describes that file; with an article_id too, that article (of a table:
    that row of
    it). A row that names an article_id only describes the article that gets this id without the
    catalogue.
    """

    def __init__(self, rows: list[dict[str, str]], failures: list[Failure] | None = None) -> None:
        self.failures = failures or []
        self._rows: dict[tuple[str, str], dict[str, str]] = {}
        self._files: dict[str, dict[str, str]] = {}
        self._used: set[int] = set()
        for row in rows:
            self._add(row)

    def _add(self, row: dict[str, str]) -> None:
        key = (row.get("source", ""), row.get("article_id", ""))
        if key == ("", ""):
            self._fail(row, "names neither source nor article_id; fill in one")
        elif key in self._rows:
            self._fail(row, "says the same source and article_id as an earlier row; remove one")
        else:
            self._rows[key] = row
            self._files.setdefault(key[0], row)

    def _fail(self, row: dict[str, str], reason: str) -> None:
        source, article_id = row.get("source", ""), row.get("article_id", "")
        self.failures.append(
            Failure(source or NAME, article_id, "catalogue", f"{NAME}:{row['line']} {reason}")
        )

    def of_file(self, source: str) -> dict[str, str]:
        """The row of a file that holds one article; empty where there is none."""
        return self._use(self._files.get(source)) if source else {}

    def of_table(self, source: str) -> dict[str, str]:
        """The row that describes a table as a whole; empty where there is none."""
        return self._use(self._rows.get((source, "")))

    def of_article(self, source: str, article_id: str) -> dict[str, str]:
        """The row of one article by its id; empty where there is none."""
        return self._use(self._rows.get((source, article_id)) or self._rows.get(("", article_id)))

    def _use(self, row: dict[str, str] | None) -> dict[str, str]:
        if row is None:
            return {}
        self._used.add(id(row))
        return row

    def unused(self) -> list[Failure]:
        """A failure for each row of which no file or article was seen."""
        rows = [row for row in self._rows.values() if id(row) not in self._used]
        return [
            Failure(
                row.get("source", "") or NAME,
                row.get("article_id", ""),
                "catalogue",
                f"{NAME}:{row['line']} names {shown(row.get('source') or row['article_id'])}, which"
                " is not in the folder; add the file or remove the row",
            )
            for row in rows
        ]


def load(folder: Path) -> Catalogue:
    """Read the catalogue of a corpus folder; an empty one where the folder has none.

    Raises ValueError, in one line, for a catalogue that cannot be read or has a column that is not
    known.
    """
    path = folder / NAME
    if not path.is_file():
        return Catalogue([])
    where = shown(path)
    try:
        text = decode.decode(path.read_bytes()).text
        # as a file: str.splitlines would break a cell that holds U+2028 or U+0085
        first = text.lstrip().split("\n", 1)[0]
        parted = columns.separator(first)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=parted)
        names = [line(name) for name in next(reader)]
        header = [name.lower() for name in names]
        _check_header(header, where)
        return _rows(reader, names, header)
    except (Unusable, csv.Error, OSError) as error:
        raise ValueError(
            f"{where}: cannot be read as CSV ({error}); write it again as CSV in UTF-8"
        ) from None


def _check_header(header: list[str], where: str) -> None:
    for name in header:
        meant = [] if name in COLUMNS else difflib.get_close_matches(name, COLUMNS, 1, ALIKE)
        if meant:
            raise ValueError(
                f"{where}: column {shown(name, 40)!r} looks like {meant[0]!r}; write it so, or give"
                " a column of your own a name that is less like it"
            )
    if len(set(header)) < len(header):
        raise ValueError(f"{where}: a column stands twice; columns found: {columns.listed(header)}")
    if not {"source", "article_id"} & set(header):
        raise ValueError(
            f"{where}: needs a column source or article_id; columns found: {columns.listed(header)}"
        )


def _rows(reader, names: list[str], header: list[str]) -> Catalogue:
    rows, failures = [], []
    further = [name for name, plain in zip(names, header, strict=True) if plain not in COLUMNS]
    for cells in reader:
        if not any(map(str.strip, cells)):
            continue
        number = reader.line_num
        row = {
            name: line(unguarded(cell))
            for name, cell in zip(header, cells, strict=False)
            if name in COLUMNS
        }
        named = dict(zip(names, cells, strict=False))
        row["docvars"] = columns.properties(named, further)
        row["published"] = _day(row.get("published", ""))
        if "source" in header[: len(cells)]:
            row["source"] = _inside(unguarded(cells[header.index("source")]))
        wrong = _wrong(row, cells, header)
        if wrong:
            source, article_id = row.get("source", ""), row.get("article_id", "")
            failures.append(
                Failure(source or NAME, article_id, "catalogue", f"{NAME}:{number} {wrong}")
            )
        else:
            rows.append({**row, "line": str(number)})
    return Catalogue(rows, failures)


def _day(words: str) -> str:
    """A date with full stops has the day first: 05.03.2031."""
    day, _ = dates.settled(words, {})
    return words if isinstance(day, str) else f"{day:%Y-%m-%d}"


def _inside(source: str) -> str:
    """A path inside the folder as the walk writes it: names keep their own white space."""
    return source.strip().replace("\\", "/").removeprefix("./")


def _wrong(row: dict[str, str], cells: list[str], header: list[str]) -> str:
    """What is wrong with a row of the catalogue, "" where nothing is."""
    if len(cells) != len(header):
        return (
            f"has {len(cells)} cells where the header has {len(header)}; quote cells that hold"
            " commas"
        )
    if row.get("published") and dates.value(row["published"]) is None:
        return (
            f"published is no full date: {shown(row['published'], 40)!r}; write it like 2024-03-02"
        )
    if row.get("encoding") and not decode.known(row["encoding"]):
        return f"unknown encoding {shown(row['encoding'], 40)!r}; write it like utf-8 or cp1251"
    try:
        columns.parse(row.get("columns", ""))
    except ValueError as error:
        return str(error)
    return ""
