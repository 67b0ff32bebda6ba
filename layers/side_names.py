"""What readers call a side where no script runs: the editor's name, the country's in their language, or its own."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from dateline.layers import mapdata

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["alpha2_of", "side_name"]


def side_name(side: str, language: str, names: Mapping[str, str] | None = None) -> str:
    """Return a side's name.

    Parameters
    ----------
    side
        ISO 3166-1 alpha-3 or a group's name.
    language
        ISO 639-1 code; where the country has no name in it, its English one.
    names
        Side to the name that the editor chose.
    """
    if names and side in names:
        return names[side]
    country = _countries().get(side)
    return mapdata.country_name(country[1], language) if country else side


def alpha2_of(side: str) -> str | None:
    """Return ISO 3166-1 alpha-2 of a side that is a country."""
    country = _countries().get(side)
    return country[0] if country else None


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Return alpha-2 and English name by alpha-3."""
    text = (resources.files("dateline.layers") / "data" / "countries.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["alpha3"]: (row["alpha2"], row["name"]) for row in rows}
