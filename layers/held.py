"""Areas of control in still pictures: of each source what it says last, striped as on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dateline.layers.side_names import side_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from dateline.layers.control import Control

__all__ = ["held_areas", "held_colour", "held_svg", "held_words", "holders", "slants"]

_CONTESTED = "#6b6f76"
"""Colour of what nobody holds for sure."""

_STRIPE = 8


def held_areas(control: Control) -> list[tuple[str, Any]]:
    """Return side and polygon of each area that its source shows last."""
    last = _last_days(control)
    return [
        (area["side"], shape)
        for area, shape in zip(control.areas, control.shapes, strict=True)
        if area["day"] == last[area["source"]]
    ]


def holders(control: Control) -> list[str]:
    """Return the sides that are shown to hold land, the empty one, of which nobody is sure, last."""
    return sorted({side for side, _ in held_areas(control)}, key=lambda side: (not side, side))


def held_colour(side: str, colours: Mapping[str, str]) -> str:
    """Return the colour of what a side holds, #rrggbb."""
    return colours.get(side, _CONTESTED) if side else _CONTESTED


def slants(control: Control) -> dict[str, int]:
    """Return how each side's stripes lean, 0 or 1, and 2, crossed, for the empty side."""
    return {side: number % 2 for number, side in enumerate(control.sides)} | {"": 2}


def held_svg(
    control: Control,
    colours: Mapping[str, str],
    path_of: Callable[[NDArray[Any]], str],
) -> list[str]:
    """Return the areas as SVG: their patterns, then a path each.

    Parameters
    ----------
    control
        The areas.
    colours
        Side to colour, as #rrggbb.
    path_of
        Turns the points of a ring, in degrees, into path data.
    """
    areas, lean = held_areas(control), slants(control)
    sides = sorted({side for side, _ in areas})
    strokes = {0: "M-2 2L2-2M0 8L8 0M6 10L10 6", 1: "M-2 6L2 10M0 0L8 8M6-2L10 2"}
    strokes[2] = strokes[0] + strokes[1]
    parts = []
    for number, side in enumerate(sides):
        colour = held_colour(side, colours)
        parts.append(
            f'<pattern id="held{number}" width="{_STRIPE}" height="{_STRIPE}" patternUnits="userSpaceOnUse">'
            f'<path d="{strokes[lean[side]]}" stroke="{colour}" stroke-opacity=".45" fill="none"/></pattern>'
        )
    for side, shape in areas:
        rings = "".join(path_of(shapely.get_coordinates(ring)) for ring in shapely.get_rings(shape))
        colour = held_colour(side, colours)
        parts.append(
            f'<path d="{rings}" fill="url(#held{sides.index(side)})" fill-rule="evenodd" '
            f'stroke="{colour}" stroke-opacity=".6"/>'
        )
    return parts


def held_words(
    control: Control, words: Mapping[str, str], language: str, names: Mapping[str, str] | None
) -> list[str]:
    """Return who is shown to hold land, then who says so, as of when."""
    held = [
        words["control_held"].replace("{side}", side_name(side, language, names))
        if side
        else words["control_unclear"]
        for side in holders(control)
    ]
    said = [
        words["control_as_of"]
        .replace("{source}", source or words["not_stated"])
        .replace("{date}", words["no_date"] if day is None else _iso(day))
        for source, day in _last_days(control).items()
    ]
    return [*held, *said]


def _last_days(control: Control) -> dict[str, int | None]:
    """Return the last day of each source; null where it gives none."""
    found: dict[str, int | None] = {}
    for area in control.areas:
        days = [day for day in (found.get(area["source"]), area["day"]) if day is not None]
        found[area["source"]] = max(days, default=None)
    return found


def _iso(day: int) -> str:
    """Return a day since 1970-01-01 as ISO 8601."""
    return str(np.datetime64(day, "D"))
