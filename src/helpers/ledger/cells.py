"""Cells of CSV files that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may run."""


def harmless(value: Any) -> Any:
    """Return text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("plain"), harmless(3)
    ("'=1+1", 'plain', 3)
    """
    risky = isinstance(value, str) and value.lstrip(" ").startswith(FORMULA)
    return f"'{value}" if risky else value


def unguarded(cell: str) -> str:
    """Return a cell as it was before `harmless`.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
