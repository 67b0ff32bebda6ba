"""Place lines: the place, and often date and agency, that stand before a report's first words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["is_dateline"]

_OPENING_LINES = 6
_HEAD = 45
_REACH = 110
_MORE = r"(?:\s*[/,–-]\s*[^\W\d_][\w' .-]{1,30}?)??"
_AFTER = rf"{_MORE}\s*(?:,[^!?\n—–:]{{0,60}}?)?\s*(?:\([^)\n]{{1,40}}\))?\s*"
_DASH = re.compile(_AFTER + r"(?:[.,]?\s*(?:[—–]|--)|[.,]?\s?-\s|\.-)\s*")
_COLON = re.compile(
    r"(?:\s*/\s*[\w' -]{1,30}?)?\s*(?:,[^!?\n—–:]{0,40}?)?(?:\([^)\n]{1,40}\))?\s*[:：]\s"
)
_STOP = re.compile(r"(?:\s*/\s*[\w' -]{1,30}?)?\s*(?:\([^)\n]{1,40}\))?\s*\.\s")
_NO_HEAD = re.compile(r"[.!?—–:]\s")
_WIDE = re.compile(
    r"[^。！？\n]{0,30}?(?:电|電|讯|訊)\s|[^。！？\n】]{0,20}】|\s*=[^)）\n]{1,20}[)）]"
)


def is_dateline(reading: Reading, start: int, end: int) -> bool:
    """Return whether the place at code points `start` to `end` opens a report, before a dash or the like.

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
        return False
    limit = min(end + _REACH, len(text))
    if _DASH.match(text, end, limit) or _WIDE.match(text, end, limit):
        return True
    if not head.strip() and text[start:end].isupper() and _STOP.match(text, end, limit):
        return True
    stop = text.find("\n", end)
    sentences = sum(
        line <= item.start < (stop if stop >= 0 else len(text)) for item in reading.sentences
    )
    return sentences > 1 and not head.strip(" (（【") and bool(_COLON.match(text, end, limit))


def _is_head(head: str) -> bool:
    """Return whether the words before a place can stand in a dateline: none, capitals, signs."""
    bare = head.strip()
    return not bare or bare.isupper() or any(sign in head for sign in ",(/（【")
