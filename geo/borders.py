"""Borders as areas: the strip on both sides of the line where two territories meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.errors import GEOSException

from dateline.errors import InputError
from dateline.geo import geometry as shapes
from dateline.geo.geometry import pieces_of, valid
from dateline.geo.shapes import land_in
from dateline.geo.zones import countries_about

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.region import Regions

__all__ = ["border_strip", "territory"]

_PROBES = 24
_PROBE_DEGREES = 0.05
_MARGIN_DEGREES = 0.2  # of latitude: more than half the width of a strip
_POLAR = 85.0  # degrees, north of which no border runs


def border_strip(
    regions: Regions, code: str, other: str | None, half_width: float
) -> BaseGeometry | None:
    """Return the strip along a border, cut to the two territories that meet there.

    Parameters
    ----------
    regions
        Borders and polygons.
    code, other
        ISO 3166-1 or 3166-2 codes; other null: the whole international land border of `code`, and where it has none
        (an inner region) its whole outline.
    half_width
        Metres on each side of the line.

    Returns
    -------
    geometry or None
        Null where the two do not meet.
    """
    try:
        line: BaseGeometry | None = regions.border(code, other)
    except (GEOSException, InputError):
        return None
    others = {other} if other else set()
    if (line is None or line.is_empty) and other is None:
        outline = territory(regions, code)
        line = shapely.LineString() if outline is None else shapely.boundary(outline)
    elif line is not None and other is None:
        others = _neighbours(regions, line, code) if "-" in code else regions.bordering(code)
    if line is None or line.is_empty:
        return None
    strip = shapes.strip(line, half_width)
    if "-" in code or not others or any("-" in each for each in others):
        clipped = _within(regions, strip, {code, *others})
    else:
        clipped = _without(regions, strip, line, {code, *others})
    return strip if clipped.is_empty else clipped


def _within(regions: Regions, strip: BaseGeometry, allowed: set[str]) -> BaseGeometry:
    """Return what of a strip lies in some territories; all of it where none of them is known."""
    polygons = [territory(regions, each) for each in sorted(allowed)]
    west, south, east, north = strip.bounds
    near = [
        valid(shapely.clip_by_rect(polygon, west, south, east, north))
        for polygon in polygons
        if polygon is not None
    ]
    clipped: BaseGeometry = strip.intersection(shapely.union_all(near)) if near else strip
    return clipped


def _without(
    regions: Regions, strip: BaseGeometry, line: BaseGeometry, allowed: set[str]
) -> BaseGeometry:
    """Return the strip along a line between countries without the sea and the land of third ones.

    The same as what lies within them, as every land is some country's, but with less to work out.
    """
    clipped: BaseGeometry = strip.intersection(land_in(strip.bounds))
    around = np.array([piece.bounds for piece in pieces_of(line)])
    north = np.abs(around[:, [1, 3]]).max() + _MARGIN_DEGREES
    east = _MARGIN_DEGREES / np.cos(np.radians(min(north, _POLAR)))
    around += np.array([-east, -_MARGIN_DEGREES, east, _MARGIN_DEGREES])
    shapely.prepare(strip)
    for code in sorted(countries_about(around) - allowed):
        third = territory(regions, code)
        if third is not None and shapely.intersects(strip, third):
            clipped = clipped.difference(shapely.clip_by_rect(third, *strip.bounds))
    return clipped


def territory(regions: Regions, code: str) -> BaseGeometry | None:
    """Return the polygon of a country or first-level region, null where there is none of that code."""
    try:
        return regions.admin1(code) if "-" in code else regions.country(code)
    except (GEOSException, InputError):
        return None


def _neighbours(regions: Regions, line: BaseGeometry, code: str) -> set[str]:
    """Return the other countries that lie along a line."""
    own = code[:2]
    found: set[str] = set()
    for share in np.linspace(0.02, 0.98, _PROBES):
        point = line.interpolate(float(share), normalized=True)
        for east, north in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            country = regions.country_at(
                point.x + east * _PROBE_DEGREES, point.y + north * _PROBE_DEGREES
            )
            if country and country != own:
                found.add(country)
    return found
