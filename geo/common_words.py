"""Common words: how much oftener a word of a language is than a place of its size is named."""

from __future__ import annotations

import math
import re
import zipfile
from functools import cache
from importlib import resources
from io import BytesIO

__all__ = ["commonness", "is_common"]

_WORDS = re.compile(r"[^\s\-'’.]+")
_INHABITANTS = {"settlement": 500, "district": 100_000}  # where they are not known
_REGION = 1_000_000
# Zipf frequency of a place's name by its population, in the median
_PER_DECADE, _OF_ONE = 0.8, -1.2
_HOME = 1.0  # a place of a country where the language is spoken is named ten times oftener
_SLACK, _MOST = 0.8, 3.0  # places in the news are named oftener than others


@cache
def _frequencies(language: str) -> dict[str, float]:
    """Return the Zipf frequency (log10 per thousand million words) of the common words of a language."""
    packed = (resources.files("dateline.geo.data") / "common_words.zip").read_bytes()
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        if f"{language}.txt" not in archive.namelist():
            return {}
        lines = archive.read(f"{language}.txt").decode().splitlines()
    rows = (line.split(" ") for line in lines)
    return {word: float(zipf) for zipf, *words in rows for word in words}


def commonness(
    folded: str, language: str, kind: str, population: int | None, *, home: bool
) -> float:
    """Return how much commoner a word is than the name of such a place would be, in powers of ten.

    Zero where it is no common word, or no commoner than the place explains; at most three.

    Parameters
    ----------
    folded
        The words as `dateline.geo.tokens.fold` gives them; of several words the rarest counts.
    language
        ISO 639-1 code.
    kind
        Kind of place that bears the name. Countries are as common as any word.
    population
        Its inhabitants; null where not known.
    home
        Whether the place lies in a country where the language is spoken.

    Notes
    -----
    Frequencies: wordfreq 3.1 (CC BY-SA 4.0). A city of a million is named some four times in a
    million words, ten times oftener at home.
    """
    if kind == "country":
        return 0.0
    known = _frequencies(language)
    zipf = min((known.get(word, 0.0) for word in _WORDS.findall(folded.lower())), default=0.0)
    if not zipf:
        return 0.0
    inhabitants = population or _INHABITANTS.get(kind, _REGION)
    expected = _PER_DECADE * math.log10(inhabitants) + _OF_ONE + _HOME * home
    return min(max(zipf - expected - _SLACK, 0.0), _MOST)


def is_common(folded: str, language: str) -> bool:
    """Tell whether a language uses a word oftener than ten times in a million.

    Parameters
    ----------
    folded
        One word as `dateline.geo.tokens.fold` gives it.
    language
        ISO 639-1 code.
    """
    return folded.lower() in _frequencies(language)
