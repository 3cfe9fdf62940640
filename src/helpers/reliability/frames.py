"""Frames learned from a sheet of coded sentences: what notebook 06 shows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.measure.phrases import interval
from helpers.reliability.learning import cross_validated, lacking, learn, learned_scores
from helpers.reliability.sheets import read_sheet, units

if TYPE_CHECKING:
    from helpers.data import Corpus

FOLDS = 10


class Frames(NamedTuple):
    """Frames learned from coded sentences; the tables are empty where too few are coded.

    rows      one row per coded sentence: its article's columns, start, end, frame (by the coder),
              predicted (without its article), probability, verdict; frame and predicted stand as
              expected and got too, by which names the list of passages shows them
    scores    measure, frame, k, n, share, low, high, articles, note
    words     frame, leading words (the largest weight first)
    mistakes  frame, predicted, times
    behind    the rows behind each line of scores: measure and, of "all" or of a frame, frame
    said      one sentence
    """

    rows: pd.DataFrame
    scores: pd.DataFrame
    words: pd.DataFrame
    mistakes: pd.DataFrame
    behind: pd.DataFrame
    said: str


def learned_frames(
    news: Corpus, sheet: str, *, most: int = 10, draws: int = 2000, seed: int = 20
) -> Frames:
    """Learn frames from a sheet of sentences, and say how often they are told without the coder.

    news    as `data.open` returns it
    sheet   file that `write_sheet` wrote of sentences, relative to the project, in whose column
            coder_a somebody put the frame of each; any names will do. Empty: none yet
    most    words listed for each frame
    raises  ValueError for a sheet that cannot be read, as `read_sheet`

    Example: reliability.learned_frames(news, "data/coded/my-frames.csv").said

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/loaded-terms.yml"])
    >>> learned_frames(news, "").rows.empty
    True
    """
    back = read_sheet(sheet, units(news, "sentences"), "sentences", None)
    coded = back.rows.dropna(subset="coder_a").reset_index(drop=True)
    texts = news.texts(coded["article_id"]) if len(coded) else {}
    places = zip(coded["article_id"], coded["start"], coded["end"], strict=True)
    own = pd.Series([texts[a][s:e] for a, s, e in places], coded.index, dtype=object)
    given = pd.DataFrame(
        {"article_id": coded["article_id"], "text": own, "label": coded["coder_a"]}
    )
    short = lacking(given, FOLDS)
    rows = coded.drop(
        columns=["coder_a", "coder_b", "sentence", "weight", "machine"], errors="ignore"
    )
    if not sheet or short:
        words = f"{back.words}: {short}" if sheet else "No sheet of frames has been coded yet"
        return Frames(*(rows.iloc[:0] for _ in range(5)), words)
    told = cross_validated(given, folds=FOLDS, seed=seed)
    rows = rows.assign(
        frame=told["label"],
        predicted=told["prediction"],
        probability=told["probability"],
        verdict=told["verdict"],
        expected=told["label"],
        got=told["prediction"],
    )
    scores = learned_scores(told, draws=draws, seed=seed).rename(columns={"label": "frame"})
    model = learn(given)
    words = pd.DataFrame(
        [(label, ", ".join(model.words(label, most)["word"])) for label in model.labels],
        columns=["frame", "leading words"],
    )
    wrong = rows[rows["verdict"] == "wrong"]
    mistakes = wrong.groupby(["frame", "predicted"], as_index=False).agg(times=("start", "size"))
    mistakes = mistakes.sort_values(
        ["times", "frame", "predicted"], ascending=[False, True, True], ignore_index=True
    )
    return Frames(rows, scores, words, mistakes, _behind(rows, scores), _said(scores))


def _behind(rows: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The rows that each line of scores was counted from."""
    every = [
        rows.assign(measure=measure, frame="all")
        for measure in scores.loc[scores["frame"] == "all", "measure"]
    ]
    by_coder, told = rows, rows.assign(frame=rows["predicted"])
    both = pd.concat([by_coder, told[told["verdict"] == "wrong"]])
    sides = {"precision": told, "recall": by_coder, "F1": both}
    parts = [side.assign(measure=measure) for measure, side in sides.items()]
    return pd.concat([*every, *parts], ignore_index=True)


def _said(scores: pd.DataFrame) -> str:
    """How often the frame is told without the coder, beside the most frequent frame."""
    row, common = (
        scores[scores["measure"] == measure].iloc[0] for measure in ("accuracy", "majority")
    )
    sure = interval(row["low"], row["high"], digits=0)
    sure = f"95 % interval {sure} %" if sure != "no interval" else sure
    return (
        f"Without the coder, the frame is told right for {row['k']} of {row['n']} sentences"
        f" ({row['share']:.0f} %, {sure}); always the most frequent frame would be right for"
        f" {common['share']:.0f} %"
    )
