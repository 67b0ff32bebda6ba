"""ISW and Critical Threats: assessed control of terrain, as GeoJSON of their ArcGIS services.

Days such as 0000/00/00 are unknown; heights are dropped; features without a shape stay as rows. What
an area shows stands in the name of the layer, which the file's name often carries; sides are taken from
there only where they are plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dateline.reports.tables.arrays import kept
from dateline.reports.tables.credit import reference
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_geometry
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_ENOUGH = 3
_MARKS = {
    "Shape__Area",
    "Shape__Length",
    "GlobalID",
    "EditDate",
    "Editor",
    "CreationDate",
    "Creator",
}
_DATES = ("Date", "date", "EditDate", "CreationDate")
_NAMES = ("Name", "name", "Title", "title", "Label")
_HELD = (
    (re.compile(r"russia\w*?(control|advance|claim|occup|territory|cot)", re.IGNORECASE), "RUS"),
    (re.compile(r"ukrain\w*?(control|advance|counter|claim|partisan)", re.IGNORECASE), "UKR"),
)
_CLAIM = re.compile(r"claim", re.IGNORECASE)


def _matches(rows: Rows) -> bool:
    return (
        rows.kind == "json"
        and rows.geometry is not None
        and len(set(rows.columns) & _MARKS) >= _ENOUGH
    )


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    assert rows.geometry is not None
    put_geometry(draft, rows.geometry)
    draft.repeat("id", "GlobalID" if rows.has("GlobalID") else "OBJECTID")
    date = next((name for name in _DATES if rows.has(name)), "EditDate")
    put_dates(draft, date)
    title = next((name for name in _NAMES if rows.has(name)), None)
    if title:
        draft.repeat("title", title)
    everywhere = np.ones(len(draft), dtype=bool)
    words = re.sub(r"[\W_]+", "", rows.file)
    sides = _sides(words)
    draft.columns["event_type"] = kept(everywhere, "Statement of control")
    draft.columns["status"] = kept(everywhere, "claimed" if _CLAIM.search(words) else None)
    draft.columns["sides"] = [list(sides) for _ in range(len(draft))]
    draft.columns["sources"] = [[reference("isw")] for _ in range(len(draft))]
    return draft


def _sides(words: str) -> list[str]:
    """Return who holds the areas of a layer whose name says so first; none where it does not."""
    found = [(match.start(), side) for pattern, side in _HELD if (match := pattern.search(words))]
    return [min(found)[1]] if found else []


LAYOUT = Layout("isw", _matches, _read)
