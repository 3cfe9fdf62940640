"""From counts to rates, effects and intervals that know how many articles they rest on. Never sees text."""

from helpers.measure.counts import Collapsed, TermCounts, collapse, occurrences, spoken, term_counts, words
from helpers.measure.design import Verdict, feasibility, may_test
from helpers.measure.naming import choices, wilson
from helpers.measure.rates import rates

__all__ = [
    "Collapsed",
    "TermCounts",
    "Verdict",
    "choices",
    "collapse",
    "feasibility",
    "may_test",
    "occurrences",
    "rates",
    "spoken",
    "term_counts",
    "wilson",
    "words",
]
