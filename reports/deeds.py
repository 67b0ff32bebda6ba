"""Deeds: what a sentence says happened, as against what is feared, supposed or judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["sentence_type"]

_SHORT = 2
_BEFALL = tuple(f"casualties.{name}" for name in ("killed", "wounded", "captured", "missing"))
_UNREAL = ("attribution.negation", "events.future", "events.future_after")
_CONTROL = "Statement of control"
_CLASH = "Battles: Armed clash"
_ARMED = ("actors.forces", "formation", "units.names")
_VERB_REACH = 6
_FUTURE_REACH = 6


def sentence_type(reading: Reading, sentence: int) -> str | None:
    """Return the event type that the words of a sentence say, null where nothing happened in it.

    Forecasts, threats, conditions and background are no events. Of several types the one most
    particular wins: the words of the lexicon are ordered by what they tell, and figures of people
    killed with no other word mean an attack.
    """
    first, last = reading.bounds[sentence]
    found = reading.find("events.types", first, last) + _entered(reading, first, last)
    found = found or [
        (start, end, _CLASH) for start, end, _ in reading.find("events.named", first, last)
    ]  # an assault brigade of which a report tells is mostly fighting
    if not found:
        return None
    kept = found
    if reading.among(_UNREAL, first - _FUTURE_REACH, last):
        kept = [
            (index, end, name)
            for index, end, name in found
            if not reading.has("attribution.negation", index - 2, index)
            and not reading.has("events.future", index - _FUTURE_REACH, index)
            and not reading.has("events.future_after", end, min(end + _VERB_REACH, last))
        ]
    if not reading.among(_BEFALL, first, last):
        kept = [item for item in kept if not _judged(reading, item[0], first, last)]
    if not kept or _supposed(reading, first, last):
        return None
    kind = str(max(kept, key=lambda item: (_weight(item[2]), -item[0]))[2])
    if kind == _CONTROL and reading.has("roles.institutions", first, last):
        return None  # who holds talks holds no town
    return kind


def _entered(reading: Reading, first: int, last: int) -> list[tuple[int, int, str]]:
    """Return the words that say that armed people went into a place; ministers and convoys go too."""
    if not any(reading.has(name, first, last) for name in _ARMED):
        return []
    return [(start, end, _CLASH) for start, end, _ in reading.find("events.entering", first, last)]


def _judged(reading: Reading, index: int, first: int, last: int) -> bool:
    """Return whether a word of a deed is the object of a judgement: "condemned the strike"."""
    for start, end, _ in reading.find("attribution.comment", first, last):
        between = range(end, index) if end <= index else range(index + 1, start)
        if not any(
            reading.words[word][2] in ",;،؛、" or reading.tag(word, "dates.ands")
            for word in between
        ):
            return True
    return False


def _supposed(reading: Reading, first: int, last: int) -> bool:
    """Return whether a sentence states a condition.

    A word of one or two letters, as Swedish "om" and Portuguese "se", says so only where a clause
    begins; inside a preposition ("söder om", south of) none does.
    """
    for start, end, _ in reading.find("events.hypothetical", first, last):
        short = end - start == 1 and len(reading.words[start][2]) <= _SHORT
        if short and start > first and reading.words[start - 1][2].isalnum():
            continue
        inside = any(
            (tag := reading.tag(start - back, "roles.in")) and tag[0] >= end for back in (1, 2, 3)
        )
        if not inside:
            return True
    return False


def _weight(name: str) -> int:
    """Return how much a type tells: an attack or a protest is what is left when nothing else fits."""
    if name == "Violence against civilians: Attack":
        return 0
    if name.startswith(("Deployment", "Strategic", _CONTROL)):
        return 1
    return 3 if "Suicide" in name or "Chemical" in name or "territory" in name else 2
