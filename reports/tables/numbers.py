"""Counts in cells: 12, 1 200, 10-15, at least 30 (30+, >30); everything else stays words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["casualties", "read_counts"]

_COUNT = r"\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+"
_RANGE = re.compile(rf"({_COUNT})\s*(?:-|–|—|\.\.|to)\s*({_COUNT})")
_LEAST = re.compile(
    rf"(?:>=|≥|>|min\.?|at least|mindestens|понад|более|más de|plus de)\s*({_COUNT})|({_COUNT})\s*\+"
)
_MOST = re.compile(rf"(?:<=|≤|up to|max\.?|bis zu|до|hasta|jusqu'à)\s*({_COUNT})")
_EXACT = re.compile(rf"(?:~|≈|ca\.?|about|approx\.?)?\s*({_COUNT})(?:[.,]0+)?")
_EMPTY = frozenset({"", "-", "--", "?", "n/a", "na", "nan", "null", "none", "unknown"})


def read_counts(cells: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return least and greatest counts (null where open) of a column, and the cells that are no count."""
    codes, uniques = pd.factorize(cells)
    found = [_count(str(text).strip().casefold()) for text in uniques]
    least = _objects([pair[0] if pair else None for pair in found])[codes]
    most = _objects([pair[1] if pair else None for pair in found])[codes]
    bad = np.array([pair is None for pair in found], dtype=bool)[codes]
    return least, most, bad


def _objects(values: list[int | None]) -> np.ndarray:
    """Return Python integers and nulls as an array."""
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _count(text: str) -> tuple[int | None, int | None] | None:
    """Return least and greatest of one cell, both null where it is empty; null where it is no count."""
    if text in _EMPTY:
        return None, None
    if match := _EXACT.fullmatch(text):
        return _number(match[1]), _number(match[1])
    if match := _RANGE.fullmatch(text):
        low, high = _number(match[1]), _number(match[2])
        return (low, high) if low <= high else None
    if match := _LEAST.fullmatch(text):
        return _number(match[1] or match[2]), None
    if match := _MOST.fullmatch(text):
        return None, _number(match[1])
    return None


def _number(text: str) -> int:
    """Return a count whose thousands may be parted."""
    return int(re.sub(r"\D", "", text))


def casualties(
    figures: Mapping[str, tuple[np.ndarray, np.ndarray]], count: int
) -> list[list[dict[str, Any]]]:
    """Return the casualty records of each row.

    Parameters
    ----------
    figures
        Least and greatest counts by kind (killed, wounded ...).
    count
        Number of rows.

    Returns
    -------
    list
        A list a row; rows without a figure, or with nought, have an empty one.
    """
    records: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for kind, (least, most) in figures.items():
        for record, low, high in zip(records, least.tolist(), most.tolist(), strict=True):
            if low or high:
                record.append({"min": low, "max": high, "kind": kind})
    return records
