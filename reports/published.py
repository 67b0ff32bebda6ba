"""The day a report was published: found in its text, or inferred from its weekdays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dateline.reports.mentions.dates import find_dates
from dateline.reports.reading import Reading, read

if TYPE_CHECKING:
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.report import Report

__all__ = ["with_published"]

_HEAD_LINES = 4
_MAX_LINE = 90
_YEARS_BACK = 12


def with_published(report: Report) -> Report:
    """Return `report` with its day of publication, if the text tells it.

    A line of its own near the top or at the end that holds a whole date is the day of publication. Else
    the years are tried in which every weekday of the text stands beside its day and month ("Saturday
    14/12" is 2024 or 2019); the latest is taken, and a warning says so.

    Parameters
    ----------
    report
        A report whose `published` is null.

    Returns
    -------
    Report
        With `published` and `published_method`, null where the text tells nothing.
    """
    reading = read(report)
    found = _stated(reading)
    if found is not None:
        return replace(report, published=found.isoformat(), published_method="found")
    return _inferred(report, reading)


def _stated(reading: Reading) -> date | None:
    """Return the whole date that stands in a short line near the top or at the end."""
    for mention in find_dates(reading):
        interval = mention.interval
        if interval is None or interval.precision not in {"day", "minute"}:
            continue
        start, end = _line_about(reading.text, mention)
        head = reading.text.count("\n", 0, mention.start) < _HEAD_LINES
        tail = not reading.text[end:].strip()
        alone = (mention.end - mention.start) * 2 > end - start
        if (head or tail) and end - start <= _MAX_LINE and alone:
            return interval.first
    return None


def _line_about(text: str, mention: DateMention) -> tuple[int, int]:
    """Return start and end of the line that holds a mention."""
    end = text.find("\n", mention.end)
    return text.rfind("\n", 0, mention.start) + 1, len(text) if end < 0 else end


def _inferred(report: Report, reading: Reading) -> Report:
    """Return `report` with the latest year in which its weekdays fit."""
    today = datetime.now(UTC).date()
    fitting = [_last_day(report, year) for year in range(today.year, today.year - _YEARS_BACK, -1)]
    days = [day for day in fitting if day is not None and day <= today]
    if not days:
        return report
    words = ", ".join(mention.text for mention in _with_weekday(reading))
    years = " or ".join(str(day.year) for day in days)
    warning = (
        f"{report.file}: the day of publication is not given; {words!r} fits {years}, "
        f"{days[0].year} is taken: give --published to be sure"
    )
    return replace(
        report,
        published=days[0].isoformat(),
        published_method="inferred",
        warnings=(*report.warnings, warning),
    )


def _last_day(report: Report, year: int) -> date | None:
    """Return the last of the days with a weekday, if in `year` each falls on its weekday."""
    reading = read(replace(report, published=f"{year}-12-31"))
    days = []
    for mention in _with_weekday(reading):
        if mention.interval is None or mention.interval.precision not in {"day", "minute"}:
            continue
        weekdays = reading.find("dates.weekdays", mention.first, mention.last)
        first = mention.interval.first
        if first.year != year or first.weekday() + 1 not in {value for _, _, value in weekdays}:
            return None
        days.append(first)
    return max(days, default=None)


def _with_weekday(reading: Reading) -> list[DateMention]:
    """Return the dates that have a weekday and a day of the month."""
    return [
        mention
        for mention in find_dates(reading)
        if mention.kind != "weekday" and reading.has("dates.weekdays", mention.first, mention.last)
    ]
