"""The ground of a still picture: land, water, borders, names, scale bar, locator; in Mercator's projection."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from dateline.layers import mapdata
from dateline.layers.borders import cover

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from dateline.layers.mapdata import Box

__all__ = [
    "COLOURS",
    "METRES_PER_DEGREE",
    "draw_ground",
    "draw_locator",
    "draw_scale",
    "mercator",
    "outline",
]

COLOURS = {
    "land": "#f5f3ee",
    "sea": "#cddde6",
    "water": "#a9c6d6",
    "coast": "#9db7c4",
    "border": "#8b7f8f",
    "region": "#c3bcc0",
    "label": "#3d434a",
    "label_soft": "#7d7683",
}
"""Those of the page's light theme (`assets/page.css`)."""

METRES_PER_DEGREE = 111_195.08
"""Of a great circle on a sphere of the earth's mean radius, 6,371.0088 km."""

_DETAILED, _MEDIUM = 25.0, 70.0
"""Degrees of extent up to which Natural Earth's 10 m and 50 m scales are drawn."""

_BAR_SHARE = 0.2
_NICE = (1, 2, 5)


def mercator(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitude and latitude in degrees as Mercator's x and y, in degrees of the equator."""
    lat = np.radians(np.clip(xy[:, 1], -85.05, 85.05))
    return np.column_stack([xy[:, 0], np.degrees(np.arcsinh(np.tan(lat)))])


def outline(shape: Any) -> Outline:
    """Return an area in degrees as a path in Mercator's projection, holes included."""
    paths = []
    for ring in shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape))):
        xy = mercator(shapely.get_coordinates(ring))
        codes = np.full(len(xy), Outline.LINETO, dtype=np.uint8)
        codes[0], codes[-1] = Outline.MOVETO, Outline.CLOSEPOLY
        paths.append(Outline(xy, codes))
    return Outline.make_compound_path(*paths)


def draw_ground(axes: Axes, box: Box, borders: NDArray[Any] | None = None) -> None:
    """Draw land, lakes, rivers, regions and borders of a box given as west, south, east, north in degrees."""
    scale = _scale(box)
    axes.set_facecolor(COLOURS["sea"])
    _areas(axes, f"land_{scale}", box, face=COLOURS["land"], edge=COLOURS["coast"], order=1)
    _areas(axes, f"lakes_{scale}", box, face=COLOURS["water"], edge=COLOURS["coast"], order=1.2)
    if scale == "10m":
        _lines(axes, _clipped("rivers_10m", box), COLOURS["water"], 0.7, 1.4)
        _lines(axes, _clipped("regions_10m", box), COLOURS["region"], 0.7, 1.5)
    lines = _clipped(f"borders_{scale}", box)
    if borders is not None and len(borders):
        given = shapely.clip_by_rect(borders, *box)
        lines = np.append(shapely.difference(lines, cover(given)), given)
    _lines(axes, lines, COLOURS["border"], 1.1, 1.6)


def draw_locator(axes: Axes, box: Box) -> None:
    """Draw a small map of the wider surroundings with the box of the large one marked."""
    west, south, east, north = box
    wide = max(40.0, 4 * (east - west))
    middle = ((west + east) / 2, (south + north) / 2)
    around = (
        max(-180.0, middle[0] - wide / 2),
        max(-80.0, middle[1] - wide / 3),
        min(180.0, middle[0] + wide / 2),
        min(84.0, middle[1] + wide / 3),
    )
    axes.set_facecolor(COLOURS["sea"])
    _areas(axes, "land_110m", around, face="#e6e2d9", edge=COLOURS["coast"], order=1, width=0.3)
    _lines(axes, _clipped("borders_110m", around), COLOURS["border"], 0.4, 1.6)
    (x0, y0), (x1, y1) = mercator(np.array([[west, south], [east, north]]))
    axes.add_patch(
        Rectangle(
            (x0, y0), x1 - x0, y1 - y0, facecolor="#c2452d33", edgecolor="#c2452d", lw=1.2, zorder=3
        )
    )
    corners = mercator(np.array([around[:2], around[2:]]))
    axes.set_xlim(*corners[:, 0])
    axes.set_ylim(*corners[:, 1])
    axes.set_aspect("equal", anchor="SE")
    for spine in axes.spines.values():
        spine.set_edgecolor("#b9b3a8")
    axes.set_xticks([])
    axes.set_yticks([])


def draw_scale(axes: Axes, box: Box, kilometres: str, **style: Any) -> list[Any]:
    """Draw a scale bar that is right at the middle latitude of the box; return its artists.

    Parameters
    ----------
    axes
        The map.
    box
        West, south, east, north in degrees.
    kilometres
        How the language writes a length, with `{n}` for the number.
    style
        Properties of matplotlib's text.
    """
    west, south, east, north = box
    degree = METRES_PER_DEGREE / 1000 * math.cos(math.radians((south + north) / 2))
    most = (east - west) * degree * _BAR_SHARE
    power = 10.0 ** math.floor(math.log10(most))
    length = max(step * power for step in _NICE if step * power <= most)
    share = length / degree / (east - west)
    left, low = 0.025, 0.045
    trans = axes.transAxes
    halo = axes.plot(
        [left, left + share],
        [low, low],
        color="white",
        lw=5,
        transform=trans,
        zorder=8,
        solid_capstyle="butt",
    )
    bar = axes.plot(
        [left, left + share],
        [low, low],
        color=COLOURS["label"],
        lw=2,
        transform=trans,
        zorder=9,
        solid_capstyle="butt",
    )
    text = kilometres.replace("{n}", f"{length:g}")
    label = axes.text(
        left, low + 0.02, text, transform=trans, zorder=9, color=COLOURS["label"], **style
    )
    return [*halo, *bar, label]


def _scale(box: Box) -> str:
    """Return the Natural Earth scale that suits an extent."""
    span = max(box[2] - box[0], box[3] - box[1])
    return "10m" if span <= _DETAILED else "50m" if span <= _MEDIUM else "110m"


def _clipped(name: str, box: Box, *, closed: bool = False) -> NDArray[Any]:
    """Return the lines or areas of a layer within a box, on both sides of the antimeridian."""
    source = mapdata.lines(name)
    west, south, east, north = box
    found = []
    for turn in (-360.0, 0.0, 360.0):
        part = (max(-180.0, west - turn), south, min(180.0, east - turn), north)
        if part[0] < part[2]:
            shapes = shapely.clip_by_rect(source.shapes(source.near(part), closed=closed), *part)
            found.append(shapely.transform(shapes, np.array([turn, 0.0]).__add__))
    shapes = np.concatenate(found) if found else np.zeros(0, object)
    return shapes[~shapely.is_empty(shapes)]


def _areas(
    axes: Axes, name: str, box: Box, *, face: str, edge: str, order: float, width: float = 0.5
) -> None:
    """Draw areas; rings within rings are land in lakes in land, as the data gives them."""
    for shape in shapely.get_parts(_clipped(name, box, closed=True)):
        if shapely.get_dimensions(shape) == 2:  # noqa: PLR2004 (an area)
            patch = PathPatch(
                outline(shape), facecolor=face, edgecolor=edge, lw=width, zorder=order
            )
            axes.add_patch(patch)


def _lines(axes: Axes, shapes: NDArray[Any], colour: str, width: float, order: float) -> None:
    """Draw lines."""
    parts = shapely.get_parts(shapes)
    parts = parts[(shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)]
    segments = [mercator(shapely.get_coordinates(part)) for part in parts]
    axes.add_collection(
        LineCollection(segments, colors=colour, linewidths=width, zorder=order), autolim=False
    )
