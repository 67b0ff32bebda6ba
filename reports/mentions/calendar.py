"""From the parts of a date expression to an interval of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.reports.mentions.interval import Interval, day_of, month_of
from dateline.reports.mentions.moves import moved
from dateline.reports.mentions.persian import persian_month, persian_near

__all__ = ["Shapes"]

Part = tuple[str, object]

_FUTURE_DAYS = 45
_AHEAD_DAYS = 180
_SHORT = frozenset(("hour", "day"))
_MONTHS = {"early": (1, 3), "middle": (5, 8), "late": (10, 12), "end": (12, 12)}  # of a year
_STAGES = {"early": (1, 10), "middle": (11, 20), "late": (21, 31), "end": (25, 31)}


@dataclass
class Shapes:
    """Turns the parts of date expressions into intervals.

    Parameters
    ----------
    published
        Day of publication, null where it is not known.
    order
        Order of day, month and year in figures: `dmy`, `mdy` or `ymd`.
    vague_months
        Numbers of the months whose names are also other words.
    named
        The day that the report named last, from which "the following day" counts.
    """

    published: date | None
    order: str = "dmy"
    vague_months: frozenset[int] = frozenset()
    named: date | None = None

    def interval(self, kind: str, parts: list[Part], *, future: bool = False) -> Interval | None:
        """Return the interval of an expression of shape `kind`; null where it cannot be dated.

        A day that is in no calendar (31 April) and a range that goes backwards cannot.
        """
        try:
            found: Interval | None = getattr(self, f"_{kind}")(parts, future)
        except (ValueError, OverflowError):
            return None
        return found if found is None or found.first <= found.last else None

    def with_weekday(self, interval: Interval | None, weekday: object) -> Interval | None:
        """Return `interval` moved to the nearest year, or else the nearest week, of that weekday."""
        if interval is None or interval.precision != "day" or self.published is None:
            return interval
        day = interval.first
        if day.weekday() + 1 == weekday:
            return interval
        for back in (1, -1):
            try:
                other = day.replace(year=day.year - back)
            except ValueError:
                continue
            near = abs((other - self.published).days) <= _FUTURE_DAYS
            if near and other.weekday() + 1 == weekday:
                return day_of(other)
        return interval

    def _near(
        self, month: int, day: int, *, year: int | None = None, future: bool = False
    ) -> date | None:
        """Return the day without a year that is nearest before publication, or soon after.

        What a sentence on the future names may be half a year ahead.
        """
        if year is not None:
            return date(year, month, day)
        if self.published is None:
            return None
        for candidate in (self.published.year + 1, *range(self.published.year, 1900, -1)):
            try:
                found = date(candidate, month, day)
            except ValueError:
                if (month, day) == (2, 29):
                    continue
                raise
            if (found - self.published).days <= (_AHEAD_DAYS if future else _FUTURE_DAYS):
                return found
        return None

    def _absolute(
        self, month: int, first: int, last: int, year: int | None, *, future: bool = False
    ) -> Interval | None:
        """Return the interval from one day to another of a month."""
        start = self._near(month, first, year=year, future=future)
        if start is None:
            return None
        end = start.replace(day=last)
        return Interval(start, end, "day" if first == last else "days")

    def _iso(self, parts: list[Part], _: bool) -> Interval | None:
        year, month, day = _numbers(parts)
        return day_of(date(year, month, day))

    def _numeric(self, parts: list[Part], _: bool) -> Interval | None:
        one, two, year = _numbers(parts)
        month, day = self._month_and_day(one, two)
        return day_of(date(year if year > 99 else 2000 + year, month, day))  # noqa: PLR2004 (the figure is explained where it stands)

    def _month_and_day(self, one: int, two: int) -> tuple[int, int]:
        """Return month and day of two figures by the order of the language, unless only one fits."""
        if (self.order == "mdy" and one <= 12) or two > 12:  # noqa: PLR2004 (the figure is explained where it stands)
            return one, two
        return two, one

    def _slash(self, parts: list[Part], future: bool) -> Interval | None:
        one, two = _numbers(parts)
        month, day = (one, two) if self.order == "ymd" else self._month_and_day(one, two)
        return self._absolute(month, day, day, None, future=future)

    def _dotted(self, parts: list[Part], _: bool) -> Interval | None:
        day, month = _numbers(parts)
        return self._absolute(month, day, day, None)

    _dashed = _dotted

    def _cjk_day(self, parts: list[Part], future: bool) -> Interval | None:
        numbers = [value for letter, value in parts if letter == "d"]
        year = _year(parts)
        month, day = map(_int, numbers[:2])
        return self._absolute(month, day, day, year, future=future)

    def _cjk_range(self, parts: list[Part], _: bool) -> Interval | None:
        month, first, last = (_int(value) for letter, value in parts if letter == "d")
        return self._absolute(month, first, last, _year(parts))

    def _cjk_month(self, parts: list[Part], _: bool) -> Interval | None:
        month = next(_int(value) for letter, value in parts if letter == "d")
        year = _year(parts)
        if year is None and self.published and parts[0][0] == "l":  # the last one that is over
            year = self.published.year - (month >= self.published.month)
        return self._staged(self._named_month(month, year), parts)

    def _cjk_days(self, parts: list[Part], _: bool) -> Interval | None:
        first, last = _numbers(parts)
        if any(letter in "&," for letter, _ in parts) and last - first != 1:
            return None  # "on the 14th and the 16th" is no time
        end = self._cjk_only_day([("d", last)], _)
        return None if end is None else Interval(end.first.replace(day=first), end.first, "days")

    def _cjk_only_day(self, parts: list[Part], future: bool) -> Interval | None:
        day = _numbers(parts)[0]
        if self.published is None:
            return None
        here = self.published
        if day <= here.day or future:
            return day_of(here.replace(day=day))
        before = here.replace(day=1) - timedelta(days=1)
        return day_of(before.replace(day=day))

    def _days_of_months(self, parts: list[Part], _: bool) -> Interval | None:
        days = [_int(value) for letter, value in parts if letter == "d"]
        months = [_int(value) for letter, value in parts if letter == "m"]
        end = self._near(months[1], days[1], year=_year(parts))
        if end is None:
            return None
        start = date(end.year - (months[0] > months[1]), months[0], days[0])
        return Interval(start, end, "days")

    _months_days = _days_of_months
    _nights_of_months = _days_of_months

    def _nights_slash(self, parts: list[Part], _: bool) -> Interval | None:
        """Return the night from the evening of one day to the morning of another, "đêm 14, rạng sáng 15/7"."""
        first, *between, last, month = _numbers(parts)
        end = self._near(month, last)
        if end is None:
            return None
        start = date(end.year, between[0] if between else month, first)
        return Interval(start, end, "days")

    def _weekday_pair(self, parts: list[Part], future: bool) -> Interval | None:
        """Return the days from one weekday to another, "on the two days Monday and Tuesday"."""
        one, two = (self._weekday([part], future) for part in parts if part[0] == "w")
        return one and two and Interval(one.first, two.first, "days")

    def _night_before(self, parts: list[Part], future: bool) -> Interval | None:
        """Return the night before a weekday."""
        day = self._weekday([("w", parts[0][1])], future)
        return day and Interval(day.first - timedelta(days=1), day.first, "days")

    def _day_of_unit(self, parts: list[Part], _: bool) -> Interval | None:
        """Return the day of this month or last month."""
        month = self._unit_moved([part for part in parts if part[0] != "d"], _)
        if month is None or month.precision != "month":
            return None
        return day_of(month.first.replace(day=_numbers(parts)[0]))

    def _days_month(self, parts: list[Part], future: bool) -> Interval | None:
        days = [_int(value) for letter, value in parts if letter == "d"]
        month = next(_int(value) for letter, value in parts if letter == "m")
        return self._absolute(month, days[0], days[-1], _year(parts), future=future)

    def _days_slash(self, parts: list[Part], _: bool) -> Interval | None:
        first, last, month, *years = _numbers(parts)
        year = years[0] if years else None
        if year is not None and year < 100:  # noqa: PLR2004 (a year of two digits)
            year += 2000
        return self._absolute(month, first, last, year)

    _month_days = _days_month
    _night_days = _days_month
    _day_month = _days_month
    _month_day = _days_month

    def _ago(self, parts: list[Part], _: bool) -> Interval | None:
        count = next(_int(value) for letter, value in parts if letter in "dN")
        return moved(self.published, _unit(parts), -count)

    def _days_ago(self, parts: list[Part], _: bool) -> Interval | None:
        return moved(self.published, "day", -_numbers(parts)[0])

    def _night_weekdays(self, parts: list[Part], future: bool) -> Interval | None:
        """Return the night between two weekdays; null where they do not follow each other."""
        evening, morning = (_int(value) for letter, value in parts if letter == "w")
        if morning != evening % 7 + 1:
            return None
        day = self._weekday([("w", morning)], future)
        return day and Interval(day.first - timedelta(days=1), day.first, "days")

    def _counted(self, parts: list[Part], _: bool) -> Interval | None:
        """Return the day that is some days before or after the one named last."""
        count = next(_int(value) for letter, value in parts if letter in "dN")
        later = any(letter == "y" for letter, _ in parts)
        return self._from_named(_unit(parts), count if later else -count)

    def _from_named(self, unit: str, step: int) -> Interval | None:
        """Return what is `step` away from the day named last, or, if not later, from publication."""
        if self.named is None:
            return moved(self.published, unit, step) if step <= 0 else None
        return moved(self.named, unit, step)

    def _persian(self, parts: list[Part], _: bool) -> Interval | None:
        days = [_int(value) for letter, value in parts if letter == "d"]
        return persian_near(self.published, _persian_year(parts), _persian(parts), days)

    def _persian_month(self, parts: list[Part], _: bool) -> Interval | None:
        return persian_month(self.published, _persian_year(parts), _persian(parts))

    def _span(self, parts: list[Part], _: bool) -> Interval | None:
        count = next(_int(value) for letter, value in parts if letter in "dNn")
        unit = _unit(parts)
        if unit == "week":  # "the past week" is seven days, "last week" that from Monday on
            unit, count = "day", 7 * count
        start = moved(self.published, unit, -count)
        if start is None or self.published is None:
            return None
        return Interval(start.first, self.published, "days")

    def _month_year(self, parts: list[Part], future: bool) -> Interval | None:
        month, year = next(_int(value) for letter, value in parts if letter == "m"), _year(parts)
        here = self.published
        if year is None and future and here is not None:
            year = here.year + (month < here.month)
        return self._staged(self._named_month(month, year), parts)

    _month = _month_year

    def _named_month(self, month: int, year: int | None) -> Interval | None:
        """Return the interval of a month, without a year the nearest that has begun."""
        if year is None:
            if self.published is None:
                return None
            year = self.published.year - (month > self.published.month + 1)
        return month_of(year, month)

    def _staged(self, interval: Interval | None, parts: list[Part]) -> Interval | None:
        """Return the early, middle or late days of a month, or months of a year."""
        stage = next((value for letter, value in parts if letter == "e"), None)
        if interval is None or stage is None or interval.precision not in {"month", "year"}:
            return interval
        if interval.precision == "year":
            opens, closes = _MONTHS[str(stage)]
            year = interval.first.year
            last_month = month_of(year, closes)
            return Interval(date(year, opens, 1), last_month.last, "days")
        first, last = _STAGES[str(stage)]
        start = interval.first.replace(day=first)
        return Interval(start, interval.first.replace(day=min(last, interval.last.day)), "days")

    def _month_moved(self, parts: list[Part], _: bool) -> Interval | None:
        month = next(_int(value) for letter, value in parts if letter == "m")
        if self.published is None:
            return None
        year, here = self.published.year, self.published.month
        if any(letter == "l" for letter, _ in parts):
            year -= month >= here
        elif any(letter == "x" for letter, _ in parts):
            year += month <= here
        return self._staged(month_of(year, month), parts)

    def _unit_moved(self, parts: list[Part], _: bool) -> Interval | None:
        unit = _unit(parts)
        step = next({"l": -1, "x": 1, "h": 0}[letter] for letter, _ in parts if letter in "lxh")
        found = self._staged(moved(self.published, unit, step), parts)
        return self._so_far(found, parts)

    def _unit_so_far(self, parts: list[Part], _: bool) -> Interval | None:
        """Return this week, month or year until publication: "earlier in the month"."""
        unit = _unit(parts)
        return None if unit in _SHORT else self._so_far(moved(self.published, unit, 0), parts)

    def _so_far(self, interval: Interval | None, parts: list[Part]) -> Interval | None:
        """Return what of an interval was before publication where the words say "earlier"."""
        here = self.published
        if interval is None or here is None or all(letter != "k" for letter, _ in parts):
            return interval
        if not interval.first < here < interval.last:
            return interval
        return Interval(interval.first, here, "days")

    def _unit_staged(self, parts: list[Part], _: bool) -> Interval | None:
        """Return the beginning, middle or end of this month or year."""
        unit = _unit(parts)
        if unit in _SHORT or unit == "week":
            return None
        return self._staged(moved(self.published, unit, 0), parts)

    def _weekdays(self, parts: list[Part], future: bool) -> Interval | None:
        """Return two weekdays that follow each other; null where they do not."""
        one, two = (_int(value) for letter, value in parts if letter == "w")
        if two != one % 7 + 1:
            return None
        day = self._weekday([part for part in parts if part != ("w", one)], future)
        return day and Interval(day.first - timedelta(days=1), day.first, "days")

    def _weekday(self, parts: list[Part], future: bool) -> Interval | None:
        here = self.published
        if here is None:
            return None
        wanted = next(_int(value) for letter, value in parts if letter == "w") - 1
        letters = {letter for letter, _ in parts}
        if "x" in letters or (future and "l" not in letters):
            return day_of(here + timedelta(days=(wanted - here.weekday()) % 7 or 7))
        back = (here.weekday() - wanted) % 7
        return day_of(here - timedelta(days=back or 7 * ("l" in letters)))

    def _relative(self, parts: list[Part], _: bool) -> Interval | None:
        unit, step, *weekday = str(next(value for letter, value in parts if letter == "r")).split()
        if unit == "named":
            return self._from_named("day", int(step))
        day = moved(self.published, unit, int(step))
        if day is not None and weekday:
            return day_of(day.first + timedelta(days=int(weekday[0]) - 1))
        return self._so_far(self._staged(day, parts), parts)

    def _year(self, parts: list[Part], _: bool) -> Interval | None:
        year = _year(parts)
        if year is None:
            return None
        return self._staged(Interval(date(year, 1, 1), date(year, 12, 31), "year"), parts)

    def _years(self, parts: list[Part], _: bool) -> Interval | None:
        first, last = _numbers(parts)
        return Interval(date(first, 1, 1), date(last, 12, 31), "days")


def _unit(parts: list[Part]) -> str:
    """Return the unit of time that the parts name."""
    return next(
        str(value) if letter == "U" else "year" for letter, value in parts if letter in "UJ"
    )


def _int(value: object) -> int:
    """Return a part's value as an integer."""
    return int(str(value))


def _numbers(parts: list[Part]) -> list[int]:
    """Return all figures of the parts in order."""
    return [_int(value) for letter, value in parts if letter in "dnY"]


def _year(parts: list[Part]) -> int | None:
    """Return the year that the parts name, null where they name none."""
    return next((_int(value) for letter, value in parts if letter == "Y"), None)


def _persian(parts: list[Part]) -> int:
    """Return the Persian month that the parts name."""
    return next(_int(value) for letter, value in parts if letter in "MA")


def _persian_year(parts: list[Part]) -> int | None:
    """Return the Persian year that the parts name, null where they name none."""
    return next((_int(value) for letter, value in parts if letter == "H"), None)
