"""Home: the state that a report's unnamed army is the army of, as its places tell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.reports.registry import registry
from dateline.reports.tables.states import alpha2_of, alpha3_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.reports.annotation import PlaceMention
    from dateline.reports.mentions.actors import ActorMention
    from dateline.reports.mentions.units import UnitMention
    from dateline.reports.reading import Reading

__all__ = ["with_home"]

_SHARE = 0.8
_REACH = 3
_ECHELON = slice(8, 10)  # digits of a symbol code


def with_home(
    reading: Reading,
    units: list[UnitMention],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
) -> list[UnitMention]:
    """Return the units of a report, numbered formations of nobody known with the side of the state it is about.

    "The 6th Infantry Division lost its base in El Fasher" tells of Sudan's where all that happened
    lies in Sudan and no other state's forces are named, or where "the army's" stands beside.

    Parameters
    ----------
    reading
        The report.
    units, places, actors
        Its mentions.
    """
    if all(unit.side or unit.kind != "formation" for unit in units):
        return units
    state = _home(places)
    if state is None:
        return units
    forces = {actor.side for actor in actors if actor.force and alpha2_of(actor.side)}
    alone = forces <= {state}
    return [
        _at_home(unit, state)
        if unit.side is None
        and unit.kind == "formation"
        and (alone or _is_of_the_army(reading, unit))
        else unit
        for unit in units
    ]


def _home(places: Sequence[PlaceMention]) -> str | None:
    """Return the country, alpha-3, in which nearly all that happened lies; null where there is none."""
    counts = Counter(place.location.country for place in places if place.is_event_location)
    if not counts:
        return None
    country, count = counts.most_common(1)[0]
    if country is None or count < _SHARE * counts.total():
        return None
    return alpha3_of(country)


def _is_of_the_army(reading: Reading, unit: UnitMention) -> bool:
    """Return whether a word for armed forces stands within or just beside a formation: "the army's 46th Regiment"."""
    bounds = reading.bounds[reading.sentence_of[unit.first]]
    first, last = max(bounds[0], unit.first - _REACH), min(bounds[1], unit.last + _REACH)
    return reading.has("actors.forces", first, last)


def _at_home(unit: UnitMention, state: str) -> UnitMention:
    """Return a formation as one of a state's, linked where the registry has just one that fits."""
    sidc = unit.sidc and f"{unit.sidc[:3]}3{unit.sidc[4:]}"
    number = next((int(word) for word in re.findall(r"\d{1,4}", unit.text)), None)
    known = [
        item
        for item in (registry().numbered(number) if number else [])
        if item.side == state and sidc and item.sidc and item.sidc[_ECHELON] == sidc[_ECHELON]
    ]
    if len(known) != 1:
        return replace(unit, side=state, sidc=sidc)
    return replace(unit, id=known[0].id, name=known[0].name, side=state, sidc=known[0].sidc)
