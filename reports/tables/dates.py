"""Dates in cells: every usual spelling, d/m or m/d decided by the whole column, never a default."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dateline.reports.tables.arrays import object_array
from dateline.reports.tables.moment import (
    NUMERIC,
    SERIAL,
    UNKNOWN,
    full_year,
    is_swappable,
    read_moment,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

__all__ = ["Dates", "read_dates"]


@dataclass(slots=True)
class Dates:
    """A column of dates.

    Attributes
    ----------
    start, end
        ISO 8601 days or minutes, null where unknown.
    precision
        day, minute, days, month or year.
    bad
        Cells that hold no date of the calendar.
    ambiguous
        Cells that can be two dates, and nothing in the column tells which.
    notes
        How the order of day and month was decided.
    """

    start: np.ndarray
    end: np.ndarray
    precision: np.ndarray
    bad: np.ndarray
    ambiguous: np.ndarray
    notes: list[str] = field(default_factory=list)


def read_dates(cells: pd.Series, *, name: str, order: str | None = None) -> Dates:
    """Return the dates of a column.

    Parameters
    ----------
    cells
        Text cells, empty where there is no date.
    name
        Name of the column, for the notes.
    order
        `dmy` or `mdy` where the layout or the user says so; otherwise the column decides.

    Returns
    -------
    Dates
        Arrays of the column's length.
    """
    codes, uniques = pd.factorize(cells)
    texts = [_plain_digits(str(text)) for text in uniques]
    notes: list[str] = []
    if order is None:
        order, notes = _order(texts, name)
    if serial := sum(1 for text in texts if SERIAL.fullmatch(text)):
        notes.append(
            f"{name}: {serial} different numbers are read as a spreadsheet's days since 1899"
        )
    readings = [read_moment(text, order) for text in texts]
    undecided = np.array([order is None and is_swappable(text) for text in texts], dtype=bool)
    empty = np.array([text.casefold() in UNKNOWN for text in texts], dtype=bool)
    missing = np.array([reading is None for reading in readings], dtype=bool)
    bad = missing & ~undecided & ~empty

    values = {
        member: object_array([getattr(reading, member, None) for reading in readings])
        for member in ("start", "end", "precision")
    }
    return Dates(
        values["start"][codes],
        values["end"][codes],
        values["precision"][codes],
        bad[codes],
        undecided[codes],
        notes,
    )


def _plain_digits(text: str) -> str:
    """Return `text` with digits of any script as 0-9."""
    text = " ".join(text.split())
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _order(texts: Sequence[str], name: str) -> tuple[str | None, list[str]]:
    """Return whether a column writes the day or the month first, with the evidence in words."""
    found = [match for text in texts if (match := NUMERIC.fullmatch(text))]
    if not found:
        return None, []
    first = sum(int(match["a"]) > 12 for match in found)  # noqa: PLR2004 (months)
    second = sum(int(match["b"]) > 12 for match in found)  # noqa: PLR2004 (months)
    if first or second:
        order, count = ("dmy", first) if first > second else ("mdy", second)
        if first == second:
            return None, [f"{name}: day and month change places within the column"]
        words = "day before month" if order == "dmy" else "month before day"
        return order, [
            f"{name}: read as {words}: {count} different dates can be read in no other way"
        ]
    if all(match["sep"] == "." for match in found):
        return "dmy", [
            f"{name}: read as day.month.year: no country writes the month first with dots"
        ]
    return _order_by_sequence(found, name)


def _order_by_sequence(found: Sequence[re.Match[str]], name: str) -> tuple[str | None, list[str]]:
    """Decide by the sequence of the rows: a table is often sorted by date, and then under one reading only."""
    sortable = {}
    for order in ("dmy", "mdy"):
        keys = [_key(match, order) for match in found]
        sortable[order] = keys in (sorted(keys), sorted(keys, reverse=True))
    enough = len(found) >= 5  # noqa: PLR2004 (of five dates 1 in 60 sequences is sorted by chance)
    if enough and sortable["dmy"] != sortable["mdy"]:
        order = "dmy" if sortable["dmy"] else "mdy"
        words = "day before month" if order == "dmy" else "month before day"
        return order, [f"{name}: read as {words}: only so are the rows in order of time"]
    if all(match["a"] == match["b"] for match in found):
        return "dmy", []
    note = (
        f"{name}: nothing in the column tells whether day or month comes first; these dates are left"
        " open: say which with --map dmy=date_order (or mdy=date_order)"
    )
    return None, [note]


def _key(match: re.Match[str], order: str) -> tuple[int, int, int]:
    """Return year, month and day of a numeric date, for sorting."""
    a, b = int(match["a"]), int(match["b"])
    return (full_year(match["y"]), b, a) if order == "dmy" else (full_year(match["y"]), a, b)
