"""One date in one cell: days, minutes, months, years and ranges in every usual spelling."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dateline.reports.tables.months import month_number

__all__ = [
    "MONTHS",
    "NUMERIC",
    "SERIAL",
    "UNKNOWN",
    "Moment",
    "full_year",
    "is_swappable",
    "read_moment",
]

_YEARS = range(1900, 2101)
MONTHS = 12
UNKNOWN = frozenset(
    {
        "",
        "-",
        "--",
        "?",
        "n/a",
        "na",
        "nan",
        "nat",
        "null",
        "none",
        "unknown",
        "0",
        "0000-00-00",
        "0000/00/00",
    }
)
_TIME = r"(?:[T ,]+(?P<h>\d{1,2}):(?P<mi>\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?P<ap>[ap]m)?\s*(?P<tz>Z|UTC|[+-]\d{2}:?\d{2})?)?"
_YMD = re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})\.?" + _TIME, re.IGNORECASE)
NUMERIC = re.compile(
    r"(?P<a>\d{1,2})\s?(?P<sep>[-./])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|\d{2})\.?" + _TIME,
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<mi>\d{2})\d{2}(?P<tz>Z)?)?"
)
_EAST = re.compile(
    r"(?P<y>\d{4})\s*[年년]\s*(?:(?P<m>\d{1,2})\s*[月월]\s*(?:(?P<d>\d{1,2})\s*[日일号號]?)?)?"
)
_MONTH = re.compile(r"(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-./](?P<y2>\d{4}))")
_YEAR = re.compile(r"\d{4}")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
"""Days since the end of 1899, as spreadsheets keep dates: here from 1954 to 2091."""

_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 (local time; Excel counts a 29 February 1900 too many)
_DAY_MINUTES = 24 * 60
_RANGE = re.compile(r"\s+(?:-|–|—|to|until|\.\.)\s+|/(?=\d{4}-)|\s*(?:–|—)\s*")
_DAYS = re.compile(r"(?P<a>\d{1,2})\s*[-–]\s*(?P<b>\d{1,2})(?P<rest>\D.*)")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of one cell: first and last day or minute, and how exact that is."""

    start: str
    end: str
    precision: str


def is_swappable(text: str) -> bool:
    """Tell whether a numeric date is another date with day and month changed."""
    match = NUMERIC.fullmatch(text)
    if match is None or match["a"] == match["b"]:
        return False
    return max(int(match["a"]), int(match["b"])) <= MONTHS


def read_moment(text: str, order: str | None) -> Moment | None:
    """Return the reading of one cell, null if it has none or more than one.

    Parameters
    ----------
    text
        The cell, its digits 0-9.
    order
        dmy or mdy, null where that is not known.
    """
    if text.casefold() in UNKNOWN:
        return None
    try:
        return _numeric(text, order) or _worded(text) or _interval(text, order)
    except (ValueError, OverflowError):
        return None


def _numeric(text: str, order: str | None) -> Moment | None:
    """Read dates written in digits."""
    if match := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _moment(match, int(match["y"]), int(match["m"]), int(match["d"]))
    if match := NUMERIC.fullmatch(text):
        return _ordered(match, text, order)
    if match := _EAST.fullmatch(text):
        return _partial(int(match["y"]), match["m"], match["d"])
    if match := _MONTH.fullmatch(text):
        return _partial(int(match["y"] or match["y2"]), match["m"] or match["m2"], None)
    return _counted(text)


def _counted(text: str) -> Moment | None:
    """Read a bare number: seconds or milliseconds since 1970, a spreadsheet's days, or a year."""
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)  # noqa: PLR2004
        return _day(datetime.fromtimestamp(seconds, UTC).date())
    if SERIAL.fullmatch(text):
        return _serial(float(text.replace(",", ".")))
    return _partial(int(text), None, None) if _YEAR.fullmatch(text) else None


def _serial(days: float) -> Moment:
    """Return the day, or the minute, that a spreadsheet counts so many days from its beginning."""
    found = _SERIAL_START + timedelta(minutes=round(days * _DAY_MINUTES))
    if not (found.hour or found.minute):
        return _day(found.date())
    stamp = found.isoformat(timespec="minutes")
    return Moment(stamp, stamp, "minute")


def _ordered(match: re.Match[str], text: str, order: str | None) -> Moment | None:
    """Read day, month and year in the order that the column has, null where that is open."""
    a, b, year = int(match["a"]), int(match["b"]), full_year(match["y"])
    if order is None and is_swappable(text):
        return None
    day_first = order == "dmy" or (order is None and (a > MONTHS or a == b))
    return _moment(match, year, b, a) if day_first else _moment(match, year, a, b)


def full_year(text: str) -> int:
    """Return a year of four digits; of two digits one within the last seventy or next thirty years."""
    year = int(text)
    if len(text) == 4:  # noqa: PLR2004 (digits)
        return year
    return 2000 + year if year < 70 else 1900 + year  # noqa: PLR2004 (POSIX's rule for two digits)


def _moment(match: re.Match[str], year: int, month: int, day: int) -> Moment:
    """Return a day, or a minute where the cell has a local time other than midnight."""
    found = date(year, month, day)
    hour = match["h"]
    if hour is None or match["tz"]:
        return _day(found)
    hours, minutes = int(hour), int(match["mi"])
    mark = match.groupdict().get("ap")
    if mark:
        hours = hours % 12 + (12 if mark.lower() == "pm" else 0)
    if not (hours or minutes):
        return _day(found)
    stamp = datetime(year, month, day, hours, minutes).isoformat(timespec="minutes")  # noqa: DTZ001 (local time)
    _checked_year(year)
    return Moment(stamp, stamp, "minute")


def _day(found: date) -> Moment:
    """Return one day."""
    _checked_year(found.year)
    return Moment(found.isoformat(), found.isoformat(), "day")


def _checked_year(year: int) -> None:
    """Refuse years that are typing errors."""
    if year not in _YEARS:
        message = f"a year from {_YEARS[0]} to {_YEARS[-1]}"
        raise ValueError(message)


def _partial(year: int, month: str | None, day: str | None) -> Moment:
    """Return a day, a whole month or a whole year."""
    _checked_year(year)
    if month is None:
        return Moment(f"{year}-01-01", f"{year}-12-31", "year")
    if day is not None:
        return _day(date(year, int(month), int(day)))
    first = date(year, int(month), 1)
    last = first.replace(day=monthrange(year, int(month))[1])
    return Moment(first.isoformat(), last.isoformat(), "month")


def _worded(text: str) -> Moment | None:
    """Read dates with the name of a month: 14 AUG 2024, August 14, 2024, 14 серпня 2024."""
    words = _WORD.findall(text)
    months = [number for word in words if (number := month_number(word))]
    if len(months) != 1 or len(text) > 40:  # noqa: PLR2004 (a date, not a sentence)
        return None
    numbers = _NUMBER.findall(text)
    years = [int(number) for number in numbers if len(number) == 4]  # noqa: PLR2004 (digits)
    days = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004 (digits)
    if len(years) != 1 or len(years) + len(days) != len(numbers):
        return None
    if len(days) <= 1:
        return _partial(years[0], str(months[0]), days[0] if days else None)
    match = _DAYS.search(text)
    if match and len(days) == 2:  # noqa: PLR2004 (first and last)
        first, last = (date(years[0], months[0], int(day)) for day in days)
        return _span(first.isoformat(), last.isoformat())
    return None


def _interval(text: str, order: str | None) -> Moment | None:
    """Read two dates with a dash, a slash or a word between them."""
    parts = [part.strip() for part in _RANGE.split(text) if part.strip()]
    if len(parts) != 2:  # noqa: PLR2004 (first and last)
        return None
    first, last = (_numeric(part, order) or _worded(part) for part in parts)
    return _span(first.start, last.end) if first and last else None


def _span(start: str, end: str) -> Moment:
    """Return an interval of days; one that ends before it starts is no date."""
    if end[:10] < start[:10]:
        message = "an interval that ends before it starts"
        raise ValueError(message)
    return Moment(start, end, "day" if start == end else "days")
