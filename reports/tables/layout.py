"""A layout: the columns that one publisher's tables have, and how they become events."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from dateline.errors import CellError
    from dateline.reports.tables.draft import Draft
    from dateline.reports.tables.rows import Rows

__all__ = ["Layout", "TableResult", "TableSource", "restricted_licences", "terms"]

TableSource: TypeAlias = str | PathLike[str] | bytes
"""A path, `-` for standard input, or the bytes of a file."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One publisher's layout.

    Attributes
    ----------
    name
        What a user types to force it.
    matches
        Tells from the columns and first rows whether a file has this layout.
    read
        Turns rows into a draft of the events table.
    """

    name: str
    matches: Callable[[Rows], bool]
    read: Callable[[Rows], Draft]


@dataclass(slots=True)
class TableResult:
    """What was read from a table.

    Rows in are `len(events) + refused_rows`: no row is lost without a word.

    Attributes
    ----------
    events
        The events table (see `dateline.table`).
    refusals
        Every bad cell for which its row was left out.
    layout
        Name of the layout.
    notes
        What was guessed or decided for the whole table, in words for an editor.
    doubts
        Cells that need a look although their rows were kept.
    """

    events: gpd.GeoDataFrame
    refusals: list[CellError]
    layout: str
    notes: list[str] = field(default_factory=list)
    doubts: list[CellError] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        """The number of rows that were left out; a row may have several bad cells."""
        return len({(error.file, error.row) for error in self.refusals})

    @property
    def rows_in(self) -> int:
        """The number of rows the table holds."""
        return len(self.events) + self.refused_rows


def restricted_licences() -> dict[str, str]:
    """Return why rows may not be handed on raw, by the licence that their sources carry."""
    return {
        entry["licence"]: "rows may be mapped with attribution, but not embedded or exported raw"
        for entry in _all_terms().values()
        if entry["redistribution"] == "map-only"
    }


def terms(layout: str) -> dict[str, Any]:
    """Return publisher, licence, attribution and redistribution terms of a layout's publisher.

    The words are in `terms.toml`; a layout without an entry has none. Shared: do not change it.
    """
    return _all_terms().get(layout, {})


@cache
def _all_terms() -> dict[str, dict[str, Any]]:
    """Return the terms of all layouts."""
    text = (resources.files("dateline.reports.tables") / "terms.toml").read_text("utf-8")
    return tomllib.loads(text)
