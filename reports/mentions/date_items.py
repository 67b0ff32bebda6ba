"""The words of a report as letters, one a word or phrase, over which the shapes of dates are patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.remembered import Remembered
from dateline.reports.mentions.persian import PERSIAN_YEARS

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["RANGES", "SHAPES", "SINGLE", "Item", "Row", "row_of"]

_SIGNS = {
    **dict.fromkeys("-–—−~～〜∼至", "-"),
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
    "dates.afghan_months": "A",
    "dates.nights_before": "W",
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
    ("cjk_days", r"dL?[rp_]?(?:[-tu&sz]|,(?=dL))dLp?"),
    ("days_ago", r"dL[aif]*g"),
    ("cjk_only_day", r"dL"),
    ("persian", r"d(?:[-tu&,]d)?[aif]*[MA](?:[aif]*H)?"),
    ("persian_month", r"M(?:[aif]*H)?"),
    ("night_before", r"W"),
    ("weekday_pair", r"bw&?w"),
    ("nights_slash", r"[GpiU]{1,2}d(?:/d)?[,&]?[Gpi]{1,3}d/d"),
    ("nights_of_months", r"d[aif]*m_{0,2}d[aif]*m_{0,2}Q"),
    ("night_days", rf"[Gr][aifstuq_]{{0,2}}d[o.]*[-aifstu&_]{{1,3}}d[o.]*[aif]*m\.?{_YEAR}"),
    ("night_weekdays", r"[Gr][aifstuqb_]{0,2}w[-aifstuq&_]{0,3}w|w[-aifstuq&]*wQ|w&w_?G"),
    ("weekdays", r"[lxh]?[aif]*w&[aif]*w(?!\)?Q)"),
    ("days_of_months", rf"d[o.]*[aif]*m\.?[aif]*{_YEAR}[-tu&]i?d[o.]*[aif]*m\.?{_YEAR}"),
    ("months_days", rf"m\.?d{{1}}o?{_YEAR}[-tu&]m\.?do?{_YEAR}"),
    ("days_month", rf"d[o.]*(?:,d[o.]*)?[-tu&,][aif]*d[o.]*[aif]*m\.?{_YEAR}"),
    ("month_days", rf"m\.?a*do?[-tu&]do?(?![-/.:]?[dn]){_YEAR}"),
    ("day_month", rf"d[o.]*[aif]*[(]?m[)]?(?:\.(?=[,ai]*Y))?{_YEAR}"),
    ("month_day", rf"m\.?[aif]*d(?![:/])o?{_YEAR}"),
    ("slash", r"d/d"),
    ("dotted", r"(?<=[(w])d\.d(?![\ddn])"),
    ("counted", r"[dN]U[aif]*[ky]|[ky][dN]U(?![af])"),
    ("ago", r"[dN][UJ][aif]*[gl]|g[dN][UJ]"),
    ("day_of_unit", r"di?[af]{1,2}U[aif]*[lh]"),
    ("span", r"[lh][aif]*[dNn][aif]*U|U_?[dNn]l|[dNn]U[aif]*l"),
    ("month_year", r"[he]?a*e?a*m\.?[,aif]*YJ?|m[-/]Y"),
    ("month_moved", r"[lxh]e?m|e?ml|mx"),
    ("dashed", r"(?<=[iGUp])d-d(?![-/.:]?[dn])"),
    ("unit_moved", r"k?(?:ea*)?(?:[lxh]a*[UJ]|[UJ][aif]*[lxh])"),
    ("unit_so_far", r"k[aif]*U"),
    ("unit_staged", r"e[aif]*U|Ue(?![aif]*m)"),
    ("weekday", r"[lxh]?[aif]*w(?:[aif]*[lxh])?"),
    ("relative", r"k?(?:e[aif]*)?r"),
    ("month", r"(?:e[aif]*)?m(?:a?e(?![aif]*m))?"),
    ("years", r"Y[-tu]Y"),
    ("year", r"(?:e[aif]*)?(?:Y\.?J|Y|JY)"),
)
RANGES = frozenset(
    ("cjk_range", "cjk_days", "days_slash", "days_of_months", "months_days", "days_month",
     "month_days", "night_days", "night_weekdays", "nights_slash", "nights_of_months",
     "weekdays")
)  # fmt: skip
SHAPES = re.compile(  # other words and signs, which are most, begin no date
    f"(?![_,.():/-])(?:{'|'.join(f'(?P<{name}>{shape})' for name, shape in _SHAPES)})"
)
SINGLE = re.compile(
    "|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES if name not in RANGES)
)
_ERA = re.compile("E[dn](?=J)")
_WORDED = re.compile(r"N(?=m)|NKNL")
_TWICE = re.compile(r"m(?:/m|\(m\))")
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


class Row:
    """The words and date phrases of a report, one letter each.

    Parameters
    ----------
    letters
        The letters.
    firsts
        For each letter the word that it stands for, or the first of several.
    known
        Of words that begin a phrase or are figures: the word after it, and its value.
    """

    def __init__(
        self, letters: str, firsts: list[int], known: dict[int, tuple[int, object]]
    ) -> None:
        self.letters = letters
        self._firsts = firsts
        self._known = known

    def __getitem__(self, position: int) -> Item:
        """Return the item at a position among the letters."""
        first = self._firsts[position]
        last, value = self._known.get(first, (first + 1, None))
        return Item(self.letters[position], first, last, value)

    def word(self, position: int) -> int:
        """Return the first word of the item at a position."""
        return self._firsts[position]

    def items(self, first: int, last: int) -> list[Item]:
        """Return the items from one position up to another, or to the end."""
        return [self[position] for position in range(first, min(last, len(self.letters)))]

    def merged(self, position: int, item: Item, size: int) -> Row:
        """Return the row with one item in place of the `size` from a position on."""
        after = position + size
        return Row(
            self.letters[:position] + item.letter + self.letters[after:],
            self._firsts[: position + 1] + self._firsts[after:],
            self._known | {item.first: (item.last, item.value)},
        )


def row_of(reading: Reading) -> Row:
    """Return the words and date phrases of a report, each with its letter."""
    letters = list(map(_LETTER.__getitem__, reading.letters))
    known: dict[int, tuple[int, object]] = {}
    for index in reading.figures:
        if letters[index] != "_":
            known[index] = index + 1, int(reading.letters[index])
    floor = 0
    for index, (last, letter, value) in sorted(_phrases(reading).items()):
        if index < floor:
            continue
        letters[index:last] = [letter] + [""] * (last - index - 1)
        known[index] = last, value
        floor = last
    firsts = [index for index, letter in enumerate(letters) if letter]
    row = _with_days_counted(Row("".join(letters), firsts, known))
    return _with_months_once(_with_eras_counted(row))


def _with_days_counted(row: Row) -> Row:
    """Turn number words before the name of a month, or in "七月十五日", into days and months."""
    for match in reversed([*_WORDED.finditer(row.letters)]):
        for position in range(*match.span()):
            item = row[position]
            if item.letter == "N" and 1 <= int(str(item.value)) <= _MAX_DAY:
                row = row.merged(position, item._replace(letter="d"), 1)
    return row


def _with_eras_counted(row: Row) -> Row:
    """Turn the name of an era and the figures between it and "year" into a year of ours."""
    for match in reversed([*_ERA.finditer(row.letters)]):
        era, number = row.items(*match.span())
        year = int(str(era.value)) + int(str(number.value))
        row = row.merged(match.start(), Item("Y", era.first, number.last, year), 2)
    return row


def _with_months_once(row: Row) -> Row:
    """Make one of a month that is named twice, in two calendars' words: "تشرين الأول/ أكتوبر", "آب (أغسطس)"."""
    position = 0
    while match := _TWICE.search(row.letters, position):
        items = row.items(*match.span())
        if items[0].value == items[2].value:
            whole = items[0]._replace(last=items[-1].last)
            row, position = row.merged(match.start(), whole, len(items)), match.start()
        else:
            position = match.start() + 1
    return row


def _phrases(reading: Reading) -> dict[int, tuple[int, str, object]]:
    """Return the date phrases, and else number words, by their first word: of several the longest.

    Of each the word after it, its letter and its value.
    """
    found: dict[int, tuple[int, str, object]] = {}
    numbers = reading.phrases("numbers.words")
    for category, letter in _LETTERS.items():
        for index, (last, value) in reading.phrases(category).items():
            if index in found and found[index][0] >= last:
                continue
            if category != "dates.months" or index not in numbers:
                found[index] = last, letter, value
    for index, (last, value) in numbers.items():
        found.setdefault(index, (last, "N", value))
    return found


def _letter(word: str) -> str:
    """Return the letter of a sign, or of figures: a day, a year, a Persian year, or neither."""
    if len(word) > _YEAR_DIGITS or not word.isdecimal():
        return _SIGNS.get(word, "_")
    value = int(word)
    if len(word) <= _DAY_DIGITS:
        return "d" if 1 <= value <= _MAX_DAY else "n"
    if len(word) < _YEAR_DIGITS:
        return "_"
    return "Y" if value in _YEARS else "H" if value in PERSIAN_YEARS else "_"


_LETTER = Remembered(_letter)
