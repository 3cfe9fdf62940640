"""How far to trust the annotators and the coders: gold, scores, samples to code, agreement.

`judged` sets what the rules found beside what people decided; `draw_sample`, `write_sheet` and
`read_sheet` are the way from a corpus to a coded sample and back.
"""

from helpers.reliability.agreement import Agreement, alpha, alpha_by_category
from helpers.reliability.answering import Coding, coder
from helpers.reliability.coding import average_precision, draw_sample, precision, read_back
from helpers.reliability.correcting import (
    accuracy,
    beside,
    cannot_correct,
    coded_units,
    corrected,
    frames_beside,
    told_corrected,
)
from helpers.reliability.frames import Frames, learned_frames
from helpers.reliability.judging import Judged, about_gold, judged, most_common
from helpers.reliability.learning import (
    Model,
    cross_validated,
    lacking,
    learn,
    learned_scores,
)
from helpers.reliability.sampling import Design, size_for, told_size
from helpers.reliability.shared_facts import Traced, facts, judge, traced
from helpers.reliability.sheets import (
    KEYS,
    agreement,
    read_sheet,
    told_accuracy,
    units,
    write_sheet,
)

__all__ = [
    "KEYS",
    "Agreement",
    "Coding",
    "Design",
    "Frames",
    "Judged",
    "Model",
    "Traced",
    "about_gold",
    "accuracy",
    "agreement",
    "alpha",
    "alpha_by_category",
    "average_precision",
    "beside",
    "cannot_correct",
    "coded_units",
    "coder",
    "corrected",
    "cross_validated",
    "draw_sample",
    "facts",
    "frames_beside",
    "judge",
    "judged",
    "lacking",
    "learn",
    "learned_frames",
    "learned_scores",
    "most_common",
    "precision",
    "read_back",
    "read_sheet",
    "size_for",
    "told_accuracy",
    "told_corrected",
    "told_size",
    "traced",
    "units",
    "write_sheet",
]
