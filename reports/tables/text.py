"""The text of table files: a table has no NUL."""

from __future__ import annotations

from dateline import decoding
from dateline.errors import SourceError

__all__ = ["decode"]


def decode(data: bytes, name: str) -> tuple[str, list[str], list[int]]:
    """Return text of bytes in any usual encoding, as `dateline.decoding.decode` does.

    Raises
    ------
    SourceError
        If the bytes hold NUL characters and so are no text.
    """
    text, notes, lines = decoding.decode(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        remedy = "save it again as UTF-8 text: it is damaged or not a text file"
        raise SourceError(f"{name}: text without NUL characters", f"NUL in line {line}", remedy)
    return text, notes, lines
