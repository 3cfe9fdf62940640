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

    tokens  article_id, start, norm: the kept words of each article, its rows together and in the order of the text
    returns one article for each article_id that has a token, in the table's order
    raises  ValueError where an article's rows do not stand together
    """
    codes, ids = pd.factorize(tokens["article_id"])
    new = np.flatnonzero(np.diff(codes, prepend=-1)) if len(codes) else np.zeros(0, dtype=np.int64)
    if len(new) != len(ids):
        raise ValueError("tokens: the rows of an article must stand together; sort by article_id and start")
    kinds, norms = pd.factorize(tokens["norm"])
    hashes = pd.util.hash_array(np.asarray(norms, dtype=object), categorize=False)
    starts = np.append(new, len(codes)).astype(np.int64)
    return Words(
        np.asarray(ids, dtype=object), starts, hashes[kinds] if len(kinds) else hashes.astype(np.uint64)
    )


def shingles(given: Words, length: int) -> np.ndarray:
    """Give for each word one number for it and the words after it: `length` words, fewer at an article's end.

    returns  (words,) unsigned 64-bit
    """
    many = given.hashes
    last = np.repeat(given.starts[1:], given.sizes())  # where the word's article ends
    total = np.zeros(len(many), dtype=np.uint64)
    at = np.arange(len(many))
    for step in range(length):
        inside = at + step < last
        ahead = np.where(
            inside, many[np.minimum(at + step, len(many) - 1)] if len(many) else many, np.uint64(0)
        )
        total = mixed(total * np.uint64(0x9E3779B97F4A7C15) + ahead + np.uint64(step + 1))
    return total


def mixed(values: np.ndarray) -> np.ndarray:
    """Stir 64-bit numbers so that near ones come to lie far apart (the finisher of Steele et al.'s SplitMix, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
