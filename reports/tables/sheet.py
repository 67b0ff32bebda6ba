"""Spreadsheets (.xlsx): every sheet as text cells, merged cells filled and reported."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from dateline.errors import CellError, SourceError
from dateline.reports.tables.delimited import unique_names
from dateline.reports.tables.limits import MAX_CELL, open_zip, read_member
from dateline.reports.tables.rows import Rows, cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["read_sheets"]

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MAX_MERGES = 20_000
_MAX_COLUMNS = 2_000
_EMPTY_ROWS_END = 1_000  # sheets often claim a million rows after the last one in use
_HEADER_WITHIN = 20
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_sheets(data: bytes, file: str) -> Rows:
    """Return the rows of the first sheet that has any; all sheets are under `sheets`.

    Raises
    ------
    SourceError
        If the file is no workbook, or a hostile one.
    """
    archive = open_zip(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that we do not read
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            cells = {sheet.title: _values(sheet) for sheet in workbook.worksheets}
    except (*_BROKEN, InvalidFileException, EOFError, RecursionError) as error:
        message = f"{file}: a readable .xlsx workbook"
        raise SourceError(
            message, f"{type(error).__name__}: {error}", "save it again as .xlsx"
        ) from error
    merges = _merges(archive, list(cells), file)
    sheets = {
        title: _sheet(
            values, merges.get(title, []), file if len(cells) == 1 else f"{file}[{title}]"
        )
        for title, values in cells.items()
    }
    if not sheets:
        raise SourceError(f"{file}: a workbook with a sheet", "none", "add a sheet with the events")
    first = next((rows for rows in sheets.values() if len(rows.frame)), next(iter(sheets.values())))
    if len(sheets) > 1:
        first.notes.append(f"read sheet {first.file!r} of {len(sheets)}: {', '.join(sheets)}")
    first.sheets = sheets
    return first


def _values(sheet: Any) -> list[tuple[Any, ...]]:
    """Return the cells of a sheet, without the empty rows after the last one in use."""
    rows: list[tuple[Any, ...]] = []
    empty = 0
    for row in sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS):
        empty = 0 if any(value not in (None, "") for value in row) else empty + 1
        if empty > _EMPTY_ROWS_END:
            break
        rows.append(row)
    return rows[: len(rows) - empty]


def _merges(archive: zipfile.ZipFile, titles: list[str], file: str) -> dict[str, list[str]]:
    """Return the merged ranges of each sheet; sheets are numbered in the order of the workbook."""
    found = {}
    members = [
        name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)
    ]
    members.sort(key=lambda name: int(re.sub(r"\D", "", name)))
    for title, member in zip(titles, members, strict=False):
        data = read_member(archive, member, file)
        ranges = [match.decode() for match in _MERGE.findall(data)]
        found[title] = ranges[:_MAX_MERGES]
    return found


def _sheet(values: list[tuple[Any, ...]], merges: list[str], file: str) -> Rows:
    """Return one sheet as rows; the header is the first row with the most filled cells."""
    width = max((len(row) for row in values), default=0)
    grid = [[_text(value) for value in row] + [""] * (width - len(row)) for row in values]
    doubts = _fill(grid, merges, file)
    header = _header_row(grid)
    names = unique_names(grid[header]) if grid else []
    body = [(i, row) for i, row in enumerate(grid[header + 1 :], start=header + 2) if any(row)]
    columns = {name: [row[j] for _, row in body] for j, name in enumerate(names)}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(len(body)), dtype="str")
    blank = [name for name in names if re.fullmatch(r"column \d+", name) and not frame[name].any()]
    rows = Rows(file, "sheet", frame.drop(columns=blank), np.array([i for i, _ in body], int))
    rows.doubts = doubts
    if header:
        rows.notes.append(f"{file}: the header is row {header + 1}; rows above it are left out")
    return rows


def _text(value: object) -> str:
    """Return a spreadsheet value as text; dates as ISO 8601."""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    text = cell_text(value)
    return text[:MAX_CELL]


def _header_row(grid: list[list[str]]) -> int:
    """Return the index of the header: titles above a table fill fewer cells than its header."""
    filled = [sum(map(bool, row)) for row in grid[:_HEADER_WITHIN]]
    if not filled:
        return 0
    enough = max(2, 0.6 * max(filled))
    return next((i for i, count in enumerate(filled) if count >= enough), 0)


def _fill(grid: list[list[str]], merges: Iterable[str], file: str) -> list[CellError]:
    """Give every cell of a merged range the value of its first; return a doubt a range."""
    doubts = []
    for merge in merges:
        left, top, _, bottom = (int(edge or 0) for edge in range_boundaries(merge))
        if not (0 < top <= len(grid) and 0 < left <= len(grid[top - 1])):
            continue
        value = grid[top - 1][left - 1]
        for row in grid[top - 1 : bottom]:
            row[left - 1] = value
        if bottom > top:
            doubts.append(_merged(file, top, merge, value))
    return doubts


def _merged(file: str, row: int, merge: str, value: str) -> CellError:
    """Return the doubt about a merged range."""
    return CellError(
        file,
        row,
        merge,
        value,
        expected="a value in every row (these cells are merged, the value is taken for all of them)",
        remedy="unmerge the cells and repeat the value where it holds",
    )
