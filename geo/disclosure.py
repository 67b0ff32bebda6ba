"""What is withheld or coarsened, so that a map harms nobody: pure functions over the events table.

Applied before anything is written: what they return does not hold the finer place, in no column. The
same events, rules and day always give the same result, so that no two outputs can be compared to find
out more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.geo.coarse import coarse_area, fine
from dateline.geo.masking import coarsened
from dateline.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from dateline.config import Coarsening, Disclosure, Embargo
    from dateline.geo.coarse import Areas
    from dateline.geo.masking import Finder

__all__ = ["Disclosed", "disclose", "within_terms"]


@dataclass(slots=True)
class Disclosed:
    """What may be written, and what was done to get there.

    Attributes
    ----------
    events
        The events table that may be written; `attrs["notes"]` tells readers in general terms.
    reasons
        For the editor: each reason with the number of events it held for, most first.
    notes
        For readers: one sentence each, which gives nothing away.
    """

    events: gpd.GeoDataFrame
    reasons: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def report(self) -> str:
        """Return one line a reason, for stderr."""
        return "\n".join(f"{count} {reason}" for reason, count in self.reasons.most_common())


def disclose(
    events: gpd.GeoDataFrame,
    rules: Disclosure,
    *,
    today: date,
    areas: Areas | None = None,
    find: Finder | None = None,
) -> Disclosed:
    """Return the events that may be shown, no finer than the rules allow.

    Parameters
    ----------
    events
        An events table.
    rules
        Table `disclosure` of `dateline.toml`. Embargoes go first; where several coarsenings hold for an
        event, each is applied in turn.
    today
        The day of publication.
    areas
        Gives the name and polygon (EPSG:4326) of the `district` or `region` that holds a longitude and
        latitude, null where it is not known. Without it, events to be coarsened to one are withheld.
    find
        Gives start and end of every place named in a text of a language. Without it texts of coarsened
        events are withheld even where the rule says `mask`: what is not found cannot be masked.

    Returns
    -------
    Disclosed
        A new table, with what was done.
    """
    result = Disclosed(events.reset_index(drop=True))
    for embargo in rules.embargo:
        _embargo(result, embargo, today)
    for rule in rules.coarsen:
        _coarsen(result, rule, areas, find)
    result.notes = _notes(result.reasons)
    result.events.attrs = {**events.attrs, "notes": [*events.attrs.get("notes", []), *result.notes]}
    return result


def within_terms(
    events: gpd.GeoDataFrame, licences: Mapping[str, str], *, use: str = "export"
) -> Disclosed:
    """Return the events whose sources allow a use.

    Parameters
    ----------
    events
        An events table.
    licences
        Licences, as sources name them, that do not allow it, each with the reason told to the user.
    use
        The use in one word, for the reason: `export` or `embed`.

    Returns
    -------
    Disclosed
        Events of which any source has such a licence are left out: which of their columns came from
        that source cannot be told.
    """
    names = [
        next((source["licence"] for source in row if source.get("licence") in licences), None)
        for row in events["sources"]
    ]
    held = pd.Series([name is not None for name in names], index=events.index, dtype=bool)
    result = Disclosed(events[~held].copy())
    result.reasons.update(
        f"left out of the {use}: {name} ({licences[name]})" for name in names if name is not None
    )
    if held.any():
        result.notes = [_note("terms")]
    result.events.attrs = {**events.attrs, "notes": [*events.attrs.get("notes", []), *result.notes]}
    return result


def _embargo(result: Disclosed, rule: Embargo, today: date) -> None:
    """Take events out that are, or may be, younger than the rule allows."""
    limit = today - timedelta(days=rule.days)
    held = _matches(result.events, rule)
    events = result.events
    rows = zip(events["date_start"], events["date_end"], events["sources"], strict=True)
    days = pd.Series([_latest_day(*row) for row in rows], index=events.index, dtype=object)
    undated = held & days.isna()
    young = held & pd.Series(
        [day is not None and day > limit.isoformat() for day in days],
        index=events.index,
        dtype=bool,
    )
    for mask, reason in (
        (young, f"withheld: younger than {rule.days} days"),
        (undated, f"withheld: no date, so perhaps younger than {rule.days} days"),
    ):
        if mask.any():
            result.reasons[reason] += int(mask.sum())
    result.events = events[~(young | undated)].reset_index(drop=True)


def _latest_day(start: str | None, end: str | None, sources: list[dict[str, Any]]) -> str | None:
    """Return the last day on which an event can have been, ISO 8601; null where nothing tells.

    An event without a date was before the last report of it was published.
    """
    day = end or start
    published = [source.get("published") for source in sources]
    if day is None and published and all(published):
        day = max(filter(None, published))
    return None if day is None else day[:10]


def _coarsen(result: Disclosed, rule: Coarsening, areas: Areas | None, find: Finder | None) -> None:
    """Replace places finer than the rule allows; withhold events whose coarse area is not known."""
    table = result.events
    withheld, changes = [], {}
    held = (_matches(table, rule) & table.geometry.notna()).to_numpy().nonzero()[0]
    mask = find if rule.texts == "mask" else None
    for row in held.tolist():
        event = table.iloc[row].to_dict()
        if not fine(event["geometry"], event["uncertainty_m"], rule):
            continue
        area = coarse_area(event["geometry"], rule, areas)
        if area is None:
            withheld.append(row)
            continue
        changes[row] = coarsened(event, area, mask)
        how = "place names masked in" if mask else "without"
        result.reasons[f"coarsened to {area.label}, {how} their texts"] += 1
    table = _changed(table, changes)
    if withheld:
        result.reasons[f"withheld: their {rule.to} is not known"] += len(withheld)
        table = table.drop(index=withheld)
    result.events = table.reset_index(drop=True)


def _changed(table: gpd.GeoDataFrame, changes: dict[int, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return `table` with the cells of `changes`, by row number and column, replaced."""
    names = {name for change in changes.values() for name in change}
    columns = {name: table[name].tolist() for name in table.columns}
    for row, change in changes.items():
        for name, value in change.items():
            columns[name][row] = value
    for name in names:
        table[name] = pd.Series(columns[name], index=table.index, dtype=table[name].dtype)
    return table


def _matches(events: gpd.GeoDataFrame, rule: Embargo | Coarsening) -> pd.Series[bool]:
    """Tell which events a rule holds for.

    An event whose type or status is not known, or that names no side, is held by a rule that asks for
    some: it may be one of them.
    """
    kinds = events["event_type"].map(lambda kind: kind and kind.split(": ")[0])
    sides = events["sides"].map(set)
    return (
        _asked(sides, rule.sides, lambda found: not found or not found.isdisjoint(rule.sides))
        & _asked(kinds, rule.types, lambda found: found is None or found in rule.types)
        & _asked(events["status"], rule.status, lambda found: found is None or found in rule.status)
    )


def _asked(
    values: pd.Series[Any], wanted: list[Any], test: Callable[[Any], bool]
) -> pd.Series[bool]:
    """Return where `test` holds; everywhere if nothing is asked for."""
    return pd.Series(
        [not wanted or test(value) for value in values], index=values.index, dtype=bool
    )


def _notes(reasons: Counter[str]) -> list[str]:
    """Return what readers are told."""
    notes = []
    if any(reason.startswith("withheld") for reason in reasons):
        notes.append(_note("withheld"))
    if any(reason.startswith("coarsened") for reason in reasons):
        notes.append(_note("coarsened"))
    return notes


def _note(key: str) -> str:
    """Return one sentence in English; the page says it in its own language."""
    return str(lexicon("en")["ui"][f"note_{key}"])
