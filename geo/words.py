"""The words in which locations explain themselves to an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.geo.place import Place

__all__ = ["compass", "kilometres", "sentence_of"]

_WINDS = (
    "north", "north-north-east", "north-east", "east-north-east",
    "east", "east-south-east", "south-east", "south-south-east",
    "south", "south-south-west", "south-west", "west-south-west",
    "west", "west-north-west", "north-west", "north-north-west",
)  # fmt: skip


def compass(bearing: float, *, adjective: bool = False) -> str:
    """Return the nearest of the sixteen winds in words ("north-east", "north-eastern")."""
    word = _WINDS[round(bearing % 360.0 / 22.5) % 16]
    return f"{word}ern" if adjective else word


def kilometres(metres: float) -> str:
    """Return a length as people say it: 700 m, 4.1 km, 34 km."""
    if metres < 1000.0:  # noqa: PLR2004 (a kilometre)
        return f"{metres:.0f} m"
    km = metres / 1000.0
    return f"{km:.1f} km".replace(".0 ", " ") if km < 20 else f"{km:,.0f} km"  # noqa: PLR2004


def sentence_of(place: Place, told: str) -> str:
    """Return the sentence that says what a place is and where the figure comes from."""
    where = ", ".join(part for part in (place.district, place.admin1 or place.country) if part)
    people = (
        f", {place.population:,} inhabitants"
        if place.population and place.kind == "settlement"
        else ""
    )
    how = {"exact": "", "variant": ", by another spelling", "fuzzy": ", by a similar spelling"}[
        place.matched
    ]
    return f"{place.name}, {place.kind} in {where or 'no known country'}{people} ({place.source}{how}): {told}."
