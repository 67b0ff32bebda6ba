"""Selection: the rows of an events table that a reader or an editor asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from shapely import box

from dateline.errors import InputError
from dateline.event import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

__all__ = ["Selection"]

_STATUSES = ("claimed", "confirmed", "disputed", "denied")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep; an empty member keeps everything.

    Attributes
    ----------
    since, until
        First and last day, ISO 8601. An event is kept if its interval meets theirs; events without a
        date are not kept once either is given.
    sides, units
        Sides, and names or identifiers of units; any one is enough.
    types, statuses
        Event types (main types, without sub-type) and statuses.
    bbox
        West, south, east, north in degrees; events whose geometry meets it are kept.
    """

    since: str | None = None
    until: str | None = None
    sides: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            _check_day(name, getattr(self, name))
        if self.since and self.until and self.since > self.until:
            raise InputError("--since not after --until", (self.since, self.until))
        _check_choices("event types", self.types, tuple(EVENT_TYPES))
        _check_choices("statuses", self.statuses, _STATUSES)
        if self.bbox and not (self.bbox[0] <= self.bbox[2] and self.bbox[1] <= self.bbox[3]):
            raise InputError("a box WEST,SOUTH,EAST,NORTH in degrees", self.bbox)

    def apply(self, events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the rows of `events` that are asked for, in their order.

        Parameters
        ----------
        events
            An events table.

        Returns
        -------
        geopandas.GeoDataFrame
            A new table; the index is kept.
        """
        keep = pd.Series(True, index=events.index)
        if self.since:
            keep &= _days(events["date_end"].fillna(events["date_start"])) >= self.since
        if self.until:
            keep &= _days(events["date_start"]).between("0000", self.until)
        if self.sides:
            keep &= _any(events["sides"], lambda side: side in self.sides)
        if self.units:
            wanted = {unit.casefold() for unit in self.units}
            keep &= _any(events["units"], lambda unit: _unit_names(unit) & wanted)
        if self.types:
            keep &= events["event_type"].fillna("").str.partition(":")[0].isin(self.types)
        if self.statuses:
            keep &= events["status"].isin(self.statuses)
        if self.bbox:
            keep &= events.geometry.intersects(box(*self.bbox))
        return events[keep]


def _check_day(name: str, value: str | None) -> None:
    """Refuse what is not an ISO 8601 day."""
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"--{name} as a day such as 2024-12-14", value) from error


def _check_choices(what: str, given: tuple[str, ...], choices: tuple[str, ...]) -> None:
    """Refuse what is not among the choices, and list them."""
    unknown = [value for value in given if value not in choices]
    if unknown:
        raise InputError(f"{what} among {', '.join(choices)}", unknown)


def _days(times: pd.Series) -> pd.Series:
    """Return the days of ISO 8601 times; null becomes an empty text, which is before every day."""
    return times.fillna("").astype(str).str[:10]


def _any(lists: pd.Series, wanted: Callable[[object], object]) -> pd.Series:
    """Tell of each list whether any of its members is wanted."""
    return lists.map(lambda items: any(wanted(item) for item in items))


def _unit_names(unit: object) -> set[str]:
    """Return what a unit can be asked for by: its name and its identifier, without case."""
    values = (unit.get("name"), unit.get("id")) if isinstance(unit, dict) else (unit,)
    return {str(value).casefold() for value in values if value}
