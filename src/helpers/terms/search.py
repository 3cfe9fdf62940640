"""Terms looked for after a ledger was made: the targets that a notebook's parameters name."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from helpers.ledger import Article, Block, Hit, Sentence, Token, Voice

from .agency import Act, acts
from .grammar import FUNCTION_WORDS
from .lexicon import Lexicon, build
from .match import hits, matcher

WORD = re.compile(r"[^\W\d_]{2,}")
WHERE = re.compile(r",| in | at |\(")  # what follows a reporter's name


def targets(entries: Iterable[str], name: str = "targets") -> Lexicon:
    """Give a lexicon of terms, each a category of its own, so that each is counted apart."""
    return build(name, {entry: [entry] for entry in dict.fromkeys(entries)}, nested=True)


def search(
    lexicon: Lexicon, articles: pd.DataFrame, blocks: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame
) -> pd.DataFrame:
    """Find a lexicon's entries in articles of a ledger, as `hits` does while the ledger is made.

    articles, blocks, sentences, voices  tables of the ledger, or the rows wanted of `articles`
    returns  the columns of hits
    """
    find = matcher([lexicon])
    parts = [{a: g for a, g in table.groupby("article_id")} for table in (blocks, sentences, voices)]
    kinds = (Block, Sentence, Voice)
    rows: list[Hit] = []
    for article in articles[list(Article._fields)].itertuples(index=False, name=None):
        own = [_rows(part.get(article[0]), kind) for part, kind in zip(parts, kinds, strict=True)]
        rows += hits(Article(*article), *own, find)
    return pd.DataFrame(rows, columns=list(Hit._fields))


def _rows(table: pd.DataFrame | None, kind: type) -> list:
    if table is None:
        return []
    return [kind(*row) for row in table[list(kind._fields)].sort_values("start").itertuples(index=False, name=None)]


def acts_of(
    lexicon: Lexicon,
    articles: pd.DataFrame,
    blocks: pd.DataFrame,
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    voices: pd.DataFrame,
) -> pd.DataFrame:
    """Tell the form of each act of violence in articles of a ledger.

    lexicon  data/lexicons/violence.yml, or one with its categories
    returns  the columns of `Act`
    """
    found = {a: g for a, g in search(lexicon, articles, blocks, sentences, voices).groupby("article_id")}
    own = {name: {a: g for a, g in table.groupby("article_id")} for name, table in (("s", sentences), ("t", tokens))}
    rows: list[Act] = []
    for article in articles[list(Article._fields)].itertuples(index=False, name=None):
        if (hit := found.get(article[0])) is not None:
            parts = _rows(own["s"].get(article[0]), Sentence), _rows(own["t"].get(article[0]), Token)
            rows += acts(Article(*article), *parts, _rows(hit, Hit))
    table = pd.DataFrame(rows, columns=list(Act._fields))
    return table.astype(dict.fromkeys(["doer_start", "doer_end", "done_to_start", "done_to_end"], "Int64"))


def inside(spans: pd.DataFrame, start: str, end: str, found: pd.DataFrame) -> list[set[str]]:
    """Say for each span which categories of hits stand in it: whom of the named a doer's words name.

    spans   article_id and the two columns of places, which may be missing
    found   article_id, start, end, category
    """
    by_article = {a: list(zip(g["start"], g["end"], g["category"], strict=True)) for a, g in found.groupby("article_id")}
    return [
        set() if pd.isna(low) else {c for s, e, c in by_article.get(article, []) if low <= s and e <= high}
        for article, low, high in zip(spans["article_id"], spans[start], spans[end], strict=True)
    ]


def leave_out(
    articles: pd.DataFrame, tokens: pd.DataFrame, *, function_words: bool = False, further: Iterable[str] = ()
) -> dict[str, str]:
    """Say which terms a comparison of words need not look at, and why.

    articles        outlet, author, text and article_id
    tokens          article_id, start, norm
    function_words  True keeps the words of grammar in
    further         terms that the reader leaves out
    returns         term → reason: a number, a word of grammar, part of an outlet's or a reporter's name (where
                    most of its occurrences begin with a capital), on the reader's list
    """
    reasons = {term: "a number" for term in tokens["norm"].unique() if term[:1].isdigit()}
    reasons |= {} if function_words else dict.fromkeys(sorted(FUNCTION_WORDS), "a word of grammar")
    reasons |= dict.fromkeys(_house_names(articles, tokens), "part of an outlet's or a reporter's name")
    return reasons | dict.fromkeys([term.lower() for term in further], "on the list of terms to leave out")


def _house_names(articles: pd.DataFrame, tokens: pd.DataFrame) -> list[str]:
    """Words of outlets' and reporters' names that mostly stand for them.

    In most places such a word begins with a capital and, of a name of several words, stands in its own outlet's
    articles or beside the rest of the name; and of such a name one place in ten at least is beside the rest, or three in ten after "the":
    the city that gave a paper its name is written of without both, and stays.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    rows = tokens[tokens["article_id"].isin(articles["article_id"])].sort_values(["article_id", "start"])
    rows = rows.assign(plain=rows["norm"].str.removesuffix("'s"))
    rows = rows.assign(before=rows["plain"].shift(fill_value=""), after=rows["plain"].shift(-1, fill_value=""))
    rows["outlet"] = rows["article_id"].map(articles.set_index("article_id")["outlet"])
    names = {
        (o, name) for o, a in zip(articles["outlet"], articles["author"], strict=True) for name in (o, WHERE.split(str(a))[0])
    }
    parts = pd.DataFrame([(word, o, name) for o, name in names for word in _words(name)], columns=["word", "outlet", "name"])
    found = []
    for word, mine in parts[~parts["word"].isin(FUNCTION_WORDS)].groupby("word", sort=True):
        at = rows[rows["plain"] == word]
        rest = {w for name in mine["name"] for w in _words(name)} - {word}
        beside = at["before"].isin(rest) | at["after"].isin(rest)
        capital = [texts[a][s].isupper() for a, s in zip(at["article_id"], at["start"], strict=True)]
        named = pd.Series(capital, index=at.index, dtype=bool)
        house = named if not rest else named & (beside | at["outlet"].isin(mine["outlet"]))
        told = not rest or beside.mean() >= 0.1 or (at["before"] == "the").mean() >= 0.3
        if len(at) and house.mean() > 0.5 and told:
            found += [word, f"{word}'s"]
    return found


def _words(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]
