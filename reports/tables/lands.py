"""Compare the points of a table with the countries that its rows name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from dateline.geo.shapes import country_boxes, country_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.reports.tables.draft import Draft

__all__ = ["doubt_elsewhere", "refuse_swapped"]

_NEAR_DEGREES = 0.2  # our outlines are good to some 5 km; ports and islets lie outside of them
_AT_SEA_DEGREES = 2.0  # ships are filed under the country that they are off


def refuse_swapped(draft: Draft) -> None:
    """Refuse the rows whose point is outside of their country, and within it once latitude and longitude are exchanged."""
    found = _each_country(draft, _swapped)
    draft.refuse(found, draft.place_column or "geometry", "swapped_country")


def doubt_elsewhere(draft: Draft) -> None:
    """Doubt the rows whose point is far from their country: more than two degrees outside of the boxes of its regions."""
    found = _each_country(draft, _elsewhere) & ~draft.bad
    draft.doubt(found, draft.place_column or "geometry", "elsewhere")


def _each_country(draft: Draft, test: Callable[..., np.ndarray]) -> np.ndarray:
    """Return for each row what a test says of its point and its country; false where one of them is not known."""
    found = np.zeros(len(draft), dtype=bool)
    countries = draft.columns.get("country")
    shapes = draft.columns.get("geometry")
    if countries is None or shapes is None:
        return found
    codes, names = pd.factorize(np.asarray(countries, dtype=object))
    lon, lat = shapely.get_x(shapes), shapely.get_y(shapes)  # of points only
    for number, name in enumerate(names):
        rows = np.flatnonzero((codes == number) & np.isfinite(lon))
        boxes = country_boxes(name)
        if len(rows) and len(boxes):
            found[rows] = test(name, boxes, lon[rows], lat[rows])
    return found


def _elsewhere(country: str, boxes: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Tell which points are far from a country."""
    del country
    return ~_in_boxes(boxes, lon, lat, _AT_SEA_DEGREES)


def _swapped(country: str, boxes: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Tell which points are not in a country, and in it once exchanged."""
    found = _in_boxes(boxes, lat, lon, 0.0)
    if found.any():
        shape = country_shape(country)
        shapely.prepare(shape)
        found[found] = shapely.contains_xy(shape, lat[found], lon[found])
        found[found] = ~shapely.contains_xy(shape, lon[found], lat[found])
        points = shapely.points(lon[found], lat[found])
        found[found] = ~shapely.dwithin(shape, points, _NEAR_DEGREES)
    return found


def _in_boxes(boxes: np.ndarray, lon: np.ndarray, lat: np.ndarray, margin: float) -> np.ndarray:
    """Tell which points lie in one of some boxes, widened by a margin; all in degrees."""
    inside = np.zeros(len(lon), dtype=bool)
    for west, south, east, north in boxes:
        inside |= (
            (lon >= west - margin)
            & (lon <= east + margin)
            & (lat >= south - margin)
            & (lat <= north + margin)
        )
    return inside
