"""Arrays of Python objects in which null is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["each", "kept", "known", "object_array"]


def object_array(values: Iterable[Any]) -> np.ndarray:
    """Return values of any kind as a flat array; lists stay lists."""
    if isinstance(values, np.ndarray) and values.dtype == object:
        return values
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def kept(mask: np.ndarray, values: Any) -> np.ndarray:
    """Return `values` where `mask` holds, null elsewhere."""
    mask = np.asarray(mask, dtype=bool)
    array = np.full(len(mask), None, dtype=object)
    array[mask] = values[mask] if isinstance(values, np.ndarray) else values
    return array


def known(values: np.ndarray) -> np.ndarray:
    """Tell which members of an array of objects are not null."""
    found: np.ndarray = ~pd.isna(values)
    return found


def each(cells: pd.Series, find: Callable[[str], Any]) -> np.ndarray:
    """Return `find` of every cell, called once for each different cell; empty cells are null."""
    codes, uniques = pd.factorize(cells)
    found = object_array(find(str(text)) if text else None for text in uniques)
    taken: np.ndarray = found[codes]
    return taken
