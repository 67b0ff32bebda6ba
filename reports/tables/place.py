"""Put coordinates into a draft: limits, zeros and swapped pairs are found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from dateline.reports.tables.arrays import kept
from dateline.reports.tables.coordinates import points, read_degrees, read_pairs

if TYPE_CHECKING:
    import pandas as pd

    from dateline.reports.tables.draft import Draft

__all__ = ["put_geometry", "put_pairs", "put_points"]

_HALF_TURN = 180.0
_RIGHT_ANGLE = 90.0
_LEAST_ROWS = 5
_NARROW_DEGREES = 15.0
_MARGIN_DEGREES = 2.0
_FAR_DEGREES = 5.0


def put_points(draft: Draft, latitude: str, longitude: str) -> None:
    """Fill the geometry from a column of latitudes and one of longitudes.

    Rows are refused where a cell is no angle, past its limit, alone without the other, where both are
    nought, or where only the exchanged pair lies where the rest of the table does.
    """
    draft.place_column = latitude
    lat = read_degrees(draft.cells(latitude), "latitude")
    lon = read_degrees(draft.cells(longitude), "longitude")
    for column, angles in ((latitude, lat), (longitude, lon)):
        draft.refuse(angles.bad, column, "angle")
        _commas(draft, column, angles.comma)
    with np.errstate(invalid="ignore"):
        exchanged = (
            lat.outside & (np.abs(lat.raw) <= _HALF_TURN) & (np.abs(lon.raw) <= _RIGHT_ANGLE)
        )
    draft.refuse(exchanged, latitude, "exchanged")
    draft.refuse(lat.outside & ~exchanged, latitude, "latitude")
    draft.refuse(lon.outside, longitude, "longitude")
    has_lat, has_lon = np.isfinite(lat.value), np.isfinite(lon.value)
    draft.refuse(has_lat & ~has_lon & ~draft.bad, longitude, "alone")
    draft.refuse(has_lon & ~has_lat & ~draft.bad, latitude, "alone")
    _put(draft, lon.value, lat.value, latitude)
    if lat.plain and lon.plain:
        draft.said |= {latitude, longitude}


def _commas(draft: Draft, column: str, comma: np.ndarray) -> None:
    """Say that decimal commas were read: once where the whole column has them, else cell by cell."""
    filled = (draft.cells(column) != "").to_numpy(bool)
    if comma.any() and comma[filled].all():
        draft.note(f"{column}: decimal commas are read as points")
    else:
        draft.doubt(comma, column, "comma")


def put_pairs(draft: Draft, column: str, cells: pd.Series | None = None) -> None:
    """Fill the geometry from a column with latitude and longitude in one cell.

    Parameters
    ----------
    draft
        The events in the making.
    column
        The source column, also named in refusals.
    cells
        What to read instead of the column's own cells.
    """
    draft.place_column = column
    lat, lon, bad = read_pairs(draft.cells(column) if cells is None else cells)
    draft.refuse(bad, column, "pair")
    with np.errstate(invalid="ignore"):
        outside = (np.abs(lat) > _RIGHT_ANGLE) | (np.abs(lon) > _HALF_TURN)
    draft.refuse(outside, column, "globe")
    _put(draft, np.where(outside, np.nan, lon), np.where(outside, np.nan, lat), column)


def _put(draft: Draft, lon: np.ndarray, lat: np.ndarray, column: str) -> None:
    """Fill the geometry from angles within their limits, refusing zeros and likely swaps."""
    zero = (lon == 0) & (lat == 0)
    draft.refuse(zero, column, "zero")
    lon, lat = np.where(zero, np.nan, lon), np.where(zero, np.nan, lat)
    draft.refuse(swapped(lon, lat), column, "swapped")
    put_geometry(draft, points(lon, lat))


def swapped(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Tell which pairs lie far from the bulk of a table, and within it once exchanged.

    Only tables of one region (its bulk narrower than 15 degrees) give such evidence. The bulk is the
    median with three times the scaled median deviation on either side.
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    nothing = np.zeros(len(lon), dtype=bool)
    if known.sum() < _LEAST_ROWS:
        return nothing
    middles, reaches = [], []
    for angles in (lon[known], lat[known]):
        middle = float(np.median(angles))
        deviation = 1.4826 * float(
            np.median(np.abs(angles - middle))
        )  # the normal distribution's scale
        middles.append(middle)
        reaches.append(max(_MARGIN_DEGREES, 3 * deviation))
    if max(reaches) * 2 > _NARROW_DEGREES or abs(middles[0] - middles[1]) < sum(reaches):
        return nothing
    with np.errstate(invalid="ignore"):
        far = (np.abs(lon - middles[0]) > reaches[0] + _FAR_DEGREES) | (
            np.abs(lat - middles[1]) > reaches[1] + _FAR_DEGREES
        )
        fits = (np.abs(lat - middles[0]) <= reaches[0]) & (np.abs(lon - middles[1]) <= reaches[1])
    found: np.ndarray = known & far & fits
    return found


def put_geometry(draft: Draft, shapes: np.ndarray, column: str = "geometry") -> None:
    """Fill the geometry, refusing shapes outside the globe and points at 0, 0; method and words too."""
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    bounds = np.abs(shapely.bounds(shapes))
    with np.errstate(invalid="ignore"):
        inside = (bounds <= [_HALF_TURN, _RIGHT_ANGLE, _HALF_TURN, _RIGHT_ANGLE]).all(axis=1)
    zero: np.ndarray = (bounds == 0).all(axis=1)
    draft.refuse(placed & ~inside, column, "globe")
    draft.refuse(zero, column, "zero")
    draft.columns["geometry"] = kept(placed, shapes)
    draft.columns["method"] = kept(placed, "coordinates of the source")
    rows = draft.rows.number[placed].tolist()
    words = f"coordinates as given in {draft.rows.file}, row "
    explanation = np.full(len(placed), None, dtype=object)
    explanation[placed] = [f"{words}{row}" for row in rows]
    draft.columns["explanation"] = explanation
