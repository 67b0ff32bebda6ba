"""Sides, units and publishers of the events, as readers filter by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateline.layers.clean import clean, host_of
from dateline.layers.columns import Facet, facet_of
from dateline.layers.nested import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.layers.nested import Nested

__all__ = ["UnitMember", "publishers", "sides_of", "units_of", "words_of"]

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


def words_of(words: Sequence[str]) -> Facet:
    """Return the facet of one word an event; the empty word is "not stated"."""
    codes, found = numbered(words)
    return facet_of(None, codes, found)


def sides_of(cells: Nested) -> Facet:
    """Return the facet of the sides of each event."""
    codes, found = numbered(item if isinstance(item, str) else "" for item in cells.items)
    return facet_of(cells.lengths, codes, [clean(side, _LONGEST) for side in found])


def units_of(cells: Nested) -> tuple[Facet, list[UnitMember]]:
    """Return the facet of units, and what is known of each of its members, in their order.

    A unit is known by its name and side: two sides may have a 1st Brigade each. Its member is its name,
    with the side in brackets where the name alone would not tell.
    """
    codes, found = _distinct(cells)
    members = [_unit(unit) for unit in found]
    seen: dict[tuple[str, str], UnitMember] = {}
    for member in members:
        if member.name:
            seen.setdefault((member.name, member.side), member)
    labels = _labels(seen)
    facet = facet_of(
        cells.lengths, codes, [labels.get((member.name, member.side), "") for member in members]
    )
    by_label = {labels[key]: member for key, member in seen.items()}
    nobody = UnitMember("", "", "", "")
    return facet, [by_label.get(label, nobody) for label in facet.members]


def _distinct(cells: Nested) -> tuple[Any, list[Any]]:
    """Return the number of each unit as given, and the units that differ."""
    if set(map(type, cells.items)) <= {dict}:
        keys = list(zip(*(cells.field(name) for name in _FIELDS), strict=True))
        try:
            codes, found = numbered(keys)
        except TypeError:  # fields that are no texts
            pass
        else:
            return codes, [dict(zip(_FIELDS, key, strict=True)) for key in found]
    texts, found = numbered(map(repr, cells.items))
    first = dict(zip(reversed(texts.tolist()), reversed(cells.items), strict=True))
    return texts, [first[number] for number in range(len(found))]


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


def publishers(cells: Nested) -> Facet:
    """Return the facet of who published each event: the publisher, else the host of the address."""
    names = cells.field("publisher")
    if not all(names):
        names = [
            name or _site(address) for name, address in zip(names, cells.field("url"), strict=True)
        ]
    codes, found = numbered(map(str, names))
    labels = [
        host_of(name[1:]) if name.startswith(_SITE) else clean(name, _LONGEST) for name in found
    ]
    return facet_of(cells.lengths, codes, labels)


_SITE = "\x00"
"""Marks the beginning of an address where a publisher's name should stand; no cleaned name has it."""


def _site(address: object) -> str:
    """Return the part of an address that tells its host, marked."""
    return _SITE + "/".join(address.split("/", 3)[:3]) if isinstance(address, str) else ""
