"""`python -m helpers.cli` is the command `framing`."""

import sys

from helpers.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
