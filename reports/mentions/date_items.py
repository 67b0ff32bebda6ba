"""The words of a report as letters, one a word or phrase, over which the shapes of dates are patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.reports.mentions.persian import PERSIAN_YEARS

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["RANGES", "SHAPES", "SINGLE", "Item", "items_of", "letters_of"]

_SIGNS = {
    **dict.fromkeys("-–—−~～至", "-"),
    **dict.fromkeys(",،、，", ","),
    **dict.fromkeys("(（", "("),
    **dict.fromkeys(")）", ")"),
    "/": "/",
    ".": ".",
    ":": ":",
}
_LETTERS = {
    "dates.named": "r",
    "dates.relative": "r",
    "dates.night_to": "q",
    "dates.night_to_after": "Q",
    "dates.night": "G",
    "dates.months": "m",
    "dates.persian_months": "M",
    "dates.weekdays": "w",
    "dates.days": "d",
    "dates.since": "s",
    "dates.since_after": "z",
    "dates.until": "u",
    "dates.between": "b",
    "dates.last": "l",
    "dates.ago": "g",
    "dates.earlier": "k",
    "dates.later": "y",
    "dates.next": "x",
    "dates.this": "h",
    "dates.eras": "E",
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
_YEAR = r"(?:,?[aif]*YJ?)?"
_SLASHED = r"d[-tu&][aifU]*d(?:/d(?:/[Ydn])?|\.d\.[Ydn])"
_SHAPES = (
    ("iso", r"Y[-./]d[-./]d"),
    ("days_slash", rf"(?:[aifs]*w[-tu&]i?w[(])?{_SLASHED}[)]?"),
    ("numeric", r"d(?:-d-|/d/|\.d\.)[Ydn]J?"),
    ("cjk_range", r"(?:YJ[aif]*)?dKdL?[-tu]d(?:L|(?=\D))"),
    ("cjk_day", r"(?:YJ[aif]*|[lh])?dKdL"),
    ("cjk_month", r"(?:YJ[aif]*|[lh])?e?dK(?!d)e?"),
    ("cjk_days", r"dL?(?:[-tu]|[rp_]?[&sz])dL"),
    ("days_ago", r"dL[aif]*g"),
    ("cjk_only_day", r"dL"),
    ("persian", r"d(?:[-tu&,]d)?[aif]*M(?:[aif]*H)?"),
    ("persian_month", r"M(?:[aif]*H)?"),
    ("night_days", rf"[Gr][aifstuq_]{{0,2}}d[o.]*[-aifstu&_]{{1,3}}d[o.]*[aif]*m\.?{_YEAR}"),
    ("night_weekdays", r"[Gr][aifstuqb_]{0,2}w[-aifstuq&_]{0,3}w|w[-aifstuq&]*wQ"),
    ("days_of_months", rf"d[o.]*[aif]*m\.?[aif]*{_YEAR}[-tu&]i?d[o.]*[aif]*m\.?{_YEAR}"),
    ("months_days", rf"m\.?d{{1}}o?{_YEAR}[-tu&]m\.?do?{_YEAR}"),
    ("days_month", rf"d[o.]*(?:,d[o.]*)?[-tu&,][aif]*d[o.]*[aif]*m\.?{_YEAR}"),
    ("month_days", rf"m\.?a*do?[-tu&]do?(?![-/.:]?[dn]){_YEAR}"),
    ("day_month", rf"d[o.]*[aif]*[(]?m[)]?(?:\.(?=[,ai]*Y))?{_YEAR}"),
    ("month_day", rf"m\.?[aif]*d(?![:/])o?{_YEAR}"),
    ("slash", r"d/d"),
    ("dotted", r"(?<=[(w])d\.d(?![\ddn])"),
    ("counted", r"[dN]U[aif]*[ky]|[ky][dN]U"),
    ("ago", r"[dN][UJ][aif]*[gl]|g[dN][UJ]"),
    ("span", r"[lh][aif]*[dNn][aif]*U|U[dNn]l|[dNn]U[aif]*l"),
    ("month_year", r"[he]?a*e?a*m\.?[,ai]*YJ?|m/Y"),
    ("month_moved", r"[lxh]e?m|e?ml|mx"),
    ("unit_moved", r"(?:ea*)?(?:[lxh]a*[UJ]|[UJ][aif]*[lxh])"),
    ("weekday", r"[lxh]?[aif]*w(?:[aif]*[lxh])?"),
    ("relative", r"(?:e[aif]*)?r"),
    ("month", r"(?:e[aif]*)?m"),
    ("year", r"YJ?|JY"),
)
RANGES = frozenset(
    ("cjk_range", "cjk_days", "days_slash", "days_of_months", "months_days", "days_month",
     "month_days", "night_days", "night_weekdays")
)  # fmt: skip
SHAPES = re.compile(  # other words, which are most, begin no date
    f"(?!_)(?:{'|'.join(f'(?P<{name}>{shape})' for name, shape in _SHAPES)})"
)
SINGLE = re.compile(
    "|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES if name not in RANGES)
)
_MAX_DAY = 31
_DAY_DIGITS = 2
_YEAR_DIGITS = 4
_YEARS = range(1900, 2101)


class Item(NamedTuple):
    """A word or phrase as the shapes see it: its letter, first word, word after the last, value."""

    letter: str
    first: int
    last: int
    value: object = None


def letters_of(items: list[Item]) -> str:
    """Return the letters of all items in a row."""
    return "".join(item.letter for item in items)


def items_of(reading: Reading) -> list[Item]:
    """Return the words and date phrases of a report, each with its letter."""
    phrases, figures = _phrases(reading), set(reading.figures)
    items: list[Item] = []
    index, words = 0, reading.words
    while index < len(words):
        word = words[index][2]
        if index in phrases:
            item = phrases[index]
        elif index in figures:
            item = _figure(word, index)
        else:
            item = Item(_SIGNS.get(word, "_"), index, index + 1)
        items.append(_in_era(items, item) if item.letter == "J" else item)
        _say_month_once(items)
        index = item.last
    return items


def _say_month_once(items: list[Item]) -> None:
    """Make one of a month that is named twice, in two calendars' words: "تشرين الأول/ أكتوبر", "آب (أغسطس)"."""
    size = 4 if items[-1].letter == ")" else 3
    if len(items) < size:
        return
    month, mark, again = items[-size : 3 - size or None]
    if (
        month.letter == again.letter == "m"
        and month.value == again.value
        and mark.letter == ("(" if size == 4 else "/")  # noqa: PLR2004
    ):
        items[-size:] = [Item("m", month.first, items[-1].last, month.value)]


def _in_era(items: list[Item], mark: Item) -> Item:
    """Turn the figures between the name of an era and "year" into a year of ours; return the mark."""
    if len(items) > 1 and items[-2].letter == "E" and items[-1].letter in "dn":
        era, number = items[-2], items.pop()
        year = int(str(era.value)) + int(str(number.value))
        items[-1] = Item("Y", era.first, number.last, year)
    return mark


def _phrases(reading: Reading) -> dict[int, Item]:
    """Return the date phrases, and else number words, by their first word: of several the longest."""
    found: dict[int, Item] = {}
    numbers = reading.phrases("numbers.words")
    for category, letter in _LETTERS.items():
        for index, (last, value) in reading.phrases(category).items():
            if category == "dates.months" and index in numbers:
                continue
            if index not in found or found[index].last < last:
                found[index] = Item(letter, index, last, value)
    for index, (last, value) in numbers.items():
        found.setdefault(index, Item("N", index, last, value))
    return found


def _figure(word: str, index: int) -> Item:
    """Return the item of a word in figures: a day, a year, a Persian year, or neither."""
    if not word.isdigit():
        return Item("_", index, index + 1)
    value = int(word)
    if len(word) <= _DAY_DIGITS:
        return Item("d" if 1 <= value <= _MAX_DAY else "n", index, index + 1, value)
    letter = "_"
    if len(word) == _YEAR_DIGITS:
        letter = "Y" if value in _YEARS else "H" if value in PERSIAN_YEARS else "_"
    return Item(letter, index, index + 1, value)
