"""A stretch of text that reads as a place expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.geo.parser import Reading

__all__ = ["Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that reads as a place expression.

    Attributes
    ----------
    start, end
        Offsets in code points.
    readings
        The ways to read it, likeliest first.
    people
        True where it is no place but an adjective or a people ("Russian", "Syrians").
    heard
        The name in Latin letters that a name in it was read as, by its sound; null where none was.
    called
        What the word beside it says it is, where only that shows it to be a place; null elsewhere.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    people: bool = False
    heard: str | None = None
    called: str | None = None
