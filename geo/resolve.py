"""Which of the places of a name is meant: toponyms of one report are settled together.

Each candidate gets a score, a weighted sum of few general features; the probabilities of a name's candidates are the
softmax of their scores. What the other names of the report probably mean is itself a feature, so
scores are worked out a few times over. Weights and their origin: `data/resolution.toml`, fitted by
`scripts/fit_resolution.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dateline.geo.candidates import country_number
from dateline.geo.confidence import akin_chance, calibrated, known_chance
from dateline.geo.weights import COLUMN, KINDS, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.candidates import Candidates
    from dateline.geo.place import Place

__all__ = ["Hint", "Ranked", "features", "resolve"]

_ROUNDS = 3
_NEAR_KM = 120.0
_EARTH_KM = 6371.0
_CONTEXT = slice(COLUMN["country_share"], COLUMN["nearness"] + 1)


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
        self._admin1 = [name.admin1 for name in names]
        self.static = np.vstack([name.static for name in names])
        self.weight = np.array([hint.weight for hint in hints])
        self.is_country = self.static[:, KINDS["country"]] > 0
        self.is_region = (
            self.static[:, KINDS["region"]] + self.static[:, KINDS["region_of_town"]] > 0
        )
        self._hints(names, hints)

    def _hints(self, names: Sequence[Candidates], hints: Sequence[Hint]) -> None:
        """Write what the words around each name say into its candidates' features."""
        for number, (name, hint) in enumerate(zip(names, hints, strict=True)):
            rows = slice(self.starts[number], self.starts[number] + len(name))
            if hint.noun:
                same = np.array([agrees(place.kind, hint.noun) for place in name.places])
                self.static[rows, COLUMN["noun_agrees"]] = same
                self.static[rows, COLUMN["noun_differs"]] = ~same
            if hint.inside:
                self.static[rows, COLUMN["inside_named"]] = [
                    bool(hint.inside & {p.country, p.admin1, f"{p.country}/{p.district}"})
                    and p.kind != "country"
                    for p in name.places
                ]

    @cached_property
    def countries(self) -> _Distinct:
        """The countries of all candidates."""
        return _distinct(self.country)

    @cached_property
    def regions(self) -> _Distinct:
        """The regions of all candidates."""
        return _distinct(np.concatenate(self._admin1))

    @cached_property
    def closeness(self) -> NDArray[Any]:
        """How close each two candidates of different names are: 1 at the same point, 0.5 at 120 km."""
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
        out[:, 4] = self._nearness(chance)
        return out

    def _others(self, mass: NDArray[Any], codes: _Distinct) -> NDArray[Any]:
        """Return, for each candidate, the mass of other names' candidates with the same code."""
        of_name = self.owner * codes.size + codes.which
        own = np.bincount(of_name, mass, len(self.starts) * codes.size)[of_name]
        others = np.bincount(codes.which, mass, codes.size)[codes.which] - own
        out: NDArray[Any] = np.where(codes.unknown, 0.0, others)
        return out

    def _nearness(self, chance: NDArray[Any]) -> NDArray[Any]:
        """Return how near the nearest other names probably are: mean of the three nearest."""
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
        values[:, COLUMN["given_country"]] = report.country == country_number(country)
    if near:
        lon, lat = math.radians(near[0]), math.radians(near[1])
        point = np.array(
            [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]
        )
        chord = np.sqrt(np.maximum(2.0 - 2.0 * (report.vectors @ point), 0.0))
        values[:, COLUMN["given_near"]] = 1.0 / (1.0 + chord * (_EARTH_KM / _NEAR_KM))
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
        sure = calibrated(
            akin_chance(names[i].places, chance[rows], int(order[0])), first, len(order)
        )
        sure *= known_chance(names[i].places[order[0]], first, names[i].reading, country)
        ranked[i] = Ranked(
            tuple(names[i].places[j] for j in order), tuple(float(c) for c in chances), sure
        )
    return ranked
