"""Figures corrected for the error that a coded sample shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from helpers.measure.checks import require, require_between
from helpers.measure.estimates import listed
from helpers.measure.phrases import names, no_interval, number_of
from helpers.measure.ratios import ratio
from helpers.reliability import sampling, sheets
from helpers.reliability.sheets import Coded

if TYPE_CHECKING:
    from helpers.data import Corpus

LEAST_ARTICLES = 5
LEAST_CODED = 5
"""Coded rows that a group must have before its figure is corrected."""


def corrected(
    units: pd.DataFrame,
    by: str | Sequence[str] = "outlet",
    *,
    base: pd.DataFrame | None = None,
    per: float = 1000,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Correct counts, and the rates made of them, for the error that a coded sample shows.

    units    one row for each hit (or sentence): article_id, the columns of `by`, machine (1 where
             the rules say yes), code (1 or 0 where a person coded it, else missing) and chance (the
             probability with which it was drawn to be coded; 0 in a stratum of which nothing was
             coded, whose group is then not corrected)
    by       columns that make the groups
    base     article_id, words and the columns of `by`: rates are per `per` words; none: shares of
             the units, in per cent
    returns  *by, found (that the rules count), coded, right (of those coded), raw (rate or share as
             counted), corrected, low, high, articles, note
    raises   ValueError if a column is missing or a chance is not above 0

    Each unit gets the machine's label plus, where it was coded, the difference of code and label
    divided by the chance of having been drawn. Sums of these are unbiased whatever the error, also
    where it differs by group. Intervals are over articles: the spread of the articles' linearised
    residuals, with Student's t. Where only hits were coded, false alarms are corrected and misses
    are not.

    Method: design-based supervised learning (Egami et al. 2023), which with equal chances is
    prediction-powered inference (Angelopoulos et al. 2023, doi:10.1126/science.adi6000).

    >>> units = pd.DataFrame({"article_id": [f"a{i}" for i in range(10)], "outlet": "A",
    ...     "machine": 1, "code": [1, 0] * 5, "chance": 1.0})
    >>> corrected(units)[["raw", "corrected"]].values.tolist()
    [[100.0, 50.0]]
    """
    by = listed(by)
    require(units, ["article_id", "machine", "code", "chance", *by], "units")
    require_between(confidence, 0, 1, "confidence")
    coded = units["code"].notna()
    if (units.loc[coded, "chance"] <= 0).any():
        raise ValueError("a coded row has no chance above 0 of having been drawn")
    machine = units["machine"].to_numpy(float)
    code = units["code"].astype(float).fillna(0.0).to_numpy()
    chance = units["chance"].astype(float).where(coded, 1.0).to_numpy()
    outcome = machine + np.where(coded, (code - machine) / chance, 0.0)
    rows = units[["article_id", *by]].assign(
        found=machine,
        outcome=outcome,
        units=1,
        coded=coded.astype(int),
        right=np.where(coded, code, 0.0),
        blind=(units["chance"] == 0).to_numpy(int),
    )
    keys = [*by, "article_id"]
    sums = rows.groupby(keys, observed=True)[
        ["found", "outcome", "units", "coded", "right", "blind"]
    ].sum()
    size = rows.groupby(keys, observed=True).size() if base is None else _words(base, keys)
    table = sums.join(size.rename("size"), how="outer").fillna(0.0).reset_index()
    factor = 100.0 if base is None else per
    groups = table.groupby(by, observed=True, sort=True) if by else [((), table)]
    made = [
        dict(zip(by, key if isinstance(key, tuple) else (key,), strict=True))
        | _group(part, factor, confidence)
        for key, part in groups
    ]
    columns = ["found", "coded", "right", "raw", "corrected", "low", "high", "articles", "note"]
    return pd.DataFrame(made, columns=[*by, *columns])


def _words(base: pd.DataFrame, keys: list[str]) -> pd.Series:
    require(base, [*keys, "words"], "base")
    return base.groupby(keys, observed=True)["words"].sum()


def _group(part: pd.DataFrame, factor: float, confidence: float) -> dict[str, object]:
    """The figures of one group, one row for each of its articles."""
    part = part[part["size"] > 0]
    size, articles, coded = part["size"].sum(), len(part), int(part["coded"].sum())
    row: dict[str, object] = {
        "found": int(part["found"].sum()),
        "coded": coded,
        "right": int(part["right"].sum()),
        "raw": factor * part["found"].sum() / size if size else np.nan,
        "corrected": np.nan,
        "low": np.nan,
        "high": np.nan,
        "articles": articles,
        "note": "",
    }
    if coded < LEAST_CODED and not 0 < part["units"].sum() == coded:  # all of few are enough
        row["note"] = f"not corrected: {number_of(coded, 'row')} coded, fewer than {LEAST_CODED}"
        return row
    if blind := int(part["blind"].sum()):
        row["note"] = f"not corrected: {number_of(blind, 'row')} in strata with nothing coded"
        return row
    rate = part["outcome"].sum() / size
    row["corrected"] = factor * max(rate, 0.0)
    if articles < LEAST_ARTICLES:
        row["note"] = no_interval(articles, LEAST_ARTICLES)
        return row
    residual = (part["outcome"] - rate * part["size"]).to_numpy(float)
    spread = np.sqrt(articles / (articles - 1) * (residual**2).sum()) / size
    reach = float(stdtrit(articles - 1, (1 + confidence) / 2)) * spread
    row["low"], row["high"] = factor * max(rate - reach, 0.0), factor * (rate + reach)
    return row


def cannot_correct(units: pd.DataFrame, back: Coded, *, simple: bool = False) -> str:
    """Say in one line why a coded sheet cannot correct figures; "" where it can.

    units   from `reliability.units`: all hits, or all sentences, of today
    back    from `read_sheet`
    simple  True: no design is needed, the rows are a simple random sample within each outlet

    A figure can be corrected only if the chance of each row of being in the sample is known.

    >>> units = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [3], "outlet": "A"})
    >>> back = Coded(units.assign(coder_a="yes"), "1 of 1 row coded", name="mine.csv")
    >>> cannot_correct(units, back).split(" (")[0]
    'Not corrected: the design of the sample is missing beside mine.csv'
    >>> cannot_correct(units, back, simple=True)
    ''
    """
    if simple or back.rows.empty:
        return ""
    if back.design is None:
        stem = back.name.rpartition(".")[0] or back.name
        return (
            f"Not corrected: the design of the sample is missing beside {back.name}"
            f" ({stem}-design.csv). If the rows were drawn at random within each outlet, set"
            " `design` to simple"
        )
    wrong = sampling.changed(back.design, back.ids, units)
    return f"Not corrected: {back.name} is not the sample that was drawn: {wrong}" if wrong else ""


def coded_units(
    units: pd.DataFrame,
    back: Coded,
    *,
    right: str,
    simple: bool = False,
    by: str | Sequence[str] = "outlet",
) -> pd.DataFrame:
    """Join a coded sheet to all the units it was drawn from, for `corrected`.

    units    from `reliability.units`: all hits, or all sentences, of today
    back     from `read_sheet`
    right    the code that says yes: the hit is right, the sentence has loaded wording. Any other
             code says no, "unsure" too
    simple   True: the rows are a simple random sample within each group of `by`, and no design is
             asked for
    returns  units with machine (1: the rules found it), code (1 yes, 0 no, missing where not coded)
             and chance: how many of the unit's stratum were coded, of all in it. A row that was
             drawn and left uncoded counts as not drawn
    raises   ValueError in one line if the design is missing, or sheet, design and corpus no longer
             belong together

    >>> units = pd.DataFrame({"article_id": "a", "start": [0, 5], "end": [3, 8], "outlet": "A"})
    >>> back = Coded(units.head(1).assign(coder_a="yes"), "1 of 1 row coded")
    >>> joined = coded_units(units, back, right="yes", simple=True)
    >>> joined[["machine", "code", "chance"]].values.tolist()
    [[1.0, 1.0, 0.5], [1.0, nan, 0.5]]
    """
    if reason := cannot_correct(units, back, simple=simple):
        raise ValueError(reason)
    keys = ["article_id", "start", "end", *(["entry"] if "entry" in units else [])]
    known = back.rows.dropna(subset="coder_a")
    code = known.assign(code=(known["coder_a"] == right).astype(float))[[*keys, "code"]]
    rows = units.merge(code, on=keys, how="left")
    if "machine" not in rows:
        rows = rows.assign(machine=1)
    strata = listed(by) if simple or back.design is None else list(back.design.by)
    groups = rows["code"].groupby(sampling.strata_of(rows, strata)) if len(rows) else None
    chance = 0.0 if groups is None else groups.transform("count") / groups.transform("size")
    return rows.assign(chance=chance)


def accuracy(
    units: pd.DataFrame,
    by: str | Sequence[str] = (),
    *,
    draws: int = 2000,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give precision and recall as a coded sample shows them, each coded row with the weight that
    its chance of being drawn gives it.

    units    from `coded_units`
    by       columns that make the groups; none: all together
    returns  *by, measure, k right of n coded rows, share (weighted, in per cent), low, high,
             articles, note; and the coded rows behind it, one for each measure it counts in:
             measure, verdict (right or wrong). Recall is measured only where rows were coded in
             which the rules found nothing

    The interval resamples articles.

    >>> units = pd.DataFrame({"article_id": ["a", "b", "c"], "start": 0, "end": 1,
    ...     "machine": [1, 1, 0], "code": [1.0, 0.0, 1.0], "chance": [1.0, 1.0, 0.1]})
    >>> accuracy(units, draws=100)[0][["measure", "k", "n", "share"]].round(1).values.tolist()
    [['precision', 1, 2, 50.0], ['recall', 1, 2, 9.1]]
    """
    by = listed(by) if by else []
    require(units, ["article_id", "machine", "code", "chance", *by], "units")
    coded = units.dropna(subset="code")
    said, yes = coded["machine"] == 1, coded["code"] == 1
    parts = [coded[said].assign(measure="precision")]
    if (~said).any():
        parts.append(coded[yes].assign(measure="recall"))
    rows = pd.concat(parts)
    alike = (rows["machine"] == 1) & (rows["code"] == 1)
    rows = rows.assign(
        verdict=alike.map({True: "right", False: "wrong"}), weight=1 / rows["chance"]
    )
    made = []
    keys = [*by, "measure"]
    for key, part in rows.groupby(keys, observed=True, sort=True):
        right = part["verdict"] == "right"
        sums = pd.DataFrame(
            {"a": part["article_id"], "k": part["weight"] * right, "n": part["weight"]}
        )
        sums = sums.groupby("a", sort=True).sum()
        got = ratio(sums["k"].to_numpy(), sums["n"].to_numpy(), draws=draws, seed=seed)
        made.append(
            dict(zip(keys, key, strict=True))
            | {"k": int(right.sum()), "n": len(part), "share": 100 * got.value}
            | {"low": 100 * got.low, "high": 100 * got.high}
            | {"articles": got.articles, "note": got.note}
        )
    columns = [*keys, "k", "n", "share", "low", "high", "articles", "note"]
    return pd.DataFrame(made, columns=columns), rows.reset_index(drop=True)


def _apart(first: dict, second: dict) -> str:
    """Whether the corrected intervals of two groups overlap."""
    if any(pd.isna(row[end]) for row in (first, second) for end in ("low", "high")):
        return "too few articles for intervals"
    overlap = first["low"] <= second["high"] and second["low"] <= first["high"]
    return "the intervals overlap" if overlap else "the intervals do not overlap"


def beside(
    news: Corpus,
    hits: pd.DataFrame,
    base: pd.DataFrame,
    sheet: str,
    by: str | Sequence[str] = "outlet",
    *,
    design: str = "kept",
    codes: Sequence[str] = ("yes", "no", "unsure"),
) -> tuple[pd.DataFrame, str]:
    """Give rates of hits as counted and corrected beside each other, and what follows in words.

    news    as `data.open` returns it
    hits    those counted, of `news.hits`: in some voices, of some terms
    base    article_id, words and the columns of `by`
    sheet   a coded sheet of hits; empty: none yet, and the words say what coding would buy
    design  kept (beside the sheet) or simple (its rows are a simple random sample of each outlet)
    codes   of the sheet; the first says yes
    returns as `corrected`, without rows where nothing can be corrected; a sentence

    >>> from helpers import data
    >>> news = data.open("data/raw/demo")
    >>> beside(news, news.hits, news.words, "")[1].split(";")[0].split(". ")[0]
    'No hit was coded by hand, so how many are false alarms is not known'
    """
    every = sheets.units(news, "hits")
    back = sheets.read_sheet(sheet, every, "hits", codes)
    simple = design == "simple"
    none = corrected(hits.head(0).assign(machine=1, code=1.0, chance=1.0), by)
    if not sheet:
        return none, _worth_coding(hits, by)
    if refused := cannot_correct(every, back, simple=simple):
        return none, refused
    keys = ["article_id", "start", "end", "entry"]
    rows = coded_units(every, back, right=codes[0], simple=simple)
    coded = rows[[*keys, "machine", "code", "chance"]]
    table = corrected(hits.merge(coded, on=keys, how="left"), by, base=base)
    return none if table["corrected"].isna().all() else table, told_corrected(table, by)


def frames_beside(
    news: Corpus,
    framed: pd.DataFrame,
    sentences: pd.DataFrame,
    sheet: str,
    by: str | Sequence[str] = "outlet",
    *,
    design: str = "kept",
) -> tuple[pd.DataFrame, str]:
    """Give shares of sentences with a frame as counted and corrected beside each other, and what
    follows in words.

    news       as `data.open` returns it: all articles that the sheet was drawn from
    framed     article_id, sentence_id and frame: which sentences carry which frame by the lexicons.
               A name before a colon says the lexicon; coders write the name without it
    sentences  the sentences counted, of `news.sentences`, with the columns of `by`
    sheet      a sheet of sentences in whose column coder_a somebody put the frame of each, drawn in
               06 with strata that need no lexicon (outlet); empty: none yet
    design     kept (beside the sheet) or simple (its rows are a simple random sample of each
               outlet)
    returns    frame and as `corrected`, for the frames that the coder used, without rows where
               nothing can be corrected; a sentence

    A sentence that the coder gave another frame, or none, counts as without this one, so misses
    are corrected as well as false alarms.

    >>> from helpers import data
    >>> news = data.open("data/raw/demo", ["data/lexicons/frames.yml"])
    >>> frames_beside(news, news.hits.assign(frame=news.hits["category"]), news.sentences, "")[1]
    'No sentence was coded by hand, so how often these lexicons find their frame is not known'
    """
    by, keys = listed(by), ["article_id", "sentence_id"]
    every = news.sentences.rename(columns={"text": "sentence"})
    back = sheets.read_sheet(sheet, every, "sentences", None)
    simple = design == "simple"
    none = corrected(
        sentences.head(0).assign(frame="", machine=1, code=1.0, chance=1.0), ["frame", *by]
    )
    if not sheet:
        return none, (
            "No sentence was coded by hand, so how often these lexicons find their frame is not"
            " known"
        )
    if not simple and back.design is not None and "machine" in back.design.by:
        return none, (
            f"Not corrected: {back.name} was drawn by what another lexicon found (strata with"
            " machine); draw sentences with strata outlet"
        )
    if refused := cannot_correct(every, back, simple=simple):
        return none, refused
    coders = back.rows["coder_a"].astype(object).map(str.casefold, na_action="ignore")
    back = back._replace(rows=back.rows.assign(coder_a=coders))
    used = set(coders.dropna())
    names_here = {f: f.rpartition(": ")[2].casefold() for f in sorted(framed["frame"].unique())}
    counted_too = {frame: name for frame, name in names_here.items() if name in used}
    if not counted_too:
        return none, (
            f"Not corrected: {back.name} has the frames {', '.join(sorted(used)) or 'of nobody'};"
            f" none of them is among those counted here: {', '.join(sorted(names_here.values()))}"
        )
    tables = []
    for frame, name in counted_too.items():
        carries = pd.MultiIndex.from_frame(framed.loc[framed["frame"] == frame, keys])
        machine = pd.MultiIndex.from_frame(every[keys]).isin(carries).astype(int)
        rows = coded_units(every.assign(machine=machine), back, right=name, simple=simple)
        counted = sentences[[*keys, *by]].merge(rows[[*keys, "machine", "code", "chance"]], on=keys)
        tables.append(corrected(counted.assign(frame=frame), ["frame", *by]))
    table = pd.concat(tables, ignore_index=True)
    return table, told_corrected(table, ["frame", *by], within=["frame"])


def _worth_coding(hits: pd.DataFrame, by: str | Sequence[str], sample: int = 200) -> str:
    """What coding so many of the hits would tell of their errors, all together and by group."""
    known = "No hit was coded by hand, so how many are false alarms is not known"
    if hits.empty:
        return known
    if len(hits) <= sample:
        return f"{known}. They are few enough to be coded all: {number_of(len(hits), 'hit')}, in 06"
    width = sampling.width_of(len(hits), sample)
    each = sampling.size_for(hits, 20, by)
    return (
        f"{known}. Coding {sample:,} of {number_of(len(hits), 'hit')}, drawn at random in 06,"
        f" leaves an interval of some {width:.0f} percentage points for their share; one of 20 for"
        f" each of {number_of(len(each), 'group')} needs {each['size'].sum():,}"
    )


def told_corrected(
    table: pd.DataFrame, by: str | Sequence[str] = "outlet", within: Sequence[str] = ()
) -> str:
    """Say whether correcting changes what is found: two groups whose order it turns, or the figure
    it changes most.

    table   from `corrected`
    within  columns in which two groups must be the same to be compared: the frame

    >>> table = pd.DataFrame({"outlet": [], "corrected": []})
    >>> told_corrected(table).split(":")[0]
    'Nothing can be corrected yet'
    """
    known = table.dropna(subset="corrected")
    known = known.assign(_name=pd.Series(names(known, listed(by)), known.index, dtype=object))
    if known.empty:
        return (
            f"Nothing can be corrected yet: no group has {LEAST_CODED} coded rows. 200 of them, of"
            " which 8 in 10 are right, tell a precision to about 6 points either way"
        )
    ordered = known.sort_values("raw", ascending=False, kind="stable")
    best: tuple[float, str] = (0.0, "")
    rows = list(ordered.to_dict("records"))
    for i, first in enumerate(rows):
        for second in rows[i + 1 :]:
            turn = second["corrected"] - first["corrected"]
            if any(first[column] != second[column] for column in within):
                continue
            if turn > 0 and first["raw"] > second["raw"]:
                size = min(turn, first["raw"] - second["raw"])
                words = (
                    f"As counted, {first['_name']} has more ({first['raw']:.1f}) than"
                    f" {second['_name']}"
                    f" ({second['raw']:.1f}); corrected, less ({first['corrected']:.1f} and"
                    f" {second['corrected']:.1f}): {first['right']} of {first['coded']} coded rows"
                    f" of the one were yes, {second['right']} of {second['coded']} of the other"
                    f"; {_apart(first, second)}"
                )
                best = max(best, (size, words), key=lambda pair: pair[0])
    if best[1]:
        return best[1]
    change = (known["corrected"] - known["raw"]).abs()
    row = known.loc[change.idxmax()]
    if len(known) == 1 and len(table) > 1:
        return (
            f"Only 1 of {len(table)} groups can be corrected: {row['_name']}, from"
            f" {row['raw']:.1f} to {row['corrected']:.1f}"
            f" ({row['right']} of {row['coded']} coded rows were yes)"
        )
    several = (
        f" among the {len(known)} of {len(table)} groups that can be corrected"
        if len(known) < len(table)
        else ""
    )
    return (
        f"Correcting changes no order{several}; it changes {row['_name']} most,"
        f" from {row['raw']:.1f} to {row['corrected']:.1f}"
        f" ({row['right']} of {row['coded']} coded rows were yes)"
    )
