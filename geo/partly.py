"""Expressions that are understood in part: "the Saltivka quarter in Kharkiv" lies in Kharkiv, whatever Saltivka is."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.geo.grammar import grammar, has_grammar
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.geo.location import Location

__all__ = ["halves", "of_half"]

_HALF = 0.8  # chance that what is understood of an expression is where the whole of it is
_SHORTEST = 3  # letters
_MARKS = " ,;()（）"


def halves(text: str, language: str | None) -> Iterator[str]:
    """Yield what stands before and after each mark or word that may part a place from where it lies, first with the word.

    Parameters
    ----------
    text
        The expression.
    language
        ISO 639-1 code; null, or a language without spaces, parts at marks alone.
    """
    for mark in _marks(language if language and has_grammar(language) else None).finditer(
        fold(text)
    ):
        head, tail = text[: mark.start()].strip(), text[mark.start() :].strip(_MARKS)
        bare = text[mark.end() :].strip(_MARKS)
        if len(head) >= _SHORTEST and len(bare) >= _SHORTEST:
            yield from dict.fromkeys((head, tail, bare))


@cache
def _marks(language: str | None) -> re.Pattern[str]:
    """Return the marks and words at which an expression is parted."""
    if language is None or not grammar(language).words.spaces:
        return re.compile("[,;(（]")
    words = grammar(language).words
    joining = words.any_of([*words.lists["near"], *words.lists.get("at", ())])
    return re.compile(rf"[,;(]|(?<=\s){joining}(?=\s)")


def of_half(text: str, half: Location) -> Location:
    """Return the location of an expression of which one half is understood."""
    told = f"{half.explanation} Only {half.query!r} of it was understood."
    confidence = None if half.confidence is None else round(half.confidence * _HALF, 3)
    return replace(half, query=text, confidence=confidence, explanation=told)
