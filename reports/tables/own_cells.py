"""Cells of exported files made into the events table again."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from pydantic import ValidationError

from dateline import codec
from dateline.errors import CellError, InputError, SourceError
from dateline.event import Event
from dateline.fingerprint import AS_READ
from dateline.reports.tables.own_review import by_hand, follow_up, moved_points
from dateline.reports.tables.own_words import list_of, number_of, truth_of
from dateline.table import LIST_COLUMNS, as_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

__all__ = ["assemble", "columns_of"]

_FIRST_ROW = 2  # as a spreadsheet counts: the header is row 1
_WHOLE = frozenset(("geo_precision", "where_prec"))
_NUMBERS = _WHOLE | {"uncertainty_m", "confidence", "longitude", "latitude"}
_CLOSE = 1e-9  # degrees, a tenth of a millimetre


def assemble(columns: dict[str, list[Any]], file: str, *, facts: object = None) -> gpd.GeoDataFrame:
    """Return the events table of `columns`.

    Parameters
    ----------
    columns
        Cells by column: values of the table's own types, or texts as `dateline.codec` writes them;
        the geometry as shapely objects, WKB or WKT. Longitude and latitude, if given, stand for a
        point where the geometry is null.
    file
        Name shown in errors.
    facts
        The file's metadata: title, attribution and notes become `attrs` of the table.

    Raises
    ------
    CellError
        If a cell cannot be what its column holds.
    """
    columns = dict(columns)
    marks = columns.pop(AS_READ, None)
    if marks is not None:
        columns = by_hand(columns, marks)
    cells = {
        name: _typed(name, values, file) for name, values in columns.items() if name != "geometry"
    }
    shapes = _shapes(columns.get("geometry") or [None] * len(columns["id"]), file)
    east, north = cells.pop("longitude", None), cells.pop("latitude", None)
    if marks is not None:
        shapes = moved_points(shapes, east, north, marks)
    shapes = _placed(shapes, east, north, file)
    _check(cells, file)
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})
    table = as_table(frame.assign(geometry=shapes))
    if marks is not None:
        table = follow_up(table, marks, east, north, file)
    if isinstance(facts, dict):
        table.attrs |= {
            key: facts[key] for key in ("title", "attribution", "notes") if facts.get(key)
        }
    return table


def columns_of(features: list[Any], file: str) -> dict[str, list[Any]]:
    """Return the columns of GeoJSON features.

    Raises
    ------
    CellError
        If one is no feature, or its geometry is none.
    """
    names: dict[str, None] = {"id": None}
    for row, feature in enumerate(features, start=_FIRST_ROW):
        if not (isinstance(feature, dict) and isinstance(feature.get("properties"), dict)):
            raise CellError(file, row, "feature", feature, expected="a feature with properties")
        names |= dict.fromkeys(feature["properties"])
    columns = {name: [feature["properties"].get(name) for feature in features] for name in names}
    return columns | {"geometry": _geojson([feature.get("geometry") for feature in features], file)}


def _geojson(values: list[Any], file: str) -> list[Any]:
    """Return GeoJSON geometry objects as shapes."""
    texts = [None if value is None else codec.dump(value) for value in values]
    try:
        return list(shapely.from_geojson(texts))
    except shapely.errors.GEOSException:
        return [_one_geojson(text, row, file) for row, text in enumerate(texts, start=_FIRST_ROW)]


def _one_geojson(text: str | None, row: int, file: str) -> Any:
    """Return one GeoJSON geometry, or the error that names its row."""
    try:
        return shapely.from_geojson(text)
    except shapely.errors.GEOSException as error:
        raise CellError(file, row, "geometry", text, expected="a GeoJSON geometry") from error


def _shapes(values: list[Any], file: str) -> np.ndarray[Any, Any]:
    """Return WKT, WKB or shapes as an array of shapes and nulls."""
    parse: dict[type, Callable[[Any], Any]] = {str: shapely.from_wkt, bytes: shapely.from_wkb}
    shapes = np.full(len(values), None, dtype=object)
    for row, value in enumerate(values):
        if type(value) not in parse:
            shapes[row] = value
            continue
        try:
            shapes[row] = parse[type(value)](value)
        except shapely.errors.GEOSException as error:
            raise CellError(
                file,
                row + _FIRST_ROW,
                "geometry",
                value,
                expected="well-known text such as POINT (35.27 51.19)",
            ) from error
    return shapes


def _placed(
    shapes: np.ndarray[Any, Any], east: list[Any] | None, north: list[Any] | None, file: str
) -> np.ndarray[Any, Any]:
    """Return `shapes` with points where only longitude and latitude are given.

    A point that contradicts its longitude and latitude was changed by hand in one of the two cells:
    which of them is meant only its author knows.
    """
    if east is None or north is None:
        return shapes
    for row, (lon, lat) in enumerate(zip(east, north, strict=True)):
        shape = shapes[row]
        if lon is None or lat is None:
            continue
        if shape is None:
            shapes[row] = shapely.Point(lon, lat)
        elif shape.geom_type == "Point" and math.dist((lon, lat), (shape.x, shape.y)) > _CLOSE:
            raise CellError(
                file,
                row + _FIRST_ROW,
                "geometry",
                shape.wkt,
                expected=f"the point of columns longitude and latitude, {lon} {lat}",
                remedy="empty the geometry if longitude and latitude are right",
            )
    return shapes


def _typed(name: str, values: list[Any], file: str) -> list[Any]:
    """Return one column with texts turned into what the column holds."""
    if name == "extra":
        return _each(name, values, codec.load, file, "JSON")
    if name in LIST_COLUMNS:
        return _each(name, values, partial(list_of, name), file, "JSON, or words and semicolons")
    if name in _NUMBERS:
        numbers = _each(name, values, number_of, file, "a number")
        return [_whole(value) for value in numbers] if name in _WHOLE else numbers
    if name == "graphic":
        truths = _each(name, values, truth_of, file, "TRUE or FALSE")
        return [None if value is None else bool(value) for value in truths]
    return values


def _whole(value: object) -> object:
    """Return a float without fraction, as GDAL gives a whole number beside nulls, as an int."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _each(
    name: str, values: list[Any], parse: Callable[[str], Any], file: str, expected: str
) -> list[Any]:
    """Return `values` with every text parsed."""
    result = list(values)
    for row, value in enumerate(values):
        if isinstance(value, str):
            try:
                result[row] = parse(value)
            except (InputError, ValueError) as error:
                raise CellError(file, row + _FIRST_ROW, name, value, expected=expected) from error
    return result


def _check(cells: dict[str, list[Any]], file: str) -> None:
    """Raise at the first row that is no event."""
    validate = Event.__pydantic_validator__.validate_python
    for row, values in enumerate(zip(*cells.values(), strict=True), start=_FIRST_ROW):
        known = {
            name: value for name, value in zip(cells, values, strict=True) if value is not None
        }
        try:
            validate(known)
        except ValidationError as error:
            first = error.errors()[0]
            column = ".".join(str(part) for part in first["loc"]) or "row"
            raise CellError(file, row, column, first["input"], expected=first["msg"]) from error
    if "id" not in cells:
        raise SourceError(f"{file}: a column 'id'", list(cells))
