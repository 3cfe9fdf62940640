"""Whose voice: quotations, speakers, reported speech, insertions, turns of an interview.

`annotate` is a pure function of one article and its blocks. The order of the work: marks are
paired, each block
becomes a string of tags in which a quotation is one letter, patterns find the reporting clauses,
names are
resolved, and layers of spans become voices that tile the kept text.
"""

from helpers.voices.annotation import Annotated, annotate, speakers_of
from helpers.voices.posts import posts
from helpers.voices.verbs import Verb, reporting

__all__ = ["Annotated", "Verb", "annotate", "posts", "reporting", "speakers_of"]
