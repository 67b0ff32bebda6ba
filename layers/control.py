"""Who holds what, says whom, on which day: areas of control under the events, moved by the date range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from dateline.errors import InputError
from dateline.layers import rows
from dateline.layers.clean import clean
from dateline.layers.element import PageElement, script_json
from dateline.layers.grid import CELLS
from dateline.layers.shapes import pack_shapes, shape_codes

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Control", "ControlLayer", "control_of"]

COLUMNS = ("date", "side", "source", "credit", "geometry")
"""What a table of control holds; only `geometry` must be there."""

_LONGEST = 200
_AREA = 2


@dataclass(frozen=True, slots=True)
class Control:
    """Areas of control, checked.

    Attributes
    ----------
    areas
        For each area its source, side, credit (texts, empty where not known) and day since 1970-01-01
        (null where not known).
    shapes
        The areas' polygons, EPSG:4326.
    """

    areas: list[dict[str, Any]]
    shapes: NDArray[Any]

    @property
    def sides(self) -> list[str]:
        """Return the sides that hold something, sorted."""
        return sorted({area["side"] for area in self.areas if area["side"]})

    def credits(self, words: dict[str, str]) -> list[str]:
        """Return whom the page credits, each once."""
        named = (area["credit"] or area["source"] for area in self.areas)
        return [f"{words['control']}: {name}" for name in dict.fromkeys(named) if name]


def control_of(table: gpd.GeoDataFrame) -> Control:
    """Return the areas of a table of control.

    Parameters
    ----------
    table
        One row an area. `geometry` are polygons; `date` is the day it is said to be so (ISO 8601 or a
        timestamp, null where not known); `side` holds it (null where contested); `source` says so;
        `credit` is whom the page credits. Rows of one source and one day make one picture.

    Raises
    ------
    InputError
        If it is no table with a geometry, an area is no polygon, or a date none.
    """
    if not isinstance(table, gpd.GeoDataFrame):
        raise InputError(
            f"control as a GeoDataFrame with {', '.join(COLUMNS)}", type(table).__name__
        )
    table = gpd.GeoDataFrame(rows.to_wgs84(table))
    shapes = rows.geometries(table)
    kept = np.flatnonzero(shapely.is_geometry(shapes))
    for row in kept[shapely.get_dimensions(shapes[kept]) != _AREA]:
        raise InputError(
            f"polygons as areas of control (row {row}, column 'geometry')",
            shapes[row].geom_type,
            "leave out what is no area",
        )
    days = _days(table)
    texts = {name: rows.texts(table, name) for name in ("side", "source", "credit")}
    areas = [
        {
            **{name: clean(cells[row], _LONGEST).strip() for name, cells in texts.items()},
            "day": None if days[row] == rows.UNDATED else int(days[row]),
        }
        for row in kept
    ]
    return Control(areas, shapes[kept])


def _days(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return the day of each row; raise where a date is none."""
    days = rows.day_numbers(table, "date")
    for row, given in enumerate(rows.texts(table, "date")):
        if given is not None and days[row] == rows.UNDATED:
            raise InputError(
                f"a day of control as 2024-12-14, or nothing (row {row}, column 'date')", given
            )
    return days


class ControlLayer(PageElement):
    """Areas of control as a folium element; added to an `EventMap` before its events.

    Parameters
    ----------
    control
        The areas.
    """

    def __init__(self, control: Control) -> None:
        super().__init__()
        self._name = "Control"
        codes, distinct = shape_codes(control.shapes)
        self.packed = pack_shapes(distinct, 0, 0)
        areas = [
            {**area, "shape": int(code) - 1}
            for area, code in zip(control.areas, codes, strict=True)
        ]
        self.meta = {"areas": areas, "shapes": self.packed.count, "cells": CELLS}

    def body(self) -> str:
        """Return the areas' data element."""
        return self.data("shapes", self.packed.data)

    def script(self) -> str:
        """Return the call that draws the areas."""
        return f'startControl({self.map_name()}, "{self.get_name()}", {script_json(self.meta)});\n'
