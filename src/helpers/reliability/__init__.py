"""How far to trust the annotators and the coders: gold, scores, samples to code, agreement."""

from helpers.reliability.agreement import Agreement, alpha, alpha_by_category
from helpers.reliability.coding import average_precision, draw_sample, precision, read_back
from helpers.reliability.shared_facts import Traced, facts, judge, traced

__all__ = [
    "Agreement",
    "Traced",
    "alpha",
    "alpha_by_category",
    "average_precision",
    "draw_sample",
    "facts",
    "judge",
    "precision",
    "read_back",
    "traced",
]
