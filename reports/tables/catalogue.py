"""The catalogue of layouts, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reports.tables import (
    acled,
    deepstate,
    eyes_on_russia,
    gdelt,
    geoconfirmed,
    isw,
    osint_geo_extractor,
    plain,
    texty,
    timemap,
    ucdp,
    viina,
    warspotting,
)

if TYPE_CHECKING:
    from dateline.reports.tables.layout import Layout

__all__ = ["LAYOUTS"]

_MODULES = (
    acled,
    ucdp,
    geoconfirmed,
    timemap,
    viina,
    gdelt,
    osint_geo_extractor,
    eyes_on_russia,
    texty,
    warspotting,
    deepstate,
    isw,
    plain,
)

LAYOUTS: dict[str, Layout] = {module.LAYOUT.name: module.LAYOUT for module in _MODULES}
"""Layouts by the name that a user types."""
