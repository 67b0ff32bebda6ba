"""Events: mentions joined by sentence and paragraph to what happened, where, when and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.event import Casualties, Event, Source, Unit, stable_id
from dateline.reports.headline import headline

if TYPE_CHECKING:
    from dateline.event import Status
    from dateline.reports.annotation import Annotation, PlaceMention
    from dateline.reports.mentions.calendar import Interval
    from dateline.reports.mentions.casualties import CasualtyMention
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.mentions.units import UnitMention
    from dateline.reports.report import Report

__all__ = ["events_of"]

_FINENESS = {
    "coordinates": 9, "facility": 8, "offset": 8, "settlement": 8, "near": 8, "between": 7,
    "several": 7, "along": 6, "distance": 6, "sector": 6, "border": 6, "district": 5,
    "part_of_region": 4, "water": 4, "region": 3, "country": 1,
}  # fmt: skip
_COUNTRY = 1
_OLD_DAYS = 45
_PRECISION = {"minute": 5, "day": 4, "days": 3, "week": 2, "month": 1, "year": 0}
_EXCERPT = 500
_MAX_GAP = 3
_SAME_KM = 0.3


@dataclass(slots=True)
class _Facts:
    """What one sentence tells."""

    sentence: int
    kind: str | None
    places: list[PlaceMention]
    dates: list[DateMention]
    units: list[UnitMention]
    casualties: list[CasualtyMention]
    sides: list[str]
    speaker: str | None
    status: Status | None

    @property
    def place(self) -> PlaceMention | None:
        """The finest place where something happened; the first of several as fine."""
        if not self.places:
            return None
        return max(self.places, key=lambda place: (_fine(place), -place.start))


@dataclass(slots=True)
class _Draft:
    """An event as far as it has been read."""

    facts: list[_Facts] = field(default_factory=list)

    @property
    def deployment(self) -> bool:
        """Whether the event is a deployment."""
        return self.facts[0].kind == "Deployment"

    @property
    def place(self) -> PlaceMention | None:
        """The finest place of all its sentences; the first of several as fine."""
        places = [facts.place for facts in self.facts if facts.place is not None]
        return max(places, key=lambda place: (_fine(place), -place.start)) if places else None

    @property
    def interval(self) -> Interval | None:
        """The most precise time of all its sentences."""
        dates = [date.interval for facts in self.facts for date in facts.dates if date.interval]
        return max(dates, key=lambda item: _PRECISION[item.precision]) if dates else None


def events_of(report: Report, annotation: Annotation) -> list[Event]:
    """Return the events that a report tells of, in the order of the text.

    A sentence tells of an event where a word of the lexicon says that something happened and there
    is a place, a figure or a date to it. Later sentences that speak of the same (same place or none
    of their own, times that agree, the same kind) are joined to it; sentences without an event of
    their own give it the units that they name. Forecasts, threats, history and mere statements make
    no event.

    Parameters
    ----------
    report
        The report.
    annotation
        Its mentions.

    Returns
    -------
    list of Event
        Without place or date where the report gives none.
    """
    drafts: list[_Draft] = []
    for facts in _all_facts(annotation):
        _place_facts(drafts, facts, annotation)
    return [_event(report, annotation, draft) for draft in drafts]


def _fine(place: PlaceMention) -> int:
    """Return how fine a place is; one that was not found is coarser than any that was."""
    return _FINENESS.get(place.kind, 2) - (0 if place.location.geometry is not None else 10)


def _all_facts(annotation: Annotation) -> list[_Facts]:
    """Return what each sentence tells."""
    reading = annotation.reading
    found = [
        _Facts(number, kind, [], [], [], [], [], said.speaker, said.status)
        for number, (kind, said) in enumerate(zip(annotation.types, annotation.said, strict=True))
    ]
    for place in annotation.places:
        if place.is_event_location:
            found[reading.sentence_at(place.start)].places.append(place)
    for date in annotation.dates:
        number = reading.sentence_of[date.first]
        if date.interval is not None and not _dates_speech(annotation, date, number):
            found[number].dates.append(date)
    for unit in annotation.units:
        found[reading.sentence_of[unit.first]].units.append(unit)
    for casualty in annotation.casualties:
        found[reading.sentence_of[casualty.first]].casualties.append(casualty)
    for facts in found:
        facts.sides = _sides(annotation, facts)
    return found


def _dates_speech(annotation: Annotation, date: DateMention, sentence: int) -> bool:
    """Return whether a date says when something was said rather than when it happened."""
    said = annotation.said[sentence]
    if said.said_at is None:
        return False
    edges = [said.said_at + 1, *(said.words or ())]
    return any(0 <= date.first - edge <= 1 for edge in edges)


def _sides(annotation: Annotation, facts: _Facts) -> list[str]:
    """Return the sides that take part: forces, units, and countries just before what happened."""
    reading = annotation.reading
    first, last = reading.bounds[facts.sentence]
    found: dict[str, None] = {}
    for actor in annotation.actors:
        if first <= actor.first < last and (
            actor.force or reading.has("events.types", actor.last, min(actor.last + 3, last))
        ):
            found[actor.side] = None
    for unit in facts.units:
        if unit.side:
            found[unit.side] = None
    for casualty in facts.casualties:
        if casualty.side:
            found[casualty.side] = None
    return list(found)


def _place_facts(drafts: list[_Draft], facts: _Facts, annotation: Annotation) -> None:
    """Join a sentence to the event it belongs to, or begin a new one, or neither."""
    if facts.kind is None or _is_history(facts, annotation):
        _lend_units(drafts, facts)
        return
    home = next((draft for draft in reversed(drafts) if _same(draft, facts, annotation)), None)
    if home is not None:
        home.facts.append(facts)
    elif _stands_alone(facts):
        drafts.append(_Draft([facts]))


def _lend_units(drafts: list[_Draft], facts: _Facts) -> None:
    """Give the units that a sentence names to the event told just before."""
    home = next((draft for draft in reversed(drafts) if not draft.deployment), None)
    if (
        home is not None
        and facts.units
        and not any(item.kind == "strength" for item in facts.casualties)
    ):
        home.facts.append(facts)


def _is_history(facts: _Facts, annotation: Annotation) -> bool:
    """Return whether a sentence tells of what was long before publication."""
    published = annotation.report.published
    if not published or not facts.dates or facts.kind == "Deployment":
        return False
    from datetime import date

    day = date.fromisoformat(published[:10])
    return all(
        item.interval is not None
        and (day - item.interval.first).days > _OLD_DAYS
        and (item.interval.since or (day - item.interval.last).days > _OLD_DAYS)
        for item in facts.dates
    )


def _stands_alone(facts: _Facts) -> bool:
    """Return whether a sentence has enough for an event of its own."""
    fine = facts.place is not None and _fine(facts.place) > _COUNTRY
    if facts.kind == "Deployment":
        strength = any(item.kind == "strength" for item in facts.casualties)
        return strength or (fine and bool(facts.sides))
    hit = any(item.kind != "strength" for item in facts.casualties)
    return hit or fine or (facts.place is not None and bool(facts.dates))


def _same(draft: _Draft, facts: _Facts, annotation: Annotation) -> bool:
    """Return whether a sentence speaks of an event told before."""
    if draft.deployment != (facts.kind == "Deployment"):
        return False
    if not _same_place(draft, facts) or not _same_time(draft, facts):
        return False
    main = {item.kind.partition(":")[0] for item in draft.facts if item.kind}
    if facts.kind and facts.kind.partition(":")[0] in {"Protests", "Strategic developments"} - main:
        return False
    gap = facts.sentence - draft.facts[-1].sentence
    if facts.place is None and gap > _MAX_GAP and not _refers(draft, facts, annotation):
        return False
    return not _conflicting(draft, facts)


def _refers(draft: _Draft, facts: _Facts, annotation: Annotation) -> bool:
    """Return whether a sentence without a place names the sides or the time of the event."""
    del annotation
    named = {side for item in draft.facts for side in item.sides}
    return bool(named & set(facts.sides)) or bool(facts.dates)


def _same_place(draft: _Draft, facts: _Facts) -> bool:
    """Return whether the places of an event and a sentence can be one."""
    here, there = draft.place, facts.place
    if here is None or there is None or there.location.geometry is None:
        return True
    if here.location.geometry is None:
        return here.text.casefold() == there.text.casefold()
    one, two = here.location, there.location
    if one.name == two.name and one.lon == two.lon:
        return True
    if min(_fine(here), _fine(there)) <= _FINENESS["border"]:
        return bool(one.geometry.buffer(0.02).intersects(two.geometry))  # type: ignore[union-attr]
    return bool(one.geometry.distance(two.geometry) < _SAME_KM / 100)  # type: ignore[union-attr]


def _same_time(draft: _Draft, facts: _Facts) -> bool:
    """Return whether the times of an event and a sentence overlap, or one has none."""
    here = draft.interval
    if here is None:
        return True
    return not facts.dates or any(
        date.interval.first <= here.last and here.first <= date.interval.last
        for date in facts.dates
        if date.interval is not None
    )


def _conflicting(draft: _Draft, facts: _Facts) -> bool:
    """Return whether a sentence gives other people hit at a time or place of its own."""
    if facts.place is not None or facts.dates or draft.deployment:
        return False
    return False


def _event(report: Report, annotation: Annotation, draft: _Draft) -> Event:
    """Return the event record of a draft."""
    reading = annotation.reading
    sentences = [reading.sentences[facts.sentence] for facts in draft.facts]
    summary = " ".join(report.text[item.start : item.end] for item in sentences)
    place = draft.place
    location = place.location if place else None
    located = location is not None and location.geometry is not None
    start, end, precision = _times(draft)
    kind = _event_type(draft)
    return Event(
        id=stable_id(report.url or report.file, sentences[0].start, sentences[0].end, kind),
        title=headline(annotation, draft.facts[0].sentence),
        summary=summary,
        event_type=kind,
        status=_event_status(draft),
        date_start=start,
        date_end=end,
        date_precision=precision,  # type: ignore[arg-type]
        place=place.text if place else None,
        geometry=location.geometry if location and located else None,
        uncertainty_m=location.uncertainty_m if location and located else None,
        geo_precision=location.geo_precision if location and located else None,
        where_prec=location.where_prec if location and located else None,
        method=location.method if location and located else None,
        confidence=location.confidence if location and located else None,
        explanation=location.explanation if location and located else None,
        country=location.country if location and located else None,
        admin1=location.admin1 if location and located else None,
        sides=list(dict.fromkeys(side for facts in draft.facts for side in facts.sides)),
        units=_units(draft),
        casualties=_casualties(draft),
        sources=[
            Source(
                publisher=report.publisher,
                url=report.url,
                published=report.published,
                title=report.title,
                excerpt=summary[:_EXCERPT],
            )
        ],
        language=report.language,
    )


def _event_type(draft: _Draft) -> str | None:
    """Return the type that the sentences of an event say first, a particular one before `Other`."""
    kinds = [facts.kind for facts in draft.facts if facts.kind]
    general = ("Other", "Violence against civilians: Attack")
    return next((kind for kind in kinds if kind not in general), kinds[0] if kinds else None)


def _event_status(draft: _Draft) -> Status | None:
    """Return denied or disputed where any sentence is, else claimed, else confirmed."""
    found = {facts.status for facts in draft.facts if facts.kind}
    for status in ("disputed", "denied", "claimed", "confirmed"):
        if status in found:
            return status
    return None


def _times(draft: _Draft) -> tuple[str | None, str | None, str | None]:
    """Return first and last day, or minute, and the precision of an event."""
    interval = draft.interval
    if interval is None:
        return None, None, None
    time = f"T{interval.time}" if interval.time else ""
    end = None if interval.since else f"{interval.last.isoformat()}{time}"
    return f"{interval.first.isoformat()}{time}", end, interval.precision


def _units(draft: _Draft) -> list[Unit]:
    """Return the formations and groups of an event, each once."""
    found: dict[str, Unit] = {}
    for facts in draft.facts:
        for unit in facts.units:
            found.setdefault(
                unit.id or unit.name.casefold(),
                Unit(id=unit.id, name=unit.name, side=unit.side, sidc=unit.sidc),
            )
    return list(found.values())


def _casualties(draft: _Draft) -> list[Casualties]:
    """Return the figures of an event, equal ones once; strengths only of a deployment."""
    found: dict[tuple[object, ...], Casualties] = {}
    for facts in draft.facts:
        for item in facts.casualties:
            if (item.kind == "strength") != draft.deployment:
                continue
            key = (item.kind, item.min, item.max, item.side)
            found.setdefault(
                key,
                Casualties(
                    min=item.min,
                    max=item.max,
                    kind=item.kind,
                    who=item.who,
                    side=item.side,
                    claimed_by=item.claimed_by,
                ),
            )
    return list(found.values())
