"""A location: what geocoding a place expression gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dateline.geo.deferred import made_unkept, made_when_asked

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.place import Place
    from dateline.geo.spot import Spot

__all__ = ["Location", "candidate"]


@made_when_asked("geometry", "candidates")
@dataclass(frozen=True, slots=True)
class Location:
    """Where a place expression is, how well that is known, and why we think so.

    Attributes
    ----------
    query
        The expression as given.
    name
        The place as readers know it ("Kursk Oblast, western part"); null where nothing matches.
    kind
        settlement, region, district, part_of_region, border, offset, sector, distance, near, between,
        along, several, facility, water, coordinates, country or institution; null where nothing matches.
    geometry
        Point, line or area in degrees, EPSG:4326; null where nothing matches. Made when first asked for.
    lon, lat
        Representative point in degrees; always inside or on the geometry.
    uncertainty_m
        Radius in metres about lon, lat that holds the true place 95 times in 100.
    method
        How the geometry was made, in a few words.
    confidence
        Chance, 0 to 1, that the right place was chosen.
    geo_precision
        ACLED's code, 1 to 3.
    where_prec
        UCDP's code, 1 to 7.
    country
        ISO 3166-1 alpha-2.
    admin1
        ISO 3166-2.
    explanation
        One sentence for an editor: what was understood and where the figures come from.
    candidates
        The readings that lost, best first: objects with name, kind, lon, lat, country, admin1,
        confidence.
    parts
        The members of several places named together, or the two ends of a corridor: objects like those of
        `candidates`, with `uncertainty_m` besides.
    attribution
        Credits that whoever shows the geometry owes.
    """

    query: str
    name: str | None = None
    kind: str | None = None
    geometry: BaseGeometry | None = None
    lon: float | None = None
    lat: float | None = None
    uncertainty_m: float | None = None
    method: str | None = None
    confidence: float | None = None
    geo_precision: int | None = None
    where_prec: int | None = None
    country: str | None = None
    admin1: str | None = None
    explanation: str | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)
    attribution: tuple[str, ...] = ()

    def drawn(self) -> BaseGeometry | None:
        """Return the geometry without keeping it: for who asks many locations for it, one after another."""
        shape: BaseGeometry | None = made_unkept(self, "geometry")
        return shape


def candidate(place: Place | Spot | Location, confidence: float | None) -> dict[str, Any]:
    """Return a place or reading that lost as the object that `candidates` holds."""
    return {
        "name": place.name,
        "kind": place.kind,
        "lon": place.lon,
        "lat": place.lat,
        "country": place.country,
        "admin1": place.admin1,
        "confidence": confidence,
    }
