"""What a notebook shows, the same in JupyterLab and in a report: findings, tables, figures,
passages.

Every call displays at once and returns nothing. Tables find the passages behind their figures by
the columns that both share; `passages()` at the end of a notebook lists all that were linked.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.show.crossing import matrix
    from helpers.show.figures import figure
    from helpers.show.findings import finding, note
    from helpers.show.listing import article, passages
    from helpers.show.tables import table
    from helpers.show.widgets import explorer

__all__ = [
    "article",
    "explorer",
    "figure",
    "finding",
    "matrix",
    "note",
    "passages",
    "table",
]

_HOME = {
    "article": "listing",
    "explorer": "widgets",
    "figure": "figures",
    "finding": "findings",
    "matrix": "crossing",
    "note": "findings",
    "passages": "listing",
    "table": "tables",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for: the command line needs next to nothing of it, and pandas and NLTK
    take a second to load."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


if "IPython" in sys.modules:
    from helpers.show.figures import install

    install()
