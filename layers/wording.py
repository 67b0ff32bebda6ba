"""Cells of casualty figures and sources, as the page takes them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.layers.clean import clean_all, web_addresses
from dateline.layers.texts import FIELD, RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.layers.nested import Nested

__all__ = ["CASUALTY_FIELDS", "SOURCE_FIELDS", "casualty_cells", "source_cells"]

CASUALTY_FIELDS = ("min", "max", "kind", "who", "side", "claimed_by")
SOURCE_FIELDS = ("url", "publisher", "published", "title", "excerpt", "licence")
_LONGEST = {"excerpt": 1500, "title": 300}


def casualty_cells(cells: Nested) -> list[str]:
    """Return for each event its casualty figures, fields in the order of `CASUALTY_FIELDS`."""
    return _cells(cells, CASUALTY_FIELDS)


def source_cells(cells: Nested) -> list[str]:
    """Return for each event its sources, fields in the order of `SOURCE_FIELDS`; web addresses only."""
    return _cells(cells, SOURCE_FIELDS)


def _cells(cells: Nested, fields: Sequence[str]) -> list[str]:
    """Return one text a cell: all records of all cells are cleaned together, field by field."""
    columns = [_column(cells.field(name), name) for name in fields]
    records = [FIELD.join(texts).rstrip(FIELD) for texts in zip(*columns, strict=True)]
    return cells.joined(records, RECORD)


def _column(values: list[Any], name: str) -> list[str]:
    """Return one field of all records as texts."""
    if name == "url":
        return web_addresses(values)
    if not any(value is not None for value in values):
        return [""] * len(values)
    return clean_all(values, _LONGEST.get(name, 200))
