"""Place expressions: the small tree that the words naming a place are parsed to.

The leaves are `Name` and `Coordinates`; every other node says where something is relative to them.
`dateline.geo.grammar` makes the tree, `dateline.geo.evaluate` gives it a geometry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Along",
    "Bearing",
    "Between",
    "Border",
    "Capital",
    "Coordinates",
    "Distance",
    "Expression",
    "Joint",
    "Name",
    "Near",
    "NounClass",
    "Offset",
    "Part",
    "Road",
    "Several",
    "Side",
    "Within",
    "names_of",
    "with_larger",
]

NounClass = Literal[
    "settlement", "region", "district", "country", "water", "facility", "front", "road"
]


Side: TypeAlias = Literal["left", "right"] | float
"""A bank of a river."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, with the generic word beside it and the larger places named after it.

    Attributes
    ----------
    text
        The name without generic words: "Kursk" of "the Kursk region".
    full
        Name and generic word as written: "Kursk region".
    noun
        What the generic word says the place is, null where there is none.
    within
        Names of larger places that follow: ("Louisiana",) of "Alexandria, Louisiana".
    """

    text: str
    full: str
    noun: NounClass | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a place that lies in one direction; bearing null is its centre.

    Where the direction stands directly before the name, `whole` is both as one name, which a gazetteer may
    know ("South Bend"). With `beside`, the words mean what lies in that direction from it if the place is no
    area ("au sud du Liban" is in Lebanon, "au sud de Goma" is not in Goma).
    """

    place: Expression
    bearing: float | None
    whole: Name | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Capital:
    """The capital of a country."""

    place: Name


@dataclass(frozen=True, slots=True)
class Border:
    """The border of one place, or between two; null is a border whose owner only the context knows."""

    place: Expression
    other: Expression | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance in metres and a bearing in degrees from a place."""

    place: Expression
    metres: float
    bearing: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """A direction from a place without a distance."""

    place: Expression
    bearing: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance in metres from a place without a direction; within: up to that distance."""

    place: Expression
    metres: float
    within: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """Somewhere between two places."""

    place: Expression
    other: Expression


@dataclass(frozen=True, slots=True)
class Near:
    """Near a place, or at its outskirts."""

    place: Expression
    closeness: Literal["near", "outskirts"] = "near"


@dataclass(frozen=True, slots=True)
class Along:
    """Along a river, a border or a road.

    `side` is the bank that is meant: left and right as seen down the river, or a bearing in degrees; null is both.
    """

    place: Expression
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """What of a line or its border lies in a larger place: "the left bank of the Dnipro in Kherson region"."""

    place: Expression
    other: Name


@dataclass(frozen=True, slots=True)
class Road:
    """The road between two places."""

    place: Expression
    other: Expression


@dataclass(frozen=True, slots=True)
class Several:
    """More than one place, named together."""

    members: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """What three or more places enclose: where their borders meet, or the triangle between them."""

    members: tuple[Expression, ...]
    how: Literal["meeting", "triangle"]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Coordinates as written.

    Attributes
    ----------
    lon, lat
        Degrees, EPSG:4326.
    metres
        Half the step of the last digit given, on the ground.
    notation
        Decimal degrees, degrees and minutes, MGRS or plus code: for the explanation.
    """

    lon: float
    lat: float
    metres: float
    notation: str


Expression: TypeAlias = (
    Name
    | Part
    | Capital
    | Border
    | Offset
    | Bearing
    | Distance
    | Between
    | Near
    | Along
    | Within
    | Road
    | Several
    | Joint
    | Coordinates
)


def names_of(expression: Expression) -> Iterator[Name]:
    """Yield the names in an expression, left to right."""
    if isinstance(expression, Name):
        yield expression
        return
    if isinstance(expression, (Several, Joint)):
        for member in expression.members:
            yield from names_of(member)
        return
    for slot in ("whole", "place", "other"):
        child = getattr(expression, slot, None)
        if child is not None:
            yield from names_of(child)


def with_larger(expression: Expression, areas: tuple[str, ...]) -> Expression:
    """Return an expression whose names are said to lie in one of some areas.

    Parameters
    ----------
    expression
        Any.
    areas
        Names of the larger places.
    """
    if isinstance(expression, Name):
        return replace(expression, within=(*expression.within, *areas))
    if isinstance(expression, (Several, Joint)):
        members = tuple(with_larger(member, areas) for member in expression.members)
        return replace(expression, members=members)
    children: dict[str, Any] = {
        slot: with_larger(child, areas)
        for slot in ("whole", "place", "other")
        if (child := getattr(expression, slot, None)) is not None
    }
    return replace(expression, **children)
