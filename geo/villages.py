"""Villages, camps and quarters that reports of wars name and the world's table of places lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.geo.place import Place
from dateline.geo.tables import Named, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["VILLAGES", "known_as", "villages_at_war"]

VILLAGES = "villages.csv"
PREFIX = "village:"
RADIUS_M = 6000.0  # holds a village of the table in 19 of 20: points are good to some kilometres
_KNOWN = 5000  # inhabitants of a town that reports name as often


def villages_at_war() -> Iterator[Named]:
    """Yield the villages with their names in many languages."""
    for row in read_table(VILLAGES):
        names = tuple(row["names"].split("|"))
        place = Place(
            id=f"{PREFIX}{row['country']}-{names[0]}",
            name=names[0],
            kind="settlement",
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            admin1=row["admin1"] or None,
            source="villages",
            radius_m=RADIUS_M,
        )
        yield Named(place, names)


def known_as(place: Place) -> int | None:
    """Return the inhabitants of a town that reports name as often as a village of the table; null of other places."""
    return _KNOWN if place.id.startswith(PREFIX) else None
