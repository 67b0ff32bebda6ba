"""Columns as bytes: numbers split into byte planes, lists turned into dictionary codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from deflate import deflate_compress

from dateline.layers.nested import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Columns", "Facet", "deflate", "facet", "facet_of", "planes", "zigzag"]

_ONE_BYTE, _TWO_BYTES = 1 << 8, 1 << 16


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that readers filter by: every event holds one combination of its members.

    Attributes
    ----------
    members
        The single values; an empty string stands for "not stated".
    combinations
        For each combination that occurs, the indexes of its members.
    codes
        For each event, the index of its combination.
    """

    members: list[str]
    combinations: list[list[int]]
    codes: NDArray[np.int64]


@dataclass(slots=True)
class Columns:
    """Numbers of all events, column by column, as the page unpacks them.

    Attributes
    ----------
    length
        Number of rows.
    order
        The rows' order in the page.
    layout
        For each column its name, its width in bytes and 1 where differences are stored, else 0.
    parts
        For each column its byte planes.
    """

    length: int
    order: NDArray[np.int64]
    layout: list[tuple[str, int, int]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)

    def add(self, name: str, values: NDArray[np.int64]) -> None:
        """Add non-negative numbers, in the narrowest width that holds them."""
        values = values[self.order]
        top = int(values.max()) if self.length else 0
        width = 1 if top < _ONE_BYTE else 2 if top < _TWO_BYTES else 4
        self.layout.append((name, width, 0))
        self.parts.append(planes(values.astype(f"<u{width}")))

    def add_differences(self, name: str, values: NDArray[np.int64]) -> None:
        """Add numbers that change little from row to row, as differences of 32 bits."""
        values = values[self.order]
        self.layout.append((name, 4, 1))
        self.parts.append(planes(zigzag(np.diff(values, prepend=0))))


def zigzag(values: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return signed numbers as unsigned ones, small magnitudes first: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return ((values << 1) ^ (values >> 63)).astype("<u4")


def planes(values: NDArray[Any]) -> bytes:
    """Return all lowest bytes, then all second bytes and so on: each plane compresses on its own terms."""
    values = np.ascontiguousarray(values)
    return values.view(np.uint8).reshape(len(values), values.itemsize).T.tobytes()


def deflate(data: bytes, level: int = 9) -> bytes:
    """Return `data` as a raw DEFLATE stream (RFC 1951), the same for the same input."""
    return bytes(deflate_compress(data, level))


def facet(lists: Sequence[tuple[str, ...]]) -> Facet:
    """Return the facet of what each event lists; see `facet_of`."""
    codes, found = numbered(chain.from_iterable(lists))
    return facet_of(np.fromiter(map(len, lists), np.int64, len(lists)), codes, found)


def facet_of(
    lengths: NDArray[np.int64] | None, codes: NDArray[np.int64], labels: Sequence[str]
) -> Facet:
    """Return the facet of what each event lists.

    Parameters
    ----------
    lengths
        How many values each event lists; null where it is one each.
    codes
        For each value of all events, one after the other, the number of its label.
    labels
        Their words; the empty word is left away.

    Returns
    -------
    Facet
        Members by falling number of events, then by name; "not stated" last.
    """
    groups, found = _groups(lengths, codes, labels)
    counts: dict[str, int] = {}
    for values, count in zip(found, np.bincount(groups, minlength=len(found)), strict=True):
        for value in values or ("",):
            counts[value] = counts.get(value, 0) + int(count)
    members = sorted(counts, key=lambda name: (not name, -counts[name], name))
    index = {name: number for number, name in enumerate(members)}
    combinations = [[index[value] for value in values or ("",)] for values in found]
    return Facet(members, combinations, groups)


def _groups(
    lengths: NDArray[np.int64] | None, codes: NDArray[np.int64], labels: Sequence[str]
) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """Return for each event the number of its combination of words, and the combinations."""
    known: dict[tuple[str, ...], int] = {}
    alone = np.array([known.setdefault(_set([label]), len(known)) for label in labels], np.int64)
    if lengths is None:
        groups = alone[codes]
    else:
        groups = np.full(len(lengths), known.setdefault((), len(known)), np.int64)
        starts = np.cumsum(lengths) - lengths
        groups[lengths == 1] = alone[codes[starts[lengths == 1]]]
        for row in np.flatnonzero(lengths > 1):
            words = _set([labels[code] for code in codes[starts[row] : starts[row] + lengths[row]]])
            groups[row] = known.setdefault(words, len(known))
    used, groups = np.unique(groups, return_inverse=True)
    words_of = list(known)
    return groups.astype(np.int64), [words_of[number] for number in used]


def _set(words: list[str]) -> tuple[str, ...]:
    """Return words, each once and none empty, sorted."""
    return tuple(sorted({word for word in words if word}))
