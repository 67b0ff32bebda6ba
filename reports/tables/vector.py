"""GeoParquet, GeoPackage and FlatGeobuf: tables with typed columns and geometries."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio.errors
import shapely

from dateline.errors import SourceError
from dateline.reports.tables.rows import Rows, text_frame

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["read_parquet", "read_vector"]


def read_parquet(data: bytes, file: str) -> Rows:
    """Return the rows of a (Geo)Parquet file."""
    try:
        return _rows(_with_geometry(data), file)
    except (
        pa.ArrowException,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise SourceError(
            f"{file}: a readable Parquet file", str(error), "write it again"
        ) from error


def _with_geometry(data: bytes) -> pd.DataFrame:
    """Return a GeoDataFrame where the file says it has geometries, else a plain frame."""
    import pyarrow.parquet as pq

    metadata = pq.read_schema(io.BytesIO(data)).metadata or {}
    reader: Callable[[Any], pd.DataFrame] = (
        gpd.read_parquet if b"geo" in metadata else pd.read_parquet
    )
    return reader(io.BytesIO(data))


def read_vector(data: bytes, file: str) -> Rows:
    """Return the rows of the first layer of a vector file that GDAL reads."""
    try:
        frame = gpd.read_file(io.BytesIO(data), engine="pyogrio")
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        ValueError,
        IndexError,
        OSError,
    ) as error:
        raise SourceError(
            f"{file}: a readable vector file", str(error), "export it as GeoJSON"
        ) from error
    return _rows(frame, file)


def _rows(frame: pd.DataFrame, file: str) -> Rows:
    """Return a typed frame as rows of text cells; geometries in EPSG:4326."""
    geometry = None
    if isinstance(frame, gpd.GeoDataFrame):
        moved = frame.geometry if frame.crs is None else frame.geometry.to_crs("EPSG:4326")
        geometry = np.array(shapely.force_2d(moved.to_numpy()), dtype=object)
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    objects = [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.astype(object).to_dict("records")
    ]
    return Rows(
        file,
        "vector",
        text_frame(objects) if objects else pd.DataFrame(columns=frame.columns, dtype="str"),
        np.arange(1, len(frame) + 1),
        geometry=geometry,
        objects=objects,
    )


def _plain(value: Any) -> Any:
    """Return a cell as JSON knows it: arrays as lists, times as ISO 8601, missing as null."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (np.ndarray, list)):
        return [_plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bytes):
        return value.hex()
    value = value.item() if isinstance(value, np.generic) else value
    return value.isoformat() if hasattr(value, "isoformat") else value
