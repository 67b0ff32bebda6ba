"""Casualties and strengths: how many of whom were killed, wounded, captured, missing or deployed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.reports.mentions.numbers import Quantity, quantities
from dateline.reports.mentions.persons import (
    age_end,
    assumed_noun,
    is_of_another,
    is_of_person,
    single_persons,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.reports.attribution import Attribution
    from dateline.reports.mentions.actors import ActorMention
    from dateline.reports.mentions.dates import DateMention
    from dateline.reports.mentions.units import UnitMention
    from dateline.reports.reading import Reading

__all__ = ["CasualtyMention", "find_casualties"]

Kind = Literal["killed", "wounded", "captured", "missing", "strength"]

_KINDS: tuple[Kind, ...] = ("killed", "wounded", "captured", "missing")
_HARM = tuple(f"casualties.{kind}" for kind in _KINDS)
_BEFELL = (*_HARM, "casualties.other")
_ALL: tuple[Kind, ...] = (*_KINDS, "strength")
_SENT = "Deployment"
_NOUN_REACH = 5
_REACH = 16
_AGED_REACH = 24
_BARE_REACH = 3
_ASSUMED_REACH = 7
_PART_REACH = 6
_ENDING = 3
_PERSON_REACH = 5
_STOPS = frozenset(".;:!?。；،,，、()")
_COMMAS = frozenset(",،、，")
_MAX_STRENGTH_GAP = 14


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """A stretch of text that says how many.

    Attributes
    ----------
    start, end, text
        Code points and words.
    min, max
        Least and most; null where open.
    who
        Who was hit or counted, in the words of the report.
    kind
        killed, wounded, captured, missing or strength.
    side
        Side of those counted, null where the text does not say it.
    claimed_by
        Who says so, null where the report itself does.
    first, last
        Words of the reading.
    force
        Whether those counted are armed people.
    """

    start: int
    end: int
    text: str
    min: int | None
    max: int | None
    who: str | None
    kind: Kind
    side: str | None
    claimed_by: str | None
    first: int
    last: int
    force: bool = False


@dataclass(frozen=True, slots=True)
class _Counted:
    """A quantity with the people it counts; `after` is where the sentence goes on after an aside.

    `aged` tells that an age stands between: what is counted is a person for sure; `assumed` that
    nothing is known of the noun.
    """

    quantity: Quantity
    last: int
    who: tuple[int, int] | None
    side: str | None
    force: bool
    after: int
    aged: bool = False
    assumed: bool = False


def find_casualties(
    reading: Reading,
    actors: list[ActorMention],
    dates: list[DateMention],
    units: list[UnitMention],
    said: list[Attribution],
) -> list[CasualtyMention]:
    """Return the casualties and strengths of a report, in order."""
    mentions: list[DateMention | UnitMention] = [*dates, *units]
    taken = {word for mention in mentions for word in range(mention.first, mention.last)}
    by_start = {actor.first: actor for actor in actors}
    found = []
    numbers: dict[int, list[Quantity]] = {}
    told = _sentences_that_tell(reading)
    for quantity in quantities(reading, told):
        if quantity.bare in taken or _is_measure(reading, quantity):
            continue
        if _is_age_in_brackets(reading, quantity):
            continue
        if not is_of_person(reading, quantity):
            numbers.setdefault(reading.sentence_of[quantity.first], []).append(quantity)
    for person in single_persons(reading, told):
        numbers.setdefault(reading.sentence_of[person.first], []).append(person)
    stops = _stops_of(reading)
    for sentence, group in sorted(numbers.items()):
        group.sort(key=lambda each: each.first)
        found += _in_sentence(reading, sentence, group, by_start, said[sentence], stops)
    return found


def _is_age_in_brackets(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a figure alone in brackets is somebody's age: "Ayşe Yılmaz (34) hayatını kaybetti"."""
    around = [reading.words[index][2] for index in (quantity.first - 1, quantity.last)
              if 0 <= index < len(reading.words)]  # fmt: skip
    return quantity.plain and len(around) > 1 and around[0] in "(（" and around[1] in ")）"


def _sentences_that_tell(reading: Reading) -> set[int]:
    """Return the numbers of the sentences that say what befell people, or that some were sent."""
    words = [
        *reading.starts(*_BEFELL, "casualties.lost"),
        *(index for index, (_, name) in reading.phrases("events.types").items() if name == _SENT),
    ]
    return {reading.sentence_of[word] for word in words}


def _stops_of(reading: Reading) -> Callable[[int, int], int]:
    """Return the function that counts the signs and conjunctions that part two words."""
    signs = (index for index, word in enumerate(reading.words) if word[2] in _STOPS)
    glued = reading.vocabulary.glued_and
    before = (
        index - 0.5
        for index, word in enumerate(reading.words if glued else ())
        if word[2].startswith(glued)
    )
    marks = sorted({*signs, *before, *reading.starts("dates.ands")})

    def stops(start: int, end: int) -> int:
        """Return how many signs and conjunctions, glued to a word or not, part the words `start` to `end`."""
        return max(0, bisect_left(marks, end) - bisect_left(marks, start - 0.6))

    return stops


def _in_sentence(
    reading: Reading,
    sentence: int,
    group: list[Quantity],
    actors: dict[int, ActorMention],
    said: Attribution,
    stops: Callable[[int, int], int],
) -> list[CasualtyMention]:
    """Return the casualties of one sentence."""
    first, last = reading.bounds[sentence]
    triggers = _triggers(reading, first, last)
    deployed: list[tuple[int, int, object]] = []
    if reading.has("actors.forces", first, last):
        told = reading.find("events.types", first, last)
        deployed = [item for item in told if item[2] == _SENT]
    found: list[CasualtyMention] = []
    if not triggers and not deployed:
        return found
    starts = [quantity.first for quantity in group]
    for position, quantity in enumerate(group):
        limit = min([last, *(start for start in starts[position + 1 :])])
        counted = _people(reading, quantity, limit, last, actors)
        if quantity.plain and quantity.max == 1 and counted.who is None:
            continue
        kind = _kind(counted, triggers, deployed, group, stops)
        if (
            kind is None
            or _is_part(reading, counted)
            or _is_of_them(reading, counted, starts)
            or _counts_arms(reading, counted)
            or _counts_formations(reading, quantity)
        ):
            continue
        if reading.has("attribution.negation", quantity.first - 1, quantity.first):
            continue
        least, most, end_word = _bound_after(reading, counted)
        start, end, text = reading.span(quantity.first, end_word)
        who = reading.span(*counted.who)[2] if counted.who else None
        found.append(
            CasualtyMention(
                start,
                end,
                text,
                least,
                most,
                who,
                kind,
                counted.side,
                said.speaker,
                quantity.first,
                end_word,
                counted.force,
            )
        )
    return found


def _after_aside(reading: Reading, first: int, last: int) -> int:
    """Return the word after ", among them two children," where one begins at `first`, else `first`."""
    words = reading.words
    if first + 1 >= last or words[first][2] not in _COMMAS:
        return first
    if not reading.has("casualties.part", first, first + 3):
        return first
    closing = (index for index in range(first + 1, last) if words[index][2] in _COMMAS)
    return next(closing, first - 1) + 1


def _is_part(reading: Reading, counted: _Counted) -> bool:
    """Return whether the people counted are among others: "including six children"."""
    first = counted.quantity.first
    before = reading.find("casualties.part", max(0, first - _PART_REACH), first)
    if any(end >= first - 1 for _, end, _ in before):
        return True
    return reading.has("casualties.part_after", counted.last, counted.last + 2)


def _is_of_them(reading: Reading, counted: _Counted, starts: list[int]) -> bool:
    """Return whether a figure with an ending counts some of those counted next: "7'si çocuk 15 kişi"."""
    end = counted.quantity.last
    ending = [word for _, _, word in reading.words[end : end + 2]]
    if len(ending) != len("'s") or ending[0] not in "'’" or len(ending[1]) > _ENDING:
        return False
    return any(end < start <= counted.last + 1 for start in starts)


def _counts_arms(reading: Reading, counted: _Counted) -> bool:
    """Return whether a number that no people follow counts drones, tanks and the like."""
    if counted.who is not None:
        return False
    first = counted.quantity.last
    if reading.has_any(first, *_HARM):
        return False
    return reading.has_any(first, "actors.arms") or (
        not reading.at(first) and reading.has_any(first + 1, "actors.arms")
    )


def _counts_formations(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number counts battalions and the like, and not their people: "up to a battalion of infantry"."""
    rank = reading.tag(quantity.last, "units.echelons")
    return rank is not None and not reading.has_any(rank[0], "casualties.people", "actors.forces")


def _is_measure(reading: Reading, quantity: Quantity) -> bool:
    """Return whether the word after a number makes it an age, a length, a time or money.

    After "one" a word of age tells of a person: "en tolvårig flicka".
    """
    index = quantity.last
    if reading.has_any(index, "numbers.measures", "dates.units"):
        return True
    single = quantity.plain and quantity.max == 1
    return not single and reading.has_any(index, "numbers.ages")


def _bound_after(reading: Reading, counted: _Counted) -> tuple[int | None, int | None, int]:
    """Return least, most and end word with "at least" and the like after the people counted."""
    quantity = counted.quantity
    after = reading.tag(counted.last, "numbers.after") if quantity.plain else None
    same = after and reading.sentence_of[counted.last] == reading.sentence_of[quantity.first]
    if after is None or not same or after[1] not in {"least", "more"}:
        return quantity.min, quantity.max, counted.last
    return quantity.min, None, after[0]


def _triggers(reading: Reading, first: int, last: int) -> list[tuple[int, int, str]]:
    """Return the words of a sentence that say what befell people; `other` for those who fled."""
    found = [
        (start, end, name.removeprefix("casualties."))
        for start, end, name in reading.among(_BEFELL, first, last)
    ]
    if all(kind == "other" for _, _, kind in found):
        lost = reading.find("casualties.lost", first, last)
        found = sorted(
            [*found, *((start, end, "lost") for start, end, _ in lost)],
            key=lambda item: (item[0], -item[1]),
        )
    return found


def _people(
    reading: Reading, quantity: Quantity, limit: int, last: int, actors: dict[int, ActorMention]
) -> _Counted:
    """Return the people that a quantity counts: the nearest noun after it, in the same phrase.

    The noun stands before word `limit`, the sentence ends before `last`.
    """
    side, force, noun, aged = None, False, None, False
    index, end = quantity.last, min(limit, quantity.last + _NOUN_REACH)
    single = quantity.plain and quantity.max == 1
    while index < end:
        if reading.words[index][2] in _STOPS:
            break
        if age := age_end(reading, index):
            aged, index, end = True, age, max(end, min(age + 2, len(reading.words)))
            continue
        if single and noun is None and is_of_another(reading, index, quantity.last):
            noun = index if age_end(reading, index + 1) else None  # "un paznic de 58 de ani"
            aged = noun is not None
            break  # "a drone operated by the army" is no person
        if actor := actors.get(index):
            side, force = side or actor.side, force or actor.force
            if actor.force or reading.tag(actor.last - 1, "casualties.people"):
                noun = actor.last
            index, end = actor.last, max(end, min(actor.last + 2, len(reading.words)))
            continue
        if people := (
            reading.tag(index, "casualties.people") or reading.tag(index, "actors.forces")
        ):
            force = force or reading.tag(index, "actors.forces") is not None
            noun = index = people[0]
            end = min(limit, index + 2)
            continue
        if noun is not None or reading.has_any(index, *_HARM):
            break
        index += 1
    who = (quantity.last, noun) if noun is not None else None
    if who and reading.vocabulary.uncased:  # "soldiers 23 persons", as Japanese and Korean count
        force = force or reading.has("actors.forces", max(0, quantity.first - 4), quantity.first)
    assumed = None if noun is not None else assumed_noun(reading, quantity, limit)
    after = noun or assumed or quantity.last
    aside = _after_aside(reading, after, last)
    return _Counted(quantity, after, who, side, force, aside, aged, assumed is not None)


def _kind(
    counted: _Counted,
    triggers: list[tuple[int, int, str]],
    deployed: list[tuple[int, int, object]],
    group: list[Quantity],
    stops: Callable[[int, int], int],
) -> Kind | None:
    """Return what befell the counted people, null where the sentence does not say it."""
    reach = (
        _AGED_REACH
        if counted.aged
        else _REACH
        if counted.who
        else _ASSUMED_REACH
        if counted.assumed
        else _BARE_REACH
    )
    if counted.quantity.first == counted.quantity.last:
        reach = _PERSON_REACH
    best: tuple[float, str] | None = None
    for start, end, kind in triggers:
        if not _can_befall(counted, start, end, kind, stops):
            continue
        gap = _gap(counted, start, end, group, stops)
        if gap <= reach and (best is None or gap < best[0]):
            best = gap, "killed" if kind == "lost" else kind
    if counted.who is not None:
        for start, end, _ in deployed:
            gap = _gap(counted, start, end, group, stops)
            if gap <= _MAX_STRENGTH_GAP and (best is None or gap < best[0]):
                best = gap, "strength"
    return next((kind for kind in _ALL if best and best[1] == kind), None)


def _can_befall(
    counted: _Counted, start: int, end: int, kind: str, stops: Callable[[int, int], int]
) -> bool:
    """Return whether the word of harm in `start` to `end` can be of the people counted."""
    quantity = counted.quantity
    single = quantity.plain and quantity.max == 1  # "one" is "a" in many languages: "a junta base"
    if (single or kind == "other") and counted.who:
        within = start < counted.who[1] and end > counted.who[0]
        if within:  # "twelve displaced people were killed", "a hostage deal"
            return False
    if single and not counted.aged and stops(min(end, quantity.last), max(start, quantity.first)):
        return False
    if kind not in {"killed", "wounded"} and counted.assumed:
        return False
    if kind == "captured" and counted.who is None and end <= quantity.first:
        return False  # villages and weapons are captured too
    return kind != "lost" or counted.force  # territory and contact are lost too


def _gap(
    counted: _Counted, start: int, end: int, group: list[Quantity], stops: Callable[[int, int], int]
) -> float:
    """Return the distance in words between a quantity and a verb; other quantities between add to it."""
    quantity = counted.quantity
    if end <= quantity.first:
        between = sum(end <= other.first < quantity.first for other in group)
        counted_before = any(
            other.last == start for other in group
        )  # "80 dead and more than 11,000 displaced"
        gap = quantity.first - end + 6 * between + 2 * stops(end, quantity.first)
        gap += _REACH if counted_before else 0
        return gap - 0.5 if gap <= 0 else gap + 0.5
    if start >= counted.last:
        from_word = counted.after if start >= counted.after else counted.last
        between = sum(from_word <= other.first < start for other in group)
        return start - from_word + 6.0 * between + 2 * stops(from_word, start)
    return 0.0
