"""The corpus: files in any accepted format to articles, with what failed and what was passed over.

`read` gives the articles of files and folders; `published` reads the date of a dateline.
"""

from helpers.corpus.dates import published
from helpers.corpus.language import language
from helpers.corpus.reading import read
from helpers.corpus.rows import DUPLICATE, NO_OUTLET, UNKNOWN_OUTLET, Failure, Received, Skipped

__all__ = [
    "DUPLICATE",
    "NO_OUTLET",
    "UNKNOWN_OUTLET",
    "Failure",
    "Received",
    "Skipped",
    "language",
    "published",
    "read",
]
