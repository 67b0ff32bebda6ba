"""Sides, units and publishers of the events, as readers filter by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.layers.clean import clean, host_of
from dateline.layers.columns import Facet, facet

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["UnitMember", "publishers", "sides_of", "units_of"]

_LONGEST = 160
_FIELDS = ("name", "side", "sidc", "id")


@dataclass(frozen=True, slots=True)
class UnitMember:
    """What the page knows of one unit."""

    name: str
    side: str
    sidc: str
    id: str

    def as_json(self) -> list[str]:
        """Return name, side, symbol code and identifier."""
        return [self.name, self.side, self.sidc, self.id]


def sides_of(cells: Sequence[Sequence[Any]]) -> list[tuple[str, ...]]:
    """Return for each event its sides, each once, sorted."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = []
    for cell in cells:
        given = tuple(side for side in cell if isinstance(side, str))
        if given not in known:
            known[given] = _sorted([clean(side, _LONGEST) for side in given])
        found.append(known[given])
    return found


def _sorted(names: list[str]) -> tuple[str, ...]:
    """Return names, each once and none empty, sorted."""
    return tuple(sorted({name for name in names if name})) if names else ()


def units_of(cells: Sequence[Sequence[Any]]) -> tuple[Facet, list[UnitMember]]:
    """Return the facet of units, and what is known of each of its members, in their order.

    A unit is known by its name and side: two sides may have a 1st Brigade each. Its member is its name,
    with the side in brackets where the name alone would not tell.
    """
    seen: dict[tuple[str, str], UnitMember] = {}
    known: dict[object, UnitMember] = {}
    keys: list[list[tuple[str, str]]] = []
    for cell in cells:
        row = []
        for unit in cell:
            given = _given(unit)
            member = known.get(given)
            if member is None:
                member = known.setdefault(given, _unit(unit))
            if member.name:
                key = (member.name, member.side)
                seen.setdefault(key, member)
                row.append(key)
        keys.append(row)
    labels = _labels(seen)
    found = facet([_sorted([labels[key] for key in row]) for row in keys])
    by_label = {labels[key]: member for key, member in seen.items()}
    nobody = UnitMember("", "", "", "")
    return found, [by_label.get(label, nobody) for label in found.members]


def _given(unit: object) -> object:
    """Return what tells one unit as given from another."""
    if type(unit) is dict:
        return (unit.get("name"), unit.get("side"), unit.get("sidc"), unit.get("id"))
    return str(unit)


def _unit(unit: object) -> UnitMember:
    """Return a unit given as an object, or by its name alone."""
    if isinstance(unit, Mapping):
        texts = [clean(unit.get(name), _LONGEST) for name in _FIELDS]
        return UnitMember(*texts)
    return UnitMember(clean(unit, _LONGEST), "", "", "")


def _labels(units: Mapping[tuple[str, str], UnitMember]) -> dict[tuple[str, str], str]:
    """Return a label for each unit that no other unit has."""
    names: dict[str, int] = {}
    for name, _ in units:
        names[name] = names.get(name, 0) + 1
    return {
        (name, side): name if names[name] == 1 else f"{name} ({side or '?'})"
        for name, side in units
    }


def publishers(cells: Sequence[Sequence[Any]]) -> list[tuple[str, ...]]:
    """Return for each event who published it: the publisher, else the host of the address."""
    hosts: dict[str, str] = {}
    found = [[_publisher(source, hosts) for source in cell] for cell in cells]
    return [tuple(names) if len(names) == 1 and names[0] else _sorted(names) for names in found]


def _publisher(source: object, hosts: dict[str, str]) -> str:
    """Return the publisher of one source."""
    if type(source) is not dict and not isinstance(source, Mapping):
        return ""
    name = source.get("publisher")
    if name:
        return clean(name, _LONGEST)
    address = source.get("url")
    if not isinstance(address, str):
        return ""
    start = address[: address.find("/", 8) if "/" in address[8:_LONGEST] else _LONGEST]
    if start not in hosts:
        hosts[start] = host_of(start)
    return hosts[start]
