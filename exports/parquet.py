"""GeoParquet 1.1: WKB geometry, a bounding box column, lists as lists of structs, zstd."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from dateline.codec import dump
from dateline.exports.columns import geometries, nested
from dateline.exports.provenance import metadata
from dateline.table import CRS as WGS84

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["write"]

_VERSION = "1.1.0"
_ROW_GROUP = 65_536
"""Rows a group: small enough that a reader with a box skips most of a large file."""

_TYPES = (
    "Point",
    "LineString",
    "LineString",  # a ring: WKB has no type for it
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
"""Geometry types by GEOS's number."""

_EDGES = ("xmin", "ymin", "xmax", "ymax")


def write(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write GeoParquet with provenance under the metadata key `dateline`."""
    shapes = geometries(events)
    columns = nested(events, names)
    boxes = shapely.bounds(shapes)
    columns["geometry"] = pa.array(shapely.to_wkb(shapes), pa.binary())
    columns["bbox"] = _box_column(boxes)
    table = pa.table({name: columns[name] for name in [*names, "bbox"]})
    facts = {"geo": json.dumps(_geo(shapes, boxes)), "dateline": dump(metadata(events))}
    pq.write_table(
        table.replace_schema_metadata(facts), path, compression="zstd", row_group_size=_ROW_GROUP
    )


def _box_column(boxes: np.ndarray[Any, Any]) -> pa.Array:
    """Return the bounds as a column of structs, null where there is no geometry."""
    edges = [pa.array(boxes[:, edge]) for edge in range(len(_EDGES))]
    return pa.StructArray.from_arrays(
        edges, names=list(_EDGES), mask=pa.array(np.isnan(boxes[:, 0]))
    )


def _geo(shapes: np.ndarray[Any, Any], boxes: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Return the `geo` metadata of the GeoParquet 1.1 specification."""
    known = ~np.isnan(boxes[:, 0])
    column: dict[str, Any] = {
        "encoding": "WKB",
        "crs": CRS.from_user_input(WGS84).to_json_dict(),
        "geometry_types": sorted(
            {_TYPES[number] for number in np.unique(shapely.get_type_id(shapes[known]))}
        ),
        "orientation": "counterclockwise",
        "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
    }
    if known.any():
        low, high = boxes[known].min(axis=0), boxes[known].max(axis=0)
        column["bbox"] = [float(low[0]), float(low[1]), float(high[2]), float(high[3])]
    return {"version": _VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
