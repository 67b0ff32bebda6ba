"""A place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Place", "PlaceKind"]

PlaceKind = Literal["settlement", "region", "district", "country", "water", "facility"]


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name can mean.

    Attributes
    ----------
    id
        Identifier with its origin: `gn:498817`, `iso:RU-KRS`, `iso:UA`, `theatre:sudzha`.
    name
        The name shown to readers, in Latin script where the source has one.
    kind
        What sort of place it is.
    lon, lat
        Representative point in degrees, EPSG:4326.
    country
        ISO 3166-1 alpha-2, null where unknown.
    admin1
        ISO 3166-2, null where unknown.
    district
        Name of the second-level district, null where unknown.
    population
        Inhabitants, null where unknown.
    source
        Short name of the data set the place comes from.
    matched
        How the name matched: `exact` (same letters), `variant` (same key across spelling or
        script) or `fuzzy`.
    radius_m
        Radius that holds the place, metres, where the user states it; else null.
    inflected
        Whether the name matched in what may be its dictionary form, not as it was written.
    """

    id: str
    name: str
    kind: PlaceKind
    lon: float
    lat: float
    country: str | None = None
    admin1: str | None = None
    district: str | None = None
    population: int | None = None
    source: str = ""
    matched: Literal["exact", "variant", "fuzzy"] = "exact"
    radius_m: float | None = None
    inflected: bool = False
