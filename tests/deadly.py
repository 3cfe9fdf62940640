"""Functions that processes of a pool run in tests: they must stand in a module of their own."""

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    """Ends its process for 3, as a lack of memory would."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def once(number: int, mark: str) -> int:
    """Ends its process for 3 the first time only."""
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def raising(number: int) -> int:
    if number == 3:
        raise OSError(28, "No space left on device")
    return number


def pid() -> int:
    return os.getpid()


def sleeping(seconds: int) -> None:
    time.sleep(seconds)
