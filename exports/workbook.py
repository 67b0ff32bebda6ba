"""Excel workbooks: a sheet of events, a sheet about them, and one for texts too long for a cell."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from dateline.codec import LONG_TEXT, dump, escape, mark
from dateline.errors import OutputError
from dateline.exports.columns import texts
from dateline.exports.provenance import metadata

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write"]

_MAX_ROWS = 1_048_576
_PIECE = 16_000
"""Characters of a text in one cell: Excel's limit is 32,767 UTF-16 units, two of which make an emoji."""

_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FIXED = b"1980-01-01T00:00:00Z"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"title": 40, "summary": 60, "explanation": 40, "sources": 40, "geometry": 24}
_WIDTH = 14


def write(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write the sheets `events`, `about` and, where needed, `long texts`.

    Texts are cells of type text, so nothing is run as a formula. Null is an empty cell, a list is JSON.

    Raises
    ------
    OutputError
        If there are more events than a sheet has rows.
    """
    if len(events) >= _MAX_ROWS:
        raise OutputError(
            f"expected fewer than {_MAX_ROWS} events, got {len(events)}; write .parquet or .csv instead"
        )
    book = Workbook(write_only=True)
    columns = texts(events, names, _writable)
    long = _shorten(columns)
    _fill_events(book.create_sheet("events"), columns)
    _fill(
        book.create_sheet("about"),
        [[key, _plain(value)] for key, value in metadata(events).items()],
    )
    if long:
        _fill(book.create_sheet("long texts"), [["number", "text"], *long])
    book.save(path)
    _without_times(path)


def _fill_events(sheet: Worksheet, columns: dict[str, list[Any]]) -> None:
    """Write the header, which stays in view, and the rows, which can be filtered."""
    sheet.freeze_panes = "C2"
    last = get_column_letter(len(columns))
    rows = len(next(iter(columns.values())))
    sheet.auto_filter.ref = f"A1:{last}{rows + 1}"
    for number, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    header = [WriteOnlyCell(sheet, name) for name in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for row in zip(*columns.values(), strict=True):
        sheet.append([_cell(sheet, value) for value in row])


def _fill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    """Write `rows` of plain values."""
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Worksheet, value: Any) -> Any:
    """Return what openpyxl writes as a text cell, whatever the text looks like."""
    if isinstance(value, float):
        cell = WriteOnlyCell(sheet, repr(value))  # openpyxl itself would write 16 digits of 17
        cell.data_type = "n"
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # openpyxl takes "=1" for a formula and "#N/A" for an error
    if value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True  # so that it stays text when somebody edits the cell
    return cell


def _shorten(columns: dict[str, list[Any]]) -> list[list[Any]]:
    """Take texts too long for a cell out of `columns`; return rows of their number and a piece."""
    pieces: list[list[Any]] = []
    number = 0
    for values in columns.values():
        for row, value in enumerate(values):
            if isinstance(value, str) and len(value) > _PIECE:
                number += 1
                starts = range(0, len(value), _PIECE)
                pieces += [[number, mark(value[at : at + _PIECE])] for at in starts]
                values[row] = LONG_TEXT.format(number)
    return pieces


def _writable(text: str) -> str:
    """Return `text` as a cell can hold it; see `mark`."""
    return escape(mark(text))


def _plain(value: object) -> object:
    """Return `value` as something a cell can hold."""
    text = dump(value) if isinstance(value, list | dict) else value
    return escape(text)[:_PIECE] if isinstance(text, str) else text


def _without_times(path: Path) -> None:
    """Write the archive again with fixed times: same events, same file."""
    with zipfile.ZipFile(path) as archive:
        parts = [
            (
                info.filename,
                _MOMENT.sub(_FIXED, archive.read(info))
                if info.filename == _CORE
                else archive.read(info),
            )
            for info in archive.infolist()
        ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
