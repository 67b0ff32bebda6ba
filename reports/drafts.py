"""Drafts of events: what single sentences tell, and those that tell of one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.event import Status
    from dateline.reports.annotation import PlaceMention
    from dateline.reports.mentions.casualties import CasualtyMention
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.mentions.interval import Interval
    from dateline.reports.mentions.units import UnitMention

__all__ = ["FINENESS", "Draft", "Facts", "fineness"]

FINENESS = {
    "coordinates": 9, "facility": 8, "offset": 8, "settlement": 8, "near": 8, "several": 8,
    "between": 7, "along": 6, "distance": 6, "sector": 6, "border": 6, "district": 5,
    "part_of_region": 4, "water": 4, "region": 3, "country": 1,
}  # fmt: skip
"""How finely each kind of place expression says where; kinds that are not here count 2."""

_PRECISION = {"minute": 5, "day": 4, "days": 3, "week": 2, "month": 1, "year": 0}
_LOST = 10


def fineness(place: PlaceMention) -> int:
    """Return how fine a place is; one that was not found is coarser than any that was."""
    return FINENESS.get(place.kind, 2) - (0 if place.location.lon is not None else _LOST)


def finest(places: Iterable[PlaceMention]) -> PlaceMention | None:
    """Return the finest of several places, the first of those as fine; null where there is none."""
    return max(places, key=lambda place: (fineness(place), -place.start), default=None)


@dataclass
class Facts:
    """What one sentence tells; `another` where it says that it is of another event than those before."""

    sentence: int
    kind: str | None
    speaker: str | None
    status: Status | None
    another: bool
    places: list[PlaceMention] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    units: list[UnitMention] = field(default_factory=list)
    casualties: list[CasualtyMention] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)

    @cached_property
    def place(self) -> PlaceMention | None:
        """The finest place where something happened; the first of several as fine."""
        return finest(self.places)


class Draft:
    """An event as far as it has been read.

    Attributes
    ----------
    facts
        Its sentences.
    place
        The finest place of all its sentences; the first of several as fine.
    interval
        The most precise time of all its sentences.
    """

    def __init__(self, *facts: Facts) -> None:
        self.facts: list[Facts] = []
        self.place: PlaceMention | None = None
        self.interval: Interval | None = None
        for item in facts:
            self.add(item)

    def add(self, facts: Facts) -> None:
        """Add a sentence."""
        self.facts.append(facts)
        self.place = finest(place for place in (self.place, facts.place) if place)
        times = [self.interval, *(date.interval for date in facts.dates)]
        self.interval = max(
            (time for time in times if time),
            key=lambda item: _PRECISION[item.precision],
            default=None,
        )

    @property
    def deployment(self) -> bool:
        """Whether the event is a deployment."""
        return self.facts[0].kind == "Deployment"

    def places_beside(self, main: PlaceMention | None) -> list[PlaceMention]:
        """Return the places, about as fine as the main one, of the sentence that names it."""
        return [
            place
            for facts in self.facts
            if main is not None and main in facts.places
            for place in facts.places
            if fineness(place) >= fineness(main) - 1
        ]

    def unplaced_beside(self, main: PlaceMention | None) -> list[PlaceMention]:
        """Return the places that were not found of the sentence that names the main one."""
        return [
            place
            for facts in self.facts
            if main is not None and main in facts.places
            for place in facts.places
            if place is not main and place.location.lon is None
        ]
