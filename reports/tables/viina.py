"""VIINA 1 and 2: single reports, one-per-day events, labels, and who holds each settlement.

All of it is about Ukraine in its 1991 borders. A time of 00:00 is unknown. Dates are YYYYMMDD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dateline.reports.tables.arrays import each, kept, object_array
from dateline.reports.tables.codes import load, put_place_codes
from dateline.reports.tables.credit import reference
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_points
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_NEWS = (
    {"GEO_PRECISION", "event_id", "date"},
    {"event_id_1pd", "date"},
    {"viina_version", "event_id"},
)
_CONTROL = {"geonameid", "status", "status_isw", "date"}
_SET = frozenset({"1", "1.0", "true", "TRUE"})


def _matches(rows: Rows) -> bool:
    names = set(rows.columns)
    return names >= _CONTROL or any(names >= needed for needed in _NEWS)


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    put_dates(draft, "date", order="dmy", time="time" if rows.has("time") else None)
    draft.columns["country"] = kept(np.ones(len(draft), dtype=bool), "UA")
    if set(rows.columns) >= _CONTROL:
        return _control(draft)
    per_day = "event_id" not in rows.columns
    draft.repeat("id", "event_id_1pd" if per_day else "event_id")
    place = "asciiname" if rows.has("asciiname") else "address"
    draft.repeat("place", place)
    if rows.has("latitude", "longitude"):
        put_points(draft, "latitude", "longitude")
        put_place_codes(draft, "viina", "GEO_PRECISION")
    draft.columns["event_type"] = _types(draft)
    draft.columns["title"] = _titles(draft)
    draft.columns["sides"] = _sides(draft)
    draft.columns["language"] = each(draft.cells("lang"), load("viina.toml")["languages"].get)
    draft.columns["sources"] = _sources(draft)
    return draft


def _control(draft: Draft) -> Draft:
    """Fill a draft of who holds which settlement; settlements are numbers of GeoNames, without coordinates."""
    holders = load("viina.toml")["control"]
    draft.columns["event_type"] = kept(np.ones(len(draft), dtype=bool), "Statement of control")
    found = each(draft.cells("status"), holders.get)
    draft.doubt(
        (draft.cells("status") != "").to_numpy(bool)
        & pd.isna(object_array(v is not None or None for v in found)),
        "status",
        "code",
    )
    draft.columns["sides"] = [list(sides or []) for sides in found]
    draft.columns["status"] = kept(
        (draft.cells("status") == "CONTESTED").to_numpy(bool), "disputed"
    )
    draft.columns["title"] = object_array(
        f"Held by: {status}" if status else None for status in draft.cells("status")
    )
    draft.columns["sources"] = [[reference("viina")] for _ in range(len(draft))]
    draft.note(
        "viina: settlements are given as GeoNames numbers (geonameid in `extra`), not as coordinates"
    )
    return draft


def _flags(draft: Draft, label: str) -> np.ndarray:
    """Return where a label is set."""
    found: np.ndarray = draft.cells(f"{label}_b").isin(_SET).to_numpy(bool)
    return found


def _types(draft: Draft) -> np.ndarray:
    """Return the event type of the first label that is set."""
    found = np.full(len(draft), None, dtype=object)
    for label, event_type in reversed(load("viina.toml")["types"].items()):
        found[_flags(draft, label)] = event_type
    return found


def _sides(draft: Draft) -> list[list[str]]:
    """Return the sides whose label is set."""
    flags = {side: _flags(draft, label) for label, side in load("viina.toml")["sides"].items()}
    return [[side for side, mask in flags.items() if mask[i]] for i in range(len(draft))]


def _titles(draft: Draft) -> np.ndarray:
    """Return the report's text where there is one, else what happened and where."""
    if draft.rows.has("text"):
        return draft.values("text")
    kinds = draft.columns["event_type"]
    return object_array(
        ", ".join(part for part in (kind, place) if part) or None
        for kind, place in zip(kinds, draft.cells("asciiname"), strict=True)
    )


def _sources(draft: Draft) -> list[list[dict[str, Any]]]:
    """Return the reports: one with its address, or the names of several."""
    if draft.rows.has("sources"):
        names = [part.split(", ") for part in draft.cells("sources")]
        return [[reference("viina", publisher=name) for name in part] for part in names]
    columns = [draft.cells(name) for name in ("source", "url", "text")]
    return [
        [reference("viina", publisher=name, url=url, excerpt=text)]
        for name, url, text in zip(*columns, strict=True)
    ]


LAYOUT = Layout("viina", _matches, _read)
