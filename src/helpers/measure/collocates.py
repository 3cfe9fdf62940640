"""Company: which terms stand near a target, more often than they stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from helpers.measure import effects
from helpers.measure.checks import coded, require


def association(f_xy, f_x, f_y, n) -> pd.DataFrame:
    """Score how strongly two things go together, from how often each occurs.

    f_xy     (pairs,) together; above 0
    f_x, f_y (pairs,) each of the two; n: of everything. Numbers or arrays of one shape
    returns  expected (f_x · f_y / n), pmi (log₂), log_dice (at most 14), g2 (four-cell, negative
             where f_xy is below expected), t, chi2 (signless, no continuity correction), log_ratio;
             g2, chi2 and log_ratio are nan where f_x is n: nothing is left to compare with
    raises   ValueError where f_xy is 0 or more than f_x or f_y

    Method: PMI Church & Hanks (1990); logDice Rychlý (2008); G² Dunning (1993); t, χ² and Dice as
    in NLTK's BigramAssocMeasures.

    >>> association(8, 10, 20, 1000)[["expected", "pmi"]].round(2).values.tolist()
    [[0.2, 5.32]]
    """
    f_xy, f_x, f_y, n = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(v, float)) for v in (f_xy, f_x, f_y, n))
    )
    if (f_xy <= 0).any() or (f_xy > np.minimum(f_x, f_y)).any():
        raise ValueError("association: f_xy must be above 0 and at most f_x and f_y.")
    from nltk.metrics.association import BigramAssocMeasures as Bigram  # imports scipy.stats

    cells = (f_xy, f_y - f_xy, f_x, n - f_x)
    expected = f_x * f_y / n
    return pd.DataFrame(
        {
            "expected": expected,
            "pmi": np.log2(f_xy / expected),
            "log_dice": 14 + np.log2(Bigram.dice(f_xy, (f_x, f_y), n)),
            "g2": effects.signed(effects.g2_four(*cells), *cells),
            "t": Bigram.student_t(f_xy, (f_x, f_y), n),
            "chi2": _chi2(f_xy, f_x, f_y, n),
            "log_ratio": effects.log_ratio(*cells),
        }
    )


def _chi2(f_xy: np.ndarray, f_x: np.ndarray, f_y: np.ndarray, n: np.ndarray) -> np.ndarray:
    """NLTK's χ²; nan where one of the two is everywhere, so that there is nothing to compare
    with."""
    from nltk.metrics.association import BigramAssocMeasures as Bigram  # imports scipy.stats

    some = (f_x < n) & (f_y < n)
    chi2 = np.full(n.shape, np.nan)
    chi2[some] = Bigram.chi_sq(f_xy[some], (f_x[some], f_y[some]), n[some])
    return chi2


def collocates(
    tokens: pd.DataFrame,
    nodes: pd.DataFrame,
    *,
    window: int = 5,
    least_count: int = 2,
    leave_out: Iterable[str] = (),
) -> pd.DataFrame:
    """Find the terms in a window around a target, inside the sentence.

    tokens       article_id, sentence_id, start, end, norm: the words looked at, all of them: the
                 window counts these, and terms elsewhere in them are what is compared with
    nodes        article_id, start, end of the target's occurrences (rows of hits); each takes the
                 tokens it
                 overlaps, one or several
    window       tokens to each side, 1 or more, never past the sentence's end
    least_count  occurrences near the target that a term needs
    leave_out    terms not shown (function words …); they still take up places in the window
    returns      term, near (tokens near some node, each once), count (in all tokens but the nodes),
                 articles (in which it is near), expected, pmi, log_dice, g2, t, chi2, log_ratio,
                 note;
                 sorted by log_dice. `attrs` has nodes, window_words, words.
    raises       ValueError for missing columns or a window below 1

    Near and elsewhere make four cells (surface co-occurrence: Evert 2008, Corpora and
    collocations);
    logDice takes the number of nodes and counts a term at most once for each.

    >>> tokens = pd.DataFrame({"article_id": "a", "sentence_id": [0, 0, 0, 1, 1], "start": range(5),
    ...     "end": range(1, 6), "norm": ["angry", "crowd", "left", "crowd", "left"]})
    >>> nodes = tokens[tokens["norm"] == "crowd"]
    >>> found = collocates(tokens, nodes, window=1, least_count=1)
    >>> found[["term", "near", "count"]].values.tolist()
    [['left', 2, 2], ['angry', 1, 1]]
    """
    require(tokens, ["article_id", "sentence_id", "start", "end", "norm"], "tokens")
    require(nodes, ["article_id", "start", "end"], "nodes")
    if window < 1:
        raise ValueError(f"window must be 1 token or more; got {window}.")
    rows = _ordered(tokens)
    spans = _node_spans(rows, nodes)
    is_node, near = _marked(len(rows), spans), _near(rows, spans, window)
    near &= ~is_node
    sizes = {"nodes": len(spans), "window_words": int(near.sum()), "words": int((~is_node).sum())}
    return scored(_counts(rows, is_node, near), sizes, least_count=least_count, leave_out=leave_out)


def scored(
    table: pd.DataFrame,
    sizes: Mapping[str, int | np.ndarray],
    *,
    least_count: int = 2,
    leave_out: Iterable[str] = (),
) -> pd.DataFrame:
    """Score the terms near a target from their counts: the last step of `collocates`.

    table    term, near, count, articles; other columns stay, and rows are sorted within them
    sizes    nodes, window_words (near some node), words (all but the nodes): numbers, or one to
             each row
    returns  as `collocates`
    """
    further = [c for c in table if c not in ("term", "near", "count", "articles")]
    table = table.assign(**{f"_{name}": size for name, size in sizes.items()})
    table = table[(table["near"] >= least_count) & ~table["term"].isin(set(leave_out))].reset_index(
        drop=True
    )
    nodes, around, size = (table[f"_{name}"] for name in ("nodes", "window_words", "words"))
    scores = association(table["near"], np.maximum(around, 1), table["count"], np.maximum(size, 1))
    both = np.minimum(table["near"], nodes)
    scores["log_dice"] = 14 + np.log2(2 * both / (nodes + table["count"])).astype(float)
    nowhere = "every word is near the target: nothing elsewhere to compare with"
    note = (around == size).map({True: nowhere, False: ""})
    table = pd.concat([table.drop(columns=[f"_{name}" for name in sizes]), scores], axis=1).assign(
        note=note
    )
    table = table.sort_values(
        [*further, "log_dice", "term"],
        ascending=[*[True] * len(further), False, True],
        ignore_index=True,
    )
    table.attrs = {name: size for name, size in sizes.items() if np.ndim(size) == 0}
    return table


def around(tokens: pd.DataFrame, nodes: pd.DataFrame, *, window: int = 5) -> pd.DataFrame:
    """Give the tokens that `collocates` counts as near a target: the evidence behind its numbers.

    tokens, nodes, window  as for `collocates`
    returns  the rows of tokens within the window of some node and inside its sentence, each once,
             the nodes' own left out

    >>> tokens = pd.DataFrame({"article_id": "a", "sentence_id": [0, 0, 0, 1], "start": range(4),
    ...     "end": range(1, 5), "norm": ["an", "angry", "crowd", "left"]})
    >>> around(tokens, tokens[tokens["norm"] == "crowd"], window=1)["norm"].tolist()
    ['angry']
    """
    rows = _ordered(tokens)
    spans = _node_spans(rows, nodes)
    return rows[_near(rows, spans, window) & ~_marked(len(rows), spans)]


def company(
    tokens: pd.DataFrame,
    nodes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    column: str = "outlet",
    **settings,
) -> pd.DataFrame:
    """Find the collocates of a target for each outlet, each compared with the outlet's own words.

    tokens, nodes  as for `collocates`
    articles       article_id and `column`, each article once
    column         outlet, or another column that describes whole articles
    settings       window, least_count, leave_out of `collocates`
    returns        `column`, nodes (occurrences of the target there), then the columns of
                   `collocates`

    >>> tokens = pd.DataFrame({"article_id": ["a", "a", "b", "b"], "sentence_id": 0,
    ...     "start": [0, 1, 0, 1], "end": [1, 2, 1, 2],
    ...     "norm": ["angry", "crowd", "calm", "crowd"]})
    >>> nodes = tokens[tokens["norm"] == "crowd"]
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> found = company(tokens, nodes, articles, least_count=1)
    >>> found[["outlet", "nodes", "term", "near"]].values.tolist()
    [['A', 1, 'angry', 1], ['B', 1, 'calm', 1]]
    """
    require(articles, ["article_id", column], "articles")
    parts = []
    for name, part in articles.groupby(column, sort=True, observed=True):
        inside = [
            frame.loc[frame["article_id"].isin(part["article_id"])] for frame in (tokens, nodes)
        ]
        found = collocates(*inside, **settings)
        parts.append(found.assign(**{column: name, "nodes": found.attrs["nodes"]}))
    table = pd.concat(
        parts or [collocates(tokens, nodes, **settings).assign(**{column: "", "nodes": 0})],
        ignore_index=True,
    )
    first = [column, "nodes"]
    return table[[*first, *(c for c in table.columns if c not in first)]]


def _ordered(tokens: pd.DataFrame) -> pd.DataFrame:
    return tokens.astype({"article_id": object}).sort_values(
        ["article_id", "start"], ignore_index=True
    )


def _node_spans(rows: pd.DataFrame, nodes: pd.DataFrame) -> np.ndarray:
    """(nodes × 2) first and last token of each node, each pair once; a node without a token is
    dropped."""
    if len(rows) == 0 or len(nodes) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    ids = pd.Index(rows["article_id"].unique().astype(object))
    code, own = (coded(table["article_id"], ids.get_indexer) for table in (rows, nodes))
    width = (
        int(max(rows["end"].max(), nodes["end"].max())) + 1
    )  # one number line, an article after the other
    starts, ends = (code * width + rows[c].to_numpy(np.int64) for c in ("start", "end"))
    first = np.searchsorted(ends, own * width + nodes["start"].to_numpy(np.int64), side="right")
    last = np.searchsorted(starts, own * width + nodes["end"].to_numpy(np.int64), side="left") - 1
    good = (own >= 0) & (first <= last)
    return np.unique(np.stack([first[good], last[good]], axis=1), axis=0)


def _marked(n: int, spans: np.ndarray) -> np.ndarray:
    """(n,) True for the positions that lie in some span, ends included."""
    steps = np.zeros(n + 1, dtype=np.int64)
    np.add.at(steps, spans[:, 0], 1)
    np.add.at(steps, spans[:, 1] + 1, -1)
    return np.cumsum(steps)[:n] > 0


def _near(rows: pd.DataFrame, spans: np.ndarray, window: int) -> np.ndarray:
    """(tokens,) True within the window of some node and inside the node's sentence."""
    if len(spans) == 0:
        return np.zeros(len(rows), dtype=bool)
    change = rows["article_id"].ne(rows["article_id"].shift()) | rows["sentence_id"].ne(
        rows["sentence_id"].shift()
    )
    begins = np.flatnonzero(change)
    sentence = np.cumsum(change.to_numpy()) - 1
    stops = np.append(begins[1:], len(rows)) - 1
    low = np.maximum(spans[:, 0] - window, begins[sentence[spans[:, 0]]])
    high = np.minimum(spans[:, 1] + window, stops[sentence[spans[:, 1]]])
    return _marked(len(rows), np.stack([low, high], axis=1))


def _counts(rows: pd.DataFrame, is_node: np.ndarray, near: np.ndarray) -> pd.DataFrame:
    count = rows.loc[~is_node].groupby("norm", sort=True, observed=True).size()
    around = rows.loc[near].groupby("norm", sort=True, observed=True)
    table = pd.DataFrame({"near": around.size(), "articles": around["article_id"].nunique()})
    table["count"] = count.reindex(table.index)
    return table.rename_axis("term").reset_index()[["term", "near", "count", "articles"]]
