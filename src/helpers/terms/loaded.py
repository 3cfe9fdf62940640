"""How likely readers are to mark a word as loaded: features that can be read, weights in a table.

The features say what kind of word it is and what stands near, never which word it is. Weights:
data/lexicons/loaded-model.csv; lists: word-lists.md beside it.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from helpers import study

from .grammar import DETERMINERS, FUNCTION_WORDS, OWNERS
from .lexicon import Lexicon
from .load import load
from .match import Matcher, is_negated, matcher
from .pattern import fold
from .propose import unlisted

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "data/lexicons"
NAME = 0.9
"""Share of a word's uses with a capital from which on it is taken for a name."""
LIKELY = 0.25
"""Score that a candidate needs: of words above it that no lexicon has, .38 are marked in
loaded-words.jsonl, each topic told by the others (benchmarks/loaded.py)."""
CANDIDATES = ["entry", "category", "score", "count", "articles"]
WORD = re.compile(r"\w+(?:['’-]\w+)*")
MANNER_NOT = {"only", "early", "family", "july", "daily", "weekly", "monthly", "likely", "reply"}
ASSERTIVE = set(
    [
        "claim",
        "claims",
        "claimed",
        "insist",
        "insists",
        "insisted",
        "allege",
        "alleges",
        "alleged",
        "assert",
        "asserts",
        "asserted",
        "argue",
        "argues",
        "argued",
        "contend",
        "contends",
        "contended",
        "maintain",
        "maintains",
        "maintained",
        "boast",
        "boasts",
        "boasted",
    ]
)
FACTIVE = set(
    [
        "admit",
        "admits",
        "admitted",
        "reveal",
        "reveals",
        "revealed",
        "realize",
        "realizes",
        "realized",
        "know",
        "knows",
        "knew",
        "expose",
        "exposes",
        "exposed",
        "acknowledge",
        "acknowledges",
        "acknowledged",
        "prove",
        "proves",
        "proved",
    ]
)
HEDGES = set(
    [
        "apparently",
        "perhaps",
        "possibly",
        "presumably",
        "reportedly",
        "supposedly",
        "allegedly",
        "arguably",
        "seemingly",
        "maybe",
        "seem",
        "seems",
        "seemed",
        "appear",
        "appears",
        "appeared",
        "suggest",
        "suggests",
        "suggested",
    ]
)
INTENSIFIERS = set(
    [
        "very",
        "so",
        "extremely",
        "really",
        "truly",
        "utterly",
        "totally",
        "completely",
        "absolutely",
        "deeply",
        "highly",
        "incredibly",
        "simply",
        "just",
        "even",
        "too",
        "quite",
        "particularly",
        "especially",
    ]
)
ADJECTIVE = re.compile(r"(?:ous|ful|less|ive|ic|ical|ish|able|ible|ary|ist)$")
NOUN = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence|ship|hood)$")
ISM = re.compile(r"(?:isms?|ists?|mongers?|phobi[ac]s?|phobes?)$")

FEATURES = [
    "constant",
    "rarity",
    "unknown",
    "length",
    "negative",
    "positive",
    "strong",
    "valence_known",
    "subjective",
    "subjective_known",
    "assertive",
    "factive",
    "hedge",
    "intensifier",
    "adjective_form",
    "noun_form",
    "ism",
    "verb_ing",
    "verb_ed",
    "manner",
    "superlative",
    "capital",
    "all_capitals",
    "first",
    "last",
    "quoted",
    "after_intensifier",
    "in_lexicon",
    "near_form",
    "before_noun",
    "after_determiner",
    "negated",
    "function_word",
    "number",
    "hyphen",
    "sentence_valence",
    "near_negative",
    "neighbour_subjective",
]


@cache
def _list(name: str, column: str) -> dict[str, float]:
    path = study.root() / FOLDER / name
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["word"]: float(row[column]) for row in csv.DictReader(handle)}


@cache
def _rarity() -> tuple[dict[str, float], float]:
    counts = _list("news-words.csv", "articles")
    return {w: math.log(10_000 / n) for w, n in counts.items()}, math.log(10_000 / 4)


@cache
def _lexicon() -> Lexicon:
    return load(study.root() / FOLDER / "loaded-terms.yml")


@cache
def _matcher() -> Matcher:
    return matcher([_lexicon()])


@cache
def _entries() -> frozenset[str]:
    """The first six letters of the entries that are one word, of those with six or more."""
    words = (entry.entry.rstrip("*") for _, entry in _lexicon().entries)
    return frozenset(word[:6] for word in words if word.isalpha() and len(word) >= 6)


def _known(word: str, table: dict[str, float]) -> float | None:
    """What a list says of a word, or of it without an ending."""
    for form in (word, word.removesuffix("s"), word.removesuffix("ed"), word.removesuffix("ing")):
        if form in table:
            return table[form]
    return table.get(word.removesuffix("ly"))


def loaded_features(text: str) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Give the words of a sentence and what is known of each.

    text     one sentence
    returns  (words,) start and end of each; (words × features) in the order of `FEATURES`

    >>> spans, table = loaded_features("The reckless minister spoke.")
    >>> spans[1], float(table[1, FEATURES.index("before_noun")])
    ((4, 12), 1.0)
    """
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[a:b] for a, b in spans]
    low = [word.lower().replace("’", "'").removesuffix("'s") for word in words]
    hits = _matcher().find(text)
    quoted = _quoted(text)
    folded = fold(text)
    valence = [_known(word, _list("valence.csv", "valence")) for word in low]
    subjective = [_known(word, _list("subjectivity.csv", "subjectivity")) for word in low]
    rows = []
    for i, (start, end) in enumerate(spans):
        inside = any(hit.start < end and start < hit.end for hit in hits)
        row = _alone(words[i], low[i], valence[i], subjective[i])
        row = row | _placed(i, low, valence, subjective)
        row |= {
            "quoted": any(a < start and end <= b for a, b in quoted),
            "in_lexicon": inside,
            "near_form": not inside and low[i][:6] in _entries(),
            "negated": is_negated(folded[:start]),
        }
        rows.append([float(row[name]) for name in FEATURES])
    return spans, np.array(rows, dtype=float).reshape(-1, len(FEATURES))


def _quoted(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r'“[^”]*”|"[^"]*"', text)]


@lru_cache(maxsize=50_000)  # an outlet says the same words again and again
def _alone(
    word: str, low: str, valence: float | None, subjective: float | None
) -> dict[str, float]:
    """Features of a word by itself; not to be changed by whoever receives them."""
    rare, unknown = _rarity()
    value = valence or 0.0
    plain = low.isalpha()
    return {
        "constant": 1,
        "rarity": min(rare.get(low, unknown), unknown) / unknown,
        "unknown": plain and low not in rare,
        "length": min(len(low), 15) / 10,
        "negative": max(-value, 0) / 4,
        "positive": max(value, 0) / 4,
        "strong": abs(value) >= 2.5,
        "valence_known": valence is not None,
        "subjective": subjective or 0.0,
        "subjective_known": subjective is not None,
        "assertive": low in ASSERTIVE,
        "factive": low in FACTIVE,
        "hedge": low in HEDGES,
        "intensifier": low in INTENSIFIERS,
        "adjective_form": bool(ADJECTIVE.search(low)),
        "noun_form": bool(NOUN.search(low)),
        "ism": bool(ISM.search(low)),
        "verb_ing": low.endswith("ing") and len(low) > 5,
        "verb_ed": low.endswith("ed") and len(low) > 4,
        "manner": low.endswith("ly") and len(low) > 4 and low not in MANNER_NOT,
        "superlative": low.endswith("est") and len(low) > 5,
        "capital": word[:1].isupper(),
        "all_capitals": word.isupper() and len(word) > 1,
        "function_word": low in FUNCTION_WORDS,
        "number": any(c.isdigit() for c in word),
        "hyphen": "-" in word,
    }


def _placed(
    i: int,
    low: Sequence[str],
    valence: Sequence[float | None],
    subjective: Sequence[float | None],
) -> dict[str, float]:
    """Features of a word by what stands around it."""
    before = low[i - 1] if i else ""
    after = low[i + 1] if i + 1 < len(low) else ""
    near = [j for j in range(max(0, i - 2), min(len(low), i + 3)) if j != i]
    others = [abs(v) for j, v in enumerate(valence) if v is not None and j != i]
    follows = bool(after) and after not in FUNCTION_WORDS
    determined = before in DETERMINERS or before in OWNERS
    return {
        "first": i == 0,
        "last": i == len(low) - 1,
        "after_intensifier": before in INTENSIFIERS,
        "before_noun": determined and follows and low[i] not in FUNCTION_WORDS,
        "after_determiner": determined,
        "sentence_valence": sum(others) / (4 * max(len(low), 1) ** 0.5),
        "near_negative": any((valence[j] or 0) < -1 for j in near),
        "neighbour_subjective": max((subjective[j] or 0.0 for j in near), default=0.0),
    }


@cache
def _weights() -> np.ndarray:
    path = study.root() / FOLDER / "loaded-model.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        table = {row["feature"]: float(row["weight"]) for row in csv.DictReader(handle)}
    return np.array([table[name] for name in FEATURES])


def loaded_scores(sentences: pd.DataFrame) -> pd.DataFrame:
    """Give each word of some sentences how likely readers are to mark it as loaded.

    sentences  article_id, text, and start (place of the sentence in its article; 0 if missing)
    returns    article_id, start, end, word, score (0 to 1); a row for each word
    raises     KeyError without article_id or text

    Method: logistic regression (Hastie, Tibshirani & Friedman 2009, ch. 4.4); docs/methods.md.

    >>> import pandas as pd
    >>> told = loaded_scores(pd.DataFrame({"article_id": ["a"], "text": ["A shameful betrayal."]}))
    >>> list(told["word"]), bool(told["score"][1] > told["score"][0])
    (['A', 'shameful', 'betrayal'], True)
    """
    import pandas as pd

    starts = sentences["start"] if "start" in sentences else [0] * len(sentences)
    rows: list[tuple[str, int, int, str, float]] = []
    for article, text, at in zip(sentences["article_id"], sentences["text"], starts, strict=True):
        spans, table = loaded_features(text)
        scores = 1 / (1 + np.exp(-(table @ _weights())))
        rows += [
            (article, int(at) + a, int(at) + b, text[a:b], float(score))
            for (a, b), score in zip(spans, scores, strict=True)
        ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "word", "score"])


def loaded_alone(words: Iterable[str]) -> np.ndarray:
    """Give words by themselves a number that is larger the likelier readers are to mark them: what
    the model makes of the word without its sentence.

    >>> weak, strong = loaded_alone(["minister", "shameful"])
    >>> bool(weak < strong)
    True
    """
    weights = dict(zip(FEATURES, _weights(), strict=True))
    told = []
    for word in words:
        valence = _known(word, _list("valence.csv", "valence"))
        subjective = _known(word, _list("subjectivity.csv", "subjectivity"))
        row = _alone(word, word, valence, subjective)
        told.append(sum(weights[name] * value for name, value in row.items()))
    return np.array(told)


def loaded_candidates(
    scores: pd.DataFrame, lexicons: Iterable[Lexicon], *, least: int = 3, most: int = 40
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rank words that no lexicon has by how likely readers are to mark them as loaded.

    scores    from `loaded_scores`: article_id, start, end, word, score
    lexicons  whose entries are known already
    least     uses that a candidate needs; most: candidates at most
    returns   the candidates, the highest score first: entry (in small letters, without a possessive
              ending), category (empty: a person fills it to accept, see `accept`), score (mean over
              its uses, `LIKELY` to 1), count, articles; and each of their uses: article_id, start,
              end, entry, score. What nearly always has a capital is taken for a name and left out

    The score ranks words for a person to read. It is no measure of an outlet.

    >>> import pandas as pd
    >>> texts = ["A shameful plan.", "This shameful vote."]
    >>> scores = loaded_scores(pd.DataFrame({"article_id": ["a", "b"], "text": texts}))
    >>> found, uses = loaded_candidates(scores, [], least=2)
    >>> found[["entry", "count", "articles"]].values.tolist(), len(uses)
    ([['shameful', 2, 2]], 2)
    """
    entry = [w.lower().replace("’", "'").removesuffix("'s") for w in scores["word"]]
    capital = [word[:1].isupper() for word in scores["word"]]
    uses = scores.assign(entry=entry, capital=capital).drop(columns="word")
    found = uses.groupby("entry", as_index=False).agg(
        score=("score", "mean"),
        count=("start", "size"),
        articles=("article_id", "nunique"),
        capital=("capital", "mean"),
    )
    found = found[(found["count"] >= least) & (found["capital"] < NAME)]
    found = found[found["score"] >= LIKELY]
    found = found.sort_values(["score", "entry"], ascending=[False, True])
    free = set(unlisted(found["entry"], lexicons))
    found = found[found["entry"].isin(free)].head(most).assign(category="")
    uses = uses[uses["entry"].isin(set(found["entry"]))].drop(columns="capital")
    return found[CANDIDATES].reset_index(drop=True), uses.reset_index(drop=True)
