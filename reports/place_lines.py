"""Place lines: the place, and often date and agency, that stand before a report's first words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["dateline_end"]

_OPENING_LINES = 6
_HEAD = 45
_WORDS_OF_DAY = 8
_MONTHS = ("dates.months", "dates.persian_months")
_REACH = 110
_MORE = r"(?:[^\S\n]*[/,–-][^\S\n]*[^\W\d_][\w' .-]{1,30}?)??"
_AFTER = rf"{_MORE}[^\S\n]*(?:,[^!?\n—–:]{{0,60}}?)?[^\S\n]*(?:\([^)\n]{{1,40}}\))?[^\S\n]*"
_DASH = re.compile(_AFTER + r"(?:[.,]?[^\S\n]*(?:[—–]|--)|[.,]?[^\S\n]?-\s|\.-)\s*")
_COLON = re.compile(
    r"(?:[^\S\n]*/[^\S\n]*[\w' -]{1,30}?)?[^\S\n]*(?:,[^!?\n—–:]{0,40}?)?(?:\([^)\n]{1,40}\))?[^\S\n]*[:：]\s"
)
_STOP = re.compile(r"(?:[^\S\n]*/[^\S\n]*[\w' -]{1,30}?)?[^\S\n]*(?:\([^)\n]{1,40}\))?[^\S\n]*\.\s")
_NO_HEAD = re.compile(r"[.!?—–:]\s")
_DATED = re.compile(
    r"\s*[,،，、(]?\s*(?P<day>[^!?\n—–:：()]{3,30}?)\s*\)?\s*(?:\([^)\n]{1,40}\))?\s*"
    r"(?:[—–]|--|[:：]\s|[.,]?\s?-\s|\.-)\s*"
)
_WIDE = re.compile(
    r"[^。！？\n]{0,30}?(?:电|電|讯|訊)(?:\s|[(（][^)）\n]{1,30}[)）]\s*)|[^。！？\n】]{0,20}】|\s*=[^)）\n]{1,20}[)）]"
)
_WIRE = re.compile(r"[\u4e00-\u9fff]{2,8}")
"""Names of agencies before the place of a Chinese dateline: letters without capitals."""


def dateline_end(reading: Reading, start: int, end: int) -> int | None:
    """Return where the dateline ends that the place at code points `start` to `end` opens, else null.

    "KYIV, Ukraine, Dec. 14 (Agency) —", "BEIRUT/DAMASCUS.", "بيروت:", "摩加迪沙3月12日电". A colon
    counts only in a line of several sentences: a headline has one, and happens where it says.
    """
    text = reading.text
    line = text.rfind("\n", 0, start) + 1
    head = text[line:start]
    if (
        len(head) > _HEAD
        or _NO_HEAD.search(head)
        or text[:line].count("\n") > _OPENING_LINES
        or not _is_head(head)
    ):
        return None
    limit = min(end + _REACH, len(text))
    found = _dated(reading, end, limit)
    found = found or _DASH.match(text, end, limit) or _WIDE.match(text, end, limit)
    if found is None and text[start:end].isupper():
        found = _STOP.match(text, end, limit)
    if found is None and not head.strip(" (（【") and _sentences(reading, line) > 1:
        found = _COLON.match(text, end, limit)
    return found.end() if found else None


def _dated(reading: Reading, end: int, limit: int) -> re.Match[str] | None:
    """Return the rest of a dateline that gives day and month, with or without a comma before them."""
    found = _DATED.match(reading.text, end, limit)
    if found is None:
        return None
    first, last = reading.index_at(found.start("day")), reading.index_at(found.end("day") - 1) + 1
    words = [word[2] for word in reading.words[first:last]]
    short = len(words) <= _WORDS_OF_DAY and any(word[0].isdecimal() for word in words)
    named = any(reading.has(months, first, last) for months in _MONTHS)
    return found if short and named else None


def _sentences(reading: Reading, line: int) -> int:
    """Return how many sentences stand in the line that begins at code point `line`."""
    stop = reading.text.find("\n", line)
    stop = stop if stop >= 0 else len(reading.text)
    return sum(line <= item.start < stop for item in reading.sentences)


def _is_head(head: str) -> bool:
    """Return whether the words before a place can stand in a dateline: none, capitals, signs."""
    bare = head.strip()
    return (
        not bare
        or bare.isupper()
        or bool(_WIRE.fullmatch(bare))
        or any(sign in head for sign in ",(/（【")
    )
