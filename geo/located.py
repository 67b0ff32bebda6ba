"""From a spot to the location that is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from dateline.geo import uncertainty as radius_of
from dateline.geo.deferred import Deferred
from dateline.geo.location import Location, candidate
from dateline.geo.spot import MUNICIPALITY_POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.spot import Spot

__all__ = ["as_heard", "location_of", "unplaced"]

_BY_SOUND = 0.85  # share of names of India, Myanmar and Syria heard in other scripts that are the right ones
_OUTLINED = frozenset(("region", "part_of_region", "border", "country", "district"))


def location_of(text: str, spot: Spot, others: Sequence[Spot]) -> Location:
    """Return the location of a spot.

    Parameters
    ----------
    text
        The expression.
    spot
        What it means.
    others
        What else it may mean.
    """
    approximate = spot.method == MUNICIPALITY_POINT
    return Location(
        query=text,
        name=spot.name,
        kind=spot.kind,
        geometry=cast("BaseGeometry", spot.shape),  # maybe deferred, which a location allows
        lon=round(spot.lon, 6),
        lat=round(spot.lat, 6),
        uncertainty_m=round(spot.uncertainty_m, 1),
        method=spot.method,
        confidence=round(spot.confidence, 3),
        geo_precision=radius_of.acled_precision(
            spot.kind, spot.uncertainty_m, approximate=approximate
        ),
        where_prec=radius_of.ucdp_precision(spot.kind, approximate=approximate),
        country=spot.country,
        admin1=spot.admin1,
        explanation=spot.explanation,
        candidates=cast("list[dict[str, Any]]", Deferred(lambda: _losers(spot, others))),
        parts=[
            {**_candidate_of_spot(part), "uncertainty_m": round(part.uncertainty_m, 1)}
            for part in spot.parts
        ],
        attribution=_credits(spot),
    )


def _losers(spot: Spot, others: Sequence[Spot]) -> list[dict[str, Any]]:
    """Return the readings and the places that lost, best first."""
    return [
        *map(_candidate_of_spot, others),
        *(candidate(place, round(chance * spot.confidence, 3)) for place, chance in spot.losers),
    ]


def _credits(spot: Spot) -> tuple[str, ...]:
    """Return the credits owed for the geometry."""
    if spot.kind in _OUTLINED:
        return ("Natural Earth", "© OpenStreetMap contributors (ODbL)")
    if spot.kind == "coordinates":
        return ()
    return ("GeoNames (CC BY 4.0)",)


def _candidate_of_spot(spot: Spot) -> dict[str, Any]:
    """Return a reading that lost as the object `candidates` holds."""
    told = candidate(spot, round(spot.confidence, 3))
    return told | {"lon": round(spot.lon, 6), "lat": round(spot.lat, 6)}


def unplaced(location: Location) -> Location:
    """Return the location of a name that means a place, though nothing tells which.

    Parameters
    ----------
    location
        The likeliest place, too unlikely to be told; or none.
    """
    if location.lon is None:
        return location
    return Location(
        query=location.query,
        explanation="Several places may have this name, and nothing tells which is meant.",
        candidates=[candidate(location, location.confidence), *location.candidates],
    )


def as_heard(location: Location, name: str, alike: float = 1.0) -> Location:
    """Return a location whose name was read by its sound, and says so."""
    if location.confidence is None:
        return location
    return replace(
        location,
        confidence=round(location.confidence * _BY_SOUND * alike, 3),
        explanation=f"{location.explanation} Read as {name} by its sound.",
    )
