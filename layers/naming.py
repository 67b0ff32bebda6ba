"""Names on a still picture: places of events, countries, towns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.patheffects import withStroke

from dateline.layers.ground import COLOURS, mercator
from dateline.layers.shapes import anchors

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from dateline.layers import mapdata
    from dateline.layers.lettering import Labels

__all__ = ["name_places"]

_TOWN_LABELS, _EVENT_LABELS = 32, 40
_LINE, _LINES = 28, 3
"""Letters a line, and lines, that the name of an event's place may take."""

_CITY = 55
"""Ten times the decimal logarithm of some 300,000 inhabitants."""


def name_places(
    axes: Axes, placed: gpd.GeoDataFrame, towns: mapdata.Towns, areas: list[Any], labels: Labels
) -> None:
    """Name the places of events, then countries, then towns, the largest first; a name is set once."""
    halo = [withStroke(linewidth=2.2, foreground="white")]
    shapes: NDArray[Any] = np.array(placed.geometry.values, dtype=object)
    spots = mercator(shapely.get_coordinates(anchors(shapes)))
    for x, y in dict.fromkeys(map(tuple, spots.round(4))):
        labels.reserve_point(x, y, 4.0)
    done: set[str] = set()
    style: dict[str, Any] = {"fontsize": 8, "fontweight": "bold", "color": "#1d2126", "zorder": 9}
    for (x, y), name in zip(spots, placed["place"], strict=True):
        if isinstance(name, str) and name not in done and len(done) < _EVENT_LABELS:
            done.add(name)
            labels.put(x, y, _broken(name), offset=9, path_effects=halo, **style)
    style = {"fontsize": 8.5, "color": COLOURS["label_soft"], "zorder": 5, "alpha": 0.8}
    for lon, lat, kind, _, name in areas:
        if kind == 0:
            x, y = mercator(np.array([[lon, lat]]))[0]
            labels.put(x, y, name.upper(), offset=6, middle=True, **style)
    _name_towns(axes, towns, done, labels)


def _broken(name: str) -> str:
    """Return a long name in lines of some `_LINE` letters, shortened where it would take more than three."""
    lines = textwrap.wrap(name, _LINE, break_long_words=False, break_on_hyphens=False)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
    return "\n".join(lines)


def _name_towns(axes: Axes, towns: mapdata.Towns, done: set[str], labels: Labels) -> None:
    """Name towns that have room, cities in larger letters."""
    halo = [withStroke(linewidth=1.8, foreground="white")]
    dots = mercator(np.column_stack([towns.x, towns.y]))
    count = 0
    for (x, y), size, name in zip(dots, towns.size, towns.names, strict=True):
        letters = 7.5 if size >= _CITY else 6.3
        style: dict[str, Any] = {"fontsize": letters, "color": COLOURS["label"], "zorder": 7}
        if name in done or count == _TOWN_LABELS:
            continue
        if labels.put(x, y, name, offset=4, path_effects=halo, **style):
            done.add(name)
            count += 1
            axes.plot(x, y, ".", ms=2.5, color=COLOURS["label_soft"], zorder=3)
