"""Fingerprints of events: which cells of a table somebody changed since it was written.

A table written for review has the column `as_read`: for each column of the events table, and for
longitude and latitude, five hexadecimal digits of the CRC-32 of what the cell then held. White space,
the ninth decimal of a number and the seventh of a degree do not count: spreadsheets change these.
"""

from __future__ import annotations

import zlib
from itertools import starmap
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from dateline import codec
from dateline.event import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

__all__ = ["AS_READ", "changed", "digest", "digests", "fingerprints", "was"]

AS_READ = "as_read"
"""The column that holds the fingerprints."""

_NAMES = (*COLUMNS, "longitude", "latitude")
_DIGITS = 5
_DECIMALS = 9
_DEGREES = 7
_UNWRITTEN = "-" * _DIGITS


def fingerprints(
    events: gpd.GeoDataFrame,
    longitude: Sequence[Any],
    latitude: Sequence[Any],
    names: Sequence[str],
) -> list[str]:
    """Return the fingerprints of the rows of an events table.

    Parameters
    ----------
    events
        The events table, with its geometries as they are written.
    longitude, latitude
        What is written beside the geometries, in degrees.
    names
        The columns that are written.

    Returns
    -------
    list of str
        One a row.
    """
    columns = digests(events, longitude, latitude)
    written = {*names, "longitude", "latitude"}
    unwritten = [_UNWRITTEN] * len(events)
    kept = [columns[name] if name in written else unwritten for name in _NAMES]
    return list(starmap(_together, zip(*kept, strict=True)))


def digests(
    events: gpd.GeoDataFrame, longitude: Sequence[Any], latitude: Sequence[Any]
) -> dict[str, list[str]]:
    """Return the digits of each cell, by column."""
    cells = {name: events[name].tolist() for name in COLUMNS if name != "geometry"}
    columns = {name: [digest(value) for value in values] for name, values in cells.items()}
    outlines = shapely.to_wkt(events.geometry.to_numpy(), rounding_precision=_DEGREES)
    columns["geometry"] = [_digits(text or "") for text in outlines]
    for name, degrees in (("longitude", longitude), ("latitude", latitude)):
        columns[name] = [_digits(_degrees(value)) for value in degrees]
    return columns


def changed(as_read: str, now: Mapping[str, str]) -> frozenset[str] | None:
    """Return the columns of a row that are no longer what they were.

    Parameters
    ----------
    as_read
        The row's fingerprint.
    now
        The digits of its cells by column.

    Returns
    -------
    frozenset of str or None
        Null where the fingerprint is none of ours.
    """
    if len(as_read) != _DIGITS * len(_NAMES):
        return None
    before = (as_read[at : at + _DIGITS] for at in range(0, len(as_read), _DIGITS))
    return frozenset(
        name
        for name, digits in zip(_NAMES, before, strict=True)
        if digits not in {now[name], _UNWRITTEN}
    )


def was(as_read: str, name: str) -> str:
    """Return the digits that a column had."""
    at = _NAMES.index(name) * _DIGITS
    return as_read[at : at + _DIGITS]


def digest(value: Any) -> str:
    """Return the digits of one cell that is neither a geometry nor degrees."""
    return _digits(_words(value))


def _together(*digits: str) -> str:
    """Return the digits of a row as one text."""
    return "".join(digits)


def _digits(text: str) -> str:
    """Return five hexadecimal digits of a text."""
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"[:_DIGITS]


def _words(value: Any) -> str:
    """Return a cell as text in which nothing that a spreadsheet changes is left."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list | dict):
        return codec.dump(value) if value else ""
    if pd.isna(value):
        return ""
    return repr(round(float(value), _DECIMALS) + 0.0)


def _degrees(value: Any) -> str:
    """Return degrees as text."""
    return "" if pd.isna(value) else f"{float(value) + 0.0:.{_DEGREES}f}"
