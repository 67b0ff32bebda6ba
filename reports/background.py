"""Background: what a sentence tells of the past of a war, and totals that count more than one event."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.reports.mentions.casualties import CasualtyMention
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.reading import Reading

__all__ = ["Background", "backgrounds"]

_REACH = 7
_NEAR = 3
_SHORT = 2
_OLD_DAYS = 45
_LONG_DAYS = 9
_LEAD = 2


class Background:
    """What of a report is background.

    Attributes
    ----------
    sentences
        Numbers of the sentences that tell nothing but background.
    totals
        First words of the figures that count since a war, a truce or a day long past.
    """

    def __init__(self, sentences: frozenset[int], totals: frozenset[int], day: date | None) -> None:
        self.sentences = sentences
        self.totals = totals
        self._day = day

    def is_old(self, item: DateMention) -> bool:
        """Return whether a date ended long before publication."""
        return _is_old(item, self._day)


def backgrounds(
    reading: Reading, dates: Sequence[DateMention], casualties: Sequence[CasualtyMention]
) -> Background:
    """Return which sentences of a report are background, and which of its figures are totals.

    "Since the truce took effect, 97 people have been killed" is background; "a strike on Monday
    killed five, which brings the dead since the truce to 97" is not, but its 97 is a total.

    Parameters
    ----------
    reading
        The report.
    dates, casualties
        Its mentions.
    """
    sentences: set[int] = set()
    totals: set[int] = set()
    published = reading.report.published
    day = date.fromisoformat(published[:10]) if published else None
    for number, (first, last) in enumerate(reading.bounds):
        told = [item for item in dates if first <= item.first < last]
        figures = [item for item in casualties if first <= item.first < last]
        deployed = any(item.kind == "strength" for item in figures)
        if number >= _LEAD and told and all(_is_old(item, day) for item in told) and not deployed:
            sentences.add(number)
            continue
        marks = _marks(reading, first, last) + [
            item.first for item in told if _counts_from(item, day)
        ]
        marks = [mark for mark in marks if not _is_record(reading, mark, first, last)]
        if not marks or deployed:
            continue
        figures = [item for item in figures if item.kind != "strength"]
        counted = _counted(figures, marks)
        totals.update(item.first for item in counted)
        recent = any(not _counts_from(item, day) and not _in_mark(item, marks) for item in told)
        if len(counted) == len(figures) and not recent:
            sentences.add(number)
    return Background(frozenset(sentences), frozenset(totals), day)


def _is_record(reading: Reading, mark: int, first: int, last: int) -> bool:
    """Return whether words of a beginning only measure what happened: "the largest attack since the war began"."""
    around = max(first, mark - 2 * _REACH), min(last, mark + 2 * _REACH)
    return reading.has("events.records", *around)


def _counted(figures: list[CasualtyMention], marks: list[int]) -> list[CasualtyMention]:
    """Return the figures that belong to words of a beginning: the nearest to each, and those beside it."""
    nearest = [min(figures, key=lambda item: abs(item.first - mark)) for mark in marks if figures]
    return [
        item for item in figures
        if item in nearest or any(_beside(item, other) for other in nearest)
    ]  # fmt: skip


def _beside(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Return whether two figures stand side by side: "900 killed and 2,880 wounded since ..."."""
    return one.kind != other.kind and 0 <= one.first - other.last <= _REACH


def _in_mark(item: DateMention, marks: list[int]) -> bool:
    """Return whether a date belongs to words that say since when: "since the truce of 10 October"."""
    return any(0 <= item.first - mark <= 2 * _REACH for mark in marks)


def _marks(reading: Reading, first: int, last: int) -> list[int]:
    """Return the words at which a sentence says that it counts from the beginning of something."""
    found = [index for index, _, _ in reading.find("events.history", first, last)]
    for start, end, _ in reading.find("events.eras", first, last):
        begun = reading.has("events.beginnings", start - _REACH, min(end + _REACH, last))
        for index, after, _ in reading.find("dates.since", max(first, start - _REACH), start + 1):
            word = reading.words[index][2]
            if begun or len(word) > _SHORT or after - index > 1:
                found.append(index)
        later = reading.find("events.since_after", end, min(end + _REACH, last))
        found += [start for _ in later[:1]]
    for index, after, _ in reading.find("dates.since", first, last):
        long = len(reading.words[index][2]) > _SHORT or after - index > 1
        near = min(after + _NEAR, last)
        if (
            long
            and reading.has("events.beginnings", after, near)
            and not reading.has("dates.units", after, near + 2)
        ):
            found.append(index)
    return sorted(set(found))


def _is_old(item: DateMention, day: date | None) -> bool:
    """Return whether a date ended long before the day of publication."""
    return (
        day is not None
        and item.interval is not None
        and not item.interval.since
        and (day - item.interval.last).days > _OLD_DAYS
    )


def _counts_from(item: DateMention, day: date | None) -> bool:
    """Return whether a date says "since" a day long before publication."""
    return (
        day is not None
        and item.interval is not None
        and item.interval.since
        and (day - item.interval.first).days > _LONG_DAYS
    )
