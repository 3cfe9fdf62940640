"""Runs the annotators over a corpus and keeps its ledger fresh."""

from helpers.engine.make import annotate
from helpers.engine.ownership import Occupied, refuse_to_spoil
from helpers.engine.run import fresh, held, open_ledger

__all__ = ["Occupied", "annotate", "fresh", "held", "open_ledger", "refuse_to_spoil"]
