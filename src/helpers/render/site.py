"""The index of a study: what it is about, what was read, and what each report found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.engine.keys import sha256
from helpers.ledger import Ledger, key
from helpers.ledger.placing import put
from helpers.render.page import FOLDER, site
from helpers.render.provenance import digest
from helpers.render.sweeps import families, summary, write_sweeps
from helpers.study import Study

MADE_FROM = '<meta name="made-from" content="'


def write_index(study: Study, failed: dict[str, str], notes: list[str]) -> Path:
    """Write index.html of a study, unless it is there and made from the same pages.

    failed  by report, why it could not be rendered
    notes   what the reading of the articles had to say
    """
    target = study.folder / "index.html"
    made_from = _made_from(study, failed, notes)
    if target.is_file() and f"{MADE_FROM}{made_from}" in target.read_text(encoding="utf-8"):
        return target
    write_sweeps(study)
    cards = [_card(study, report, failed) for report in study.reports if not report.sweep]
    cards += [_sweep(study, name, reports, failed) for name, reports in families(study).items()]
    markup = site(
        "site.html.j2",
        study=study,
        cards=cards,
        notes=notes,
        made_from=made_from,
        facts=_facts(study),
    )
    put(target, markup)
    return target


def _made_from(study: Study, failed: dict[str, str], notes: list[str]) -> str:
    """Hash all that an index is made from, without reading its pages as HTML."""
    pages = [study.folder / f"{report.name}.html" for report in study.reports]
    seen = [sha256(page) if page.is_file() else "" for page in pages]
    words = [
        (FOLDER / name).read_text(encoding="utf-8")
        for name in ("site.html.j2", "sweep.html.j2", "style.css", "page.js")
    ]
    inputs = {
        name: value
        for name, value in key(_ledger(study)).items()
        if name in ("inputs", "code", "versions", "columns")
    }
    reports = [[report.name, report.sweep, report.changed] for report in study.reports]
    return digest(
        [
            study.title,
            study.description,
            study.evidence,
            reports,
            seen,
            failed,
            notes,
            words,
            inputs,
        ]
    )


def _card(study: Study, report: Any, failed: dict[str, str]) -> dict[str, Any]:
    """What the index says of one report, read off its page."""
    page = study.folder / f"{report.name}.html"
    title, finding = _read(page) if page.is_file() else (report.name, "")
    changed = {
        k: v for k, v in report.changed.items() if k not in ("corpus", "lexicons", "evidence")
    }
    return {
        "name": report.name,
        "title": title,
        "finding": finding,
        "there": page.is_file(),
        "failed": failed.get(report.name, ""),
        "parameters": changed,
    }


def _sweep(study: Study, name: str, reports: list[Any], failed: dict[str, str]) -> dict[str, Any]:
    """One card for all the reports of a sweep; each is a link on its page."""
    swept = reports[0].sweep
    title, _ = (
        _read(page) if (page := study.folder / f"{reports[0].name}.html").is_file() else (name, "")
    )
    wrong = "; ".join(failed[r.name] for r in reports if r.name in failed)
    return {
        "name": name,
        "title": f"{title} – by {swept}",
        "finding": summary(study, name),
        "failed": wrong,
        "there": (study.folder / f"{name}.html").is_file(),
        "parameters": {swept: [r.values[swept] for r in reports]},
    }


def _read(page: Path) -> tuple[str, str]:
    from lxml import html

    tree = html.fromstring(page.read_text(encoding="utf-8"))
    title = next((h.text_content().strip() for h in tree.iter("h1")), page.stem)
    return title, tree.xpath("string(//meta[@name='description']/@content)")


def _ledger(study: Study) -> Path:
    from helpers.engine.run import ledger_folder

    return ledger_folder(study.corpus)


def _facts(study: Study) -> dict[str, Any]:
    """Outlets with their articles, and the days between which they were published."""
    articles = Ledger(_ledger(study)).read("articles", ["outlet", "published"])
    days = articles["published"].dropna()
    span = f"{min(days)} to {max(days)}" if len(days) else "no dates known"
    undated = int(articles["published"].isna().sum())
    counts = articles["outlet"].value_counts().sort_index()
    return {
        "articles": len(articles),
        "span": span,
        "undated": undated,
        "outlets": list(counts.items()),
    }
