"""The notebook that is running: its corpus, the evidence its figures lead to, and how things are
shown in it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.show import html
from helpers.show.html import Html

if TYPE_CHECKING:
    from helpers.show.evidence import Evidence


class _State:
    """What was shown so far."""

    def __init__(self) -> None:
        self.evidence: Evidence | None = None
        self.names: Counter[str] = Counter()


_state = _State()


def evidence() -> Evidence | None:
    """Return the evidence of the corpus opened last; None where none was opened."""
    from helpers import data
    from helpers.show.evidence import Evidence

    corpus = data.current()
    if corpus is None:
        return None
    if _state.evidence is None or _state.evidence.corpus is not corpus:
        _state.evidence = Evidence(corpus)
    return _state.evidence


def fresh_name(words: str) -> str:
    """Return a name for an anchor or a file that nothing in this notebook has yet."""
    base = html.slug(words)[:48].strip("-") or "x"
    _state.names[base] += 1
    return base if _state.names[base] == 1 else f"{base}-{_state.names[base]}"


def display(piece: Html) -> None:
    """Show a piece of a page, in JupyterLab and in reports; print it as text elsewhere."""
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
        from IPython.display import display as shown

        shown(piece)
    else:
        print(piece.plain)


def tables_folder() -> Path | None:
    """Return the folder where a report gathers its tables; None in JupyterLab."""
    folder = os.environ.get("FRAMING_TABLES")
    return Path(folder) if folder else None


def figures_folder() -> Path | None:
    """Return the folder where a report gathers its figures, made where it is not there; None in
    JupyterLab."""
    if (tables := tables_folder()) is None:
        return None
    folder = tables.parent / "figures"
    folder.mkdir(exist_ok=True)
    return folder


def formatters() -> Any:
    """Return IPython's formatter for HTML, or None outside a notebook."""
    if "IPython" not in sys.modules:
        return None
    shell = sys.modules["IPython"].get_ipython()
    return None if shell is None else shell.display_formatter.formatters["text/html"]
