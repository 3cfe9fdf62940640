"""Tables to matplotlib axes, in one style. Functions return axes, save nothing and compute
nothing."""

from helpers.draw.charts import dots, shares, stacks
from helpers.draw.grid import grid, slopes
from helpers.draw.keyness import leans, squares
from helpers.draw.voices import wholes

__all__ = ["dots", "grid", "leans", "shares", "slopes", "squares", "stacks", "wholes"]
