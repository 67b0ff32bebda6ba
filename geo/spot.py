"""A spot: an evaluated place expression, or a part of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

from dateline.geo import geometry as shapes
from dateline.geo.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo.place import Place

__all__ = ["AREAS", "MUNICIPALITY_POINT", "WIDE_DISC", "Spot", "about", "made", "same", "together"]

AREAS = ("region", "country", "district")
"""Kinds of place that are areas."""

MUNICIPALITY_POINT = "municipality middle"
"""Method of a village known by its municipality, not by its own point."""

WIDE_DISC = "disc for a large area"
"""Method of a sea or another large area that no outline is known of."""

_SCATTERED = 0.6


@dataclass(frozen=True, slots=True)
class Spot:
    """An evaluated expression: a geometry, how it was made and how well it is known."""

    name: str
    kind: str
    shape: BaseGeometry | Deferred
    lon: float
    lat: float
    uncertainty_m: float
    method: str
    explanation: str
    confidence: float
    country: str | None = None
    admin1: str | None = None
    place: Place | None = None
    parts: tuple[Spot, ...] = ()
    losers: tuple[tuple[Place, float], ...] = field(default=())

    def chosen(self, confidence: float, losers: tuple[tuple[Place, float], ...] = ()) -> Spot:
        """Return the spot as a name's, with how sure that is and what lost; quicker than `replace`."""
        return Spot(
            self.name, self.kind, self.shape, self.lon, self.lat, self.uncertainty_m, self.method,
            self.explanation, confidence, self.country, self.admin1, self.place, self.parts, losers,
        )  # fmt: skip

    @property
    def geometry(self) -> BaseGeometry:
        """The geometry itself."""
        return made(self.shape)

    @property
    def has_area(self) -> bool:
        """Whether the geometry is an area; only areas are deferred."""
        return isinstance(self.shape, Deferred) or self.shape.area > 0.0


def made(shape: BaseGeometry | Deferred) -> BaseGeometry:
    """Return a geometry itself, made if it was deferred."""
    if not isinstance(shape, Deferred):
        return shape
    value: BaseGeometry | None = shape.value
    assert value is not None, "its figures are known, so it is there"
    return value


def about(  # noqa: PLR0917 (all that differs between the kinds)
    anchor: Spot,
    name: str,
    kind: str,
    shape: BaseGeometry | Deferred,
    point: tuple[float, float],
    radius: float,
    method: str,
    explanation: str,
) -> Spot:
    """Return a spot made relative to another, in its country and region."""
    said = explanation[0].upper() + explanation[1:]
    return replace(
        anchor, name=name, kind=kind, shape=shape, lon=point[0], lat=point[1], uncertainty_m=radius,
        method=method, explanation=f"{said} {anchor.explanation}" if anchor.place else said, place=None,
    )  # fmt: skip


def together(spots: Sequence[Spot], missing: int) -> Spot:
    """Return several spots as one; `missing` of those named were not found."""
    shape: BaseGeometry | Deferred
    if all(isinstance(spot.shape, Point) for spot in spots):
        shape = MultiPoint([(spot.lon, spot.lat) for spot in spots])
    else:
        shape = Deferred(lambda: _union(spots))
    lon, lat = shapes.representative(
        shapely.MultiPoint([(spot.lon, spot.lat) for spot in spots]).convex_hull
    )
    reach = max(shapes.inverse(lon, lat, s.lon, s.lat)[1] + s.uncertainty_m for s in spots)
    names = ", ".join(spot.name for spot in spots)
    left = f"; {missing} not found" if missing else ""
    return Spot(
        names, "several", shape, lon, lat, reach, "several places",
        f"{len(spots)} places named together: {names}{left}.",
        min(spot.confidence for spot in spots) * _agreement(spots), same(s.country for s in spots),
        same(s.admin1 for s in spots), parts=tuple(spots),
    )  # fmt: skip


def _agreement(spots: Sequence[Spot]) -> float:
    """Return the chance that places named together were told from their namesakes: less where each is far from the others.

    Whole countries and regions may lie anywhere.
    """
    small = [spot for spot in spots if spot.kind not in AREAS]
    countries = {spot.country for spot in small}
    return _SCATTERED if len(small) > 1 and len(countries) == len(small) else 1.0


def _union(spots: Sequence[Spot]) -> BaseGeometry:
    """Return what several spots cover, discs standing for points, as one Multi geometry."""
    covered = [
        s.geometry if s.has_area else shapes.disc(s.lon, s.lat, s.uncertainty_m) for s in spots
    ]
    union: BaseGeometry = shapely.union_all(covered)
    return MultiPolygon([union]) if isinstance(union, Polygon) else union


def same(values: Iterable[str | None]) -> str | None:
    """Return the value that all have in common, null if they differ."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
