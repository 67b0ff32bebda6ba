"""Places of one theatre: a handful, kept in memory, that join the gazetteer for one run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.geo.fuzzy import edits
from dateline.geo.gazetteer import Gazetteer
from dateline.geo.geocoder import Geocoder
from dateline.geo.joined import JoinedGazetteer
from dateline.geo.names import name_keys, query_forms, spelling_key
from dateline.geo.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.config import ExtraPlace
    from dateline.geo.region import Regions

__all__ = ["OwnPlaces", "geocoder_with"]

_LONGEST_OF_ONE_EDIT = 7  # letters of a key that allow one mistake; longer ones allow two
_SHORTEST = 4  # as Gazetteer.fuzzy


@dataclass(frozen=True, slots=True)
class _Named:
    """A place, and the spellings of all its names."""

    place: Place
    spellings: frozenset[str]


class OwnPlaces(Gazetteer):
    """A gazetteer of the places of `dateline.toml`.

    Parameters
    ----------
    places
        Each place with all its names.
    """

    def __init__(self, places: Iterable[tuple[Place, Sequence[str]]]) -> None:
        # not super().__init__: there is no folder
        self._by_id: dict[str, Place] = {}
        self._by_key: dict[str, list[_Named]] = defaultdict(list)
        for place, names in places:
            self._by_id[place.id] = place
            named = _Named(place, frozenset(spelling_key(name) for name in names))
            for key in filter(None, dict.fromkeys(name_keys(list(names)))):
                self._by_key[key].append(named)

    def known(self, keys: Sequence[str]) -> list[bool]:
        """Return for each key whether some place has it: as `Gazetteer.known`."""
        return [key in self._by_key for key in keys]

    def find_many(
        self, names: Iterable[str], language: str | None = None
    ) -> dict[str, list[Place]]:
        """Return for each name the places it can mean: as `Gazetteer.find_many`."""
        return {name: self._meant(name, language) for name in dict.fromkeys(names)}

    def fuzzy(self, name: str, limit: int = 5) -> list[Place]:
        """Return places a spelling mistake or two away: as `Gazetteer.fuzzy`."""
        key = name_keys([name])[0]
        if len(key) < _SHORTEST:
            return []
        most = 1 if len(key) <= _LONGEST_OF_ONE_EDIT else 2
        found = {
            named.place.id: replace(named.place, matched="fuzzy")
            for other, each in self._by_key.items()
            if edits(key, other, most) <= most
            for named in each
        }
        return list(found.values())[:limit]

    def near(self, lon: float, lat: float, radius_m: float, limit: int = 20) -> list[Place]:
        """Return none: what lies around a point is told by its settlements, which are built in."""
        del lon, lat, radius_m, limit
        return []

    def names_in(self, country: str) -> list[tuple[str, int]]:
        """Return the main names of a country's places: as `Gazetteer.names_in`."""
        return [
            (place.name, place.population or 0)
            for place in self._by_id.values()
            if place.country == country
        ]

    def get(self, place_id: str) -> Place | None:
        """Return the place with an identifier; null where there is none."""
        return self._by_id.get(place_id)

    def close(self) -> None:
        """Close nothing."""

    def _meant(self, name: str, language: str | None) -> list[Place]:
        """Return the places of one name, each once."""
        found: dict[str, Place] = {}
        forms = query_forms(name, language)
        for form, key in zip(forms, name_keys(forms), strict=True):
            for named in self._by_key.get(key, ()):
                same = spelling_key(form) in named.spellings
                found.setdefault(
                    named.place.id, replace(named.place, matched="exact" if same else "variant")
                )
        return list(found.values())


def geocoder_with(places: Sequence[ExtraPlace], base: Geocoder) -> Geocoder:
    """Return a geocoder that knows `places` besides what `base` knows.

    Parameters
    ----------
    places
        Places of `dateline.toml`. Where one does not say its country or first-level region, that around
        its coordinates is taken.
    base
        A geocoder; it is not changed.
    """
    if not places:
        return base
    own = OwnPlaces(
        (_place(number, place, base.regions), (place.name, *place.also))
        for number, place in enumerate(places, start=1)
    )
    return Geocoder(JoinedGazetteer(base.gazetteer, own), base.regions)


def _place(number: int, extra: ExtraPlace, regions: Regions) -> Place:
    """Return one place of `dateline.toml` as the gazetteer's."""
    country, admin1 = regions.at(extra.lon, extra.lat)
    if extra.country not in {None, country}:
        country, admin1 = extra.country, None
    return Place(
        id=f"own:{number}",
        name=extra.name,
        kind="settlement",
        lon=extra.lon,
        lat=extra.lat,
        country=country,
        admin1=extra.admin1 or admin1,
        source=extra.source or "dateline.toml",
        radius_m=extra.radius_m,
    )
