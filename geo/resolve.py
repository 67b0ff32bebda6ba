"""Which of the places of a name is meant: toponyms of one report are settled together.

Each candidate gets a score, a weighted sum of few general features; the probabilities of a name's candidates are the
softmax of their scores. What the other names of the report probably mean is itself a feature, so
scores are worked out a few times over. Weights and their origin: `data/resolution.toml`, fitted by
`scripts/fit_resolution.py`.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dateline.geo.names import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.place import Place

__all__ = [
    "FEATURES",
    "Candidates",
    "Hint",
    "Ranked",
    "Weights",
    "akin_chance",
    "features",
    "resolve",
    "weights",
]

FEATURES = (
    "population",
    "largest",
    "country",
    "region",
    "region_of_town",
    "district",
    "water",
    "facility",
    "main_name",
    "inexact",
    "fuzzy",
    "noun_agrees",
    "noun_differs",
    "inside_named",
    "country_share",
    "country_named",
    "admin1_share",
    "admin1_named",
    "nearness",
    "given_country",
    "given_near",
)
"""What a candidate is judged by; all between about 0 and 1."""

_ROUNDS = 3
_NEAR_KM = 120.0
_EARTH_KM = 6371.0
_TOWN = 50_000  # a region with a town of its name in it is mostly called "the region", the town by the name
_COLUMN = {name: number for number, name in enumerate(FEATURES)}
_KINDS = {
    kind: _COLUMN[kind]
    for kind in ("country", "region", "region_of_town", "district", "water", "facility")
}
_INEXACT, _FUZZY = _COLUMN["inexact"], _COLUMN["fuzzy"]
_CONTEXT = slice(_COLUMN["country_share"], _COLUMN["nearness"] + 1)
_CALIBRATION = ("bias", "logit", "population", "support", "inexact", "alone", "area")


class Codes(dict[str | None, int]):
    """Numbers for country and region codes, given as they are first met; null is 0."""

    def __missing__(self, code: str | None) -> int:
        self[code] = number = len(self) + 1 if code else 0
        return number


_COUNTRIES, _ADMIN1 = Codes(), Codes()
_COUNTRIES[None] = _ADMIN1[None] = 0


class Candidates:
    """The places a name can mean, as arrays; made once a name and shared between reports.

    Parameters
    ----------
    places
        The places.
    variant
        How much another spelling speaks against a place: 1 where names are written as the gazetteer has them,
        less where they are inflected or in another script, so that they never are.
    keys
        Keys of the name: a place that has it as its main name is likelier than one that has it among others.
    """

    def __init__(
        self, places: Sequence[Place], *, variant: float = 1.0, keys: frozenset[str] = frozenset()
    ) -> None:
        self.places = tuple(places)
        n = len(self.places)
        lon = np.radians([place.lon for place in places])
        lat = np.radians([place.lat for place in places])
        self.vectors = np.column_stack(
            [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
        ).astype(np.float32)
        self.country = np.array([_COUNTRIES[place.country] for place in places], dtype=np.int32)
        self.admin1 = np.array([_ADMIN1[place.admin1] for place in places], dtype=np.int32)
        self.kinds = [place.kind for place in places]
        self.static = np.zeros((n, len(FEATURES)), dtype=np.float32)
        population = np.array([place.population or 0 for place in places], dtype=float)
        self.population = np.log10(population + 10.0) / 7.0
        self.static[:, 0] = self.population
        if n:
            settled = [i for i in range(n) if self.kinds[i] == "settlement"]
            if settled:
                self.static[max(settled, key=lambda i: population[i]), 1] = 1.0
        towns = {
            p.admin1 for p in places if p.kind == "settlement" and (p.population or 0) >= _TOWN
        }
        for i, place in enumerate(places):
            kind = (
                "region_of_town" if place.kind == "region" and place.admin1 in towns else place.kind
            )
            if kind in _KINDS:
                self.static[i, _KINDS[kind]] = 1.0
            self.static[i, _COLUMN["main_name"]] = float(name_key(place.name) in keys)
            self.static[i, _INEXACT] = variant * float(place.matched == "variant")
            self.static[i, _FUZZY] = float(place.matched == "fuzzy")

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Hint:
    """What the words around a name say about it.

    Attributes
    ----------
    noun
        The kind that a generic word beside the name gives, null where there is none.
    inside
        Codes of countries and regions named right after it ("Alexandria, Louisiana").
    weight
        How many times the report names it.
    """

    noun: str | None = None
    inside: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of one name, best first, with their chances; `confidence` is of the first."""

    places: tuple[Place, ...] = ()
    chances: tuple[float, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features and of the calibration of the confidence."""

    features: NDArray[Any]
    calibration: NDArray[Any]
    origin: dict[str, Any] = field(default_factory=dict)


@cache
def weights() -> Weights:
    """Return the weights of `data/resolution.toml`."""
    text = (resources.files("dateline.geo.data") / "resolution.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Weights(
        np.array([table["features"][name] for name in FEATURES], dtype=np.float32),
        np.array([table["calibration"][name] for name in _CALIBRATION]),
        table["origin"],
    )


class _Distinct(NamedTuple):
    """Codes of candidates: how many there are, which one each has, and where it is unknown."""

    size: int
    which: NDArray[Any]
    unknown: NDArray[Any]


def _distinct(codes: NDArray[Any]) -> _Distinct:
    distinct, index = np.unique(codes, return_inverse=True)
    return _Distinct(len(distinct), index, codes == 0)


class _Report:
    """The names of one report with all their candidates in one set of arrays."""

    def __init__(self, names: Sequence[Candidates], hints: Sequence[Hint]) -> None:
        sizes = np.array([len(name) for name in names])
        self.starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
        self.owner = np.repeat(np.arange(len(names)), sizes)
        self.vectors = np.vstack([name.vectors for name in names])
        self.country = np.concatenate([name.country for name in names])
        admin1 = np.concatenate([name.admin1 for name in names])
        self.countries, self.regions = _distinct(self.country), _distinct(admin1)
        self.static = np.vstack([name.static for name in names])
        self.weight = np.array([hint.weight for hint in hints])
        self.is_country = self.static[:, _KINDS["country"]] > 0
        self.is_region = (
            self.static[:, _KINDS["region"]] + self.static[:, _KINDS["region_of_town"]] > 0
        )
        self.closeness = self._closeness() if len(names) > 1 else None
        self._hints(names, hints)

    def _hints(self, names: Sequence[Candidates], hints: Sequence[Hint]) -> None:
        """Write what the words around each name say into its candidates' features."""
        for number, (name, hint) in enumerate(zip(names, hints, strict=True)):
            rows = slice(self.starts[number], self.starts[number] + len(name))
            if hint.noun:
                same = np.array([agrees(kind, hint.noun) for kind in name.kinds])
                self.static[rows, _COLUMN["noun_agrees"]] = same
                self.static[rows, _COLUMN["noun_differs"]] = ~same
            if hint.inside:
                self.static[rows, _COLUMN["inside_named"]] = [
                    bool(hint.inside & {p.country, p.admin1, f"{p.country}/{p.district}"})
                    and p.kind != "country"
                    for p in name.places
                ]

    def _closeness(self) -> NDArray[Any]:
        """Return how close each two candidates of different names are: 1 at the same point, 0.5 at 120 km."""
        chord = np.sqrt(np.maximum(2.0 - 2.0 * (self.vectors @ self.vectors.T), 0.0))
        close: NDArray[Any] = 1.0 / (1.0 + chord * np.float32(_EARTH_KM / _NEAR_KM))
        close[self.owner[:, None] == self.owner[None, :]] = 0.0
        close[:, self.is_country] = 0.0
        return close

    def context(self, chance: NDArray[Any]) -> NDArray[Any]:
        """Return the features that depend on what the other names probably mean."""
        mass = chance * self.weight[self.owner]
        out = np.zeros((len(chance), 5), dtype=np.float32)
        total = self.weight.sum() - self.weight[self.owner]
        total = np.maximum(total, 1e-6)
        for column, codes, named in (
            (0, self.countries, self.is_country),
            (2, self.regions, self.is_region),
        ):
            out[:, column] = self._others(mass, codes) / total
            naming = self._others(np.where(named, chance, 0.0), codes)
            out[:, column + 1] = np.minimum(naming, 1.0)
        if self.closeness is not None:
            out[:, 4] = self._nearness(chance)
        return out

    def _others(self, mass: NDArray[Any], codes: _Distinct) -> NDArray[Any]:
        """Return, for each candidate, the mass of other names' candidates with the same code."""
        table = np.zeros((len(self.starts), codes.size))
        np.add.at(table, (self.owner, codes.which), mass)
        others = table.sum(axis=0)[codes.which] - table[self.owner, codes.which]
        out: NDArray[Any] = np.where(codes.unknown, 0.0, others)
        return out

    def _nearness(self, chance: NDArray[Any]) -> NDArray[Any]:
        """Return how near the nearest other names probably are: mean of the three nearest."""
        assert self.closeness is not None
        by_name = np.add.reduceat(
            self.closeness * chance[None, :].astype(np.float32), self.starts, axis=1
        )
        top = min(3, by_name.shape[1])
        nearest: NDArray[Any] = np.sort(by_name, axis=1)[:, -top:].sum(axis=1) / 3.0
        return nearest

    def softmax(self, score: NDArray[Any]) -> NDArray[Any]:
        """Return chances that add up to one for each name."""
        best = np.maximum.reduceat(score, self.starts)
        raw = np.exp(score - best[self.owner])
        chance: NDArray[Any] = raw / np.add.reduceat(raw, self.starts)[self.owner]
        return chance


def agrees(kind: str, noun: str) -> bool:
    """Tell whether a kind of place is what a generic word says."""
    return kind == noun or (noun == "front" and kind == "settlement")


def features(
    names: Sequence[Candidates],
    hints: Sequence[Hint],
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    with_weights: NDArray[Any] | None = None,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the features of all candidates of a report, their chances, and where each name's begin.

    Parameters
    ----------
    names
        The candidates of each name; none may be empty.
    hints
        What is said beside each name.
    country
        ISO 3166-1 code of the country the report is about, as far as the caller knows.
    near
        Longitude and latitude that the report is about.
    with_weights
        Weights to use in place of the data file's (for fitting them).
    """
    use = weights().features if with_weights is None else with_weights
    report = _Report(names, hints)
    values = report.static.copy()
    if country:
        values[:, _COLUMN["given_country"]] = report.country == _COUNTRIES[country]
    if near:
        lon, lat = math.radians(near[0]), math.radians(near[1])
        point = np.array(
            [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]
        )
        chord = np.sqrt(np.maximum(2.0 - 2.0 * (report.vectors @ point), 0.0))
        values[:, _COLUMN["given_near"]] = 1.0 / (1.0 + chord * (_EARTH_KM / _NEAR_KM))
    chance = report.softmax(values @ use)
    for _ in range(_ROUNDS if len(names) > 1 else 0):  # a name alone has no others to speak for it
        values[:, _CONTEXT] = report.context(chance)
        chance = report.softmax(values @ use)
    return values, chance, report.starts


def resolve(
    names: Sequence[Candidates],
    hints: Sequence[Hint],
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
) -> list[Ranked]:
    """Return the candidates of each name of one report, ranked.

    Parameters
    ----------
    names, hints, country, near
        As for `features`; names without candidates are allowed and stay without.
    """
    filled = [i for i, name in enumerate(names) if len(name)]
    ranked = [Ranked()] * len(names)
    if not filled:
        return ranked
    values, chance, starts = features(
        [names[i] for i in filled], [hints[i] for i in filled], country=country, near=near
    )
    for row, i in enumerate(filled):
        rows = slice(starts[row], starts[row] + len(names[i]))
        order = np.argsort(-chance[rows], kind="stable")
        chances = chance[rows][order]
        first = values[rows][order[0]]
        ranked[i] = Ranked(
            tuple(names[i].places[j] for j in order),
            tuple(float(c) for c in chances),
            calibrated(
                akin_chance(names[i].places, chance[rows], int(order[0])), first, len(order)
            ),
        )
    return ranked


def akin_chance(places: Sequence[Place], chances: NDArray[Any], best: int) -> float:
    """Return the chance of the best candidate and of those that lie in the same region (a town and its oblast)."""
    first = places[best]
    if first.admin1 is None:
        return float(chances[best])
    same = [i for i, place in enumerate(places) if place.admin1 == first.admin1]
    return float(min(1.0, sum(chances[i] for i in same)))


def calibration_row(chance: float, first: NDArray[Any], count: int) -> NDArray[Any]:
    """Return what the confidence is worked out from: the chance, and how well the first is supported."""
    clipped = min(max(chance, 1e-4), 1.0 - 1e-4)
    named = ("country_share", "admin1_named", "inside_named", "given_country", "noun_agrees")
    support = max(2 * float(first[_COLUMN["nearness"]]), *(float(first[_COLUMN[n]]) for n in named))
    return np.array(
        [
            1.0,
            math.log(clipped / (1.0 - clipped)) / 4.0,
            float(first[0]),
            min(support, 1.0),
            float(first[_INEXACT] + first[_FUZZY]),
            float(count == 1),
            float(first[_KINDS["country"]] + first[_KINDS["region"]]),
        ]
    )


def calibrated(chance: float, first: NDArray[Any], count: int) -> float:
    """Return the chance that the first candidate is right, the place unknown to the gazetteer included."""
    score = float(calibration_row(chance, first, count) @ weights().calibration)
    return 1.0 / (1.0 + math.exp(-max(min(score, 30.0), -30.0)))
