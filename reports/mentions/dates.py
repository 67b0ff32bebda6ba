"""Dates: absolute, partial, relative to publication or to the day just named, ranges and times."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.reports.mentions.calendar import Shapes
from dateline.reports.mentions.date_items import RANGES, SHAPES, SINGLE, Row, row_of
from dateline.reports.mentions.date_joins import DateMention, joined

if TYPE_CHECKING:
    from dateline.reports.mentions.interval import Interval
    from dateline.reports.reading import Reading

__all__ = ["DateMention", "dates_on", "find_dates"]

_TIMED = frozenset(
    ("iso", "numeric", "cjk_day", "cjk_only_day", "day_month", "month_day", "slash", "dotted",
     "weekday", "relative")
)  # fmt: skip
_WEEKDAY_BEFORE = re.compile(r"[lh]?w[i,.(a]*$")
_WEEKDAY_OF_NIGHT = re.compile(r"[lh]?w[ia]*$")  # "Thursday. That night" is two
_WEEKDAY_AFTER = re.compile(r"[,(]?i?w\)?")
_SINCE_AFTER = re.compile(r"[aif]?z")
_BOUND_BEFORE = re.compile(r"([suq])[aif]*$")
_TIME_AFTER = re.compile(r"[,i(a_]{0,2}c?[dn_][:.][dn_]c?")
_DOUBTFUL = frozenset(("month", "year", "slash", "dotted", "dashed"))
_OF_NOW = frozenset(("unit_staged", "unit_so_far"))
_SHORT_MONTH = 3
_DAY_DIGITS = 2
_HOUR_AND_MINUTE = 2
_LAST_HOUR, _LAST_MINUTE = 23, 59
_NAMING = frozenset(("day", "days", "minute"))
_COMMAS = frozenset(",;،、，")
_LONGEST_NAMED = 3


def find_dates(reading: Reading) -> list[DateMention]:
    """Return the dates of a report, in order, not overlapping.

    What depends on the day of publication is left without an interval where that is unknown.
    """
    return dates_on(reading, reading.once(row_of), reading.report.published)


def dates_on(reading: Reading, row: Row, published: str | None) -> list[DateMention]:
    """Return the dates of a report as read on a day of publication.

    Parameters
    ----------
    reading
        The report.
    row
        Its words as `row_of` gives them.
    published
        ISO 8601 day or minute; null where it is not known.
    """
    letters, day = row.letters, published
    shapes = Shapes(
        date.fromisoformat(day[:10]) if day else None,
        reading.vocabulary.date_order,
        reading.vocabulary.vague_months,
    )
    found: list[DateMention] = []
    end = 0
    while match := SHAPES.search(letters, end):
        mention = _mention(reading, row, match, shapes, letters)
        if match.lastgroup in RANGES and mention and not mention.interval and shapes.published:
            single = SINGLE.search(letters, match.start(), match.end())
            # "15 July - On 14 July" is no range
            match = single or match
            mention = _mention(reading, row, match, shapes, letters)
        end = match.end()
        if mention is not None:
            while found and found[-1].last > mention.first:
                mention = _over(reading, found.pop(), mention)
            found.append(mention)
            named = _named(mention)
            if named and (shapes.named is None or not _is_of_statement(reading, mention)):
                shapes.named = named
    return joined(reading, found)


def _named(mention: DateMention) -> date | None:
    """Return the day that a mention names, null where it names a longer time or runs until now."""
    interval = mention.interval
    if interval is None or interval.since or interval.precision not in _NAMING:
        return None
    return interval.last if (interval.last - interval.first).days < _LONGEST_NAMED else None


def _is_of_statement(reading: Reading, mention: DateMention) -> bool:
    """Return whether a date tells when somebody spoke: "he said Thursday"."""
    spoken = reading.find("attribution.say", max(0, mention.first - 3), mention.first)
    return any(end == mention.first for _, end, _ in spoken) or reading.has(
        "attribution.say", mention.last, mention.last + 3
    )


def _over(reading: Reading, before: DateMention, mention: DateMention) -> DateMention:
    """Return `mention` with the words of the one before, which it takes in."""
    start, end, text = reading.span(before.first, mention.last)
    return replace(mention, start=start, end=end, text=text, first=before.first)


def _mention(
    reading: Reading, row: Row, match: re.Match[str], shapes: Shapes, letters: str
) -> DateMention | None:
    """Return the date that `match` found, with what stands around it; null where it is none."""
    kind = match.lastgroup or ""
    first, last = match.start(), match.end()
    if kind in _DOUBTFUL and not _plausible(reading, row, match):
        return None
    if kind == "ago" and row[last - 1].letter == "l":
        said = reading.tag(row[last - 1].first, "dates.ago")
        kind = "ago" if said else "span"  # "tres semanas pasadas": what is only "past" is no "ago"
    parts = [(item.letter, item.value) for item in row.items(first, last)]
    interval = shapes.interval(
        kind, parts, future=_in_future(reading, row.word(first), row[last - 1].last)
    )
    if kind in _OF_NOW and interval is None and shapes.published:
        return None  # "the early hours" are no date
    first, last, interval = _with_weekday(
        reading, row, letters, first, last, interval, shapes, kind
    )
    ranged = kind in RANGES
    first, last, interval = _with_bound(letters, first, last, interval, shapes, ranged=ranged)
    if kind in _TIMED:
        last, interval = _with_time(reading, row, letters, last, interval)
    start, end = row.word(first), row[last - 1].last
    return DateMention(*reading.span(start, end), interval, start, end, kind)


def _in_future(reading: Reading, start: int, end: int) -> bool:
    """Return whether a sentence speaks of what is to come, in other words than its date: "18 May".

    Where people were hit it does not, nor where the date stands with a deed and what is to come in
    another clause: "attacked it on Tuesday, just as it was set to reopen".
    """
    first, last = reading.bounds[reading.sentence_of[start]]
    if any(reading.has(name, first, last) for name in ("casualties.killed", "casualties.wounded")):
        return False
    ahead = [
        *reading.find("events.future", first, start),
        *reading.find("events.future", end, last),
    ]
    return any(not _in_other_clause(reading, index, start, end) for index, _, _ in ahead)


def _in_other_clause(reading: Reading, index: int, start: int, end: int) -> bool:
    """Return whether a comma parts what is to come, word `index`, from a date with a deed on its side of the comma."""
    first, last = reading.bounds[reading.sentence_of[start]]
    if index >= end:
        comma = next((i for i in range(end, index) if reading.letters[i] in _COMMAS), None)
        return comma is not None and reading.has("events.types", first, comma)
    comma = next((i for i in range(start - 1, index, -1) if reading.letters[i] in _COMMAS), None)
    return comma is not None and reading.has("events.types", comma, last)


def _plausible(reading: Reading, row: Row, match: re.Match[str]) -> bool:
    """Return whether a month or year that stands alone is a date here, and not a name or figure."""
    kind, first = match.lastgroup, row.word(match.start())
    before = match.string[match.start() - 1] if match.start() else ""
    after = match.string[match.end() : match.end() + 1]
    if kind == "month":
        if (before in tuple("siuftab") and before) or after == "z":
            return True
        last = reading.letters[row.word(match.end() - 1)]
        if len(last) <= _SHORT_MONTH and last.islower():
            return False
        named = reading.letters[first][0].isupper() or not reading.vocabulary.vague_months
        return named and row[match.end() - 1].value not in reading.vocabulary.vague_months
    if kind == "year":
        text = reading.text
        start = reading.words[first][0]
        marked = match.end() - match.start() > 1 or after == "z"
        return marked or ((before != "" and before in "siuftab(&-") and text[start - 1] not in "-/")
    if kind == "dashed" and not reading.tag(first - 1, "dates.dashed"):
        return False
    return after not in tuple("/dnY")


def _with_weekday(  # noqa: PLR0917 (as the others that widen a span)
    reading: Reading,
    row: Row,
    letters: str,
    first: int,
    last: int,
    interval: Interval | None,
    shapes: Shapes,
    kind: str,
) -> tuple[int, int, Interval | None]:
    """Return the span and interval with the weekday that stands beside a date, "Sabtu (14/12)"."""
    before = _WEEKDAY_OF_NIGHT if kind == "relative" else _WEEKDAY_BEFORE
    if beside := before.search(letters, max(0, first - 5), first):
        opened = "(" in beside[0]
        weekday = next(
            item for item in row.items(first - len(beside[0]), first) if item.letter == "w"
        )
        if reading.sentence_of[weekday.first] != reading.sentence_of[row.word(first)]:
            return first, last, interval
        first -= len(beside[0])
        if opened and letters[last : last + 1] == ")":
            last += 1
        if kind == "relative":
            return first, last, shapes.interval("weekday", [("w", weekday.value)])
        interval = shapes.with_weekday(interval, weekday.value)
    elif after := _WEEKDAY_AFTER.match(letters, last):
        weekday = next(item for item in row.items(last, last + 4) if item.letter == "w")
        if interval is not None and interval.precision == "day":
            moved = shapes.with_weekday(interval, weekday.value)
            if moved is not None and moved.first.weekday() + 1 == weekday.value:
                last, interval = last + len(after[0]), moved
    return first, last, interval


def _with_bound(
    letters: str,
    first: int,
    last: int,
    interval: Interval | None,
    shapes: Shapes,
    *,
    ranged: bool,
) -> tuple[int, int, Interval | None]:
    """Return the span and interval with "since", "until" or "in the night to" beside them.

    A range has its end: "from the 7th to the 10th" does not run until publication.
    """
    if letters[last : last + 1] == "Q" and interval is not None and not ranged:
        return first, last + 1, _in_the_night_to(interval)
    if after := _SINCE_AFTER.match(letters, last):
        return first, last + len(after[0]), interval if ranged else _since(interval, shapes)
    before = _BOUND_BEFORE.search(letters, max(0, first - 3), first)
    if before is None:
        return first, last, interval
    first -= len(before[0])
    if before[1] == "s":
        return first, last, interval if ranged else _since(interval, shapes)
    if before[1] == "q" and interval is not None:
        return first, last, _in_the_night_to(interval)
    return first, last, interval


def _in_the_night_to(interval: Interval) -> Interval:
    """Return the night that ends on the first day of an interval."""
    return replace(interval, first=interval.first - timedelta(days=1), precision="days")


def _since(interval: Interval | None, shapes: Shapes) -> Interval | None:
    """Return the time from the beginning of an interval until publication."""
    if interval is None or (interval.precision == "days" and interval.since):
        return interval
    end = shapes.published or interval.last
    return replace(interval, last=max(end, interval.first), since=True)


def _with_time(
    reading: Reading, row: Row, letters: str, last: int, interval: Interval | None
) -> tuple[int, Interval | None]:
    """Return last item and interval with a time of day that follows."""
    found = _TIME_AFTER.match(letters, last)
    if found is None or interval is None or interval.precision != "day":
        return last, interval
    figures = [
        item for item in row.items(last, last + len(found[0]))
        if reading.words[item.first][2].isdecimal()
    ]  # fmt: skip
    sign = found[0].rstrip("c")[-2]
    if len(figures) != _HOUR_AND_MINUTE or (sign == "." and "c" not in found[0]):
        return last, interval
    hour, minute = (int(reading.words[item.first][2]) for item in figures)
    wide = reading.words[figures[1].first][2]
    if hour > _LAST_HOUR or minute > _LAST_MINUTE or len(wide) != _DAY_DIGITS:
        return last, interval
    return last + len(found[0]), replace(
        interval, time=f"{hour:02}:{minute:02}", precision="minute"
    )
