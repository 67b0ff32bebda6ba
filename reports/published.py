"""The day a report was published: given, found in the text, or inferred, and never silently."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dateline.errors import InputError
from dateline.reports.mentions.date_items import RANGES, row_of
from dateline.reports.mentions.dates import dates_on
from dateline.reports.reading import read
from dateline.reports.report import Report

if TYPE_CHECKING:
    from dateline.reports.mentions.date_items import Row
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.mentions.interval import Interval
    from dateline.reports.reading import Reading

__all__ = ["checked_day", "find_published", "publication_warnings"]

_HEAD_LINES = 4
_OPENING = 20_000
"""Characters in which a report says when it was published, if it does at all."""

_HEAD_CHARACTERS = 160
_YEARS_BACK = 12
_FULL = frozenset(("iso", "numeric", "cjk_day", "day_month", "month_day"))
_YEARLESS = (_FULL | RANGES | {"persian", "slash", "dotted"}) - {"iso"}
_BESIDE = 5
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")


def checked_day(value: str) -> str:
    """Return a day or minute given by the user, in ISO 8601.

    Raises
    ------
    InputError
        If it is not ISO 8601 or in no calendar.
    """
    text = value.strip().replace(" ", "T")[:16]
    try:
        if _DAY.fullmatch(text):
            datetime.fromisoformat(text)
            return text
        if _DAY.match(text):
            date.fromisoformat(text[:10])
            return text[:10]
    except ValueError:
        pass
    raise InputError("a publication day such as 2024-12-16", value, "write year, month and day")


def find_published(report: Report) -> tuple[str | None, str | None]:
    """Return day of publication and how it is known: `found`, `inferred`, or both null.

    Found is a full date that stands alone among the first lines. Inferred is the latest year in
    which the weekdays that the text gives beside day and month are right; the day is then the
    latest of the days that can be dated so.
    """
    if len(report.text) > _OPENING:
        report = Report(report.file, report.text[:_OPENING], report.language, report.published)
    reading = read(report)
    row = reading.once(row_of)
    dates = dates_on(reading, row, report.published)
    lines = report.text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    head = min(sum(len(line) + 1 for line in lines), _HEAD_CHARACTERS)
    for mention in dates:
        line = _line_of(report.text, mention.start)
        alone = len(line.strip()) <= 2 * len(mention.text) + 24
        dated = mention.interval is not None and mention.kind in _FULL
        if dated and alone and mention.start < head and re.search(r"\d{4}", mention.text):
            assert mention.interval is not None
            return mention.interval.first.isoformat(), "found"
    inferred = _infer(reading, row, dates)
    return (inferred.isoformat(), "inferred") if inferred else (None, None)


def _line_of(text: str, offset: int) -> str:
    """Return the line that holds `offset`."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)]


def _infer(reading: Reading, row: Row, dates: list[DateMention]) -> date | None:
    """Return the latest day that the text dates by weekday, day and month, in the fitting year."""
    today = datetime.now(tz=UTC).date()
    best: list[date] = []
    most = sum(_may_tell(reading, mention) for mention in dates)
    for year in range(today.year, today.year - _YEARS_BACK, -1):
        if len(best) == most:
            break
        end = min(date(year, 12, 31), today)
        days, wrong = _weekdays(reading, dates_on(reading, row, end.isoformat()), year)
        if len(days) > len(best) and not wrong:
            best = days
    full = [
        mention.interval.first
        for mention in dates
        if mention.interval and mention.kind in _FULL and mention.interval.first <= today
    ]
    return max(best or full, default=None)


def _may_tell(reading: Reading, mention: DateMention) -> bool:
    """Return whether a date has day and month, no year, and a weekday with or beside it."""
    return (
        mention.kind in _YEARLESS
        and not re.search(r"\d{4}", mention.text)
        and reading.has("dates.weekdays", mention.first - _BESIDE, mention.last + _BESIDE)
    )


def _weekdays(reading: Reading, dates: list[DateMention], year: int) -> tuple[list[date], int]:
    """Return the days of `year` whose weekday the text gives rightly, and how many it gives wrongly."""
    days, wrong = [], 0
    for mention in dates:
        interval: Interval | None = mention.interval
        if interval is None or interval.precision not in {"day", "minute"}:
            continue
        weekday = reading.find("dates.weekdays", mention.first, mention.last)
        if not weekday or not _may_tell(reading, mention):
            continue
        if interval.first.year == year and interval.first.weekday() + 1 == weekday[0][2]:
            days.append(interval.first)
        else:
            wrong += 1
    return days, wrong


def publication_warnings(report: Report, *, undated: bool) -> list[str]:
    """Return what the user should know about the day of publication."""
    if report.published_method == "inferred":
        return [
            (
                f"{report.file}: publication day {report.published} is inferred from dates in the text; "
                "the same weekday and day recur in other years: give --published to be sure"
            )
        ]
    if report.published is None and undated:
        return [
            (
                f"{report.file}: publication day unknown, so that dates relative to it stay open; "
                "give --published YYYY-MM-DD"
            )
        ]
    return []
