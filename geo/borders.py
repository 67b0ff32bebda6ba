"""Borders as areas: the strip on both sides of the line where two territories meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.errors import GEOSException

from dateline.errors import InputError
from dateline.geo import geometry as shapes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.geo.region import Regions

__all__ = ["border_strip", "territory"]

_PROBES = 24
_PROBE_DEGREES = 0.05


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
    if (line is None or line.is_empty) and other is None:
        outline = territory(regions, code)
        line = shapely.LineString() if outline is None else shapely.boundary(outline)
    if line is None or line.is_empty:
        return None
    strip = shapes.strip(line, half_width)
    allowed = [
        territory(regions, each)
        for each in {code, *([other] if other else _neighbours(regions, line, code))}
    ]
    west, south, east, north = strip.bounds
    near = [
        shapely.make_valid(shapely.clip_by_rect(polygon, west, south, east, north))
        for polygon in allowed
        if polygon is not None
    ]
    clipped: BaseGeometry = shapely.intersection(strip, shapely.union_all(near)) if near else strip
    return strip if clipped.is_empty else clipped


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
