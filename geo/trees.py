"""From a pattern that matched to the tree it means: one function a kind of pattern."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from dateline.geo.expression import (
    Along,
    Bearing,
    Between,
    Border,
    Coordinates,
    Distance,
    Expression,
    Joint,
    Name,
    Near,
    Offset,
    Part,
    Road,
    Several,
    Within,
)
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.geo.grammar import Grammar

__all__ = ["BUILDERS", "Match", "with_outer"]


class Slots(Protocol):
    """What reads the places that stand in a pattern's slots."""

    grammar: Grammar

    def slot(self, text: str, depth: int) -> Expression | None:
        """Return the best reading of what stands in a place slot."""
        ...

    def clean(self, text: str) -> str | None:
        """Return a name without articles and marks around it, null if it cannot be a name."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that matched: the grammar and the text of each slot."""

    parser: Slots
    groups: dict[str, str]
    depth: int

    def place(self, slot: str = "place") -> Expression | None:
        """Return what a slot holds."""
        return self.parser.slot(self.groups[slot], self.depth + 1) if slot in self.groups else None

    def metres(self) -> float | None:
        """Return the distance in metres."""
        return self.parser.grammar.words.metres(fold(self.groups["distance"]))

    def bearing(self) -> float | None:
        """Return the bearing in degrees, null for the centre."""
        text = self.groups.get("direction")
        return None if text is None else self.parser.grammar.words.bearing(fold(text))


def _offset(match: Match) -> Expression | None:
    """Return the offset a match means."""
    place, metres, bearing = match.place(), match.metres(), match.bearing()
    if place is None or metres is None or bearing is None:
        return None
    return Offset(place, metres, bearing)


def _distance(match: Match, *, within: bool) -> Expression | None:
    """Return the ring or disc a match means."""
    place, metres = match.place(), match.metres()
    return None if place is None or metres is None else Distance(place, metres, within)


def _bearing(match: Match) -> Expression | None:
    """Return the sector a match means."""
    place, bearing = match.place(), match.bearing()
    return None if place is None or bearing is None else Bearing(place, bearing)


def _pair(match: Match, node: Callable[[Expression, Expression], Expression]) -> Expression | None:
    """Return a node of two places."""
    place, other = match.place(), match.place("place2")
    return None if place is None or other is None else node(place, other)


def _border(match: Match) -> Expression | None:
    """Return the border of one place, or between two; adjectives are the areas they are made of."""
    if "people" in match.groups:
        one = _country(match, "people")
        if "people2" not in match.groups:
            return None if one is None else Border(one)
        two = _country(match, "people2")
        return None if one is None or two is None or one == two else Border(one, two)
    place = _side(match, "place")
    if place is None:
        return None
    if "place2" in match.groups:
        other = _side(match, "place2")
        return (
            None
            if other is None
            else Border(_like(place, other, match), _like(other, place, match))
        )
    if isinstance(place, Several) and len(place.members) == 2:  # noqa: PLR2004 (two sides of a border)
        return Border(*place.members)
    return _bounded(place, match, Border)


def _country(match: Match, slot: str) -> Name | None:
    """Return the country whose people's adjective a slot holds ("Russian", "russo")."""
    code = match.parser.grammar.words.people(fold(match.groups[slot]))
    return None if code is None else Name(f"iso:{code}", f"iso:{code}", "country")


def _side(match: Match, slot: str) -> Expression | None:
    """Return a side of a border: a place, or the country or region that an adjective is made of."""
    place = match.place(slot)
    if not isinstance(place, Name) or place.noun is not None:
        return place
    if place.text == match.groups[slot].strip():
        country = _country(match, slot)
        if country is not None:
            return country
    if match.parser.grammar.words.is_adjective(place.text):
        return replace(place, noun="region")
    return place


def _like(place: Expression, other: Expression, match: Match) -> Expression:
    """Return an adjective with the generic word of the other, which stands once for both ("of A and B regions")."""
    words = match.parser.grammar.words
    if isinstance(place, Name) and isinstance(other, Name) and place.noun is None and other.noun:
        return replace(place, noun=other.noun) if words.is_adjective(place.text) else place
    return place


def _beside(match: Match) -> Expression | None:
    """Return the part of an area, or what lies in that direction from a town."""
    place, bearing = match.place(), match.bearing()
    return None if place is None or bearing is None else Part(place, bearing, beside=True)


def _part(match: Match) -> Expression | None:
    """Return a part of a place."""
    place = match.place()
    if place is None:
        return None
    direction, words = match.groups.get("direction"), match.groups.get("place", "")
    name = match.parser.clean(f"{direction} {words}") if direction else None
    whole = f"{direction} {words}" in match.groups.get("whole", "") and isinstance(place, Name)
    return Part(place, match.bearing(), whole=Name(name, name) if name and whole else None)


def _part_adjective(match: Match) -> Expression | None:
    """Return a part of a place, or what direction and name are together."""
    part = _part(match)
    name = match.parser.clean(match.groups["whole"])
    if part is None or name is None or not isinstance(part, Part):
        return part
    return replace(part, whole=Name(name, name))


def _inner_part(match: Match) -> Expression | None:
    """Return a part of a region whose own name begins with a direction ("southern North Kivu")."""
    direction = match.groups.get("direction", "")
    first, _, rest = direction.partition(" ")
    words = match.parser.grammar.words
    bearing = words.bearing(fold(first))
    if not rest or bearing is None or words.is_one_direction(fold(direction)):
        return None
    name = match.parser.clean(f"{rest} {match.groups['place']}")
    return None if name is None else Part(Name(name, name), bearing)


def _outskirts(match: Match) -> Expression | None:
    """Return the outskirts of a place."""
    place = match.place()
    return None if place is None else Near(place, "outskirts")


def _near(match: Match) -> Expression | None:
    """Return the surroundings of a place; an adjective beside "in the area" makes it a district."""
    place = match.place()
    words = match.parser.grammar.words
    if (
        isinstance(place, Name)
        and place.noun is None
        and place.text[:1].islower()
        and words.is_adjective(place.text)
    ):
        return None
    return None if place is None else place if isinstance(place, (Near, Offset)) else Near(place)


def _along(match: Match) -> Expression | None:
    """Return what lies along a line, or on one bank of a river."""
    place = match.place()
    if place is None:
        return None
    before, _, after = match.groups["whole"].partition(match.groups["place"])
    side = match.parser.grammar.words.bank(fold(f"{before} {after}"))
    return _bounded(place, match, lambda line: Along(line, side))


def _bounded(
    place: Expression, match: Match, node: Callable[[Expression], Along | Border]
) -> Expression:
    """Return a node of a place; of "the Dnipro in Kherson region", what of the node lies in that."""
    if not isinstance(place, Name) or not place.within:
        return node(place)
    outer = match.parser.slot(place.within[-1], match.depth + 1)
    bare = replace(place, within=())
    return Within(node(bare), outer) if isinstance(outer, Name) else node(place)


def _inside(match: Match) -> Expression | None:
    """Return a place with the larger place named after it; of a part of that ("in northern Syria"), the whole."""
    place, outer = match.place(), match.place("place2")
    if isinstance(outer, Part):
        outer = outer.place
    if place is None or not isinstance(outer, Name):
        return None
    if isinstance(place, (Along, Border)):
        return Within(place, outer)
    for wider in (*outer.within, outer.full if outer.noun else outer.text):
        place = with_outer(place, wider)
    return place


def _named(match: Match) -> Expression | None:
    """Return a name with its generic word; of one that explains it ("El Fasher, the capital"), the name alone."""
    words = match.parser.grammar.words
    given, whole = match.groups["name"], match.groups["whole"]
    before, comma, between = given.rpartition(",")
    if comma and (not between.strip() or fold(between.strip()) in words.articles):
        given = whole = before
    name = match.parser.clean(given)
    noun = words.noun(fold(match.groups["noun"]))
    if name is None or noun is None:
        return None
    return Name(name, whole, noun)


BUILDERS: dict[str, Callable[[Match], Expression | None]] = {
    "offset": _offset,
    "within": lambda match: _distance(match, within=True),
    "distance": lambda match: _distance(match, within=False),
    "bearing": _bearing,
    "side": _beside,
    "between": lambda match: _pair(match, Between),
    "border": _border,
    "road": lambda match: _pair(match, Road),
    "along": _along,
    "outskirts": _outskirts,
    "near": _near,
    "part": _part,
    "inner_part": _inner_part,
    "part_adjective": _part_adjective,
    "at": lambda match: match.place(),
    "inside": _inside,
    "named": _named,
}


def with_outer(expression: Expression, outer: str) -> Expression:
    """Return the expression with `outer` named after each of its names."""
    if isinstance(expression, Name):
        return replace(expression, within=(*expression.within, outer))
    if isinstance(expression, (Several, Joint)):
        return replace(
            expression, members=tuple(with_outer(member, outer) for member in expression.members)
        )
    if isinstance(expression, Coordinates):
        return expression
    changed = {
        slot: with_outer(child, outer)
        for slot in ("place", "other")
        if (child := getattr(expression, slot, None)) is not None
    }
    return replace(expression, **cast("Any", changed))
