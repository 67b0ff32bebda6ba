"""JSON: GeoJSON features, lists of records, and documents that hold such a list."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from dateline.errors import CellError, SourceError
from dateline.reports.tables.limits import load_json
from dateline.reports.tables.rows import Rows, text_frame
from dateline.reports.tables.text import decode

__all__ = ["features_of", "read_tree"]

_LONLAT = ("OGC:CRS84", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326")


def read_tree(data: bytes, file: str) -> Rows:
    """Return the records of a JSON document.

    Features of GeoJSON (a collection, one feature, or one a line), the objects of a list, or those of
    the longest list inside an object.

    Raises
    ------
    SourceError
        If it is no JSON, is nested too deep, or holds no list of objects.
    """
    text, notes, _ = decode(data, file)
    document = load_json(text, file)
    features = features_of(document)
    rows = _features(features, document, file) if features is not None else _records(document, file)
    rows.document = document
    rows.notes = notes + rows.notes
    return rows


def features_of(document: Any) -> list[Any] | None:
    """Return the features of a GeoJSON document, null if it is none."""
    if isinstance(document, dict):
        if document.get("type") == "FeatureCollection" and isinstance(
            document.get("features"), list
        ):
            return list(document["features"])
        if document.get("type") == "Feature":
            return [document]
        inner = [value for value in document.values() if isinstance(value, dict)]
        found = [features_of(value) for value in inner if value.get("type") == "FeatureCollection"]
        return found[0] if found else None
    if isinstance(document, list) and document:
        one_each = all(
            isinstance(entry, dict) and entry.get("type") == "Feature" for entry in document
        )
        return document if one_each else None
    return None


def _features(features: list[Any], document: Any, file: str) -> Rows:
    """Return features as rows: their properties, their id, their geometry in EPSG:4326."""
    records, geometries, numbers, refused = [], [], [], []
    for number, feature in enumerate(features, start=1):
        try:
            geometry = _shape(feature)
        except (
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            AttributeError,
            shapely.errors.ShapelyError,
        ) as error:
            refused.append(_bad_feature(file, number, feature, error))
            continue
        properties = feature.get("properties")
        record = dict(properties) if isinstance(properties, dict) else {}
        if feature.get("id") is not None:
            record.setdefault("id", feature["id"])
        records.append(record)
        geometries.append(geometry)
        numbers.append(number)
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    notes: list[str] = []
    shapes = _to_wgs84(shapes, document, file, notes)
    rows = Rows(file, "json", text_frame(records), np.array(numbers, int), geometry=shapes)
    rows.objects, rows.refused, rows.notes = records, refused, notes
    return rows


def _shape(feature: Any) -> BaseGeometry | None:
    """Return the geometry of a feature without heights, null where it has none."""
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    found = shape(geometry)
    if not isinstance(found, BaseGeometry):
        message = "a GeoJSON geometry"
        raise TypeError(message)
    return None if found.is_empty else shapely.force_2d(found)


def _to_wgs84(shapes: np.ndarray, document: Any, file: str, notes: list[str]) -> np.ndarray:
    """Return geometries in longitude and latitude where an old `crs` member names another system."""
    crs = document.get("crs") if isinstance(document, dict) else None
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    if not isinstance(name, str) or name in _LONLAT:
        return shapes
    try:
        change = pyproj.Transformer.from_crs(name, "EPSG:4326", always_xy=True)
    except CRSError as error:
        raise SourceError(f"{file}: a known coordinate system in `crs`", name) from error
    notes.append(f"{file} is in {name}; converted to longitude and latitude")
    moved: np.ndarray = shapely.transform(
        shapes, lambda pairs: np.column_stack(change.transform(pairs[:, 0], pairs[:, 1]))
    )
    return moved


def _records(document: Any, file: str) -> Rows:
    """Return the objects of a list, or of the longest list that an object holds."""
    items = _longest_list(document, 0) or _single(document)
    if not items:
        raise SourceError(
            f"{file}: JSON with a list of objects, one an event", type(document).__name__
        )
    records, numbers, refused = [], [], []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            records.append(item)
            numbers.append(number)
        else:
            refused.append(
                CellError(file, number, "record", item, expected="an object with named values")
            )
    rows = Rows(file, "json", text_frame(records), np.array(numbers, int))
    rows.objects, rows.refused = records, refused
    return rows


def _single(document: Any) -> list[Any]:
    """Return an object that is itself a record (most of its values are plain), in a list."""
    if not isinstance(document, dict):
        return []
    plain = sum(not isinstance(value, (dict, list)) for value in document.values())
    return [document] if plain * 2 > len(document) else []


def _longest_list(document: Any, depth: int) -> list[Any]:
    """Return the longest list of mostly objects, at most three levels down."""
    if isinstance(document, list):
        objects = sum(isinstance(item, dict) for item in document)
        return document if objects * 2 > len(document) else []
    if not isinstance(document, dict) or depth == 3:  # noqa: PLR2004 (levels, as the docstring says)
        return []
    lists = [_longest_list(value, depth + 1) for value in document.values()]
    return max(lists, key=len, default=[])


def _bad_feature(file: str, number: int, feature: object, error: Exception) -> CellError:
    """Return the refusal of a feature without a usable geometry."""
    value = feature.get("geometry") if isinstance(feature, dict) else feature
    return CellError(
        file,
        number,
        "geometry",
        value,
        expected=f"a GeoJSON feature with a valid geometry or null ({error})",
        remedy="correct the feature's geometry, or set it to null and name the place",
    )
