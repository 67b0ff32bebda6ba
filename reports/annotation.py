"""Annotation: every mention of a report, with offsets, roles and figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from dateline.event import stable_ids
from dateline.geo.geocoder import Context
from dateline.geo.spans import Spans
from dateline.reports.attribution import Attribution, attributions
from dateline.reports.background import Background, backgrounds
from dateline.reports.deeds import sentence_type
from dateline.reports.home import with_home
from dateline.reports.mentions.actors import ActorMention, find_actors
from dateline.reports.mentions.casualties import CasualtyMention, find_casualties
from dateline.reports.mentions.dates import DateMention, find_dates
from dateline.reports.mentions.units import UnitMention, find_units
from dateline.reports.ordinary import is_cut_out, is_ordinary
from dateline.reports.place_lines import dateline_end
from dateline.reports.published import publication_warnings
from dateline.reports.reading import Reading, read
from dateline.reports.roles import place_role
from dateline.reports.tables.states import alpha2_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.geo.geocoder import Found
    from dateline.geo.location import Location
    from dateline.reports.report import Report

__all__ = ["Annotation", "PlaceMention", "annotate"]

_ATTACK = "Violence against civilians: Attack"
_WIDE = frozenset(("country", "institution"))
_NO_DEED = (
    "events.future", "events.hypothetical", "attribution.negation", "attribution.say",
    "attribution.comment", "roles.meetings",
)  # fmt: skip
_EVENT_ROLES = frozenset(("event", "deployment"))


class _Geocoder(Protocol):
    """What is asked of a geocoder here."""

    def find(self, text: str, language: str, context: Context | None = None) -> Sequence[Found]:
        """Return every place expression of a running text."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A stretch of text that names a place, where that is, and its role in the report."""

    start: int
    end: int
    text: str
    kind: str
    role: str
    location: Location

    @property
    def is_event_location(self) -> bool:
        """Whether something reported happened there."""
        return self.role in _EVENT_ROLES


@dataclass(frozen=True)
class Annotation:
    """All mentions of one report.

    Attributes
    ----------
    report
        What was read.
    reading
        The report as its words.
    places, dates, units, casualties, actors
        The mentions, in order.
    said
        For each sentence who says so.
    types
        For each sentence what happened, null where nothing did.
    background
        Sentences that tell of the past, and figures that count more than one event.
    warnings
        What the user should know, one line each.
    """

    report: Report
    reading: Reading
    places: list[PlaceMention]
    dates: list[DateMention]
    units: list[UnitMention]
    casualties: list[CasualtyMention]
    actors: list[ActorMention]
    said: list[Attribution]
    types: list[str | None]
    background: Background
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def identify(self) -> Callable[..., str]:
        """What gives the identifier of an event of the report: from where it is told and what it is."""
        return stable_ids(self.report.url or self.report.text)

    @cached_property
    def datelines(self) -> list[int]:
        """Code points at which the datelines of the report end."""
        ends = [
            dateline_end(self.reading, place.start, place.end)
            for place in self.places
            if place.role == "dateline"
        ]
        return [end for end in ends if end is not None]

    def to_json(self) -> dict[str, Any]:
        """Return the annotation as the object that `dateline annotate` prints.

        Places that no gazetteer has stand apart, as `unplaced`: whoever reads `places` can rely on a point.
        """
        report = self.report
        found: dict[str, Any] = {
            "file": report.file,
            "lang": report.language,
            "published": report.published,
            "published_method": report.published_method,
            "places": [
                _place_json(mention) for mention in self.places if mention.location.lon is not None
            ],
            "dates": [_date_json(mention) for mention in self.dates],
            "units": [_members(mention, "id", "name", "side", "sidc") for mention in self.units],
            "casualties": [
                _members(mention, "min", "max", "who", "kind", "side", "claimed_by")
                for mention in self.casualties
            ],
            "actors": [_members(mention, "side") for mention in self.actors],
            "unplaced": [
                _members(mention, "kind", "role", "is_event_location")
                for mention in self.places
                if mention.location.lon is None
            ],
        }
        if report.extracted:
            found["text"] = report.text
        return found


def annotate(report: Report, geocoder: _Geocoder) -> Annotation:
    """Return every mention found in a report.

    Parameters
    ----------
    report
        The report; without a language it is read by the English lexicon.
    geocoder
        Finds the places: a `Geocoder`, or anything with its `find`.

    Returns
    -------
    Annotation
        The mentions in the order of the text.
    """
    reading = read(report)
    actors = find_actors(reading)
    units = find_units(reading, _state_of(reading, actors))
    dates = [date for date in find_dates(reading) if not _within(date, units)]
    said = attributions(reading, actors)
    casualties = find_casualties(reading, actors, dates, units, said)
    background = backgrounds(reading, dates, casualties)
    types = _types(reading, casualties, background)
    about = _countries([*actors, *units])
    context = Context(language=report.language, published=report.published, about=about)
    found = list(geocoder.find(report.text, report.language or "en", context))
    _complete(reading, types, found, casualties, background)
    places = _places(reading, found, [*actors, *units], dates, said, types)
    units = with_home(reading, units, places, actors)
    warnings = publication_warnings(report, undated=any(date.interval is None for date in dates))
    actors = _outside_names(actors, places)
    return Annotation(
        report, reading, places, dates, units, casualties, actors, said, types, background, warnings
    )


def _within(date: DateMention, units: list[UnitMention]) -> bool:
    """Tell whether a date is part of a unit's name ("March 23 Movement")."""
    return any(unit.start <= date.start and date.end <= unit.end for unit in units)


def _outside_names(actors: list[ActorMention], places: list[PlaceMention]) -> list[ActorMention]:
    """Return the actors that are no part of a town's longer name: "معرة مصرين" has no Egyptians."""
    towns = [(place.start, place.end) for place in places if place.kind == "settlement"]
    names = Spans(towns)
    return [
        actor
        for actor in actors
        if (actor.start, actor.end) in towns or not names.hold(actor.start, actor.end)
    ]


def _state_of(reading: Reading, actors: list[ActorMention]) -> str | None:
    """Return the state whose own forces a report speaks of, null where that is not plain.

    The only one whose forces are named; where none are, the only one that the headline names, or the whole report.
    """
    states = [actor for actor in actors if alpha2_of(actor.side)]
    first = reading.bounds[0][1] if reading.bounds else 0
    forces = {actor.side for actor in states if actor.force}
    headline = {actor.side for actor in states if actor.first < first}
    told = (forces,) if forces else (headline, {actor.side for actor in states})
    return next((sides.pop() for sides in told if len(sides) == 1), None)


def _countries(parties: list[ActorMention | UnitMention]) -> frozenset[str]:
    """Return the countries, alpha-2, that the parties of a report belong to."""
    sides = {party.side for party in parties}
    return frozenset(code for code in map(alpha2_of, sides) if code)


def _types(
    reading: Reading, casualties: list[CasualtyMention], background: Background
) -> list[str | None]:
    """Return the event type of each sentence; figures of people hit make a sentence an event."""
    types: list[str | None] = [
        None if number in background.sentences else sentence_type(reading, number)
        for number in range(len(reading.sentences))
    ]
    for mention in casualties:
        number = reading.sentence_of[mention.first]
        if mention.force and mention.kind != "strength" and types[number] == _ATTACK:
            types[number] = "Battles: Armed clash"
        if mention.kind == "strength" or types[number] or number in background.sentences:
            continue
        first, last = reading.bounds[number]
        if not reading.has("events.hypothetical", first, last) and not reading.has(
            "events.future", first, last
        ):
            types[number] = "Other"
    return types


def _complete(
    reading: Reading,
    types: list[str | None],
    found: list[Found],
    casualties: list[CasualtyMention],
    background: Background,
) -> None:
    """Give a type to a sentence that says where, before one that says how many and no place.

    "Troops entered a camp in Jenin on Tuesday. At least ten people were killed." tells one event
    even where no word of the first is known for a deed.
    """
    placed = {reading.sentence_at(place.start) for place in found if place.kind not in _WIDE}
    hit = {
        reading.sentence_of[item.first]
        for item in casualties
        if item.kind != "strength" and item.first not in background.totals
    }
    for number in range(len(types) - 1):
        first, last = reading.bounds[number]
        if (
            types[number] is None
            and number in placed - background.sentences
            and number + 1 in hit - placed - background.sentences
            and not any(reading.has(name, first, last) for name in _NO_DEED)
        ):
            types[number] = "Other"


def _places(
    reading: Reading,
    found: list[Found],
    named: list[ActorMention | UnitMention],
    dates: list[DateMention],
    said: list[Attribution],
    types: list[str | None],
) -> list[PlaceMention]:
    """Return the places of a report with their roles; none inside a date or the name of a unit."""
    occupied = Spans(
        (item.start, item.end) for item in named if isinstance(item, UnitMention) or item.force
    )
    whole = Spans((item.start, item.end) for item in named if isinstance(item, UnitMention))
    dated = Spans((item.start, item.end) for item in dates)
    by_sentence: dict[int, list[Found]] = {}
    for place in found:
        if dated.hold(place.start, place.end):
            continue
        if is_ordinary(reading, place, whole) or is_cut_out(reading.text, place, found):
            continue
        by_sentence.setdefault(reading.sentence_at(place.start), []).append(place)
    mentions = []
    for number, group in sorted(by_sentence.items()):
        for place in group:
            role = place_role(
                reading, place, occupied=occupied, said=said[number], kind=types[number],
                others=group,
            )  # fmt: skip
            end = min(place.end, reading.sentences[number].end)
            words = reading.text[place.start : end].rstrip(" .,;:")
            mentions.append(
                PlaceMention(
                    place.start, place.start + len(words), words, place.kind, role, place.location
                )
            )
    return mentions


def _members(mention: Any, *names: str) -> dict[str, Any]:
    """Return offsets, text and the named members of a mention."""
    return {name: getattr(mention, name) for name in ("start", "end", "text", *names)}


def _date_json(mention: DateMention) -> dict[str, Any]:
    """Return a date as an interval of ISO 8601 days or minutes."""
    interval = mention.interval
    if interval is None:
        return _members(mention) | {"from": None, "to": None, "precision": None}
    time = f"T{interval.time}" if interval.time else ""
    return _members(mention) | {
        "from": f"{interval.first.isoformat()}{time}",
        "to": f"{interval.last.isoformat()}{time}",
        "precision": interval.precision,
    }


def _place_json(mention: PlaceMention) -> dict[str, Any]:
    """Return a place with its role and location."""
    location = mention.location
    bounds = location.geometry.bounds if location.geometry is not None else None
    return _members(mention, "kind", "role", "is_event_location") | {
        "name": location.name,
        "lon": location.lon,
        "lat": location.lat,
        "bbox": [round(value, 6) for value in bounds] if bounds else None,
        "uncertainty_m": location.uncertainty_m,
        "confidence": location.confidence,
        "country": location.country,
        "admin1": location.admin1,
        "method": location.method,
    }
