"""Frames learned from coding: from a few hundred coded sentences or headlines to a word model that
can be read, and to how often it is right on articles it has not seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components
from scipy.special import logsumexp, softmax

from helpers import segment
from helpers.measure.checks import require
from helpers.measure.phrases import number_of
from helpers.measure.ratios import ratio

PENALTY = 0.03
"""Penalty where none is given. From .003 to .3 the accuracy differs little on the sets tried."""

PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Penalties to choose among inside the training articles."""

LEAST_UNITS = 5
"""Coded units that a label must have to be learned."""

INNER = 5
"""Folds inside the training articles by which a penalty is chosen."""

SECOND = 0.5
"""Weight of a unit's second label beside its first, before the two are made to add up to 1."""

HYPHEN = re.compile("[-‐‑]")

SCORES = ["measure", "label", "k", "n", "share", "low", "high", "articles", "note"]


@dataclass(frozen=True, eq=False)
class Model:
    """Frames learned from coded units: a weight for each word and label.

    labels     (labels,) the labels, sorted
    stems      (words,) words without their suffixes, sorted
    spelled    (words,) the form in which each stands most often in the coded texts
    weights    (words × labels) what a word adds to a label; the weights of a word add up to 0
    constants  (labels,) what a label has before any word is read
    rarity     (words,) 1 + ln((1 + units) / (1 + units with the word))
    units      (words × labels) coded units of each label with the word
    units_with (words,) coded units with the word
    penalty    the penalty of the weights
    """

    labels: tuple[str, ...]
    stems: tuple[str, ...]
    spelled: tuple[str, ...]
    weights: np.ndarray
    constants: np.ndarray
    rarity: np.ndarray
    units: np.ndarray
    units_with: np.ndarray
    penalty: float

    def predict(self, texts: Iterable[str]) -> pd.DataFrame:
        """Give each text its most probable label.

        texts    any number of texts
        returns  label and probability (0 to 1, of that label), a row for each text, with the index
                 of `texts` where it is a Series. A text without a known word is given what the
                 constants say, which is the same for all such texts
        raises   ValueError for a text without a word
        """
        index = texts.index if isinstance(texts, pd.Series) else None
        counts = _read(list(texts))
        chance = _chances(counts, self)
        best = chance.argmax(axis=1)
        label = np.array(self.labels, dtype=object)[best]
        probability = chance[np.arange(len(best)), best]
        return pd.DataFrame({"label": label, "probability": probability}, index=index)

    def words(self, label: str, most: int = 10) -> pd.DataFrame:
        """List the words that speak most for a label.

        most     words listed
        returns  word (in its most frequent form), weight, times (coded units of this label that
                 have it), of (coded units that have it); the largest weight first
        raises   ValueError for a label that the model has not
        """
        if label not in self.labels:
            raise ValueError(f"{label!r} is no label of this model; it has {list(self.labels)}.")
        place = self.labels.index(label)
        weight = self.weights[:, place]
        first = np.argsort(-weight, kind="stable")[: max(most, 0)]
        first = first[weight[first] > 0]
        return pd.DataFrame(
            {
                "word": np.array(self.spelled, dtype=object)[first],
                "weight": weight[first],
                "times": self.units[first, place],
                "of": self.units_with[first],
            }
        )


class _Coded(NamedTuple):
    """Coded units in an order that does not depend on the one they came in.

    order     (units,) the row of each
    counts    (units,) how often each word, without its suffix, stands in it
    labels    sorted
    accepted  (units × labels) 1 for its label and for its second label
    target    (units × labels) the weight of each label, adding up to 1
    group     (units,) number of the articles that must stay together
    """

    order: np.ndarray
    counts: list[Counter[str]]
    labels: tuple[str, ...]
    accepted: np.ndarray
    target: np.ndarray
    group: np.ndarray


class _Fitted(NamedTuple):
    stems: tuple[str, ...]
    rarity: np.ndarray
    weights: np.ndarray
    constants: np.ndarray
    penalty: float


def learn(
    coded: pd.DataFrame, penalty: float | Sequence[float] = PENALTY, *, seed: int = 20
) -> Model:
    """Learn from coded units which words speak for which label.

    coded    one row for each sentence or headline that somebody coded: text, label; where there
             are such columns, second (a second label, or nothing) and article_id (without it each
             text is an article)
    penalty  of large weights: half of it times the sum of their squares is added to the loss.
             Several: the one that is right most often in five folds of the articles is taken
    seed     of those folds
    returns  Model; the same whatever the order of the rows
    raises   ValueError for a missing column, a text without a word, a unit without a label, fewer
             than 2 labels, a label with fewer than 5 units, a penalty that is not above 0

    A text is its words in lower case without their suffixes (Porter's second stemmer, "Snowball";
    of a compound with a hyphen each part is a word);
    a word that stands c times counts 1 + ln c times its rarity, and each text is brought to length
    1. A unit with a second label counts two thirds for the first and one third for the second.

    Method: multinomial logistic regression with a quadratic penalty, fitted by L-BFGS (Hastie,
    Tibshirani & Friedman 2009, The Elements of Statistical Learning, sections 4.4 and 18.3; Liu &
    Nocedal 1989). Words weighed by rarity: Manning, Raghavan & Schütze (2008), chapter 6.

    >>> coded = pd.DataFrame({
    ...     "text": [f"{word} {i}" for i in range(5) for word in ("prices rise", "troops march")],
    ...     "label": ["economy", "war"] * 5})
    >>> model = learn(coded)
    >>> model.predict(["The price rose", "A troop marched"])["label"].tolist()
    ['economy', 'war']
    >>> model.words("war", most=2)[["word", "times", "of"]].values.tolist()
    [['march', 5, 5], ['troops', 5, 5]]
    """
    units = _prepared(coded)
    every = np.arange(len(units.counts))
    fitted = _fitted(units, every, _penalties(penalty), seed)
    where = {stem: i for i, stem in enumerate(fitted.stems)}
    forms: list[Counter[str]] = [Counter() for _ in fitted.stems]
    for text in coded["text"]:
        for word in _words(text):
            forms[where[_stem(word)]][word] += 1
    spelled = tuple(min(form, key=lambda word: (-form[word], word)) for form in forms)
    there = (_table(units.counts, fitted.stems) > 0).astype(int)
    return Model(
        units.labels,
        fitted.stems,
        spelled,
        fitted.weights,
        fitted.constants,
        fitted.rarity,
        np.asarray(there.T @ units.accepted.astype(int)),
        np.asarray(there.sum(axis=0)).ravel(),
        fitted.penalty,
    )


def cross_validated(
    coded: pd.DataFrame,
    penalty: float | Sequence[float] = PENALTY,
    *,
    folds: int = 10,
    seed: int = 20,
) -> pd.DataFrame:
    """Predict each coded unit by a model that has seen nothing of its article.

    coded    as for `learn`
    penalty  as for `learn`; of several, one is chosen for each fold inside the articles of the
             others, so that the choice is not made on what is predicted
    folds    parts into which the articles are dealt at random. Articles that share a text, word for
             word, stay together
    seed     of the deal
    returns  the rows of `coded` in their order, with fold (from 1), prediction, probability (0 to
             1) and verdict: "right" where the prediction is the label or the second label, else
             "wrong"
    raises   ValueError as `learn`, and where there are fewer articles than folds or than 2 folds

    Method: K-fold cross-validation (Hastie, Tibshirani & Friedman 2009, section 7.10), words and
    rarities too being learned anew in each fold (7.10.2).

    >>> coded = pd.DataFrame({
    ...     "text": [f"{word} {i}" for i in range(5) for word in ("prices rise", "troops march")],
    ...     "label": ["economy", "war"] * 5})
    >>> cross_validated(coded, folds=5)["verdict"].value_counts().to_dict()
    {'right': 10}
    """
    units, penalties = _prepared(coded), _penalties(penalty)
    part = _dealt(units.group, folds, seed)
    best, probability = _predicted(units, part, penalties, seed)
    label = np.array(units.labels, dtype=object)[best]
    verdict = np.where(units.accepted[np.arange(len(best)), best], "right", "wrong")
    made = {"fold": part + 1, "prediction": label, "probability": probability, "verdict": verdict}
    back = np.argsort(units.order)
    return coded.assign(**{name: values[back] for name, values in made.items()})


def learned_scores(rows: pd.DataFrame, *, draws: int = 2000, seed: int = 20) -> pd.DataFrame:
    """Say how often the predictions of `cross_validated` are right, over all and by label.

    rows         as `cross_validated` gives them
    draws, seed  of the resamples of articles
    returns      measure, label, k, n, share, low, high (per cent), articles, note. Measures, of
                 "all": accuracy (the prediction is one of the unit's labels), accuracy on the first
                 label (where some have a second), majority (one of the unit's labels is the most
                 frequent: what is right without reading). Of each label: precision (of the units
                 predicted so), recall (of the units coded so), F1
    raises       ValueError for a missing column

    A unit with two labels counts for the one that was predicted, else for its first. F1 is 2k/n
    with k right of n coded and predicted together; its k and n are those 2k and n.

    Method: ratios of sums, intervals by resampling whole articles, as `measure.rates`.

    >>> rows = pd.DataFrame({"article_id": list("abcd"), "label": ["x", "x", "x", "y"],
    ...     "prediction": ["x", "x", "y", "y"]})
    >>> learned_scores(rows)[["measure", "label", "k", "n"]].values.tolist()[:4]
    [['accuracy', 'all', 3, 4], ['majority', 'all', 3, 4], ['precision', 'x', 2, 2], \
['recall', 'x', 2, 3]]
    """
    require(rows, ["label", "prediction"], "rows")
    first, second = rows["label"].astype(str), _second(rows)
    said = rows["prediction"].astype(str)
    top = first.value_counts().sort_index().idxmax()
    coded = first.mask(second.eq(said), second)
    labels = sorted({*first, *second[second != ""], *said})
    every = pd.Series(True, rows.index)
    asked = [("accuracy", "all", coded.eq(said), every)]
    if second.ne("").any():
        asked.append(("accuracy on the first label", "all", first.eq(said), every))
    asked.append(("majority", "all", first.eq(top) | second.eq(top), every))
    for label in labels:
        right = coded.eq(label) & said.eq(label)
        asked += [
            ("precision", label, right, said.eq(label)),
            ("recall", label, right, coded.eq(label)),
            ("F1", label, 2 * right, said.eq(label).astype(int) + coded.eq(label)),
        ]
    names = _articles(rows)
    table = [
        (measure, label, int(k.sum()), int(n.sum()), *_interval(k, n, names, draws, seed))
        for measure, label, k, n in asked
    ]
    return pd.DataFrame(table, columns=SCORES)


def lacking(coded: pd.DataFrame, folds: int = 10) -> str:
    """Say what coded units lack to be learned from; "" where they lack nothing.

    coded  as for `learn`

    >>> lacking(pd.DataFrame({"text": ["Prices rise"], "label": ["economy"]}))
    '1 unit is coded with 1 label; it takes 2 labels with 5 units each, in 10 articles'
    """
    labels = pd.concat([coded["label"].astype(str), _second(coded)])
    counts = labels[labels != ""].value_counts()
    few = counts[counts < LEAST_UNITS]
    articles = _articles(coded).nunique()
    have = f"{number_of(len(coded), 'unit')} {'is' if len(coded) == 1 else 'are'} coded"
    if len(counts) < 2 or articles < folds:
        given = f" with {number_of(len(counts), 'label')}" if len(counts) else ""
        given += f" in {number_of(articles, 'article')}" if len(counts) > 1 else ""
        least = f"2 labels with {LEAST_UNITS} units each, in {folds} articles"
        return f"{have}{given}; it takes {least}"
    if len(few):
        named = ", ".join(f"“{label}” {n}" for label, n in sorted(few.items()))
        return f"{have}; a label takes {LEAST_UNITS} units, and there are of {named}"
    return ""


def loss(
    values: np.ndarray, texts: sparse.csr_array, target: np.ndarray, penalty: float
) -> tuple[float, np.ndarray]:
    """Give the penalised loss of a multinomial logistic regression, and its gradient.

    values   ((words + 1) · labels,) the weights row by row, then the constants
    texts    (units × words) features
    target   (units × labels) weight of each label, each row adding up to 1
    returns  −Σ target · ln probability + penalty / 2 · Σ weights²; (values,) its derivatives.
             Constants are not penalised

    Method: Hastie, Tibshirani & Friedman (2009), eqs 4.20, 18.10 and 18.11.

    >>> value, gradient = loss(np.zeros(4), sparse.csr_array([[1.0]]), np.array([[1.0, 0.0]]), 1.0)
    >>> round(value, 3), gradient.tolist()
    (0.693, [-0.5, 0.5, -0.5, 0.5])
    """
    table = values.reshape(-1, target.shape[1])
    weights, constants = table[:-1], table[-1]
    score = texts @ weights + constants
    all_of_them = logsumexp(score, axis=1, keepdims=True)
    off = np.exp(score - all_of_them) - target
    value = float(all_of_them.sum() - (target * score).sum() + penalty / 2 * (weights**2).sum())
    slope = np.vstack([texts.T @ off + penalty * weights, off.sum(axis=0)])
    return value, slope.ravel()


# Units


def _prepared(coded: pd.DataFrame) -> _Coded:
    """Check the coded units and put them in order."""
    require(coded, ["text", "label"], "coded units")
    first, second, names = coded["label"], _second(coded), _articles(coded)
    for place, (text, label) in enumerate(zip(coded["text"], first, strict=True), 1):
        if pd.isna(label) or not str(label).strip():
            raise ValueError(f"coded units, row {place}: no label; leave out what is not coded.")
        if pd.isna(text) or not str(text).strip():
            raise ValueError(f"coded units, row {place}: the text is empty.")
    keys = pd.DataFrame(
        {"a": names.to_numpy(), "t": coded["text"].to_numpy(), "l": first.astype(str).to_numpy()}
    ).assign(s=second.to_numpy())
    order = keys.sort_values(["a", "t", "l", "s"], kind="stable").index.to_numpy()
    keys = keys.iloc[order]
    given = pd.concat([keys["l"], keys["s"][keys["s"] != ""]]).value_counts().sort_index()
    if len(given) < 2:
        raise ValueError(f"learning takes 2 labels or more; got {list(given.index)}.")
    if given.min() < LEAST_UNITS:
        few = {label: int(n) for label, n in given.items() if n < LEAST_UNITS}
        raise ValueError(f"a label takes {LEAST_UNITS} coded units or more; got {few}.")
    labels = tuple(given.index)
    one, two = ((keys[c].to_numpy()[:, None] == np.array(labels)) for c in ("l", "s"))
    target = one + SECOND * (two & ~one)
    counts = _read(list(keys["t"]))
    group = _together(list(keys["a"]), [" ".join(_words(text)) for text in keys["t"]])
    return _Coded(
        order, counts, labels, one | two, target / target.sum(axis=1, keepdims=True), group
    )


def _second(coded: pd.DataFrame) -> pd.Series:
    """(rows,) the second label; "" where there is none."""
    if "second" not in coded:
        return pd.Series("", coded.index, dtype=object)
    return coded["second"].astype(object).where(coded["second"].notna(), "").astype(str)


def _articles(coded: pd.DataFrame) -> pd.Series:
    """(rows,) the article of each unit; its own text where no article is named."""
    name = next((c for c in ("article_id", "text") if c in coded), None)
    if name is None:
        return pd.Series(np.arange(len(coded)).astype(str), coded.index, dtype=object)
    return coded[name].astype(str).astype(object)


def _together(articles: Sequence[str], texts: Sequence[str]) -> np.ndarray:
    """(units,) a number for the articles that are one or share a text, in the order met."""
    a, t = pd.factorize(np.array(articles, dtype=object))[0], pd.factorize(np.array(texts))[0]
    size = a.max() + 1 + t.max() + 1
    links = sparse.coo_array((np.ones(len(a)), (a, a.max() + 1 + t)), shape=(size, size))
    return pd.factorize(connected_components(links, directed=False)[1][a])[0]


def _penalties(penalty: float | Sequence[float]) -> list[float]:
    given = list(penalty) if isinstance(penalty, Iterable) else [penalty]
    if not given or any(not value > 0 for value in given):
        raise ValueError(f"a penalty must be above 0; got {penalty}.")
    return sorted(map(float, given), reverse=True)


# Words


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return _stemmer().stem(word)


@cache
def _stemmer():
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


def _words(text: str) -> list[str]:
    """The words of a text in lower case, with straight apostrophes, without those of possessives;
    of a compound each part is a word."""
    plain = str(text).lower().replace("’", "'").replace("ʼ", "'")
    parts = (part for a, b in segment.words(plain) for part in HYPHEN.split(plain[a:b]))
    return [word for part in parts if (word := part.removesuffix("'s"))]


def _read(texts: Sequence[str]) -> list[Counter[str]]:
    counts = [Counter(map(_stem, _words(text))) for text in texts]
    empty = next((place for place, each in enumerate(counts, 1) if not each), None)
    if empty:
        raise ValueError(f"text {empty} has no word in it: {str(texts[empty - 1])[:40]!r}.")
    return counts


def _table(counts: Sequence[Counter[str]], stems: Sequence[str]) -> sparse.csr_array:
    """(units × words) how often each word stands in each; words that are not known are left out."""
    where = {stem: i for i, stem in enumerate(stems)}
    cells = [
        (row, where[s], n) for row, each in enumerate(counts) for s, n in each.items() if s in where
    ]
    rows, columns, times = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(counts), len(stems))
    return sparse.csr_array((np.array(times, dtype=float), (rows, columns)), shape=shape)


def _features(table: sparse.csr_array, rarity: np.ndarray) -> sparse.csr_array:
    """(units × words) 1 + ln count, times rarity, each row of length 1."""
    made = table.copy()
    made.data = (1 + np.log(made.data)) * rarity[made.indices]
    length = np.sqrt(np.asarray(made.power(2).sum(axis=1)).ravel())
    made.data /= np.repeat(length, np.diff(made.indptr))
    return made


# Fitting


def _fitted(units: _Coded, rows: np.ndarray, penalties: Sequence[float], seed: int) -> _Fitted:
    """Fit the rows, with the penalty that does best in folds of them."""
    counts = [units.counts[i] for i in rows]
    penalty = penalties[0]
    if len(penalties) > 1:
        penalty = _chosen(units, rows, penalties, seed)
    stems = tuple(sorted(set().union(*counts)))
    table = _table(counts, stems)
    with_it = np.asarray((table > 0).sum(axis=0)).ravel()
    rarity = 1 + np.log((1 + len(rows)) / (1 + with_it))
    texts, target = _features(table, rarity), units.target[rows]
    # a label that none of these rows has would get a constant without end
    there = np.flatnonzero(target.sum(axis=0))
    found = minimize(
        loss,
        np.zeros((len(stems) + 1) * len(there)),
        args=(texts, target[:, there], penalty),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 1000, "ftol": 1e-9, "gtol": 1e-5},
    )
    fit = found.x.reshape(-1, len(there))
    weights = np.zeros((len(stems), target.shape[1]))
    constants = np.full(target.shape[1], -np.inf)
    weights[:, there], constants[there] = fit[:-1], fit[-1]
    return _Fitted(stems, rarity, weights, constants, penalty)


def _chances(counts: Sequence[Counter[str]], model: Model | _Fitted) -> np.ndarray:
    """(units × labels) probability of each label."""
    texts = _features(_table(counts, model.stems), model.rarity)
    return softmax(texts @ model.weights + model.constants, axis=1)


def _chosen(units: _Coded, rows: np.ndarray, penalties: Sequence[float], seed: int) -> float:
    """The penalty that is right most often in folds of the rows; of two alike the larger."""
    part = _dealt(units.group[rows], INNER, seed)
    inside = units._replace(
        counts=[units.counts[i] for i in rows],
        accepted=units.accepted[rows],
        target=units.target[rows],
        group=units.group[rows],
    )
    right = []
    for penalty in penalties:
        best, _ = _predicted(inside, part, [penalty], seed)
        right.append(int(inside.accepted[np.arange(len(best)), best].sum()))
    return penalties[int(np.argmax(right))]


def _dealt(group: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """(units,) the fold of each unit, from 0; a group has one fold."""
    names = np.unique(group)
    if not 2 <= folds <= len(names):
        raise ValueError(
            f"folds are 2 at least and no more than the articles; got {folds} for"
            f" {number_of(len(names), 'article')} without a text in common."
        )
    fold = np.empty(len(names), dtype=int)
    fold[np.random.default_rng(seed).permutation(len(names))] = np.arange(len(names)) % folds
    return fold[np.searchsorted(names, group)]


def _predicted(
    units: _Coded, part: np.ndarray, penalties: Sequence[float], seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """(units,) number of the most probable label, and its probability, by the other folds."""
    best, probability = np.zeros(len(part), dtype=int), np.zeros(len(part))
    for fold in range(part.max() + 1):
        own = np.flatnonzero(part == fold)
        fitted = _fitted(units, np.flatnonzero(part != fold), penalties, seed)
        chance = _chances([units.counts[i] for i in own], fitted)
        best[own], probability[own] = chance.argmax(axis=1), chance.max(axis=1)
    return best, probability


def _interval(
    k: pd.Series, n: pd.Series, articles: pd.Series, draws: int, seed: int
) -> tuple[float, float, float, int, str]:
    sums = pd.DataFrame({"a": articles, "k": k.astype(float), "n": n.astype(float)})
    sums = sums.groupby("a", sort=True).sum()
    got = ratio(sums["k"].to_numpy(), sums["n"].to_numpy(), draws=draws, seed=seed)
    return 100 * got.value, 100 * got.low, 100 * got.high, got.articles, got.note
