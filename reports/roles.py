"""Roles of places: where it happened, as against where people spoke, came from, went or are from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from dateline.geo.geocoder import Found
    from dateline.reports.attribution import Attribution
    from dateline.reports.reading import Reading

__all__ = ["place_role", "sentence_type"]

_DASH = re.compile(
    r"\s*(?:[,(][^.!?\n—–-]{0,60}?\)?)?\s*(?:\([^)\n]{1,40}\))?\s*(?:[—–]|--|-\s)\s*"
)
_DATELINE_REACH = 90
_WIDE = frozenset(("country", "institution"))
_COARSE = frozenset(("country", "region", "district", "part_of_region"))
_SPOKEN_REACH = 3
_OPENING_LINES = 6
_MEETING_REACH = 5
_CONTROL = "Statement of control"


def place_role(  # noqa: PLR0911 (one return a rule)
    reading: Reading,
    found: Found,
    *,
    occupied: Collection[tuple[int, int]],
    said: Attribution,
    kind: str | None,
    others: list[Found],
) -> str:
    """Return the role of a place in its sentence.

    Parameters
    ----------
    reading
        The report.
    found
        The place.
    occupied
        Spans of actors and units, in which a place name names no place.
    said
        Attribution of the sentence.
    kind
        Event type of the sentence, null where nothing happens in it.
    others
        All places of the sentence.
    """
    if _is_dateline(reading, found):
        return "dateline"
    if any(start <= found.start < end for start, end in occupied):
        return "actor"
    if found.kind == "institution":
        return "institution"
    first = reading.index_at(found.start)
    last = reading.index_at(found.end - 1) + 1
    if _speaks(reading, first, last, said):
        return "institution"
    if _spoken_at(reading, first, last, said) or _met_at(reading, first, last):
        return "statement"
    movement = _movement(reading, first, last)
    sentence = reading.sentence_of[first]
    if kind is None:
        bounds = reading.bounds[sentence]
        talk = reading.has("roles.institutions", *bounds) or said.said_at is not None
        return movement or ("statement" if talk and found.kind not in _WIDE else "context")
    if movement == "origin" or (
        movement and (kind == "Deployment" or _evacuated(reading, sentence, first))
    ):
        return _moved_role(kind, movement, found, others)
    if found.kind == "country" and (len(others) > 1 or not _stands_in(reading, first, last)):
        return "context"
    if found.kind in _COARSE and _contains_another(reading, found, others):
        return "context"
    return "deployment" if kind == "Deployment" else "event"


def _moved_role(kind: str, movement: str, found: Found, others: list[Found]) -> str:
    """Return the role of a place that something came from or went to."""
    only = all(other is found or other.kind == "country" for other in others)
    if kind == "Deployment" and movement == "destination" and found.kind != "country" and only:
        return "deployment"
    return movement


def _is_dateline(reading: Reading, found: Found) -> bool:
    """Return whether a place stands before the dash that opens a report, or alone on such a line."""
    text = reading.text
    line = text.rfind("\n", 0, found.start) + 1
    head = text[line : found.start]
    if (
        len(head) > _DATELINE_REACH // 2
        or re.search(r"[.!?—–]\s", head)
        or text[:line].count("\n") > _OPENING_LINES
    ):
        return False
    if head.strip() and not head.strip().isupper() and "," not in head and "(" not in head:
        return False
    return _DASH.match(text, found.end, found.end + _DATELINE_REACH) is not None


def _speaks(reading: Reading, first: int, last: int, said: Attribution) -> bool:
    """Return whether a place name means its government: "Moscow said"."""
    if said.said_at is None or _preposition(reading, first, "in"):
        return False
    if said.words is not None and said.words[0] <= first < said.words[1]:
        return True
    between = [word for _, _, word in reading.words[last : said.said_at]]
    nearby = last <= said.said_at <= last + 1 and all(map(str.isalnum, between))
    return (
        nearby
        and not _preposition(reading, first, "from")
        and not _preposition(reading, first, "to")
    )


def _spoken_at(reading: Reading, first: int, last: int, said: Attribution) -> bool:
    """Return whether a place is where somebody spoke: "said in Bogotá", "in Paris, the ministry"."""
    if said.said_at is None:
        return False
    verb = said.said_at
    if 0 < first - verb <= _SPOKEN_REACH and _stands_in(reading, first, last):
        return not any(reading.words[index][2] in ",:" for index in range(verb, first))
    bounds = reading.bounds[reading.sentence_of[first]]
    opens = first - bounds[0] <= 1 and last < bounds[1] and reading.words[last][2] in ",،、"
    return opens and said.words is not None and 0 < said.words[0] - last <= _SPOKEN_REACH


def _met_at(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place is where people met or talked: "talks in Geneva", "in Brussels ministers discussed".

    A word of what happened that is nearer to the place speaks against it.
    """
    if not _stands_in(reading, first, last):
        return False
    bounds = reading.bounds[reading.sentence_of[first]]
    gaps = {}
    for category in ("roles.meetings", "events.types"):
        found = reading.find(category, max(bounds[0], first - 12), min(bounds[1], last + 12))
        gaps[category] = min(
            (first - end if end <= first else start - last for start, end, _ in found), default=99
        )
    return gaps["roles.meetings"] <= min(_MEETING_REACH, gaps["events.types"])


def _preposition(reading: Reading, first: int, name: str) -> bool:
    """Return whether a preposition of this sort ends just before word `first`."""
    for back in (1, 2, 3):
        tag = reading.tag(first - back, f"roles.{name}")
        if tag and tag[0] >= first - (back > 1 and tag[0] < first):
            return (
                tag[0] == first
                or reading.words[first - 1][2].lower() in reading.vocabulary.articles
            )
    return False


def _stands_in(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place is said to be where something is."""
    if _preposition(reading, first, "in") or reading.tag(last, "roles.in_after"):
        return True
    return reading.vocabulary.clitic(reading.words[first][2], "in")


def _movement(reading: Reading, first: int, last: int) -> str | None:
    """Return `origin` or `destination` where the words before or after a place say so."""
    after = (
        "origin" if reading.tag(last, "roles.from_after")
        else "destination" if reading.tag(last, "roles.to_after") else None
    )  # fmt: skip
    if after:
        return after
    if _preposition(reading, first, "from"):
        return "origin"
    return "destination" if _preposition(reading, first, "to") else None


def _evacuated(reading: Reading, sentence: int, first: int) -> bool:
    """Return whether people were taken or fled somewhere, just before word `first`."""
    return reading.has("roles.evacuated", max(reading.bounds[sentence][0], first - 8), first)


def _contains_another(reading: Reading, found: Found, others: list[Found]) -> bool:
    """Return whether the same sentence names a finer place that lies in this one."""
    area = found.location.geometry
    if area is None or not area.area:
        return False
    for other in others:
        if other is found or other.kind in _COARSE or other.location.geometry is None:
            continue
        near = abs(other.start - found.end) < _DATELINE_REACH
        if not near or not area.intersects(other.location.geometry.representative_point()):
            continue
        first, last = reading.index_at(other.start), reading.index_at(other.end - 1) + 1
        if not _movement(reading, first, last):
            return True
    return False


def sentence_type(reading: Reading, sentence: int) -> str | None:
    """Return the event type that the words of a sentence say, null where nothing happened in it.

    Forecasts, threats, conditions and background are no events. Of several types the one most
    particular wins: the words of the lexicon are ordered by what they tell, and figures of people
    killed with no other word mean an attack.
    """
    first, last = reading.bounds[sentence]
    found = reading.find("events.types", first, last)
    if not found:
        return None
    kept = [
        (index, end, name)
        for index, end, name in found
        if not reading.has("attribution.negation", index - 2, index)
        and not reading.has("events.future", index - 4, index)
    ]
    if not kept or reading.has("events.hypothetical", first, last):
        return None
    if reading.has("attribution.comment", first, last) and not any(
        reading.has(f"casualties.{kind}", first, last) for kind in ("killed", "wounded")
    ):
        return None
    kind = str(max(kept, key=lambda item: (_weight(item[2]), -item[0]))[2])
    if kind == _CONTROL and reading.has("roles.institutions", first, last):
        return None  # who holds talks holds no town
    return kind


def _weight(name: str) -> int:
    """Return how much a type tells: an attack or a protest is what is left when nothing else fits."""
    if name == "Violence against civilians: Attack":
        return 0
    if name.startswith(("Deployment", "Strategic", _CONTROL)):
        return 1
    return 3 if "Suicide" in name or "Chemical" in name or "territory" in name else 2
