"""Events on a still picture: areas, discs of uncertainty, points, and the legend's entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import EllipseCollection, PatchCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch

from dateline.layers.facets import sides_of
from dateline.layers.ground import METRES_PER_DEGREE, mercator, outline
from dateline.layers.nested import nested
from dateline.layers.shapes import anchors

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from dateline.layers.palette import Look

__all__ = ["draw_events", "leading", "legend_entries", "mark_scale"]

_MARKERS = {
    "circle": "o",
    "diamond": "D",
    "triangle": "^",
    "square": "s",
    "down": "v",
    "hexagon": "h",
    "star": "*",
    "cross": "P",
}
_LEGEND_SIDES = 6
_FILL = 0.18
"""Opacity of an area that is small on the map."""

_FEW, _SMALLEST = 50, 0.45
"""Events whose marks have full size, and how small marks may become."""

_LINE_WIDTH = 0.01
"""Degrees, about a kilometre: half the width at which a line is drawn as an area."""


def leading(placed: gpd.GeoDataFrame) -> list[str]:
    """Return the side whose colour each event has, as on the page; empty where none is stated."""
    sides = sides_of(nested(placed, "sides"))
    first = [sides.members[group[0]] if group else "" for group in sides.combinations]
    return [first[code] for code in sides.codes]


def draw_events(
    axes: Axes, placed: gpd.GeoDataFrame, sides: list[str], look: Mapping[str, Look]
) -> None:
    """Draw areas and uncertainty, then each event's mark; what is only claimed is hollow, its area dashed.

    An area that several events of a side share is drawn once, and the larger an area the fainter: it says
    where something may have been, and must not drown what is known better. Many marks are small marks.
    """
    shapes: NDArray[Any] = np.array(placed.geometry.values, dtype=object)
    claimed = (placed["status"] == "claimed").to_numpy()
    reach = placed["uncertainty_m"].to_numpy(dtype=float, na_value=np.nan)
    points = shapely.get_type_id(shapes) == 0
    owner = np.array(sides, dtype=object)
    smaller = mark_scale(len(placed))
    for side in dict.fromkeys(sides):
        for dashed in (False, True):
            chosen = (owner == side) & (claimed == dashed)
            if not chosen.any():
                continue
            colour, line = look[side]["colour"], (0, (3, 2)) if dashed else "-"
            style: dict[str, Any] = {
                "edgecolor": colour,
                "lw": 1.1 * smaller,
                "linestyle": line,
            }
            _draw_areas(axes, shapes[chosen & ~points], colour, style)
            style["facecolor"] = f"{colour}{_alpha(_FILL * smaller**2)}"
            axes.add_collection(
                _discs(axes, shapes[chosen & points], reach[chosen & points], style), autolim=False
            )
            xy = mercator(shapely.get_coordinates(anchors(shapes[chosen])))
            axes.scatter(
                xy[:, 0],
                xy[:, 1],
                s=34 * smaller**2,
                marker=_MARKERS.get(look[side]["shape"], "o"),
                c="white" if dashed else colour,
                edgecolors=colour if dashed else "white",
                linewidths=1.4 * smaller if dashed else 0.6,
                zorder=6,
            )


def mark_scale(count: int) -> float:
    """Return the size of marks and lines where `count` events share a picture, 1 for up to fifty."""
    return float(np.clip((_FEW / max(1, count)) ** 0.25, _SMALLEST, 1.0))


def _draw_areas(axes: Axes, shapes: NDArray[Any], colour: str, style: dict[str, Any]) -> None:
    """Draw areas and lines, each once, the largest first and faintest."""
    unique = {shapely.to_wkb(shape): shape for shape in shapes}.values()
    found = [(patch, _share(axes, patch)) for patch in map(_area, unique) if patch is not None]
    found.sort(key=lambda pair: -pair[1])
    faces = [f"{colour}{_alpha(_FILL * (1 - min(0.65, share)))}" for _, share in found]
    patches = [patch for patch, _ in found]
    axes.add_collection(
        PatchCollection(patches, zorder=4, facecolor=faces or "none", **style), autolim=False
    )


def _share(axes: Axes, patch: PathPatch) -> float:
    """Return what share of the map an area's bounding box covers."""
    box, west_east, south_north = patch.get_path().get_extents(), axes.get_xlim(), axes.get_ylim()
    return float(box.width * box.height / (np.ptp(west_east) * np.ptp(south_north)))


def _alpha(share: float) -> str:
    """Return an opacity as two hexadecimal digits."""
    return f"{round(255 * share):02x}"


def _area(shape: Any) -> PathPatch | None:
    """Return an area or line as a patch; null for several points."""
    if shapely.get_dimensions(shape) == 1:
        shape = shapely.buffer(shape, _LINE_WIDTH)
    return PathPatch(outline(shape)) if shapely.get_dimensions(shape) == 2 else None  # noqa: PLR2004 (an area)


def _discs(
    axes: Axes, points: NDArray[Any], metres: NDArray[np.float64], style: dict[str, Any]
) -> EllipseCollection:
    """Return the discs within which the true places of points lie, where that is known."""
    known = ~np.isnan(metres)
    xy = shapely.get_coordinates(points[known])
    wide = 2 * metres[known] / METRES_PER_DEGREE / np.cos(np.radians(xy[:, 1]))
    return EllipseCollection(
        wide,
        wide,
        np.zeros(len(wide)),
        units="xy",
        offsets=mercator(xy),
        offset_transform=axes.transData,
        zorder=4,
        **style,
    )


def legend_entries(
    sides: list[str],
    look: Mapping[str, Look],
    names: Mapping[str, str],
    placed: gpd.GeoDataFrame,
    words: Mapping[str, str],
) -> list[Any]:
    """Return what the legend explains."""
    ranked = sorted(dict.fromkeys(sides), key=lambda side: -sides.count(side))[:_LEGEND_SIDES]
    entries: list[Any] = [
        Line2D(
            [],
            [],
            ls="",
            marker=_MARKERS.get(look[side]["shape"], "o"),
            color=look[side]["colour"],
            ms=6,
            label=names.get(side, side) or words["not_stated"],
        )
        for side in ranked
    ]
    if (placed["status"] == "claimed").any():
        entries.append(
            Line2D(
                [],
                [],
                ls="",
                marker="o",
                mfc="white",
                mec="#565d66",
                mew=1.2,
                ms=6,
                label=words["legend_claimed"],
            )
        )
    entries.append(Patch(facecolor="#565d662e", edgecolor="#565d66", label=words["legend_area"]))
    return entries
