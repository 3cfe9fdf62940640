"""Tidy tables to matplotlib axes, in one style. Functions return axes with a description for
readers who do not see them; they save nothing and compute nothing."""

from helpers.draw.charts import dots, lines, squares, stacks
from helpers.draw.grid import grid, slopes
from helpers.draw.keyness import leans

__all__ = ["dots", "grid", "leans", "lines", "slopes", "squares", "stacks"]
