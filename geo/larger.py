"""Larger places named beside a name: "Makhnivka in the Poltava region", "село Махновка Курской области"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.geo.expression import Name, Near, Part, names_of, with_larger
from dateline.geo.grammar import grammar
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.geo.span import Span

__all__ = ["with_larger_places"]

_LONGEST_GAP = 24  # characters of " in the south of the "
_COUNTRY = 2  # letters of the code of a country, which lies in nothing
_WORD = re.compile(r"\w+")
_COMMA = re.compile(r"\s*[,،、]\s*|\s+")
_SLOT = re.compile(r"<\w+>")


def with_larger_places(
    text: str, spans: Sequence[Span], language: str, codes: Callable[[str], frozenset[str]]
) -> list[Span]:
    """Return the place expressions of a text, each name with the larger places it is said to lie in.

    Said so are areas that follow with a word for "in" or in the genitive, or go before with nothing or a
    comma between.

    Parameters
    ----------
    text
        The text.
    spans
        Its place expressions, in order, none overlapping.
    language
        ISO 639-1 code.
    codes
        Returns the codes of the countries, regions and districts that a name can mean.
    """
    found = list(spans)
    for number, (left, right) in enumerate(pairwise(spans)):
        if right.start - left.end > _LONGEST_GAP:
            continue
        if _follows(text, left, right, language) and (area := _area_about(left, right, codes)):
            found[number] = _within(found[number], area)
        elif _goes_before(text, left, right, language) and (
            area := _area_about(right, left, codes)
        ):
            found[number + 1] = _within(found[number + 1], area)
    return _everywhere(found)


def _everywhere(spans: list[Span]) -> list[Span]:
    """Return expressions in which a name that is somewhere said to lie in an area is so wherever it is named."""
    said: dict[str, tuple[str, ...]] = {}
    for name in (name for span in spans for name in _names(span) if name.within):
        said[name.text] = tuple(dict.fromkeys((*said.get(name.text, ()), *name.within)))
    if not said:
        return spans
    found = []
    for span in spans:
        bare = [name.text for name in _names(span) if not name.within and name.text in said]
        found.append(_within(span, *said[bare[0]]) if len(bare) == 1 else span)
    return found


def _names(span: Span) -> list[Name]:
    """Return the names of an expression's likeliest reading."""
    return list(names_of(span.readings[0].expression)) if span.readings else []


def _area_about(inner: Span, outer: Span, codes: Callable[[str], frozenset[str]]) -> str | None:
    """Return the name of the area that an expression is, or is a part of, where another may lie in it; else null."""
    held = {code for name in _names(inner) for code in codes(name.text)}
    if any(len(code) == _COUNTRY for code in held):
        return None
    for reading in outer.readings:
        place = reading.expression
        if isinstance(place, (Part, Near)):
            place = place.place
        if isinstance(place, Name):
            name = next(filter(codes, (place.full, place.text)), None)
            if name is not None:
                return name if codes(name) - held else None
    return None


def _follows(text: str, inner: Span, outer: Span, language: str) -> bool:
    """Tell whether only words for "in" and articles stand between a place and the area after it, or nothing does."""
    gap = text[inner.end : outer.start]
    if not gap.strip():
        return not _opens_elsewhere(text, outer, language) and "\n" not in gap
    return gap.isprintable() and _is_inward(gap, language)


def _goes_before(text: str, outer: Span, inner: Span, language: str) -> bool:
    """Tell whether an area goes right before a place that lies in it."""
    gap = text[outer.end : inner.start]
    if not gap.isprintable():
        return False
    bare = _COMMA.sub(" ", gap).strip()
    if bare:
        return _is_inward(bare, language)
    return "," not in gap and not _opens_elsewhere(text, inner, language)


def _is_inward(words: str, language: str) -> bool:
    """Tell whether words are but those for "in" and articles."""
    if _WORD.sub("", words).strip():
        return False
    allowed = _inward(language) | grammar(language).words.articles
    return all(word in allowed for word in _WORD.findall(fold(words)))


def _opens_elsewhere(text: str, span: Span, language: str) -> bool:
    """Tell whether an expression begins with a preposition that does not mean "in": "from", "near", "north of"."""
    first = _WORD.match(fold(text[span.start : span.end]))
    at_words = grammar(language).words.at_words
    return first is not None and first[0] in at_words and first[0] not in _inward(language)


@cache
def _inward(language: str) -> frozenset[str]:
    """Return the words that a language puts between a place and the area it lies in, by its patterns."""
    return frozenset(
        word
        for pattern in grammar(language).patterns["inside"]
        if "<direction>" not in pattern
        for word in _WORD.findall(fold(_SLOT.sub(" ", pattern)))
    )


def _within(span: Span, *areas: str) -> Span:
    """Return an expression whose names lie in one of some areas."""
    readings = tuple(
        replace(reading, expression=with_larger(reading.expression, areas))
        for reading in span.readings
    )
    return replace(span, readings=readings)
