"""Cells of casualty figures and sources, as the page takes them apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dateline.layers.clean import clean, web_address
from dateline.layers.texts import FIELD, RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CASUALTY_FIELDS", "SOURCE_FIELDS", "casualty_cells", "source_cells"]

CASUALTY_FIELDS = ("min", "max", "kind", "who", "side", "claimed_by")
SOURCE_FIELDS = ("url", "publisher", "published", "title", "excerpt", "licence")
_LONGEST = {"excerpt": 1500, "title": 300}


def casualty_cells(cells: Sequence[Sequence[Any]]) -> list[str]:
    """Return for each event its casualty figures, fields in the order of `CASUALTY_FIELDS`."""
    return [RECORD.join(_record(item, CASUALTY_FIELDS) for item in cell) if cell else "" for cell in cells]


def source_cells(cells: Sequence[Sequence[Any]]) -> list[str]:
    """Return for each event its sources, fields in the order of `SOURCE_FIELDS`; web addresses only."""
    return [RECORD.join(_record(item, SOURCE_FIELDS) for item in cell) if cell else "" for cell in cells]


def _record(item: object, fields: Sequence[str]) -> str:
    """Return one object as text; trailing empty fields are left away."""
    if not isinstance(item, Mapping):
        return ""
    texts = [
        web_address(item.get(name)) if name == "url" else clean(item.get(name), _LONGEST.get(name, 200))
        for name in fields
    ]
    return FIELD.join(texts).rstrip(FIELD)
