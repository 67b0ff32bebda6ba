"""Ordinary words: what a gazetteer takes for a place though the language says otherwise."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dateline.geo.remembered import Remembered
from dateline.lexicon import lexicon
from dateline.reports.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.geo.geocoder import Found
    from dateline.geo.spans import Spans
    from dateline.reports.reading import Reading
    from dateline.reports.vocabulary import Vocabulary

__all__ = ["is_cut_out", "is_ordinary"]

_SMALL_WORD = 2
_LONGEST = 6
_DOUBTFUL = 0.9
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+")
_HAN = re.compile("[\u3400-\u9fff]")
_SOUNDS = re.compile("[尔勒斯夫弗姆茨涅兹赫爾茲]")
"""Chinese signs that hardly stand but in foreign names."""
_PEOPLE = "casualties.people"
_COUNT_REACH = 2
_OFFICE_REACH = 4
_OFFICES = ("attribution.officials", "attribution.person_titles", "units.echelons")
_DEEDS = (
    "events.types",
    "casualties.killed",
    "casualties.wounded",
    "casualties.captured",
    "actors.arms",
)
_TITLES = (*_OFFICES, "casualties.people")


def _is_holder(reading: Reading, place: Found, first: int) -> bool:
    """Return whether what no gazetteer has is the name of an official: "глава района Сергей Козлов"."""
    if place.location.lon is not None:
        return False
    return bool(reading.among(_OFFICES[:2], max(0, first - _OFFICE_REACH), first))


@cache
def _bare_nouns(vocabulary: Vocabulary) -> Remembered[str, bool]:
    """Return which places are only a direction or "the capital", or in scripts without capitals any noun for places."""
    whole, stems = _nouns(vocabulary.language, wide=vocabulary.uncased)

    def is_bare(text: str) -> bool:
        words = [fold(text)] if fold(text) in whole else fold(text).split()
        return all(
            word in whole or vocabulary.bare(word) in whole or word.startswith(stems)
            for word in words
        )

    return Remembered(is_bare)


@cache
def _nouns(language: str, *, wide: bool) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words for directions and the capital, and if `wide` those for towns and regions; and stems of such."""
    places = lexicon(language)["places"]
    lists = [*places["directions"].values(), places["words"].get("capital", [])]
    if wide:
        lists += [places["nouns"].get(kind, []) for kind in ("settlement", "region", "district")]
    every = [word for words in lists for word in words]
    stems = tuple(fold(word[:-1]) for word in every if word.endswith("*"))
    return frozenset(fold(word) for word in every), stems


def is_cut_out(text: str, place: Found, places: Sequence[Found]) -> bool:
    """Return whether a place is a piece of a longer foreign word: パラ of パラグライダー, 里法 of 塔勒里法特.

    Names of countries stand in compounds, ロシアメディア, and one place may follow another.

    Parameters
    ----------
    text
        The report's text.
    place
        What a gazetteer has under these words.
    places
        All places of the report.
    """
    if place.kind == "country":
        return False
    kana = bool(_KATAKANA.fullmatch(place.text))
    signs = _KATAKANA if kana else _SOUNDS if _HAN.match(place.text) else None
    if signs is None:
        return False
    return any(
        0 <= index < len(text)
        and signs.match(text[index])
        and not any(other.start <= index < other.end for other in places)
        for index in (place.start - 1, place.end)
    )


def is_ordinary(reading: Reading, place: Found, units: Spans) -> bool:
    """Return whether a place is no place: words of grammar, of office or people, or a unit's whole name.

    Parameters
    ----------
    reading
        The report.
    place
        What a gazetteer has under these words.
    units
        Spans of formations and groups, in code points.
    """
    first, last = reading.index_at(place.start), reading.index_at(place.end - 1) + 1
    if units.within(place.start, place.end):
        return True
    if _bare_nouns(reading.vocabulary)[place.text] or _is_holder(reading, place, first):
        return True
    common = reading.vocabulary.common
    if _is_number(reading, place, first, last):
        return True
    words = map(fold, reading.letters[first:last])
    if all(word in common or not word[0].isalnum() for word in words):
        return True
    titles = _TITLES if place.kind != "country" else _OFFICES  # Беларусь is no беларус
    for start, end, category in reading.among(titles, first - _LONGEST, last):
        if end >= last and (start <= first or category == "units.echelons"):
            return True
    return (
        _is_deed(reading, place, first, last)
        or _is_small_word(reading, place, first)
        or _is_name_part(reading, place, first, last)
    )


def _is_deed(reading: Reading, place: Found, first: int, last: int) -> bool:
    """Return whether a doubtful place is one word for what happened, in a script without capitals to tell them apart."""
    certain = place.location.confidence
    if not reading.vocabulary.uncased or last - first > 1 or (certain or 0) >= _DOUBTFUL:
        return False
    return any(
        end == last and len(reading.words[first][2]) == len(place.text)
        for start, end, _ in reading.among(_DEEDS, first, last)
    )


def _is_number(reading: Reading, place: Found, first: int, last: int) -> bool:
    """Return whether a place is a number word that counts people: "Lima orang", five persons."""
    counted = reading.tag(first, "numbers.words")
    if counted is None or counted[0] != last or place.text.isupper():
        return False
    return reading.has(_PEOPLE, last, last + _COUNT_REACH) or any(
        reading.has(f"casualties.{kind}", last, last + 1) for kind in ("killed", "wounded")
    )


def _is_name_part(reading: Reading, place: Found, first: int, last: int) -> bool:
    """Return whether a doubtful place is a word of a longer name: "Ukrainska Pravda"."""
    certain = place.location.confidence
    if certain is None or certain >= _DOUBTFUL or reading.vocabulary.uncased:
        return False
    if _is_compounded(reading, last):
        return True
    if reading.has_any(first - 1, "roles.in", "roles.from", "roles.to"):
        return False
    for index in (first - 1, last):
        if 0 <= index < len(reading.words) and not reading.at(index):
            word = reading.words[index][2]
            if word[0].isupper() and len(word) > _SMALL_WORD:
                return True
    return False


def _is_compounded(reading: Reading, last: int) -> bool:
    """Return whether a hyphen joins what no list knows to a place: "Pont" of "Pont-Sondé"."""
    if reading.vocabulary.capital_nouns or last + 1 >= len(reading.words):
        return False
    (start, end, sign), (following, _, word) = reading.words[last : last + 2]
    glued = reading.words[last - 1][1] == start and end == following
    return glued and sign in "-‑" and word[0].isupper() and not reading.at(last + 1)


def _is_small_word(reading: Reading, place: Found, first: int) -> bool:
    """Return whether a place is a word of two letters that only its sentence gave a capital."""
    if reading.vocabulary.uncased or len(place.text) > _SMALL_WORD or place.text.isupper():
        return False
    return first == reading.bounds[reading.sentence_of[first]][0]
