"""GDELT 1 and 2 event tables: headerless, tab-separated, 58 or 61 columns.

Coded by machine from news: an event is a verb between two actors in one article, which may be talk.
SQLDATE is when it happened as the machine understood it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.reports.tables.arrays import each, object_array
from dateline.reports.tables.codes import load, put_place_codes
from dateline.reports.tables.credit import reference
from dateline.reports.tables.dates import read_dates
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_points
from dateline.reports.tables.states import alpha2_of_fips, alpha3_of
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_PLACE = (
    "Geo_Type",
    "Geo_FullName",
    "Geo_CountryCode",
    "Geo_ADM1Code",
    "Geo_ADM2Code",
    "Geo_Lat",
    "Geo_Long",
    "Geo_FeatureID",
)
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#\s]+)")
_DATE = re.compile(r"(19|20)\d{6}")


def _names(*, second: bool) -> list[str]:
    """Return the columns of the first or the second version; the first knows no ADM2 codes."""
    actors = [f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()]
    deed = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
    places = [
        f"{who}{part}"
        for who in ("Actor1", "Actor2", "Action")
        for part in _PLACE
        if second or "ADM2" not in part
    ]
    days = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    return [*days, *actors, *deed.split(), *places, "DATEADDED", "SOURCEURL"]


_VERSIONS = {len(names): names for names in (_names(second=False), _names(second=True))}


def _matches(rows: Rows) -> bool:
    if rows.has("GLOBALEVENTID", "SQLDATE", "ActionGeo_Lat"):
        return True
    if not rows.headerless or len(rows.columns) not in _VERSIONS or not len(rows.frame):
        return False
    first = rows.frame.iloc[0]
    return (
        first.iloc[0].isdecimal()
        and bool(_DATE.fullmatch(first.iloc[1]))
        and first.iloc[2] == first.iloc[1][:6]
    )


def _read(rows: Rows) -> Draft:
    if rows.headerless:
        rows.frame.columns = pd.Index(_VERSIONS[len(rows.columns)])
        rows.notes.append(
            f"{rows.file} has no header; its {len(rows.columns)} columns are taken as GDELT's"
        )
    draft = Draft(rows)
    draft.repeat("id", "GLOBALEVENTID")
    draft.repeat("place", "ActionGeo_FullName")
    put_points(draft, "ActionGeo_Lat", "ActionGeo_Long")
    put_place_codes(draft, "gdelt", "ActionGeo_Type")
    put_dates(draft, "SQLDATE", order="dmy")
    draft.columns["country"] = each(draft.cells("ActionGeo_CountryCode"), alpha2_of_fips)
    draft.columns["event_type"] = each(draft.cells("EventCode"), _event_type)
    draft.columns["title"] = _titles(draft)
    draft.columns["sides"] = _sides(draft)
    draft.columns["sources"] = _sources(draft)
    draft.note(
        "gdelt: events are coded by machine; read the article behind one before you publish it"
    )
    return draft


def _event_type(code: str) -> str | None:
    """Return the event type of a CAMEO code, null for talk."""
    types = load("gdelt.toml")["types"]
    return next((types[code[:n]] for n in range(len(code), 1, -1) if code[:n] in types), None)


def _titles(draft: Draft) -> Any:
    """Return both actors and the place, in GDELT's words."""
    columns = [draft.cells(name) for name in ("Actor1Name", "Actor2Name", "ActionGeo_FullName")]
    return object_array(
        ", ".join(part for part in (" - ".join(name for name in actors if name), place) if part)
        or None
        for *actors, place in zip(*columns, strict=True)
    )


def _sides(draft: Draft) -> list[list[str]]:
    """Return the states whose government or forces act or are acted upon; none where it is talk."""
    deeds = draft.cells("EventRootCode").isin(load("gdelt.toml")["actors"]["deeds"]).to_numpy(bool)
    found = []
    for n in (1, 2):
        parts = (draft.cells(f"Actor{n}{part}") for part in ("CountryCode", "Name", "Type1Code"))
        joined = next(parts) + "\x1f" + next(parts) + "\x1f" + next(parts)
        found.append(each(joined, _side))
    return [
        list(dict.fromkeys(side for side in pair if side)) if deed else []
        for deed, pair in zip(deeds, zip(*found, strict=True), strict=True)
    ]


def _side(joined: str) -> str | None:
    """Return one actor's state, null for civilians, media and the like."""
    country, name, kind = joined.split("\x1f")
    if kind not in load("gdelt.toml")["actors"]["states"]:
        return None
    return alpha3_of(country) or alpha3_of(name)


def _sources(draft: Draft) -> list[list[dict[str, Any]]]:
    """Return the article of each row, published when GDELT added it at the latest."""
    added = read_dates(draft.cells("DATEADDED"), name="DATEADDED").start
    return [
        [reference("gdelt", url=url, published=day, publisher=_host(url))]
        for url, day in zip(draft.cells("SOURCEURL"), added, strict=True)
    ]


def _host(url: str) -> str | None:
    """Return the site of an address."""
    match = _HOST.match(url)
    return match[1] if match else None


LAYOUT = Layout("gdelt", _matches, _read)
