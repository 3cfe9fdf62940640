"""Coding in JupyterLab: a passage at a time, a key or a button for each code, saved at once."""

from __future__ import annotations

import csv
import html
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import study
from helpers.ledger import harmless, unguarded
from helpers.measure.phrases import number_of
from helpers.reliability.sheets import CODERS, cells_of

CODES = ("yes", "no", "unsure")
BACK = "z"
"""The key that goes back to the row before."""

QUESTION = {
    True: "Is the marked word used here as a loaded word, in the sense of its category?",
    False: "Does this sentence have loaded wording?",
}


class Coding:
    """A sheet that is being coded: which row is asked for, and what was answered so far.

    path    CSV sheet that `write_sheet` wrote
    coder   column that is filled
    codes   that may be given
    raises  ValueError if there is no such sheet, it is no CSV file, or it lacks the column

    Every answer is written to the file before the next row is asked for. The file is read anew each
    time, so that what somebody else wrote to it meanwhile is kept.

    Example: coding = Coding("data/coded/mine.csv"); coding.answer("yes"); coding.progress
    """

    def __init__(self, path: str | Path, coder: str = CODERS[0], codes: Sequence[str] = CODES):
        self.path = study.root() / path
        self.coder, self.codes = coder, tuple(codes)
        if self.path.suffix.lower() != ".csv":
            raise ValueError(
                f"{self.path.name}: only a CSV sheet can be coded here; save it as CSV"
            )
        self.rows = self._read()
        self.at = self._next(0)

    def _read(self) -> pd.DataFrame:
        rows = cells_of(self.path)
        if self.coder not in rows:
            raise ValueError(
                f"{self.path.name}: there is no column {self.coder!r}; it has {', '.join(rows)}"
            )
        return rows

    def _next(self, start: int) -> int:
        """The first row from a place on that has no code, then from the top; the number of rows
        where all have one."""
        empty = [i for i, code in enumerate(self.rows[self.coder]) if not code.strip()]
        return next((i for i in empty if i >= start), empty[0] if empty else len(self.rows))

    @property
    def done(self) -> bool:
        """Whether every row has been coded and none is asked for."""
        return self.at >= len(self.rows)

    @property
    def progress(self) -> str:
        """How many rows are coded: "120 of 200 rows coded"."""
        coded = sum(bool(code.strip()) for code in self.rows[self.coder])
        return f"{coded} of {number_of(len(self.rows), 'row')} coded"

    @property
    def row(self) -> dict[str, str]:
        """The cells of the row asked for, without what guards them in a spreadsheet."""
        return {column: unguarded(cell) for column, cell in self.rows.iloc[self.at].items()}

    def answer(self, code: str) -> None:
        """Write a code for the row asked for, and ask for the next row without one.

        raises  ValueError if it is none of the codes, or the sheet's rows are others meanwhile
        """
        if code not in self.codes:
            raise ValueError(f"{code!r} is none of the codes {', '.join(self.codes)}")
        if self.done:
            return
        fresh = self._read()
        mine, theirs = self.rows.drop(columns=[*self._ours()]), fresh.drop(columns=[*self._ours()])
        if not mine.equals(theirs):
            raise ValueError(
                f"{self.path.name} was changed by somebody else while you coded; run this cell anew"
            )
        fresh.loc[fresh.index[self.at], self.coder] = harmless(code)
        self._save(fresh)
        self.rows = fresh
        self.at = self._next(self.at + 1)

    def back(self) -> None:
        """Ask for the row before, to answer it anew."""
        self.at = max(self.at - 1, 0)

    def _ours(self) -> list[str]:
        """Columns that people fill."""
        return [c for c in (*CODERS, self.coder, "remark") if c in self.rows]

    def _save(self, rows: pd.DataFrame) -> None:
        """Write the whole sheet beside itself, then put it in its place in one step."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                out = csv.writer(file, lineterminator="\r\n")
                out.writerow(list(rows))
                out.writerows(rows.to_numpy().tolist())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)


def passage(row: dict[str, str]) -> str:
    """Return the markup of a row to code: what is asked, and its passage. All of it is text that
    came from elsewhere, and is escaped.

    >>> passage({"sentence": "A <b>plain</b> vote."}).count("<b>")
    0
    """
    sentence, match = html.escape(row.get("sentence", "")), html.escape(row.get("match", ""))
    if match:
        sentence = sentence.replace(match, f"<mark>{match}</mark>", 1)
    names = ("category", "voice", "speaker")
    about = [f"{name}: {html.escape(row[name])}" for name in names if row.get(name)]
    said = f"<p>{QUESTION[bool(match)]}</p><p style='font-size:1.2em'>{sentence}</p>"
    return said + (f"<p>{' · '.join(about)}</p>" if about else "")


def coder(path: str | Path, coder: str = CODERS[0], codes: Sequence[str] = CODES) -> None:
    """Code a sheet here in JupyterLab: press the first letter of a code, or its button.

    path    CSV sheet that `write_sheet` wrote, relative to the project
    coder   column that is filled: coder_a or coder_b
    codes   that may be given
    raises  ValueError if there is no such sheet

    Each answer is saved at once; run the cell again tomorrow and it goes on where you stopped.

    Example: reliability.coder("data/coded/mine.csv", "coder_b")

    >>> coder("data/coded/none.csv")
    Traceback (most recent call last):
    ValueError: none.csv: there is no such coded sheet; give its path from the project's folder
    """
    from IPython.display import display

    display(Desk(Coding(path, coder, codes)).box)


class Desk:
    """The widgets of `coder`: the passage, a field for keys, the buttons, the progress."""

    def __init__(self, coding: Coding):
        import ipywidgets as w

        self.coding = coding
        self.keys = _keys(coding.codes)
        self.passage, self.progress = w.HTML(), w.HTML()
        told = ", ".join(f"{key} {code}" for key, code in self.keys.items())
        self.field = w.Text(
            placeholder=f"{told}, {BACK} back", description="Key", continuous_update=True
        )
        self.field.observe(self._typed, "value")
        self.buttons = [w.Button(description=code) for code in coding.codes]
        for button in self.buttons:
            button.on_click(lambda b: self.give(b.description))
        self.backward = w.Button(description="back")
        self.backward.on_click(lambda _: self.give(None))
        row = w.HBox([self.field, *self.buttons, self.backward])
        self.box = w.VBox([self.progress, self.passage, row])
        self._show()

    def _typed(self, change: dict[str, Any]) -> None:
        key = change["new"].strip().lower()[-1:]
        if not change["new"]:
            return
        self.field.value = ""
        if key == BACK:
            self.give(None)
        elif key in self.keys:
            self.give(self.keys[key])

    def give(self, code: str | None) -> None:
        """Answer with a code, or go back where there is none; what is wrong is said."""
        try:
            if code is None:
                self.coding.back()
            else:
                self.coding.answer(code)
        except (OSError, ValueError) as error:
            self.progress.value = f"<p><b>Not saved.</b> {html.escape(str(error))}</p>"
            return
        self._show()

    def _show(self) -> None:
        self.progress.value = f"<p><b>{html.escape(self.coding.progress)}</b></p>"
        done = "<p>Every row is coded. Name the sheet in <code>coded</code>.</p>"
        self.passage.value = done if self.coding.done else passage(self.coding.row)


def _keys(codes: Sequence[str]) -> dict[str, str]:
    """A key for each code: its first letter that is free."""
    keys: dict[str, str] = {}
    for code in codes:
        free = [c for c in [*code.lower(), *"123456789"] if c != BACK and c not in keys]
        keys[next(c for c in free if c.isalnum())] = code
    return keys
