"""From a study.yml to validated parameters. Nothing here touches an article."""

from helpers.study.files import Report, Study, StudyError, find, load, root
from helpers.study.parameters import Parameter, declared, settle

__all__ = ["Parameter", "Report", "Study", "StudyError", "declared", "find", "load", "root", "settle"]
