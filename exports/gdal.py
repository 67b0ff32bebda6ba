"""GeoPackage and FlatGeobuf, written through GDAL: lists and objects as JSON text."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyogrio
import shapely

from dateline.codec import NUL, dump, escape
from dateline.errors import OutputError
from dateline.exports.columns import flat, geometries
from dateline.exports.provenance import metadata
from dateline.moment import given_moment
from dateline.table import CRS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

__all__ = ["write_flatgeobuf", "write_geopackage"]

_LAYER = "events"
_ROW = "row"


def write_geopackage(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write a GeoPackage with one layer `events`; provenance is the layer's metadata `dateline`."""
    facts = metadata(events)
    with _fixed_date():
        _write(
            _arrow(events, names),
            path,
            driver="GPKG",
            layer_options={"DESCRIPTION": f"{facts['title'] or 'Events'} ({facts['generator']})"},
            layer_metadata={"dateline": dump(facts)},
        )


def write_flatgeobuf(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write FlatGeobuf; provenance is the layer's description.

    The format's spatial index does not take null geometries, and puts the features in an order of its
    own: it is left out where an event has no place, and a column `row` keeps the order.
    """
    facts = metadata(events)
    table = _arrow(events, names).append_column(_ROW, pa.array(range(len(events)), pa.int64()))
    index = "NO" if facts["without_place"] or not len(events) else "YES"
    options = {
        "SPATIAL_INDEX": index,
        "TITLE": facts["title"] or "Events",
        "DESCRIPTION": dump(facts),
    }
    _write(table, path, driver="FlatGeobuf", layer_options=options)


def _arrow(events: gpd.GeoDataFrame, names: list[str]) -> pa.Table:
    """Return the table as GDAL takes it: flat columns without NUL, geometry as WKB."""
    columns = flat(events, names)
    columns["geometry"] = pa.array(shapely.to_wkb(geometries(events)), pa.binary())
    return pa.table({name: _without_nul(columns[name]) for name in names})


def _without_nul(column: pa.Array) -> pa.Array:
    """Return a text column with NUL, where GDAL's C strings would end, escaped."""
    if not pa.types.is_string(column.type):
        return column
    values = column.to_pylist()
    return pa.array([value and escape(value, NUL) for value in values], pa.string())


def _write(table: pa.Table, path: Path, **options: Any) -> None:
    """Write `table` with what all drivers have in common."""
    try:
        pyogrio.write_arrow(
            table,
            path,
            layer=_LAYER,
            geometry_name="geometry",
            geometry_type="Unknown",
            crs=CRS,
            **options,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise OutputError(
            f"expected to write {path.name!r}, got {str(error)!r}; is the disk full or the folder read-only?"
        ) from error


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Have GDAL write SOURCE_DATE_EPOCH, by default 1970, as time of change: same events, same file."""
    name = "OGR_CURRENT_DATE"
    moment = given_moment() or datetime.fromtimestamp(0, UTC)
    pyogrio.set_gdal_config_options({name: f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: None})
