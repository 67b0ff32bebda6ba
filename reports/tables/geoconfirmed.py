"""GeoConfirmed: CSV export, KML and KMZ, and the JSON of its site.

All are brought to the columns of the CSV, then read as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dateline.reports.tables.arrays import each, kept, known, object_array
from dateline.reports.tables.codes import load, put_place_codes
from dateline.reports.tables.credit import addresses, reference
from dateline.reports.tables.dates import read_dates
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.formations import unit_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_geometry, put_points
from dateline.reports.tables.states import alpha3_of
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_CSV = ("Date", "Name", "Faction", "Latitude", "Longitude", "Geolocation", "Id")
_PLUS_CODE = re.compile(r"^[0-9A-Z]{2,8}\+[0-9A-Z]{0,3}[\s,]*")
_ICON = re.compile(r"icons/([0-9A-Fa-f]{6})/(True|False)/")
_PARTS = re.compile(r"\n\s*(Source|Geolocation)\(s\):\s*\n", re.IGNORECASE)
_LISTED = {"la", "lo", "icon", "date"}
_DETAILED = {"originalSource", "geolocation", "faction", "latitude"}


def _matches(rows: Rows) -> bool:
    if rows.has(*_CSV):
        return True
    if rows.kind == "kml":
        return rows.has("styleUrl") and any(map(_ICON.search, rows.frame["styleUrl"]))
    names = set(rows.columns)
    return rows.kind == "json" and (
        names >= _LISTED or names >= _DETAILED or {"factionId", "icon"} <= names
    )


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    if rows.kind == "kml":
        _from_kml(draft)
    elif rows.kind == "json":
        _from_json(draft)
    else:
        _from_csv(draft)
    put_place_codes(draft, "by_hand")
    draft.columns["status"] = kept(
        np.array(
            [any(s.get("title") == "Geolocation" for s in row) for row in draft.columns["sources"]],
            bool,
        ),
        "confirmed",
    )
    return draft


def _from_csv(draft: Draft) -> None:
    """Fill the draft from the CSV export."""
    draft.repeat("id", "Id")
    draft.repeat("summary", "Description")
    draft.columns["place"] = each(draft.cells("PlusCode"), _place)
    put_points(draft, "Latitude", "Longitude")
    put_dates(draft, "Date", order="dmy")
    draft.columns["title"] = _names(draft, "Name")
    draft.columns["sides"] = _named_sides(draft.cells("Faction"))
    units = draft.cells("Units").where(draft.cells("Units") != "", draft.cells("OrbatUnits"))
    draft.columns["units"] = each(units, _units).tolist()
    draft.columns["sources"] = _sources(draft.cells("Source"), draft.cells("Geolocation"))


def _place(text: str) -> str | None:
    """Return the words after a plus code, or the whole text where there is no code."""
    return _PLUS_CODE.sub("", text) or None


def _names(draft: Draft, column: str) -> np.ndarray:
    """Return the names that are more than the date written out."""
    cells = draft.cells(column)
    dates = read_dates(cells, name=column, order="dmy")
    return kept(~known(dates.start) & (cells != "").to_numpy(bool), cells.to_numpy(object))


def _named_sides(cells: pd.Series) -> list[list[str]]:
    """Return the faction's state; `Special`, `Unknown` and civilians are no side."""
    names = {
        entry["faction"]: entry.get("side")
        for entry in load("geoconfirmed.toml")["colours"].values()
    }
    return [
        [side] if side else []
        for side in each(cells, lambda name: names.get(name) or alpha3_of(name))
    ]


def _units(text: str) -> list[dict[str, Any]]:
    """Return the units named in a cell."""
    return [unit_of(name) for name in dict.fromkeys(re.split(r"\s*[;\n]\s*|,\s+", text)) if name]


def _sources(first: pd.Series, found: pd.Series) -> list[list[dict[str, Any]]]:
    """Return the reports of each row, then who found the place."""
    return [
        [reference("geoconfirmed", url=url) for url in addresses(report)]
        + [reference("geoconfirmed", url=url, title="Geolocation") for url in addresses(place)]
        or [reference("geoconfirmed")]
        for report, place in zip(first, found, strict=True)
    ]


def _from_kml(draft: Draft) -> None:
    """Fill the draft from placemarks; one that stands in several folders is taken once."""
    icons = each(draft.cells("styleUrl"), _icon)
    texts = [_split(text) for text in draft.cells("description")]
    draft.columns["summary"] = object_array(parts[""] or None for parts in texts)
    assert draft.rows.geometry is not None
    put_geometry(draft, draft.rows.geometry)
    frame = (
        draft.rows.frame[["name", "description", "styleUrl"]]
        if draft.rows.has("name")
        else draft.rows.frame
    )
    points = pd.Series([str(shape) for shape in draft.rows.geometry], dtype="str")
    draft.refuse(frame.assign(point=points).duplicated().to_numpy(bool), "name", "repeated")
    dates = read_dates(draft.cells("name"), name="name", order="dmy")
    draft.columns |= {
        "date_start": dates.start,
        "date_end": dates.end,
        "date_precision": dates.precision,
    }
    draft.columns["title"] = _names(draft, "name")
    draft.columns["sides"] = [[icon["side"]] if icon and icon.get("side") else [] for icon in icons]
    draft.columns["sources"] = _sources(
        pd.Series([parts["source"] for parts in texts], dtype="str"),
        pd.Series([parts["geolocation"] for parts in texts], dtype="str"),
    )


def _icon(address: str) -> dict[str, Any] | None:
    """Return the faction of an icon, null if the address is none of theirs."""
    match = _ICON.search(address)
    return load("geoconfirmed.toml")["colours"].get(match[1].upper()) if match else None


def _split(description: str) -> dict[str, str]:
    """Return text, sources and geolocations of a description."""
    parts = _PARTS.split("\n" + description)
    found = {"": parts[0].strip(), "source": "", "geolocation": ""}
    for label, text in zip(parts[1::2], parts[2::2], strict=True):
        found[label.casefold()] += " " + text.strip()
    return found


def _from_json(draft: Draft) -> None:
    """Fill the draft from the list, the details or the GeoJSON of the site."""
    draft.repeat("id", "id")
    if draft.rows.geometry is not None:
        put_geometry(draft, draft.rows.geometry)
    else:
        names = ("la", "lo") if draft.rows.has("la", "lo") else ("latitude", "longitude")
        put_points(draft, *names)
    put_dates(draft, "date", order="dmy")
    draft.repeat("summary", "description")
    icons = each(draft.cells("icon"), _icon)
    factions = each(draft.cells("factionId"), _faction_names(draft.rows.document).get)
    words = draft.cells("faction").to_numpy(object)
    names = pd.Series(
        [
            word or faction or (icon or {}).get("faction") or ""
            for word, faction, icon in zip(words, factions, icons, strict=True)
        ],
        dtype="str",
    )
    draft.columns["sides"] = _named_sides(names)
    draft.columns["units"] = each(draft.cells("units"), _units).tolist()
    draft.columns["sources"] = _sources(draft.cells("originalSource"), draft.cells("geolocation"))


def _faction_names(document: Any) -> dict[str, str]:
    """Return names by the number that the document gives its factions."""
    meta = document.get("factionMeta") if isinstance(document, dict) else None
    entries = [entry for entry in meta if isinstance(entry, dict)] if isinstance(meta, list) else []
    return {str(entry.get("id")): str(entry.get("name")) for entry in entries}


LAYOUT = Layout("geoconfirmed", _matches, _read)
