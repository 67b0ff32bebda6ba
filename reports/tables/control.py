"""Areas of control: who holds what, says whom, on which day; from any polygon file."""

from __future__ import annotations

import re
from datetime import date as day_of_calendar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dateline.errors import InputError
from dateline.reports.tables.arrays import kept, object_array
from dateline.reports.tables.layout import terms
from dateline.reports.tables.reader import read_table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from dateline.reports.tables.layout import TableSource

__all__ = ["CONTROL_COLUMNS", "read_control"]

CONTROL_COLUMNS = ("name", "side", "status", "date", "source", "credit", "licence", "geometry")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_AREAS = frozenset(("Polygon", "MultiPolygon"))
_CONTESTED = re.compile(r"unknown|contest|disputed|grey|gray", re.IGNORECASE)


def read_control(
    source: TableSource,
    *,
    date: str | None = None,
    side: str | None = None,
    credit: str | None = None,
    licence: str | None = None,
) -> gpd.GeoDataFrame:
    """Read a file of polygons as areas that somebody says somebody holds.

    DeepState's and ISW's files are recognised; of any other polygon file (GeoJSON, KML, KMZ, GeoPackage,
    FlatGeobuf, GeoParquet) the columns are guessed. What the caller says goes before what the file says.

    Parameters
    ----------
    source
        A path, `-` for standard input, or the bytes of a file.
    date
        Day for which the areas hold, ISO 8601; else the rows' own, else the one in the file's name.
    side
        Who holds the areas, ISO 3166-1 alpha-3 or a group's name; else the rows' own.
    credit, licence
        Whom a page owes for the areas, and under which licence; else those of a known publisher.

    Returns
    -------
    geopandas.GeoDataFrame
        In EPSG:4326, one row an area: name, side (null where nobody is said to hold it), status
        (`claimed` or `disputed`, null where the source states it plainly), date (ISO 8601 day or null),
        source (publisher), credit, licence, geometry (valid polygons). What was left out, guessed or
        mended is in `.attrs["notes"]`.

    Raises
    ------
    SourceError
        If the file cannot be read.
    InputError
        If it holds no area, or `date` is no day.
    """
    day = _checked(date)
    table = read_table(source)
    file = "table" if isinstance(source, bytes) else Path(source).name
    notes = [*table.notes, *(f"refused: {refusal}" for refusal in table.refusals)]
    areas = _areas(table.events, file, notes)
    known = terms(table.layout)
    count = len(areas)
    starts = areas["date_start"].str[:10].to_numpy(dtype=object)
    everywhere = np.ones(count, dtype=bool)
    columns: dict[str, Any] = {
        "name": areas["title"].to_numpy(dtype=object),
        "side": kept(everywhere, side) if side else _sides(areas),
        "status": _statuses(areas),
        "date": kept(everywhere, day) if day else _days(starts, _day_in_name(file)),
        "source": kept(everywhere, known.get("publisher")) if known else _publishers(areas),
        "credit": kept(everywhere, credit or known.get("attribution")),
        "licence": kept(everywhere, licence or known.get("licence")),
    }
    frame = pd.DataFrame(columns, dtype=object)  # null stays None, also among texts
    found = gpd.GeoDataFrame(frame, geometry=areas.geometry.to_numpy(), crs="EPSG:4326")
    found = found[list(CONTROL_COLUMNS)]
    found.attrs["notes"] = notes
    return found


def _checked(date: str | None) -> str | None:
    """Return a day that the caller gives, which must be one."""
    if date is None:
        return None
    try:
        return day_of_calendar.fromisoformat(date).isoformat()
    except ValueError as error:
        raise InputError("a day such as 2024-08-14", date) from error


def _areas(events: gpd.GeoDataFrame, file: str, notes: list[str]) -> gpd.GeoDataFrame:
    """Return the rows that are areas, their outlines mended; `notes` says how many were not."""
    shapes = events.geometry.to_numpy()
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    if broken.any():
        shapes = shapes.copy()
        shapes[broken] = [_mended(shape) for shape in shapes[broken]]
        notes.append(f"{file}: {int(broken.sum())} outlines crossed themselves and were mended")
    is_area = np.array([shape is not None and shape.geom_type in _AREAS for shape in shapes])
    if not is_area.any():
        raise InputError(
            f"{file}: at least one polygon", f"{len(events)} rows without any",
            "give a file of areas; events belong among the sources",
        )  # fmt: skip
    if left := int((~is_area).sum()):
        notes.append(f"{file}: {left} rows are no areas and were left out")
    return events.set_geometry(shapes, crs="EPSG:4326")[is_area].reset_index(drop=True)


def _mended(shape: BaseGeometry) -> BaseGeometry | None:
    """Return a valid shape; of what mending an area gives only the areas."""
    mended: BaseGeometry = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(mended).tolist() if part.geom_type in _AREAS]
    if shape.geom_type not in _AREAS:
        return mended
    return shapely.union_all(parts) if parts else None


def _sides(areas: gpd.GeoDataFrame) -> np.ndarray:
    """Return who holds each area: the one side a row names, null where it names none or several."""
    return object_array(sides[0] if len(sides) == 1 else None for sides in areas["sides"])


def _statuses(areas: gpd.GeoDataFrame) -> np.ndarray:
    """Return `disputed` where nobody is said to hold an area and its words say so, else the row's own."""
    words = [
        " ".join(str(value) for value in extra.values() if isinstance(value, str))
        for extra in areas["extra"]
    ]
    return object_array(
        "disputed" if not sides and _CONTESTED.search(text) else _own(status)
        for sides, text, status in zip(areas["sides"], words, areas["status"], strict=True)
    )


def _own(status: object) -> object:
    """Return the status of a row; null where it has none."""
    return None if pd.isna(status) else status


def _days(starts: np.ndarray, fallback: str | None) -> np.ndarray:
    """Return the rows' own days, that of the file's name where a row has none."""
    return object_array(fallback if pd.isna(start) else start for start in starts)


def _day_in_name(file: str) -> str | None:
    """Return the day that a file's name says, null where it says none."""
    match = _IN_NAME.search(file)
    try:
        return day_of_calendar(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _publishers(areas: gpd.GeoDataFrame) -> np.ndarray:
    """Return the first publisher that each row names."""
    return object_array(
        next((source.get("publisher") for source in sources), None) for sources in areas["sources"]
    )
