"""Lists in the cells of a column, laid end to end: what many events list is handled in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Nested", "nested", "numbered"]


@dataclass(frozen=True, slots=True)
class Nested:
    """The lists of one column.

    Attributes
    ----------
    items
        The members of all lists, one after the other; none is null.
    lengths
        How many of them each row has.
    """

    items: list[Any]
    lengths: NDArray[np.int64]

    @property
    def starts(self) -> NDArray[np.int64]:
        """Return where each row's members begin in `items`."""
        return np.asarray(np.cumsum(self.lengths) - self.lengths, np.int64)

    def objects(self) -> Nested:
        """Return the same without members that are no objects."""
        if set(map(type, self.items)) <= {dict}:
            return self
        kept = np.array([isinstance(item, Mapping) for item in self.items], bool)
        owner = np.repeat(np.arange(len(self.lengths)), self.lengths)
        lengths = np.bincount(owner[kept], minlength=len(self.lengths)).astype(np.int64)
        return Nested([self.items[number] for number in np.flatnonzero(kept)], lengths)

    def field(self, name: str) -> list[Any]:
        """Return one field of every member; null where it is no object or lacks the field."""
        return [
            item.get(name) if type(item) is dict or isinstance(item, Mapping) else None
            for item in self.items
        ]

    def joined(self, texts: list[str], between: str) -> list[str]:
        """Return for each row the texts of its members, `between` them."""
        if len(texts) == len(self.lengths) and (self.lengths == 1).all():
            return texts
        ends = np.cumsum(self.lengths).tolist()
        begins = [0, *ends[:-1]]
        return [between.join(texts[a:b]) for a, b in zip(begins, ends, strict=True)]


def nested(table: pd.DataFrame, name: str) -> Nested:
    """Return a column's lists; empty where the table has no column, or a row no list."""
    if name not in table.columns:
        return Nested([], np.zeros(len(table), np.int64))
    cells = table[name].tolist()
    if not set(map(type, cells)) <= {list, np.ndarray}:
        cells = [_as_list(cell) for cell in cells]
    items = list(chain.from_iterable(cells))
    if type(None) in set(map(type, items)):
        cells = [[item for item in cell if item is not None] for cell in cells]
        items = list(chain.from_iterable(cells))
    return Nested(items, np.fromiter(map(len, cells), np.int64, len(cells)))


def _as_list(value: object) -> list[Any]:
    """Return `value` as a list if it is a collection, else an empty list."""
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return []
    return list(value)


def numbered(values: Iterable[Any]) -> tuple[NDArray[np.int64], list[Any]]:
    """Return for each value the number of the first equal one, and the distinct values."""
    known: dict[Any, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return np.array(codes, np.int64), list(known)
