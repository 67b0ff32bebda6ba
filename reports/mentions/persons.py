"""Persons told of one by one: "a man, 45", "убит мужчина"; and the ages that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reports.mentions.numbers import Quantity
from dateline.reports.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from dateline.reports.reading import Reading

__all__ = ["age_end", "assumed_noun", "is_of_another", "is_of_person", "single_persons"]

_HARM = tuple(f"casualties.{kind}" for kind in ("killed", "wounded", "captured", "missing"))
_NOUN_LETTERS = 4
_COUNTED = 4  # words between a number and the noun that it counts
_HYPHENS = frozenset("-‑–")


def age_end(reading: Reading, index: int) -> int:
    """Return the word after an age that starts at word `index`, "60-year-old" or "-year-old"; 0 where none does."""
    words = reading.words
    if index < len(words) and words[index][2][0].isdecimal():
        index += 1
    if index >= len(words):
        return 0
    hyphen = words[index][2] in _HYPHENS
    tag = reading.tag(index, "numbers.ages") or (
        reading.tag(index + 1, "numbers.ages") if hyphen else None
    )
    if tag is None:
        return 0
    end = tag[0]
    while end < len(words) and words[end][2] in _HYPHENS:
        end += 1
    return end


def single_persons(reading: Reading, sentences: Collection[int]) -> list[Quantity]:
    """Return the nouns of some sentences that name one person and that no number counts.

    As quantities of one without words. For languages that say "a man" without an article.
    """
    found = []
    for index in reading.starts("casualties.person"):
        if reading.sentence_of[index] not in sentences:
            continue
        first = reading.bounds[reading.sentence_of[index]][0]
        start = max(first, index - _COUNTED)
        counts = any(_counts(reading, before) for before in range(start, index))
        if not counts:
            found.append(Quantity(index, index, 1, 1, index))
    return found


def _counts(reading: Reading, index: int) -> bool:
    """Return whether word `index` is a number that may count the noun after it: no age, no date."""
    number = reading.words[index][2][0].isdecimal() or reading.has_any(
        index, "numbers.words", "numbers.vague", "numbers.scales"
    )
    return number and not age_end(reading, index)


def is_of_person(reading: Reading, quantity: Quantity) -> bool:
    """Return whether a number is somebody's age, "aged 60", or the "one" after a noun for one person."""
    before = quantity.first - 1
    if reading.has_any(before, "numbers.ages_before"):
        return True
    return quantity.plain and quantity.max == 1 and reading.has_any(before, "casualties.person")


def is_of_another(reading: Reading, index: int, first: int) -> bool:
    """Return whether word `index` is a deed, a weapon, or a preposition: what follows belongs to another thing."""
    if reading.has_any(index, "events.types", "actors.arms"):
        return not reading.has_any(index, *_HARM)
    small = fold(reading.words[index][2]) in reading.vocabulary.common
    return index > first and (
        small
        or reading.has_any(index, "roles.in", "roles.from", "roles.to", "dates.of", "roles.by")
    )


def assumed_noun(reading: Reading, quantity: Quantity, limit: int) -> int | None:
    """Return the word after a noun of which nothing is known, just after a number; null where none stands there.

    Who else is killed but people? Not after a preposition, which counts what is beside the deed ("killed in two villages").
    """
    index = quantity.last
    if index >= limit or quantity.max == 1 or quantity.first == 0:
        return None
    word = reading.words[index][2]
    if reading.at(index) or not word.isalpha() or len(word) < _NOUN_LETTERS:
        return None
    if fold(word) in reading.vocabulary.common or reading.vocabulary.uncased:
        return None
    before = quantity.first - 1
    if reading.has_any(before, "roles.in", "roles.from", "roles.to", "roles.by", "dates.of"):
        return None
    if word[0].isupper() and not reading.vocabulary.capital_nouns:
        return None
    return index + 1
