"""How far a share of a plain shape reaches from its point: sectors and corridors, without drawing them.

Areas are spread out in the plane, which over the distances that words mean is within half a percent of the globe.
"""

from __future__ import annotations

from functools import cache

import numpy as np

__all__ = ["LONGEST_M", "corridor_radius", "sector_radius"]

LONGEST_M = 1_000_000.0
"""Length of a corridor in metres up to which the plane will do."""

_SHARE = 0.95
_STEPS = 200
_WIDTHS = np.linspace(0.0, 1.0, 101)  # half-width of a corridor, by half its length with its ends


def sector_radius(reach: float, half_angle: float, share: float) -> float:
    """Return the radius in metres about a sector's point that holds 95 % of the sector.

    Parameters
    ----------
    reach
        From its corner to its arc, metres.
    half_angle
        In degrees.
    share
        Where on the middle line the point lies, as a share of `reach`.
    """
    return reach * _sector(half_angle, share)


@cache
def _sector(half_angle: float, share: float) -> float:
    """Return the radius for a sector that reaches as far as 1."""
    steps = (np.arange(_STEPS) + 0.5) / _STEPS
    away = np.sqrt(steps)[:, None]  # equal areas
    turn = np.radians(half_angle) * steps
    apart = np.sqrt(away**2 + share**2 - 2.0 * away * share * np.cos(turn))
    return float(np.quantile(apart, _SHARE))


def corridor_radius(metres: float, half_width: float) -> float:
    """Return the radius in metres about the middle of a corridor with round ends that holds 95 % of it.

    Parameters
    ----------
    metres
        Between the two places that it joins.
    half_width
        On each side of the line, and beyond its ends.
    """
    reach = metres / 2.0 + half_width
    return reach * float(np.interp(half_width / reach, _WIDTHS, _corridors()))


@cache
def _corridors() -> np.ndarray:
    """Return the radius for corridors of each width whose ends reach as far as 1."""
    steps = (np.arange(_STEPS) + 0.5) / _STEPS
    return np.array([_corridor(float(width), steps) for width in _WIDTHS])


def _corridor(width: float, steps: np.ndarray) -> float:
    """Return the radius for one: of a quarter of it, column by column."""
    beyond = np.maximum(steps - (1.0 - width), 0.0)
    heights = np.sqrt(np.maximum(width**2 - beyond**2, 0.0)) if width else np.ones_like(steps)
    across = heights[:, None] * steps if width else np.zeros((_STEPS, 1))
    apart = np.hypot(steps[:, None], across)
    weight = np.broadcast_to(heights[:, None], apart.shape).ravel()
    order = np.argsort(apart.ravel())
    held = np.cumsum(weight[order])
    at = int(np.searchsorted(held, _SHARE * held[-1]))
    return float(apart.ravel()[order[at]])
