"""Where a file's events come from, who is owed credit, and under which terms: goes along with every export."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import dateline
from dateline.codec import FORMAT

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["metadata", "readme"]

_PUBLISHERS_SHOWN = 100


def metadata(events: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return what a reader of the file should know about it, ready for JSON.

    Parameters
    ----------
    events
        An events table. `events.attrs` may hold `title` (text), `attribution` (credits owed for the
        places, a list of texts) and `notes` (what was withheld, a list of texts).

    Returns
    -------
    dict
        format, generator, title, events, without_place, without_date, first_day, last_day,
        publishers, publishers_in_all, licences, attribution and notes. There is no time of writing:
        the same events give the same file.
    """
    reports = _credits(events["sources"])
    return {
        "format": FORMAT,
        "generator": f"Dateline {dateline.__version__}",
        "title": events.attrs.get("title"),
        "events": len(events),
        "without_place": int(events.geometry.isna().sum()),
        "without_date": int(events["date_start"].isna().sum()),
        "first_day": _edge(events["date_start"], "min"),
        "last_day": _edge(events["date_end"].fillna(events["date_start"]), "max"),
        "publishers": [
            {"publisher": publisher, "licence": licence, "reports": count}
            for (publisher, licence), count in reports[:_PUBLISHERS_SHOWN]
        ],
        "publishers_in_all": len(reports),
        "licences": sorted({licence for (_, licence), _ in reports if licence}),
        "attribution": list(events.attrs.get("attribution", ())),
        "notes": list(events.attrs.get("notes", ())),
    }


def readme(name: str, facts: dict[str, Any]) -> str:
    """Return the text that lies beside a file that has no room for metadata.

    Parameters
    ----------
    name
        Name of the file described.
    facts
        What `metadata` gave.
    """
    lines = [
        f"{name}: events of published reports, written by {facts['generator']}",
        "",
        f"Title: {facts['title'] or 'none given'}",
        f"Events: {facts['events']}",
        f"Without a place: {facts['without_place']}; without a date: {facts['without_date']}",
        f"Days: {facts['first_day'] or 'none known'} to {facts['last_day'] or 'none known'}",
        f"Layout: {facts['format']}; coordinates are WGS 84 longitude and latitude in degrees.",
        "An empty cell is unknown. Lists are JSON. An apostrophe before = + - @ keeps a spreadsheet",
        "from running a text as a formula; Dateline takes it off again when it reads the file.",
        "`dateline schema` describes the columns.",
        "",
        "Reports read, by publisher:",
        *(_publisher_line(entry) for entry in facts["publishers"]),
        "",
        "Licences: " + ("; ".join(facts["licences"]) or "none stated by the sources"),
        *(f"Attribution: {credit}" for credit in facts["attribution"]),
        *(f"Note: {note}" for note in facts["notes"]),
    ]
    return "\n".join(lines) + "\n"


def _credits(sources: pd.Series) -> list[tuple[tuple[str | None, str | None], int]]:
    """Return publisher and licence of every source with their count, most frequent first."""
    counts = Counter(
        (source.get("publisher"), source.get("licence")) for row in sources for source in row
    )
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))


def _edge(days: pd.Series, which: str) -> str | None:
    """Return the first (`min`) or last (`max`) of ISO `days`, null where there are none."""
    known = days.dropna()
    return None if known.empty else str(known.agg(which))[:10]


def _publisher_line(entry: dict[str, Any]) -> str:
    """Return one line of the list of publishers."""
    licence = f" ({entry['licence']})" if entry["licence"] else ""
    return f"- {entry['publisher'] or 'unnamed publisher'}{licence}: {entry['reports']}"
