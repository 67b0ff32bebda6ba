"""KML and KMZ: placemarks with names, descriptions, times and geometries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from shapely.geometry import (
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from shapely.geometry.collection import GeometryCollection

from dateline.errors import CellError, SourceError
from dateline.reports.tables.limits import open_zip, read_member
from dateline.reports.tables.rows import Rows, text_frame
from dateline.reports.tables.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from shapely.geometry.base import BaseGeometry

__all__ = ["read_kml", "read_kmz"]

_MAX_DEPTH = 60
_ROOTS = {"kml", "Document", "Folder"}
_BLANKS = re.compile(r"\s+")
_ENCODING = re.compile(r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")


def read_kmz(data: bytes, file: str) -> Rows:
    """Return the placemarks of a KMZ: of its `doc.kml`, else of its first KML.

    Raises
    ------
    SourceError
        If the archive is damaged, hostile or has no KML.
    """
    archive = open_zip(data, file)
    names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
    if not names:
        raise SourceError(f"{file}: an archive with a .kml inside", archive.namelist()[:5])
    main = next((name for name in names if name.lower() == "doc.kml"), names[0])
    rows = read_kml(read_member(archive, main, file), file)
    if len(names) > 1:
        rows.notes.append(f"read {main} of {len(names)} KML files in {file}")
    return rows


def read_kml(data: bytes, file: str) -> Rows:
    """Return the placemarks of a KML in document order, with the folders they stand in.

    Raises
    ------
    SourceError
        If it is no well-formed XML, or has entity definitions.
    """
    text, notes, _ = decode(data, file)
    try:
        root = fromstring(_ENCODING.sub(r"\1", text, count=1))
    except DefusedXmlException as error:
        raise SourceError(f"{file}: XML without entities", str(error), "do not trust it") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise SourceError(f"{file}: well-formed KML", str(error), "download it again") from error
    if _tag(root) not in _ROOTS:
        remedy = "give KML, or save the table as CSV"
        raise SourceError(f"{file}: KML, its outermost element <kml>", _tag(root), remedy)
    records, geometries, refused, numbers = [], [], [], []
    for number, (placemark, folders) in enumerate(_placemarks(root, (), 0), start=1):
        try:
            geometries.append(_geometry(placemark, 0))
        except (ValueError, shapely.errors.ShapelyError) as error:
            refused.append(_bad_geometry(file, number, str(error)))
            continue
        records.append(_record(placemark, folders))
        numbers.append(number)
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = geometries
    rows = Rows(file, "kml", text_frame(records), np.array(numbers, int), geometry=shapes)
    rows.refused, rows.notes = refused, notes
    return rows


def _tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _placemarks(
    element: Element, folders: tuple[str, ...], depth: int
) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Yield every placemark with the names of the folders round it."""
    if depth > _MAX_DEPTH:
        return
    for child in element:
        tag = _tag(child)
        if tag == "Placemark":
            yield child, folders
        elif tag in {"Document", "Folder", "kml"}:
            inside = (*folders, _child_text(child, "name")) if tag == "Folder" else folders
            yield from _placemarks(child, inside, depth + 1)


def _child_text(element: Element, name: str) -> str:
    """Return the text of the first child called `name`, empty if there is none."""
    return next((_all_text(child) for child in element if _tag(child) == name), "")


def _all_text(element: Element) -> str:
    """Return the text of an element and of what stands inside it."""
    return "".join(element.itertext()).strip()


def _record(placemark: Element, folders: tuple[str, ...]) -> dict[str, Any]:
    """Return what a placemark says, by field; extended data by their own names."""
    record: dict[str, Any] = {}
    if placemark.get("id"):
        record["id"] = placemark.get("id")
    for child in placemark:
        tag = _tag(child)
        if tag == "ExtendedData":
            record.update(_extended(child))
        elif tag in {"TimeStamp", "TimeSpan"}:
            record.update({_tag(part): _all_text(part) for part in child})
        elif not len(child):
            record[tag] = _all_text(child)
    if folders:
        record["folder"] = " / ".join(folders)
    return record


def _extended(element: Element) -> dict[str, str]:
    """Return the fields of an `ExtendedData`: `Data` and `SchemaData` alike."""
    fields = {}
    for part in element.iter():
        if _tag(part) == "Data":
            fields[part.get("name", "value")] = _child_text(part, "value")
        elif _tag(part) == "SimpleData":
            fields[part.get("name", "value")] = _all_text(part)
    return fields


def _geometry(element: Element, depth: int) -> BaseGeometry | None:
    """Return the geometry of a placemark or multi-geometry, null where there is none."""
    if depth > _MAX_DEPTH:
        message = f"geometries nested at most {_MAX_DEPTH} deep"
        raise ValueError(message)
    parts = []
    for child in element:
        tag = _tag(child)
        if tag == "MultiGeometry":
            parts.append(_geometry(child, depth + 1))
        elif tag in _SHAPES:
            parts.append(_SHAPES[tag](child))
    found = [part for part in parts if part is not None]
    return _joined(found) if found else None


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    """Return several geometries as one Multi geometry, or a collection of unlike ones."""
    if len(parts) == 1:
        return parts[0]
    kinds = {part.geom_type for part in parts}
    maker = _MULTI.get(kinds.pop()) if len(kinds) == 1 else None
    return maker(parts) if maker else GeometryCollection(parts)


_MULTI: dict[str, Callable[[Any], BaseGeometry]] = {
    "Point": MultiPoint,
    "LineString": MultiLineString,
    "Polygon": MultiPolygon,
}


def _coordinates(element: Element) -> list[tuple[float, float]]:
    """Return the longitude, latitude pairs of a `coordinates` element; heights are dropped."""
    pairs = []
    for part in _BLANKS.split(_child_text(element, "coordinates").strip()):
        if part:
            numbers = part.split(",")
            if len(numbers) < 2:  # noqa: PLR2004 (longitude and latitude)
                message = f"longitude,latitude instead of {part!r}"
                raise ValueError(message)
            pairs.append((float(numbers[0]), float(numbers[1])))
    return pairs


def _point(element: Element) -> BaseGeometry | None:
    pairs = _coordinates(element)
    return Point(pairs[0]) if pairs else None


def _line(element: Element) -> BaseGeometry | None:
    pairs = _coordinates(element)
    return LineString(pairs) if pairs else None


def _polygon(element: Element) -> BaseGeometry | None:
    rings: dict[str, list[list[tuple[float, float]]]] = {
        "outerBoundaryIs": [],
        "innerBoundaryIs": [],
    }
    for boundary in element:
        for ring in boundary:
            if _tag(ring) == "LinearRing" and _tag(boundary) in rings:
                rings[_tag(boundary)].append(_coordinates(ring))
    outer = rings["outerBoundaryIs"]
    return Polygon(outer[0], rings["innerBoundaryIs"]) if outer and outer[0] else None


_SHAPES = {"Point": _point, "LineString": _line, "LinearRing": _line, "Polygon": _polygon}


def _bad_geometry(file: str, number: int, reason: str) -> CellError:
    """Return the refusal of a placemark whose coordinates cannot be read."""
    return CellError(
        file,
        number,
        "coordinates",
        reason,
        expected="longitude,latitude pairs in degrees",
        remedy="correct the placemark's coordinates",
    )
