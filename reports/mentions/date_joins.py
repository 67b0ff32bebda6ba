"""Dates that stand together: ranges of two, a day with its year or month, a day with its part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dateline.reports.mentions.date_items import RANGES
from dateline.reports.mentions.interval import Interval, day_of, month_of

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["DateMention", "joined"]

_UNDATED = frozenset(
    ("day_month", "month_day", "days_month", "month_days", "cjk_day", "cjk_month", "cjk_range",
     "month", "slash", "dotted", "days_slash")
)  # fmt: skip
_WEEKS = frozenset(("relative", "unit_moved"))
_DAYS = frozenset(
    ("day_month", "month_day", "slash", "dotted", "cjk_day", "cjk_only_day", "dashed")
)
_PERSIAN = frozenset(("persian", "persian_month"))
_JOINTS = frozenset(",،、")
_YEAR = re.compile(r"\d{4}")
_HOME_REACH = 5


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of text that names a time.

    Attributes
    ----------
    start, end
        Code points of the text.
    text
        The words.
    interval
        First and last day with their precision; null where the words cannot be dated.
    first, last
        Words of the reading.
    kind
        Shape of the words: `day_month`, `weekday`, `relative`, `year` and others.
    """

    start: int
    end: int
    text: str
    interval: Interval | None
    first: int
    last: int
    kind: str


def joined(reading: Reading, found: list[DateMention]) -> list[DateMention]:
    """Return the dates with those that are one expression made one."""
    result: list[DateMention] = []
    for mention in found:
        before = result[-1] if result else None
        one = _one(reading, before, mention) if before else None
        if one is None:
            result.append(mention)
        else:
            result[-1] = one
    return result


def _one(reading: Reading, before: DateMention, mention: DateMention) -> DateMention | None:
    """Return two dates as one, null where they are two."""
    if before.interval is None or mention.interval is None:
        return None
    interval = _moved_into(reading, before, mention)
    if interval is not None:
        return _over(reading, before.first, mention.last, interval, before.kind)
    if _is_home_time(reading, mention):
        return _over(reading, before.first, mention.last, before.interval, before.kind)
    opening = _opening(reading, before, mention)
    if opening is None:
        return None
    whole = Interval(before.interval.first, mention.interval.last, "days")
    return _over(reading, opening, mention.last, whole, "range")


def _is_home_time(reading: Reading, mention: DateMention) -> bool:
    """Return whether a date in brackets is that of the readers' own country, "15日（日本時間16日）"."""
    reach = mention.first - _HOME_REACH, mention.first
    said = reading.find("dates.home_time", max(0, reach[0]), reach[1])
    return any(
        end == mention.first and reading.words[start - 1][2] in "(（" for start, end, _ in said
    )


def _over(reading: Reading, first: int, last: int, interval: Interval, kind: str) -> DateMention:
    """Return the date of words `first` to `last`."""
    start, end, text = reading.span(first, last)
    return DateMention(start, end, text, interval, first, last, kind)


def _moved_into(reading: Reading, before: DateMention, mention: DateMention) -> Interval | None:
    """Return the interval of "7 October last year", "last month the 15th", "Monday late at night"."""
    one, two = before.interval, mention.interval
    assert one is not None
    assert two is not None
    between = range(before.last, mention.first)
    if len(between) > 1 or any(not _links(reading, index) for index in between):
        return None
    if one.precision == "year" and _lacks_year(mention) and not one.since:
        return _in_year(two, one.first.year)
    if (
        two.precision == "year"
        and _lacks_year(before)
        and mention.kind in {"relative", "unit_moved"}
    ):
        return _in_year(one, two.first.year)
    if before.kind in _PERSIAN and two.precision == "year" and mention.kind == "relative":
        return one if two.first.year == one.first.year else None  # "فروردین امسال"
    if one.precision == "month" and mention.kind == "cjk_only_day" and before.kind != "cjk_month":
        return day_of(one.first.replace(day=two.first.day))
    whole = _of_relative(reading, before, mention) if not between else None
    return whole or _in_week(before, mention)


def _of_relative(reading: Reading, before: DateMention, mention: DateMention) -> Interval | None:
    """Return the interval of "Monday late at night", "ночью 15 июля", "tonight (Wednesday)"; null for others."""
    one, two = before.interval, mention.interval
    assert one is not None
    assert two is not None
    if mention.kind == "relative" and _is_part(before, two):
        return one
    if before.kind != "relative":
        return None
    if mention.kind in _DAYS and two.precision == "day" and _is_night_or_today(reading, one):
        return two
    inside = mention.text[0] in "(（" and one.first <= two.first and two.last <= one.last
    return one if inside else None


def _is_part(before: DateMention, part: Interval) -> bool:
    """Return whether a part of a day, "late at night", goes with the day or days before it."""
    whole = before.interval
    assert whole is not None
    if whole.precision == "day" or before.kind in RANGES:
        return True
    return before.kind == "relative" and whole.first <= part.first and part.last <= whole.last


def _is_night_or_today(reading: Reading, interval: Interval) -> bool:
    """Return whether a relative time is only the night or the day of publication, "ночью 15 июля"."""
    published = reading.report.published
    return published is not None and interval.last.isoformat() == published[:10]


def _in_week(before: DateMention, mention: DateMention) -> Interval | None:
    """Return the day of "Friday last week", "last week on Friday"; null for other dates."""
    for week, day in ((before, mention), (mention, before)):
        if week.interval and day.interval and week.interval.precision == "week":
            if day.kind != "weekday" or week.kind not in _WEEKS:
                return None
            monday = week.interval.first
            return day_of(monday + timedelta(days=day.interval.first.weekday()))
    return None


def _links(reading: Reading, index: int) -> bool:
    """Return whether word `index` may stand inside one date: a comma, "of", "in"."""
    return reading.words[index][2] in _JOINTS or reading.has_any(index, "dates.of", "dates.on")


def _lacks_year(mention: DateMention) -> bool:
    """Return whether a date of day and month, or month, names no year."""
    return mention.kind in _UNDATED and _YEAR.search(mention.text) is None


def _in_year(interval: Interval, year: int) -> Interval | None:
    """Return the same days of another year; what runs until publication goes on to."""
    if interval.precision == "month" and not interval.since:
        return month_of(year, interval.first.month)
    try:
        first = interval.first.replace(year=year)
        last = interval.last if interval.since else interval.last.replace(year=year)
    except ValueError:  # 29 February
        return None
    return replace(interval, first=first, last=last) if first <= last else None


def _opening(reading: Reading, before: DateMention, mention: DateMention) -> int | None:
    """Return the word where a range of two dates begins, null where they are no range."""
    one, two = before.interval, mention.interval
    assert one is not None
    assert two is not None
    if one.first > two.first:
        return None
    joint, opening = before.last, before.first - 1
    while mention.first > joint and (part := reading.tag(joint, "dates.parts")):
        joint = part[0]
    if mention.first == joint:
        goes_on = one.since or reading.tag(joint, "dates.until") is not None
        return before.first if goes_on and mention.kind != "relative" else None
    if mention.first - joint != 1:
        return None
    for before_it, between in (("dates.between", "dates.ands"), ("dates.from", "dates.to")):
        if reading.tag(opening, before_it) and reading.tag(joint, between):
            return opening
    plain = reading.words[joint][2] in "-–—~～" or reading.tag(joint, "dates.until")
    return before.first if plain or (one.since and reading.tag(joint, "dates.to")) else None
