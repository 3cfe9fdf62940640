"""What is wrong with a study, all of it at once."""

from __future__ import annotations


class StudyError(ValueError):
    """One line for each thing wrong: where, what was found, what to do.

    problems  the lines
    """

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))
