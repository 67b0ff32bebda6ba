"""Quantities: figures, number words, vague words and ranges, with their least and most."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from dateline.reports.reading import Reading

__all__ = ["Quantity", "quantities", "value_at"]

_GROUPED = re.compile(r"[.,٬\u00a0\u202f'’]")
_DASHES = frozenset("-–—~～至")
_OPENINGS = (
    "numbers.words", "numbers.vague", "numbers.bounds", "numbers.between", "numbers.scales",
)  # fmt: skip
_AFTER_NUMBER = ("casualties.people", "numbers.scales", "numbers.words", "numbers.after")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HUNDREDS = frozenset("백천만")
_ROSE_REACH = 4
_MAX_DECIMALS = 2
_GROUP = 3
_HUNDRED = 100
_MOST = 1e15
"""What is more than this counts no people, and may be no number a computer holds."""

_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Quantity:
    """Words `first` up to `last` that say a number from `min` to `max`; null where a bound is open.

    `bare` is the number's own first word, after "at least" and the like; `plain` tells that it is
    one figure without a modifier.
    """

    first: int
    last: int
    min: int | None
    max: int | None
    bare: int
    plain: bool = True


def quantities(reading: Reading, sentences: Collection[int]) -> list[Quantity]:
    """Return the quantities of some sentences of a report, by their numbers, in order, not overlapping."""
    found: list[Quantity] = []
    end, sentence_of = 0, reading.sentence_of
    for index in sorted({*reading.figures, *reading.starts(*_OPENINGS)}):
        if index < end or sentence_of[index] not in sentences or _within_word(reading, index):
            continue
        if (quantity := _quantity(reading, index)) is not None:
            found.append(quantity)
            end = quantity.last
    return found


def value_at(reading: Reading, index: int) -> tuple[int, int] | None:
    """Return end word and value of the number that starts at word `index`, null where none does.

    Reads figures with spaces between thousands, decimals before a scale word, and number words
    built as unit, scale below a thousand, scale above, in any script.
    """
    start, total, section, unit = index, 0.0, 0.0, 0.0
    words = reading.words
    while index < len(words):
        if words[index][2][0].isdecimal():
            if index > start and not _continues(reading, start, index):
                break
            index, unit = _figure(reading, index, unit)
            continue
        scale = reading.tag(index, "numbers.scales")
        if (plain := reading.tag(index, "numbers.words")) and not (scale and unit):
            if index > start and words[index - 1][2][0].isdecimal():
                break
            if not _adds(unit, plain[1]) and not _turned(words[index][2], unit, plain[1]):
                break
            index, unit = plain[0], unit + plain[1]
        elif scale and (index > start or _counts_alone(reading, index, scale[0])):
            index, factor = scale
            if factor < _THOUSAND:
                high = unit - unit % _HUNDRED  # "seratus dua puluh": a hundred, two tens
                section, unit = section + high + ((unit - high) or 1) * factor, 0.0
            else:
                total, section, unit = total + (section + unit or 1) * factor, 0.0, 0.0
        elif index > start and _joins(reading, index, section, unit):
            index += 1
        else:
            break
    value = total + section + unit
    return (index, round(value)) if index > start and value < _MOST else None


def _counts_alone(reading: Reading, index: int, end: int) -> bool:
    """Return whether a scale in Chinese characters or Hangul is itself the number: a hundred people."""
    follows = reading.has_any(end, "casualties.people", "numbers.after", "numbers.words")
    word = reading.words[index][2]
    return follows and (bool(_HAN.match(word)) or word in _HUNDREDS)


def _joins(reading: Reading, index: int, section: float, unit: float) -> bool:
    """Return whether word `index` joins number words ("hundred and three", "treinta y dos")."""
    if not reading.tag(index, "numbers.joins"):
        return False
    following = reading.tag(index + 1, "numbers.words")
    if not following:
        return False
    return _adds(unit, following[1]) if unit else bool(section) and following[1] < _HUNDRED


def _continues(reading: Reading, start: int, index: int) -> bool:
    """Return whether figures at `index` go on with a number: a group of three, or after a scale."""
    before, word = reading.words[index - 1], reading.words[index]
    if scale := reading.tag(index - 1, "numbers.scales"):  # 1万1千, "6 bin 500"
        apart = word[0] - before[1]
        rest = scale[1] >= _THOUSAND and len(word[2]) == _GROUP and word[2].isdecimal()
        return apart == 0 or (apart == 1 and (rest or bool(_HANGUL.match(before[2]))))
    return (
        len(word[2]) == _GROUP
        and before[2].isdecimal()
        and len(reading.words[start][2]) <= _GROUP
        and word[0] - before[1] == 1
        and reading.text[before[1]] in " \u00a0\u202f"
    )


def _figure(reading: Reading, index: int, before: float) -> tuple[int, float]:
    """Return end word and value of the figures at `index`, which go on from `before`."""
    words = reading.words
    value = float(_GROUPED.sub("", words[index][2])) + before * _THOUSAND
    decimals = words[index + 2][2] if index + 2 < len(words) else ""
    if (
        decimals.isdecimal()
        and len(decimals) <= _MAX_DECIMALS
        and words[index + 1][2] in ".,"
        and words[index + 2][0] == words[index][1] + 1
        and reading.tag(index + 3, "numbers.scales")
    ):
        return index + 3, value + int(decimals) / 10 ** len(decimals)
    return index + 1, value


def _adds(unit: float, value: float) -> bool:
    """Return whether a number word of `value` can follow one of `unit`: twenty + three, hundred + ten."""
    if not unit:
        return True
    if unit >= _HUNDRED and not unit % _HUNDRED:
        return value < _HUNDRED or (not unit % _THOUSAND and value < _THOUSAND)
    tens = unit % _HUNDRED
    return tens >= 20 and not tens % 10 and value < 10  # noqa: PLR2004 (tens and units)


def _turned(word: str, unit: float, value: float) -> bool:
    """Return whether tens follow units, as in Arabic: five and-twenty."""
    return word.startswith("و") and 0 < unit % _HUNDRED < 10 <= value < _HUNDRED  # noqa: PLR2004 (tens and units)


def _quantity(reading: Reading, index: int) -> Quantity | None:
    """Return the quantity that starts at word `index`, with the words that bound it."""
    first, bound = index, None
    if modifier := reading.tag(index, "numbers.bounds"):
        index, bound = modifier
        if bound == "most" and reading.has("numbers.rose", first - _ROSE_REACH, first):
            bound = None  # "rose to 45" is 45
        index += reading.words[index : index + 1] != [] and reading.words[index][2] == "-"
    elif reading.tag(index, "numbers.between"):
        return _between(reading, index)
    if vague := reading.tag(index, "numbers.vague"):
        least, most = _vague_range(vague[1])
        least, most = (
            None if bound == "most" else least,
            most if bound in {None, "most"} else None,
        )
        return Quantity(first, vague[0], least, most, index, plain=False)
    number = value_at(reading, index)
    if number is None or _is_part_of_code(reading, index, number[0]):
        return None
    end, value = number
    upper = _upper(reading, end, value) if bound is None else None
    if upper is not None:
        return Quantity(first, upper[0], value, upper[1], index, plain=False)
    if after := reading.tag(end, "numbers.after"):
        end, bound = after
    least, most = _bounded(value, bound)
    return Quantity(first, end, least, most, index, plain=bound is None)


def _within_word(reading: Reading, index: int) -> bool:
    """Return whether a number word of one Korean syllable is part of a longer word."""
    start, end, word = reading.words[index]
    if not _HANGUL.match(word) or index == 0:
        return False
    before, after = reading.text[start - 1], reading.text[end : end + 1]
    if before.isdecimal() and reading.tag(index, "numbers.words"):
        return True  # the "years" of an age sound like a number
    if _HANGUL.match(before) and not reading.has_any(index - 1, "numbers.words", "numbers.scales"):
        return not _bounds_before(reading, index)
    tag = reading.tag(index, "numbers.words")
    if tag is None or not _HANGUL.match(after):
        return False
    follows = reading.text[reading.words[tag[0] - 1][1] :][:1]
    return bool(_HANGUL.match(follows)) and not reading.has_any(tag[0], *_AFTER_NUMBER)


def _bounds_before(reading: Reading, index: int) -> bool:
    """Return whether a word that bounds a number ends right before word `index`."""
    return any(
        (tag := reading.tag(start, "numbers.bounds")) is not None and tag[0] == index
        for start in range(max(0, index - 4), index)
    )


def _bounded(value: int, bound: str | None) -> tuple[int | None, int | None]:
    """Return least and most of `value` under a modifier."""
    if bound == "least":
        return value, None
    if bound == "more":
        return value + 1 if value < 10 else value, None  # noqa: PLR2004 (the figure is explained where it stands)
    if bound == "most":
        return None, value
    return value, value


def _vague_range(text: str) -> tuple[int | None, int | None]:
    """Return least and most of a range written `11-19` or `24-`."""
    least, _, most = str(text).partition("-")
    return int(least) if least else None, int(most) if most else None


def _between(reading: Reading, index: int) -> Quantity | None:
    """Return "between 20 and 30"."""
    opening = reading.tag(index, "numbers.between")
    assert opening is not None
    low = value_at(reading, opening[0])
    if low is None:
        return None
    joint = reading.tag(low[0], "numbers.ands")
    high = value_at(reading, joint[0]) if joint else None
    if high is None or high[1] <= low[1]:
        return None
    return Quantity(index, high[0], low[1], high[1], opening[0], plain=False)


def _upper(reading: Reading, index: int, low: int) -> tuple[int, int] | None:
    """Return end word and value of the upper end of a range, "20-30", "20 to 30"."""
    if index >= len(reading.words):
        return None
    if reading.words[index][2] in _DASHES:
        start = index + 1
    elif joint := reading.tag(index, "numbers.to"):
        start = joint[0]
    else:
        return None
    high = value_at(reading, start)
    if high is None or high[1] <= low or _is_part_of_code(reading, start, high[0]):
        return None
    return high


def _is_part_of_code(reading: Reading, first: int, last: int) -> bool:
    """Return whether the number is glued to letters or signs that make it no quantity (T-72, 14/12)."""
    text = reading.text
    start, end = reading.words[first][0], reading.words[last - 1][1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before in "/:#№" or after in "/:%°":
        return True
    if reading.words[first][2][0].isdecimal() and before == "-" and start > 1:
        return text[start - 2].isalpha() and not reading.vocabulary.is_clitic(
            reading.words[first - 2][2]
        )
    return False
