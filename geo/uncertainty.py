"""How well a place is known: one function for each formula, each with its source.

All radii are metres and hold the true place 95 times in 100. Where a source gives the 90th percentile it
is widened by `P90_TO_P95`.
"""

from __future__ import annotations

import math

__all__ = [
    "BORDER_HALF_WIDTH_M",
    "P90_TO_P95",
    "acled_precision",
    "bearing_reach",
    "corridor_half_width",
    "distance_tolerance",
    "half_angle",
    "near_radius",
    "offset_radius",
    "outskirts_radius",
    "settlement_radius",
    "ucdp_precision",
]

P90_TO_P95 = math.sqrt(math.log(20) / math.log(10))
"""Ratio of the 95th to the 90th percentile of the distance from the centre of a round normal scatter
(Rayleigh distribution), 1.14."""

BORDER_HALF_WIDTH_M = 15_000.0
"""Half the width of the strip that "the border" means. A convention, not a measurement: reports speak of
the border for what lies within a quarter of an hour's drive of it; UCDP codes borders as fuzzy (5)."""

_SETTLEMENT_P90_M = ((5_000, 2_000.0), (20_000, 3_600.0), (100_000, 4_500.0), (500_000, 9_900.0))
_LARGEST_P90_M = 11_600.0
_OFFSET_SHARE = 0.8
_UCDP = {
    "coordinates": 1,
    "settlement": 1,
    "facility": 1,
    "offset": 2,
    "near": 2,
    "distance": 2,
    "sector": 2,
    "district": 3,
    "region": 4,
    "country": 6,
}
_UCDP_FUZZY = 5  # borders, corridors, parts of regions, waters, several places
_NEAR_FLOOR_M = 5_000.0


def settlement_radius(population: int | None) -> float:
    """Return the radius in which what happened "in" a settlement lies.

    90th percentiles measured on places with coordinates of their own that texts put in a settlement:
    3.6 km (5-20 thousand inhabitants), 4.5 (20-100), 9.9 (100-500), 11.6 (more). For villages of
    under 5,000, where nothing was measured, 2 km is assumed; of unknown population, that of a small town.
    """
    if population is None:
        return _SETTLEMENT_P90_M[1][1] * P90_TO_P95
    for top, metres in _SETTLEMENT_P90_M:
        if population < top:
            return metres * P90_TO_P95
    return _LARGEST_P90_M * P90_TO_P95


def half_angle(bearing: float) -> float:
    """Return the half-angle in degrees of the sector that a direction word means.

    The point-radius guide gives 45 for N, 22.5 for NE (Chapman & Wieczorek 2020). Measured on 806 human
    phrases these hold 94 % of the cardinal bearings, but only 81 % of the NE type; with 35 degrees for the
    latter, and 30 for the sixteen-wind bearings, sectors hold 90-94 %.
    """
    if bearing % 90.0 == 0.0:
        return 45.0
    return 35.0 if bearing % 45.0 == 0.0 else 30.0


def distance_tolerance(metres: float) -> float:
    """Return by how much a stated distance may be out.

    Measured on the same 806 phrases: 11 % of the distance in the median, 33 % at the 90th percentile; 0.3 of
    the distance, with the settlement's radius, covers 90-94 %.
    """
    return 0.3 * metres


def offset_radius(metres: float, anchor_radius: float) -> float:
    """Return the radius about the offset point of "N km DIRECTION of X".

    The error of bearing and distance grows with the distance: on 403 phrases "N km DIRECTION of X" of
    encyclopaedia articles, their anchors known, it is 0.58 of the distance at the 90th and 0.76 at the 95th
    percentile; 0.8 is taken, as some anchors are mistaken for their neighbours. Independent
    of it is the settlement's own extent, so the two are added as squares (Wieczorek et al. 2004 add them
    plainly, which is the worst case and not the 95th percentile).
    """
    return math.hypot(_OFFSET_SHARE * metres, anchor_radius)


def bearing_reach(anchor_radius: float, like_place_m: float | None) -> float:
    """Return how far "north of X" reaches: to the next place like X, as the point-radius method has it.

    Chapman & Wieczorek 2020, "bearing only": half-way to the nearest place of the same kind in that direction is
    the usual limit; the whole way is taken, as a report would otherwise name the nearer place only beyond
    half. At least three settlement radii, at most 100 km.
    """
    floor = 3.0 * anchor_radius
    return min(max(floor, like_place_m or 5.0 * anchor_radius), 100_000.0)


def near_radius(anchor_radius: float) -> float:
    """Return the radius of "near X".

    The guide: near a named place is within twice its extent (Chapman & Wieczorek 2020, "near a feature"); at least 5 km, as
    villages are called near from farther than their own size.
    """
    return max(2.0 * anchor_radius, _NEAR_FLOOR_M)


def outskirts_radius(anchor_radius: float) -> float:
    """Return the radius of "the outskirts of X": half as far again as the settlement reaches."""
    return 1.5 * anchor_radius


def corridor_half_width(metres: float, radius: float, other: float) -> float:
    """Return half the width of the corridor between two places a distance apart.

    A quarter of the distance, the reach of "between" that halves the bearing sectors of both ends (half-angle
    26 degrees at the middle), and never less than the larger settlement.
    """
    return max(0.25 * metres, radius, other)


def ucdp_precision(kind: str, *, approximate: bool = False) -> int:
    """Return UCDP's where_prec for a kind of location (UCDP GED Codebook, where_prec).

    `approximate` is true for a settlement that is known only to lie in some municipality: near a known point.
    """
    if approximate and kind == "settlement":
        return _UCDP["near"]
    return _UCDP.get(kind, _UCDP_FUZZY)


def acled_precision(kind: str, uncertainty_m: float, *, approximate: bool = False) -> int:
    """Return ACLED's geo_precision: 1 a town, 2 near a town or part of a region, 3 a larger region.

    `approximate` as for `ucdp_precision`.
    """
    if kind in ("coordinates", "settlement", "facility"):
        return 2 if approximate else 1
    if kind in ("offset", "near", "distance", "sector", "district", "part_of_region", "between"):
        return 2 if uncertainty_m <= _ACLED_PART_M else 3
    if kind in ("border", "along", "several", "water"):
        return 2 if uncertainty_m <= _ACLED_PART_M else 3
    return 3


_ACLED_PART_M = 100_000.0
