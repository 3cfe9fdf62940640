"""Which passages and articles stand behind each figure of a table, found by the columns that the
table shares with its passages.

A row's passages are those with the same values in the shared columns. A column of whole numbers
leads to them only if it counts them: their number, the number that has a property (a column of
truth values with the same name), the sum of their words, or the number of their articles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.measure.phrases import names
from helpers.show.evidence import Evidence, Numbers

OF_PASSAGES = ("hits", "k", "n", "passages", "quotes", "times", "uses", "near", "count", "acts")
"""Columns that lead to the passages of their row even where a measure counted each once for several
of them (a sentence with two words of one frame)."""

OF_ARTICLES = ("words", "articles", "n", "of", "sentences", "articles_n")
"""Columns that lead to the articles of their row where no passage is what they count."""

DERIVED = (
    "rate",
    "share",
    "low",
    "high",
    "articles_with",
    "log_odds",
    "lrc",
    "log_ratio",
    "g2",
    "log_dice",
)
"""Columns computed from the count of their row: they lead where it leads."""


class Link(NamedTuple):
    """What a figure leads to, and whether it was computed from the count it leads to."""

    behind: Numbers
    derived: bool


def links(table: pd.DataFrame, passages: pd.DataFrame, evidence: Evidence) -> dict[str, list[Link]]:
    """Return by column what each figure of a table leads to.

    table     one row to a line; figures and the columns that name the row
    passages  article_id, start, end and columns that the table shares
    evidence  numbers passages and articles
    """
    keys = shared(table, passages)
    if not keys:
        return {}
    matched = _matched(table, passages, keys)
    columns = [c for c in table if c not in keys and pd.api.types.is_numeric_dtype(table[c])]
    found: dict[str, list[Link]] = {}
    for column in columns:
        if column == "count_there":
            counted = (_on_the_other_side(table, passages, keys), False)
        else:
            counted = _counted(table[column], column, matched, keys, table, passages)
        if counted is not None:
            groups, derived = counted
            found[column] = [Link(n, derived) for n in evidence.add(groups)]
    main = next((c for c in (*OF_PASSAGES, *found) if c in found), None)
    if not found:  # a measure of somebody's own counts nothing as it is: its groups are behind it
        found |= {
            c: [Link(n, True) for n in evidence.add(matched)]
            for c in columns
            if c not in DERIVED and _is_float(table[c])
        }
    _of_articles(table, keys, columns, evidence, found)
    for column in columns:
        if column not in found and main and (column in DERIVED or _is_float(table[column])):
            found[column] = [Link(link.behind, True) for link in found[main]]
    return _searched(found, table, keys, evidence)


def shared(table: pd.DataFrame, passages: pd.DataFrame) -> list[str]:
    """Return the columns by which rows of a table find their passages, in the table's order: those
    left of its first figure that the passages have too.

    >>> shared(pd.DataFrame({"outlet": ["A"], "hits": [2]}), pd.DataFrame({"outlet": ["A"]}))
    ['outlet']
    """
    figures = {*OF_PASSAGES, *OF_ARTICLES, *DERIVED, "note"}
    columns = list(table)
    first = next(
        (i for i, c in enumerate(columns) if c in figures or _is_float(table[c])), len(columns)
    )
    return [c for c in columns[:first] if c in passages]


def one_each(table: pd.DataFrame, passages: pd.DataFrame) -> bool:
    """Say whether each row of a table is itself a passage: it was made by choosing columns."""
    if table.empty or not set(table.columns) <= set(passages.columns):
        return False
    if not (passages.index.is_unique and table.index.isin(passages.index).all()):
        return False
    return table.equals(passages.loc[table.index, list(table.columns)])


def _is_float(column: pd.Series) -> bool:
    return pd.api.types.is_float_dtype(column)


def _plain(values: pd.DataFrame) -> list[tuple]:
    """Rows as tuples in which a missing value equals a missing value and words are words."""
    columns = [values[c].astype(object).where(values[c].notna(), None).tolist() for c in values]
    return list(zip(*columns, strict=True)) if columns else [()] * len(values)


def _matched(table: pd.DataFrame, passages: pd.DataFrame, keys: list[str]) -> list[pd.DataFrame]:
    """For each row of the table its passages."""
    names = pd.Series(_plain(passages[keys]), index=passages.index, dtype=object)
    places = names.groupby(names, sort=False).indices if len(names) else {}
    nothing = passages.head(0)
    return [passages.iloc[places[key]] if key in places else nothing for key in _plain(table[keys])]


Reading = Callable[[pd.DataFrame], float]


def _readings(column: str, passages: pd.DataFrame) -> list[tuple[Reading, str]]:
    """Ways in which a column may count passages: each with the property that they must have."""
    ways: list[tuple[Reading, str]] = []
    if column in passages and passages[column].dtype == bool:
        ways.append((lambda rows: int(rows[column].sum()), column))
    ways.append((len, ""))
    if "words" in passages:
        ways.append((lambda rows: rows["words"].sum(), ""))
    ways.append((lambda rows: rows["article_id"].nunique(), ""))
    if "outlet" in passages:
        ways.append((lambda rows: rows["outlet"].nunique(), ""))
    return ways


def _counted(
    figures: pd.Series,
    column: str,
    matched: list[pd.DataFrame],
    keys: list[str],
    table: pd.DataFrame,
    passages: pd.DataFrame,
) -> tuple[list[pd.DataFrame], bool] | None:
    """The passages that a column counts, row by row, and whether it is another figure than their
    number; None where it counts none."""
    if _is_float(figures) and not (figures.dropna() % 1 == 0).all():
        return None
    if column == "n" and len(keys) > 1:  # of what: the passages whatever the last column says
        matched = _matched(table, passages, keys[:-1])
    values = figures.fillna(-1).to_numpy()
    for reading, having in _readings(column, passages):
        if np.array_equal([reading(rows) for rows in matched], values):
            groups = [rows[rows[having]] if having else rows for rows in matched]
            return groups, not (having or reading is len)
    if column in ("k", "hits", "near", "count", "acts", "times") and any(map(len, matched)):
        return matched, True
    return None


def _on_the_other_side(
    table: pd.DataFrame, passages: pd.DataFrame, keys: list[str]
) -> list[pd.DataFrame]:
    """For each row of a comparison the passages of the side that it is compared with."""
    first = list(table).index("against") if "against" in table else 1
    sides = [c for c in table.columns[:first] if c in keys]
    there = _matched(table, passages, [k for k in keys if k not in sides])
    against = table["against"] if "against" in table else pd.Series("the rest", table.index)
    side_of = pd.Series(names(passages, sides), passages.index, dtype=object)
    found = []
    for rows, own, other in zip(there, names(table, sides), against, strict=True):
        side = side_of.loc[rows.index]
        found.append(rows[side != own] if other == "the rest" else rows[side == other])
    return found


def _of_articles(
    table: pd.DataFrame,
    keys: list[str],
    columns: list[str],
    evidence: Evidence,
    found: dict[str, list[Link]],
) -> None:
    for column in columns:
        if column in OF_ARTICLES and column not in found:
            behind = _articles(table, keys, evidence)
            if behind is not None:
                found[column] = [Link(numbers, False) for numbers in behind]


def _articles(table: pd.DataFrame, keys: list[str], evidence: Evidence) -> list[Numbers] | None:
    """For each row the articles that share its values in the columns that articles have."""
    rows = evidence.articles
    own = [k for k in keys if k in evidence.corpus.about]
    return (
        [evidence.of_articles(part) for part in _matched(table, rows, own)]
        if own
        else ([evidence.of_articles(rows)] * len(table))
    )


def _searched(
    found: dict[str, list[Link]], table: pd.DataFrame, keys: list[str], evidence: Evidence
) -> dict[str, list[Link]]:
    """Where nothing was found, a figure leads to the articles in which it was looked for."""
    articles = _articles(table, keys, evidence) if found else None
    if articles is None:
        return found
    return {
        column: [
            link if link.behind else Link(there, True)
            for link, there in zip(row, articles, strict=True)
        ]
        for column, row in found.items()
    }
