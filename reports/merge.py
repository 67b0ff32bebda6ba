"""Merging: reports of one event from several sources become one event with several sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from dateline.table import as_table, from_events, to_events

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from dateline.event import Casualties, Event

__all__ = ["merge_events", "same_event"]

_METRES_PER_DEGREE = 111_320.0
_FIGURE_RATIO = 3.0
_FAR = 1e9
_WHERE = (
    "place", "geometry", "uncertainty_m", "geo_precision", "where_prec", "method", "confidence",
    "explanation", "country", "admin1",
)  # fmt: skip


def merge_events(table: gpd.GeoDataFrame, origins: Sequence[int] | None = None) -> gpd.GeoDataFrame:
    """Return the table with reports of one event joined.

    Two rows are one event where their sources differ, their days overlap, their places are within
    their uncertainties, and neither type, sides nor figures contradict each other. The first row
    stays, takes the finer of the places, gains the others' sources, units and figures, and keeps in
    `extra` what each source said. Rows of one input are never joined with each other: whoever told or
    coded two events means two. The same report given twice counts once.

    Parameters
    ----------
    table
        An events table.
    origins
        For each row the number of the input it came from; each row its own where null.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that are left, in order.
    """
    came_from = list(range(len(table)) if origins is None else origins)
    rows = _shared_days(table, came_from)
    if not rows:
        return table
    groups: list[_Group] = []
    by_day: dict[str, list[int]] = {}
    for row, event in zip(rows, to_events(table.iloc[rows]), strict=True):
        days = _days(event)
        near = {place for day in days for place in by_day.get(day, ())}
        twin = min(
            (place for place in near if groups[place].takes(event, came_from[row])),
            key=lambda place: groups[place].distance(event),
            default=None,
        )
        if twin is None:
            for day in days:
                by_day.setdefault(day, []).append(len(groups))
            groups.append(_Group(row, event, {came_from[row]}))
        else:
            groups[twin].take(event, row, came_from[row])
    return _replaced(table, groups)


@dataclass
class _Group:
    """One event: its row, what it has become, the inputs that told of it and the rows it took."""

    row: int
    event: Event
    inputs: set[int]
    taken: list[int] = field(default_factory=list)

    def takes(self, event: Event, origin: int) -> bool:
        """Return whether an event of another input is this one."""
        if origin in self.inputs:
            return False
        return event.id == self.event.id or same_event(self.event, event)

    def distance(self, event: Event) -> float:
        """Return how far an event is from this one, in degrees."""
        if self.event.geometry is None or event.geometry is None:
            return 0.0
        return float(self.event.geometry.distance(event.geometry))

    def take(self, event: Event, row: int, origin: int) -> None:
        """Join an event to this one; the same report a second time adds nothing."""
        if event.id != self.event.id:
            self.event = _merged(self.event, event)
        self.taken.append(row)
        self.inputs.add(origin)


def _shared_days(table: gpd.GeoDataFrame, origins: list[int]) -> list[int]:
    """Return the rows with a place that share a first or last day with a row of another input."""
    dated = (table["date_start"].notna() & table.geometry.notna()).to_numpy()
    inputs: dict[str, set[int]] = {}
    days = []
    for start, end, origin, known in zip(
        table["date_start"], table["date_end"], origins, dated, strict=True
    ):
        own = {start[:10], (end if isinstance(end, str) else start)[:10]} if known else set()
        days.append(own)
        for day in own:
            inputs.setdefault(day, set()).add(origin)
    return [row for row, own in enumerate(days) if any(len(inputs[day]) > 1 for day in own)]


def _replaced(table: gpd.GeoDataFrame, groups: list[_Group]) -> gpd.GeoDataFrame:
    """Return the table with the rows of joined events replaced by one each."""
    joined = [group for group in groups if group.taken]
    if not joined:
        return table
    gone = {row for group in joined for row in (group.row, *group.taken)}
    left = [row for row in range(len(table)) if row not in gone]
    new = from_events([group.event for group in joined])
    parts = [pd.DataFrame(part).astype(object) for part in (table.iloc[left], new) if len(part)]
    order = sorted(zip([*left, *(group.row for group in joined)], range(len(table)), strict=False))
    whole = pd.concat(parts, ignore_index=True)[list(table.columns)]
    return as_table(whole.iloc[[position for _, position in order]].reset_index(drop=True))


def _days(event: Event) -> list[str]:
    """Return the days under which an event is looked up: its first and last, where it has a place."""
    if event.geometry is None or event.date_start is None:
        return []
    end = event.date_end or event.date_start
    return sorted({event.date_start[:10], end[:10]})


def same_event(one: Event, two: Event) -> bool:
    """Return whether two events of different sources are likely one."""
    urls = {source.url or source.publisher or source.title for source in one.sources}
    others = {source.url or source.publisher or source.title for source in two.sources}
    if urls & others - {None} or not (one.sources and two.sources):
        return False
    if one.date_start is None or two.date_start is None:
        return False
    ends = (one.date_end or one.date_start)[:10], (two.date_end or two.date_start)[:10]
    if one.date_start[:10] > ends[1] or two.date_start[:10] > ends[0]:
        return False
    return _same_kind(one, two) and _near(one, two) and _figures_agree(one, two)


def _same_kind(one: Event, two: Event) -> bool:
    """Return whether type and sides agree as far as both are known."""
    kinds = [(event.event_type or "").partition(":")[0] for event in (one, two)]
    general = {"", "Other", "Violence against civilians"}
    if kinds[0] != kinds[1] and not (set(kinds) & general):
        return False
    return not (one.sides and two.sides) or bool(set(one.sides) & set(two.sides))


def _near(one: Event, two: Event) -> bool:
    """Return whether the places lie within the smaller of both uncertainties of each other."""
    if one.geometry is None or two.geometry is None:
        return False
    reach = min(one.uncertainty_m or 5_000.0, two.uncertainty_m or 5_000.0, 25_000.0)
    distance: float = one.geometry.distance(two.geometry) * _METRES_PER_DEGREE
    areas = one.geometry.area, two.geometry.area
    if min(areas) > 0 and max(areas) > 4 * min(areas):
        return False
    if (areas[0] > 0) != (areas[1] > 0) and max(areas) > 0.5:  # noqa: PLR2004 (the figure is explained where it stands)
        return False
    return distance <= reach


def _figures_agree(one: Event, two: Event) -> bool:
    """Return whether figures of one kind are of like size: others are other claims or events."""
    for mine in one.casualties:
        for other in two.casualties:
            if mine.kind != other.kind or (mine.side and other.side and mine.side != other.side):
                continue
            low = [item.min if item.min is not None else item.max or 0 for item in (mine, other)]
            if max(low) > _FIGURE_RATIO * max(min(low), 1) and max(low) - min(low) > 2:  # noqa: PLR2004 (the figure is explained where it stands)
                return False
    return True


def _merged(one: Event, two: Event) -> Event:
    """Return `one` with the sources, units and figures of `two`; each source's own are kept."""
    said = list((one.extra or {}).get("reports") or [_own(one)])
    said.append(_own(two))
    statuses = {one.status, two.status}
    disputed = "denied" in statuses and len(statuses) > 1
    finer = two if (two.uncertainty_m or _FAR) < (one.uncertainty_m or _FAR) else one
    units = {unit.id or unit.name: unit for unit in (*two.units, *one.units)}
    return one.model_copy(
        update={
            **{name: getattr(finer, name) for name in _WHERE},
            "event_type": _particular(one.event_type, two.event_type),
            "sources": [*one.sources, *two.sources],
            "sides": list(dict.fromkeys([*one.sides, *two.sides])),
            "units": list(units.values()),
            "casualties": _figures(one.casualties, two.casualties),
            "status": "disputed" if disputed else one.status or two.status,
            "extra": {**(one.extra or {}), "reports": said},
        }
    )


def _particular(one: str | None, two: str | None) -> str | None:
    """Return the type that tells more; the first of two that tell as much."""
    return two if one in {None, "Other"} and two else one


def _figures(one: list[Casualties], two: list[Casualties]) -> list[Casualties]:
    """Return all figures, equal ones once."""
    found = {tuple(item.model_dump().items()): item for item in (*one, *two)}
    return list(found.values())


def _own(event: Event) -> dict[str, object]:
    """Return what one source says of an event, for `extra`."""
    return {
        "id": event.id,
        "title": event.title,
        "status": event.status,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "place": event.place,
        "casualties": [item.model_dump() for item in event.casualties],
        "source": event.sources[0].model_dump() if event.sources else None,
    }
