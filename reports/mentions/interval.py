"""An interval of days with its precision."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["Interval", "Precision", "day_of", "month_of"]

Precision = Literal["minute", "day", "days", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Days `first` to `last`, both included, with their precision.

    `time` is the local time "05:30" where one is given; `since` tells that the interval began at
    `first` and still ran when the report was published.
    """

    first: date
    last: date
    precision: Precision
    time: str | None = None
    since: bool = False


def month_of(year: int, month: int) -> Interval:
    """Return the interval of a month."""
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def day_of(day: date) -> Interval:
    """Return the interval of one day."""
    return Interval(day, day, "day")
