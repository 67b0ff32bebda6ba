"""Check a table before it is used: every bad or doubtful cell with its row, column, value and remedy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from dateline.errors import CellError
from dateline.reports.tables.arrays import known
from dateline.reports.tables.draft import problems
from dateline.reports.tables.lands import doubt_elsewhere
from dateline.reports.tables.opening import read_bytes
from dateline.reports.tables.own import read_own
from dateline.reports.tables.reader import OWN, draft_of, owns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.reports.tables.draft import Draft
    from dateline.reports.tables.layout import TableSource

__all__ = ["check_table"]


def check_table(
    source: TableSource, *, layout: str | None = None, columns: Mapping[str, str] | None = None
) -> list[CellError]:
    """Return every problem of a table, in the order of its rows.

    Found are the cells for which `read_table` leaves a row out (dates that do not exist, coordinates that
    are swapped, out of range or 0, 0), the cells that it reads with a doubt (decimal commas, ambiguous
    dates, merged cells, lines in another encoding, figures that are words), and what is missing or odd in
    rows that it keeps: no date, no place, a day in the future, a place far from the country named.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes of a file.
    layout, columns
        As for `read_table`.

    Returns
    -------
    list of CellError
        Empty where there is nothing to mend.

    Raises
    ------
    SourceError
        If the file cannot be read at all.
    """
    data, file = read_bytes(source)
    if layout in (None, OWN) and not columns and owns(data):
        return _check_own(source, file)
    _, draft = draft_of(data, file, layout=layout, columns=columns)
    _missing(draft)
    doubt_elsewhere(draft)
    return sorted(draft.refusals + draft.doubts, key=lambda error: error.row)


def _missing(draft: Draft) -> None:
    """Doubt the rows without a date or a place, and days in the future."""
    nothing = np.full(len(draft), None, dtype=object)
    starts = draft.columns.get("date_start", nothing)
    open_dates = {error.row for error in draft.doubts if error.column == draft.date_column}
    settled = draft.bad | np.isin(draft.rows.number, list(open_dates))
    if draft.date_column:
        draft.doubt(~known(starts) & ~settled, draft.date_column, "no_date")
        today = datetime.now().astimezone().date().isoformat()
        future = np.array([day is not None and day[:10] > today for day in starts], dtype=bool)
        draft.doubt(future & ~draft.bad, draft.date_column, "future")
    placed = known(draft.columns.get("geometry", nothing)) | known(
        draft.columns.get("place", nothing)
    )
    if len(draft.rows.columns):
        column = draft.place_column or draft.rows.columns[0]
        draft.doubt(~placed & ~draft.bad, column, "no_place")


def _check_own(source: TableSource, name: str) -> list[CellError]:
    """Return the problems of a file that Dateline wrote and somebody edited."""
    try:
        events = read_own(source)
    except CellError as error:
        return [error]
    found = []
    for row, (start, place, empty) in enumerate(
        zip(events["date_start"], events["place"], events.geometry.isna(), strict=True), start=2
    ):
        if start is None:
            found.append(CellError(name, row, "date_start", None, **problems()["no_date"]))
        if empty and place is None:
            found.append(CellError(name, row, "place", None, **problems()["no_place"]))
    return found
