"""The events table: one GeoDataFrame in EPSG:4326, a row an event, the columns of `Event`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from pydantic import ValidationError

from dateline.errors import CellError, InputError
from dateline.event import COLUMNS, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LIST_COLUMNS", "as_table", "from_events", "to_events"]

CRS = "EPSG:4326"
LIST_COLUMNS = ("sides", "units", "casualties", "sources")
_DTYPES = {
    "uncertainty_m": "float64",
    "confidence": "float64",
    "geo_precision": "Int64",
    "where_prec": "Int64",
    "graphic": "boolean",
}


def from_events(events: Iterable[Event]) -> gpd.GeoDataFrame:
    """Return the events table of `events`.

    Parameters
    ----------
    events
        Event records, in the order the rows will have.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns `COLUMNS`, EPSG:4326; null geometry where the place is not known.
    """
    rows = [
        {**event.model_dump(exclude={"geometry"}), "geometry": event.geometry} for event in events
    ]
    return as_table(pd.DataFrame(rows, columns=list(COLUMNS)))


def as_table(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return `frame` with all event columns, in order, each with the type the table gives it.

    Columns that are absent become null (lists: empty). Columns that are not of the table are refused.

    Parameters
    ----------
    frame
        A (Geo)DataFrame with some of the event columns; a GeoDataFrame in another CRS is reprojected.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326.

    Raises
    ------
    InputError
        If a column is not an event column.
    """
    unknown = [name for name in frame.columns if name not in COLUMNS]
    if unknown:
        raise InputError(
            "only event columns", unknown, "put other values under `extra` (see `dateline schema`)"
        )
    frame = _in_wgs84(frame)
    columns = {name: _column(frame, name) for name in COLUMNS}
    table = gpd.GeoDataFrame(columns, geometry="geometry", crs=CRS)
    table.attrs = dict(frame.attrs)
    return table


def to_events(table: pd.DataFrame, file: str = "table") -> list[Event]:
    """Return the rows of `table` as event records, checked.

    Parameters
    ----------
    table
        An events table.
    file
        Name shown in errors.

    Returns
    -------
    list of Event
        One a row, in order.

    Raises
    ------
    CellError
        At the first cell that breaks the schema.
    """
    records = as_table(table).astype(object).to_dict("records")
    return [_to_event(record, row, file) for row, record in enumerate(records, start=2)]


def _to_event(record: dict[Any, Any], row: int, file: str) -> Event:
    """Return one row as an event; missing values of any kind become null."""
    values = {name: None if _missing(value) else value for name, value in record.items()}
    try:
        return Event.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        column = ".".join(str(part) for part in first["loc"]) or "row"
        raise CellError(file, row, column, first["input"], expected=first["msg"]) from error


def _missing(value: object) -> bool:
    """Tell whether `value` is one of the ways in which pandas writes null."""
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124 (NaN)


def _in_wgs84(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with its geometry, if it has any, in EPSG:4326."""
    if isinstance(frame, gpd.GeoDataFrame) and frame.crs is not None and frame.crs != CRS:
        return frame.to_crs(CRS)
    return frame


def _as_list(value: Any) -> list[Any]:
    """Return a list cell as a list; Parquet readers give arrays, a missing cell is empty."""
    return list(value) if hasattr(value, "__len__") and not isinstance(value, str) else []


def _column(frame: pd.DataFrame, name: str) -> Any:
    """Return column `name` of `frame` with the table's type; nulls where the frame has none."""
    if name == "geometry":
        values = frame[name] if name in frame else [None] * len(frame)
        return gpd.GeoSeries(values, index=frame.index, crs=CRS)
    if name in LIST_COLUMNS:
        values = frame[name] if name in frame else [None] * len(frame)
        return pd.Series([_as_list(v) for v in values], index=frame.index, dtype=object)
    if name not in frame:
        return pd.Series([None] * len(frame), index=frame.index, dtype=_DTYPES.get(name, "object"))
    if name in _DTYPES:
        return frame[name].astype(pd.api.types.pandas_dtype(_DTYPES[name]))
    values = frame[name].astype(object)
    return values.where(values.notna(), None)
