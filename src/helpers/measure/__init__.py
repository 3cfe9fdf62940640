"""From counts to rates, effects and intervals that know how many articles they rest on. Never sees text."""

from helpers.measure.agreement import Agreement, alpha, alpha_by_category
from helpers.measure.coding import average_precision, draw_sample, precision, read_back
from helpers.measure.collocates import around, association, collocates, company, fisher_p
from helpers.measure.counts import (
    Collapsed,
    TermCounts,
    collapse,
    entry_counts,
    occurrences,
    spoken,
    term_counts,
    words,
)
from helpers.measure.design import Verdict, feasibility, may_test
from helpers.measure.dispersion import dispersion
from helpers.measure.keyness import Keyness, Settings, keyness
from helpers.measure.naming import choices, wilson
from helpers.measure.rates import rates
from helpers.measure.resampling import permutation_p
from helpers.measure.sensitivity import findings, holds
from helpers.measure.sentences import SentenceCounts, per_hundred, sentence_counts, shares
from helpers.measure.sides import Sides, periods, versus
from helpers.measure.steadiness import FRAME_SETTINGS, company_sweep, frame_sweep, together
from helpers.measure.sweeps import Compared, compared, comparisons, highest, leading, leaning, sweep

__all__ = [
    "FRAME_SETTINGS",
    "Agreement",
    "Collapsed",
    "Compared",
    "Keyness",
    "SentenceCounts",
    "Settings",
    "Sides",
    "TermCounts",
    "Verdict",
    "alpha",
    "alpha_by_category",
    "around",
    "association",
    "average_precision",
    "choices",
    "collapse",
    "collocates",
    "company",
    "company_sweep",
    "compared",
    "comparisons",
    "dispersion",
    "draw_sample",
    "entry_counts",
    "feasibility",
    "findings",
    "fisher_p",
    "frame_sweep",
    "highest",
    "holds",
    "keyness",
    "leading",
    "leaning",
    "may_test",
    "occurrences",
    "per_hundred",
    "periods",
    "permutation_p",
    "precision",
    "rates",
    "read_back",
    "sentence_counts",
    "shares",
    "spoken",
    "sweep",
    "term_counts",
    "together",
    "versus",
    "wilson",
    "words",
]
