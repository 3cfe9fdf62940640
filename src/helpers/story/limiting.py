"""What must be said before "not found" is read: lengths, dates, kinds, and sets that leave nothing
to compare."""

from __future__ import annotations

import pandas as pd

from helpers.story.passages import Shared
from helpers.story.units import GAP, Unit

LONG = 5_000
"""Words from which an article is so long that a short one cannot hold what it holds."""

HALF = 0.5
DAYS = 2


def labels(articles: pd.DataFrame) -> pd.Series:
    """Give each article a short name: its outlet, with the date, then a number, where the outlet
    has several.

    articles  article_id, outlet, published
    returns   names by article_id, each once

    >>> from datetime import date
    >>> rows = [("x", "Wire", date(2031, 3, 1)), ("y", "Wire", date(2031, 3, 2))]
    >>> rows += [("z", "Eye", None)]
    >>> labels(pd.DataFrame(rows, columns=["article_id", "outlet", "published"])).tolist()
    ['Wire, 2031-03-01', 'Wire, 2031-03-02', 'Eye']
    """
    rows = articles.set_index("article_id")
    names = rows["outlet"].copy()
    dates = (
        pd.to_datetime(rows["published"], errors="coerce").dt.strftime("%Y-%m-%d").fillna("no date")
    )
    names = names.where(~names.duplicated(keep=False), names + ", " + dates)
    number = names.sort_index().groupby(names.sort_index()).cumcount() + 1
    return names.where(~names.duplicated(keep=False), names + " (" + number.astype(str) + ")")


def limits(articles: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Give what bears on whether an article could carry a passage.

    articles  article_id, outlet, published, kind
    tokens    article_id: a row to each kept word
    returns   article_id, published, kind, words, note: shorter than half the longest; published
              DAYS or more before the
              last; of another kind than a plain article; too long for the others to hold

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> limits(tables["articles"], tables["tokens"])[["article_id", "note"]].values.tolist()[0]
    ['db-kalder', 'kind: reprint']
    """
    counts = tokens["article_id"].value_counts()
    rows = articles[["article_id", "published", "kind"]].assign(
        words=lambda t: t["article_id"].map(counts).fillna(0).astype(int)
    )
    dates = pd.to_datetime(rows["published"], errors="coerce")
    longest, last = rows["words"].max(), dates.max()
    notes = [
        _note(row, date, longest, last)
        for row, date in zip(rows.itertuples(index=False), dates, strict=True)
    ]
    return rows.assign(published=dates.dt.strftime("%Y-%m-%d").fillna("no date"), note=notes)


def _note(row, date: pd.Timestamp, longest: int, last: pd.Timestamp) -> str:
    notes = []
    if row.words < HALF * longest:
        notes.append(f"{row.words / longest:.0%} of the longest article's length")
    if row.words >= LONG:
        notes.append(f"{row.words:,} words: what the others lack may only be its length")
    if pd.isna(date):
        notes.append("no date: may be older than what the others report")
    elif (last - date).days >= DAYS:
        notes.append(f"{(last - date).days} days before the last: later events cannot be in it")
    if row.kind not in ("article", ""):
        notes.append(f"kind: {row.kind}")
    return "; ".join(notes)


def distinct(articles: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """Leave out articles whose words are those of an article before them.

    articles  in the order in which the first of each is to stay
    copies    a, b, kind, as `copies` gives them

    >>> articles = pd.DataFrame({"article_id": ["x", "y", "z"]})
    >>> copies = pd.DataFrame({"a": ["x"], "b": ["y"], "kind": ["exact"]})
    >>> distinct(articles, copies)["article_id"].tolist()
    ['x', 'z']
    """
    later = dict(zip(articles["article_id"], range(len(articles)), strict=True))
    exact = copies[copies["kind"] == "exact"]
    dropped = {max(pair, key=later.get) for pair in zip(exact["a"], exact["b"], strict=True)}
    return articles[~articles["article_id"].isin(dropped)]


def obstacle(named: pd.DataFrame, compared: pd.DataFrame, found: Shared) -> str:
    """Say in one sentence why there is nothing to compare, or nothing where there is.

    named     the articles of the set
    compared  those left without exact copies
    found     what they share

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> obstacle(tables["articles"], tables["articles"], found)
    ''
    >>> obstacle(tables["articles"].head(1), tables["articles"].head(1), found)[-1:] != ""
    True
    """
    if not len(named):
        return (
            "No set of articles to compare was found: name the articles of a story in `articles`,"
            " or give a lower `number`."
        )
    if len(named) == 1:
        return (
            "There is one article in the set: name at least two in `articles` to see what each"
            " keeps and cuts."
        )
    if len(compared) == 1:
        return (
            f"The {len(named)} articles print the same words from first to last: there is one"
            " version to read and nothing to compare."
        )
    if not found.passages:
        return (
            f"The {len(compared)} articles share no passage that the rules of this notebook can"
            " see: they may be on different stories, or tell one in words that have too little in"
            " common."
        )
    return ""


def told(found: Shared, names: pd.Series) -> pd.DataFrame:
    """Give the grid: a row to each passage, a column to each article, the form in each cell.

    names    of the articles, by id
    returns  index passage; columns the names, in the order of the set

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> told(found, labels(tables["articles"])).columns.tolist()
    ['Daily Beacon', 'The Tolhava Chronicle', 'Velmir Courier']
    """
    first = found.table.drop_duplicates(["passage", "article_id"])
    wide = first.pivot(index="passage", columns="article_id", values="form")
    return wide.reindex(columns=[a for a in names.index if a in wide]).rename(columns=names)


def heads(found: Shared, articles: pd.DataFrame, words: int = 6) -> pd.Series:
    """Give each passage a name: its first words in the version that leads, too few to stand for the
    article.

    words    at most; fewer where a reporting clause or brackets come between them
    returns  by passage: "1 “The line went dead …”"

    >>> from helpers import data, story
    >>> news = data.open("data/raw/demo", ["data/lexicons/naming-demo.yml"])
    >>> ids = ["db-kalder", "tc-mill-street", "vc-market"]
    >>> names = ["articles", "blocks", "tokens", "quotes", "voices", "marks", "hits"]
    >>> tables = {name: news.ledger.of(ids, name) for name in names}
    >>> found = story.shared(tables)
    >>> heads(found, tables["articles"]).tolist()[1]
    '2 Corvesse said she would not withdraw …'
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    out = {
        n: f"{n} {_head(p.lead, texts[p.lead.article_id], words)}"
        for n, p in enumerate(found.passages, start=1)
    }
    return pd.Series(out, dtype=object)


def _head(lead: Unit, text: str, words: int) -> str:
    spans = lead.spans[:1]
    for span in lead.spans[1:words]:
        if span[0] - spans[-1][1] > GAP:
            break
        spans += (span,)
    said = " ".join(text[spans[0][0] : spans[-1][1]].split()) + (
        " …" if len(lead.spans) > len(spans) else ""
    )
    return f"“{said}”" if lead.kind == "quotation" else said
