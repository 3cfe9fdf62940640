"""Executes a notebook with papermill, in process, and believes it only when every cell has run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.study import root

FIXED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as in JupyterLab: plt.show() shows
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # the kernel of this environment, not one registered in a home folder
    "JUPYTER_PREFER_ENV_PATH": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "IPYTHON_SUPPRESS_CONFIG_ERRORS": "0",
}
"""Whatever a machine has set, a notebook runs under these."""

LONGEST = 300
"""Characters of an error's first line that are shown; the notebook kept has all of it."""


class NotebookFailed(Exception):
    """A notebook that raised, exited, ran out of time or lost its kernel; one line says which, and
    where."""


def fast_imports() -> None:
    """Keep a validator of web addresses from building 35 parsers (2 s) each time nbformat is
    imported.

    jsonschema uses rfc3987_syntax when it is installed, which jupyterlab sees to; notebooks have no
    use for it.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def settle_environment(work: Path, ledger: Path) -> None:
    """Set what a kernel inherits: no user's start-up files, profiles or clock settings reach a
    report."""
    os.environ.update(FIXED)
    os.environ["FRAMING_TABLES"] = str(work / "tables")
    os.environ["FRAMING_LEDGER"] = str(ledger)
    os.environ["IPYTHONDIR"] = str(work / "ipython")
    os.environ["JUPYTER_CONFIG_DIR"] = str(work / "jupyter")
    os.environ["MPLCONFIGDIR"] = str(font_cache())
    (work / "tables").mkdir(parents=True, exist_ok=True)
    for name in (
        "PYTHONSTARTUP",
        "IPYTHON_STARTUP",
        "MATPLOTLIBRC",
        "JUPYTER_PATH",
        "JUPYTER_CONFIG_PATH",
    ):
        os.environ.pop(name, None)


def font_cache() -> Path:
    """Give the folder of matplotlib's font list, which would otherwise be made anew (3 s) for each
    home folder."""
    folder = Path(sys.prefix) / "var/matplotlib"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # an environment that is not ours to write in
        return root() / "data/processed/.matplotlib"
    return folder


def execute(notebook: Path, values: dict[str, Any], out: Path, cwd: Path, timeout: int) -> Any:
    """Run a notebook and give it back with its outputs.

    values   parameters, checked already
    out      where papermill keeps the notebook as it runs
    cwd      the folder it runs in
    timeout  seconds for one cell
    raises   NotebookFailed with one line
    """
    fast_imports()
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    def once() -> Any:
        return papermill.execute_notebook(
            str(notebook),
            str(out),
            parameters=values,
            kernel_name="python3",
            cwd=str(cwd),
            progress_bar=False,
            log_output=False,
            execution_timeout=timeout,
            start_timeout=120,
        )

    try:
        done = _twice(once)
    except papermill.exceptions.PapermillExecutionError as error:
        said = f"{error.ename}: {first(error.evalue)}"
        raise NotebookFailed(unfinished(nbformat.read(out, as_version=4)) or said) from None
    except CellTimeoutError:
        said = f"took longer than {timeout} s; raise --timeout or narrow the parameters"
        raise NotebookFailed(_stopped(out, "Timeout", said)) from None
    except DeadKernelError:
        said = "the kernel died in it (out of memory, killed, or a crash in a library)"
        raise NotebookFailed(_stopped(out, "DeadKernel", said)) from None
    if wrong := unfinished(done):
        raise NotebookFailed(wrong)
    return done


def number(cells: list[Any], index: int) -> str:
    """Give a cell's number, from 1, in the notebook as its author has it: without the parameters
    and the marks of errors that papermill puts in."""
    put_in = {"injected-parameters", "papermill-error-cell-tag"}
    count = sum(put_in.isdisjoint(c.metadata.get("tags", ())) for c in cells[: index + 1])
    return f"cell {max(1, count)}"


def _stopped(out: Path, name: str, said: str) -> str:
    """Say of a cell that gave no error of its own what became of it, also in the notebook kept."""
    import nbformat

    try:
        notebook = nbformat.read(out, as_version=4)
        index = max(
            i
            for i, cell in enumerate(notebook.cells)
            if cell.metadata.get("papermill", {}).get("start_time")
        )
    except (OSError, ValueError):  # it never began
        return f"{name}: {said}"
    cell = notebook.cells[index]
    line = f"{number(notebook.cells, index)}: {name}: {said}"
    if cell.cell_type == "code":
        cell.outputs.append(
            nbformat.v4.new_output("error", ename=name, evalue=said, traceback=[line])
        )
        nbformat.write(notebook, out)
    return line


def _twice(start: Callable[[], Any]) -> Any:
    """Try once more where a kernel did not come up: two that start at once may choose the same
    port."""
    try:
        return start()
    except RuntimeError as error:
        if "before replying to kernel_info" not in str(error):
            raise
        return start()


def unfinished(notebook: Any) -> str:
    """Say which cell did not run to its end; nothing where all did.

    papermill ends with success when a notebook calls sys.exit, and marks cells completed when their
    kernel is gone.
    """
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        if cell.execution_count is None:
            return f"{number(notebook.cells, index)} did not run: the notebook exited before it"
        for output in cell.outputs:
            if output.output_type == "error":
                where = number(notebook.cells, index)
                return f"{where}: {output.ename}: {first(output.evalue)}"
    return ""


def first(words: str) -> str:
    """Give the first line of an error, without what would move a terminal's cursor."""
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in words or "").strip()
    line = shown.splitlines()[0].strip() if shown else "no message"
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"


def prepare() -> None:
    """Make matplotlib's font list once, when the environment is set up."""
    os.environ["MPLCONFIGDIR"] = str(font_cache())
    import matplotlib.font_manager  # noqa: F401
