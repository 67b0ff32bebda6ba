"""Put dates into a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.reports.tables.arrays import known
from dateline.reports.tables.dates import Dates, read_dates

if TYPE_CHECKING:
    from dateline.reports.tables.draft import Draft

__all__ = ["put_dates"]

_TIMES = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"


def put_dates(
    draft: Draft,
    start: str,
    end: str | None = None,
    *,
    order: str | None = None,
    time: str | None = None,
) -> None:
    """Fill date_start, date_end and date_precision.

    Parameters
    ----------
    draft
        The events in the making.
    start, end
        Source columns; without `end` the interval is what one cell says.
    order
        dmy or mdy, where the layout or the user says so.
    time
        Source column of the time of day; 00:00 is taken as unknown.
    """
    draft.date_column = start
    first = read_dates(draft.cells(start), name=start, order=order)
    _report(draft, first, start)
    begins, ends, precision = first.start, first.end, first.precision
    if end:
        last = read_dates(draft.cells(end), name=end, order=order)
        _report(draft, last, end)
        begins, ends, precision = _joined(draft, end, first, last)
    elif time:
        begins, ends, precision = _timed(draft, time, begins, ends, precision)
    draft.columns |= {"date_start": begins, "date_end": ends, "date_precision": precision}
    if same(draft.values(start), begins):
        draft.said.add(start)


def _report(draft: Draft, dates: Dates, column: str) -> None:
    """Hand on what was decided, refused and left open in a column."""
    draft.note(*dates.notes)
    draft.refuse(dates.bad, column, "date")
    draft.doubt(dates.ambiguous, column, "ambiguous")


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether two columns of text and nulls are equal."""
    return bool(one.tolist() == other.tolist())


def _joined(
    draft: Draft, column: str, first: Dates, last: Dates
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the interval from a first to a last date; one of them may be unknown."""
    has_first, has_last = known(first.start), known(last.start)
    both = has_first & has_last
    wrong = np.zeros(len(both), dtype=bool)
    wrong[both] = [a[:10] > b[:10] for a, b in zip(first.start[both], last.end[both], strict=True)]
    draft.refuse(wrong, column, "backwards")
    begins = np.where(has_first, first.start, last.start)
    ends = np.where(has_last, last.end, first.end)
    precision = np.where(has_first, first.precision, last.precision)
    several = both & (begins != ends) & (precision != "minute")
    return begins, ends, np.where(several, "days", precision)


def _timed(
    draft: Draft, column: str, begins: np.ndarray, ends: np.ndarray, precision: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return minutes where a column of times says more than the day."""
    times = draft.cells(column)
    says = times.str.fullmatch(_TIMES).to_numpy(bool) & ~times.str.match("0?0:00").to_numpy(bool)
    says &= precision == "day"
    clocks = [":".join(part.zfill(2) for part in time.split(":")[:2]) for time in times[says]]
    begins, ends, precision = begins.copy(), ends.copy(), precision.copy()
    begins[says] = [f"{day}T{clock}" for day, clock in zip(begins[says], clocks, strict=True)]
    ends[says] = begins[says]
    precision[says] = "minute"
    return begins, ends, precision
