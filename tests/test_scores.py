"""Scores of spans and labels, by hand calculation on small tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.measure import speaking
from helpers.measure.ratios import ratio
from helpers.reliability import gold, mistakes, scores, sheets

WORDS = pd.DataFrame(
    [(a, 10 * i, 10 * i + 9) for a in "ab" for i in range(20)],
    columns=["article_id", "start", "end"],
)


def spans(*rows, **more):
    return pd.DataFrame(rows, columns=["article_id", "start", "end"]).assign(**more)


# Article a: gold words 0–3, 10–12; found words 0–3 (exact), 10–11 (two of three), 15 (extra).
# Article b: 5–6 missed.
GOLD = spans(("a", 0, 39), ("a", 100, 129), ("b", 50, 69))
FOUND = spans(("a", 0, 39), ("a", 100, 119), ("a", 150, 159))


def test_words_and_spans_are_counted_by_hand():
    table = scores.spans(GOLD, FOUND, WORDS, ["a", "b"]).set_index("counted")
    sums = table[["gold", "found", "right"]]
    assert sums.loc["exact spans"].tolist() == [3, 3, 1]
    assert sums.loc["spans, 9 words in 10"].tolist() == [3, 3, 1]  # 2 of 3 words are not near
    assert sums.loc["words"].tolist() == [9, 7, 6]
    words = table.loc["words"]
    assert [words["precision"], words["recall"], words["f1"]] == pytest.approx(
        [600 / 7, 600 / 9, 1200 / 16]
    )


def test_two_articles_give_no_interval_and_the_note_says_so():
    row = scores.spans(GOLD, FOUND, WORDS, ["a", "b"]).iloc[2]
    assert np.isnan(row["f_low"]) and row["note"] == "no interval: 2 articles, fewer than 5"


def test_a_span_that_shares_nine_words_in_ten_is_near():
    long, short = spans(("a", 0, 99)), spans(("a", 0, 89))
    table = scores.spans(long, short, WORDS, ["a"]).set_index("counted")["right"]
    assert table.tolist() == [0, 1, 9]


def test_nothing_found_and_nothing_to_find_are_no_numbers():
    none = GOLD.iloc[:0]
    missed, clean = (scores.spans(g, none, WORDS, ["a", "b"]).iloc[0] for g in (GOLD, none))
    assert np.isnan(missed["precision"]) and missed["recall"] == 0
    assert np.isnan(clean["f1"]) and clean["note"] == "nothing to count"


def test_partners_share_more_than_half():
    pair = scores.partners(GOLD.assign(kind="direct"), FOUND.assign(kind="direct"), WORDS)
    assert pair["start"].tolist() == [0, 100]
    assert pair["iou"].tolist() == pytest.approx([1, 2 / 3])


@given(
    st.lists(st.tuples(st.integers(0, 19), st.integers(1, 4)), max_size=8),
    st.lists(st.tuples(st.integers(0, 19), st.integers(1, 4)), max_size=8),
)
def test_swapping_gold_and_found_swaps_precision_and_recall(one, other):
    a, b = (apart(rows) for rows in (one, other))
    left, right = scores.spans(a, b, WORDS, ["a"]).iloc[2], scores.spans(b, a, WORDS, ["a"]).iloc[2]
    assert [left["precision"], left["recall"], left["f1"]] == pytest.approx(
        [right["recall"], right["precision"], right["f1"]], nan_ok=True
    )
    assert left["right"] <= min(left["gold"], left["found"])


def apart(rows):
    kept, last = [], -1
    for first, length in sorted(rows):
        if first > last:
            last = min(first + length, 19)
            kept.append(("a", 10 * first, 10 * last + 9))
    return pd.DataFrame(kept, columns=["article_id", "start", "end"]).astype(
        {"start": int, "end": int, "article_id": object}
    )


def test_a_ratio_resamples_articles_and_holds_its_value():
    got = ratio(np.array([1, 2, 3, 4, 5, 6]), np.array([10, 10, 10, 10, 10, 10]), seed=1)
    assert got.value == pytest.approx(21 / 60)
    assert got.low < got.value < got.high
    assert (got.articles, got.note) == (6, "rough interval: 6 articles")


@pytest.mark.parametrize(
    "top, bottom, value, note",
    [
        ([], [], np.nan, "nothing to count"),
        ([3], [4], 0.75, "no interval: one article"),
        ([2] * 6, [2] * 6, 1.0, "no interval: the same in all 6 articles"),
        ([0] * 6, [2] * 6, 0.0, "no interval: the same in all 6 articles"),
    ],
)
def test_a_ratio_says_in_words_why_it_has_no_interval(top, bottom, value, note):
    got = ratio(np.array(top), np.array(bottom))
    assert got.value == pytest.approx(value, nan_ok=True)
    assert got.note == note and np.isnan(got.low)


def test_a_share_of_right_rows_counts_rows():
    got = scores.agreed(pd.Series([True, True, False]), pd.Series(["a", "a", "b"]))
    assert (got["k"], got["n"], round(got["share"], 1)) == (2, 3, 66.7)


# Mistakes


def quotes(*rows):
    columns = ["article_id", "start", "end", "kind", "speaker"]
    return pd.DataFrame(rows, columns=columns).assign(
        rule="a rule", speaker_type="person", cue="said"
    )


def test_each_difference_of_a_quotation_is_one_mistake():
    right = quotes(
        ("a", 0, 39, "direct", "Ana Rusk"),
        ("a", 50, 79, "direct", "Ana Rusk"),
        ("a", 100, 129, "indirect", "Tarn"),
        ("b", 0, 19, "direct", ""),
        ("b", 50, 69, "mixed", "Tarn"),
    )
    ours = quotes(
        ("a", 0, 39, "direct", "Rusk"),
        ("a", 50, 69, "direct", "Ana Rusk"),
        ("a", 100, 129, "direct", "Tarn"),
        ("b", 0, 19, "direct", "Tarn"),
        ("b", 100, 119, "direct", ""),
    )
    found = mistakes.of_quotes(right, ours, WORDS)
    assert found[["article_id", "start", "mistake"]].to_numpy().tolist() == [
        ["a", 50, "wrong bounds: direct"],
        ["a", 100, "wrong kind: indirect taken for direct"],
        ["b", 0, "wrong speaker: direct"],
        ["b", 50, "not found: mixed"],
        ["b", 100, "not in the gold: direct"],
    ]


@pytest.mark.parametrize(
    "one, other, same, part",
    [
        ("the Ministry", "Ministry", True, True),
        ("Estoval’s mission", "Estoval mission", True, True),
        ("Rusk", "Ana Rusk", False, True),
        ("Ana Rusk", "Ana Tarn", False, False),
        ("", "", True, True),
        ("", "Ana Rusk", False, False),
    ],
)
def test_names_are_the_same_or_part_of_each_other(one, other, same, part):
    a, b = pd.Series([one]), pd.Series([other])
    assert (mistakes.same_name(a, b)[0], mistakes.part_of_name(a, b)[0]) == (same, part)


def test_blocks_kept_or_cut_wrongly_are_told_apart():
    right = spans(
        ("a", 0, 39), ("a", 50, 79), ("a", 100, 129), role=["body", "boilerplate", "caption"]
    )
    ours = spans(
        ("a", 0, 39), ("a", 50, 79), ("a", 100, 129), role=["note", "body", "body"], reason="a rule"
    )
    assert mistakes.of_blocks(right, ours, WORDS)["mistake"].tolist() == [
        "cut wrongly: body",
        "kept wrongly: boilerplate",
        "wrong role: caption",
    ]


def test_hits_of_entries_that_the_gold_does_not_list_are_no_mistakes():
    right = spans(
        ("a", 0, 5), ("a", 50, 55), entry="regime*", voice=["quote", "narration"], speaker=""
    )
    ours = spans(
        ("a", 0, 5),
        ("a", 100, 105),
        ("a", 150, 155),
        entry=["regime*", "regime*", "thug*"],
        voice="quote",
        speaker="",
    )
    pairs = mistakes.paired(right, ours)
    assert sorted(zip(pairs["start"], pairs["voice"], pairs["voice_found"], strict=True)) == [
        (0, "quote", "quote"),
        (50, "narration", "not found"),
        (100, "not in the gold", "quote"),
    ]
    assert len(mistakes.of_hits(pairs)) == 2


def test_a_corpus_without_gold_has_empty_tables(tmp_path):
    known = gold.read(tmp_path)
    assert known.covered == [] and all(table.empty for table in known[:4])


def test_the_demo_s_gold_covers_27_articles(root):
    known = gold.read(root / "data/raw/demo")
    assert (len(known.covered), len(known.quotes), len(known.insertions)) == (27, 434, 11)
    assert known.within(["db-hotel"]).covered == ["db-hotel"]


# Hand coding


HITS = spans(
    ("a", 0, 5), ("a", 50, 55), ("b", 0, 5), lexicon="l", entry="regime*", category=["x", "x", "y"]
)


def sheet(folder, rows, **codes):
    path = folder / "coded.csv"
    rows.assign(**codes).to_csv(path, index=False)
    return str(path)


def test_a_coded_sheet_comes_back_and_what_is_gone_is_counted(tmp_path):
    more = pd.concat([HITS, spans(("b", 90, 95), lexicon="l", entry="thug*", category="y")])
    path = sheet(
        tmp_path, more, coder_a=["yes", "no", "", "yes"], coder_b=["yes", "yes", "no", "no"]
    )
    back = sheets.read_sheet(path, HITS, "hits", ["yes", "no"])
    assert back.words == "2 of 4 rows coded, 1 no longer in the corpus"
    assert back.rows["coder_a"].tolist() == ["yes", "no", None]


def test_agreement_is_undefined_in_words_where_all_codes_are_one(tmp_path):
    path = sheet(tmp_path, HITS, coder_a=["yes", "no", "yes"], coder_b=["yes", "no", "yes"])
    table = sheets.agreement(
        sheets.read_sheet(path, HITS, "hits", ["yes", "no"]).rows, "category"
    ).set_index("category")
    assert table.loc["all", "alpha"] == 1 and table.loc["all", "alike"] == 100
    assert table.loc["y", "note"].startswith("α undefined")


def test_a_code_that_is_not_allowed_is_named(tmp_path):
    path = sheet(tmp_path, HITS, coder_a=["yes", "maybe", "no"], coder_b="yes")
    with pytest.raises(ValueError, match="maybe"):
        sheets.read_sheet(path, HITS, "hits", ["yes", "no"])


def test_no_sheet_is_a_sentence_and_a_missing_one_an_error(tmp_path):
    none = sheets.read_sheet("", HITS, "hits", ["yes"])
    assert none.words == "No sheet has been coded yet" and none.rows.empty
    with pytest.raises(ValueError, match=r"gone\.csv: there is no such coded sheet"):
        sheets.read_sheet(str(tmp_path / "gone.csv"), HITS, "hits", ["yes"])


CODES = {"coder_a": ["yes", "no", ""], "coder_b": ["no", "no", ""]}
CODED = [["yes", "no", None], ["no", "no", None]]


def written(rows, mark, lines="\n", turn=str):
    heads = mark.join([*rows.columns])
    body = lines.join(mark.join(turn(cell) for cell in row) for row in rows.to_numpy())
    return heads + lines + body + lines


@pytest.mark.parametrize(
    "text, encoding",
    [
        (lambda rows: written(rows, ";"), "cp1252"),
        (lambda rows: written(rows, ";"), "utf-8-sig"),
        (lambda rows: written(rows, "\t"), "utf-16"),
        (lambda rows: written(rows, ",", "\r\n"), "utf-8-sig"),
        (lambda rows: written(rows, ",", turn=lambda c: str(c).upper()), "utf-8"),
        (lambda rows: written(rows, ",").replace(",0,5,", ",0.0,5.0,"), "utf-8"),
        (lambda rows: written(rows, ",") + ",,,,,,,\n" * 3, "utf-8"),
        (lambda rows: written(rows, ",").replace("yes", "TRUE").replace("no", "FALSE"), "utf-8"),
        (lambda rows: written(rows, ",").replace("yes", "1").replace("no", "0"), "utf-8"),
    ],
    ids=["semicolons", "mark", "tabs", "crlf", "capitals", "floats", "blank", "true", "ones"],
)
def test_a_sheet_is_read_whatever_a_spreadsheet_did_to_it(tmp_path, text, encoding):
    hits = HITS.assign(article_id=["A", "A", "B"], lexicon="L", entry="REGIME*")
    path = tmp_path / "coded.csv"
    path.write_bytes(text(hits.assign(remark="é", **CODES)).encode(encoding))
    back = sheets.read_sheet(str(path), hits, "hits", ["yes", "no"])
    assert [back.rows[coder].tolist() for coder in sheets.CODERS] == CODED


def test_an_excel_file_is_read_as_a_sheet(tmp_path):
    path = tmp_path / "coded.xlsx"
    HITS.assign(**CODES).to_excel(path, index=False)
    back = sheets.read_sheet(str(path), HITS, "hits", ["yes", "no"])
    assert [back.rows[coder].tolist() for coder in sheets.CODERS] == CODED


def test_ids_that_lost_their_zeros_are_found(tmp_path):
    hits = HITS.assign(article_id=["001", "001", "010"])
    path = sheet(tmp_path, hits.assign(article_id=["1", "1", "10"]), **CODES)
    back = sheets.read_sheet(path, hits, "hits", ["yes", "no"])
    assert back.rows["article_id"].tolist() == ["001", "001", "010"]
    assert back.rows["coder_a"].tolist() == CODED[0]


def test_an_article_id_that_looks_like_a_formula_goes_out_and_comes_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    hits = HITS.assign(article_id=["=a", "@a", "-b"], outlet="N", match="x")
    said = sheets.write_sheet(hits, "hits", str(tmp_path / "out.csv"))
    assert said.startswith("The sheet was written to out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert ",'=a," in text and "\ufeff" not in text
    back = sheets.read_sheet(str(tmp_path / "out.csv"), hits, "hits", ["yes", "no"])
    assert back.rows["article_id"].tolist() == ["=a", "@a", "-b"]
    again = sheets.write_sheet(hits, "hits", str(tmp_path / "out.csv"))
    assert "it was left as it is" in again


def test_a_sheet_of_another_corpus_is_refused(tmp_path):
    path = sheet(tmp_path, HITS.assign(article_id="z"), **CODES)
    with pytest.raises(ValueError, match="3 of 3 rows are not in this corpus"):
        sheets.read_sheet(path, HITS, "hits", ["yes", "no"])


# Speaking


ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["North", "South"]})
VOICES = pd.DataFrame(
    [
        ("a", 0, 50, "quote", "Rusk"),
        ("a", 50, 70, "insertion", "North"),
        ("a", 70, 200, "narration", ""),
        ("b", 0, 100, "interviewee", "Tarn"),
        ("b", 100, 200, "interviewer", "South"),
    ],
    columns=["article_id", "start", "end", "voice", "speaker"],
)


def test_words_are_the_outlet_s_the_side_s_or_the_voice_s():
    side = {"Rusk": "council", "Tarn": "mill"}.get
    assert speaking.whose(VOICES, side).tolist() == [
        "council",
        "the outlet itself",
        "the outlet itself",
        "mill",
        "interviewer",
    ]
