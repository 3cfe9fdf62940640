"""The corpus: files in any accepted format to articles, with what failed and what was passed over.

`read` gives the articles of files and folders, or `pending` and `receive` in two steps; `published`
reads the date of a dateline.
"""

from helpers.corpus.dates import published
from helpers.corpus.language import language
from helpers.corpus.making import Pending, receive
from helpers.corpus.normal import Normal, normal
from helpers.corpus.reading import hashed, identity, pending, read, same_id
from helpers.corpus.rows import DUPLICATE, NO_OUTLET, UNKNOWN_OUTLET, Failure, Received, Skipped
from helpers.corpus.tables import file_encoding

__all__ = [
    "DUPLICATE",
    "NO_OUTLET",
    "UNKNOWN_OUTLET",
    "Failure",
    "Normal",
    "Pending",
    "Received",
    "Skipped",
    "file_encoding",
    "hashed",
    "identity",
    "language",
    "normal",
    "pending",
    "published",
    "read",
    "receive",
    "same_id",
]
