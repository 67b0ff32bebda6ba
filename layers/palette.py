"""Which colour and shape each side has."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Look", "looks"]

Look = dict[str, str]
"""`colour` as #rrggbb and `shape` by name."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@cache
def _catalogue() -> dict[str, Any]:
    """Return the catalogue of side colours."""
    text = (resources.files("dateline.layers") / "data" / "sides.toml").read_text("utf-8")
    return tomllib.loads(text)


def looks(sides: Sequence[str], colours: Mapping[str, str] | None = None) -> dict[str, Look]:
    """Return the look of every side.

    Parameters
    ----------
    sides
        Sides, those with most events first; the empty string stands for "not stated".
    colours
        Colours, as #rrggbb, that override those of the catalogue.

    Returns
    -------
    dict
        For each side its colour and shape. Sides that the catalogue does not name take what is left.

    Raises
    ------
    ConfigError
        If a colour is not written as #rrggbb.
    """
    chosen = dict(colours or {})
    for side, colour in chosen.items():
        if not _COLOUR.fullmatch(colour):
            message = f"colour of {side}: expected #rrggbb, got {colour!r}"
            raise ConfigError(message)
    catalogue = _catalogue()
    found = {side: dict(catalogue["sides"][side]) for side in sides if side in catalogue["sides"]}
    free_colours = _left(catalogue["palette"], [look["colour"] for look in found.values()])
    free_shapes = _left(catalogue["shapes"], [look["shape"] for look in found.values()])
    for number, side in enumerate(side for side in sides if side and side not in found):
        colour = free_colours[number % len(free_colours)]
        found[side] = {"colour": colour, "shape": free_shapes[number % len(free_shapes)]}
    found[""] = {"colour": catalogue["unknown"], "shape": "circle"}
    for side, colour in chosen.items():
        found.setdefault(side, dict(found[""]))["colour"] = colour
    return found


def _left(choices: list[str], taken: list[str]) -> list[str]:
    """Return the choices that are not taken; all of them if none is left."""
    return [choice for choice in choices if choice not in taken] or choices
