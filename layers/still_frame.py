"""The frame of a still picture: the part of the earth it shows, its title and what it says of its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dateline.figures import counted, span_of_days
from dateline.layers.ground import METRES_PER_DEGREE, mercator
from dateline.layers.words import direction

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dateline.layers.mapdata import Box

__all__ = ["View", "framed", "subtitle"]

_LEAST_SPAN = 0.6
"""Degrees of latitude that a picture shows at least: a single event needs its surroundings."""

_TITLE = 13.0
_SMALL = 0.72
"""Share of the title's size below which it is broken into two lines."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of the earth that a picture shows, and where on the figure.

    Attributes
    ----------
    box
        West, south, east, north in degrees.
    limits
        The same in Mercator's projection.
    top, bottom
        Edges of the map as shares of the figure's height.
    """

    box: Box
    limits: tuple[float, float, float, float]
    top: float
    bottom: float

    @classmethod
    def around(cls, placed: gpd.GeoDataFrame, size: tuple[int, int], dpi: int) -> View:
        """Return the view that holds all events, their uncertainty and some surroundings."""
        height = size[1] / dpi
        top, bottom = 1 - 0.62 / height, 0.17 / height
        ratio = size[0] / (size[1] * (top - bottom))
        shapes = np.array(placed.geometry.values, dtype=object)
        bounds = shapely.bounds(shapes)
        far = placed["uncertainty_m"].fillna(0.0).to_numpy(float) / METRES_PER_DEGREE
        reach = np.where(shapely.get_dimensions(shapes) == 0, far, 0.0)  # areas hold their own
        west, east = (bounds[:, 0] - reach).min(), (bounds[:, 2] + reach).max()
        south, north = (bounds[:, 1] - reach).min(), (bounds[:, 3] + reach).max()
        (x0, y0), (x1, y1) = mercator(np.array([[west, south], [east, north]]))
        tall = max((y1 - y0) * 1.25, (x1 - x0) * 1.25 / ratio, _LEAST_SPAN)
        tall = min(tall, 300.0 / ratio, 300.0)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        limits = (x - tall * ratio / 2, y - tall / 2, x + tall * ratio / 2, y + tall / 2)
        lats = np.degrees(np.arctan(np.sinh(np.radians([limits[1], limits[3]]))))
        return cls((limits[0], float(lats[0]), limits[2], float(lats[1])), limits, top, bottom)


def framed(figure: Figure, view: View, title: str, subtitle: str, language: str) -> Axes:
    """Return the axes of the map, with title and subtitle above, aligned as the language is written.

    Parameters
    ----------
    figure
        Still empty.
    view
        What the map shows, and where on the figure.
    title, subtitle
        Two lines above the map.
    language
        ISO 639-1 code.
    """
    axes = figure.add_axes((0, view.bottom, 1, view.top - view.bottom))
    west, south, east, north = view.limits
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect("auto")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    x, side = (0.985, "right") if direction(language) == "rtl" else (0.015, "left")
    head = 1 - view.top
    _set_title(figure, title, x, 1 - head * 0.33, side)
    figure.text(x, 1 - head * 0.74, subtitle, fontsize=8, ha=side, va="center", color="#565d66")
    return axes


def _set_title(figure: Figure, title: str, x: float, y: float, side: Any) -> None:
    """Set the title as large as its width allows, in two lines where one would be small."""
    text = figure.text(
        x, y, title, fontsize=_TITLE, fontweight="bold", ha=side, va="center", linespacing=1.1
    )
    width = figure.bbox.width * 0.97
    share = width / max(1.0, text.get_window_extent().width)
    if share < _SMALL and " " in title:
        middle = min(
            (at for at, letter in enumerate(title) if letter == " "),
            key=lambda at: abs(2 * at - len(title)),
        )
        text.set_text(f"{title[:middle]}\n{title[middle + 1 :]}")
        text.set_fontsize(_TITLE * _SMALL)
        share = _SMALL * width / max(1.0, text.get_window_extent().width)
    text.set_fontsize(_TITLE * min(1.0 if "\n" not in text.get_text() else _SMALL, share))


def subtitle(table: gpd.GeoDataFrame, words: Mapping[str, str], language: str) -> str:
    """Return number and days of the events, and how many have no place.

    Parameters
    ----------
    table
        An events table.
    words
        Strings of the interface.
    language
        ISO 639-1 code.
    """
    days = sorted(
        {str(day)[:10] for name in ("date_start", "date_end") for day in table[name].dropna()}
    )
    counts = [counted(len(table), words["events"], language)]
    lost = int(table.geometry.isna().sum())
    if lost:
        counts.append(counted(lost, words["without_place"], language))
    span = span_of_days(days[0], days[-1], language) if days else words["no_date"]
    return " · ".join([span, *counts])
