"""Unit symbols of APP-6 and MIL-STD-2525D, each distinct one drawn once.

The frame says how the reader of a staff map stands to the unit. A published map stands nowhere, so by
default every unit has the same frame, the square of "neutral", filled with its side's colour. With a
perspective the side that is looked from gets the friendly frame and all other sides the hostile one.
"""

from __future__ import annotations

import re
from functools import cache

from milsymbol import Symbol

__all__ = ["render", "seen_from"]

_IDENTITY = 3
"""Index in the code of the digit for the standard identity (MIL-STD-2525D, table A-II)."""

_FRIEND, _NEUTRAL, _HOSTILE, _UNKNOWN = "3", "4", "6", "1"
_SIZE = 30
_FRAME_FILL = re.compile(r'fill="rgb\([\d, ]+\)"')


def seen_from(sidc: str, side: str | None, perspective: str | None) -> str:
    """Return a symbol code with the identity that the perspective gives it.

    Parameters
    ----------
    sidc
        Twenty digits.
    side
        The unit's side, null where unknown.
    perspective
        The side that the map is drawn for; null for none.

    Returns
    -------
    str
        Twenty digits.
    """
    if perspective is None:
        identity = _NEUTRAL
    elif side is None:
        identity = _UNKNOWN
    else:
        identity = _FRIEND if side == perspective else _HOSTILE
    return sidc[:_IDENTITY] + identity + sidc[_IDENTITY + 1 :]


@cache
def render(sidc: str, fill: str, dashed: bool = False) -> str | None:
    """Return a symbol as SVG, or None where the code cannot be drawn.

    Parameters
    ----------
    sidc
        Twenty digits.
    fill
        Colour of the frame, as CSS writes it.
    dashed
        Whether the frame is dashed, as the standard draws what is suspected.

    Returns
    -------
    str or None
        An SVG document of some 30 pixels.
    """
    if not re.fullmatch(r"\d{20}", sidc):
        return None
    symbol = Symbol(sidc, size=_SIZE)
    if not symbol.is_valid():
        return None
    svg = _FRAME_FILL.sub(f'fill="{fill}"', symbol.as_svg(), count=1)
    if dashed:
        svg = svg.replace(
            'stroke-width="4" stroke="black"',
            'stroke-width="4" stroke="black" stroke-dasharray="12 9"',
            1,
        )
    return svg
