"""How sure a row is: counted shares, smoothed, of its rule and cue."""

import csv
import re

from helpers import data, voices
from helpers.ledger import Article, Block
from helpers.voices.confidence import LEAST, PRIOR, Counted, confidence, counted, cue_of


def rows(text, **about):
    article = Article("a", "c", "The Example", "", "", "", None, "", "en", "article", "a", "", text)
    found = re.finditer(r"\S(?:[^\n]*\S)?", text)
    blocks = [Block("a", n, m.start(), m.end(), "body", "line") for n, m in enumerate(found)]
    return voices.annotate(article, blocks, [], **about).quotes


def test_a_share_is_that_of_the_cue_with_that_of_the_rule_counted_like_ten_rows():
    rule = counted()["indirect", "verb before content", "given", ""]
    own = counted()["indirect", "verb before content", "given", "say"]
    share = (rule.right + PRIOR / 2) / (rule.rows + PRIOR)
    wanted = round((own.right + PRIOR * share) / (own.rows + PRIOR), 2)
    assert confidence("indirect", "verb before content", "given", "say") == wanted


def test_what_was_never_counted_is_right_half_of_the_time():
    assert confidence("indirect", "no such rule", "given", "") == 0.5


def test_counts_never_have_more_right_than_reported_or_more_cues_than_rows():
    cues = {}
    for (kind, rule, source, cue), cell in counted().items():
        assert cell.right <= cell.rows
        assert cell.reported <= cell.rows
        if cue:
            cues[kind, rule, source] = cues.get((kind, rule, source), 0) + cell.rows
    assert all(n <= counted().get((*key, ""), Counted(0, 0, 0)).rows for key, n in cues.items())


def test_the_table_names_rules_and_cues_once(root):
    with (root / "data/lexicons/cue-precision.csv").open(encoding="utf-8") as lines:
        keys = [tuple(row[:4]) for row in csv.reader(lines)]
    assert len(keys) == len(set(keys))


def test_cues_are_called_as_in_the_lexicon():
    assert cue_of("has not yet said") == "say"
    assert cue_of("According to") == "according to"
    assert cue_of(":") == ""


def test_a_quotation_with_a_speaker_is_surer_than_one_that_nobody_is_near():
    said = rows("“It is shut,” Ada Berg said.")[0]
    alone = rows("“It is shut and it will stay shut.”")[0]
    assert said.confidence > 0.9 > alone.confidence


def test_attitudes_that_are_mostly_wrong_make_no_row():
    text = "Ada Berg raised the old bridge."
    assert rows(text) == []
    assert [row.confidence < LEAST for row in rows(text, doubtful=True)] == [True]


def test_a_corpus_has_it_for_each_quotation():
    quotes = data.open("data/raw/demo").quotes
    known = quotes["confidence"].dropna()  # stretches of an interviewee's answer have none
    assert known.between(0.01, 1).all() and known.mean() > 0.6
    assert known.nunique() > 20
