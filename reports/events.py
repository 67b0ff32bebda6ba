"""Events: mentions joined by sentence and paragraph to what happened, where, when and to whom."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from dateline.reports.drafts import FINENESS, Draft, Facts, fineness
from dateline.reports.record import event_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.event import Event
    from dateline.geo.location import Location
    from dateline.reports.annotation import Annotation
    from dateline.reports.mentions.actors import ActorMention
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.reading import Reading
    from dateline.reports.report import Report

__all__ = ["events_of"]

_COUNTRY = 1
_MANY = 500
_MAX_GAP = 3
_SAME_KM = 0.3
_TOUCH_DEGREES = 0.02
_CONTROL = "Statement of control"
_GENERAL = frozenset(("Other", "Violence against civilians"))


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
    drafts: list[Draft] = []
    before: Facts | None = None
    for facts in _all_facts(annotation):
        before = _place_facts(drafts, facts, annotation, before)
    return [event_record(report, annotation, draft) for draft in drafts]


def _all_facts(annotation: Annotation) -> list[Facts]:
    """Return what each sentence tells."""
    reading = annotation.reading
    found = [
        Facts(
            number,
            kind,
            said.speaker,
            said.status,
            another=reading.has("events.another", *reading.bounds[number]),
        )
        for number, (kind, said) in enumerate(zip(annotation.types, annotation.said, strict=True))
    ]
    for place in annotation.places:
        if place.is_event_location:
            found[reading.sentence_at(place.start)].places.append(place)
    for number, date in _told_dates(annotation, found):
        found[number].dates.append(date)
    for unit in annotation.units:
        found[reading.sentence_of[unit.first]].units.append(unit)
    for casualty in annotation.casualties:
        if casualty.first in annotation.background.totals:
            continue
        found[reading.sentence_of[casualty.first]].casualties.append(casualty)
    actors: dict[int, list[ActorMention]] = {}
    for actor in annotation.actors:
        actors.setdefault(reading.sentence_of[actor.first], []).append(actor)
    for facts in found:
        facts.sides = _sides(reading, facts, actors.get(facts.sentence, ()))
    return found


def _told_dates(
    annotation: Annotation, found: Sequence[Facts]
) -> Iterator[tuple[int, DateMention]]:
    """Yield the days on which something happened, each with the number of its sentence."""
    reading = annotation.reading
    opening = max(annotation.datelines, default=0)
    for date in annotation.dates:
        if date.end <= opening and reading.text.rfind("\n", 0, opening) < date.start:
            continue
        number = reading.sentence_of[date.first]
        if number in annotation.background.sentences:
            continue
        told = found[number].kind == _CONTROL or not _dates_speech(annotation, date, number)
        if date.interval is not None and told and not annotation.background.is_old(date):
            yield number, date


def _dates_speech(annotation: Annotation, date: DateMention, sentence: int) -> bool:
    """Return whether a date says when something was said rather than when it happened."""
    said = annotation.said[sentence]
    if said.said_at is None:
        return False
    edges = [said.said_at + 1, *(said.words or ())]
    return any(0 <= date.first - edge <= 1 for edge in edges)


def _sides(reading: Reading, facts: Facts, actors: Sequence[ActorMention]) -> list[str]:
    """Return the sides that take part: forces, units, and countries just before what happened."""
    last = reading.bounds[facts.sentence][1]
    found: dict[str, None] = {}
    for actor in actors:
        if actor.force or reading.has("events.types", actor.last, min(actor.last + 3, last)):
            found[actor.side] = None
    for unit in facts.units:
        if unit.side:
            found[unit.side] = None
    for casualty in facts.casualties:
        if casualty.side:
            found[casualty.side] = None
    return list(found)


def _place_facts(
    drafts: list[Draft], facts: Facts, annotation: Annotation, before: Facts | None
) -> Facts | None:
    """Join a sentence to the event it belongs to, or begin a new one, or neither.

    Returns the sentence where it tells of an event but says too little to be one: figures that
    follow without a place and a date of their own are then of it.
    """
    if facts.kind is None or _is_the_war(facts, annotation):
        _lend_units(drafts, facts)
        return None
    if before is not None and _completes(before, facts):
        drafts.append(Draft(before, facts))
        return None
    told = [] if facts.another and _stands_alone(facts) else drafts
    home = next((draft for draft in reversed(told) if _same(draft, facts)), None)
    if home is not None:
        home.add(facts)
    elif _stands_alone(facts):
        drafts.append(Draft(facts))
    else:
        return facts
    return None


def _completes(before: Facts, facts: Facts) -> bool:
    """Return whether a sentence gives the figures of the one before, which had too little."""
    return (
        facts.place is None
        and not facts.dates
        and any(item.kind != "strength" for item in facts.casualties)
        and "Deployment" not in {before.kind, facts.kind}
        and before.kind != _CONTROL
    )


def _lend_units(drafts: list[Draft], facts: Facts) -> None:
    """Give the units that a sentence names to the event told just before."""
    home = next((draft for draft in reversed(drafts) if not draft.deployment), None)
    if (
        home is not None
        and facts.units
        and _same_time(home, facts)
        and not any(item.kind == "strength" for item in facts.casualties)
    ):
        home.add(facts)


def _is_the_war(facts: Facts, annotation: Annotation) -> bool:
    """Return whether a sentence tells of a whole war: "the war has killed 50,000 people"."""
    fine = facts.place is not None and fineness(facts.place) > _COUNTRY
    if fine or facts.dates or facts.kind == "Deployment":
        return False
    first, last = annotation.reading.bounds[facts.sentence]
    most = max((item.min or item.max or 0 for item in facts.casualties), default=0)
    return most >= _MANY and annotation.reading.has("events.eras", first, last)


def _stands_alone(facts: Facts) -> bool:
    """Return whether a sentence has enough for an event of its own."""
    fine = facts.place is not None and fineness(facts.place) > _COUNTRY
    if facts.kind == "Deployment":
        strength = any(item.kind == "strength" for item in facts.casualties)
        return strength or (fine and bool(facts.sides))
    if facts.kind == _CONTROL:
        return fine and bool(facts.sides)
    hit = any(item.kind != "strength" for item in facts.casualties)
    return hit or fine or (facts.place is not None and bool(facts.dates))


def _same(draft: Draft, facts: Facts) -> bool:
    """Return whether a sentence speaks of an event told before."""
    if draft.deployment != (facts.kind == "Deployment"):
        return False
    if not _same_time(draft, facts) or not _same_sort(draft, facts):
        return False
    gap = facts.sentence - draft.facts[-1].sentence
    near = facts.place is not None or gap <= _MAX_GAP or _refers(draft, facts)
    return near and _same_place(draft, facts)


def _same_sort(draft: Draft, facts: Facts) -> bool:
    """Return whether what happened in a sentence can be what happened in the event."""
    main = {item.kind.partition(":")[0] for item in draft.facts if item.kind}
    sort = (facts.kind or "").partition(":")[0]
    if sort in {"Protests", "Strategic developments", _CONTROL} - main:
        return False
    if main == {_CONTROL} and sort != _CONTROL:
        return False
    elsewhere = draft.place is None and facts.place is not None
    return not elsewhere or sort in main | _GENERAL or main <= _GENERAL


def _refers(draft: Draft, facts: Facts) -> bool:
    """Return whether a sentence without a place names the sides or the time of the event."""
    named = {side for item in draft.facts for side in item.sides}
    return bool(named & set(facts.sides)) or bool(facts.dates)


def _same_place(draft: Draft, facts: Facts) -> bool:
    """Return whether the places of an event and a sentence can be one."""
    here, there = draft.place, facts.place
    if here is None or there is None:
        return True
    one, two = here.location, there.location
    if two.lon is None or two.lat is None or (one.name == two.name and one.lon == two.lon):
        return True
    if one.lon is None or one.lat is None:
        return here.text.casefold() == there.text.casefold()
    if min(fineness(here), fineness(there)) <= FINENESS["border"]:
        return _touch(one, two)
    if here.kind == there.kind == "settlement":
        return hypot(one.lon - two.lon, one.lat - two.lat) < _SAME_KM / 100
    return bool(one.geometry.distance(two.geometry) < _SAME_KM / 100)  # type: ignore[union-attr]


def _touch(one: Location, two: Location) -> bool:
    """Return whether two places are close enough to be one area; the first is kept prepared."""
    import shapely

    shapely.prepare(one.geometry)
    return bool(shapely.dwithin(one.geometry, two.geometry, _TOUCH_DEGREES))


def _same_time(draft: Draft, facts: Facts) -> bool:
    """Return whether the times of an event and a sentence overlap, or one has none."""
    here = draft.interval
    if here is None:
        return True
    return not facts.dates or any(
        date.interval.first <= here.last and here.first <= date.interval.last
        for date in facts.dates
        if date.interval is not None
    )
