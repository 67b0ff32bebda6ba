"""Names that are a spelling mistake away from a given one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from dateline.geo.index_build import letter_signs

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["closest", "edits"]

_BITS_PER_EDIT = 6  # one edit changes at most two letters and four pairs of the sign
_END = ord("\n")  # of a name
_LONG_NAME = 8  # letters from which two mistakes are allowed


def edits(one: str, two: str, most: int) -> int:
    """Return how many letters to add, drop, change or swap to turn one word into the other.

    Optimal string alignment distance (Damerau 1964); more than `most` gives `most + 1`.
    """
    return OSA.distance(one, two, score_cutoff=most)


class _Vocabulary:
    """The main names of an index, as text and where each begins: as strings they would take four times the memory."""

    def __init__(self, folder: Path) -> None:
        text = np.load(folder / "words.npy")
        self._edges = np.concatenate(([-1], np.flatnonzero(text == _END), [len(text)]))
        self._text = text.tobytes()
        self.signs = np.load(folder / "signs.npy", mmap_mode="r")

    def words(self, refs: np.ndarray) -> list[str]:
        """Return some names by their numbers."""
        edges = map(slice, (self._edges[refs] + 1).tolist(), self._edges[refs + 1].tolist())
        return list(map(bytes.decode, map(self._text.__getitem__, edges)))


@lru_cache(maxsize=4)
def _vocabulary(folder: Path) -> _Vocabulary:
    return _Vocabulary(folder)


def closest(folder: Path, key: str, limit: int) -> list[tuple[int, int]]:
    """Return place numbers and edits of the main names closest to a key, at most `limit`."""
    most = 2 if len(key) >= _LONG_NAME else 1
    known = _vocabulary(folder)
    differing = np.bitwise_count(known.signs ^ letter_signs([key])[0])
    refs = np.flatnonzero(differing <= most * _BITS_PER_EDIT)
    apart = cdist([key], known.words(refs), scorer=OSA.distance, score_cutoff=most)[0]
    near = apart <= most
    found = zip(refs[near].tolist(), apart[near].tolist(), strict=True)
    return sorted(found, key=lambda pair: pair[1])[:limit]
