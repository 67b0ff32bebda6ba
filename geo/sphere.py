"""Points on the unit sphere, where means and nearness of places have no edge and no pole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["unit_vectors"]


def unit_vectors(lon: ArrayLike, lat: ArrayLike) -> NDArray[Any]:
    """Return where points are on the unit sphere.

    Parameters
    ----------
    lon, lat
        Degrees, n of each.

    Returns
    -------
    array
        Shape (n, 3).
    """
    east, north = np.radians(lon), np.radians(lat)
    flat = np.cos(north)
    return np.column_stack([flat * np.cos(east), flat * np.sin(east), np.sin(north)])
