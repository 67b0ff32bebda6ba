"""The catalogue of layouts, in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reports.tables import plain

if TYPE_CHECKING:
    from dateline.reports.tables.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: dict[str, Layout] = {module.LAYOUT.name: module.LAYOUT for module in (plain,)}
"""Layouts by the name that a user types."""
