"""The events table as a file for other programs: the format follows from the file's name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dateline.database import is_database
from dateline.errors import InputError
from dateline.exports.columns import canonical, chosen
from dateline.exports.files import atomic_path, write_text
from dateline.exports.geojson import chunks
from dateline.exports.provenance import metadata, readme

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    import geopandas as gpd

__all__ = ["FORMATS", "export", "to_geojson"]

_WRITERS = {
    ".geojson": ("geojson", "write"),
    ".json": ("geojson", "write"),
    ".geojsonl": ("geojson", "write_lines"),
    ".parquet": ("parquet", "write"),
    ".gpkg": ("gdal", "write_geopackage"),
    ".fgb": ("gdal", "write_flatgeobuf"),
    ".kml": ("kml", "write"),
    ".kmz": ("kml", "write_zipped"),
    ".csv": ("delimited", "write"),
    ".xlsx": ("workbook", "write"),
}
_WITHOUT_METADATA = frozenset({".geojsonl", ".csv"})

FORMATS: tuple[str, ...] = tuple(_WRITERS)
"""Ends of file names that `export` knows."""


def export(
    events: gpd.GeoDataFrame,
    path: str | os.PathLike[str],
    *,
    overwrite: bool = False,
    fields: list[str] | None = None,
) -> Path | str:
    """Write the events table to a file or database; nothing is lost, and `dateline.read` reads it back.

    Parameters
    ----------
    events
        A table with event columns; `events.attrs` may hold title, attribution and notes.
    path
        The file; its end chooses the format (see `FORMATS`). Or the address of a table of a PostgreSQL
        database with PostGIS: `postgresql://user@host/database?table=name`.
    overwrite
        Replace a file that is there already.
    fields
        Columns to write, all by default; id and geometry always go along.

    Returns
    -------
    pathlib.Path or str
        The file written, or the address without its password. Formats without room for metadata get a text file `NAME.README.txt` beside it.

    Raises
    ------
    InputError
        If the format or a field is not known, or a value does not fit its column.
    OutputError
        If the file exists and `overwrite` is false, or cannot be written.
    """
    if isinstance(path, str) and is_database(path):
        from dateline.exports import postgis

        return postgis.write(events, path, overwrite=overwrite, fields=fields)
    target = Path(path)
    suffix = target.suffix.lower()
    writer = _writer(suffix, target)
    names = chosen(fields)
    table = canonical(events)
    with atomic_path(target, overwrite=overwrite) as scratch:
        writer(table, scratch, names)
    if suffix in _WITHOUT_METADATA:
        beside = target.with_name(target.name + ".README.txt")
        write_text(beside, readme(target.name, metadata(table)), overwrite=True)
    return target


def to_geojson(events: gpd.GeoDataFrame, *, fields: list[str] | None = None) -> str:
    """Return the events table as the text of one GeoJSON FeatureCollection.

    Parameters
    ----------
    events
        A table with event columns.
    fields
        Columns to write, all by default; id and geometry always go along.

    Raises
    ------
    InputError
        If a field is not known or a value does not fit its column.
    """
    table = canonical(events)
    return b"".join(chunks(table, chosen(fields))).decode()


def _writer(suffix: str, target: Path) -> Callable[[gpd.GeoDataFrame, Path, list[str]], None]:
    """Return the function that writes files that end in `suffix`."""
    if suffix not in _WRITERS:
        raise InputError(
            f"a file that ends in {', '.join(FORMATS)}", str(target), "rename it with -o"
        )
    module, function = _WRITERS[suffix]
    return cast(
        "Callable[[gpd.GeoDataFrame, Path, list[str]], None]",
        getattr(import_module(f"dateline.exports.{module}"), function),
    )
