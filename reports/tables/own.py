"""Files that Dateline's own exports wrote, read back without loss."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dateline import codec
from dateline.errors import SourceError
from dateline.event import COLUMNS
from dateline.fingerprint import AS_READ
from dateline.long_shapes import whole
from dateline.reports.tables.limits import MAX_CELL, load_json, open_zip, read_member
from dateline.reports.tables.opening import read_bytes
from dateline.reports.tables.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from dateline.reports.tables.layout import TableSource

__all__ = ["is_own", "read_own"]

_HEAD = 65_536
_MARK = re.compile(rb'"format"\s*:\s*"dateline-events/')
_XML_MARK = b"dateline-events/"
_CSV_ALWAYS = frozenset({"id", "longitude", "latitude", "geometry"})
_CSV_COLUMNS = frozenset({*COLUMNS, "longitude", "latitude", AS_READ})
_SEPARATORS = (",", ";", "\t")
_WORKBOOK_MARK = re.compile(rb"<t[^>]*>\s*(?:dateline-events/|as_read\s*<)")


def is_own(source: TableSource) -> bool:
    """Tell whether Dateline wrote a file, by its content.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes themselves.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    data, name = read_bytes(source)
    return _reader(data, name) is not None


def read_own(source: TableSource) -> gpd.GeoDataFrame:
    """Return the events table that `dateline.export` wrote to a file.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes themselves.

    Returns
    -------
    geopandas.GeoDataFrame
        The events table in EPSG:4326, rows in the order written; title, attribution and notes of the
        file are in its `attrs`.

    Raises
    ------
    SourceError
        If it cannot be read or is no such file.
    CellError
        If a cell was changed to something that its column cannot hold.
    """
    data, name = read_bytes(source)
    reader = _reader(data, name)
    if reader is None:
        raise SourceError(f"{name}: a file that Dateline exported", data[:40])
    return reader(data, name)


def _reader(data: bytes, name: str) -> Callable[[bytes, str], gpd.GeoDataFrame] | None:
    """Return what reads a file of ours, null if it is another's."""
    if data.startswith(b"PAR1"):
        return _read_parquet if _XML_MARK in data[-_HEAD:] else None
    if data.startswith((b"SQLite format 3\0", b"fgb\x03")):
        return _read_vector if _XML_MARK in data else None
    if data.startswith(b"PK\x03\x04"):
        return _zip_reader(data, name)
    start = data[:_HEAD]
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        return _read_kml if _XML_MARK in start else None
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{"):
        return _json_reader(data, start)
    return _read_csv if _separator(start) else None


def _zip_reader(data: bytes, name: str) -> Callable[[bytes, str], gpd.GeoDataFrame] | None:
    """Return what reads a zipped file of ours, null if it is another's."""
    archive = open_zip(data, name)
    if "doc.kml" in archive.namelist():
        return _read_kmz if _XML_MARK in read_member(archive, "doc.kml", name)[:_HEAD] else None
    sheets = [
        member for member in archive.namelist() if member.startswith("xl/") and "heet" in member
    ]
    strings = [member for member in archive.namelist() if member == "xl/sharedStrings.xml"]
    marked = any(
        _WORKBOOK_MARK.search(read_member(archive, part, name)) for part in sheets + strings
    )
    return _read_workbook if marked else None


def _json_reader(data: bytes, start: bytes) -> Callable[[bytes, str], gpd.GeoDataFrame] | None:
    """Return what reads GeoJSON of ours, or features a line of ours, null if it is another's."""
    if _MARK.search(start):
        return _read_geojson
    line = data.split(b"\n", 1)[0]
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return None
    properties = first.get("properties") if isinstance(first, dict) else None
    ours = isinstance(properties, dict) and "id" in properties and set(properties) <= set(COLUMNS)
    return _read_lines if ours and first.get("type") == "Feature" else None


def _separator(start: bytes) -> str | None:
    """Return what parts the columns of our CSV, null if its header is another's."""
    header = start.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    for separator in _SEPARATORS:
        names = {name.strip('" ') for name in header.split(separator)}
        if AS_READ in names or _CSV_ALWAYS <= names <= _CSV_COLUMNS:
            return separator
    return None


def _read_parquet(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a GeoParquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from dateline.reports.tables.own_cells import assemble

    try:
        table = pq.read_table(io.BytesIO(data))
        names = [column for column in table.column_names if column != "bbox"]
        columns = {column: table[column].to_pylist() for column in names}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{name}: whole GeoParquet", str(error), "export it again") from error
    facts = (table.schema.metadata or {}).get(b"dateline", b"{}")
    return assemble(columns, name, facts=codec.load(facts))


def _read_vector(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a GeoPackage or a FlatGeobuf."""
    import pyogrio
    import shapely

    from dateline.reports.tables.own_cells import assemble

    suffix = ".fgb" if data.startswith(b"fgb") else ".gpkg"  # GDAL asks for the right name
    with TemporaryDirectory(prefix="dateline-") as folder, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # GDAL's on damaged files; what cannot be read is an error below
        path = Path(folder, f"events{suffix}")
        path.write_bytes(data)
        try:
            notes = pyogrio.read_info(path)["layer_metadata"] or {}
            frame = pyogrio.read_dataframe(path, use_arrow=False)
        except (RuntimeError, ValueError, LookupError, shapely.errors.ShapelyError) as error:
            raise SourceError(f"{name}: a whole GeoPackage or FlatGeobuf", str(error)) from error
    if "row" in frame:
        frame = frame.sort_values("row", kind="stable").drop(columns="row")
    columns = {
        column: frame[column].astype(object).where(frame[column].notna(), None).tolist()
        for column in frame.columns
    }
    texts = {
        column: [codec.unescape(value) if isinstance(value, str) else value for value in values]
        for column, values in columns.items()
    }
    return assemble(texts, name, facts=codec.load(notes.get("dateline") or notes["DESCRIPTION"]))


def _read_geojson(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a FeatureCollection."""
    from dateline.reports.tables.own_cells import assemble, columns_of

    document = _json(data, name)
    features = document.get("features")
    if not isinstance(features, list):
        raise SourceError(f"{name}: a FeatureCollection with features", features)
    return assemble(columns_of(features, name), name, facts=document.get("metadata"))


def _read_lines(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of one feature a line."""
    from dateline.reports.tables.own_cells import assemble, columns_of

    features = [_json(line, name) for line in data.split(b"\n") if line.strip()]
    return assemble(columns_of(features, name), name)


def _json(data: bytes, name: str) -> Any:
    """Return a JSON document; what the fast parser refuses, the careful one explains."""
    try:
        return codec.load(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return load_json(data.decode("utf-8-sig", "replace"), name)


def _read_csv(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of comma-separated values."""
    from dateline.reports.tables.own_cells import assemble

    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, _, _ = decode(data, name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(data[:_HEAD]) or ",")
    try:
        header = [cell.strip() for cell in next(rows)]
        body = [row for row in rows if any(row)]
    except csv.Error as error:
        raise SourceError(f"{name}: whole CSV", str(error), "save it as CSV UTF-8") from error
    width = len(header)
    for number, row in enumerate(body, start=2):
        if len(row) < width or any(row[width:]):
            raise SourceError(f"{name}: {width} cells in row {number}", len(row))
    columns = {
        column: [codec.unguard(row[at]) for row in body]
        for at, column in enumerate(header)
        if column
    }
    return assemble(whole(columns), name)


def _read_workbook(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a workbook."""
    from dateline.reports.tables.own_workbook import read_workbook

    return read_workbook(data, name)


def _read_kml(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a KML."""
    from dateline.reports.tables.own_kml import read_placemarks

    return read_placemarks(data, name)


def _read_kmz(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the table of a KMZ."""
    return _read_kml(read_member(open_zip(data, name), "doc.kml", name), name)
