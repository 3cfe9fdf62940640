"""Tables of articles, row by row: CSV, TSV, JSON lines and Parquet in bounded memory, JSON and
Excel whole."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers.corpus import dates, decode
from helpers.corpus.columns import flattened, further, listed, mapping, properties
from helpers.corpus.rows import Unusable, shown

BATCH = 256
"""Rows of a Parquet file held at a time."""

BUFFER = 2**20
"""Bytes of a Parquet column read at a time, instead of all that its group of rows has."""


class Row(NamedTuple):
    """One row: its number (from 1), where it stands, its cells by the article's columns; `error` if
    broken."""

    number: int
    place: str
    cells: dict[str, object]
    encoding: str
    error: str = ""
    note: str = ""


def rows(path: Path, asked: Mapping[str, str], declared: str = "") -> Iterator[Row]:
    """Give the rows of a table with their cells under the names of an article's columns.

    path      a .csv, .tsv, .jsonl, .json, .xlsx or .parquet file
    asked     article's column → table's column where the synonyms do not do
    declared  the encoding the catalogue names
    returns   rows in the order of the file, broken ones with their error
    raises    Unusable where the file as a whole, or from some row on, cannot be read
    """
    read = _READERS[path.suffix.lower()]
    known: dates.Orders | None = None
    for row in read(path, asked, declared):
        if known is None and dates.ambiguous(row.cells.get("published")):
            known = dates.orders(_published(read(path, asked, declared)))
        day, note = dates.settled(row.cells.get("published"), known or {})
        yield (
            row._replace(cells={**row.cells, "published": day}, note=note)
            if note or (day is not row.cells.get("published"))
            else row
        )


def _published(found: Iterator[Row]) -> Iterator[object]:
    """The cells of the column of dates in the first rows, as far as they are words."""
    try:
        for row in islice(found, LOOKED_AT):
            cell = row.cells.get("published")
            if row.cells and not isinstance(cell, str):
                return  # the table has no such column, or has dates that are dates
            yield cell
    except Unusable:
        return  # the reading itself says so


LOOKED_AT = 20_000
"""Rows by whose dates the order of day and month is told."""


def _delimited(
    path: Path, asked: Mapping[str, str], declared: str, delimiters: str
) -> Iterator[Row]:
    encoding = file_encoding(path, declared)
    csv.field_size_limit(
        2**31 - 1
    )  # a page's HTML is longer than the 131,072 characters of the default
    with path.open(encoding=encoding, newline="", errors=_errors(encoding)) as lines:
        records = _Records(lines)
        header, delimiter = _header(records, delimiters, asked)
        records.backslashes = _backslashes(path, encoding)
        chosen = mapping(header, asked)
        places = {column: header.index(name) for column, name in chosen.items()}
        more = further(header, chosen)
        open_mark: Row | None = None
        lost = 0
        for number, (line, cells, broken) in enumerate(records.read(delimiter), 1):
            uneven = (
                f"{len(cells)} cells where the header has {len(header)}"
                if len(cells) != len(header)
                else ""
            )
            if open_mark and uneven and not broken:
                lost += 1  # lines of the cell whose mark is not closed: no failures of their own
                continue
            if open_mark:
                yield _with_lost(open_mark, lost)
            row = (
                {}
                if broken or uneven
                else {column: cells[place] for column, place in places.items()}
            )
            if row and more:
                row["docvars"] = properties(dict(zip(header, cells, strict=True)), more)
            made = Row(number, f"{path.name}:{line}", row, encoding, broken or uneven)
            open_mark, lost = (made, 0) if broken else (None, 0)
            if not broken:
                yield made
        if open_mark:
            yield _with_lost(open_mark, lost)


def _with_lost(row: Row, lines: int) -> Row:
    """A broken row, and how many broken lines follow it."""
    said = {0: "", 1: "; 1 broken line follows it"}.get(
        lines, f"; {lines:,} broken lines follow it"
    )
    return row._replace(error=row.error + said)


def _header(records: _Records, delimiters: str, asked: Mapping[str, str]) -> tuple[list[str], str]:
    """The header, cut at the first of `delimiters` under which it has a column of text; else at the
    first."""
    first = records.first()
    if (stated := _SEPARATOR.match(first)) is not None:  # Excel's own first line
        first, delimiters = records.first(), stated[1]
    splits = [(next(csv.reader([first], delimiter=mark), []), mark) for mark in delimiters]
    for names, mark in splits:
        try:
            mapping(names, asked)
        except Unusable:
            continue
        return names, mark
    return splits[0]


_SEPARATOR = re.compile(r"sep=([,;\t|])\s*$", re.I)


def _backslashes(path: Path, encoding: str) -> bool:
    """Whether quotation marks in cells have a backslash before them, as MySQL writes them, and are
    not doubled."""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        head = file.read(1 << 16)
    return bool(re.search(r'[\w\s,;:(]\\"', head)) and re.search(r'\w""|""\w', head) is None


class _Records:
    """Records of a CSV file, each with its line. After a broken one reading goes on at the line
    after its first."""

    LONGEST = (
        50_000  # lines of one record: a quotation mark never closed must not swallow a whole file
    )
    RESTARTS = 100

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = iter(lines)
        self._back: list[str] = []
        self._record: list[str] = []
        self._number = 0
        self._restarts = 0
        self.backslashes = False

    def first(self) -> str:
        """The first line that is not empty."""
        for text in self:
            if text.strip():
                self._record = []
                return text
        raise Unusable("table", "empty: it has no header; remove it or write it again")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._record) > self.LONGEST:
            raise csv.Error(f"a quotation mark is not closed in {self.LONGEST:,} lines")
        text = self._back.pop() if self._back else next(self._lines)
        self._record.append(text)
        self._number += 1
        return text

    def read(self, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
        """Give (line, cells, error) for each record."""
        while True:
            escape = {"escapechar": "\\", "doublequote": False} if self.backslashes else {}
            reader = csv.reader(self, delimiter=delimiter, strict=True, **escape)
            start = self._number + 1
            self._record = []
            try:
                cells, error = next(reader), ""
            except StopIteration:
                return
            except csv.Error as broken:
                cells, error = [], str(broken) + self._restart()
            if cells or error:
                yield start, cells, error

    def _restart(self) -> str:
        """Go back to the second line of the broken record; say so where that was done too often."""
        self._restarts += 1
        again = self._record[1:]
        if self._restarts > self.RESTARTS:
            return f", and the {len(again)} lines after it with it" if again else ""
        self._number -= len(again)
        self._back.extend(reversed(again))
        return ""


def _json_lines(path: Path, asked: Mapping[str, str], declared: str) -> Iterator[Row]:
    encoding = _json_encoding(path, declared)
    objects = _Objects(path.name, asked, encoding)
    with path.open("rb") if encoding == "utf-8-sig" else path.open(encoding=encoding) as lines:
        try:
            for number, raw in enumerate(lines, 1):
                if raw.strip():
                    yield objects.row(raw, number)
        except UnicodeError as error:
            raise Unusable(
                "decode", f"not {encoding} ({shown(error, 80)}); declare its encoding"
            ) from None
    if objects.unseen:
        names = ", ".join(map(shown, sorted(objects.unseen)))
        raise Unusable(
            "table", f"no object has {names}; columns found: {listed(sorted(objects.seen))}"
        )


class _Objects:
    """JSON objects to rows. Objects leave out what is empty, so an asked column must be in one of
    them only."""

    PATIENCE = 100  # broken lines at the start of a file, after which it is no file of articles
    SHAPES = 1000  # sets of names remembered

    def __init__(self, name: str, asked: Mapping[str, str], encoding: str) -> None:
        self.name, self.asked, self.encoding = name, asked, encoding
        self.unseen = set(asked.values())
        self.seen: set[str] = set()
        self._mappings: dict[tuple[str, ...], dict[str, str]] = {}
        self._without: int | None = 0

    def row(self, raw: bytes | str, number: int) -> Row:
        """The row of one line. Raises Unusable when none of the first PATIENCE lines gave one."""
        try:
            record = json.loads(raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw)
            if not isinstance(record, dict):
                return self._broken(number, "not an object in braces")
            cells = self._cells(record)
        except Unusable as broken:
            return self._broken(number, broken.reason)
        except (ValueError, RecursionError) as broken:
            return self._broken(number, f"not JSON in UTF-8: {_why(broken)}")
        self._without = None
        return Row(number, f"{self.name}:{number}", cells, self.encoding)

    def _broken(self, number: int, error: str) -> Row:
        if self._without is not None:
            self._without += 1
            if self._without > self.PATIENCE:
                raise Unusable(
                    "table", f"none of the first {self.PATIENCE} lines is an article: {error}"
                )
        return Row(number, f"{self.name}:{number}", {}, self.encoding, error)

    def _cells(self, record: dict[str, object]) -> dict[str, object]:
        record = flattened(record)
        names = tuple(record)
        if names not in self._mappings:
            if len(self._mappings) >= self.SHAPES:
                self._mappings.clear()
            self._mappings[names] = self._mapping(names)
        chosen = self._mappings[names]
        cells = {column: record[name] for column, name in chosen.items()}
        if isinstance(cells.get("text"), list) and all(isinstance(p, str) for p in cells["text"]):
            cells["text"] = "\n\n".join(cells["text"])
        return {**cells, "docvars": properties(record, further(names, chosen))}

    def _mapping(self, names: tuple[str, ...]) -> dict[str, str]:
        self.unseen.difference_update(names)
        if len(self.seen) < self.SHAPES:
            self.seen.update(names[: self.SHAPES])
        return mapping(
            names, {column: name for column, name in self.asked.items() if name in names}
        )


def _why(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else shown(error, 80)


def _json(path: Path, asked: Mapping[str, str], declared: str) -> Iterator[Row]:
    """A JSON file as a whole: a list of articles, an object that holds one, or one article."""
    _small(path)
    encoding = _json_encoding(path, declared)
    objects = _Objects(path.name, asked, encoding)
    try:
        whole = json.loads(path.read_text(encoding=encoding))
    except (ValueError, RecursionError) as error:
        raise Unusable("table", f"not JSON ({_why(error)}); fetch it again") from None
    for number, record in enumerate(_listed(whole), 1):
        yield objects.row(json.dumps(record), number)._replace(place=f"{path.name} item {number}")


def _listed(whole: object) -> list[object]:
    """The list of articles in what a JSON file holds."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        values = list(whole.values())
        inner = [v for one in values if isinstance(one, dict) for v in one.values()]
        lists = (v for v in values + inner if isinstance(v, list) and v)
        return next((v for v in lists if all(isinstance(i, dict) for i in v)), [whole])
    return [whole]


def _excel(path: Path, asked: Mapping[str, str], declared: str) -> Iterator[Row]:
    """The first sheet of an Excel file; its first row that is not empty names the columns."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _small(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(values_only=True)
        header: list[str] = []
        number = 0
        for at, cells in enumerate(lines, 1):
            if not any(cell is not None for cell in cells):
                continue
            if not header:
                header = [str(cell if cell is not None else "").strip() for cell in cells]
                chosen = mapping(header, asked)
                more = further(header, chosen)
                continue
            number += 1
            record = dict(zip(header, cells, strict=False))
            row = {column: _cell(record.get(name)) for column, name in chosen.items()}
            row["docvars"] = properties(record, more)
            yield Row(number, f"{path.name} row {at}", row, "utf-8")
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise Unusable(
            "table", f"cannot be read as Excel ({shown(error, 80)}); write it again as CSV"
        ) from None


def _cell(value: object) -> object:
    """A cell of Excel's as CSV would have it: 1169.0 is 1169."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _small(path: Path) -> None:
    if (size := path.stat().st_size) > LARGEST:
        raise Unusable(
            "table", f"{size:,} bytes: too large to be read whole; write it as CSV or JSON lines"
        )


LARGEST = 256 * 2**20
"""Bytes of the largest table that is read whole: JSON and Excel."""


def _json_encoding(path: Path, declared: str) -> str:
    """JSON is UTF-8 unless it begins with UTF-16's mark or the catalogue says otherwise."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return codecs.lookup(declared).name if declared else "utf-8-sig"


def _parquet(path: Path, asked: Mapping[str, str], declared: str) -> Iterator[Row]:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
            chosen = mapping(file.schema_arrow.names, asked)
            more = further(file.schema_arrow.names, chosen)
            wanted = sorted({*chosen.values(), *more})
            for number, record in enumerate(_records(file, wanted), 1):
                cells = {column: record[name] for column, name in chosen.items()}
                cells["docvars"] = properties(record, more)
                yield Row(number, f"{path.name} row {number}", cells, "utf-8")
    except (pyarrow.ArrowException, OSError, UnicodeError) as error:
        message = shown(str(error).split("\n")[0], 100)
        raise Unusable(
            "table", f"cannot be read as Parquet ({message}); fetch or write it again"
        ) from None


def _records(file, names: list[str]) -> Iterator[dict[str, object]]:
    """The rows of an open Parquet file, group by group: over all groups pyarrow would keep those it
    has read."""
    for group in range(file.num_row_groups):
        for batch in file.iter_batches(BATCH, row_groups=[group], columns=names):
            try:
                yield from batch.to_pylist()
            except (ValueError, OverflowError, LookupError):
                yield from _one_by_one(batch)


def _one_by_one(batch) -> Iterator[dict[str, object]]:
    """Rows of a batch in which a cell has no Python value (a year beyond 9999, an unknown time
    zone): such a cell is given as words."""
    columns = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        cells: list[object] = []
        for cell in column:
            try:
                cells.append(cell.as_py())
            except (ValueError, OverflowError, LookupError):
                cells.append(f"{cell.type} out of range")
        columns[name] = cells
    for number in range(batch.num_rows):
        yield {name: cells[number] for name, cells in columns.items()}


def file_encoding(path: Path, declared: str = "") -> str:
    """The encoding of a whole file, tried in the order of `decode.decode` without holding the
    file.

    >>> file_encoding(Path("README.md"))
    'utf-8'
    """
    with path.open("rb") as file:
        for name in decode.candidates(file.read(20_000), declared):
            if _fits(file, name):
                return name
    raise Unusable(
        "decode",
        "binary: it holds NUL characters; remove it, or declare its encoding in catalog.csv",
    )


def _errors(name: str) -> str:
    """What becomes of bytes that an encoding leaves undefined: see `decode.decode`."""
    return "undefined" if name == "cp1252" else "strict"


def _fits(file, name: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)(_errors(name))
    try:
        while data := file.read(1 << 20):
            if "\0" in decoder.decode(data):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def header(path: Path) -> list[str]:
    """The names of a table's columns; of JSON those of its first object.

    raises  Unusable, OSError, ValueError where it cannot be read as a table
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        import pyarrow.parquet

        return list(pyarrow.parquet.read_schema(path).names)
    if suffix == ".xlsx":
        import pandas as pd

        return [str(name) for name in pd.read_excel(path, nrows=0).columns]
    with path.open(encoding=file_encoding(path), newline="") as lines:
        if suffix in (".csv", ".tsv"):
            return _header(_Records(lines), "\t" if suffix == ".tsv" else ",;\t|", {})[0]
        first = lines.read() if suffix == ".json" else next(line for line in lines if line.strip())
    record = next(iter(_listed(json.loads(first))), {})
    return list(flattened(record)) if isinstance(record, dict) else []


_READERS: dict[str, Callable[[Path, Mapping[str, str], str], Iterator[Row]]] = {
    ".csv": lambda path, asked, declared: _delimited(path, asked, declared, ",;\t|"),
    ".tsv": lambda path, asked, declared: _delimited(path, asked, declared, "\t"),
    ".json": _json,
    ".jsonl": _json_lines,
    ".xlsx": _excel,
    ".parquet": _parquet,
}
