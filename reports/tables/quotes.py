"""Quotation marks that are never closed: taken away, so that they swallow no rows, and told of."""

from __future__ import annotations

import csv
import io
import re
from typing import NamedTuple

__all__ = ["OpenMark", "without_open_marks"]

_SHOWN = 60
_NARROW = 2


class OpenMark(NamedTuple):
    """A mark that was taken away: row and column number, both from 1, and what its line says after it."""

    row: int
    column: int
    line: str


def without_open_marks(text: str, delimiter: str, width: int) -> tuple[str, list[OpenMark]]:
    """Return a table without the quotation marks that open a cell and were not meant to.

    These are marks that nothing closes, and those that are closed only in a later row: by a mark with
    letters after it, or beyond a whole line with as many delimiters as the header has.

    Parameters
    ----------
    text
        Delimited text.
    delimiter
        The sign between its cells.
    width
        How many cells the header has.

    Returns
    -------
    tuple
        The text, and the marks that were taken away.
    """
    sign = re.escape(delimiter)
    quoted = re.compile(rf'(?:(?<=[\r\n{sign}])|\A)"((?:[^"]++|"")*+)("?)(?=([{sign}\r\n]|\Z)?)')
    pieces: list[str] = []
    places: list[int] = []
    start = size = 0
    position = 0
    while match := quoted.search(text, position):
        position = match.end()
        if match[2] and "\n" not in match[1]:
            continue
        if match[2] and match[3] is not None and not _holds_a_row(match[1], delimiter, width):
            continue
        pieces.append(text[start : match.start()])
        size += match.start() - start
        places.append(size)
        start = position = match.start() + 1
    whole = "".join([*pieces, text[start:]])
    return whole, [_mark(whole, delimiter, place) for place in places]


def _holds_a_row(cell: str, delimiter: str, width: int) -> bool:
    """Return whether a whole line inside a cell has the cells of a row; of narrow tables none can tell."""
    inner = re.split(r"\r?\n", cell)[1:-1]
    return width > _NARROW and any(line.count(delimiter) == width - 1 for line in inner)


def _mark(text: str, delimiter: str, place: int) -> OpenMark:
    """Return row and column of a mark that stood at code point `place`."""
    before = io.StringIO(f"{text[:place]}.", newline="")
    *above, row = csv.reader(before, delimiter=delimiter)
    line = re.split(r"[\r\n]", text[place : place + _SHOWN], maxsplit=1)[0]
    return OpenMark(len(above) + 1, len(row), f'"{line}')
