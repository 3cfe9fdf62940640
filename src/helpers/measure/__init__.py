"""From counts to rates, effects and intervals that know how many articles they rest on. Never sees
text."""

from helpers.measure.changes import (
    before_and_after,
    differences,
    told_difference,
    told_early,
    told_turn,
    turning_points,
)
from helpers.measure.collocates import around, association, collocates, company
from helpers.measure.counts import (
    Collapsed,
    TermCounts,
    collapse,
    occurrences,
    spoken,
    term_counts,
    words,
)
from helpers.measure.design import Verdict, feasibility, may_test
from helpers.measure.dispersion import dispersion
from helpers.measure.estimates import counted, largest_first, rates, shares
from helpers.measure.keyness import Keyness, Settings, keyness
from helpers.measure.naming import wilson
from helpers.measure.nearby import Near, near, places
from helpers.measure.resampling import permutation_p
from helpers.measure.sensitivity import findings, holds
from helpers.measure.sides import Sides, periods, versus
from helpers.measure.steadiness import (
    company_sweep,
)
from helpers.measure.sweeps import (
    Compared,
    compared,
    comparisons,
    largest,
    leading,
    leaning,
    sweep,
)
from helpers.measure.tally import Tally, tally
from helpers.measure.telling import most_divided, told_company, told_terms
from helpers.measure.wording import KeyTerms, key_terms, regrouped, steady_terms, ungrouped

__all__ = [
    "Collapsed",
    "Compared",
    "KeyTerms",
    "Keyness",
    "Near",
    "Settings",
    "Sides",
    "Tally",
    "TermCounts",
    "Verdict",
    "around",
    "association",
    "before_and_after",
    "collapse",
    "collocates",
    "company",
    "company_sweep",
    "compared",
    "comparisons",
    "counted",
    "differences",
    "dispersion",
    "feasibility",
    "findings",
    "holds",
    "key_terms",
    "keyness",
    "largest",
    "largest_first",
    "leading",
    "leaning",
    "may_test",
    "most_divided",
    "near",
    "occurrences",
    "periods",
    "permutation_p",
    "places",
    "rates",
    "regrouped",
    "shares",
    "spoken",
    "steady_terms",
    "sweep",
    "tally",
    "term_counts",
    "told_company",
    "told_difference",
    "told_early",
    "told_terms",
    "told_turn",
    "turning_points",
    "ungrouped",
    "versus",
    "wilson",
    "words",
]
