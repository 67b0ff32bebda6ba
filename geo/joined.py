"""Two gazetteers as one: what is built in, and what the user added."""

from __future__ import annotations

import heapq
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.geo.fuzzy import edits
from dateline.geo.gazetteer import Gazetteer, prominence
from dateline.geo.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.geo.place import Place

__all__ = ["JoinedGazetteer"]

_METRES_PER_DEGREE = 111_195.0
_SAME_PLACE_M = (
    3_000.0  # settlements of one name closer than this are one: villages are some 2 km wide
)
_SAME_RIVER_M = 300_000.0  # sources put a river's point at its mouth, source or middle
_MOST_EDITS = 3
_AREAS = frozenset({"region", "country"})
_EXTENDED = frozenset({"region", "country", "district", "water"})


class JoinedGazetteer(Gazetteer):
    """The user's places before those built in; a place that both know is the user's.

    Parameters
    ----------
    base
        What is built in.
    added
        What the user added.
    """

    def __init__(self, base: Gazetteer, added: Gazetteer) -> None:
        # not super().__init__: there is no folder of its own
        self._base = base
        self._added = added

    def known(self, keys: Sequence[str]) -> list[bool]:
        """Return for each key whether some place has it: as `Gazetteer.known`."""
        pairs = zip(self._base.known(keys), self._added.known(keys), strict=True)
        return [one or other for one, other in pairs]

    def find_many(
        self, names: Iterable[str], language: str | None = None
    ) -> dict[str, list[Place]]:
        """Return for each name the places it can mean: as `Gazetteer.find_many`."""
        wanted = list(dict.fromkeys(names))
        base = self._base.find_many(wanted, language)
        added = self._added.find_many(wanted, language)
        return {
            name: _joined(base[name], added[name]) if added[name] else base[name] for name in wanted
        }

    def fuzzy(self, name: str, limit: int = 5) -> list[Place]:
        """Return places a spelling mistake or two away: as `Gazetteer.fuzzy`."""
        base, added = self._base.fuzzy(name, limit), self._added.fuzzy(name, limit)
        key = name_key(name)
        found = _joined(base, added)
        return sorted(found, key=lambda place: edits(key, name_key(place.name), _MOST_EDITS))[
            :limit
        ]

    def near(self, lon: float, lat: float, radius_m: float, limit: int = 20) -> list[Place]:
        """Return the settlements around a point: as `Gazetteer.near`."""
        added = self._added.near(lon, lat, radius_m, limit)
        base = self._base.near(lon, lat, radius_m, limit + len(added))  # some are the same
        names = {name_key(place.name): place for place in added}
        ids = {place.id for place in added}
        others = [
            place
            for place in base
            if place.id not in ids
            and not ((twin := names.get(name_key(place.name))) and _is_same(twin, place))
        ]
        found = others + added
        return sorted(found, key=lambda place: _metres(lon, lat, place.lon, place.lat))[:limit]

    def names_in(self, country: str) -> list[tuple[str, int]]:
        """Return the main names of a country's places: as `Gazetteer.names_in`."""
        return [*self._base.names_in(country), *self._added.names_in(country)]

    def get(self, place_id: str) -> Place | None:
        """Return the place with an identifier: as `Gazetteer.get`."""
        return self._added.get(place_id) or self._base.get(place_id)

    def close(self) -> None:
        """Close both."""
        self._base.close()
        self._added.close()


def _joined(base: list[Place], added: list[Place]) -> list[Place]:
    """Return places of one name from both, most populous first; each once, with what both know of it."""
    distinct = list({place.id: place for place in added}.values())
    twins = {place.id: [o for o in base if _is_same(place, o)] for place in distinct}
    kept = [place for place in distinct if not (twins[place.id] and _is_mere_point(place))]
    filled = [_filled(place, min(twins[place.id], key=_rank, default=None)) for place in kept]
    doubled = {twin.id for place in kept for twin in twins[place.id]}
    others = (place for place in base if place.id not in doubled)
    return list(heapq.merge(others, sorted(filled, key=_rank), key=_rank))


def _is_mere_point(place: Place) -> bool:
    """Tell whether a user's place is the point of something that has an outline, from a country dump."""
    return place.kind in _EXTENDED and place.id.startswith("gn:")


def _filled(place: Place, twin: Place | None) -> Place:
    """Return a user's place with what the same place, built in, knows besides."""
    if twin is None:
        return place
    return replace(
        place,
        country=place.country or twin.country,
        admin1=place.admin1 or twin.admin1,
        district=place.district or twin.district,
        population=place.population or twin.population,
        matched="exact" if "exact" in {place.matched, twin.matched} else place.matched,
    )


def _is_same(one: Place, other: Place) -> bool:
    """Tell whether two places that share a name are one."""
    if one.id == other.id:
        return True
    if one.kind != other.kind:
        return False
    if one.kind in _AREAS:
        return one.country == other.country and (
            one.kind == "country" or one.admin1 == other.admin1
        )
    if one.kind == "district":
        return one.country == other.country and one.admin1 == other.admin1 is not None
    near = _SAME_RIVER_M if one.kind == "water" else _SAME_PLACE_M
    return _metres(one.lon, one.lat, other.lon, other.lat) < near


def _rank(place: Place) -> float:
    """Return what places are sorted by: the most populous first."""
    return -prominence(place)


def _metres(lon: float, lat: float, lon2: float, lat2: float) -> float:
    """Return the distance of two points on a sphere, good to a percent over some tens of kilometres."""
    east = ((lon2 - lon + 180) % 360 - 180) * math.cos(math.radians((lat + lat2) / 2))
    return math.hypot(east, lat2 - lat) * _METRES_PER_DEGREE
