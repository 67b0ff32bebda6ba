"""GeoJSON (RFC 7946) and one feature a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from dateline.codec import dump_bytes
from dateline.exports.antimeridian import bounding_box
from dateline.exports.columns import flat, geometries
from dateline.exports.provenance import metadata
from dateline.table import LIST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd
    import numpy as np

__all__ = ["chunks", "write", "write_lines"]

_ROWS = 20_000
"""Features made at a time: keeps memory flat without costing speed."""


def write(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write one FeatureCollection.

    Polygons are right-handed, shapes that cross the antimeridian are cut there, there is a bounding box
    and no `crs` member; a foreign member `metadata` holds provenance and licences.
    """
    with path.open("wb") as file:
        file.writelines(chunks(events, names))


def write_lines(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write one feature a line, UTF-8, each line ended by a line feed."""
    with path.open("wb") as file:
        for features in _features(events, geometries(events), names):
            file.writelines(feature + b"\n" for feature in features)


def chunks(events: gpd.GeoDataFrame, names: list[str]) -> Iterator[bytes]:
    """Yield the FeatureCollection of `events` in pieces, for a file or a stream."""
    shapes = geometries(events)
    box = bounding_box(shapes)
    yield b'{"type":"FeatureCollection",'
    yield b'"metadata":' + dump_bytes(metadata(events)) + b","
    if box is not None:
        yield b'"bbox":' + dump_bytes(box) + b","
    yield b'"features":['
    separator = b"\n"
    for features in _features(events, shapes, names):
        yield separator + b",\n".join(features)
        separator = b",\n"
    yield b"\n]}\n"


def _features(
    events: gpd.GeoDataFrame, shapes: np.ndarray[Any, Any], names: list[str]
) -> Iterator[list[bytes]]:
    """Yield the features, some thousands at a time."""
    columns = [name for name in names if name != "geometry"]
    for start in range(0, len(events), _ROWS):
        part = slice(start, start + _ROWS)
        frame = events.iloc[part]
        values = [_values(frame, name) for name in columns]
        texts = shapely.to_geojson(shapes[part])
        yield [
            b'{"type":"Feature","id":%b,"geometry":%b,"properties":%b}'
            % (
                dump_bytes(row[0]),
                (text or "null").encode(),
                dump_bytes(dict(zip(columns, row, strict=True))),
            )
            for text, row in zip(texts, zip(*values, strict=True), strict=True)
        ]


def _values(frame: gpd.GeoDataFrame, name: str) -> list[Any]:
    """Return one column as Python values, null where nothing is known."""
    if name in LIST_COLUMNS or name == "extra":
        return list(frame[name])
    return list(flat(frame, [name])[name].to_pylist())
