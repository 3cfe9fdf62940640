"""Candidates for a lexicon: words that stand out and are in none of its entries yet, to be taken or
left by hand.

The table that `candidates` gives, saved as CSV, is a lexicon once a person has filled the column
`category` of the rows
to be taken: `accept` leaves out the others, and `load` reads the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.ledger import harmless, unguarded

from .inflection import word_forms
from .lexicon import Lexicon, LexiconError, build
from .load import load
from .match import matcher

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["entry", "category", "why", "count", "articles", "forms"]


def unlisted(words: Iterable[str], lexicons: Iterable[Lexicon]) -> list[str]:
    """Give the words that no entry of the lexicons finds, in their order, each once.

    >>> from helpers import terms
    >>> unlisted(["war", "peace", "peace"], [terms.targets(["war*"])])
    ['peace']
    """
    find = matcher(lexicons)
    return [
        word
        for word in dict.fromkeys(words)
        if not any(f.end - f.start == len(word) for f in find.find(word))
    ]


def candidates(
    counts: pd.DataFrame,
    reasons: Mapping[str, Iterable[str]],
    lexicons: Iterable[Lexicon],
    *,
    least: int = 3,
    most: int = 40,
) -> pd.DataFrame:
    """Give words that stand out and are in no entry yet, and the forms of the lexicons' own words
    that are not.

    counts    term, count, articles: how often each word stands in the articles, and in how many
    reasons   why → the words that stand out for that reason, the strongest first ("keyness of
              Alpha", "near ceasefire")
    lexicons  whose entries are known
    least     occurrences that a candidate needs
    most      candidates at most; those with several reasons come first
    returns   entry, category (empty: a person fills it to accept), why, count, articles, forms
              (that stand in
              the articles too). Nothing is accepted here

    >>> import pandas as pd
    >>> from helpers import terms
    >>> counts = pd.DataFrame({"term": ["juntas", "calm"], "count": [4, 9], "articles": [3, 5]})
    >>> found = candidates(counts, {"near war": ["juntas"]}, [terms.targets(["war"])])
    >>> found[["entry", "why"]].values.tolist()
    [['juntas', 'near war']]
    """
    known = counts.drop_duplicates("term").set_index("term")
    lexicons = list(lexicons)
    why: dict[str, list[str]] = {}
    rank: dict[str, int] = {}
    for reason, words in {**reasons, "form of an entry": _own_forms(lexicons)}.items():
        for place, word in enumerate(words):
            why.setdefault(word, []).append(reason)
            rank[word] = min(place, rank.get(word, place))
    there = [w for w in why if w in known.index and known.at[w, "count"] >= least]
    order = sorted(unlisted(there, lexicons), key=lambda w: (-len(why[w]), rank[w], w))[:most]
    rows = [
        (
            w,
            "",
            "; ".join(why[w]),
            int(known.at[w, "count"]),
            int(known.at[w, "articles"]),
            ", ".join(f for f in word_forms(w) if f in known.index),
        )
        for w in order
    ]
    import pandas as pd  # hits are found without it

    return pd.DataFrame(rows, columns=COLUMNS)


def _own_forms(lexicons: list[Lexicon]) -> list[str]:
    """Forms of the entries that are one word without a wildcard: with one, they are found
    already."""
    words = [
        entry.entry for lexicon in lexicons for _, entry in lexicon.entries if entry.entry.isalpha()
    ]
    return sorted({form for word in words for form in word_forms(word)})


def places(found: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Give where each candidate stands: article_id, start, end, entry. The concordance to decide
    by.

    >>> import pandas as pd
    >>> found = pd.DataFrame({"entry": ["junta"]})
    >>> tokens = pd.DataFrame({"article_id": "a", "start": [0, 4], "end": [3, 9],
    ...                        "norm": ["the", "junta"]})
    >>> places(found, tokens)[["article_id", "start", "entry"]].values.tolist()
    [['a', 4, 'junta']]
    """
    rows = tokens[tokens["norm"].isin(set(found["entry"]))]
    return rows.rename(columns={"norm": "entry"})[
        ["article_id", "start", "end", "entry"]
    ].reset_index(drop=True)


def accept(sheet: Path, out: Path) -> Lexicon:
    """Make a lexicon of the rows of a sheet that a person has given a category.

    sheet   CSV with entry and category, as `candidates` gives it
    out     CSV to write; a file that is there is left alone
    raises  LexiconError where nothing was accepted, an entry cannot be read, or `out` is there

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "sheet.csv").write_text("entry,category\\njunta,labels\\ncalm,\\n")
    >>> lexicon = accept(folder / "sheet.csv", folder / "mine.csv")
    >>> lexicon.name, (folder / "mine.csv").is_file()
    ('mine', True)
    """
    if out.exists():
        raise LexiconError(
            [f"{out}: is there already; name another file, so that nothing coded by hand is lost."]
        )
    with sheet.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    if rows and not {"entry", "category"} <= set(rows[0]):
        raise LexiconError(
            [
                f"{sheet}:1: needs the columns entry and category; found"
                f" {', '.join(map(str, rows[0]))}."
            ]
        )
    taken = [
        (unguarded(row["entry"].strip()), unguarded(row["category"].strip()))
        for row in rows
        if (row["category"] or "").strip() and (row["entry"] or "").strip()
    ]
    if not taken:
        raise LexiconError(
            [f"{sheet}: no row has a category; write one beside each entry that you accept."]
        )
    groups: dict[str, list[str]] = {}
    for entry, category in taken:
        groups.setdefault(category, []).append(entry)
    build(out.stem, groups)  # says here what is wrong with an entry
    draft = out.with_name(f".{out.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(
            [("entry", "category"), *(map(harmless, row) for row in taken)]
        )
    draft.replace(out)
    return load(out)
