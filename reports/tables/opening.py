"""Open any table file: what kind it is, by content and then by name, and its rows."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import SourceError
from dateline.reports.tables.delimited import read_delimited
from dateline.reports.tables.limits import MAX_BYTES, MAX_TEXT_BYTES, TEXT_REMEDY, open_zip

if TYPE_CHECKING:
    from dateline.reports.tables.layout import TableSource
    from dateline.reports.tables.rows import Rows

__all__ = ["open_data", "open_rows", "read_bytes"]

_TEXT_NAMES = frozenset({".csv", ".tsv", ".tab", ".txt"})
_VECTOR_MARKS = {b"SQLite format 3\0": ".gpkg", b"fgb\x03": ".fgb"}


def read_bytes(source: TableSource) -> tuple[bytes, str]:
    """Return the bytes of a source and the name that errors show.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes themselves.

    Raises
    ------
    SourceError
        If it does not exist, is a folder, is empty, or is larger than two gigabytes.
    """
    if isinstance(source, bytes):
        data, name = source, "table"
    elif os.fspath(source) == "-":
        data, name = _drained(sys.stdin.buffer), "standard input"
    else:
        data, name = _file(Path(source))
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"{name}: at most {MAX_BYTES} bytes", len(data), "split it, or use GeoParquet"
        )
    if not data.strip():
        raise SourceError(f"{name}: a table with at least one row", "an empty file")
    return data, name


@lru_cache(maxsize=1)
def _drained(stream: BinaryIO) -> bytes:
    """Return what a stream holds; recognising and then reading a pipe asks twice for the same bytes."""
    return stream.read(MAX_BYTES + 1)


def _file(path: Path) -> tuple[bytes, str]:
    """Return the bytes of a file and its name."""
    try:
        size = path.stat().st_size
        most = MAX_TEXT_BYTES if path.suffix.lower() in _TEXT_NAMES else MAX_BYTES
        if size > most:
            raise SourceError(f"{path.name}: at most {most:,} bytes", f"{size:,}", TEXT_REMEDY)
        return path.read_bytes(), path.name
    except (OSError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError("a file that can be read", str(path), reason) from error


def open_rows(source: TableSource, *, head: bool = False) -> Rows:
    """Return the rows of any table file.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes themselves.
    head
        Of delimited text read only what is needed to recognise the layout.

    Raises
    ------
    SourceError
        If the file cannot be read, or is no table.
    """
    return open_data(*read_bytes(source), head=head)


def open_data(data: bytes, name: str, *, head: bool = False) -> Rows:
    """Return the rows of a file's bytes; `name` is shown in errors, the rest as in `open_rows`."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:4] == b"PK\x03\x04":
        return _zipped(data, name, head=head)
    if data[:4] == b"PAR1":
        from dateline.reports.tables.vector import read_parquet

        return read_parquet(data, name)
    if any(data.startswith(mark) for mark in _VECTOR_MARKS):
        from dateline.reports.tables.vector import read_vector

        return read_vector(data, name)
    if start[:1] in (b"{", b"[", b"\x1e"):
        from dateline.reports.tables.tree import read_tree

        return read_tree(data, name)
    if start[:1] == b"<":
        from dateline.reports.tables.kml import read_kml

        return read_kml(data, name)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise SourceError(
            f"{name}: .xlsx, .csv or .geojson", "an old .xls workbook", "save it as .xlsx"
        )
    return read_delimited(data, name, head=head)


def _zipped(data: bytes, name: str, *, head: bool) -> Rows:
    """Return the rows of an archive: a workbook, a KMZ, or delimited texts of one layout."""
    members = open_zip(data, name).namelist()
    if "xl/workbook.xml" in members or "[Content_Types].xml" in members:
        from dateline.reports.tables.sheet import read_sheets

        return read_sheets(data, name)
    if any(member.lower().endswith(".kml") for member in members):
        from dateline.reports.tables.kml import read_kmz

        return read_kmz(data, name)
    from dateline.reports.tables.bundle import read_bundle

    return read_bundle(data, name, head=head)
