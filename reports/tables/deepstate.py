"""DeepState: the map's history as areas of control and positions of units, and its daily archive.

Areas are statements of control: who holds what, says DeepState, on the day of the map. The archive has
one shape without a word, its day only in the file's name (deepstatemap_data_20240814.geojson); it is
the area that Russia holds.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.reports.tables.arrays import kept, object_array
from dateline.reports.tables.codes import load
from dateline.reports.tables.credit import reference
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.formations import unit_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_geometry

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_KEY = re.compile(r"(?:geoJSON\.)?\b(status|territories|units|airfield)\.(\w+)")
_FILE = re.compile(r"deepstate\w*?[_-](\d{4})[_-]?(\d{2})[_-]?(\d{2})", re.IGNORECASE)
_ZERO_WIDTH = re.compile(r"[\s\u00a0]+")


def _matches(rows: Rows) -> bool:
    if rows.kind != "json" or rows.geometry is None:
        return False
    if rows.has("name") and rows.frame["name"].str.contains("///", regex=False).any():
        return True
    return bool(_FILE.search(rows.file)) and set(rows.columns) <= {"id", "name"}


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    assert rows.geometry is not None
    put_geometry(draft, rows.geometry)
    day = _day(rows)
    everywhere = np.ones(len(draft), dtype=bool)
    draft.columns |= dict.fromkeys(("date_start", "date_end"), kept(everywhere, day))
    draft.columns["date_precision"] = kept(everywhere, "day" if day else None)
    parts = [
        [_ZERO_WIDTH.sub(" ", part).strip() for part in name.split("///")]
        for name in draft.cells("name")
    ]
    kinds = [
        _kind(part[-1]) if any(part) else load("deepstate.toml")["status"]["occupied"]
        for part in parts
    ]
    draft.columns["event_type"] = object_array(kind.get("type") for kind in kinds)
    draft.columns["sides"] = [list(kind.get("sides", [])) for kind in kinds]
    draft.columns["title"] = object_array(_title(part) for part in parts)
    titles = draft.columns["title"]
    draft.columns["units"] = [
        [unit_of(title, "RUS")] if title and kind.get("type") == "Deployment" else []
        for title, kind in zip(titles, kinds, strict=True)
    ]
    draft.columns["sources"] = [[reference("deepstate", published=day)] for _ in range(len(draft))]
    draft.note(f"deepstate: control as DeepState saw it on {day or 'an unknown day'}")
    return draft


def _kind(key: str) -> dict[str, Any]:
    """Return type and sides of a feature by the key in its name; nothing for keys that say nothing."""
    match = _KEY.search(key)
    if match is None:
        return {}
    group = load("deepstate.toml").get(match[1], {})
    found: dict[str, Any] = group.get(match[2]) or group.get("any") or {}
    return found


def _title(parts: list[str]) -> str | None:
    """Return the English name, else the Ukrainian one."""
    names = [part for part in parts[:2] if part and not _KEY.search(part)]
    return names[-1] if names else None


def _day(rows: Rows) -> str | None:
    """Return the day of the map: of the document, else of the file's name."""
    document = rows.document if isinstance(rows.document, dict) else {}
    stamp = document.get("id")
    if isinstance(stamp, int) and 1_400_000_000 < stamp < 4_000_000_000:  # noqa: PLR2004 (seconds since 1970)
        return datetime.fromtimestamp(stamp, UTC).date().isoformat()
    match = _FILE.search(rows.file)
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None


LAYOUT = Layout("deepstate", _matches, _read)
