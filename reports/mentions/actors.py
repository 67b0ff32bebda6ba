"""Actors: the countries and groups that a text names as taking part or speaking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reports.registry import registry

if TYPE_CHECKING:
    from dateline.reports.reading import Reading

__all__ = ["ActorMention", "find_actors"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A stretch of text that names a side.

    Attributes
    ----------
    start, end, text
        Code points and words.
    side
        ISO 3166-1 alpha-3, or a group's name.
    first, last
        Words of the reading.
    force
        True where the words mean armed people or arms, not a country as such.
    """

    start: int
    end: int
    text: str
    side: str
    first: int
    last: int
    force: bool


def find_actors(reading: Reading) -> list[ActorMention]:
    """Return the actors of a report, in order, not overlapping."""
    found: list[ActorMention] = []
    end = 0
    for index in reading.starts("actors.own", "actor", "formation"):
        mention = _actor(reading, index, end) if index >= end else None
        if mention is not None:
            found.append(mention)
            end = mention.last
    return found


def _actor(reading: Reading, index: int, floor: int) -> ActorMention | None:
    """Return the actor whose name starts at word `index`; it reaches no further back than `floor`."""
    force = False
    if own := reading.tag(index, "actors.own"):
        last, side = own
        force = True
    elif ((named := reading.tag(index, "actor")) and reading.words[index][2].lower() != "us") or (
        named and reading.words[index][2].isupper()
    ):
        last, side = named
    elif (group := reading.tag(index, "formation")) and _is_group(group[1]):
        last, formation, force = group[0], registry()[group[1][0]], True
        side = formation.side or formation.name
    else:
        return None
    first = index
    after = _force_after(reading, last)
    if after:
        last, force = after, True
    else:
        before = _force_before(reading, first, floor)
        if before is not None:
            first, force = before, True
    return ActorMention(*reading.span(first, last), side, first, last, force)


def _is_group(identifiers: tuple[str, ...]) -> bool:
    """Return whether all formations of a name are groups or their names mean one."""
    return all(registry()[identifier].kind == "group" for identifier in identifiers)


def _force_after(reading: Reading, index: int) -> int:
    """Return the word after "forces" and the like at `index`, or one word further; 0 where none is."""
    for skip in (0, 1):
        here = index + skip
        if here >= len(reading.words) or not reading.words[here][2][0].isalpha():
            if here < len(reading.words) and reading.words[here][2] == "-" and not skip:
                continue
            return 0
        if skip and (reading.tag(here, "actor") or reading.tag(here, "attribution.say")):
            return 0
        for category in ("actors.forces", "actors.arms"):
            if found := reading.tag(here, category):
                further = reading.tag(found[0], "actors.forces")
                return further[0] if further else found[0]
        if skip == 0 and (reading.vocabulary.head_first or reading.has_any(here, "events.types")):
            return 0
    return 0


def _force_before(reading: Reading, index: int, floor: int) -> int | None:
    """Return the first word of "forces of" and the like that end at `index`, null where none do."""
    if not reading.vocabulary.head_first:
        return None
    for back in (1, 2, 3, 4):
        here = index - back
        if here < floor or not reading.words[here][2][0].isalpha():
            return None
        if back == 1 and reading.has_any(here, "roles.to", "roles.from", "roles.in"):
            return None
        for category in ("actors.forces", "actors.arms"):
            found = reading.tag(here, category)
            if found and index - found[0] <= 1 and (found[0] == index or back > 1):
                return here
    return None
