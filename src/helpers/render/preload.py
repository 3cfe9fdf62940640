"""Imported once by the process that workers are forked from, so that none of them pays for it
again."""

from helpers.render.run import fast_imports

fast_imports()

import nbconvert  # noqa: E402, F401
import papermill  # noqa: E402, F401

import helpers.render.page  # noqa: E402, F401
