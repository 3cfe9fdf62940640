"""Which words a comparison need not look at: numbers, words of grammar, words of the names of
outlets and reporters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

import numpy as np
import pandas as pd

from helpers.ledger import Ledger

from .grammar import FUNCTION_WORDS
from .style import house_style

WORD = re.compile(r"[^\W\d_]{2,}")
WHERE = re.compile(r",| in | at |\(")  # what follows a reporter's name


def leave_out(
    articles: pd.DataFrame,
    tokens: pd.DataFrame | Ledger,
    *,
    function_words: bool = False,
    style: bool = False,
    further: Iterable[str] = (),
) -> dict[str, str]:
    """Say which terms a comparison of words need not look at, and why.

    articles        outlet, author and article_id; with a frame of tokens, text too
    tokens          article_id, start, norm; or the ledger, which is then read a partition at a time
    function_words  True keeps the words of grammar in
    style           True keeps the words of a house style in
    further         terms that the reader leaves out
    returns         term → reason: a number, a word of a house style, a word of grammar, part of an
                    outlet's or a reporter's name (where most of its occurrences begin with a
                    capital), on the reader's list

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "Wire", "author": "", "text": "x"})
    >>> tokens = pd.DataFrame({"article_id": "a", "start": [0], "norm": ["31"]})
    >>> leave_out(articles, tokens, further=["Talks"])["31"]
    'a number'
    """
    names = _Names(articles)
    known: set[str] = set()
    for part in _parts(articles, tokens):
        norms = (
            part.tokens["norm"].cat.remove_unused_categories()
            if tokens is not part.tokens
            else part.tokens["norm"]
        )
        known |= set(norms.unique())
        names.add(part.tokens, part.articles)
    reasons = dict.fromkeys(sorted(term for term in known if term[:1].isdigit()), "a number")
    if not style:
        reasons |= dict.fromkeys(house_style(known), "a word of a house style")
    reasons |= {} if function_words else dict.fromkeys(sorted(FUNCTION_WORDS), "a word of grammar")
    reasons |= dict.fromkeys(names.found(), "part of an outlet's or a reporter's name")
    return reasons | dict.fromkeys(
        [term.lower() for term in further], "on the list of terms to leave out"
    )


def _parts(articles: pd.DataFrame, tokens: pd.DataFrame | Ledger) -> Iterator[SimpleNamespace]:
    if isinstance(tokens, pd.DataFrame):
        yield SimpleNamespace(tokens=tokens, articles=articles[["article_id", "text"]])
    else:
        yield from tokens.each(
            articles["article_id"],
            tokens=["article_id", "start", "norm"],
            articles=["article_id", "text"],
        )


class _Names:
    """Words of outlets' and reporters' names, and how their occurrences stand: sums over the parts
    of a corpus.

    Of such words those are left out that mostly stand for the house: in most places such a word
    begins with a capital
    and, of a name of several words, stands in its own outlet's articles or beside the rest of the
    name; and of such a
    name one place in ten at least is beside the rest, or three in ten after "the": the city that
    gave a paper its name
    is written of without both, and stays.
    """

    def __init__(self, articles: pd.DataFrame):
        pairs = articles[["outlet", "author"]].drop_duplicates().itertuples(index=False, name=None)
        names = {
            (outlet, name)
            for outlet, author in pairs
            for name in (outlet, WHERE.split(str(author))[0])
        }
        parts = {(word, outlet, name) for outlet, name in names for word in _words(name)}
        self.outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
        self.words = sorted({word for word, _, _ in parts})
        self.place = {word: i for i, word in enumerate(self.words)}
        self.rest = np.zeros(
            (len(self.words) + 1,) * 2, dtype=bool
        )  # the last row: words of no name
        self.own: dict[str, set[int]] = {}
        for word, outlet, name in parts:
            self.rest[
                self.place[word], [self.place[other] for other in _words(name) if other != word]
            ] = True
            self.own.setdefault(outlet, set()).add(self.place[word])
        for word in {w for outlet, _ in names for w in _letters(str(outlet))}:
            self.rest[self.place[word]] = False  # letters that are a name by themselves
        self.sums = np.zeros(
            (4, len(self.words) + 1), dtype=np.int64
        )  # occurrences, the house's, beside the rest, after "the"

    def add(self, tokens: pd.DataFrame, texts: pd.DataFrame) -> None:
        """Count the words of names in some articles."""
        text = dict(zip(texts["article_id"], texts["text"], strict=True))
        rows = tokens[tokens["article_id"].isin(list(text))].sort_values(["article_id", "start"])
        norms = rows["norm"].astype("category")
        plain = [norm.removesuffix("'s") for norm in norms.cat.categories]
        code = norms.cat.codes.to_numpy()
        word = np.array([self.place.get(p, -1) for p in plain] or [-1])[code]
        the = np.array([p == "the" for p in plain] or [False])[code]
        counted = np.array([p in self.place and p not in FUNCTION_WORDS for p in plain] or [False])
        at = np.flatnonzero(counted[code])
        article = rows["article_id"].astype("category").cat
        same = np.append(
            np.diff(article.codes) == 0, False
        )  # with the next word; the last word of an article has none after it
        before, after = at[at > 0], at[at < len(word) - 1]
        beside, led = np.zeros(len(word), dtype=bool), np.zeros(len(word), dtype=bool)
        beside[after] = self.rest[word[after], word[after + 1]] & same[after]
        beside[before] |= self.rest[word[before], word[before - 1]] & same[before - 1]
        led[before] = the[before - 1] & same[before - 1]
        ids = article.categories.to_numpy(object)[article.codes.to_numpy()[at]]
        self._sum(word[at], ids, rows["start"].to_numpy()[at], beside[at], led[at], text)

    def _sum(
        self,
        word: np.ndarray,
        ids: np.ndarray,
        starts: np.ndarray,
        beside: np.ndarray,
        led: np.ndarray,
        text: dict[str, str],
    ) -> None:
        capital = np.array(
            [text[a][s].isupper() for a, s in zip(ids, starts, strict=True)], dtype=bool
        )
        mine = np.array(
            [w in self.own[self.outlets[a]] for w, a in zip(word, ids, strict=True)], dtype=bool
        )
        house = capital & (beside | mine | ~self.rest.any(axis=1)[word])
        for row, mask in enumerate((np.ones(len(word), dtype=bool), house, beside, led)):
            self.sums[row] += np.bincount(word[mask], minlength=self.sums.shape[1])

    def found(self) -> list[str]:
        """Give the words that mostly stand for the house, with their possessives, sorted."""
        n, house, beside, led = self.sums
        told = ~self.rest.any(axis=1) | (beside >= 0.1 * n) | (led >= 0.3 * n)
        good = [w for w, i in self.place.items() if n[i] and house[i] > 0.5 * n[i] and told[i]]
        return [form for word in good for form in (word, f"{word}'s")]


def _letters(outlet: str) -> list[str]:
    """Words of an outlet's name that are written in capitals where others are not: BBC News."""
    found = [word for word in WORD.findall(outlet) if len(word) > 1]
    capitals = [word.lower() for word in found if word.isupper()]
    return [] if len(capitals) == len(found) > 1 else capitals


def _words(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]
