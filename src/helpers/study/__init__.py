"""From a study.yml to validated parameters. Nothing here touches an article."""

from helpers.study.choose import chosen, terms, voices
from helpers.study.errors import StudyError
from helpers.study.files import Report, Study, corpus_of, find, load, root
from helpers.study.parameters import Parameter, check, declared, settle

__all__ = [
    "Parameter",
    "Report",
    "Study",
    "StudyError",
    "check",
    "chosen",
    "corpus_of",
    "declared",
    "find",
    "load",
    "root",
    "settle",
    "terms",
    "voices",
]
