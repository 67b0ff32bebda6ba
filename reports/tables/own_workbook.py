"""Workbooks that Dateline's own export wrote."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dateline import codec
from dateline.errors import SourceError
from dateline.event import COLUMNS
from dateline.fingerprint import AS_READ
from dateline.reports.tables.own_cells import assemble

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["read_workbook"]

_DAMAGES = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML, whichever parser there is
    DefusedXmlException,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
)
"""What openpyxl raises at workbooks that are none."""

_KNOWN = frozenset({*COLUMNS, "longitude", "latitude", AS_READ})


def read_workbook(data: bytes, name: str) -> gpd.GeoDataFrame:
    """Return the events table of a workbook.

    Raises
    ------
    SourceError
        If it is no workbook, or its sheet `events` lacks what it should have.
    """
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {
            sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book
        }
    except _DAMAGES as error:
        raise SourceError(f"{name}: a whole workbook", str(error), "export it again") from error
    rows: list[list[Any]] | None = sheets.get("events") or _reviewed(sheets)
    if not rows or not _is_ours(rows[0]):
        raise SourceError(f"{name}: a sheet 'events' with event columns", rows[0] if rows else None)
    long = _long_texts(sheets.get("long texts", [])[1:])
    header = [(at, str(column)) for at, column in enumerate(rows[0]) if column]
    columns: dict[str, list[Any]] = {
        column: [_value(row[at], long) if at < len(row) else None for row in rows[1:] if any(row)]
        for at, column in header
    }
    about = {row[0]: row[1] for row in sheets.get("about", []) if len(row) > 1}
    return assemble(columns, name, facts=_facts(about))


def _reviewed(sheets: dict[str, list[list[Any]]]) -> list[list[Any]] | None:
    """Return the sheet of a review file that was saved as a workbook, under whatever name."""
    return next((rows for rows in sheets.values() if rows and AS_READ in rows[0]), None)


def _is_ours(header: list[Any]) -> bool:
    """Tell whether a sheet has our columns; beside the fingerprints an editor may have put others."""
    names = set(filter(None, header))
    return AS_READ in names or names <= _KNOWN


def _long_texts(rows: list[list[Any]]) -> dict[str, str]:
    """Return the texts too long for a cell, by what stands in the cell for them."""
    texts: dict[str, str] = {}
    for number, piece in rows:
        place = codec.LONG_TEXT.format(number)
        texts[place] = texts.get(place, "") + (codec.unmark(piece) or "")
    return texts


def _value(value: object, long: dict[str, str]) -> object:
    """Return what a cell stands for."""
    if not isinstance(value, str):
        return value
    if value in long:
        value = long[value]
    return codec.unmark(codec.unescape(value))


def _facts(about: dict[Any, Any]) -> dict[str, Any]:
    """Return the metadata that the sheet `about` holds."""
    lists = {key: codec.load(about[key]) for key in ("attribution", "notes") if about.get(key)}
    title = about.get("title")
    return lists | ({"title": codec.unescape(title)} if isinstance(title, str) else {})
