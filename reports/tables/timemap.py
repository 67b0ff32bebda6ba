"""Bellingcat's and Forensic Architecture's TimeMap: JSON of its server and API, CSV, and its spreadsheet.

Its dates are month/day/year by its own documentation; 00:00 is taken as an unknown time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.reports.tables.arrays import each
from dateline.reports.tables.credit import addresses, reference
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_points
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_NEEDED = {"date", "latitude", "longitude", "location", "description"}
_MARKS = {"associations", "filters", "association1", "source1", "civId"}
_FLAGS = {"true": True, "false": False}


def _matches(rows: Rows) -> bool:
    return _events(rows) is not None


def _events(rows: Rows) -> Rows | None:
    """Return the sheet, or the table itself, that has TimeMap's event columns."""
    for sheet in (rows, *rows.sheets.values()):
        names = set(sheet.columns)
        if names >= _NEEDED and names & _MARKS:
            return sheet
    return None


def _read(rows: Rows) -> Draft:
    events = _events(rows)
    assert events is not None
    draft = Draft(events)
    if events is not rows:
        draft.note(f"read sheet {events.file!r}, TimeMap's export")
    draft.repeat("id", "id" if events.has("id") else "civId")
    draft.repeat("summary", "description")
    draft.repeat("place", "location")
    put_points(draft, "latitude", "longitude")
    put_dates(draft, "date", order="mdy", time="time")
    flags = each(draft.cells("graphic"), lambda text: _FLAGS.get(text.casefold()))
    draft.columns["graphic"] = pd.array(flags, dtype="boolean")
    draft.columns["sources"] = _sources(draft, rows)
    return draft


def _sources(draft: Draft, rows: Rows) -> list[list[dict[str, Any]]]:
    """Return the sources of each event: objects, identifiers of a list of sources, or addresses."""
    listed = _listed(rows)
    publisher = "Bellingcat" if {"filters", "civId"} & set(draft.rows.columns) else None
    if draft.rows.objects is not None:
        given = [entry.get("sources") for entry in draft.rows.objects]
        parts = [part if isinstance(part, list) else [part] for part in given]
    else:
        names = [n for n in draft.rows.columns if n == "sources" or n.startswith("source")]
        cells = [draft.cells(name) for name in names]
        parts = [[text for text in row if text] for row in zip(*cells, strict=True)]
        parts = parts or [[] for _ in range(len(draft))]
    return [_given(part, listed, publisher) for part in parts]


def _listed(rows: Rows) -> dict[str, dict[str, Any]]:
    """Return the sources that the workbook or the document lists, by identifier."""
    sheet = rows.sheets.get("EXPORT_SOURCES")
    if sheet is not None and sheet.has("id"):
        records = sheet.frame.to_dict("records")
        return {
            str(entry["id"]): {str(key): value for key, value in entry.items()} for entry in records
        }
    inside = rows.document.get("sources") if isinstance(rows.document, dict) else None
    if isinstance(inside, list):
        inside = {str(entry.get("id")): entry for entry in inside if isinstance(entry, dict)}
    return (
        {key: entry for key, entry in inside.items() if isinstance(entry, dict)} if inside else {}
    )


def _given(
    parts: list[Any], listed: dict[str, dict[str, Any]], publisher: str | None
) -> list[dict[str, Any]]:
    """Return the sources that an event gives; one that is only an identifier is looked up."""
    found = []
    for part in parts:
        entry = part if isinstance(part, dict) else listed.get(str(part), {"title": part})
        urls = list(dict.fromkeys(url for value in entry.values() for url in addresses(str(value))))
        title = str(entry.get("title") or entry.get("description") or "")
        title = "" if title in urls else title
        links: list[str | None] = [*urls] or [None]
        found += [reference("timemap", url=url, title=title, publisher=publisher) for url in links]
    return [source for source in found if source] or [
        source for source in [reference("timemap", publisher=publisher)] if source
    ]


LAYOUT = Layout("timemap", _matches, _read)
