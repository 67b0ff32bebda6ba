"""Text as the grammar sees it: folded letter for letter, so that offsets stay those of the original."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["fold", "has_unspaced", "is_unspaced"]

_SAME = {
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u3000": " ",
    "\u200b": " ",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "ʹ": "'",
    "′": "'",
    "″": '"',
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "״": '"',
    "׳": "'",
    "‐": "-",
    "‑": "-",
    "‒": "-",
    "–": "-",
    "—": "-",
    "―": "-",
    "−": "-",
    "־": "-",
    "，": ",",
    "、": ",",
    "،": ",",
    "（": "(",
    "）": ")",
    "\u0130": "i",
    "ي": "ی",
    "ك": "ک",
    "ё": "е",
    "Ё": "е",
}


def _table() -> dict[int, str]:
    """Return the letter table: look-alikes to one sign, all decimal digits to ASCII."""
    table = {ord(given): sign for given, sign in _SAME.items()}
    for zero in (0x0660, 0x06F0, 0x0966, 0xFF10):
        table.update({zero + digit: str(digit) for digit in range(10)})
    return table


_TABLE = _table()
_SHORT = 60  # characters
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\U00020000-\U0003ffff]")


_FOLDED = frozenset(map(chr, _TABLE))


def fold(text: str) -> str:
    """Return `text` in lower case with look-alike signs made one, each character still in its place."""
    if text.isascii():
        return text.replace("`", "'").lower()
    return _short(text) if len(text) < _SHORT else _lowered(text, _replaced(text))


@lru_cache(maxsize=8192)
def _short(text: str) -> str:
    """Return a short text folded; those of the last few sentences are remembered."""
    return _lowered(text, text.translate(_TABLE))


def _lowered(text: str, folded: str) -> str:
    """Return `folded` in lower case, as long as `text`."""
    lowered = folded.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in folded)


def _replaced(text: str) -> str:
    """Return a long text with look-alike signs made one: few of them occur, and `translate` is slow."""
    for sign in _FOLDED.intersection(text):
        text = text.replace(sign, _TABLE[ord(sign)])
    return text


def is_unspaced(sign: str) -> bool:
    """Tell whether a character belongs to a script that writes words without spaces between them."""
    return _UNSPACED.match(sign) is not None


def has_unspaced(text: str) -> bool:
    """Tell whether any character of a text belongs to such a script."""
    return not text.isascii() and _UNSPACED.search(text) is not None
