"""A geocoder that asks an online service for the names that no gazetteer knows.

    Fallback(Geocoder.open(), Online("nominatim", user_agent="..."))

"Sudzha" is looked up offline and nobody is asked; of "5 km north of Xyz" only "Xyz" is sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.errors import AnswerError, InputError
from dateline.geo.expression import Name, names_of
from dateline.geo.gazetteer import Gazetteer
from dateline.geo.geocoder import Context, Geocoder
from dateline.geo.location import Location
from dateline.geo.names import name_key
from dateline.geo.online import CREDIT
from dateline.geo.parser import parse
from dateline.geo.region import Regions
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.finder import Found
    from dateline.geo.online import Online
    from dateline.geo.place import Place

__all__ = ["Fallback"]


class Fallback:
    """Locates like `Geocoder`, and asks online where a name is unknown or only similar to a known one.

    Parameters
    ----------
    geocoder
        Asked first.
    online
        Asked for the names that are left.
    progress
        Called while names are asked for with the share done, 0 to 1, and what is being done.
    """

    def __init__(
        self,
        geocoder: Geocoder,
        online: Online,
        *,
        progress: Callable[[float, str], None] | None = None,
    ) -> None:
        self.gazetteer = geocoder.gazetteer
        self.regions = geocoder.regions
        self._geocoder = geocoder
        self._online = online
        self._progress = progress

    def find(self, text: str, language: str, context: Context | None = None) -> list[Found]:
        """Return the place expressions of a running text: as `Geocoder.find`, nobody is asked."""
        return self._geocoder.find(text, language, context)

    def locate(self, texts: Sequence[str], context: Context | None = None) -> list[Location]:
        """Return the location of each expression, in order: as `Geocoder.locate`.

        Raises
        ------
        ServiceError
            If the service refuses us, stays away or answers nonsense again and again; answers so far are kept. One
            answer that cannot be read is warned of, and its expression says so.
        """
        context = context or Context()
        located = self._geocoder.locate(texts, context)
        unknown = self._unknown(texts, context)
        if not unknown:
            return located
        queries = {_query(name) for names in unknown.values() for name in names}
        self._online.find_many(sorted(queries), country=context.country, progress=self._progress)
        better = self._learnt(unknown, context)
        return [_better(better.get(text), old) for text, old in zip(texts, located, strict=True)]

    def _unknown(self, texts: Iterable[str], context: Context) -> dict[str, list[Name]]:
        """Return, of each expression that makes no sense with known names, the names that lack.

        Of several readings it is the first, which a reader would take first.
        """
        readings = {text: _readings(text, context.language) for text in dict.fromkeys(texts)}
        every = [name for each in readings.values() for names in each for name in names]
        known = self._geocoder.lookup.candidates(every, context.language, fuzzy=False)
        lacking = {
            text: [[name for name in names if not len(known[name])] for names in each]
            for text, each in readings.items()
            if each
        }
        return {text: each[0] for text, each in lacking.items() if all(each)}

    def _learnt(self, unknown: Mapping[str, list[Name]], context: Context) -> dict[str, Location]:
        """Return the locations of expressions whose names the service knows."""
        found: dict[str, Location] = {}
        places: dict[str, list[Place]] = {}
        for text, names in unknown.items():
            if _is_name(text, names[0]):
                (location,) = self._online.locate([_query(names[0])], country=context.country)
                found[text] = replace(location, query=text)
                continue
            try:
                for name in names:
                    known = self._online.find(_query(name), country=context.country)
                    places |= {spelling: known for spelling in (name.text, name.full) if known}
            except AnswerError as error:
                found[text] = Location(query=text, explanation=f"{error}.")
        found |= self._parts([text for text in unknown if text not in found], places, context)
        return found

    def _parts(
        self, texts: Sequence[str], places: Mapping[str, list[Place]], context: Context
    ) -> dict[str, Location]:
        """Return the locations of expressions about learnt places, worked out as offline."""
        if not texts or not places:
            return {}
        geocoder = Geocoder(
            _LearntPlaces(self.gazetteer, places), _LearntOutlines(self.regions, self._online)
        )
        return {
            text: replace(
                location,
                method=f"{location.method}, by {self._online.service}",
                attribution=tuple(dict.fromkeys((*location.attribution, CREDIT))),
            )
            for text, location in zip(texts, geocoder.locate(texts, context), strict=True)
        }


class _LearntPlaces(Gazetteer):
    """A gazetteer that also knows what an online service said."""

    def __init__(self, base: Gazetteer, places: Mapping[str, list[Place]]) -> None:
        # not super().__init__: there is no folder of its own
        self._base = base
        self._answers = places

    def find_many(
        self, names: Iterable[str], language: str | None = None
    ) -> dict[str, list[Place]]:
        """Return for each name the places it can mean: as `Gazetteer.find_many`."""
        found = self._base.find_many(names, language)
        return {name: places or self._answers.get(name, []) for name, places in found.items()}

    def known(self, keys: Sequence[str]) -> list[bool]:
        """Return for each key whether some place has it: as `Gazetteer.known`."""
        learnt = {name_key(name) for name, places in self._answers.items() if places}
        return [
            known or key in learnt for key, known in zip(keys, self._base.known(keys), strict=True)
        ]

    def get(self, place_id: str) -> Place | None:
        """Return the place with an identifier: as `Gazetteer.get`."""
        learnt = (place for places in self._answers.values() for place in places)
        return next((p for p in learnt if p.id == place_id), None) or self._base.get(place_id)

    def names_in(self, country: str) -> list[tuple[str, int]]:
        """Return the main names of a country's places: as `Gazetteer.names_in`."""
        return self._base.names_in(country)

    def close(self) -> None:
        """Leave the base open: it is not ours."""

    def fuzzy(self, name: str, limit: int = 5) -> list[Place]:
        """Return places a spelling mistake or two away: as `Gazetteer.fuzzy`."""
        return self._base.fuzzy(name, limit)

    def near(self, lon: float, lat: float, radius_m: float, limit: int = 20) -> list[Place]:
        """Return the settlements around a point: as `Gazetteer.near`."""
        return self._base.near(lon, lat, radius_m, limit)


class _LearntOutlines(Regions):
    """Regions that also know the outlines an online service gave."""

    def __init__(self, base: Regions, online: Online) -> None:
        # not super().__init__: what is kept is kept by the base, and is not opened twice
        self.__dict__.update(vars(base))
        self._base = base
        self._online = online

    def polygon(self, place: Place) -> BaseGeometry | None:
        """Return the polygon of an area: as `Regions.polygon`."""
        outline = self._online.outline(place)
        if outline is not None or place.id.startswith("osm:"):
            return outline if outline is not None and outline.area else None
        return self._base.polygon(place)

    def line(self, place: Place) -> BaseGeometry | None:
        """Return the course of a river: as `Regions.line`."""
        outline = self._online.outline(place)
        return outline if outline is not None else self._base.line(place)


def _better(learnt: Location | None, old: Location) -> Location:
    """Return what the service told of an expression; where it told nothing, what is known without, and why."""
    if learnt is None or (learnt.geometry is None and old.geometry is not None):
        return old
    return learnt


def _readings(text: str, language: str | None) -> list[list[Name]]:
    """Return the names in each reading of an expression; none where it cannot be read or names nothing."""
    try:
        readings = parse(text, language)
    except InputError:
        return []
    names = [list(names_of(reading.expression)) for reading in readings]
    return names if all(names) else []


def _query(name: Name) -> str:
    """Return what to ask a service for: the name with its generic word, and the larger places named after it."""
    return ", ".join((name.full if name.noun else name.text, *name.within))


def _is_name(text: str, name: Name) -> bool:
    """Tell whether an expression is nothing but a name, with the larger places after it."""
    return fold(text).strip() == fold(_query(name)).strip()
