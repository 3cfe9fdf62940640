"""From counts to rates, effects and intervals that know how many articles they rest on. Never sees
text."""

from helpers.measure.changes import (
    differences,
    told_difference,
    told_turn,
    turning_points,
)
from helpers.measure.collocates import around, association, collocates, company, fisher_p
from helpers.measure.counted import counted_rates
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
from helpers.measure.estimates import rates, shares
from helpers.measure.keyness import Keyness, Settings, keyness
from helpers.measure.naming import wilson
from helpers.measure.nearby import Near, near, places
from helpers.measure.resampling import permutation_p
from helpers.measure.sensitivity import findings, holds
from helpers.measure.sentences import (
    SentenceCounts,
    per_hundred,
    sentence_counts,
    sentences_in,
)
from helpers.measure.sides import Sides, periods, versus
from helpers.measure.steadiness import (
    FRAME_SETTINGS,
    company_sweep,
    frame_sweep,
    frame_sweep_in,
    together,
)
from helpers.measure.sweeps import (
    Compared,
    compared,
    comparisons,
    highest,
    largest,
    leading,
    leaning,
    sweep,
)
from helpers.measure.tally import Tally, tally, words_in
from helpers.measure.telling import most_divided, told_terms
from helpers.measure.wording import KeyTerms, key_terms, regrouped, steady_terms

__all__ = [
    "FRAME_SETTINGS",
    "Collapsed",
    "Compared",
    "KeyTerms",
    "Keyness",
    "Near",
    "SentenceCounts",
    "Settings",
    "Sides",
    "Tally",
    "TermCounts",
    "Verdict",
    "around",
    "association",
    "collapse",
    "collocates",
    "company",
    "company_sweep",
    "compared",
    "comparisons",
    "counted_rates",
    "differences",
    "dispersion",
    "entry_counts",
    "feasibility",
    "findings",
    "fisher_p",
    "frame_sweep",
    "frame_sweep_in",
    "highest",
    "holds",
    "key_terms",
    "keyness",
    "largest",
    "leading",
    "leaning",
    "may_test",
    "most_divided",
    "near",
    "occurrences",
    "per_hundred",
    "periods",
    "permutation_p",
    "places",
    "rates",
    "regrouped",
    "sentence_counts",
    "sentences_in",
    "shares",
    "spoken",
    "steady_terms",
    "sweep",
    "tally",
    "term_counts",
    "together",
    "told_difference",
    "told_terms",
    "told_turn",
    "turning_points",
    "versus",
    "wilson",
    "words",
    "words_in",
]
