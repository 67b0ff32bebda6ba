"""From a day to the day, week, weekend, month or year so many steps before or after it."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.reports.mentions.interval import Interval, month_of

__all__ = ["moved"]

_SATURDAY = 5


def moved(here: date | None, unit: str, step: int) -> Interval | None:  # noqa: PLR0911 (one return a rule)
    """Return the day, week, month or year that is `step` away from the one that has `here`."""
    if here is None:
        return None
    if unit == "hour":
        return Interval(here + timedelta(hours=step), here, "days")
    if unit in {"day", "night"}:
        day = here + timedelta(days=step)
        return Interval(
            day, day + timedelta(days=unit == "night"), "days" if unit == "night" else "day"
        )
    if unit == "week":
        monday = here - timedelta(days=here.weekday()) + timedelta(weeks=step)
        end = monday + timedelta(days=6)
        return Interval(monday, min(end, here) if step == 0 else end, "week")
    if unit == "weekend":
        saturday = here - timedelta(days=(here.weekday() - _SATURDAY) % 7)
        if step < 0 and here.weekday() >= _SATURDAY:
            saturday -= timedelta(weeks=1)
        saturday += timedelta(weeks=max(step, 0))
        return Interval(saturday, saturday + timedelta(days=1), "days")
    if unit == "month":
        number = here.year * 12 + here.month - 1 + step
        return month_of(number // 12, number % 12 + 1)
    if unit == "year":
        return Interval(date(here.year + step, 1, 1), date(here.year + step, 12, 31), "year")
    return None
