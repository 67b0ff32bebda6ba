"""The events table as Arrow columns: the one typed form that all writers start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from dateline import codec
from dateline.errors import InputError
from dateline.event import COLUMNS
from dateline.exports.antimeridian import cut, right_handed
from dateline.fingerprint import AS_READ, fingerprints
from dateline.table import CRS, LIST_COLUMNS, as_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

__all__ = ["canonical", "chosen", "flat", "geometries", "nested", "reviewable", "texts", "to_wkt"]

_UNIT = pa.struct([(name, pa.string()) for name in ("id", "name", "side", "sidc")])
_CASUALTIES = pa.struct(
    [("min", pa.int64()), ("max", pa.int64())]
    + [(name, pa.string()) for name in ("kind", "who", "side", "claimed_by")]
)
_SOURCE = pa.struct(
    [
        (name, pa.string())
        for name in ("publisher", "url", "published", "title", "excerpt", "licence")
    ]
)
_TYPES: dict[str, pa.DataType] = {
    "uncertainty_m": pa.float64(),
    "confidence": pa.float64(),
    "geo_precision": pa.int64(),
    "where_prec": pa.int64(),
    "graphic": pa.bool_(),
    "sides": pa.list_(pa.string()),
    "units": pa.list_(_UNIT),
    "casualties": pa.list_(_CASUALTIES),
    "sources": pa.list_(_SOURCE),
}
_ALWAYS = ("id", "geometry")
_BY_HAND = 100_000
_ALL_DIGITS = (
    340  # decimals: the smallest float needs 324 and 16 more; GEOS writes only those that count
)


def chosen(fields: list[str] | None) -> list[str]:
    """Return the columns to write, in the table's order; id and geometry always go along.

    Raises
    ------
    InputError
        If a field is no column of the events table.
    """
    if fields is None:
        return list(COLUMNS)
    unknown = [name for name in fields if name not in COLUMNS]
    if unknown:
        raise InputError(f"columns out of {', '.join(COLUMNS)}", unknown)
    return [name for name in COLUMNS if name in fields or name in _ALWAYS]


def nested(events: gpd.GeoDataFrame, names: list[str]) -> dict[str, pa.Array]:
    """Return columns `names` but the geometry, lists as lists of structs, `extra` as JSON text.

    Raises
    ------
    InputError
        If a value has another type than its column, or an object a member that the schema lacks.
    """
    return {name: _array(name, events[name]) for name in names if name != "geometry"}


def canonical(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the events table of `events`: itself where it is one, which saves a copy of a large table."""
    if list(events.columns) == list(COLUMNS) and events.crs == CRS:
        lists = (type(value) is list for name in LIST_COLUMNS for value in events[name])
        if all(lists):
            return events
    table = as_table(events)
    table.attrs = dict(events.attrs)
    return table


def flat(events: gpd.GeoDataFrame, names: list[str]) -> dict[str, pa.Array]:
    """Return columns `names` but the geometry, lists and objects as JSON text, empty lists null."""
    columns = {}
    for name in names:
        if name in LIST_COLUMNS:
            _check_members(name, events[name])
            texts = [codec.dump(value) if value else None for value in events[name]]
            columns[name] = pa.array(texts, pa.string())
        elif name != "geometry":
            columns[name] = _array(name, events[name])
    return columns


def texts(
    events: gpd.GeoDataFrame, names: list[str], write: Callable[[str], str]
) -> dict[str, list[Any]]:
    """Return columns `names` for files of text cells: `flat`, WKT, and a longitude and latitude.

    Parameters
    ----------
    events
        An events table.
    names
        Columns to write.
    write
        What makes a text fit the format: `codec.guard` or `codec.escape`.

    Returns
    -------
    dict
        Lists of texts, numbers, booleans and nulls; `longitude` and `latitude` (degrees) of a point
        in or on the geometry stand before `geometry`, which is WKT with all its digits.
    """
    shapes = geometries(events)
    columns = flat(events, names)
    result: dict[str, list[Any]] = {}
    for name in names:
        if name == "geometry":
            result |= {"longitude": _inside(shapes, shapely.get_x)}
            result |= {"latitude": _inside(shapes, shapely.get_y)}
        values = to_wkt(shapes) if name == "geometry" else columns[name].to_pylist()
        result[name] = [write(value) if isinstance(value, str) else value for value in values]
    return result


def reviewable(
    events: gpd.GeoDataFrame, columns: dict[str, list[Any]], names: list[str]
) -> dict[str, list[Any]]:
    """Return the column that tells, when a table comes back, which cells somebody changed.

    Tables of more than a hundred thousand rows are not gone through by hand and have none.
    """
    if len(events) > _BY_HAND:
        return {}
    written = events.set_geometry(geometries(events), crs=CRS)
    return {AS_READ: list(fingerprints(written, columns["longitude"], columns["latitude"], names))}


def geometries(events: gpd.GeoDataFrame) -> np.ndarray[Any, Any]:
    """Return the geometries as all files hold them: empty ones null, polygons right-handed.

    Longitude and latitude are all the table promises: heights are dropped, and shapes that reach past
    a longitude of 180 degrees are cut there.
    """
    shapes: np.ndarray[Any, Any] = shapely.force_2d(events.geometry.to_numpy())
    shapes[shapely.is_empty(shapes)] = None
    return cut(right_handed(shapes))


def to_wkt(shapes: np.ndarray[Any, Any]) -> list[str | None]:
    """Return well-known text that gives the same coordinates back to the last bit."""
    return list(shapely.to_wkt(shapes, rounding_precision=_ALL_DIGITS))


def _inside(
    shapes: np.ndarray[Any, Any], axis: Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]
) -> list[float | None]:
    """Return one coordinate of a point in or on each shape, in degrees; of a point its own."""
    points = np.where(shapely.get_type_id(shapes) == 0, shapes, shapely.point_on_surface(shapes))
    return [None if np.isnan(value) else value for value in axis(points).tolist()]


def _array(name: str, values: pd.Series) -> pa.Array:
    """Return one column with the type the table gives it."""
    if name in LIST_COLUMNS:
        _check_members(name, values)
    if name == "extra":
        values = values.map(
            lambda value: None if value is None or isinstance(value, float) else codec.dump(value)
        )
    try:
        return pa.array(values.tolist(), _TYPES.get(name, pa.string()), from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, UnicodeEncodeError) as error:
        raise InputError(
            f"{_TYPES.get(name, pa.string())} in column {name!r}", None, str(error)
        ) from error


def _check_members(name: str, values: pd.Series) -> None:
    """Raise if an object of a list column has a member that the schema lacks: it would be lost."""
    item = _TYPES[name].value_type
    if not pa.types.is_struct(item):
        return
    known = {field.name for field in item}
    seen: set[Any] = set()
    try:
        for row in values:
            seen.update(
                *row
            )  # members of objects; of what is no object, something that is no member
    except TypeError as error:
        raise InputError(f"lists of objects in column {name!r}", None, str(error)) from error
    if not seen <= known:
        raise InputError(f"objects with members {sorted(known)} in column {name!r}", seen - known)
