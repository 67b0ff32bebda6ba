"""Texts in deflated blocks, opened when a reader asks for an event of the block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.layers.columns import deflate

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BLOCK", "FIELD", "RECORD", "pack_texts"]

BLOCK = 4096
"""Events in a block: large enough to compress, opened in a few milliseconds."""

_COLUMN, _ROW = "\x1e", "\x1f"
RECORD, FIELD = "\x1d", "\x1c"
"""Between the records of a cell, and between the fields of a record."""

_LEVEL = 6


def pack_texts(columns: Sequence[Sequence[str]], length: int) -> list[bytes]:
    """Return the texts of all events as blocks.

    Parameters
    ----------
    columns
        For each column its texts in the page's order, free of the separators U+001C to U+001F
        but for `RECORD` and `FIELD`.
    length
        Number of events.

    Returns
    -------
    list of bytes
        Raw DEFLATE streams, each of UTF-8 text: columns apart by U+001E, rows by U+001F.
    """
    blocks = []
    for first in range(0, length, BLOCK):
        parts = [_ROW.join(column[first : first + BLOCK]) for column in columns]
        blocks.append(deflate(_COLUMN.join(parts).encode(), _LEVEL))
    return blocks
