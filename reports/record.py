"""Records: the event that a draft of sentences becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.event import Casualties, Event, Source, Unit
from dateline.reports.headline import headline
from dateline.reports.several import AREAS, named_within, together

if TYPE_CHECKING:
    from dateline.event import Status
    from dateline.reports.annotation import Annotation
    from dateline.reports.drafts import Draft
    from dateline.reports.report import Report

__all__ = ["event_record"]

_EXCERPT = 500


def event_record(report: Report, annotation: Annotation, draft: Draft) -> Event:
    """Return the event record of a draft."""
    reading = annotation.reading
    sentences = [reading.sentences[facts.sentence] for facts in draft.facts]
    summary = " ".join(report.text[item.start : item.end] for item in sentences)
    place = draft.place
    words, location = together(reading, draft.places_beside(place), place)
    if location is not None and location.kind in AREAS:
        words = named_within(reading, words, place, draft.unplaced_beside(place))
    located = location is not None and location.geometry is not None
    start, end, precision = _times(draft)
    kind = _event_type(draft)
    return Event(
        id=annotation.identify(sentences[0].start, sentences[0].end, kind),
        title=headline(annotation, draft.facts[0].sentence),
        summary=summary,
        event_type=kind,
        status=_event_status(draft),
        date_start=start,
        date_end=end,
        date_precision=precision,  # type: ignore[arg-type]
        place=words,
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
        extra=_claimed_by(draft),
    )


def _claimed_by(draft: Draft) -> dict[str, object] | None:
    """Return who says that the event happened, each once, in the words of the report."""
    told = [facts for facts in draft.facts if facts.kind and facts.status and facts.speaker]
    speakers = list(dict.fromkeys(facts.speaker for facts in told))
    return {"claimed_by": speakers} if speakers else None


def _event_type(draft: Draft) -> str | None:
    """Return the type that the sentences of an event say first, a particular one before `Other`."""
    kinds = [facts.kind for facts in draft.facts if facts.kind]
    general = ("Other", "Violence against civilians: Attack")
    return next((kind for kind in kinds if kind not in general), kinds[0] if kinds else None)


def _event_status(draft: Draft) -> Status | None:
    """Return what the report says of the truth of an event.

    Denied where all of it is, disputed where somebody denies what others tell, else claimed or
    confirmed.
    """
    found = {facts.status for facts in draft.facts if facts.kind or facts.status == "denied"}
    if "denied" in found and len(found) > 1:
        return "disputed"
    for status in ("disputed", "denied", "claimed", "confirmed"):
        if status in found:
            return status
    return None


def _times(draft: Draft) -> tuple[str | None, str | None, str | None]:
    """Return first and last day, or minute, and the precision of an event."""
    interval = draft.interval
    if interval is None:
        return None, None, None
    time = f"T{interval.time}" if interval.time else ""
    end = None if interval.since else f"{interval.last.isoformat()}{time}"
    return f"{interval.first.isoformat()}{time}", end, interval.precision


def _units(draft: Draft) -> list[Unit]:
    """Return the formations and groups of an event, each once."""
    found: dict[str, Unit] = {}
    for facts in draft.facts:
        for unit in facts.units:
            found.setdefault(
                unit.id or unit.name.casefold(),
                Unit(id=unit.id, name=unit.name, side=unit.side, sidc=unit.sidc),
            )
    return list(found.values())


def _casualties(draft: Draft) -> list[Casualties]:
    """Return the figures of an event; strengths only of a deployment.

    Headline and lead tell the same figure in other words: "two soldiers", "at least two of its
    soldiers". It is kept once, with all that is said of it.
    """
    found: list[Casualties] = []
    for facts in draft.facts:
        for item in facts.casualties:
            if (item.kind == "strength") != draft.deployment:
                continue
            figure = Casualties(
                min=item.min,
                max=item.max,
                kind=item.kind,
                who=item.who,
                side=item.side,
                claimed_by=item.claimed_by,
            )
            twin = next((n for n, other in enumerate(found) if _alike(other, figure)), None)
            if twin is None:
                found.append(figure)
            else:
                found[twin] = _united(found[twin], figure)
    return found


def _alike(one: Casualties, two: Casualties) -> bool:
    """Return whether two figures of a report are one, told twice."""
    if one.kind != two.kind or (one.side and two.side and one.side != two.side):
        return False
    if one.min is None:
        return (one.min, one.max) == (two.min, two.max)
    return one.min == two.min


def _united(one: Casualties, two: Casualties) -> Casualties:
    """Return a figure told twice: "at least" where either says so, with side and claimant known."""
    return one.model_copy(
        update={
            "max": None if one.max is None or two.max is None else max(one.max, two.max),
            "who": one.who or two.who,
            "side": one.side or two.side,
            "claimed_by": one.claimed_by or two.claimed_by,
        }
    )
