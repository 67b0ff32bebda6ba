"""Roles of places: where it happened, as against where people spoke, came from, went or are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reports.place_lines import dateline_end

if TYPE_CHECKING:
    from dateline.geo.geocoder import Found
    from dateline.geo.spans import Spans
    from dateline.reports.attribution import Attribution
    from dateline.reports.reading import Reading

__all__ = ["place_role"]

_WIDE = frozenset(("country", "institution"))
_AROUND = frozenset(("country", "region", "district", "part_of_region", "border"))
_SPOKEN_REACH = 3
_VERB_REACH = 3
_ROW_WORDS = 6
_CARE_WORDS = 10
_MEETING_REACH = 5
_SEAT_REACH = 6


def place_role(  # noqa: PLR0911 (one return a rule)
    reading: Reading,
    found: Found,
    *,
    occupied: Spans,
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
    if _opens(reading, found, others):
        return "dateline"
    if occupied.hold(found.start, found.start + 1):
        return "actor"
    if found.kind == "institution":
        return "institution"
    first = reading.index_at(found.start)
    last = reading.index_at(found.end - 1) + 1
    if (
        _speaks(reading, first, last, said)
        or _is_seat(reading, first, last)
        or _governs(reading, first, last)
    ):
        return "institution"
    if _spoken_at(reading, first, last, said) or _met_at(reading, first, last):
        return "statement"
    movement = _movement(reading, first, last)
    sentence = reading.sentence_of[first]
    if kind is None:
        bounds = reading.bounds[sentence]
        talk = reading.has("roles.institutions", *bounds) or said.said_at is not None
        return movement or ("statement" if talk and found.kind not in _WIDE else "context")
    if _cared_for(reading, sentence, first):
        return "destination"
    if movement == "origin" or (
        movement and (kind == "Deployment" or _evacuated(reading, sentence, first))
    ):
        return _moved_role(kind, movement, found, others)
    placed = _heads(reading, found) or (len(others) == 1 and _stands_in(reading, first, last))
    if found.kind == "country" and not placed:
        return "context"
    return "deployment" if kind == "Deployment" else "event"


def _opens(reading: Reading, found: Found, others: list[Found]) -> bool:
    """Return whether a place is the report's dateline.

    Before a colon it is none where its sentence names no other place: "El Obeid: a strike killed 12".
    """
    end = dateline_end(reading, found.start, found.end)
    if end is None:
        return False
    colon = reading.text[found.end : end].rstrip().endswith((":", "："))
    return not colon or any(other is not found and other.kind not in _WIDE for other in others)


def _heads(reading: Reading, found: Found) -> bool:
    """Return whether a place begins a headline, before a colon: "Benin: 54 soldiers killed"."""
    text = reading.text
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start]
    return not line.strip() and text[found.end : found.end + 2].strip(" \u00a0")[:1] in {":", "："}


def _moved_role(kind: str, movement: str, found: Found, others: list[Found]) -> str:
    """Return the role of a place that something came from or went to."""
    only = all(other is found or other.kind in _AROUND for other in others)
    if kind == "Deployment" and movement == "destination" and found.kind != "country" and only:
        return "deployment"
    return movement


def _speaks(reading: Reading, first: int, last: int, said: Attribution) -> bool:
    """Return whether a place name means its government: "Moscow said", "according to Kyiv"."""
    leads = reading.leads.get(first)
    if leads in {"in", "from"}:
        return False
    if said.words is not None and said.words[0] <= first < said.words[1]:
        return True
    named = leads is None and any(
        end == first or (end == first - 1 and reading.is_article(end))
        for _, end, _ in reading.find("attribution.according", max(0, first - 4), first)
    )
    if leads is None and _verb_precedes(reading, first):
        return True
    return named or (leads != "to" and _verb_follows(reading, last))


def _is_seat(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place is the seat of somebody who is named for it: "based in London"."""
    if reading.has("roles.based_after", last, last + 1):
        return True
    based = reading.find("roles.based", max(0, first - _SEAT_REACH), first)
    return any(end >= first - 1 for _, end, _ in based)


def _governs(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place stands for its government: "the Damascus government", "le régime de Damas"."""
    if not reading.vocabulary.head_first and reading.has_any(last, "roles.governments"):
        return True
    if reading.leads.get(first) in {"in", "to"} or reading.has_any(first, "roles.in", "roles.to"):
        return False
    before = reading.find("roles.governments", max(0, first - _SEAT_REACH), first)
    return any(
        end == first or (end == first - 1 and reading.has_any(end, "dates.of"))
        for _, end, _ in before
    )


def _verb_precedes(reading: Reading, first: int) -> bool:
    """Return whether a verb of judging stands just before a bare place, or before the row it ends.

    "... whose damage condemned Madrid and Paris", as Spanish and German put it.
    """
    if not reading.has("attribution.comment", first - _ROW_WORDS - 1, first):
        return False
    for index in range(first - 1, max(first - _ROW_WORDS, -1), -1):
        for back in (0, 1):
            tag = reading.tag(index - back, "attribution.comment")
            if tag and tag[0] == index + 1:
                return True
        word = reading.words[index][2]
        joins = reading.tag(index, "dates.ands") or word == ","
        if not (joins or word[0].isupper() or reading.is_article(index)):
            return False
    return False


def _verb_follows(reading: Reading, last: int) -> bool:
    """Return whether a verb of saying or judging comes just after a place, before anything happened."""
    for index in range(last, min(last + _VERB_REACH, len(reading.words))):
        if not reading.words[index][2].isalnum():
            return False
        if reading.has_any(index, "attribution.say", "attribution.comment"):
            return True
        if reading.tag(index, "events.types"):
            return False
    return False


def _spoken_at(reading: Reading, first: int, last: int, said: Attribution) -> bool:
    """Return whether a place is where somebody spoke: "said in Bogotá", "in Paris, the ministry"."""
    if said.said_at is None or not (
        _stands_in(reading, first, last) or reading.leads.get(first) == "from"
    ):
        return False
    verb, bounds = said.said_at, reading.bounds[reading.sentence_of[first]]
    after = max(verb, said.words[1] - 1) if said.words else verb
    if after < first <= after + _SPOKEN_REACH and _is_plain(reading, after + 1, first):
        return True
    if said.words and said.words[1] <= first < last <= verb <= last + _SPOKEN_REACH:
        return first - said.words[1] <= _SPOKEN_REACH and _is_plain(reading, said.words[1], verb)
    opens = first - bounds[0] <= 1 and last < bounds[1]
    if not opens or said.words is None:
        return False
    if reading.words[last][2] in ",،、" and 0 < said.words[0] - last <= _SPOKEN_REACH:
        return True
    return said.words[0] - last <= 1 or verb == last


def _is_plain(reading: Reading, first: int, last: int) -> bool:
    """Return whether the words from `first` to `last` hold no sign and nothing that happened."""
    return not reading.has("events.types", first, last) and all(
        reading.words[index][2] not in ",:;،、(" for index in range(first, last)
    )


def _met_at(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place is where people met or talked: "talks in Geneva", "in Brussels ministers discussed".

    A word of what happened that is nearer to the place speaks against it.
    """
    bounds = reading.bounds[reading.sentence_of[first]]
    window = max(bounds[0], first - 12), min(bounds[1], last + 12)
    if not reading.has("roles.meetings", *window) or not _stands_in(reading, first, last):
        return False
    told = reading.find("events.types", *window)
    met = [item for item in reading.find("roles.meetings", *window) if item[0] not in
           {start for start, _, _ in told}]  # fmt: skip
    gap, other = (
        min((first - end if end <= first else start - last for start, end, _ in items), default=99)
        for items in (met, told)
    )
    return gap <= min(_MEETING_REACH, other)


def _stands_in(reading: Reading, first: int, last: int) -> bool:
    """Return whether a place is said to be where something is."""
    if reading.leads.get(first) == "in" or reading.tag(last, "roles.in_after"):
        return True
    if reading.vocabulary.clitic(reading.words[first][2], "in"):
        return True
    return reading.vocabulary.ending(reading.words[last - 1][2], "in")


def _movement(reading: Reading, first: int, last: int) -> str | None:
    """Return `origin` or `destination` where the words before or after a place say so."""
    ended = reading.words[last - 1][2]
    for name, role in (("from", "origin"), ("to", "destination")):
        if (
            reading.tag(last, f"roles.{name}_after")
            or reading.leads.get(first) == name
            or reading.vocabulary.ending(ended, name)
            or (reading.vocabulary.clitic(reading.words[first][2], name))
        ):
            return role
    return None


def _evacuated(reading: Reading, sentence: int, first: int) -> bool:
    """Return whether people were taken or fled somewhere, just before word `first`."""
    return reading.has("roles.evacuated", max(reading.bounds[sentence][0], first - 8), first)


def _cared_for(reading: Reading, sentence: int, first: int) -> bool:
    """Return whether the wounded were taken to a hospital there: two such words just before."""
    before = max(reading.bounds[sentence][0], first - _CARE_WORDS)
    found = reading.find("roles.evacuated", before, first)
    return len(found) > 1 and found[-1][1] >= first - 1
