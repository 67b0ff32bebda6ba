"""CSV, TSV and their like: delimiter, header and quoting found out, cells as text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from dateline.errors import CellError, SourceError
from dateline.reports.tables.limits import MAX_CELL, MAX_TEXT_BYTES, TEXT_REMEDY
from dateline.reports.tables.quotes import OpenMark, without_open_marks
from dateline.reports.tables.rows import Rows
from dateline.reports.tables.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST_NAME", "read_delimited", "unique_names"]

_DELIMITERS = (",", ";", "\t", "|")
_HEAD = 100_000
_HEAD_ROWS = 30
_TABLE_ENDINGS = (".csv", ".tsv", ".tab")
LONGEST_NAME = 60
"""Characters of a column's name; longer ones are sentences."""

_DATA_CELL = re.compile(r"[-+]?\d+([.,]\d+)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|https?://.*")


def read_delimited(data: bytes, file: str, *, head: bool = False) -> Rows:
    """Return the rows of a delimited text.

    Parameters
    ----------
    data
        The bytes of the file.
    file
        Name shown in errors.
    head
        Read only the first rows, enough to recognise the layout.

    Raises
    ------
    SourceError
        If the text is no table, or with `head` if its name is no table's and its first line is a sentence.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise SourceError(
            f"{file}: text of at most {MAX_TEXT_BYTES:,} bytes", f"{len(data):,}", TEXT_REMEDY
        )
    text, notes, odd_lines = decode(data[:_HEAD] if head else data, file)
    if head and len(data) > _HEAD:
        text = text[: text.rfind("\n") + 1]
    marks: list[OpenMark] = []
    with _wide_cells():
        delimiter, header, first = _shape(text, file)
        if head:
            _refuse_prose(header, file)
        if not head and text.count('"') % 2:
            text, marks = without_open_marks(text, delimiter, len(header))
            delimiter, header, first = _shape(text, file)
        table, number, refused = _cells(text, delimiter, len(header), file, headerless=first == 0)
        if not head and not marks and '"' in text and _has_lines(table):
            text, marks = without_open_marks(text, delimiter, len(header))
            if marks:
                table, number, refused = _cells(
                    text, delimiter, len(header), file, headerless=first == 0
                )
    frame = _frame(table, header)
    filled = _filled(frame)
    if not filled.all():
        frame, number = frame[filled].reset_index(drop=True), number[filled]
    if len(text) > MAX_CELL:
        _refuse_huge(frame, file)
    rows = Rows(file, "delimited", frame, number, first == 0, notes=notes, refused=refused)
    rows.doubts = [_odd_encoding(file, line) for line in odd_lines]
    if marks:
        told = [_open_mark(file, header, mark) for mark in marks]
        rows.doubts += told
        rows.notes.append(f"{told[0]}{f' ({len(told)} such marks)' if len(told) > 1 else ''}")
    return rows


def _refuse_prose(header: list[str], file: str) -> None:
    """Refuse what is no table by its first line, as most files that are read are articles."""
    if len(header) == 1:
        raise SourceError(f"{file}: a table with at least two columns", "one column")
    named = file.rstrip("]").lower().endswith(_TABLE_ENDINGS)  # or a member of an archive is
    if not named and max(map(len, header)) > LONGEST_NAME:
        raise SourceError(f"{file}: a table with names of columns", "a sentence")


@contextmanager
def _wide_cells() -> Iterator[None]:
    """Let the csv module read cells up to our own limit."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _shape(text: str, file: str) -> tuple[str, list[str], int]:
    """Return delimiter, column names, and 1 if the first row is a header, else 0."""
    head = text[:_HEAD]
    if len(text) > _HEAD:
        head = head[: head.rfind("\n") + 1] or head
    best: tuple[float, str, list[list[str]]] = (0.0, ",", [])
    for delimiter in _DELIMITERS:
        sample = _sample(head, delimiter)
        if not sample:
            continue
        width, times = Counter(map(len, sample)).most_common(1)[0]
        score = times / len(sample) * min(width, 30) if width > 1 else 0.01
        score *= 1.5 if len(sample[0]) == width else 1
        best = max(best, (score, delimiter, sample), key=lambda entry: entry[0])
    _, delimiter, sample = best
    if not sample:
        raise SourceError(f"{file}: a table with at least one row", "an empty file")
    first = sample[0]
    data_cells = sum(bool(_DATA_CELL.fullmatch(cell.strip())) for cell in first)
    if data_cells >= 1 and data_cells * 20 >= len(first):
        return delimiter, [f"column {i}" for i in range(1, len(first) + 1)], 0
    return delimiter, unique_names(first), 1


def _sample(head: str, delimiter: str) -> list[list[str]]:
    """Return the first rows, split at `delimiter`; none where that fails."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) == _HEAD_ROWS:
                break
    except csv.Error:
        return []
    return rows


def unique_names(names: list[str]) -> list[str]:
    """Return column names without blanks or repeats: an empty one is named by its position."""
    seen: Counter[str] = Counter()
    result = []
    for i, name in enumerate(names, start=1):
        clean = " ".join(name.split()) or f"column {i}"
        seen[clean] += 1
        result.append(clean if seen[clean] == 1 else f"{clean} ({seen[clean]})")
    return result


def _cells(
    text: str, delimiter: str, width: int, file: str, *, headerless: bool
) -> tuple[pa.Table, np.ndarray, list[CellError]]:
    """Return all rows below the header, their numbers, and refusals of rows of the wrong length."""
    names = [str(i) for i in range(width)]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=pacsv.ReadOptions(
                use_threads=len(text) > _HEAD,  # starting them costs more than a short text
                column_names=names,
                skip_rows_after_names=0 if headerless else 1,
                block_size=min(1 << 24, max(len(text), 1 << 16)),
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values='"' in text, ignore_empty_lines=False
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return _ragged(text, delimiter, width, file, headerless=headerless)
    start = 1 if headerless else 2
    return table, np.arange(start, start + len(table)), []


def _ragged(
    text: str, delimiter: str, width: int, file: str, *, headerless: bool
) -> tuple[pa.Table, np.ndarray, list[CellError]]:
    """Return the rows of a table whose rows differ in length, or that has blank lines."""
    kept: list[list[str]] = []
    number: list[int] = []
    refused: list[CellError] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for i, row in enumerate(reader, start=1):
            if (i == 1 and not headerless) or not any(cell.strip() for cell in row):
                continue
            while len(row) > width and not row[-1].strip():
                row.pop()
            if len(row) > width:
                refused.append(_too_long(row, width, i, file))
                continue
            kept.append(row + [""] * (width - len(row)))
            number.append(i)
    except csv.Error as error:
        message = f"{file}: a delimited table with cells of at most {MAX_CELL} characters"
        raise SourceError(
            message, str(error), "look for a quotation mark that is not closed"
        ) from error
    columns = list(zip(*kept, strict=True)) if kept else [()] * width
    arrays = [pa.array(column, pa.large_string()) for column in columns]
    return pa.table(arrays, names=[str(i) for i in range(width)]), np.array(number, int), refused


def _too_long(row: list[str], width: int, number: int, file: str) -> CellError:
    """Return the refusal of a row with more cells than the header."""
    return CellError(
        file,
        number,
        f"column {width + 1}",
        row[width],
        expected=f"{width} cells, as in the header, not {len(row)}",
        remedy="put quotation marks round cells with the delimiter inside (decimal commas, lists)",
    )


def _frame(table: pa.Table, header: list[str]) -> pd.DataFrame:
    """Return the cells without outer blanks."""
    trimmed = [pc.utf8_trim_whitespace(column) for column in table.columns]
    named = pa.table(trimmed, names=[str(i) for i in range(len(trimmed))])
    frame = named.to_pandas(use_threads=len(table) > _HEAD)
    frame = frame.astype("str")
    frame.columns = pd.Index(header)
    return frame


def _filled(frame: pd.DataFrame) -> np.ndarray:
    """Tell which rows are not blank all over."""
    filled = np.zeros(len(frame), dtype=bool)
    for name in frame.columns:
        filled |= (frame[name] != "").to_numpy(bool)
        if filled.all():
            break
    return filled


def _refuse_huge(frame: pd.DataFrame, file: str) -> None:
    """Refuse a table with a cell that no report has."""
    for name in frame.columns:
        longest = frame[name].str.len().max() if len(frame) else 0
        if longest > MAX_CELL:
            message = f"{file}: cells of at most {MAX_CELL} characters in column {name!r}"
            raise SourceError(message, int(longest), "look for a quotation mark that is not closed")


def _has_lines(table: pa.Table) -> bool:
    """Tell whether a cell has several lines."""
    return any(pc.any(pc.match_substring(column, "\n")).as_py() for column in table.columns)


def _open_mark(file: str, header: list[str], mark: OpenMark) -> CellError:
    """Return the doubt about a cell with a quotation mark that was never closed."""
    column = header[mark.column - 1] if mark.column <= len(header) else f"column {mark.column}"
    return CellError(
        file,
        mark.row,
        column,
        mark.line,
        expected="quotation marks in pairs (this one, never closed, was taken away: it would swallow rows)",
        remedy="close it at the end of the cell, or delete it",
    )


def _odd_encoding(file: str, line: int) -> CellError:
    """Return the doubt about a line in another encoding than the rest of its file."""
    return CellError(
        file,
        line,
        "whole row",
        None,
        expected="one encoding in the whole file",
        remedy="check the letters of this row and save the file as UTF-8",
    )
