"""Positions on the page's grid: Web Mercator cells of about one metre, and the order that packs them well.

Spherical Mercator, EPSG:3857 (Snyder, Map Projections: A Working Manual, 1987, p. 41).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CELLS", "MAX_LATITUDE", "hilbert", "to_grid", "unwrap"]

CELLS = 1 << 25
"""Cells around the world: 1.19 m at the equator."""

MAX_LATITUDE = 85.0511287798
"""Degrees of latitude at which Web Mercator is square; points beyond are drawn there."""

_HILBERT_BITS = 16
_HALF_TURN = 180.0


def to_grid(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return cell numbers of positions.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326, finite.

    Returns
    -------
    tuple of arrays
        Columns from longitude -180 eastwards, rows from the northern edge southwards.
    """
    sine = np.sin(np.radians(np.clip(lat, -MAX_LATITUDE, MAX_LATITUDE)))
    x = (lon + 180) / 360
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.rint(x * CELLS).astype(np.int64), np.rint(y * CELLS).astype(np.int64)


def unwrap(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes moved by whole turns so that they lie together across the antimeridian.

    Parameters
    ----------
    lon
        Degrees; may be empty.

    Returns
    -------
    array
        Degrees; west of -180 never, east of 180 only where that makes the extent smaller.
    """
    if not len(lon):
        return lon
    inside = (lon + 180) % 360 - 180
    inside = np.where((inside == -_HALF_TURN) & (lon > 0), _HALF_TURN, inside)
    east = np.where(inside < 0, inside + 360, inside)
    return east if np.ptp(east) < np.ptp(inside) else inside


def hilbert(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return positions along a Hilbert curve, so that neighbours in the order are neighbours on the map.

    Hilbert, Mathematische Annalen 38, 1891; the iteration is that of Warren, Hacker's Delight, 16-1.

    Parameters
    ----------
    x, y
        Non-negative cell numbers.

    Returns
    -------
    array of uint64
        Distance along the curve that fills the square around all cells.
    """
    if not len(x):
        return np.zeros(0, np.uint64)
    shift = max(0, int(max(x.max(), y.max())).bit_length() - _HILBERT_BITS)
    px, py = (x >> shift).astype(np.uint32), (y >> shift).astype(np.uint32)
    distance = np.zeros(len(px), np.uint64)
    side = np.uint32(1 << (_HILBERT_BITS - 1))
    last = np.uint32(1)
    while side:
        right, lower = (px & side) > 0, (py & side) > 0
        quadrant = (np.uint32(3) * right.astype(np.uint32)) ^ lower.astype(np.uint32)
        distance += np.uint64(side) * np.uint64(side) * quadrant.astype(np.uint64)
        mask = side - last
        low_x, low_y = px & mask, py & mask
        turn = ~lower & right
        low_x, low_y = np.where(turn, mask - low_x, low_x), np.where(turn, mask - low_y, low_y)
        px, py = np.where(lower, low_x, low_y), np.where(lower, low_y, low_x)
        side = np.uint32(int(side) >> 1)
    return distance
