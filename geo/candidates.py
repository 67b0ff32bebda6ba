"""Candidates: the places a name can mean, as arrays; many names' made at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dateline.geo.capitals import capital_keys
from dateline.geo.conflicts import conflict_share, front_nearness
from dateline.geo.features import PREFIX as FEATURES_PREFIX
from dateline.geo.names import name_keys
from dateline.geo.sounding import likeness, sounding
from dateline.geo.sphere import unit_vectors
from dateline.geo.theatre import BY_MUNICIPALITY
from dateline.geo.villages import known_as
from dateline.geo.weights import COLUMN, FEATURES, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.place import Place

__all__ = ["Candidates", "Named", "candidates", "country_number"]

_LOOSE_KIND = 0.3  # how much it counts that a place is a country or region where its name is spelt another way
_FEATURE = 200_000  # inhabitants of a town that is named as often as a river, strait or camp that the news of wars knows
_VILLAGE = 200  # inhabitants of a village whose number no source gives: about the median of Kursk and Belgorod oblasts
_HAMLET = 50  # of one that tables of coordinates lack: fewer post offices and maps know it
_KNOWN, _WORLD_CITY = (
    30_000,
    700_000,
)  # inhabitants of a namesake that some, and that all readers think of first
_AT_FRONT = 0.5  # nearness to a front of what has nothing to fear from a namesake elsewhere
_BYNAME = 0.4  # how far being near a front speaks for a place that has the name beside its own
_OTHER_FORM = (
    0.5  # how far a name is that of a place it may be a form of, where another has it as written
)
_OTHER_ROMANISATION = (
    0.75  # the same of one that is written otherwise in Latin letters, where another is written so
)
_LEAST_FRONT = 0.3  # how far being near a front counts beside the latter
_LARGE_TOWN = 6_500  # inhabitants past which a town is no likelier to be named
_MUCH_WAR = 0.5  # share of the news of wars of a land at war
_SHORT_NAME = 4  # letters of a key
_FAMOUS = 2_000_000  # inhabitants: what any language calls such a city is one of its main names
_TOWN = 50_000  # a region with a town of its name in it is mostly called "the region", the town by the name


class Codes(dict[str | None, int]):
    """Numbers for country and region codes, given as they are first met; null is 0."""

    def __missing__(self, code: str | None) -> int:
        self[code] = number = len(self) + 1 if code else 0
        return number


_COUNTRIES, _ADMIN1 = Codes(), Codes()
_COUNTRIES[None] = _ADMIN1[None] = 0


def country_number(code: str) -> int:
    """Return the number that stands for a country in `Candidates.country`."""
    return _COUNTRIES[code]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The places a name can mean, as arrays; made once a name and shared between reports.

    Attributes
    ----------
    places
        The places.
    ids
        Their identifiers.
    vectors
        Where they are on the unit sphere, shape (n, 3).
    country, admin1
        Numbers of their codes.
    static
        The `FEATURES` that no context changes, shape (n, features).
    reading
        Chance that the letters were read as they are meant: less for the short rest of a word whose first letter was
        taken for a preposition.
    """

    places: tuple[Place, ...]
    ids: tuple[str, ...]
    vectors: NDArray[Any]
    country: NDArray[Any]
    admin1: NDArray[Any]
    static: NDArray[Any]
    reading: float = 1.0

    def __len__(self) -> int:
        return len(self.places)


class Named(NamedTuple):
    """A name's places, and how it is written.

    Attributes
    ----------
    places
        The places.
    variant
        How much another spelling speaks against a place: 1 where names are written as the gazetteer has them,
        less where they are inflected or in another script, so that they never are.
    keys
        Keys of the name: a place that has it as its main name, or one that sounds like it, is likelier than one
        that has it among others.
    native
        Countries whose own script it is in: what their people write is as good as a main name.
    reading
        As in `Candidates`.
    """

    places: tuple[Place, ...]
    variant: float
    keys: frozenset[str]
    native: frozenset[str] = frozenset()
    reading: float = 1.0


def candidates(names: Sequence[Named]) -> list[Candidates]:
    """Return the candidates of each name: arrays of all made at once."""
    places = [place for name in names for place in name.places]
    vectors = unit_vectors([place.lon for place in places], [place.lat for place in places])
    vectors = vectors.astype(np.float32)
    country = np.array([_COUNTRIES[place.country] for place in places], dtype=np.int32)
    admin1 = np.array([_ADMIN1[place.admin1] for place in places], dtype=np.int32)
    static = np.zeros((len(places), len(FEATURES)), dtype=np.float32)
    people = np.array([_inhabitants(place) for place in places], dtype=float)
    static[:, COLUMN["population"]] = np.log10(people + 10.0) / 7.0
    static[:, COLUMN["conflict"]] = [conflict_share(place) for place in places]
    static[:, COLUMN["front"]] = front_nearness(places, vectors)
    main = name_keys([place.name for place in places])
    static[:, COLUMN["town_at_war"]] = _towns_at_war(people, static[:, COLUMN["conflict"]], places)
    static[:, COLUMN["seat"]] = _seats(places, main)
    made, start = [], 0
    for name in names:
        rows = slice(start, start + len(name.places))
        _describe(static[rows], name, main[rows])
        ids = tuple(place.id for place in name.places)
        made.append(
            Candidates(
                name.places,
                ids,
                vectors[rows],
                country[rows],
                admin1[rows],
                static[rows],
                name.reading,
            )
        )
        start = rows.stop
    return made


def _towns_at_war(
    people: NDArray[Any], conflict: NDArray[Any], places: Sequence[Place]
) -> NDArray[Any]:
    """Return how large a settlement in a land at war is, 0 to 1: of its places reports name the towns first."""
    settled = np.array([place.kind == "settlement" for place in places], dtype=bool)
    large = np.log10(np.maximum(people, _VILLAGE) / _VILLAGE) / np.log10(_LARGE_TOWN / _VILLAGE)
    share: NDArray[Any] = np.minimum(large, 1.0) * (conflict >= _MUCH_WAR) * settled
    return share


def _seats(places: Sequence[Place], main: Sequence[str]) -> NDArray[Any]:
    """Return 1 for the settlements that their district has its name from, 0 for others."""
    if not places:
        return np.zeros(0, dtype=np.float32)
    districts = name_keys([place.district or "" for place in places])
    return np.array(
        [
            place.kind == "settlement"
            and len(key) > _SHORT_NAME
            and district[: (stem := max(_SHORT_NAME, len(key) - 2))] == key[:stem]
            for place, key, district in zip(places, main, districts, strict=True)
        ],
        dtype=np.float32,
    )


def _inhabitants(place: Place) -> int:
    """Return the inhabitants of a place, or what stands for them where they were not counted or nobody lives there."""
    if place.population:
        return place.population
    if place.id.startswith(FEATURES_PREFIX):
        return _FEATURE
    if place.source == BY_MUNICIPALITY:
        return _HAMLET
    known = known_as(place)
    if known is not None:
        return known
    return _VILLAGE if place.kind == "settlement" else 0


def _unknown_share(places: Sequence[Place], front: NDArray[Any], written: Sequence[bool]) -> float:
    """Return how far a name may mean a village at the front: less where a large city elsewhere has it (New York)."""
    elsewhere = [
        place.population or 0
        for place, near, own in zip(places, front.tolist(), written, strict=True)
        if place.kind == "settlement" and near < _AT_FRONT and own
    ]
    fame = np.log(max([*elsewhere, 1]) / _KNOWN) / np.log(_WORLD_CITY / _KNOWN)
    return float(1.0 - (1.0 - _LEAST_FRONT) * np.clip(fame, 0.0, 1.0))


@cache
def _city() -> str:
    """Return the key of the word that GeoNames adds to the names of some cities: New York City."""
    return name_keys(["City"])[0]


def _describe(static: NDArray[Any], name: Named, main: Sequence[str]) -> None:
    """Write into the features of a name's places what they are."""
    settled = [i for i, place in enumerate(name.places) if place.kind == "settlement"]
    people = {i: name.places[i].population or 0 for i in settled}
    towns = {name.places[i].admin1 for i in settled if people[i] >= _TOWN}
    largest = max(settled, key=people.__getitem__, default=None)
    if (
        largest is not None and people[largest]
    ):  # of villages nobody counted, none is known to be the largest
        static[largest, COLUMN["largest"]] = 1.0
        capital = (name.places[largest].country, main[largest]) in capital_keys()
        static[largest, COLUMN["capital"]] = float(capital)
    told = {"variant": (COLUMN["inexact"], name.variant), "fuzzy": (COLUMN["fuzzy"], 1.0)}
    for i, place in enumerate(name.places):
        of_town = place.kind == "region" and place.admin1 in towns
        kind = "region_of_town" if of_town else place.kind
        if kind in KINDS:
            static[i, KINDS[kind]] = 1.0 if place.matched == "exact" else _LOOSE_KIND
        own = place.matched == "exact" and (
            place.kind == "country"
            or place.id.startswith(FEATURES_PREFIX)
            or (bool(name.native) and (place.population or 0) >= _FAMOUS)
        )
        native = place.matched == "exact" and place.country in name.native
        static[i, COLUMN["main_name"]] = own or max(
            1.0
            if main[i] in (key, key + _city())
            else max(likeness(key, main[i]) if native else 0.0, sounding(key, main[i]))
            for key in name.keys
        )
        if place.id.startswith(FEATURES_PREFIX):
            static[i, COLUMN["largest"]] = 1.0
        if place.matched in told:
            column, value = told[place.matched]
            static[i, column] = value
    written = _as_written(name.places)
    if not all(written):
        static[:, COLUMN["main_name"]] *= np.where(written, 1.0, _OTHER_FORM)
    if not (static[:, COLUMN["seat"]].any() or static[:, COLUMN["front"]].any()):
        return
    called = np.array(
        [max((likeness(key, each) for key in name.keys), default=0.0) for each in main]
    )
    static[:, COLUMN["seat"]] *= called > 0.0
    # what a front's villages are called now, not what they and others were called once (Nikopol was Sloviansk)
    static[:, COLUMN["front"]] *= _BYNAME + (1.0 - _BYNAME) * called
    static[:, COLUMN["front"]] *= _unknown_share(name.places, static[:, COLUMN["front"]], written)
    static[:, COLUMN["front"]] *= _romanised(name, main, static[:, COLUMN["front"]])


def _as_written(places: Sequence[Place]) -> list[bool]:
    """Return which places have the name as it is written, not one that it may be a form of; all, where none has."""
    if any(place.matched == "exact" and not place.inflected for place in places):
        return [not place.inflected for place in places]
    return [True] * len(places)


def _romanised(name: Named, main: Sequence[str], front: NDArray[Any]) -> NDArray[Any]:
    """Return how far a name in Latin letters means each place at a front: Kurilovka is not Kurylivka where both are there."""
    own = np.array([each in name.keys for each in main], dtype=bool)
    rivals = not name.native and bool((own & (front >= _AT_FRONT)).any())
    return np.where(own | (not rivals), 1.0, _OTHER_ROMANISATION)
