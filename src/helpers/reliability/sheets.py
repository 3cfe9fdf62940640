"""Sheets for coding by hand: written once and never over, read back whatever a spreadsheet did to
them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import corpus as articles_reader
from helpers import study
from helpers.corpus.columns import separator
from helpers.ledger import harmless, unguarded
from helpers.measure.checks import require
from helpers.measure.phrases import interval, number_of
from helpers.reliability import sampling
from helpers.reliability.agreement import alpha, alpha_by_category
from helpers.reliability.coding import read_back
from helpers.show import tables

if TYPE_CHECKING:
    from helpers.data import Corpus

CODERS = ("coder_a", "coder_b")
KEYS = {
    "hits": ["article_id", "start", "end", "lexicon", "entry"],
    "sentences": ["article_id", "start", "end"],
}
"""Columns that name a row of each unit."""

ABOUT = {"hits": ["category", "match", "voice", "speaker", "sentence"], "sentences": ["sentence"]}
"""What a coder sees beside the key."""

LOST = 0.5
"""A sheet of which more than this share is not in the corpus is taken for another corpus's."""

YES, NO = ("yes", "true", "1", "1.0", "ja", "oui"), ("no", "false", "0", "0.0", "nein", "non")
"""What spreadsheets make of yes and no."""

_AGREEMENT = ["category", "units", "alike", "alpha", "low", "high", "note"]


class Coded(NamedTuple):
    """A sheet that came back.

    rows   the corpus's rows of today that are in the sheet, with the coders' columns (None: not
           coded)
    words  one sentence: how many rows, how many coded, how many are gone
    ids    of all rows of the sheet, those that are gone too
    design how the sample was drawn; None where no design is beside the sheet
    name   of the file
    """

    rows: pd.DataFrame
    words: str
    ids: tuple[str, ...] = ()
    design: sampling.Design | None = None
    name: str = ""


def units(news: Corpus, unit: str) -> pd.DataFrame:
    """Return the rows that may be drawn.

    news  as `data.open` returns it
    unit  hits (of lexicons of kind loaded) or sentences
    returns the rows with machine: 1 where the rules say yes. All hits have it; of the sentences,
          those with a hit. A sample that has sentences without one can tell what the rules miss

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> rows = units(news, "sentences")
    >>> "sentence" in rows, len(rows) == len(news.sentences)
    (True, True)
    """
    hits = news.hits.query("kind == 'loaded'")
    if unit == "hits":
        return hits.assign(machine=1)
    keys = ["article_id", "sentence_id"]
    rows = news.sentences.rename(columns={"text": "sentence"})
    found = pd.MultiIndex.from_frame(rows[keys]).isin(pd.MultiIndex.from_frame(hits[keys]))
    return rows.assign(machine=found.astype(int))


def write_sheet(
    drawn: pd.DataFrame, unit: str, sheet: str = "", *, by: Sequence[str] = (), seed: int = 0
) -> str:
    """Write a sheet for two coders where none is yet, and beside the report's tables; say in a
    sentence what became of it.

    drawn  rows of `draw_sample`
    unit   hits or sentences
    sheet  CSV file, relative to the project; empty: only beside the report
    by     the strata within which the rows were drawn, seed: of the draw. Where they are given, the
           rows come in random order, so that those coded first are a random part, and the design
           of the sample is written beside the sheet (`NAME-design.csv`): corrected rates need it

    Each row has an `id`, made from its place, by which it is found again whatever a spreadsheet
    does to the other columns. Nothing that is there already is written over.

    >>> drawn = pd.DataFrame({"outlet": ["A"], "article_id": ["a"], "start": [0], "end": [9],
    ...     "sentence": ["The vote is over."]})
    >>> write_sheet(drawn, "sentences")
    "The sheet is beside the report's tables as sheet.csv; `sheet` names another place."
    """
    known = [c for c in ABOUT[unit] if c in drawn and drawn[c].notna().any()]
    rows = drawn[["outlet", *KEYS[unit], *known]].copy()
    rows.insert(0, "id", _ids(rows, KEYS[unit]))
    rows = rows.assign(**dict.fromkeys([*CODERS, "remark"], ""))
    plan = None
    if by and len(drawn):
        plan = sampling.to_table(sampling.design(drawn, rows["id"], by, seed))
        rows = rows.iloc[np.random.default_rng(seed).permutation(len(rows))]
        tables.save(plan, "sheet-design")
    tables.save(rows, "sheet")
    if not sheet:
        return "The sheet is beside the report's tables as sheet.csv; `sheet` names another place."
    path = study.root() / sheet
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(rows, path)
        if plan is not None:
            _write(plan, _beside(path))
    except FileExistsError:
        return (
            f"{path.name} is there already and may have been coded: it was left as it is. Name"
            " another to draw anew."
        )
    told = path.name if Path(sheet).is_absolute() else sheet  # a page names no folder of a machine
    return f"The sheet was written to {told}. Code both columns, then name it in `coded`."


def _write(rows: pd.DataFrame, path: Path) -> None:
    """Write a file that is not there yet, with a mark of UTF-8, without which Excel reads accents
    wrongly."""
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        rows.map(harmless).to_csv(file, index=False, lineterminator="\r\n")


def _beside(path: Path) -> Path:
    """Where the design of a sheet is."""
    return path.with_name(f"{path.stem}-design.csv")


def read_sheet(coded: str, rows: pd.DataFrame, unit: str, codes: Collection[str] | None) -> Coded:
    """Read a coded sheet and join it to the corpus's rows of today.

    coded   CSV or Excel file, relative to the project; empty: no sheet yet. Any encoding, commas,
            semicolons or tabs; blank rows and empty cells are not coded; capitals and TRUE, FALSE,
            1, 0 count as the codes yes and no
    rows    from `units`; those that are not in the sheet are left out
    unit    hits or sentences
    codes   the codes that are allowed; None: any
    raises  ValueError for a missing file or column, a row twice, an unknown code, or a sheet most
            of whose rows are not in the corpus, saying where

    >>> rows = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [9]})
    >>> read_sheet("", rows, "sentences", ["yes", "no"]).words
    'No sheet has been coded yet'
    """
    if not coded:
        none = rows.iloc[:0].assign(**dict.fromkeys(CODERS))
        return Coded(none, "No sheet has been coded yet")
    path = study.root() / coded
    sheet = _cleaned(cells_of(path), unit, path.name)
    require(sheet, [*KEYS[unit], *CODERS], path.name)
    if codes is None:
        codes = sorted({cell.strip() for coder in CODERS for cell in sheet[coder]} - {""})
    back = _joined(sheet, rows.reset_index(drop=True), unit, list(codes), path.name)
    return back._replace(design=_design(_beside(path)), name=path.name)


def _design(path: Path) -> sampling.Design | None:
    """The design beside a sheet, if there is one that can be read."""
    if not path.is_file():
        return None
    cells = cells_of(path)
    return sampling.from_table(cells.map(lambda cell: unguarded(str(cell))))


def _ids(rows: pd.DataFrame, key: Sequence[str]) -> list[str]:
    """For each row a short name made from its key, beginning with a letter so that no spreadsheet
    takes it for a number."""
    keys = rows[list(key)].astype(str).agg("\t".join, axis=1) if len(rows) else []
    return ["r" + hashlib.sha256(k.encode()).hexdigest()[:10] for k in keys]


def cells_of(path: Path) -> pd.DataFrame:
    """Return the cells of a sheet as words, headings in small letters, blank rows left out.

    raises  ValueError if it cannot be read
    """
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return pd.read_excel(path, dtype=str, keep_default_na=False)
        encoding = articles_reader.file_encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            head = file.readline().lstrip("\ufeff")
            file.seek(0)
            records = list(csv.reader(file, delimiter=separator(head), strict=True))
    except FileNotFoundError:
        raise ValueError(
            f"{path.name}: there is no such coded sheet; give its path from the project's folder"
        ) from None
    except (OSError, UnicodeError, csv.Error, ImportError) as error:
        raise ValueError(
            f"{path.name}: cannot be read as a sheet ({error}); save it as CSV in UTF-8"
        ) from None
    heads = [h.lstrip("\ufeff").strip().lower() for h in records[0]] if records else []
    full = [r for r in records[1:] if any(cell.strip() for cell in r)]
    cells = [[*r, *[""] * len(heads)][: len(heads)] for r in full]
    return pd.DataFrame(cells, columns=heads, dtype=object)


def _cleaned(sheet: pd.DataFrame, unit: str, name: str) -> pd.DataFrame:
    """The cells as they were before a spreadsheet changed them: no apostrophe that guarded against
    formulas, no offset with a decimal point."""
    sheet = sheet.rename(columns=lambda c: str(c).strip().lower()).astype(object)
    for column in sheet:
        sheet[column] = [unguarded(str(v)) for v in sheet[column]]
    for column in ("start", "end"):
        if column in sheet:
            sheet[column] = [_offset(v, name, i) for i, v in enumerate(sheet[column], 2)]
    return sheet


def _offset(cell: str, name: str, line: int) -> str:
    words = cell.strip().replace("\u00a0", "")
    whole = words.removesuffix(".0").removesuffix(",0")
    if not whole.isdecimal():
        raise ValueError(f"{name}, row {line}: the offset {cell!r} is no whole number")
    return whole


def _joined(
    sheet: pd.DataFrame, rows: pd.DataFrame, unit: str, codes: list[str], name: str
) -> Coded:
    """Join by id where the sheet has one, else by key; article ids that a spreadsheet stripped of
    their zeros are found too."""
    key = KEYS[unit]
    sheet = sheet.assign(article_id=_restored(sheet["article_id"], rows["article_id"]))
    ours = rows.assign(id=_ids(rows, key))
    by_id = sheet["id"] if "id" in sheet else pd.Series("", sheet.index, dtype=object)
    fresh = pd.Series(_ids(sheet, key), index=sheet.index, dtype=object)
    theirs = by_id.where(by_id.isin(set(ours["id"])), fresh)
    there = sheet.assign(id=theirs)[theirs.isin(set(ours["id"])).to_numpy(bool)]
    gone = len(sheet) - len(there)
    if len(sheet) and gone > LOST * len(sheet):
        raise ValueError(
            f"{name}: {gone} of {number_of(len(sheet), 'row')} are not in this corpus as it is read"
            " today; is this the sheet of another corpus, lexicon or choice of outlets?"
        )
    for column in CODERS:
        there = there.assign(**{column: [_code(v, codes) for v in there[column]]})
    known = ours[ours["id"].isin(set(there["id"]))].reset_index(drop=True)
    back = read_back(known, there.reset_index(drop=True), CODERS, key=["id"], allowed=codes)
    coded = int(back[CODERS[0]].notna().sum())
    words = f"{coded} of {number_of(len(sheet), 'row')} coded"
    words += f", {gone} no longer in the corpus" if gone else ""
    return Coded(back, words, tuple(theirs))


def _restored(given: pd.Series, known: pd.Series) -> list[str]:
    """Article ids with the zeros that a spreadsheet took away: 1 for 001, where only one fits."""
    whole = set(known)
    stripped: dict[str, set[str]] = {}
    for name in whole:
        stripped.setdefault(name.lstrip("0") or "0", set()).add(name)
    restored = []
    for name in given:
        fits = stripped.get(name.strip().removesuffix(".0").lstrip("0") or "0", set())
        restored.append(name if name in whole or len(fits) != 1 else next(iter(fits)))
    return restored


def _code(cell: str, codes: list[str]) -> str:
    """A cell as one of the codes, where it is one in other letters."""
    words = cell.strip()
    lower = {code.lower(): code for code in codes}
    if words.lower() in lower:
        return lower[words.lower()]
    for names in (YES, NO):
        if words.lower() in names and names[0] in lower:
            return lower[names[0]]
    return words


def agreement(coded: pd.DataFrame, by: str = "", *, draws: int = 1000, seed: int = 0):
    """Measure how well the two coders agree: over all rows, and for each value of a column.

    coded    rows of `read_sheet`
    by       column whose values are measured apart (category, outlet …); none: each code against
             the others instead
    returns  category, units (coded by both), alike (%), alpha (Krippendorff's), low, high, note;
             where α is undefined the note says why

    >>> coded = pd.DataFrame({"coder_a": ["yes", "yes", "no"], "coder_b": ["yes", "yes", "no"]})
    >>> agreement(coded)[["category", "units", "alike", "alpha"]].values.tolist()[0]
    ['all', 3, 100.0, 1.0]
    """
    parts = [("all", coded)] + (
        [(str(v), part) for v, part in coded.groupby(by, sort=True)] if by else []
    )
    rows = []
    for name, part in parts:
        got = alpha(part[list(CODERS)], draws=draws, seed=seed)
        note = got.words if pd.isna(got.low) else ""
        rows.append([name, got.units, 100 * got.percent, got.alpha, got.low, got.high, note])
    table = pd.DataFrame(rows, columns=_AGREEMENT)
    if by:
        return table
    each = alpha_by_category(coded[list(CODERS)], draws=draws, seed=seed)
    named = "code: " + each["category"].astype(object)
    each = each.assign(alike=100 * each["percent"], category=named)[_AGREEMENT]
    return pd.concat([table, each], ignore_index=True) if len(each) else table


def told_accuracy(back: Coded, accuracy: pd.DataFrame) -> str:
    """Say how many rows are coded, and what they say of the rules.

    accuracy  from `reliability.accuracy`, of all rows together

    >>> table = pd.DataFrame(
    ...     {"measure": ["precision"], "k": [3], "n": [4], "share": [75.0], "low": [60.0],
    ...      "high": [90.0]})
    >>> told_accuracy(Coded(None, "4 of 9 rows coded"), table)
    '4 of 9 rows coded: the rules have a precision of 75 % (3 of 4, 95 % interval 60 to 90)'
    """
    parts = []
    for row in accuracy.itertuples():
        sure = interval(row.low, row.high, digits=0)
        sure = sure if sure == "no interval" else f"95 % interval {sure}"
        parts.append(f"a {row.measure} of {row.share:.0f} % ({row.k} of {row.n}, {sure})")
    return f"{back.words}: the rules have {' and '.join(parts)}" if parts else back.words
