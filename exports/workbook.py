"""Excel workbooks: a sheet of events, a sheet about them, and one for texts too long for a cell."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as to_xml

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from dateline.codec import LONG_TEXT, dump, escape, mark
from dateline.errors import OutputError
from dateline.exports.columns import reviewable, texts
from dateline.exports.provenance import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["write"]

_MAX_ROWS = 1_048_576
_PIECE = 16_000
"""Characters of a text in one cell: Excel's limit is 32,767 UTF-16 units, two of which make an emoji."""

_CORE = "docProps/core.xml"
_EVENTS = "xl/worksheets/sheet1.xml"
_LEVEL = 4
_ROWS = 1_000
"""Rows compressed at a time."""

_LARGE = 200_000
"""Events from which the sheet may pass two gigabytes and asks for Zip64, which not every reader knows."""

_FORMULA = ("=", "+", "-", "@")
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
    columns = texts(events, names, _writable)
    columns |= reviewable(events, columns, names)
    try:
        frame, quoted = _framed(columns, metadata(events))
    except SerialisationError as error:
        raise OutputError(
            f"expected room for temporary files, got {str(error)!r}; free some space, or set TMPDIR"
        ) from error
    _finish(frame, path, _rows(columns, quoted), large=len(events) > _LARGE)


def _framed(columns: dict[str, list[Any]], facts: dict[str, Any]) -> tuple[io.BytesIO, int]:
    """Return the workbook without the rows of events, and the style of texts that look like formulas."""
    book = Workbook(write_only=True)
    long = _shorten(columns)
    quoted = _head(book.create_sheet("events"), columns)
    _fill(book.create_sheet("about"), [[key, _plain(value)] for key, value in facts.items()])
    if long:
        _fill(book.create_sheet("long texts"), [["number", "text"], *long])
    frame = io.BytesIO()
    ExcelWriter(book, _Timeless(frame, "w")).save()
    return frame, quoted


def _head(sheet: Worksheet, columns: dict[str, list[Any]]) -> int:
    """Write the header, which stays in view; return the style of texts that look like formulas.

    It keeps them texts when somebody edits the cell.
    """
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
    quoted = WriteOnlyCell(sheet, "")
    quoted.quotePrefix = True
    return int(quoted.style_id)


def _rows(columns: dict[str, list[Any]], quoted: int) -> Iterator[bytes]:
    """Yield the rows below the header as XML: openpyxl, cell by cell, is ten times slower."""
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    for number, row in enumerate(zip(*columns.values(), strict=True), start=2):
        cells = [
            _xml(f"{letter}{number}", value, quoted)
            for letter, value in zip(letters, row, strict=True)
            if value is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'.encode()


def _xml(place: str, value: Any, quoted: int) -> str:
    """Return one cell: a truth value, a number with all its digits, or a text, whatever it looks like."""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    style = f' s="{quoted}"' if value.startswith(_FORMULA) else ""
    return (
        f'<c r="{place}" t="inlineStr"{style}><is><t xml:space="preserve">'
        f"{to_xml(value)}</t></is></c>"
    )


def _fill(sheet: Worksheet, rows: list[list[Any]]) -> None:
    """Write `rows` of plain values."""
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Worksheet, value: Any) -> Any:
    """Return what openpyxl writes as a text cell, whatever the text looks like."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # openpyxl takes "=1" for a formula and "#N/A" for an error
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


class _Timeless(zipfile.ZipFile):
    """An archive whose members have one time, so that no clock matters, not even one before 1980."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        """Write `data` as a member."""
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        super().writestr(zipfile.ZipInfo(name, _EPOCH), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """Write a file as a member."""
        self.writestr(arcname or filename, Path(filename).read_bytes())


def _finish(frame: io.BytesIO, path: Path, rows: Iterator[bytes], *, large: bool) -> None:
    """Write the workbook `frame` with the events' rows put in, and fixed times: same events, same file."""
    with (
        zipfile.ZipFile(frame) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        for part in source.namelist():
            info = zipfile.ZipInfo(part, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            body = source.read(part)
            if part != _EVENTS:
                target.writestr(info, _MOMENT.sub(_FIXED, body) if part == _CORE else body)
                continue
            head, end, tail = body.partition(b"</sheetData>")
            with target.open(info, "w", force_zip64=large) as file:
                file.write(head)
                while piece := b"".join(islice(rows, _ROWS)):
                    file.write(piece)
                file.write(end + tail)
