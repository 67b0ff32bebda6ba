"""Stretches of a text, asked which of them hold a place or lie within it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Spans"]


class Spans:
    """Stretches of a text; they may overlap.

    Parameters
    ----------
    spans
        Start and end of each, in code points.
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        ends = [end for _, end in ordered]
        self._farthest = list(accumulate(ends, max))
        self._nearest = list(accumulate(reversed(ends), min))[::-1]

    def hold(self, start: int, end: int) -> bool:
        """Tell whether one holds all of a stretch."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._farthest[before - 1] >= end

    def meet(self, start: int, end: int) -> bool:
        """Tell whether one has something in common with a stretch."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._farthest[before - 1] > start

    def within(self, start: int, end: int) -> bool:
        """Tell whether one lies within a stretch."""
        first = bisect_left(self._starts, start)
        return first < len(self._starts) and self._nearest[first] <= end
