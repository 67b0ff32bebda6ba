"""WarSpotting: losses of equipment, as JSON of its API or a table of the same members.

A loss is seen on a picture: what, whose, when posted, and where only if it was found. It is no battle;
the event type stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.reports.tables.arrays import each, kept, object_array
from dateline.reports.tables.codes import put_place_codes
from dateline.reports.tables.credit import linked
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.formations import unit_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_pairs
from dateline.reports.tables.states import alpha3_of
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]


def _matches(rows: Rows) -> bool:
    return rows.has("lost_by", "model", "status", "nearest_location", "geo")


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    draft.repeat("id", "id")
    draft.repeat("place", "nearest_location")
    put_pairs(draft, "geo")
    put_place_codes(draft, "by_hand")
    put_dates(draft, "date")
    parts = [draft.cells(name) for name in ("model", "status")]
    draft.columns["title"] = object_array(
        ", ".join(filter(None, row)) or None for row in zip(*parts, strict=True)
    )
    draft.columns["event_type"] = kept(np.ones(len(draft), dtype=bool), "Other")
    draft.columns["status"] = kept(np.ones(len(draft), dtype=bool), "confirmed")
    sides = each(draft.cells("lost_by"), alpha3_of)
    draft.columns["sides"] = [[side] if side else [] for side in sides]
    draft.columns["units"] = [
        [unit_of(name, side)] if name else []
        for name, side in zip(draft.cells("unit"), sides, strict=True)
    ]
    members = [name for name in ("sources", "source", "photos", "url") if rows.has(name)]
    texts = (
        zip(*(draft.cells(name) for name in members), strict=True) if members else [()] * len(draft)
    )
    draft.columns["sources"] = [linked("warspotting", row) for row in texts]
    return draft


LAYOUT = Layout("warspotting", _matches, _read)
