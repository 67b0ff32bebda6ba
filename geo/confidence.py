"""Confidence: the chance that the first candidate of a name is right, the place no gazetteer knows included."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.weights import COLUMN, KINDS, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.candidates import Candidates
    from dateline.geo.place import Place

__all__ = ["akin_chance", "calibrated", "calibration_rows", "known_chance"]

_TELLING = [COLUMN[n] for n in ("country_share", "admin1_named", "inside_named", "given_country")]
_SUPPORTING = [*_TELLING, COLUMN["noun_agrees"]]
_NEAR_DEGREES = 0.3
_KEPT = 5_000  # names whose akin candidates are remembered
_LARGE = 1_000_000  # inhabitants of a city that reports of any country name
# chance that a namesake abroad is meant, where the country is given
_LARGE_ABROAD, _ABROAD = 0.8, 0.35
# share of a report's names that lie in the country it speaks of, and in one it does not
_SPOKEN, _UNTOLD = 0.3, 0.1
_AT_HAND = 0.4  # nearness, doubled, of other names that means something: within some 500 km
_UNSPOKEN = 0.75  # chance that a small place of the latter is meant
_RESPELT = 0.6  # how much less it matters that a name is written another way where it is the main name (Mykolajiv)
_AT_WAR = (
    0.7  # how far it speaks for a place that its country is at war, beside its being near a front
)
_MISSPELT = 0.6  # chance that a name no gazetteer has is a known one misspelt, where nothing else speaks for it


def akin_chance(name: Candidates, chances: NDArray[Any], best: int) -> float:
    """Return the chance of the best candidate and of those that lie in the same region (a town and its oblast)."""
    same = _akin(name, best)
    return float(min(1.0, sum(chances[i] for i in same)) if len(same) > 1 else chances[best])


@lru_cache(maxsize=_KEPT)
def _akin(name: Candidates, best: int) -> tuple[int, ...]:
    """Return the candidates of a name that are in the region of one and much the same place, itself among them."""
    region = name.admin1[best]
    if not region:
        return (best,)
    places, first = name.places, name.places[best]
    beside = np.flatnonzero(name.admin1 == region).tolist()
    return tuple(i for i in beside if i == best or _same_place(places[i], first))


def _same_place(one: Place, other: Place) -> bool:
    """Tell whether two places of one region and name are much the same: a town and its district, or two ends of a town."""
    if "settlement" not in (one.kind, other.kind) or one.kind != other.kind:
        return True
    return abs(one.lat - other.lat) < _NEAR_DEGREES and abs(one.lon - other.lon) < _NEAR_DEGREES


def known_chance(
    first: Place, row: Sequence[float], reading: float, country: str | None, spoken: float
) -> float:
    """Return the chance that the place meant is in the gazetteer and the name was read as meant.

    A report of one country names few places of others but large ones: a small namesake abroad mostly means that the
    gazetteer lacks the place at home.

    Parameters
    ----------
    first
        The best candidate.
    row
        Its features.
    reading
        `Candidates.reading`.
    country
        ISO 3166-1 code of the country the report is about, null where not said.
    spoken
        The largest share of the report's other names that any country has, 0 to 1.
    """
    near = 2.0 * row[COLUMN["nearness"]]
    told = min(1.0, max(near if near >= _AT_HAND else 0.0, *(row[i] for i in _TELLING)))
    chance = reading + (1.0 - reading) * told
    if row[COLUMN["fuzzy"]]:
        chance *= _MISSPELT + (1.0 - _MISSPELT) * told
    if first.kind == "country" or first.country is None:
        return chance
    large = (first.population or 0) >= _LARGE or row[COLUMN["capital"]] > 0
    if country and first.country != country:
        chance *= _LARGE_ABROAD if large else _ABROAD
    elif spoken >= _SPOKEN and told < _UNTOLD and not large:
        chance *= _UNSPOKEN
    return chance


def _supports(firsts: NDArray[Any]) -> NDArray[Any]:
    """Return how far the other names of a report, or what is known about it, speak for candidates, 0 to 1.

    That a place is in a land at war speaks for it too: of 2,460 bare names of such places, those at .7 to .8 without this
    were right 98 times in 100.

    Parameters
    ----------
    firsts
        Features, a row a candidate.
    """
    first = firsts.astype(float)
    named = first[:, _SUPPORTING].max(axis=1)
    at_war = np.maximum(first[:, COLUMN["front"]], _AT_WAR * first[:, COLUMN["conflict"]])
    told = np.maximum(2 * first[:, COLUMN["nearness"]], np.maximum(named, at_war))
    best: NDArray[Any] = np.minimum(told, 1.0)
    return best


def calibration_rows(
    chances: Sequence[float], firsts: NDArray[Any], counts: NDArray[Any]
) -> NDArray[Any]:
    """Return what confidences are worked out from, a row a name: the chance, and how well the first is supported.

    Parameters
    ----------
    chances
        That the first candidate of each name is right.
    firsts
        Its features, a row a name.
    counts
        How many candidates there are.
    """
    clipped = np.clip(np.array(chances), 1e-4, 1.0 - 1e-4)
    first = firsts.astype(float)
    return np.column_stack(
        [
            np.ones(len(clipped)),
            np.log(clipped / (1.0 - clipped)) / 4.0,
            first[:, 0],
            _supports(firsts),
            first[:, COLUMN["inexact"]] * (1.0 - _RESPELT * first[:, COLUMN["main_name"]]),
            first[:, COLUMN["fuzzy"]],
            counts == 1,
            first[:, KINDS["country"]] + first[:, KINDS["region"]],
        ]
    )


def calibrated(
    chances: Sequence[float], firsts: NDArray[Any], counts: NDArray[Any]
) -> NDArray[Any]:
    """Return the chances that the first candidates are right, the place unknown to the gazetteer included."""
    score = calibration_rows(chances, firsts, counts) @ weights().calibration
    made: NDArray[Any] = 1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
    return made
