"""A corpus as plain DataFrames, for notebooks: each row with its article's columns, so that every
measure can compare by any of them."""

from helpers.data.corpus import Corpus, current
from helpers.data.corpus import open_corpus as open

__all__ = ["Corpus", "current", "open"]
