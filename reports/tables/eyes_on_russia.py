"""Eyes on Russia (Centre for Information Resilience): events.geojson.

`verifiedDate` is the day of the deed as verified. Its verification makes an event confirmed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.reports.tables.arrays import each, kept, object_array
from dateline.reports.tables.codes import put_place_codes
from dateline.reports.tables.credit import linked
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_geometry, put_points
from dateline.reports.tables.states import alpha2_of
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]


def _matches(rows: Rows) -> bool:
    return rows.has("verifiedDate", "description", "url")


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    for target, source in (("id", "id"), ("title", "title"), ("summary", "description")):
        draft.repeat(target, source)
    if rows.geometry is None:
        put_points(draft, "latitude", "longitude")
    else:
        put_geometry(draft, rows.geometry)
    put_place_codes(draft, "by_hand")
    put_dates(draft, "verifiedDate")
    draft.columns["country"] = each(draft.cells("country"), alpha2_of)
    draft.columns["place"] = object_array(
        ", ".join(part for part in parts if part) or None
        for parts in zip(draft.cells("city"), draft.cells("province"), strict=True)
    )
    draft.columns["status"] = kept(np.ones(len(draft), dtype=bool), "confirmed")
    draft.columns["sources"] = [linked("eyes-on-russia", [url]) for url in draft.cells("url")]
    return draft


LAYOUT = Layout("eyes-on-russia", _matches, _read)
