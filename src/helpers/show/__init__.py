"""What a notebook shows, the same in JupyterLab and in a report: findings, tables, figures,
passages.

Every call displays at once and returns nothing. Tables find the passages behind their figures by
the columns that both share; `passages()` at the end of a notebook lists all that were linked.
"""

from helpers.show.crossing import matrix
from helpers.show.figures import figure, install
from helpers.show.findings import finding, note
from helpers.show.listing import article, passages
from helpers.show.tables import table
from helpers.show.widgets import explorer

__all__ = ["article", "explorer", "figure", "finding", "matrix", "note", "passages", "table"]

install()
