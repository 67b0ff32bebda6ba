"""KML that Dateline's own export wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)

from dateline import codec
from dateline.errors import CellError, SourceError
from dateline.event import COLUMNS
from dateline.reports.tables.own_cells import assemble

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["read_placemarks"]

_KML = "{http://www.opengis.net/kml/2.2}"
_SHAPES = ("Point", "LineString", "Polygon", "MultiGeometry")
_MULTI: dict[str, Callable[..., BaseGeometry]] = {
    "MultiPoint": MultiPoint,
    "MultiLineString": MultiLineString,
    "MultiPolygon": MultiPolygon,
}


def read_placemarks(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the events table of a KML.

    Raises
    ------
    SourceError
        If it is no well-formed XML, or has entity definitions.
    CellError
        If coordinates are no numbers.
    """
    try:
        root = fromstring(data)
    except DefusedXmlException as error:
        raise SourceError(f"{name}: XML without entities", str(error), "do not trust it") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise SourceError(f"{name}: well-formed KML", str(error), "export it again") from error
    records = [_data(placemark) for placemark in root.iter(f"{_KML}Placemark")]
    shapes = [
        _placed(placemark, record.pop("geometry", None), row, name)
        for row, (placemark, record) in enumerate(
            zip(root.iter(f"{_KML}Placemark"), records, strict=True), start=1
        )
    ]
    names = [column for column in COLUMNS if column != "geometry"]
    columns: dict[str, list[Any]] = {
        column: [record.get(column) for record in records] for column in names
    }
    document = root.find(f"{_KML}Document")
    facts = codec.load(_data(document).get("dateline", "{}")) if document is not None else None
    return assemble(columns | {"geometry": shapes}, name, facts=facts)


def _data(element: Element) -> dict[str, str]:
    """Return the items of ExtendedData of a placemark or document."""
    items = element.iterfind(f"{_KML}ExtendedData/{_KML}Data")
    return {
        item.get("name", ""): codec.unescape(item.findtext(f"{_KML}value") or "") for item in items
    }


def _placed(placemark: Element, kind: str | None, row: int, file: str) -> Any:
    """Return the geometry of a placemark; `kind` is its type, or its WKT where it is a collection."""
    if kind is not None and kind.startswith("GEOMETRYCOLLECTION"):
        return kind
    element = next((child for child in placemark if child.tag.removeprefix(_KML) in _SHAPES), None)
    if element is None:
        return None
    try:
        return _shape(element, kind)
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise CellError(
            file, row, "geometry", str(error), expected="KML coordinates lon,lat"
        ) from error


def _shape(element: Element, kind: str | None) -> BaseGeometry:
    """Return a KML geometry as a shape."""
    tag = element.tag.removeprefix(_KML)
    if tag == "MultiGeometry":
        parts = [_shape(child, None) for child in element]
        return _MULTI.get(kind or "", GeometryCollection)(parts)
    if tag == "Polygon":
        shell = _coordinates(element.find(f"{_KML}outerBoundaryIs/{_KML}LinearRing"))
        holes = element.iterfind(f"{_KML}innerBoundaryIs/{_KML}LinearRing")
        return Polygon(shell, [_coordinates(hole) for hole in holes])
    positions = _coordinates(element)
    return Point(positions[0]) if tag == "Point" else LineString(positions)


def _coordinates(element: Element | None) -> np.ndarray[Any, Any]:
    """Return longitude and latitude of every vertex, in degrees."""
    text = "" if element is None else element.findtext(f"{_KML}coordinates") or ""
    return np.array([[float(part) for part in item.split(",")[:2]] for item in text.split()])
