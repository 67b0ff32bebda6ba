"""Dates: absolute, partial, relative to publication, ranges and times, each an interval."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dateline.reports.mentions.calendar import Interval, Shapes

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["DateMention", "find_dates"]

# One letter a word or phrase; the shapes of dates are patterns over these letters.
_SIGNS = {
    **dict.fromkeys("-–—−~至", "-"),
    **dict.fromkeys(",،、", ","),
    **dict.fromkeys("(（", "("),
    **dict.fromkeys(")）", ")"),
    "/": "/",
    ".": ".",
    ":": ":",
}
_LETTERS = {
    "dates.relative": "r",
    "dates.night_to": "q",
    "dates.months": "m",
    "dates.weekdays": "w",
    "dates.since": "s",
    "dates.until": "u",
    "dates.between": "b",
    "dates.last": "l",
    "dates.ago": "g",
    "dates.next": "x",
    "dates.this": "h",
    "dates.year_mark": "J",
    "dates.day_mark": "L",
    "dates.units": "U",
    "dates.month_mark": "K",
    "dates.parts": "p",
    "dates.stages": "e",
    "dates.to": "t",
    "dates.from": "f",
    "dates.ands": "&",
    "dates.clock": "c",
    "dates.of": "a",
    "dates.on": "i",
    "dates.ordinal": "o",
}
_ORDER = {name: order for order, name in enumerate(_LETTERS)}
_D = r"do?\.?"
_YEAR = r"(?:,?[aif]*YJ?)?"
_SHAPES = (
    ("iso", r"Y[-./]d[-./]d"),
    ("numeric", r"d[-/.]d[-/.][Ydn]J?"),
    ("cjk_range", r"(?:YJ[aif]*)?dKdL?[-t]d(?:L|(?=\D))"),
    ("cjk_day", r"(?:YJ[aif]*|[lh])?dKdL"),
    ("cjk_month", r"(?:YJ[aif]*|[lh])?e?dK(?!d)e?"),
    ("cjk_only_day", r"dL"),
    ("days_of_months", rf"d[o.]*[aif]*m\.?[aif]*{_YEAR}[-t&]i?d[o.]*[aif]*m\.?{_YEAR}"),
    ("months_days", rf"m\.?d{{1}}o?{_YEAR}[-t&]m\.?do?{_YEAR}"),
    ("days_month", rf"d[o.]*(?:,d[o.]*)?[-t&,]i?d[o.]*[aif]*m\.?{_YEAR}"),
    ("month_days", rf"m\.?a*do?[-t&]do?(?![-/.:]?[dn]){_YEAR}"),
    ("day_month", rf"d[o.]*[aif]*[(]?m[)]?(?:\.(?=[,ai]*Y))?{_YEAR}"),
    ("month_day", rf"m\.?[aif]*d(?![:/])o?{_YEAR}"),
    ("slash", r"d/d"),
    ("dotted", r"(?<=[(w])d\.d(?![\ddn])"),
    ("ago", r"[dN][UJ][aif]*[gl]|g[dN][UJ]"),
    ("span", r"[lh][dN]U|U[dN]l"),
    ("month_year", r"[he]?a*e?a*m\.?[,ai]*YJ?"),
    ("month_moved", r"[lxh]e?m|e?ml|mx"),
    ("unit_moved", r"(?:ea*)?(?:[lxh]a*[UJ]|[UJ][aif]*[lxh])"),
    ("weekday", r"[lxh]?[aif]*w(?:[aif]*[lxh])?"),
    ("relative", r"(?:e[aif]*)?r"),
    ("month", r"(?:e[aif]*)?m"),
    ("year", r"YJ?|JY"),
)
_PATTERN = re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES))
_RANGES = frozenset(("cjk_range", "days_of_months", "months_days", "days_month", "month_days"))
_SINGLE = re.compile(
    "|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES if name not in _RANGES)
)
_ABSOLUTE = frozenset(
    ("iso", "numeric", "cjk_day", "cjk_only_day", "day_month", "month_day", "slash", "dotted")
)
_SHORT_MONTH = 3
_MAX_DAY = 31
_DAY_DIGITS = 2
_YEAR_DIGITS = 4
_HOUR_AND_MINUTE = 2
_LAST_HOUR, _LAST_MINUTE = 23, 59
_YEARS = range(1900, 2101)


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


class _Item(NamedTuple):
    """A word or phrase as the shapes see it."""

    letter: str
    first: int
    last: int
    value: object = None


def find_dates(reading: Reading) -> list[DateMention]:
    """Return the dates of a report, in order, not overlapping.

    What depends on the day of publication is left without an interval where that is unknown.
    """
    items = _items(reading)
    letters = "".join(item.letter for item in items)
    day = reading.report.published
    shapes = Shapes(
        date.fromisoformat(day[:10]) if day else None,
        reading.vocabulary.date_order,
        reading.vocabulary.vague_months,
    )
    found: list[DateMention] = []
    end = 0
    while match := _PATTERN.search(letters, end):
        mention = _mention(reading, items, match, shapes, letters)
        if match.lastgroup in _RANGES and mention and not mention.interval and shapes.published:
            single = _SINGLE.match(letters, match.start())  # "15 July - On 14 July" is no range
            match = single or match
            mention = _mention(reading, items, match, shapes, letters)
        end = match.end()
        if mention is not None:
            while found and found[-1].last > mention.first:
                mention = _over(reading, found.pop(), mention)
            found.append(mention)
    return _joined(reading, found)


def _over(reading: Reading, before: DateMention, mention: DateMention) -> DateMention:
    """Return `mention` with the words of the one before, which it takes in."""
    start, end, text = reading.span(before.first, mention.last)
    return replace(mention, start=start, end=end, text=text, first=before.first)


def _items(reading: Reading) -> list[_Item]:
    """Return the words and date phrases of a report, each with its letter."""
    items: list[_Item] = []
    index, words, tags = 0, reading.words, reading.tags
    while index < len(words):
        word = words[index][2]
        if tags[index] is None and not word[0].isdigit():
            item = _Item(_SIGNS.get(word, "_"), index, index + 1)
        else:
            item = _item(reading, index)
        items.append(item)
        index = item.last
    return items


def _item(reading: Reading, index: int) -> _Item:
    """Return the item that starts at word `index`."""
    tags, word = reading.tags[index], reading.words[index][2]
    if tags:
        named = [name for name in tags if name in _LETTERS]
        if "numbers.words" in tags and "dates.months" in named:
            named.remove("dates.months")
        if named:
            longest = max(named, key=lambda name: (tags[name][0], -_ORDER[name]))
            return _Item(_LETTERS[longest], index, *tags[longest])
        if "numbers.words" in tags:
            return _Item("N", index, tags["numbers.words"][0], tags["numbers.words"][1])
    if word[0].isdigit():
        if not word.isdigit():
            return _Item("_", index, index + 1)
        value = int(word)
        if len(word) <= _DAY_DIGITS:
            return _Item("d" if 1 <= value <= _MAX_DAY else "n", index, index + 1, value)
        year = len(word) == _YEAR_DIGITS and value in _YEARS
        return _Item("Y" if year else "_", index, index + 1, value)
    return _Item(_SIGNS.get(word, "_"), index, index + 1)


def _mention(
    reading: Reading, items: list[_Item], match: re.Match[str], shapes: Shapes, letters: str
) -> DateMention | None:
    """Return the date that `match` found, with what stands around it; null where it is none."""
    kind = match.lastgroup or ""
    first, last = match.start(), match.end()
    parts = [(item.letter, item.value) for item in items[first:last]]
    before = letters[first - 1] if first else ""
    if not _plausible(reading, items, match, before):
        return None
    interval = shapes.interval(kind, parts, future=_in_future(reading, items[first].first))
    first, last, interval = _with_weekday(items, letters, first, last, interval, shapes)
    first, interval = _with_bound(letters, first, interval, shapes)
    if kind in _ABSOLUTE or kind in {"weekday", "relative"}:
        last, interval = _with_time(reading, items, letters, last, interval)
    start, end = items[first].first, items[last - 1].last
    return DateMention(*reading.span(start, end), interval, start, end, kind)


def _in_future(reading: Reading, index: int) -> bool:
    """Return whether the sentence of word `index` speaks of what is to come."""
    first, last = reading.bounds[reading.sentence_of[index]]
    return reading.has("events.future", first, last)


def _plausible(reading: Reading, items: list[_Item], match: re.Match[str], before: str) -> bool:
    """Return whether a month or year that stands alone is a date here, and not a name or figure."""
    kind, item = match.lastgroup, items[match.start()]
    word = reading.words[item.first][2]
    if kind == "month":
        if before in tuple("siuftab") and before:
            return True
        last = reading.words[items[match.end() - 1].first][2]
        if len(last) <= _SHORT_MONTH and last.islower():
            return False
        named = word[0].isupper() or not reading.vocabulary.vague_months
        return named and items[match.end() - 1].value not in reading.vocabulary.vague_months
    if kind == "year":
        text = reading.text
        start = reading.words[item.first][0]
        marked = match.end() - match.start() > 1
        return marked or ((before != "" and before in "siuftab(&-") and text[start - 1] not in "-/")
    if kind in {"slash", "dotted"}:
        after = match.string[match.end() : match.end() + 1]
        return after not in tuple("/dnY")
    return True


def _with_weekday(
    items: list[_Item],
    letters: str,
    first: int,
    last: int,
    interval: Interval | None,
    shapes: Shapes,
) -> tuple[int, int, Interval | None]:
    """Return the span and interval with the weekday that stands beside a date, "Sabtu (14/12)"."""
    if beside := re.search(r"[lh]?w[i,.(a]*$", letters[max(0, first - 5) : first]):
        opened = "(" in beside[0]
        weekday = next(item for item in items[first - len(beside[0]) : first] if item.letter == "w")
        first -= len(beside[0])
        if opened and letters[last : last + 1] == ")":
            last += 1
        interval = shapes.with_weekday(interval, weekday.value)
    elif after := re.match(r"[,(]?i?w\)?", letters[last:]):
        weekday = next(item for item in items[last : last + 4] if item.letter == "w")
        if interval is not None and interval.precision == "day":
            moved = shapes.with_weekday(interval, weekday.value)
            if moved is not None and moved.first.weekday() + 1 == weekday.value:
                last, interval = last + len(after[0]), moved
    return first, last, interval


def _with_bound(
    letters: str, first: int, interval: Interval | None, shapes: Shapes
) -> tuple[int, Interval | None]:
    """Return first item and interval with "since", "until" or "in the night to" before them."""
    before = re.search(r"([suq])[aif]*$", letters[max(0, first - 3) : first])
    if before is None:
        return first, interval
    first -= len(before[0])
    if interval is None:
        return first, None
    if before[1] == "s" and interval.precision != "days":
        end = shapes.published or interval.last
        return first, replace(interval, last=max(end, interval.first), since=True)
    if before[1] == "q":
        return first, replace(interval, first=interval.first - timedelta(days=1), precision="days")
    return first, interval


def _with_time(
    reading: Reading, items: list[_Item], letters: str, last: int, interval: Interval | None
) -> tuple[int, Interval | None]:
    """Return last item and interval with a time of day that follows."""
    found = re.match(r"[,i(a_]{0,2}c?[dn_][:.][dn_]c?", letters[last:])
    if found is None or interval is None or interval.precision != "day":
        return last, interval
    figures = [
        item for item in items[last : last + len(found[0])]
        if reading.words[item.first][2].isdigit()
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


def _joined(reading: Reading, found: list[DateMention]) -> list[DateMention]:
    """Return the dates with "from X to Y" and "between X and Y" made one."""
    joined: list[DateMention] = []
    for mention in found:
        before = joined[-1] if joined else None
        opening = _opening(reading, before, mention) if before else None
        if before is None or opening is None or before.interval is None or mention.interval is None:
            joined.append(mention)
            continue
        interval = Interval(before.interval.first, mention.interval.last, "days")
        start, end, text = reading.span(opening, mention.last)
        joined[-1] = DateMention(start, end, text, interval, opening, mention.last, "range")
    return joined


def _opening(reading: Reading, before: DateMention, mention: DateMention) -> int | None:
    """Return the word where a range of two dates begins, null where they are no range."""
    if before.interval is None or mention.interval is None:
        return None
    if mention.first - before.last != 1 or before.interval.first > mention.interval.first:
        return None
    joint, opening = before.last, before.first - 1
    if reading.words[joint][2] in "-–—~":
        return before.first
    if reading.tag(opening, "dates.between") and reading.tag(joint, "dates.ands"):
        return opening
    if reading.tag(opening, "dates.from") and reading.tag(joint, "dates.to"):
        return opening
    return before.first if reading.tag(joint, "dates.until") else None
