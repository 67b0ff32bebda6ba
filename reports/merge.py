"""Merging: reports of one event from several sources become one event with several sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.table import from_events, to_events

if TYPE_CHECKING:
    import geopandas as gpd

    from dateline.event import Casualties, Event

__all__ = ["merge_events", "same_event"]

_METRES_PER_DEGREE = 111_320.0
_FIGURE_RATIO = 3.0


def merge_events(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table with reports of one event joined.

    Two rows are one event where their sources differ, their days overlap, their places are within
    their uncertainties, and neither type, sides nor figures contradict each other. The first row
    stays, gains the others' sources, units and figures, and keeps in `extra` what each source said.

    Parameters
    ----------
    table
        An events table.

    Returns
    -------
    geopandas.GeoDataFrame
        The rows that are left, in order.
    """
    kept: list[Event] = []
    by_day: dict[str, list[int]] = {}
    for event in to_events(table):
        days = _days(event)
        twin = next(
            (
                place
                for day in days
                for place in by_day.get(day, ())
                if same_event(kept[place], event)
            ),
            None,
        )
        if twin is None:
            for day in days:
                by_day.setdefault(day, []).append(len(kept))
            kept.append(event)
        else:
            kept[twin] = _merged(kept[twin], event)
    return from_events(kept)


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
    units = {unit.id or unit.name: unit for unit in (*two.units, *one.units)}
    return one.model_copy(
        update={
            "sources": [*one.sources, *two.sources],
            "sides": list(dict.fromkeys([*one.sides, *two.sides])),
            "units": list(units.values()),
            "casualties": _figures(one.casualties, two.casualties),
            "status": "disputed" if disputed else one.status or two.status,
            "extra": {**(one.extra or {}), "reports": said},
        }
    )


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
