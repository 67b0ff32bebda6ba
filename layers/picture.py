"""A still picture of the map as SVG: for readers without JavaScript, for print and for social cards."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from dateline.layers import mapdata, rows
from dateline.layers.basemap import levels
from dateline.layers.facets import sides_of
from dateline.layers.grid import CELLS, to_grid
from dateline.layers.held import held_svg
from dateline.layers.nested import nested
from dateline.layers.palette import looks
from dateline.layers.shapes import anchors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dateline.layers.columns import Facet
    from dateline.layers.control import Control

__all__ = ["picture", "still"]

_LAND, _SEA, _COAST, _BORDER, _REGION, _INK = (
    "#f5f3ee",
    "#cddde6",
    "#9db7c4",
    "#8b7f8f",
    "#c3bcc0",
    "#3d434a",
)
_MOST_MARKS = 400
_SPOT = 12
"""Pixels between the spots that marks stand on."""

_MOST_TOWNS = 14
_MARGIN = 18


@dataclass(frozen=True, slots=True)
class _Frame:
    """How cells become pixels."""

    x0: float
    y0: float
    scale: float
    width: int
    height: int

    def pixels(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return positions in degrees as pixels."""
        x, y = to_grid(xy[:, 0], xy[:, 1])
        return np.column_stack([(x - self.x0) * self.scale, (y - self.y0) * self.scale])


def picture(
    events: pd.DataFrame,
    *,
    language: str = "en",
    colours: Mapping[str, str] | None = None,
    title: str = "",
    width: int = 860,
    height: int = 520,
) -> str:
    """Return a picture of the events on their basemap.

    Parameters
    ----------
    events
        Events; columns as `dateline.event.COLUMNS`, any may be absent.
    language
        ISO 639-1 code of the place names.
    colours
        Side to colour, as #rrggbb.
    title
        What the picture shows, for those who cannot see it.
    width, height
        Pixels.

    Returns
    -------
    str
        An SVG document without scripts, styles or links.
    """
    events = rows.to_wgs84(events)
    sides = sides_of(nested(events, "sides"))
    return still(
        rows.geometries(events),
        sides,
        colours,
        language=language,
        title=title,
        size=(width, height),
    )


def still(
    shapes: NDArray[Any],
    sides: Facet,
    colours: Mapping[str, str] | None,
    *,
    language: str,
    title: str,
    size: tuple[int, int] = (860, 520),
    control: Control | None = None,
) -> str:
    """Return the picture of events whose geometries and sides are known; see `picture`.

    `control` are areas that somebody holds, drawn below the events.
    """
    width, height = size
    known = shapely.is_geometry(shapes)
    bounds = (
        tuple(float(edge) for edge in shapely.total_bounds(shapes[known])) if known.any() else None
    )
    frame = _frame(bounds, width, height)
    look = _looks(sides, colours)[sides.codes]
    held = _held(control, colours or {}, frame) if control else []
    body = [*_base(bounds, frame), *held]
    body += [*_areas(shapes, look, frame), *_marks(shapes, look, frame)]
    body += _towns(bounds, language, frame)
    label = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="sans-serif">{label}<rect width="{width}" height="{height}" fill="{_SEA}"/>'
        f"{''.join(body)}</svg>"
    )


def _frame(bounds: tuple[float, ...] | None, width: int, height: int) -> _Frame:
    """Return the frame that shows all events with a margin; the world where none has a place."""
    west, south, east, north = bounds or (-170.0, -58.0, 180.0, 78.0)
    (left, right), (bottom, top) = to_grid(np.array([west, east]), np.array([south, north]))
    least = CELLS / 2500  # some 16 km, so that a single place has surroundings
    wide, high = max(right - left, least) * 1.16, max(bottom - top, least) * 1.16
    scale = min(width / wide, height / high)
    x0 = (left + right) / 2 - width / scale / 2
    return _Frame(x0, (bottom + top) / 2 - height / scale / 2, scale, width, height)


def _looks(sides: Facet, colours: Mapping[str, str] | None) -> NDArray[Any]:
    """Return the colour of each combination of sides: that of its first side."""
    found = looks(sides.members, colours)
    return np.array(
        [found[sides.members[group[0]]]["colour"] for group in sides.combinations], object
    )


def _path(pixels: NDArray[np.float64], *, closed: bool) -> str:
    """Return points as path data, one decimal."""
    steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in pixels)
    return f"M{steps}{'Z' if closed else ''}"


def _base(bounds: tuple[float, ...] | None, frame: _Frame) -> list[str]:
    """Return land, water and borders within the frame."""
    level = levels(bounds)[0]  # type: ignore[arg-type]
    styles = [
        (
            f"land_{level.scale}",
            True,
            f'fill="{_LAND}" fill-rule="evenodd" stroke="{_COAST}" stroke-width=".7"',
        ),
        (f"lakes_{level.scale}", True, f'fill="{_SEA}" stroke="{_COAST}" stroke-width=".5"'),
        ("regions_10m", False, f'fill="none" stroke="{_REGION}" stroke-dasharray="3 3"'),
        (f"borders_{level.scale}", False, f'fill="none" stroke="{_BORDER}" stroke-width="1.5"'),
    ]
    if level.scale == "110m":
        styles.pop(2)
    parts = []
    for name, closed, style in styles:
        source = mapdata.lines(name)
        shapes = source.shapes(source.near(level.box), closed=closed)
        shapes = shapely.get_parts(shapely.clip_by_rect(shapes, *level.box))
        shapes = shapely.get_rings(shapes) if closed else shapes
        paths = [
            _simple(frame.pixels(shapely.get_coordinates(shape)), closed=closed) for shape in shapes
        ]
        parts.append(f'<path d="{"".join(path for path in paths if path)}" {style}/>')
    return parts


def _simple(pixels: NDArray[np.float64], *, closed: bool) -> str:
    """Return a line as path data, simplified to what can be seen; empty where it cannot."""
    if len(pixels) < 2:  # noqa: PLR2004 (a line has two ends)
        return ""
    line = shapely.get_coordinates(shapely.simplify(shapely.linestrings(pixels), 0.7))
    return _path(line, closed=closed) if np.ptp(line, axis=0).max() > 1 else ""


def _held(control: Control, colours: Mapping[str, str], frame: _Frame) -> list[str]:
    """Return areas of control."""
    return held_svg(control, colours, lambda ring: _simple(frame.pixels(ring), closed=True))


def _areas(shapes: NDArray[Any], look: NDArray[Any], frame: _Frame) -> list[str]:
    """Return the events' polygons and lines, each distinct one once."""
    wide = np.flatnonzero(shapely.get_dimensions(shapes) > 0)
    seen = {(shapely.to_wkb(shapes[row]), look[row]): row for row in wide}
    parts = []
    for (_, colour), row in seen.items():
        for part in shapely.get_parts(shapes[row]):
            closed = part.geom_type == "Polygon"
            line = part.exterior if closed else part
            path = _simple(frame.pixels(shapely.get_coordinates(line)), closed=closed)
            fill = f'fill="{colour}" fill-opacity=".13"' if closed else 'fill="none"'
            parts.append(f'<path d="{path}" {fill} stroke="{colour}" stroke-width="1.2"/>')
    return parts


def _marks(shapes: NDArray[Any], look: NDArray[Any], frame: _Frame) -> list[str]:
    """Return circles as large as there are events around a spot, those with most events below."""
    spots = anchors(shapes)
    known = shapely.is_geometry(spots)
    pixels = frame.pixels(shapely.get_coordinates(spots[known]))
    colour, names = pd.factorize(look[known])
    cells = np.column_stack([np.rint(pixels / _SPOT).astype(np.int64), colour])
    found, counts = np.unique(cells, axis=0, return_counts=True)
    places: dict[tuple[int, int], list[int]] = {}
    for (x, y, code), count in zip(found.tolist(), counts.tolist(), strict=True):
        total, most, best = places.get((x, y), [0, 0, 0])
        places[(x, y)] = [total + count, max(most, count), code if count > most else best]
    busiest = sorted(places.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST_MARKS]
    return [
        f'<circle cx="{x * _SPOT}" cy="{y * _SPOT}" r="{min(_SPOT * 1.4, 4 + 1.4 * total**0.5):.1f}" '
        f'fill="{names[best]}" fill-opacity=".85" stroke="#fff" stroke-width="1.4"/>'
        for (x, y), (total, _, best) in busiest
    ]


def _towns(bounds: tuple[float, ...] | None, language: str, frame: _Frame) -> list[str]:
    """Return the names of the largest towns, none over another."""
    if bounds is None:
        return []
    level = levels(bounds)[0]  # type: ignore[arg-type]
    towns = mapdata.towns(level.box, language, smallest=35, most=300)
    spots = frame.pixels(np.column_stack([towns.x, towns.y]))
    taken: list[tuple[float, float]] = []
    parts = []
    for (x, y), name in zip(spots, towns.names, strict=True):
        room = _MARGIN < x < frame.width - 90 and _MARGIN < y < frame.height - _MARGIN
        if not room or any(abs(x - u) < 105 and abs(y - v) < 26 for u, v in taken):  # noqa: PLR2004 (a name's box)
            continue
        taken.append((float(x), float(y)))
        parts.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="2" fill="{_INK}"/><text x="{x + 6:.0f}" y="{y + 4:.0f}" font-size="12" '
            f'fill="{_INK}" stroke="{_LAND}" stroke-width="3" paint-order="stroke">{escape(name)}</text>'
        )
        if len(parts) == _MOST_TOWNS:
            break
    return parts
