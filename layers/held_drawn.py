"""Areas of control drawn with matplotlib, and what its legend says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch, PathPatch

from dateline.layers.ground import outline
from dateline.layers.held import held_areas, held_colour, held_words, holders, slants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from dateline.layers.control import Control

__all__ = ["draw_held", "held_entries"]

_HATCHES = ("////", "\\\\\\\\", "xxxx")
_UNDER_EVENTS = 2.5


def draw_held(axes: Axes, control: Control, colours: Mapping[str, str]) -> None:
    """Draw what each source shows last, striped in the colour of who is said to hold it."""
    lean = slants(control)
    for side, shape in held_areas(control):
        for part in shapely.get_parts(shape):
            patch = PathPatch(outline(part), zorder=_UNDER_EVENTS, **_style(side, lean, colours))
            axes.add_patch(patch)


def held_entries(
    control: Control,
    colours: Mapping[str, str],
    words: Mapping[str, str],
    language: str,
    names: Mapping[str, str] | None,
) -> list[Any]:
    """Return what the legend says: the holders with their stripes, then the sources with their days."""
    sides, lean = holders(control), slants(control)
    said = held_words(control, words, language, names)
    entries = [
        Patch(label=label, **_style(side, lean, colours))
        for side, label in zip(sides, said, strict=False)
    ]
    return [*entries, *(Patch(alpha=0, label=line) for line in said[len(sides) :])]


def _style(side: str, lean: Mapping[str, int], colours: Mapping[str, str]) -> dict[str, Any]:
    """Return the stripes of a side."""
    colour = held_colour(side, colours)
    return {
        "facecolor": to_rgba(colour, 0.07),
        "edgecolor": to_rgba(colour, 0.5),
        "hatch": _HATCHES[lean[side]],
        "lw": 0.7,
    }
