"""Points by where they are: which of very many lie within a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Nearby"]

_METRES_PER_DEGREE = 111_195.0  # of latitude, on the sphere of 6371 km
_ROUNDING = 1e-4  # degrees: more than single precision rounds off
_BANDS = 360  # of latitude
_POLES = 89.0  # degrees, beyond which all longitudes are near


class Nearby:
    """Points sorted by bands of latitude, and by longitude within each.

    Parameters
    ----------
    points
        Longitudes and latitudes in degrees, shape (n, 2).
    """

    def __init__(self, points: NDArray[Any]) -> None:
        band = self._band(points[:, 1])
        self._order = np.lexsort((points[:, 0], band)).astype(np.int32)
        self._starts = np.searchsorted(band[self._order], np.arange(_BANDS + 2))
        self._longitudes = points[self._order, 0]
        self._points = points

    @staticmethod
    def _band(latitudes: NDArray[Any]) -> NDArray[Any]:
        """Return the number of the band of each latitude."""
        return np.clip((latitudes + 90.0) * (_BANDS / 180.0), 0, _BANDS).astype(np.int16)

    def within(self, lon: float, lat: float, radius_m: float) -> list[int]:
        """Return the numbers of the points within `radius_m` metres of one in degrees, nearest first.

        Distances are those on a plane about the point: good to a percent over a few hundred kilometres.
        """
        reach = radius_m / _METRES_PER_DEGREE + _ROUNDING
        scale = float(np.cos(np.radians(lat)))
        rows = self._around(lon, lat, reach, scale)
        points = self._points[rows]
        east = (points[:, 0] - lon + 180.0) % 360.0 - 180.0
        away = np.hypot(east * scale, points[:, 1] - lat) * _METRES_PER_DEGREE
        within = away <= radius_m
        nearest: list[int] = rows[within][np.argsort(away[within])].tolist()
        return nearest

    def _around(self, lon: float, lat: float, reach: float, scale: float) -> NDArray[Any]:
        """Return the numbers, in order, of the points in a box about one: `reach` degrees of latitude each way."""
        first, last = self._band(np.array([lat - reach, lat + reach])).tolist()
        wide = reach / scale + _ROUNDING if abs(lat) < _POLES else 360.0
        found = []
        for band in range(first, last + 1):
            opens, closes = int(self._starts[band]), int(self._starts[band + 1])
            longitudes = self._longitudes[opens:closes]
            for turn in (-360.0, 0.0, 360.0):
                edges = np.array([lon - wide + turn, lon + wide + turn], dtype=longitudes.dtype)
                left, right = np.searchsorted(longitudes, edges)
                found.append(self._order[opens + left : opens + right])
        return np.unique(np.concatenate(found))
