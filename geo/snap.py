"""Fit a first-level region of Natural Earth to the more exact border of its country.

Natural Earth is about 1 km off, OpenStreetMap's border about 10 m. The region is cut where it reaches over its
country's border, and grows into the gaps between its own outline and that border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely import affinity

from dateline.geo.geometry import valid

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["REACH_DEGREES", "areas_of", "holds", "snap_region"]

REACH_DEGREES = (
    0.08  # of latitude, some 9 km: more than Natural Earth's worst error (4.9 km for Kursk)
)
_STEPS = 6  # in how many rounds neighbours share a gap
_POLYGON = int(shapely.GeometryType.POLYGON)
_SLIVER = 1e-9  # square degrees: smaller pieces are rounding


def snap_region(
    region: BaseGeometry, siblings: list[BaseGeometry], country: BaseGeometry
) -> BaseGeometry:
    """Return the region fitted to its country's border.

    Parameters
    ----------
    region
        The region as Natural Earth has it, in degrees.
    siblings
        The country's other regions nearby: gaps are shared with them, each piece going to whom it is nearest.
    country
        The country around the region, from OpenStreetMap, without the sea.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon
        Within the country; away from its border, where regions meet one another, unchanged.
    """
    stretch = float(np.cos(np.radians(region.centroid.y)))
    own, land = _scaled(region, stretch), _scaled(country, stretch)
    others = shapely.union_all([_scaled(sibling, stretch) for sibling in siblings])
    gaps = land.difference(shapely.union_all([own, others])).intersection(own.buffer(REACH_DEGREES))
    claimed, taken = [own.intersection(land)], []
    for step in range(1, _STEPS + 1):
        if gaps.area < _SLIVER:
            break
        reach = REACH_DEGREES * step / _STEPS
        mine, theirs = gaps.intersection(own.buffer(reach)), gaps.intersection(others.buffer(reach))
        claimed.append(mine)
        taken.append(theirs)
        gaps = gaps.difference(shapely.union_all([mine, theirs]))
    snapped = shapely.union_all(claimed)
    if siblings:
        snapped = snapped.difference(others)
    return areas_of(valid(_scaled(snapped, 1 / stretch)))


def holds(
    region: BaseGeometry,
    siblings: list[BaseGeometry],
    box: tuple[float, float, float, float],
    point: tuple[float, float],
) -> bool:
    """Return whether a region would hold a point of its country's land, were it fitted as `snap_region` does.

    Parameters
    ----------
    region, siblings
        The region and the country's others around the point, as Natural Earth has them.
    box
        What is looked at: some reaches about the point, in degrees.
    point
        Longitude and latitude in degrees.
    """
    stretch = float(np.cos(np.radians(region.centroid.y)))
    here = shapely.Point(point[0] * stretch, point[1])
    own = _scaled(shapely.clip_by_rect(region, *box), stretch).distance(here)
    away = [_scaled(shapely.clip_by_rect(each, *box), stretch).distance(here) for each in siblings]
    nearest = min((far for far in away if not np.isnan(far)), default=np.inf)
    if np.isnan(own) or nearest == 0.0:
        return False
    # both grow in steps, and what both reach in one step is claimed by both
    return own <= REACH_DEGREES and np.ceil(own / REACH_DEGREES * _STEPS) <= max(
        1.0, np.ceil(nearest / REACH_DEGREES * _STEPS)
    )


def _scaled(geometry: BaseGeometry, factor: float) -> BaseGeometry:
    """Return the geometry with its longitudes scaled, so that a degree is as long both ways."""
    return affinity.scale(geometry, xfact=factor, yfact=1.0, origin=(0, 0))


def areas_of(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a valid geometry, without its lines, points and slivers."""
    parts = shapely.get_parts(shapely.get_parts(geometry))  # a collection may hold multipolygons
    polygons = parts[(shapely.get_type_id(parts) == _POLYGON) & (shapely.area(parts) > _SLIVER)]
    areas: BaseGeometry = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return areas
