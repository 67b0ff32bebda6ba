"""Days of the Persian calendar (solar hijri), by the 33-year cycle (right for 1206-1498)."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.reports.mentions.interval import Interval, day_of

__all__ = ["PERSIAN_YEARS", "persian_day", "persian_month", "persian_near"]

PERSIAN_YEARS = range(1300, 1451)
_EPOCH = date(1921, 3, 21)  # 1 Farvardin 1300
_LEAPS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_CYCLE = 33
_LONG_MONTHS, _LAST = 6, 12
_SOON_DAYS = 45


def _is_leap(year: int) -> bool:
    """Return whether a Persian year has 366 days."""
    return year % _CYCLE in _LEAPS


def _length(year: int, month: int) -> int:
    """Return how many days a Persian month has."""
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < _LAST or _is_leap(year) else 29


def persian_day(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Persian date of the years 1300-1450; ValueError where there is none."""
    if year not in PERSIAN_YEARS or not 1 <= day <= _length(year, month):
        message = f"expected a day of the Persian calendar; got {year}-{month}-{day}"
        raise ValueError(message)
    before = sum(365 + _is_leap(past) for past in range(PERSIAN_YEARS.start, year))
    before += sum(_length(year, past) for past in range(1, month))
    return _EPOCH + timedelta(days=before + day - 1)


def persian_near(
    published: date | None, year: int | None, month: int, days: list[int]
) -> Interval | None:
    """Return a day or days of a Persian month; without a year the nearest before publication."""
    year = year or _year_of(published, month, days[0])
    if year is None:
        return None
    first, last = (persian_day(year, month, day) for day in (days[0], days[-1]))
    return day_of(first) if first == last else Interval(first, last, "days")


def persian_month(published: date | None, year: int | None, month: int) -> Interval | None:
    """Return a Persian month; without a year the nearest that has begun at publication."""
    year = year or _year_of(published, month, 1)
    if year is None:
        return None
    first = persian_day(year, month, 1)
    return Interval(first, first + timedelta(days=_length(year, month) - 1), "days")


def _year_of(published: date | None, month: int, day: int) -> int | None:
    """Return the Persian year in which a day is nearest before publication, or soon after."""
    if published is None:
        return None
    for year in range(published.year - 620, published.year - 624, -1):
        if (persian_day(year, month, day) - published).days <= _SOON_DAYS:
            return year
    return None
