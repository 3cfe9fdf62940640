"""Words from the command line to calls. Exit status: 0 done, 1 something in the data or a notebook
failed, 2 wrong usage."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from helpers import __version__

DONE, FAILED, USAGE = 0, 1, 2
SHOWN = 20  # lines of one kind on a terminal


class Usage(Exception):
    """The words of a call are off."""


def main(words: list[str] | None = None) -> int:
    """Run a command and give its exit status."""
    options, more = _parser().parse_known_args(words)
    if more and options.run is not _lab:
        _parser().parse_args(words)  # says which words it does not know, and ends
    options.words = more
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _privately(options):
            return options.run(options, _progress(options.quiet))
    except Usage as error:
        print(f"framing: {error}", file=sys.stderr)
        return USAGE
    except (ValueError, OSError) as error:
        for line in _words(error).splitlines() or [type(error).__name__]:
            print(f"framing: {line}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:  # SIGTERM too, see below
        kept = (
            "what is done stays, the same command goes on from there"
            if options.run is _annotate
            else "every page is as it was, or new and whole"
        )
        print(f"framing: interrupted; {kept}", file=sys.stderr)
        return FAILED
    finally:
        sys.stdout.flush()


def _privately(options: argparse.Namespace) -> AbstractContextManager[Any]:
    """Where a command begins processes, what they leave lies in a folder of the run's own."""
    if options.run not in (_report, _annotate):
        return nullcontext()
    from helpers.render.private import private

    return private()


def _words(error: Exception) -> str:
    """What an exception says; of a file that could not be written or read: which, and why."""
    if not (isinstance(error, OSError) and error.strerror):
        return str(error)
    file = error.filename2 or error.filename
    return (
        f"{_shown(Path(os.fsdecode(file)))}: {error.strerror}"
        if isinstance(file, str | bytes)
        else error.strerror
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="framing",
        description="How news outlets word the same story, with the passage behind every number.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, meaning, prepare in (
        ("report", "render studies to reports/<study>/", _report_words),
        ("annotate", "write the tables of files or folders of articles", _annotate_words),
        ("new", "begin a corpus, a study or a notebook", _new_words),
        (
            "check",
            "check corpora, studies, lexicons and notebooks, and say everything wrong at once",
            _check_words,
        ),
        ("lab", "open JupyterLab on the notebooks", _lab_words),
    ):
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.add_argument("--quiet", action="store_true", help="no progress on standard error")
        prepare(command)
    return parser


def _report_words(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "studies",
        nargs="*",
        metavar="STUDY",
        help="names of folders in reports/, study files, or notebooks; none: demo",
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="settings",
        help="give a parameter another value",
    )
    command.add_argument(
        "--only", default="", metavar="REPORT", help="render one report of the study"
    )
    command.add_argument(
        "--articles",
        type=Path,
        metavar="FOLDER",
        help="copy the study's articles from here first, and render in full as well",
    )
    command.add_argument(
        "--timeout",
        type=int,
        default=600,
        metavar="SECONDS",
        help="how long one cell may take (default 600)",
    )
    command.set_defaults(run=_report)


def _annotate_words(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="files or folders: .txt .html .csv .tsv .jsonl .parquet",
    )
    command.add_argument(
        "--out", type=_folder, required=True, metavar="DIR", help="where the tables go, as Parquet"
    )
    command.add_argument(
        "--lexicon",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="lexicons for the hits (default: loaded-terms and naming)",
    )
    command.add_argument(
        "--columns",
        default="",
        metavar="A=B;…",
        help='names of columns in tables: "text=body;title=headline"',
    )
    command.add_argument(
        "--processes",
        type=int,
        metavar="N",
        help="processes of this machine (default: one for each core)",
    )
    command.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="do the work on a Dask cluster: tcp://host:8786",
    )
    command.add_argument(
        "--json", action="store_true", help="progress and result as JSON, a line each"
    )
    command.set_defaults(run=_annotate)


def _new_words(command: argparse.ArgumentParser) -> None:
    kinds = command.add_subparsers(required=True, metavar="KIND", dest="kind")
    for kind, meaning in (
        ("corpus", "copy articles to data/raw/NAME"),
        ("study", "write reports/NAME/study.yml"),
        ("notebook", "write notebooks/NAME.ipynb"),
    ):
        one = kinds.add_parser(kind, help=meaning, description=meaning)
        one.add_argument("name", metavar="NAME", help="letters, digits, hyphens")
        one.add_argument(
            "--quiet",
            action="store_true",
            default=argparse.SUPPRESS,
            help="no progress on standard error",
        )
        if kind == "corpus":
            one.add_argument(
                "files",
                nargs="+",
                type=Path,
                metavar="FILE",
                help="files, or folders with a folder for each outlet",
            )
        else:
            one.add_argument(
                "--corpus", default="demo", help="a corpus in data/raw, or a folder (default: demo)"
            )
        if kind == "notebook":
            one.add_argument(
                "--from",
                dest="source",
                default="new-analysis",
                metavar="NOTEBOOK",
                help="the notebook to copy and change (default: new-analysis)",
            )
    command.set_defaults(run=_new)


def _check_words(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="corpora, studies, lexicons or notebooks; none: all of the project's",
    )
    command.set_defaults(run=_check)


def _lab_words(command: argparse.ArgumentParser) -> None:
    command.epilog = (
        "Words it does not know go to jupyter lab: framing lab --no-browser --port 8899"
    )
    command.set_defaults(run=_lab)


def _progress(quiet: bool) -> Callable[[str], None]:
    stream = sys.stderr
    return (
        (lambda line: None)
        if quiet
        else (lambda line: print(f"{line}\n", end="", file=stream, flush=True))
    )  # whole lines, from several threads


def _settings(pairs: list[str]) -> dict[str, str]:
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise Usage(f"--set {wrong[0]}: write --set name=value")
    return dict(pair.split("=", 1) for pair in pairs)


def _report(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    from helpers.study import StudyError, find, load

    settings = _settings(options.settings)
    if options.timeout < 1:
        raise Usage(f"--timeout {options.timeout}: give whole seconds, 1 or more")
    try:
        studies = [load(find(name), settings) for name in options.studies or ["demo"]]
        if options.only and not any(options.only == r.name for s in studies for r in s.reports):
            names = ", ".join(r.name for s in studies for r in s.reports)
            raise Usage(f"--only {options.only}: no such report; there are {names}")
    except StudyError as error:
        raise Usage("\nframing: ".join(error.problems)) from None
    return max(_one_study(study, settings, options, say) for study in studies)


def _one_study(
    study: Any, settings: dict[str, str], options: argparse.Namespace, say: Callable[[str], None]
) -> int:
    from helpers.cli import receive
    from helpers.render import build

    if options.articles:
        receive.articles(options.articles, study.corpus, say)
    editions = [study]
    if options.articles and study.evidence == "locations":
        editions.append(study.into(study.folder / "full", "sentences"))
    outcomes = [
        build.build(
            edition,
            settings,
            only=options.only,
            workers=build.workers(),
            timeout=options.timeout,
            say=say,
            tell=_telling(options),
        )
        for edition in editions
    ]
    return max(
        _told(outcome, edition, say) for outcome, edition in zip(outcomes, editions, strict=True)
    )


def _told(outcome: Any, study: Any, say: Callable[[str], None]) -> int:
    """Say what came of a study: the page on standard output, what failed on standard error."""
    if outcome.read:
        _listed(outcome.read, say)
    for name, reason in sorted(outcome.failed.items()):
        kept = study.folder / "failed" / f"{name}.ipynb"
        print(
            f"framing: {name}: {reason}" + (f" (kept: {_shown(kept)})" if kept.is_file() else ""),
            file=sys.stderr,
        )
    if outcome.index and not outcome.failed:
        print(_shown(outcome.index))
    return FAILED if outcome.failed or (outcome.read and outcome.read.failed) else DONE


def _listed(done: Any, say: Callable[[str], None]) -> None:
    """Say what could not be read, and what to know of what could; of many, the first."""
    from helpers.corpus.rows import shown

    for failure in done.failures[:SHOWN]:
        print(f"framing: {shown(failure.source)}: {failure.reason}", file=sys.stderr)
    if done.failed > SHOWN:
        print(
            f"framing: … and {done.failed - SHOWN} more; failures.parquet lists them all",
            file=sys.stderr,
        )
    say(f"articles: {done.line()}")
    for note in done.notes[:SHOWN]:
        say(f"note: {note}")
    if len(done.notes) > SHOWN:
        say(f"note: … and {len(done.notes) - SHOWN} more; intake.parquet lists them all")


def _shown(path: Path) -> str:
    whole = path.resolve()
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else str(whole)


def _folder(name: str) -> Path:
    """A folder to write into; an empty name, as of a variable that is not set, is none."""
    if not name.strip():
        raise argparse.ArgumentTypeError("the name is empty; give a folder")
    return Path(name)


def _annotate(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    from helpers import engine
    from helpers.study import root

    lexicons = options.lexicon or [
        root() / "data/lexicons" / f"{name}.yml" for name in ("loaded-terms", "naming")
    ]
    columns = _columns(options.columns)
    if options.processes is not None and options.processes < 1:
        raise Usage(f"--processes {options.processes}: give a whole number, 1 or more")
    if options.processes and options.scheduler:
        raise Usage("--processes and --scheduler: give one of them; a cluster has its own workers")
    try:
        engine.refuse_to_spoil(options.out, options.paths)
    except engine.Occupied as error:
        raise Usage(str(error)) from None
    done = engine.annotate(
        options.paths,
        lexicons,
        options.out,
        columns=columns,
        say=(lambda line: None) if options.json else say,
        tell=_telling(options),
        processes=options.processes,
        scheduler=options.scheduler,
    )
    _listed(done, say)
    if options.json:
        print(
            json.dumps(
                {"articles": done.articles, "failures": done.failed, "folder": str(options.out)}
            )
        )
    else:
        from helpers.measure.phrases import number_of

        parts = [number_of(done.articles, "article"), number_of(done.failed, "failure")]
        if skipped := done.counts.get("skipped"):
            parts.append(f"{skipped:,} skipped (intake.parquet says why)")
        print(f"{', '.join(parts)}: {_shown(options.out)}")
    return FAILED if done.failed else DONE


def _telling(options: argparse.Namespace) -> Callable[[Any], None] | None:
    """Who hears how far a run is: a program reads JSON lines, a person one line on a terminal; a
    pipe hears nothing."""
    from helpers.engine.progress import words

    if getattr(options, "json", False):
        return lambda step: print(json.dumps(step._asdict()), file=sys.stderr, flush=True)
    if options.quiet or not sys.stderr.isatty():
        return None
    return lambda step: print(
        words(step),
        file=sys.stderr,
        end="\n" if step.done == step.total else "\033[K\r",
        flush=True,
    )


def _columns(words: str) -> dict[str, str]:
    pairs = [part.strip() for part in words.split(";") if part.strip()]
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise Usage(f"--columns {wrong[0]}: write --columns 'text=body;title=headline'")
    return {a.strip(): b.strip() for a, b in (pair.split("=", 1) for pair in pairs)}


def _new(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    from helpers.cli import new
    from helpers.study import StudyError

    made = {
        "corpus": lambda: new.corpus(options.name, options.files),
        "study": lambda: new.study(options.name, options.corpus),
        "notebook": lambda: new.notebook(options.name, options.corpus, source=options.source),
    }
    try:
        done = made[options.kind]()
    except StudyError as error:
        raise Usage("\nframing: ".join(error.problems)) from None
    print(_shown(done.path))
    for line in done.notes:
        say(line)
    if options.kind == "corpus":
        _say_recognised(done.path, say)
    return DONE


def _say_recognised(folder: Path, say: Callable[[str], None]) -> None:
    from helpers.cli.checkcorpus import recognised

    for line in recognised(folder):
        say(f"  {line}")


def _check(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    from helpers.cli.check import problems
    from helpers.cli.checkcorpus import is_corpus

    found = problems(options.paths)
    for line in found:
        print(line)
    for path in options.paths:
        if path.is_dir() and is_corpus(path):
            say(f"{_shown(path)} was read as:")
            _say_recognised(path, say)
    say("nothing wrong" if not found else f"{len(found)} to mend")
    return FAILED if found else DONE


def _lab(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    from helpers.study import root

    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    return subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", *options.words], cwd=root() / "notebooks"
    )


if __name__ == "__main__":
    sys.exit(main())
