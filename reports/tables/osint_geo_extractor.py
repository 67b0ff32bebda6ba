"""osint-geo-extractor: events of several databases in one form, as GeoJSON, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.reports.tables.codes import put_place_codes
from dateline.reports.tables.credit import linked
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_geometry, put_points
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]


def _matches(rows: Rows) -> bool:
    return rows.has("place_desc", "links", "source", "date")


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    for target, source in (
        ("id", "id"),
        ("title", "title"),
        ("summary", "description"),
        ("place", "place_desc"),
    ):
        draft.repeat(target, source)
    if rows.geometry is None:
        put_points(draft, "latitude", "longitude")
    else:
        put_geometry(draft, rows.geometry)
    put_place_codes(draft, "by_hand")
    put_dates(draft, "date")
    draft.columns["sources"] = _sources(draft)
    return draft


def _sources(draft: Draft) -> list[list[dict[str, Any]]]:
    """Return one source a link, published by the database the event comes from."""
    pairs = zip(draft.cells("links"), draft.cells("source"), strict=True)
    return [linked("osint-geo-extractor", [links], publisher=database) for links, database in pairs]


LAYOUT = Layout("osint-geo-extractor", _matches, _read)
