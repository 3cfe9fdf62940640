"""The command line: words to calls of the packages below."""

from helpers.cli.main import main

__all__ = ["main"]
