"""Events packed once, by column: what the page unpacks into typed arrays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from dateline.layers import rows
from dateline.layers.clean import clean_all
from dateline.layers.columns import Columns, Facet, deflate
from dateline.layers.facets import publishers, sides_of, units_of, words_of
from dateline.layers.grid import CELLS, hilbert, to_grid
from dateline.layers.nested import Nested, nested
from dateline.layers.shapes import anchors, pack_shapes, shape_codes
from dateline.layers.texts import BLOCK, pack_texts
from dateline.layers.wording import casualty_cells, source_cells

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from dateline.layers.facets import UnitMember

__all__ = ["Payload", "pack"]

LOCATED, DATED, AREA, GRAPHIC, WITHHELD = 1, 2, 4, 8, 16
"""Bits of an event's flags."""

_LEVEL = 6
"""Of compression: 9 saves half a per cent more and takes twice as long."""

_MANY = 4096
_TEXTS = {"title": 400, "summary": 4000, "explanation": 1000, "place": 300, "method": 120}
"""Text columns of the page and the characters kept of each."""


@dataclass(frozen=True, slots=True)
class Payload:
    """All events as the page reads them.

    Attributes
    ----------
    meta
        What the page needs before it unpacks: sizes, origin, layout.
    core
        A raw DEFLATE stream: dictionaries as JSON, then the columns.
    shapes
        A raw DEFLATE stream of the areas.
    blocks
        Texts, in blocks of `BLOCK` events.
    facets
        The properties that readers filter by.
    units
        What is known of each member of the facet `units`.
    bounds
        West, south, east, north in degrees; null where no event has a place.
    order
        The table's rows in the page's order.
    geometries
        The events' geometries in the table's order, null where there is none that can be drawn.
    """

    meta: dict[str, Any]
    core: bytes
    shapes: bytes
    blocks: list[bytes]
    facets: dict[str, Facet]
    units: list[UnitMember]
    bounds: tuple[float, float, float, float] | None
    order: NDArray[np.int64]
    geometries: NDArray[Any]


def pack(table: pd.DataFrame, withheld: Collection[str] = ()) -> Payload:
    """Return `table` packed by column.

    Parameters
    ----------
    table
        Events; columns as `dateline.event.COLUMNS`, any may be absent, others are ignored.
    withheld
        Licences of sources that do not allow their rows to be handed on.

    Returns
    -------
    Payload
        The same bytes for the same table.
    """
    table = rows.to_wgs84(table)
    shapes = rows.geometries(table)
    places = _places(shapes)
    when = rows.days(table)
    order = _order(when.first, places)
    columns = Columns(len(table), order)
    codes, distinct = shape_codes(shapes)
    _add_places(columns, places, codes)
    _add_days(columns, when)
    columns.add("radius", _radii(table))
    sources = nested(table, "sources").objects()
    columns.add("flags", _flags(table, when, places, codes, _barred(sources, withheld)))
    facets, units = _facets(table, sources)
    dictionaries: dict[str, Any] = {"facets": {}}
    for name, found in facets.items():
        columns.add(name, found.codes)
        dictionaries["facets"][name] = {"members": found.members, "sets": found.combinations}
    dictionaries["units"] = [unit.as_json() for unit in units]
    wide = _text_columns(table, sources, columns, dictionaries)
    packed = pack_shapes(distinct, places.x0, places.y0)
    blocks = pack_texts([[cells[row] for row in order] for cells in wide.values()], len(table))
    head = json.dumps(dictionaries, ensure_ascii=False, separators=(",", ":")).encode()
    core = deflate(len(head).to_bytes(4, "little") + head + b"".join(columns.parts), _LEVEL)
    meta = {
        "n": len(table),
        "x0": places.x0,
        "y0": places.y0,
        "cells": CELLS,
        "layout": columns.layout,
        "block": BLOCK,
        "blocks": [len(block) for block in blocks],
        "texts": list(wide),
        "shapes": packed.count,
    }
    return Payload(meta, core, packed.data, blocks, facets, units, places.bounds, order, shapes)


@dataclass(frozen=True, slots=True)
class _Places:
    """Cells of the events' marks; `known` tells which have one."""

    known: NDArray[np.bool_]
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    x0: int
    y0: int
    bounds: tuple[float, float, float, float] | None


def _places(shapes: NDArray[Any]) -> _Places:
    """Return where the marks of all events stand."""
    marks = anchors(shapes)
    known = shapely.is_geometry(marks)
    lon, lat = shapely.get_x(marks[known]), shapely.get_y(marks[known])
    x, y = np.zeros(len(shapes), np.int64), np.zeros(len(shapes), np.int64)
    if not known.any():
        return _Places(known, x, y, 0, 0, None)
    gx, gy = to_grid(lon, lat)
    x0, y0 = int(gx.min()), int(gy.min())
    x[known], y[known] = gx - x0, gy - y0
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes[known]))
    return _Places(known, x, y, x0, y0, (west, south, east, north))


def _order(first: NDArray[np.int64], places: _Places) -> NDArray[np.int64]:
    """Return the page's order: by day, the undated last, then along a Hilbert curve."""
    day = np.where(first == rows.UNDATED, np.iinfo(np.int64).max, first)
    return np.lexsort((hilbert(places.x, places.y), ~places.known, day))


def _add_places(columns: Columns, places: _Places, codes: NDArray[np.int64]) -> None:
    """Add positions and shapes."""
    columns.add_differences("x", places.x)
    columns.add_differences("y", places.y)
    columns.add("shape", codes)


def _add_days(columns: Columns, when: rows.Days) -> None:
    """Add the days."""
    dated = when.first != rows.UNDATED
    filler = int(when.first[dated].max()) if dated.any() else 0
    columns.add_differences("start", np.where(dated, when.first, filler))
    columns.add("span", np.where(dated, when.last - when.first, 0))


def _flags(
    table: pd.DataFrame,
    when: rows.Days,
    places: _Places,
    codes: NDArray[np.int64],
    barred: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return each event's flags."""
    dated = when.first != rows.UNDATED
    graphic = np.array(
        [value is not None and bool(value) for value in rows.texts(table, "graphic")], bool
    )
    flags = LOCATED * places.known + DATED * dated + AREA * (codes > 0) + GRAPHIC * graphic
    return np.asarray(flags + WITHHELD * barred, np.int64)


def _barred(sources: Nested, withheld: Collection[str]) -> NDArray[np.bool_]:
    """Return which events have a source whose licence does not allow them to be handed on."""
    found = np.zeros(len(sources.lengths), bool)
    if withheld:
        owner = np.repeat(np.arange(len(found)), sources.lengths)
        found[owner[[name in withheld for name in sources.field("licence")]]] = True
    return found


def _radii(table: pd.DataFrame) -> NDArray[np.int64]:
    """Return uncertainty in metres, two significant digits; 0 where it is not known."""
    values = np.array([value or 0 for value in rows.texts(table, "uncertainty_m")], np.float64)
    values = np.where(np.isfinite(values) & (values > 0), np.clip(values, 1, 2e7), 0)
    step = 10.0 ** np.maximum(0, np.floor(np.log10(np.maximum(values, 1))) - 1)
    return np.asarray(np.rint(values / step) * step, np.int64)


def _facets(table: pd.DataFrame, sources: Nested) -> tuple[dict[str, Facet], list[UnitMember]]:
    """Return what readers filter by, and what is known of the units."""
    units, members = units_of(nested(table, "units"))
    single = {name: clean_all(rows.texts(table, name), 80) for name in ("event_type", "status")}
    return {
        "sides": sides_of(nested(table, "sides")),
        "units": units,
        "types": words_of(single["event_type"]),
        "status": words_of(single["status"]),
        "sources": publishers(sources),
    }, members


def _text_columns(
    table: pd.DataFrame,
    sources: Nested,
    columns: Columns,
    dictionaries: dict[str, Any],
) -> dict[str, list[str]]:
    """Return the texts that go into blocks; those that repeat become columns with a dictionary."""
    texts = {"id": clean_all(rows.texts(table, "id"), 200)}
    for name, longest in _TEXTS.items():
        texts[name] = clean_all(rows.texts(table, name), longest)
    texts["time"] = _times(table)
    texts["precision"] = clean_all(rows.texts(table, "date_precision"), 20)
    texts["admin1"] = clean_all(rows.texts(table, "admin1"), 20)
    texts["confidence"] = [
        "" if value is None else _percent(value) for value in rows.texts(table, "confidence")
    ]
    texts["casualties"] = casualty_cells(nested(table, "casualties").objects())
    texts["sources"] = source_cells(sources)
    dictionaries["words"] = {}
    wide = {}
    for name, cells in texts.items():
        codes, found = pd.factorize(np.array(cells, dtype=object))
        if len(found) <= max(1, min(_MANY, len(cells) // 4)):
            columns.add(f"word:{name}", codes.astype(np.int64))
            dictionaries["words"][name] = list(found)
        else:
            wide[name] = cells
    return wide


def _times(table: pd.DataFrame) -> list[str]:
    """Return the times of day that ISO 8601 texts give, `05:30`; empty where there is none."""
    if "date_start" not in table or pd.api.types.is_datetime64_any_dtype(table["date_start"]):
        return [""] * len(table)
    return [str(value)[11:16] for value in rows.texts(table, "date_start")]


def _percent(value: object) -> str:
    """Return a confidence between 0 and 1 with two decimals."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    return f"{number:.2f}" if 0 <= number <= 1 else ""
