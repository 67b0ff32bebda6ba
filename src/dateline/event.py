"""The event: one thing a report says happened, and the columns of the table that holds many.

The table (see `dateline.table`) is a GeoDataFrame in EPSG:4326 with exactly the fields of `Event` as
its columns. `dateline schema` prints the JSON Schema of one row.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "COLUMNS",
    "EVENT_TYPES",
    "Casualties",
    "Event",
    "Side",
    "Source",
    "Unit",
    "stable_id",
    "stable_ids",
]

EVENT_TYPES: dict[str, tuple[str, ...]] = {
    "Battles": (
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": (
        "Sexual violence",
        "Attack",
        "Abduction/forced disappearance",
    ),
    "Protests": (
        "Peaceful protest",
        "Protest with intervention",
        "Excessive force against protesters",
    ),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
    "Deployment": (),
    "Statement of control": (),
    "Other": (),
}
"""Event types and their sub-event types: ACLED's code book, and three of ours that have no sub-types."""

_DAY_OR_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?")


def _iso_day_or_minute(value: str) -> str:
    """Return `value` unchanged if it is an ISO 8601 day or minute that exists in the calendar."""
    if not _DAY_OR_MINUTE.fullmatch(value):
        message = f"expected a day (2024-12-14) or a minute (2024-12-14T05:30), got {value!r}"
        raise ValueError(message)
    datetime.fromisoformat(value)
    return value


def _to_geometry(value: object) -> BaseGeometry | None:
    """Return a shapely geometry from a geometry or a GeoJSON mapping; an empty one becomes null."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = shape(value)
    if not isinstance(value, BaseGeometry):
        message = (
            f"expected a geometry, a GeoJSON geometry object or null, got {type(value).__name__}"
        )
        raise ValueError(message)  # noqa: TRY004 (pydantic turns ValueError, not TypeError, into a message)
    return None if value.is_empty else value


def _to_geojson(value: BaseGeometry | None) -> dict[str, Any] | None:
    """Return `value` as a GeoJSON geometry object."""
    return None if value is None else dict(mapping(value))


def _known_type(value: str) -> str:
    """Return `value` if it is an event type, or `type: sub-event type`, of `EVENT_TYPES`."""
    main, _, sub = value.partition(": ")
    if main not in EVENT_TYPES or (sub and sub not in EVENT_TYPES[main]):
        choices = ", ".join(EVENT_TYPES)
        message = f"expected one of {choices}, or 'type: sub-event type'; got {value!r}"
        raise ValueError(message)
    return value


IsoTime = Annotated[str, AfterValidator(_iso_day_or_minute)]
Geometry = Annotated[
    BaseGeometry | None,
    PlainValidator(_to_geometry),
    PlainSerializer(_to_geojson),
    WithJsonSchema(
        {
            "title": "GeoJSON geometry, WGS 84 longitude and latitude in degrees",
            "type": ["object", "null"],
            "properties": {"type": {"type": "string"}},
            "required": ["type"],
        }
    ),
]
Side = Annotated[str, Field(min_length=1, description="ISO 3166-1 alpha-3 code or a group's name")]
Count = Annotated[int, Field(ge=0)]
Status = Literal["claimed", "confirmed", "disputed", "denied"]
DatePrecision = Literal["minute", "day", "days", "week", "month", "year"]


class _Record(BaseModel):
    """What all records share: unknown members are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class Unit(_Record):
    """A military formation that takes part in an event."""

    id: str | None = Field(None, description="Identifier in the unit registry, null if not linked")
    name: str = Field(description="Name in the registry, else the words of the report")
    side: Side | None = None
    sidc: str | None = Field(
        None, pattern=r"^\d{20}$", description="Symbol code of MIL-STD-2525D, 20 digits"
    )


class Casualties(_Record):
    """A figure of people killed, wounded, captured or missing, or a strength."""

    min: Count | None = None
    max: Count | None = None
    kind: Literal["killed", "wounded", "captured", "missing", "strength"]
    who: str | None = Field(None, description="Who was hit or counted, in the words of the report")
    side: Side | None = None
    claimed_by: str | None = Field(None, description="Who says so; null if the report itself does")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        """Refuse a range whose ends are in the wrong order."""
        if self.min is not None and self.max is not None and self.min > self.max:
            message = f"expected min <= max, got {self.min} and {self.max}"
            raise ValueError(message)
        return self


class Source(_Record):
    """A published report that an event was read from."""

    publisher: str | None = None
    url: str | None = None
    published: IsoTime | None = None
    title: str | None = None
    excerpt: str | None = Field(
        None, description="The sentence or row that the event was read from"
    )
    licence: str | None = None


class Event(_Record):
    """One thing a report says happened: what, when, where, who, how many, who says so.

    Dates are local time at the event and the interval includes both ends. Unknown is null.
    """

    id: str = Field(min_length=1)
    title: str | None = None
    summary: str | None = None
    event_type: Annotated[str, AfterValidator(_known_type)] | None = None
    status: Status | None = None
    date_start: IsoTime | None = None
    date_end: IsoTime | None = None
    date_precision: DatePrecision | None = None
    place: str | None = Field(None, description="The place expression in the words of the report")
    geometry: Geometry = None
    uncertainty_m: float | None = Field(
        None, ge=0, description="Radius in metres that holds the true place 95 times in 100"
    )
    geo_precision: int | None = Field(None, ge=1, le=3, description="ACLED's code")
    where_prec: int | None = Field(None, ge=1, le=7, description="UCDP's code")
    method: str | None = Field(None, description="How the place was found")
    confidence: float | None = Field(None, ge=0, le=1, description="Confidence of the location")
    explanation: str | None = None
    country: str | None = Field(None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    admin1: str | None = Field(None, pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$", description="ISO 3166-2")
    sides: list[Side] = []
    units: list[Unit] = []
    casualties: list[Casualties] = []
    sources: list[Source] = []
    language: str | None = Field(None, description="ISO 639-1 code of the report's language")
    graphic: bool | None = None
    extra: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        """Refuse an interval that ends before it starts."""
        if self.date_start and self.date_end and self.date_end[:10] < self.date_start[:10]:
            message = f"expected date_start <= date_end, got {self.date_start} and {self.date_end}"
            raise ValueError(message)
        return self


COLUMNS: tuple[str, ...] = tuple(Event.model_fields)
"""The columns of the events table, in order."""


def stable_id(*parts: object) -> str:
    """Return an identifier that is the same in every run for the same parts.

    Parameters
    ----------
    parts
        What makes the event this one: its source and the span it was read from.

    Returns
    -------
    str
        Sixteen hexadecimal digits.
    """
    return hashlib.sha256(_joined(parts)).hexdigest()[:16]


def stable_ids(*parts: object) -> Callable[..., str]:
    """Return what gives the identifiers of parts that begin with the same, which is read once however long it is.

    Parameters
    ----------
    parts
        What they begin with: the text of a report.

    Returns
    -------
    callable
        Takes the further parts and gives what `stable_id` gives for all.
    """
    begun = hashlib.sha256(_joined(parts))

    def identify(*further: object) -> str:
        whole = begun.copy()
        whole.update(b"\x1f" + _joined(further))
        return whole.hexdigest()[:16]

    return identify


def _joined(parts: tuple[object, ...]) -> bytes:
    """Return parts in a row, a sign between them that none holds."""
    return "\x1f".join("" if part is None else str(part) for part in parts).encode()
