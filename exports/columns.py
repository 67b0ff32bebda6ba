"""The events table as Arrow columns: the one typed form that all writers start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from dateline import codec
from dateline.errors import InputError
from dateline.event import COLUMNS
from dateline.exports.antimeridian import right_handed
from dateline.table import LIST_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

__all__ = ["chosen", "flat", "geometries", "nested"]

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


def geometries(events: gpd.GeoDataFrame) -> np.ndarray[Any, Any]:
    """Return the geometries in two dimensions, polygons right-handed, empty ones null.

    Longitude and latitude are all the table promises: heights are dropped.
    """
    shapes: np.ndarray[Any, Any] = shapely.force_2d(events.geometry.to_numpy())
    shapes[shapely.is_empty(shapes)] = None
    return right_handed(shapes)


def _array(name: str, values: pd.Series) -> pa.Array:
    """Return one column with the type the table gives it."""
    if name in LIST_COLUMNS:
        _check_members(name, values)
    if name == "extra":
        values = values.map(lambda value: None if value is None else codec.dump(value))
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
    for row in values:
        for value in row:
            if not (isinstance(value, dict) and value.keys() <= known):
                raise InputError(f"objects with members {sorted(known)} in column {name!r}", value)
