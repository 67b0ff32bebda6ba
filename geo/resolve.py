"""Which of the places of a name is meant: toponyms of one report are settled together.

Each candidate gets a score, a weighted sum of few general features; the probabilities of a name's candidates are the
softmax of their scores. What the other names of the report probably mean is itself a feature, so
scores are worked out a few times over. Weights and their origin: `data/resolution.toml`, fitted by
`scripts/fit_resolution.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.candidates import country_number
from dateline.geo.confidence import akin_chance, calibrated, known_chance
from dateline.geo.sphere import unit_vectors
from dateline.geo.weights import COLUMN, KINDS, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.candidates import Candidates
    from dateline.geo.place import Place

__all__ = ["Hint", "Ranked", "features", "resolve", "resolve_many"]

_ROUNDS = 3
_NEAR_KM = 120.0
_CITY = 50_000  # inhabitants of a town that a country may share its name with
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


class _Shared:
    """What candidates of different names have in common: their country and their region.

    Sums over the candidates of a code, with and without those of the name itself, for four kinds of mass at once:
    by country and by region, each that of all candidates and that of those that are the country or region.

    Parameters
    ----------
    owner
        Number of the name of each candidate.
    codes
        Numbers of its country and of its region, 0 where unknown.
    """

    def __init__(self, owner: NDArray[Any], codes: tuple[NDArray[Any], NDArray[Any]]) -> None:
        names = int(owner[-1]) + 1
        of_code, of_name = [], []
        size = sizes = 0
        for each in codes:
            distinct, which = np.unique(each, return_inverse=True)
            count = len(distinct)
            for _ in range(2):
                of_code.append(which + size)
                of_name.append(owner * count + which + sizes)
                size, sizes = size + count, sizes + names * count
        self._of_code = np.concatenate(of_code)
        self._of_name = np.concatenate(of_name)
        self._size, self._sizes = size, sizes
        country, region = (each != 0 for each in codes)
        self._known = np.concatenate([country, country, region, region])

    def others(self, masses: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Return the mass of the other names' candidates with the same code: four rows."""
        mass = np.concatenate(masses)
        own = np.bincount(self._of_name, mass, self._sizes)[self._of_name]
        others: NDArray[Any] = np.bincount(self._of_code, mass, self._size)[self._of_code]
        others -= own
        others *= self._known
        return others.reshape(len(masses), -1)


class _Report:
    """The names of one report with all their candidates in one set of arrays."""

    def __init__(
        self, names: Sequence[Candidates], hints: Sequence[Hint], *, together: bool
    ) -> None:
        sizes = np.array([len(name.places) for name in names])
        ends = np.cumsum(sizes)
        self.starts = ends - sizes
        self.owner = np.repeat(np.arange(len(names)), sizes)
        self.vectors = np.concatenate([name.vectors for name in names])
        self.country = np.concatenate([name.country for name in names])
        self.admin1 = np.concatenate([name.admin1 for name in names])
        self.static = np.concatenate([name.static for name in names])
        self._hints(names, hints)
        if together:
            self._prepare(np.array([hint.weight for hint in hints]))

    def _hints(self, names: Sequence[Candidates], hints: Sequence[Hint]) -> None:
        """Write what the words around each name say into its candidates' features."""
        for start, name, hint in zip(self.starts.tolist(), names, hints, strict=True):
            rows = slice(start, start + len(name.places))
            if hint.noun and not _of_country(name, hint.noun):
                same = np.array([agrees(place.kind, hint.noun) for place in name.places])
                self.static[rows, COLUMN["noun_agrees"]] = same
                other = np.array([differs(place.kind, hint.noun) for place in name.places])
                self.static[rows, COLUMN["noun_differs"]] = other
                self.static[
                    rows, COLUMN["front"]
                ] *= ~other  # a district is no village, however near the front
            if hint.inside:
                self.static[rows, COLUMN["inside_named"]] = [
                    bool(hint.inside & {p.country, p.admin1, f"{p.country}/{p.district}"})
                    and p.kind != "country"
                    for p in name.places
                ]

    def _prepare(self, weight: NDArray[Any]) -> None:
        """Work out what each round of `context` needs."""
        static = self.static
        self._is_country = static[:, KINDS["country"]] > 0
        self._is_region = static[:, KINDS["region"]] + static[:, KINDS["region_of_town"]] > 0
        self._weight = weight[self.owner]
        self._total = np.maximum(weight.sum() - self._weight, 1e-6)
        self._shared = _Shared(self.owner, (self.country, self.admin1))
        self._closeness = self._close()
        self._probable = np.empty_like(self._closeness)  # one large array a report, not one a round

    def _close(self) -> NDArray[Any]:
        """Return how close each two candidates of different names are: 1 at the same point, 0.5 at 120 km."""
        close: NDArray[Any] = self.vectors @ self.vectors.T
        close *= np.float32(-2.0)
        close += np.float32(2.0)
        np.sqrt(np.maximum(close, np.float32(0.0), out=close), out=close)
        close *= np.float32(_EARTH_KM / _NEAR_KM)
        close += np.float32(1.0)
        np.divide(np.float32(1.0), close, out=close)
        starts = self.starts.tolist()
        for start, end in zip(starts, [*starts[1:], len(close)], strict=True):
            close[start:end, start:end] = 0.0
        close[:, self._is_country] = 0.0
        return close

    def context(self, chance: NDArray[Any]) -> NDArray[Any]:
        """Return the features that depend on what the other names probably mean."""
        mass = chance * self._weight
        masses = (mass, chance * self._is_country, mass, chance * self._is_region)
        others = self._shared.others(masses)
        others[::2] /= self._total
        np.minimum(others[1::2], 1.0, out=others[1::2])
        out = np.empty((len(chance), 5), dtype=np.float32)
        out[:, :4] = others.T
        out[:, 4] = self._nearness(chance)
        return out

    def _nearness(self, chance: NDArray[Any]) -> NDArray[Any]:
        """Return how near the nearest other names probably are: mean of the three nearest."""
        np.multiply(self._closeness, chance, out=self._probable)
        by_name = np.add.reduceat(self._probable, self.starts, axis=1)
        by_name.sort(axis=1)
        nearest: NDArray[Any] = by_name[:, -3:].sum(axis=1)
        nearest /= np.float32(3.0)
        return nearest

    def softmax(self, score: NDArray[Any]) -> NDArray[Any]:
        """Return chances that add up to one for each name."""
        raw = np.exp(score - np.maximum.reduceat(score, self.starts)[self.owner])
        chance: NDArray[Any] = raw / np.add.reduceat(raw, self.starts)[self.owner]
        return chance


def _of_country(name: Candidates, noun: str) -> bool:
    """Tell whether a generic word is not that of the place it stands beside: "the second city of Ukraine"."""
    if noun != "settlement":
        return False
    exact = [place for place in name.places if place.matched == "exact"]
    return any(place.kind == "country" for place in exact) and not any(
        place.kind == "settlement" and (place.population or 0) >= _CITY for place in exact
    )


def agrees(kind: str, noun: str) -> bool:
    """Tell whether a kind of place is what a generic word says."""
    return kind == noun or (noun == "front" and kind == "settlement")


def differs(kind: str, noun: str) -> bool:
    """Tell whether a generic word speaks against a kind of place: a "region" may be a district."""
    return not agrees(kind, noun) and (noun, kind) != ("region", "district")


def features(
    names: Sequence[Candidates],
    hints: Sequence[Hint],
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    with_weights: NDArray[Any] | None = None,
    together: bool = True,
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
    together
        Whether the names are of one report; else each is of its own.
    """
    use = weights().features if with_weights is None else with_weights
    together = together and len(names) > 1  # a name alone has no others to speak for it
    report = _Report(names, hints, together=together)
    values = report.static
    if country:
        values[:, COLUMN["given_country"]] = report.country == country_number(country)
    if near:
        (point,) = unit_vectors([near[0]], [near[1]])
        chord = np.sqrt(np.maximum(2.0 - 2.0 * (report.vectors @ point), 0.0))
        values[:, COLUMN["given_near"]] = 1.0 / (1.0 + chord * (_EARTH_KM / _NEAR_KM))
    chance = report.softmax(values @ use)
    for _ in range(_ROUNDS if together else 0):
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
    return resolve_many([(names, hints)], country=country, near=near)[0]


def resolve_many(
    reports: Sequence[tuple[Sequence[Candidates], Sequence[Hint]]],
    *,
    country: str | None = None,
    near: tuple[float, float] | None = None,
) -> list[list[Ranked]]:
    """Return the candidates of each name of many reports, ranked: each report for itself, those of one name at once.

    Parameters
    ----------
    reports
        Names and hints of each, as for `resolve`.
    country, near
        As for `features`.
    """
    ranked = [[Ranked()] * len(names) for names, _ in reports]
    alone: list[tuple[int, int]] = []
    for number, (names, hints) in enumerate(reports):
        filled = [i for i, name in enumerate(names) if name.places]
        if len(filled) == 1:
            alone.append((number, filled[0]))
        elif filled:
            some = [names[i] for i in filled], [hints[i] for i in filled]
            for i, found in zip(filled, _ranked(*some, country, near, together=True), strict=True):
                ranked[number][i] = found
    if alone:
        each = [reports[number][0][i] for number, i in alone]
        hinted = [reports[number][1][i] for number, i in alone]
        found_alone = _ranked(each, hinted, country, near, together=False)
        for (number, i), found in zip(alone, found_alone, strict=True):
            ranked[number][i] = found
    return ranked


def _ranked(
    names: Sequence[Candidates],
    hints: Sequence[Hint],
    country: str | None,
    near: tuple[float, float] | None,
    *,
    together: bool,
) -> list[Ranked]:
    """Return the candidates of names that all have some, ranked; of one report, or each of its own."""
    values, chance, starts = features(names, hints, country=country, near=near, together=together)
    sizes = np.array([len(name.places) for name in names])
    firsts = np.repeat(starts, sizes)
    order = np.lexsort((-chance, firsts))
    best = order[starts]
    sure = _sure(names, chance, starts, best, sizes)
    rows_best = values[best]
    confidences = calibrated(sure, rows_best, sizes).tolist()
    spoken = float(values[:, COLUMN["country_share"]].max())
    chances = chance[order].tolist()
    within = (order - firsts).tolist()
    ranked = []
    for name, start, row, sureness in zip(
        names, starts.tolist(), rows_best.tolist(), confidences, strict=True
    ):
        rows = slice(start, start + len(name.places))
        ordered = tuple([name.places[j] for j in within[rows]])
        known = known_chance(ordered[0], row, name.reading, country, spoken)
        ranked.append(Ranked(ordered, tuple(chances[rows]), sureness * known))
    return ranked


def _sure(
    names: Sequence[Candidates],
    chance: NDArray[Any],
    starts: NDArray[Any],
    best: NDArray[Any],
    sizes: NDArray[Any],
) -> list[float]:
    """Return for each name the chance of its best candidate and of those akin to it; most have none in its region."""
    regions = np.concatenate([name.admin1 for name in names])
    here = regions == np.repeat(regions[best], sizes)
    beside = np.add.reduceat(here, starts) > 1
    sure: list[float] = chance[best].tolist()
    for number in np.flatnonzero(beside & (regions[best] != 0)).tolist():
        start = starts[number]
        rows = chance[start : start + sizes[number]]
        sure[number] = akin_chance(names[number], rows, int(best[number] - start))
    return sure
