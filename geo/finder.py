"""Place expressions in running text: where they begin and end, and how they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.geo.location import Location
    from dateline.geo.lookup import Lookup
    from dateline.geo.parser import Reading

__all__ = ["Finder", "Found", "Span"]


@dataclass(frozen=True, slots=True)
class Found:
    """A place expression in a text.

    Attributes
    ----------
    start, end
        Offsets in code points.
    text
        The words.
    kind
        The location's kind.
    location
        Where it is.
    """

    start: int
    end: int
    text: str
    kind: str
    location: Location


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that reads as a place expression."""

    start: int
    end: int
    readings: tuple[Reading, ...]


class Finder:
    """Finds place expressions.

    Parameters
    ----------
    lookup
        The names that are known.
    """

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def spans(self, text: str, language: str) -> list[Span]:
        """Return the place expressions of a text."""
        return []
