"""Borders that are more accurate than the basemap's, drawn in place of them where they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["cover"]

_NEAR = 0.09
"""Degrees, some 8 km: a basemap border this close to a given one is the same border."""


def cover(given: NDArray[Any]) -> BaseGeometry:
    """Return the area within which the basemap's borders give way to `given` lines in degrees."""
    coarse = shapely.simplify(given, _NEAR / 5)  # a cover needs no finer line than its width
    return shapely.union_all(shapely.buffer(coarse, _NEAR, quad_segs=2))
