"""Places that one sentence names side by side: "near Toretsk and south of Pokrovsk"."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.location import Location
    from dateline.reports.annotation import PlaceMention
    from dateline.reports.reading import Reading

__all__ = ["AREAS", "named_within", "together"]

_GAP_WORDS = 4
_KEPT = 128  # areas that reports name together; some 100 kB each where regions are among them
_NEAR = 40  # code points between a name on no map and the place that holds it
AREAS = frozenset(("region", "district", "part_of_region"))


def together(
    reading: Reading, places: list[PlaceMention], main: PlaceMention | None
) -> tuple[str | None, Location | None]:
    """Return words and location of an event's place, with the places joined to it by "and" or comma.

    Parameters
    ----------
    reading
        The report.
    places
        The event locations, as fine as the main one, of the sentence that names it.
    main
        The place of the event, null where there is none.
    """
    if main is None:
        return None, None
    apart = [
        place for place in places if place is main or not _holds(place.location, main.location)
    ]
    group = _linked(reading, sorted(apart, key=lambda place: place.start), main)
    if len(group) == 1:
        return main.text, main.location
    start, end = group[0].start, group[-1].end
    words = reading.text[start:end]
    return words, _joined(words, [place.location for place in group])


def named_within(
    reading: Reading, words: str | None, main: PlaceMention | None, unplaced: list[PlaceMention]
) -> str | None:
    """Return the words for an event's place, with a name on no map that stands just before it.

    "Qorbemi in Borno state" is located as the state, and an editor reads which village it was.

    Parameters
    ----------
    reading
        The report.
    words, main
        The place as told so far.
    unplaced
        Event locations of the same sentence that no gazetteer has.
    """
    if main is None:
        return words
    for place in unplaced:
        if 0 < main.start - place.end <= _NEAR:
            return reading.text[place.start : main.end]
    return words


def _holds(area: Location, inner: Location) -> bool:
    """Return whether a place is an area that another lies in: "Shama, in the south of Lebanon"."""
    from shapely import Point

    if area.kind not in AREAS or inner.lon is None or inner.lat is None:
        return False
    outline = area.geometry
    return (
        outline is not None and bool(outline.area) and outline.covers(Point(inner.lon, inner.lat))
    )


def _linked(reading: Reading, places: list[PlaceMention], main: PlaceMention) -> list[PlaceMention]:
    """Return the unbroken row of places that holds the main one."""
    group: list[PlaceMention] = []
    for place in places:
        if place.location.geometry is None:
            continue
        if group and not _beside(reading, group[-1], place):
            if main in group:
                break
            group = []
        group.append(place)
    return group if main in group else [main]


def _beside(reading: Reading, one: PlaceMention, other: PlaceMention) -> bool:
    """Return whether only "and" or a comma, and prepositions, stand between two places."""
    first, last = reading.index_at(one.end - 1) + 1, reading.index_at(other.start)
    if not 0 < last - first <= _GAP_WORDS:
        return False
    joint = False
    for index in range(first, last):
        word = reading.words[index][2]
        if word in ",،、" or reading.tag(index, "dates.ands"):
            joint = True
        elif not (
            reading.has_any(index, "roles.in", "dates.of", "dates.on")
            or word.lower() in reading.vocabulary.articles
        ):
            return False
    return joint


def _joined(words: str, locations: list[Location]) -> Location:
    """Return the location of several places: all their areas, a point becoming its disc of doubt."""
    from dateline.geo.spot import same

    geometry, lon, lat, radius = _covered(tuple(map(_area, locations)))
    known = [item.confidence for item in locations if item.confidence is not None]
    told = [item.explanation for item in locations if item.explanation]
    return replace(
        locations[0],
        query=words,
        name=", ".join(item.name or item.query for item in locations),
        kind="several",
        geometry=geometry,
        lon=round(lon, 6),
        lat=round(lat, 6),
        uncertainty_m=round(radius, 1),
        method="several places",
        confidence=min(known) if known else None,
        geo_precision=max((item.geo_precision or 1 for item in locations), default=None),
        where_prec=max((item.where_prec or 1 for item in locations), default=None),
        country=same(item.country for item in locations),
        admin1=same(item.admin1 for item in locations),
        explanation=" ".join(told) or None,
        candidates=[],
        attribution=tuple(
            dict.fromkeys(credit for item in locations for credit in item.attribution)
        ),
    )


@lru_cache(maxsize=_KEPT)
def _covered(areas: tuple[BaseGeometry, ...]) -> tuple[BaseGeometry, float, float, float]:
    """Return what areas cover together, its representative point and the radius about that which holds it."""
    from shapely import union_all

    from dateline.geo.geometry import holding_radius, representative

    geometry: BaseGeometry = union_all(areas)
    lon, lat = representative(geometry)
    return geometry, lon, lat, holding_radius(geometry, lon, lat)


def _area(location: Location) -> BaseGeometry:
    """Return the geometry of a location; of a point the disc that holds the true place."""
    from dateline.geo.geometry import disc

    geometry = location.geometry
    if geometry is None or location.lon is None or location.lat is None:
        message = f"expected a location with a geometry, got {location.query!r}"
        raise ValueError(message)
    if geometry.area or not location.uncertainty_m:
        return geometry
    return disc(location.lon, location.lat, location.uncertainty_m)
