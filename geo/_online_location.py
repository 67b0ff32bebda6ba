"""Locations from the answers of online geocoders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.geo.geometry import holding_radius, representative
from dateline.geo.location import Location, candidate
from dateline.geo.uncertainty import acled_precision, settlement_radius, ucdp_precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo._online_answers import Known

__all__ = ["CREDIT", "location_of"]

CREDIT = "© OpenStreetMap contributors (ODbL)"

# Chance that a place whose name fits so is the one meant, where it has no namesakes: estimates, for want
# of a set of online answers with known truth.
_FITS = {"exact": 0.85, "variant": 0.8, "fuzzy": 0.35}
_AREAS = ("region", "district", "country", "water")


def location_of(text: str, known: Sequence[Known], service: str, host: str) -> Location:
    """Return the location of a name among the places an online geocoder knows by it.

    Parameters
    ----------
    text
        The name.
    known
        Places, the service's favourite first; none gives a location without geometry.
    service, host
        Who says so.
    """
    if not known:
        return Location(query=text)
    shares = _confidences(known)
    order = sorted(range(len(known)), key=lambda i: -shares[i])
    best = known[order[0]]
    geometry, lon, lat, metres, basis = _extent(best)
    place = best.place
    return Location(
        query=text,
        name=place.name,
        kind=place.kind,
        geometry=geometry,
        lon=lon,
        lat=lat,
        uncertainty_m=metres,
        method=f"{place.kind} found online by {service}",
        confidence=shares[order[0]],
        geo_precision=acled_precision(place.kind, metres),
        where_prec=ucdp_precision(place.kind),
        country=place.country,
        admin1=place.admin1,
        explanation=(
            f"Not in the gazetteers; {host} knows it as {best.label!r} (name match: "
            f"{place.matched}). Radius {metres / 1000:.1f} km from {basis}."
        ),
        candidates=[candidate(known[i].place, shares[i]) for i in order[1:]],
        attribution=(CREDIT,),
    )


def _confidences(known: Sequence[Known]) -> list[float]:
    """Return the chance that each place is meant: its name's fit, shared by how well known it is."""
    weights = [
        (k.importance if k.importance is not None else 1 / (rank + 2)) * _FITS[k.place.matched] ** 3
        for rank, k in enumerate(known)
    ]
    total = sum(weights) or 1.0
    return [
        round(_FITS[k.place.matched] * weight / total, 3)
        for k, weight in zip(known, weights, strict=True)
    ]


def _extent(known: Known) -> tuple[BaseGeometry, float, float, float, str]:
    """Return geometry, representative point, radius in metres, and what the radius comes from."""
    from shapely.geometry import Point

    place = known.place
    if known.outline is not None and place.kind in _AREAS:
        lon, lat = representative(known.outline)
        metres = holding_radius(known.outline, lon, lat)
        return known.outline, lon, lat, metres, "its outline in OpenStreetMap"
    point = Point(place.lon, place.lat)
    around = known.outline if known.outline is not None else known.box
    floor = settlement_radius(0 if place.kind == "facility" else place.population)
    if around is None:
        return point, place.lon, place.lat, floor, "what such places measure"
    metres = max(holding_radius(around, place.lon, place.lat), floor)
    return point, place.lon, place.lat, metres, "its extent in OpenStreetMap"
