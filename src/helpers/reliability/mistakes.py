"""Where rules and gold differ, one row to a difference, so that each can be read in its passage."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from helpers.ledger import KEPT
from helpers.reliability.scores import NEAR, agreed, holder, overlap, partners
from helpers.voices.sides import plain

COLUMNS = ["article_id", "start", "end", "mistake", "expected", "got", "rule"]
LEADING = re.compile(r"^(?:the|a|an)\s+")
MISSED, NOT_GOLD, NO_RULE = "not found", "not in the gold", "none"


def same_name(gold: pd.Series, found: pd.Series) -> pd.Series:
    """(rows,) True where two names are the same but for case, articles and possessives."""
    return gold.map(_name).eq(found.map(_name))


def part_of_name(gold: pd.Series, found: pd.Series) -> pd.Series:
    """(rows,) True where all words of one name stand in the other: "Rusk" and "Ana Rusk"; empty
    names only alike."""
    pairs = zip(gold.map(_name), found.map(_name), strict=True)
    inside = [
        (a == b) if not (a and b) else _within(set(a.split()), set(b.split())) for a, b in pairs
    ]
    return pd.Series(inside, index=gold.index, dtype=bool)


def _name(name: str) -> str:
    return LEADING.sub("", plain(name or ""))


def _within(a: set[str], b: set[str]) -> bool:
    return a <= b or b <= a


def labels(
    quotes: pd.DataFrame, hits: pd.DataFrame, *, seed: int = 0, draws: int = 2000
) -> pd.DataFrame:
    """Score what is said of a quotation where it was found, and the speaker of a loaded term.

    quotes   from `partners`; hits: from `paired`, those in quotation, reported speech and
             interviews are used
    returns  what, then k, n, share, low, high, articles, note of `agreed`
    """
    spoken = hits[
        hits["voice"].isin(["quote", "indirect", "interviewee"]) & hits["voice_found"].ne(MISSED)
    ]
    name, found = quotes["speaker"], quotes["speaker_found"]
    right = {
        "kind": (quotes["kind"].eq(quotes["kind_found"]), quotes),
        "speaker, the same name": (same_name(name, found), quotes),
        "speaker, the name or part of it": (part_of_name(name, found), quotes),
        "kind of speaker": (quotes["speaker_type"].eq(quotes["speaker_type_found"]), quotes),
        "cue": (quotes["cue"].eq(quotes["cue_found"]), quotes),
        "speaker of a loaded term": (
            part_of_name(spoken["speaker"], spoken["speaker_found"]),
            spoken,
        ),
    }
    rows = [
        {"what": what} | agreed(same, of["article_id"], seed=seed, draws=draws)
        for what, (same, of) in right.items()
        if len(of)
    ]
    return pd.DataFrame(
        rows, columns=["what", "k", "n", "share", "low", "high", "articles", "note"]
    )


def of_quotes(gold: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """List quotations not found, found where the gold has none, cut wrongly, of the wrong kind or
    given to the wrong speaker.

    gold, found  rows of quotes; found with rule
    words        article_id, start of every word
    returns      COLUMNS; a pair of spans gives one row, its gravest difference: bounds, kind,
                 speaker
    """
    shared = overlap(gold, found, words).pairs
    missed = gold.iloc[np.setdiff1d(np.arange(len(gold)), shared["gold"])]
    extra = found.iloc[np.setdiff1d(np.arange(len(found)), shared["found"])]
    pair = partners(gold, found, words, over=0)
    pair = pair.assign(mistake=[_gravest(row) for row in pair.itertuples()])
    pair = pair[pair["mistake"] != ""]
    rows = [
        _rows(missed, "not found: " + missed["kind"], _who(missed), MISSED, NO_RULE),
        _rows(extra, "not in the gold: " + extra["kind"], NOT_GOLD, _who(extra), extra["rule"]),
        _rows(pair, pair["mistake"], _who(pair), _who(pair, "_found"), pair["rule_found"]),
    ]
    return _joined(rows)


def _gravest(row) -> str:
    """Name the gravest difference of a gold span and its partner: bounds, kind, speaker; "" where
    there is none."""
    if row.iou < NEAR:
        return f"wrong bounds: {row.kind}"
    if row.kind != row.kind_found:
        return f"wrong kind: {row.kind} taken for {row.kind_found}"
    alike = part_of_name(pd.Series([row.speaker]), pd.Series([row.speaker_found])).iloc[0]
    return "" if alike else f"wrong speaker: {row.kind}"


def _who(rows: pd.DataFrame, suffix: str = "") -> pd.Series:
    return (
        rows[f"kind{suffix}"].astype(object)
        + ", "
        + rows[f"speaker{suffix}"].replace("", "nobody").astype(object)
    )


def of_spans(gold: pd.DataFrame, found: pd.DataFrame, what: str) -> pd.DataFrame:
    """List spans that only one side has, by their offsets; `what` names them. found with rule."""
    keys = ["article_id", "start", "end"]
    both = gold[keys].merge(found[[*keys, "rule"]], on=keys, how="outer", indicator=True)
    missed, extra = both[both["_merge"] == "left_only"], both[both["_merge"] == "right_only"]
    return _joined(
        [
            _rows(missed, f"not found: {what}", what, MISSED, NO_RULE),
            _rows(extra, f"not in the gold: {what}", NOT_GOLD, what, extra["rule"]),
        ]
    )


def of_hits(pairs: pd.DataFrame) -> pd.DataFrame:
    """List hits whose voice differs; rows of `paired`."""
    wrong = pairs[pairs["voice"].ne(pairs["voice_found"])].astype(
        {"voice": object, "voice_found": object}
    )
    mistake = "wrong voice: " + wrong["voice"] + " taken for " + wrong["voice_found"]
    return _joined(
        [_rows(wrong, mistake, wrong["voice"], wrong["voice_found"], "voice where the term starts")]
    )


def paired(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Join hits of the gold's entries by their place: voice, speaker and voice_found,
    speaker_found.

    A hit that only gold has gets MISSED as voice_found; one that only the rules have NOT_GOLD as
    voice.
    """
    keys = ["article_id", "start", "end", "entry"]
    found = found[found["entry"].isin(set(gold["entry"]))]
    both = gold[[*keys, "voice", "speaker"]].merge(
        found[[*keys, "voice", "speaker"]].drop_duplicates(keys),
        on=keys,
        how="outer",
        suffixes=("", "_found"),
    )
    return both.fillna(
        {"voice": NOT_GOLD, "voice_found": MISSED, "speaker": "", "speaker_found": ""}
    )


def of_blocks(gold: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """List gold blocks to most of whose words the rules gave another role.

    returns  COLUMNS; mistake says whether text was kept wrongly, cut wrongly, or kept (cut) under
             another role
    """
    pairs = overlap(gold, found, words).pairs.sort_values(
        ["gold", "shared", "found"], ascending=[True, False, True]
    )
    pairs = pairs.drop_duplicates("gold")
    left = gold.iloc[pairs["gold"]].reset_index(drop=True)
    right = found.iloc[pairs["found"]].reset_index(drop=True)
    differs = left["role"].ne(right["role"])
    left, right = left[differs], right[differs]
    a, b = left["role"].isin(KEPT), right["role"].isin(KEPT)
    how = np.select([a & ~b, ~a & b], ["cut wrongly: ", "kept wrongly: "], default="wrong role: ")
    mistake = pd.Series(how, index=left.index, dtype=object) + left["role"]
    return _joined([_rows(left, mistake, left["role"], right["role"], right["reason"])])


def roles(gold: pd.DataFrame, found: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
    """Give every word its gold role and its found role; words of no gold block are left out.

    returns  article_id, gold, found
    """
    g, f = holder(words, gold), holder(words, found)
    inside = g >= 0
    label = np.append(found["role"].to_numpy(object), "")[f[inside]]  # -1 takes the empty one
    return pd.DataFrame(
        {
            "article_id": words["article_id"].to_numpy(object)[inside],
            "gold": gold["role"].to_numpy(object)[g[inside]],
            "found": label,
        }
    )


def commonest(rows: pd.DataFrame) -> pd.DataFrame:
    """Count mistakes of one sort made by one rule, the commonest first: mistake, rule, times,
    articles."""
    table = rows.groupby(["mistake", "rule"], as_index=False, sort=True).agg(
        times=("start", "size"), articles=("article_id", "nunique")
    )
    return table.sort_values(
        ["times", "mistake", "rule"], ascending=[False, True, True], ignore_index=True
    )


def _rows(rows: pd.DataFrame, mistake, expected, got, rule) -> pd.DataFrame:
    made = rows[["article_id", "start", "end"]].assign(
        mistake=mistake, expected=expected, got=got, rule=rule
    )
    return made.astype({c: object for c in COLUMNS[3:]})


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    full = [part for part in parts if len(part)]
    if not full:
        return pd.DataFrame(columns=COLUMNS).astype({"start": "int64", "end": "int64"})
    return (
        pd.concat(full, ignore_index=True)
        .astype({"start": "int64", "end": "int64"})
        .sort_values(COLUMNS[:4], ignore_index=True)
    )
