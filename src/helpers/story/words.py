"""The words of many articles as one row of numbers, so that they can be compared by the million."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd


class Words(NamedTuple):
    """article_ids  one to an article, in the order of `starts`
    starts       (n + 1,) where each article's words begin in `hashes`; the last is their number
    hashes       one 64-bit number to a word; equal words have equal numbers
    """

    article_ids: np.ndarray
    starts: np.ndarray
    hashes: np.ndarray

    def sizes(self) -> np.ndarray:
        """Give the number of words of each article."""
        return np.diff(self.starts)


def words(tokens: pd.DataFrame) -> Words:
    """Turn the tokens table into numbers.

    tokens  article_id, start, norm: the kept words of each article, its rows together and in the
            order of the text
    returns one article for each article_id that has a token, in the table's order
    raises  ValueError where an article's rows do not stand together
    """
    codes, ids = _coded(tokens["article_id"])
    new = np.flatnonzero(np.diff(codes, prepend=-1)) if len(codes) else np.zeros(0, dtype=np.int64)
    if len(new) != len(ids):
        raise ValueError(
            "tokens: the rows of an article must stand together; sort by article_id and start"
        )
    kinds, norms = _coded(tokens["norm"])
    hashes = pd.util.hash_array(np.asarray(norms, dtype=object), categorize=False)
    starts = np.append(new, len(codes)).astype(np.int64)
    return Words(
        np.asarray(ids, dtype=object)[codes[new]],
        starts,
        hashes[kinds] if len(kinds) else hashes.astype(np.uint64),
    )


def _coded(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the values, and the values; numbered by first appearance unless they are
    categories already."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.cat.remove_unused_categories()
        return column.cat.codes.to_numpy(), column.cat.categories.to_numpy(object)
    return pd.factorize(column)


def portions(starts: np.ndarray, size: int = 200_000) -> list[tuple[int, int]]:
    """Give runs of articles (first, stop) of about `size` words: few enough for the processor's
    cache."""
    cuts = np.searchsorted(starts, np.arange(0, starts[-1] + size, size))
    edges = np.unique(np.append(np.minimum(cuts, len(starts) - 1), len(starts) - 1))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def shingles(given: Words, length: int) -> np.ndarray:
    """Give for each word one number for it and the words after it: `length` words, fewer at an
    article's end.

    returns  (words,) unsigned 64-bit
    """
    out = np.empty(len(given.hashes), dtype=np.uint64)
    for first, stop in portions(given.starts):
        low, high = given.starts[first], given.starts[stop]
        ends = (
            np.repeat(given.starts[first + 1 : stop + 1], np.diff(given.starts[first : stop + 1]))
            - low
        )
        out[low:high] = _runs_of(given.hashes[low:high], ends, length)
    return out


def _runs_of(hashes: np.ndarray, ends: np.ndarray, length: int) -> np.ndarray:
    """Shingles of a portion; ends: for each word, where its article ends."""
    total, at = np.zeros(len(hashes), dtype=np.uint64), np.arange(len(hashes))
    for step in range(length):
        ahead = hashes[np.minimum(at + step, len(hashes) - 1)]
        inside = np.where(at + step < ends, ahead, np.uint64(0))
        total = mixed(total * np.uint64(0x9E3779B97F4A7C15) + inside + np.uint64(step + 1))
    return total


def mixed(values: np.ndarray) -> np.ndarray:
    """Stir 64-bit numbers so that near ones come to lie far apart (the finisher of Steele et al.'s
    SplitMix, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
