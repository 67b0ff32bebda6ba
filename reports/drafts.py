"""Drafts of events: what single sentences tell, and those that tell of one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    return FINENESS.get(place.kind, 2) - (0 if place.location.geometry is not None else _LOST)


@dataclass(slots=True)
class Facts:
    """What one sentence tells."""

    sentence: int
    kind: str | None
    places: list[PlaceMention]
    dates: list[DateMention]
    units: list[UnitMention]
    casualties: list[CasualtyMention]
    sides: list[str]
    speaker: str | None
    status: Status | None

    @property
    def place(self) -> PlaceMention | None:
        """The finest place where something happened; the first of several as fine."""
        if not self.places:
            return None
        return max(self.places, key=lambda place: (fineness(place), -place.start))


@dataclass(slots=True)
class Draft:
    """An event as far as it has been read."""

    facts: list[Facts] = field(default_factory=list)

    @property
    def deployment(self) -> bool:
        """Whether the event is a deployment."""
        return self.facts[0].kind == "Deployment"

    @property
    def place(self) -> PlaceMention | None:
        """The finest place of all its sentences; the first of several as fine."""
        places = [facts.place for facts in self.facts if facts.place is not None]
        return max(places, key=lambda place: (fineness(place), -place.start)) if places else None

    def places_beside(self, main: PlaceMention | None) -> list[PlaceMention]:
        """Return the places, about as fine as the main one, of the sentence that names it."""
        return [
            place
            for facts in self.facts
            if main is not None and main in facts.places
            for place in facts.places
            if fineness(place) >= fineness(main) - 1
        ]

    @property
    def interval(self) -> Interval | None:
        """The most precise time of all its sentences."""
        dates = [date.interval for facts in self.facts for date in facts.dates if date.interval]
        return max(dates, key=lambda item: _PRECISION[item.precision]) if dates else None
