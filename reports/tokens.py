"""Tokens: the words, numbers and signs of a text, and the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from dateline.geo.names import han_signs

__all__ = ["fold", "token_pattern"]

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c"
_SYLLABLES = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_COMMON = (  # letters of the scripts that most reports are in: `re` finds them in a table
    "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u052f\u05d0-\u05ea"
    "\u0620-\u064a\u0671-\u06d3\u0904-\u0939\u1e00-\u1eff"
)
_LETTERS = rf"(?:[{_COMMON}{_MARKS}]++|[^\W\d_{_SYLLABLES}]++)++"
_NUMBER = r"\d{1,3}(?:[.,٬\u00a0\u202f'’]\d{3})+(?!\d)|\d+"
_DROPPED = re.compile("[\u0301\u0307\u0591-\u05c7\u064b-\u065f\u0670\u200c\u0640]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("’ʼ‘`´׳", "'"),
        **dict.fromkeys("״”“", '"'),
        **dict.fromkeys("أإآٱ", "ا"),
        "ё": "е",
        "ى": "ی",
        "ي": "ی",
        "ك": "ک",
        "ة": "ه",
    }
)
_REMEMBERED = 1 << 16


def token_pattern(inner: str) -> re.Pattern[str]:
    """Return the pattern of a word, a syllable, a number or a sign; it leaves out white space only.

    Parameters
    ----------
    inner
        Signs that may stand inside a word, such as apostrophes; none where they part words.
    """
    parted = f"(?:[{inner}]{_LETTERS})*" if inner else ""
    return re.compile(rf"{_LETTERS}{parted}|[{_SYLLABLES}]|{_NUMBER}|[^\w\s]|_")


@lru_cache(maxsize=_REMEMBERED)
def fold(word: str) -> str:
    """Return `word` in small letters, without stress marks, vowel points and typographic variants."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", word.lower())).translate(_same())


@cache
def _same() -> dict[int, str]:
    """Return what stands for each sign that has variants; traditional Chinese signs are such."""
    return _SAME | han_signs()
