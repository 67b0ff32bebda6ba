"""How events are presented where nobody says otherwise: headline, language, names of sides and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline import pipeline
from dateline.reports.registry import registry

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["presented"]

_LONGEST = 32
"""Letters of a name that a legend has room for."""


def presented(
    events: gpd.GeoDataFrame, *, title: str | None = None, language: str | None = None
) -> dict[str, Any]:
    """Return what a page and a picture of the same events say alike.

    Parameters
    ----------
    events
        An events table.
    title, language
        As the editor chose them; those of the reports where null.

    Returns
    -------
    dict
        title, language, names and borders, as `dateline.draw` takes them.
    """
    spoken = language or _language(events)
    return {
        "title": title or _shared_headline(events),
        "language": spoken,
        "names": _group_names(events, spoken),
        "borders": pipeline.borders(events),
    }


def _language(events: gpd.GeoDataFrame) -> str:
    """Return the language that most events were reported in, English where none is known."""
    counts = events["language"].value_counts()
    return str(counts.index[0]) if len(counts) else "en"


def _group_names(events: gpd.GeoDataFrame, language: str) -> dict[str, str]:
    """Return what a language calls armed groups, by side: where the registry knows a name that a legend has room for."""
    sides = {side for row in events["sides"] for side in row}
    names: dict[str, str] = {}
    for group in registry():
        side = group.side
        if side is None or group.kind != "group" or side not in sides or side in names:
            continue
        known = [group.name, *(alias for _, alias in group.aliases)]
        spoken = [alias for tongue, alias in group.aliases if tongue == language]
        called = any(side in name for name in known)
        if called and spoken and len(spoken[0]) <= _LONGEST:
            names[side] = spoken[0]
    return names


def _shared_headline(events: gpd.GeoDataFrame) -> str | None:
    """Return the headline that all events share; null where reports differ or have none."""
    titles = {source.get("title") for sources in events["sources"] for source in sources}
    return next(iter(titles)) if len(titles) == 1 else None
