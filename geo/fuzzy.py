"""Names that are a spelling mistake away from a given one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from dateline.geo.index_build import letter_signs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["closest", "edits"]

_BITS_PER_EDIT = 6  # one edit changes at most two letters and four pairs of the sign
_LONG_NAME = 8  # letters from which two mistakes are allowed


def edits(one: str, two: str, most: int) -> int:
    """Return how many letters to add, drop, change or swap to turn one word into the other.

    Optimal string alignment distance (Damerau 1964); more than `most` gives `most + 1`.
    """
    return OSA.distance(one, two, score_cutoff=most)


@lru_cache(maxsize=4)
def _vocabulary(folder: Path) -> tuple[list[str], np.ndarray]:
    words = bytes(np.load(folder / "words.npy")).decode().split("\n")
    return words, np.load(folder / "signs.npy", mmap_mode="r")


def closest(folder: Path, key: str, limit: int) -> list[tuple[int, int]]:
    """Return place numbers and edits of the main names closest to a key, at most `limit`."""
    most = 2 if len(key) >= _LONG_NAME else 1
    words, signs = _vocabulary(folder)
    differing = np.bitwise_count(signs ^ letter_signs([key])[0])
    found = [
        (int(ref), distance)
        for ref in np.flatnonzero(differing <= most * _BITS_PER_EDIT)
        if (distance := edits(words[ref], key, most)) <= most
    ]
    return sorted(found, key=lambda pair: pair[1])[:limit]
