"""Puts a file in its place in one step: what stands there is the old one or the new one, whole."""

from __future__ import annotations

from pathlib import Path


def put(target: Path, data: bytes | str) -> None:
    """Write a file beside its place, then move it there.

    data    bytes, or text that is written as UTF-8 as it is
    raises  OSError naming the file; then nothing is left beside it
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.write_bytes(data.encode() if isinstance(data, str) else data)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise OSError(f"{target.name}: {error.strerror or error}") from None
