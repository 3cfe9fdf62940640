"""Tables to matplotlib axes, in one style. Functions return axes, save nothing and compute nothing."""

from helpers.draw.charts import dots, shares, stacks
from helpers.draw.keyness import leans, squares
from helpers.draw.voices import wholes

__all__ = ["dots", "leans", "shares", "squares", "stacks", "wholes"]
