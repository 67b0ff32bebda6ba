"""Publishers' precision codes into ours, from `codes.toml`."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dateline.reports.tables.arrays import each

if TYPE_CHECKING:
    from dateline.reports.tables.draft import Draft

__all__ = ["load", "put_place_codes", "widen_dates"]

_HALF_WEEK = timedelta(days=3)


@cache
def load(name: str) -> dict[str, Any]:
    """Return a TOML file of this package. Shared between callers: do not change it."""
    return tomllib.loads((resources.files("dateline.reports.tables") / name).read_text("utf-8"))


def put_place_codes(draft: Draft, scheme: str, column: str | None = None) -> None:
    """Fill geo_precision, where_prec and uncertainty_m of all events that have a geometry.

    Parameters
    ----------
    draft
        The events in the making.
    scheme
        A table of `codes.toml`.
    column
        Source column with the codes; where null, the code of all rows is 1.
    """
    codes = load("codes.toml")[scheme]
    cells = draft.cells(column) if column else pd.Series(["1"] * len(draft), dtype="str")
    found = each(cells.str.removesuffix(".0").str.upper(), codes.get)
    if column:
        strange = (cells != "").to_numpy(bool) & pd.isna(found)
        draft.doubt(strange, column, "code")
    shapes = draft.columns.get("geometry", np.full(len(draft), None, dtype=object))
    entries = [
        code if code and shape is not None else {}
        for code, shape in zip(found, shapes, strict=True)
    ]
    for target, member in (("geo_precision", "geo"), ("where_prec", "where")):
        draft.columns[target] = pd.array([entry.get(member) for entry in entries], dtype="Int64")
    radii = [entry.get("radius_m", np.nan) for entry in entries]
    draft.columns["uncertainty_m"] = np.array(radii, dtype=float)


def widen_dates(draft: Draft, precision: np.ndarray) -> None:
    """Widen days to what their precision says: the three days on either side, the month, the year.

    Parameters
    ----------
    draft
        The events in the making, with date_start and date_end as days.
    precision
        week, month, year or anything else for each row; other words leave the row as it is.
    """
    starts, ends = draft.columns["date_start"].copy(), draft.columns["date_end"].copy()
    for i in np.flatnonzero(np.isin(precision.astype(str), ("week", "month", "year"))):
        if starts[i] is not None and starts[i] == ends[i]:
            starts[i], ends[i] = _widened(date.fromisoformat(starts[i][:10]), precision[i])
            draft.said.discard(draft.date_column or "")
    draft.columns |= {"date_start": starts, "date_end": ends}


def _widened(day: date, precision: str) -> tuple[str, str]:
    """Return first and last day of the span round a day."""
    if precision == "week":
        return (day - _HALF_WEEK).isoformat(), (day + _HALF_WEEK).isoformat()
    if precision == "month":
        last = monthrange(day.year, day.month)[1]
        return day.replace(day=1).isoformat(), day.replace(day=last).isoformat()
    return f"{day.year}-01-01", f"{day.year}-12-31"
