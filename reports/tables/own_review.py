"""Tables under review: what somebody changed by hand is kept, followed up and marked."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from dateline.codec import load
from dateline.event import COLUMNS, stable_id
from dateline.fingerprint import changed, digest, digests, was
from dateline.reports.tables.dates import read_dates
from dateline.table import as_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import numpy as np

__all__ = ["REVIEWED", "by_hand", "follow_up", "moved_points"]

REVIEWED = "reviewed"
"""Member of `extra` that names the columns which somebody changed by hand."""

_NEW = "added by hand"
_KNOWN = frozenset((*COLUMNS, "longitude", "latitude"))
_DATES = ("date_start", "date_end")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")
_SPOT = frozenset(("geometry", "longitude", "latitude"))
_FOUND = ("uncertainty_m", "geo_precision", "where_prec", "confidence", "country", "admin1")
_HOW = ("method", "explanation")
_DAY = 10


def by_hand(columns: dict[str, list[Any]], marks: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the cells of a table under review as Dateline writes them.

    Dates that a spreadsheet wrote its own way are ISO 8601 again; whether it puts the day or the month
    first, the fingerprints tell; a row that somebody added has an identifier; columns that somebody
    added are kept under `extra`.

    Parameters
    ----------
    columns
        Cells by column.
    marks
        The fingerprint of each row, null in rows added by hand.
    """
    result = {name: values for name, values in columns.items() if name in _KNOWN}
    others = {name: values for name, values in columns.items() if name not in _KNOWN}
    rows = len(marks)
    result |= _dates(result, marks)
    result["id"] = [
        given or stable_id(*(values[row] for values in result.values()))
        for row, given in enumerate(result.get("id") or [None] * rows)
    ]
    if any(value is not None for values in others.values() for value in values):
        result["extra"] = [
            _with_others(given, {name: values[row] for name, values in others.items()})
            for row, given in enumerate(result.get("extra") or [None] * rows)
        ]
    return result


def _with_others(extra: Any, others: dict[str, Any]) -> Any:
    """Return the cell `extra` with the cells of columns that are not of the table."""
    said = {name: str(value) for name, value in others.items() if value is not None}
    if not said:
        return extra
    known = load(extra) if isinstance(extra, str) else extra
    return (known if isinstance(known, dict) else {}) | said


def _dates(columns: dict[str, list[Any]], marks: Sequence[Any]) -> dict[str, list[str | None]]:
    """Return the columns of dates as ISO 8601; a cell that is no date stays, to be refused by its name."""
    cells: dict[str, list[str | None]] = {
        name: [_iso(v) for v in columns[name]] for name in _DATES if name in columns
    }
    texts = [text for values in cells.values() for text in values if text is not None]
    if all(_ISO.fullmatch(text) for text in texts):
        return cells
    readings = [
        {name: _read(values, name, order) for name, values in cells.items()}
        for order in (None, "dmy", "mdy")
    ]
    return max(readings, key=lambda reading: _agreeing(reading, marks))


def _read(values: list[str | None], name: str, order: str | None) -> list[str | None]:
    """Return cells as ISO 8601 where they can be read, else as they are."""
    found = read_dates(
        pd.Series([text or "" for text in values], dtype="str"), name=name, order=order
    )
    return [start or text for start, text in zip(found.start, values, strict=True)]


def _agreeing(columns: dict[str, list[str | None]], marks: Sequence[Any]) -> int:
    """Return how many cells are what they were when the table was written."""
    return sum(
        isinstance(mark, str) and was(mark, name) == digest(value)
        for name, values in columns.items()
        for value, mark in zip(values, marks, strict=True)
    )


def _iso(value: Any) -> str | None:
    """Return a spreadsheet's date as ISO 8601, a text as it is."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes").removesuffix("T00:00")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def moved_points(
    shapes: np.ndarray[Any, Any],
    east: Sequence[Any] | None,
    north: Sequence[Any] | None,
    marks: Sequence[Any],
) -> np.ndarray[Any, Any]:
    """Return `shapes` with the points that somebody set by longitude and latitude.

    Only where the geometry of a row is as it was written and its longitude or latitude is not.
    """
    if east is None or north is None:
        return shapes
    result = shapes.copy()
    now = _spot_digits(shapes, east, north)
    for row, mark in enumerate(marks):
        edited = isinstance(mark, str) and {
            name for name in _SPOT if was(mark, name) not in {now[name][row], ""}
        }
        if not edited or "geometry" in edited:
            continue
        if east[row] is not None and north[row] is not None:
            result[row] = shapely.Point(east[row], north[row])
        elif east[row] is None and north[row] is None:
            result[row] = None
    return result


def _spot_digits(
    shapes: np.ndarray[Any, Any], east: Sequence[Any], north: Sequence[Any]
) -> dict[str, list[str]]:
    """Return the digits of geometry, longitude and latitude."""
    table = as_table(pd.DataFrame({"geometry": shapes}))
    found = digests(table, east, north)
    return {name: found[name] for name in sorted(_SPOT)}


def follow_up(
    events: gpd.GeoDataFrame,
    marks: Sequence[Any],
    east: Sequence[Any] | None,
    north: Sequence[Any] | None,
    file: str,
) -> gpd.GeoDataFrame:
    """Return the events with what follows from the changes, each changed row marked.

    A changed row names its changed columns under `extra` as `reviewed`. A place moved by its
    coordinates loses what was known of the old one; a place renamed loses its geometry too, and is
    looked up again; one day moved stays one day.

    Parameters
    ----------
    events
        The table as somebody left it.
    marks
        The fingerprints that its rows were written with, null in rows added by hand.
    east, north
        Longitude and latitude of each row as they stand in the file.
    file
        Name shown in explanations.

    Returns
    -------
    geopandas.GeoDataFrame
        The events; how many were changed is in `.attrs["read"]`.
    """
    nothing = [None] * len(events)
    now = digests(events, east or nothing, north or nothing)
    rows = events.to_dict("records")
    edited = added = 0
    for number, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        digits = {name: values[number] for name, values in now.items()}
        columns = changed(mark, digits) if isinstance(mark, str) else None
        if columns is None:
            added += 1
            row["date_end"] = row["date_end"] or row["date_start"]
            row["date_precision"] = row["date_precision"] or _precision(
                row["date_start"], row["date_end"]
            )
            _mark(row, [_NEW])
        elif columns:
            edited += 1
            _follow(row, columns, str(mark), digits, f"{file}, row {number + 2}")
            _mark(row, sorted(columns))
    if not edited and not added:
        return events
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in events}
    )
    table = as_table(frame)
    table.attrs["read"] = [
        f"{file}: {edited} rows changed by hand, {added} added; marked as reviewed"
    ]
    return table


def _follow(
    row: dict[str, Any], columns: frozenset[str], mark: str, digits: dict[str, str], where: str
) -> None:
    """Put right what depends on the changed columns of a row and was not changed itself."""
    moved, renamed = bool(columns & _SPOT), "place" in columns
    if moved or renamed:
        row |= {name: None for name in (*_FOUND, *_HOW) if name not in columns}
    if moved and row["geometry"] is not None:
        by_hand = {"method": "set by hand", "explanation": f"Place set by hand in {where}."}
        row |= {name: words for name, words in by_hand.items() if name not in columns}
    elif renamed:
        row["geometry"] = None
    if "date_start" in columns and "date_end" not in columns:
        one_day = was(mark, "date_start") == digits["date_end"]
        row["date_end"] = row["date_start"] if one_day else row["date_end"]
    if columns & {"date_start", "date_end"} and "date_precision" not in columns:
        row["date_precision"] = _precision(row["date_start"], row["date_end"])


def _precision(start: Any, end: Any) -> str | None:
    """Return how precise an interval is that somebody set by hand."""
    if not isinstance(start, str):
        return None
    if start != end:
        return "days"
    return "minute" if len(start) > _DAY else "day"


def _mark(row: dict[str, Any], names: list[str]) -> None:
    """Note under `extra` what was changed by hand, now and before."""
    extra = dict(row["extra"]) if isinstance(row["extra"], dict) else {}
    before = extra.get(REVIEWED)
    known = before if isinstance(before, list) else []
    row["extra"] = extra | {REVIEWED: list(dict.fromkeys([*known, *names]))}
