"""Who does what to whom: the form in which a sentence tells of an act of violence."""

from helpers.agency.acts import FORMS, UNNAMED, Act, acts
from helpers.agency.scan import Scanned, scan
from helpers.agency.search import acts_of

__all__ = ["FORMS", "UNNAMED", "Act", "Scanned", "acts", "acts_of", "scan"]
