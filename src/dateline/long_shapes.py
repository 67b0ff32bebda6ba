"""Shapes too long for a spreadsheet's cell: there a coarser one, and the whole in columns beside it.

Excel holds 32,767 characters a cell and, of longer ones in a CSV, spills the rest into other cells
(Microsoft, "Excel specifications and limits").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import shapely

from dateline.fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["in_cells", "whole"]

_CELL = 32_000
_COLUMN = re.compile(r"whole_geometry_(\d+)")
_FIRST_DEGREES = 0.0005
_DOUBLINGS = 14
_DECIMALS = 6


def in_cells(
    texts: Sequence[str | None], shapes: Sequence[Any]
) -> tuple[list[str | None], dict[str, list[str | None]]]:
    """Return well-known texts of which each fits a cell, and the columns that hold the long ones whole.

    Parameters
    ----------
    texts
        The well-known text of each shape.
    shapes
        The shapes, in degrees.

    Returns
    -------
    tuple
        The texts, a coarser one where it was too long; and `whole_geometry_1` and so on, which begin
        with digits of the coarser one: whoever changes that means another shape.
    """
    cells = list(texts)
    pieces: dict[int, list[str]] = {}
    for row, text in enumerate(texts):
        if text is not None and len(text) > _CELL:
            cells[row] = brief = _coarser(shapes[row])
            pieces[row] = _cut(f"{digest(brief)} {text}")
    columns: dict[str, list[str | None]] = {
        f"whole_geometry_{number + 1}": [
            of[number] if (of := pieces.get(row, ()))[number : number + 1] else None
            for row in range(len(cells))
        ]
        for number in range(max(map(len, pieces.values()), default=0))
    }
    return cells, columns


def whole(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the columns of a table with the long shapes whole again, but where a cell was changed."""
    names = sorted(
        filter(_COLUMN.fullmatch, columns), key=lambda name: int(name.rpartition("_")[2])
    )
    if not names or "geometry" not in columns:
        return columns
    found = list(columns["geometry"])
    for row, pieces in enumerate(zip(*(columns[name] for name in names), strict=True)):
        mark, _, text = "".join(filter(None, pieces)).partition(" ")
        if text and mark == digest(found[row]):
            found[row] = text
    return {name: values for name, values in columns.items() if name not in names} | {
        "geometry": found
    }


def _coarser(shape: Any) -> str:
    """Return the well-known text of a shape with as many of its bends as a cell holds."""
    for doubling in range(_DOUBLINGS):
        coarse = shapely.simplify(shape, _FIRST_DEGREES * 2**doubling)
        text = str(shapely.to_wkt(coarse, rounding_precision=_DECIMALS))
        if len(text) <= _CELL:
            return text
    return str(shapely.to_wkt(shapely.envelope(shape), rounding_precision=_DECIMALS))


def _cut(text: str) -> list[str]:
    """Return a text in pieces that fit a cell and begin with a comma, which no spreadsheet reads as a formula."""
    pieces = []
    while len(text) > _CELL:
        at = text.rindex(",", 1, _CELL)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]
