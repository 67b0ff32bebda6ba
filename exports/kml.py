"""KML and KMZ for Google Earth: styled by side, with time spans for its slider."""

from __future__ import annotations

import zipfile
from collections import Counter
from html import escape as to_html
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as to_xml
from xml.sax.saxutils import quoteattr

import numpy as np
import shapely

from dateline.codec import dump, escape
from dateline.exports.columns import flat, geometries, to_wkt
from dateline.exports.provenance import metadata
from dateline.layers.palette import looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = ["write", "write_zipped"]

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
_FOOT = "</Document></kml>\n"
_LARGE = 200_000
"""Events from which the document may pass two gigabytes, and asks for Zip64, which few KML readers know."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_AREA_ALPHA = "55"
_DAY = len("2024-12-14")
_TIMES = {"date_start": ("begin", "T00:00:00"), "date_end": ("end", "T23:59:59")}


def write(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write KML 2.2. All columns go along as ExtendedData, lists as JSON."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(events, names))


def write_zipped(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write the same as `write` does, zipped."""
    large = len(events) > _LARGE
    info = zipfile.ZipInfo("doc.kml", _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive, archive.open(info, "w", force_zip64=large) as file:
        for piece in _pieces(events, names):
            file.write(piece.encode())


def _pieces(events: gpd.GeoDataFrame, names: list[str]) -> Iterator[str]:
    """Yield the document piece by piece."""
    facts = metadata(events)
    credit = "\n".join([*facts["attribution"], *facts["licences"], *facts["notes"]])
    yield _HEAD
    yield f"<name>{_text(facts['title'] or 'Events')}</name>\n"
    yield f"<description>{_text(to_html(credit))}</description>\n"
    leading = [row[0] if row and "sides" in names else "" for row in events["sides"]]
    styles = _styles(leading)
    colours = looks(list(styles))
    for side, number in styles.items():
        yield _style(number, colours[side]["colour"])
    yield f"<ExtendedData>{_data('dateline', dump(facts))}</ExtendedData>\n"
    columns = {name: column.to_pylist() for name, column in flat(events, names).items()}
    for row, shape in enumerate(geometries(events)):
        values = {name: column[row] for name, column in columns.items()}
        yield _placemark(values, shape, styles[leading[row]])
    yield _FOOT


def _styles(leading: list[str]) -> dict[str, int]:
    """Return a number for each leading side, the most frequent side first; "" is not stated."""
    counts = Counter(leading)
    ranked = sorted(counts, key=lambda side: (-counts[side], side))
    return {side: number for number, side in enumerate(ranked)}


def _style(number: int, colour: str) -> str:
    """Return the style of one side; KML writes colours as alpha, blue, green, red."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    solid = f"{blue}{green}{red}"
    return (
        f'<Style id="side{number}"><IconStyle><color>ff{solid}</color></IconStyle>'
        f"<LineStyle><color>ff{solid}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{_AREA_ALPHA}{solid}</color></PolyStyle>"
        "<BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n"
    )


def _placemark(values: dict[str, Any], shape: BaseGeometry | None, style: int) -> str:
    """Return one event; its elements stand in the order that the KML schema asks for."""
    title = values.get("title") or values.get("place") or values["id"]
    data = dict(values)
    if shape is not None and shape.geom_type == "GeometryCollection":
        data["geometry"] = to_wkt(np.array([shape]))[0]
    elif shape is not None:
        data["geometry"] = shape.geom_type
    known = (_data(name, _cell(value)) for name, value in data.items() if value is not None)
    return (
        f"<Placemark><name>{_text(title)}</name>"
        f"<description>{_text(_balloon(values, title))}</description>{_span(values)}"
        f"<styleUrl>#side{style}</styleUrl><ExtendedData>{''.join(known)}</ExtendedData>"
        f"{_geometry(shape)}</Placemark>\n"
    )


def _balloon(values: dict[str, Any], title: str) -> str:
    """Return what a click shows, as HTML in which all text of reports is escaped."""
    days = " – ".join(dict.fromkeys(filter(None, (values.get(name) for name in _TIMES))))
    facts = [days, values.get("place"), values.get("event_type"), values.get("status")]
    line = " · ".join(to_html(str(fact)) for fact in facts if fact)
    return f"<b>{to_html(title)}</b><br>{line}<br>{to_html(values.get('summary') or '')}"


def _span(values: dict[str, Any]) -> str:
    """Return the time span of an event, from its first to its last known moment."""
    edges = []
    start, end = values.get("date_start"), values.get("date_end") or values.get("date_start")
    for moment, (element, fill) in zip((start, end), _TIMES.values(), strict=True):
        if moment:
            precise = moment + (fill if len(moment) == _DAY else ":00")
            edges.append(f"<{element}>{precise}</{element}>")
    return f"<TimeSpan>{''.join(edges)}</TimeSpan>" if edges else ""


def _cell(value: Any) -> str:
    """Return a value as text: numbers with all their digits, truth values as XML writes them."""
    return value if isinstance(value, str) else dump(value)


def _data(name: str, text: str) -> str:
    """Return one item of ExtendedData."""
    return f"<Data name={quoteattr(name)}><value>{_text(text)}</value></Data>"


def _text(text: str) -> str:
    """Return `text` as XML character data that comes back unchanged."""
    return to_xml(escape(text))


def _geometry(shape: BaseGeometry | None) -> str:
    """Return a geometry as KML; nothing for null."""
    if shape is None:
        return ""
    if hasattr(shape, "geoms"):
        return f"<MultiGeometry>{''.join(map(_geometry, shape.geoms))}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        shell, *holes = (
            f"<LinearRing>{_coordinates(ring)}</LinearRing>" for ring in shapely.get_rings(shape)
        )
        inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
        return f"<Polygon><outerBoundaryIs>{shell}</outerBoundaryIs>{inner}</Polygon>"
    kind = "Point" if shape.geom_type == "Point" else "LineString"
    return f"<{kind}>{_coordinates(shape)}</{kind}>"


def _coordinates(shape: BaseGeometry) -> str:
    """Return longitude and latitude of every vertex, in degrees with all their digits."""
    pairs: np.ndarray[Any, Any] = shapely.get_coordinates(shape)
    return f"<coordinates>{' '.join(f'{x!r},{y!r}' for x, y in pairs.tolist())}</coordinates>"
